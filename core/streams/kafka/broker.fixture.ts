import { hash } from 'node:crypto'
import type { ISocketFactory, ProducerConfig } from 'kafkajs'
import { systemClock, systemRandom } from '../../clock.ts'
import { silentLogger } from '../../log.ts'
import { DataKeys, MasterKeys } from '../../sealing/index.ts'
import { TOPICS, type Batch, type Consumer, type Incoming, type Outgoing, type Topic } from '../../seam.ts'
import { createKafkaClient, createKafkaKeyStore, createKafkaStream, KeyTable } from './index.ts'
import type { KafkaClient, KafkaClientOptions, KafkaStream, KafkaStreamOptions } from './index.ts'
import { makeTopics } from './topics.ts'

/* A stream of Weir's on a real broker, with everything that tests look at. */

export interface World {
  readonly client: KafkaClient
  readonly table: KeyTable
  readonly keys: DataKeys
  readonly stream: KafkaStream
  readonly errors: unknown[]
  readonly dead: string[]
  readonly recreated: string[]
  readonly epochs: number[]
  readonly lost: number[]
  close(): Promise<void>
}

export const MASTER: MasterKeys = new MasterKeys(
  new Map([['m', Buffer.from(hash('sha256', 'master', 'hex'), 'hex')]]),
  'm',
)

export interface WorldOptions {
  brokers: readonly string[]
  socketFactory?: ISocketFactory
  requestTimeoutMs?: number
  sasl?: NonNullable<KafkaClientOptions['sasl']>
  producerSettings?: ProducerConfig
  stream?: Partial<KafkaStreamOptions>
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const client = createKafkaClient({
    brokers: options.brokers,
    clientId: 'weir-test',
    clock: systemClock,
    logger: silentLogger,
    ...(options.socketFactory && { socketFactory: options.socketFactory }),
    ...(options.requestTimeoutMs && { requestTimeoutMs: options.requestTimeoutMs }),
    ...(options.sasl && { sasl: options.sasl }),
  })
  const errors: unknown[] = []
  const keysClient = createKafkaClient({
    brokers: options.brokers,
    clientId: 'weir-test-keys',
    clock: systemClock,
    logger: silentLogger,
    ...(options.sasl && { sasl: options.sasl }),
  })
  const table = new KeyTable({
    client: keysClient,
    clock: systemClock,
    random: systemRandom,
    onError: (error) => errors.push(error),
  })
  await table.start()
  const keys = new DataKeys({ masterKeys: MASTER, store: createKafkaKeyStore(table), random: systemRandom })
  const seen = { dead: [] as string[], recreated: [] as string[], epochs: [] as number[], lost: [] as number[] }
  const stream = createKafkaStream({
    client,
    table,
    keys,
    clock: systemClock,
    random: systemRandom,
    drainMs: 5_000,
    onError: (_topic, error) => errors.push(error),
    onDead: (_topic, reason) => seen.dead.push(reason),
    onRecreated: (_topic, _group, reason) => seen.recreated.push(reason),
    onEpoch: (_topic, _partition, epoch) => seen.epochs.push(epoch),
    onLost: (_topic, _partition, records) => seen.lost.push(records),
    ...(options.producerSettings && { producerSettings: options.producerSettings }),
    ...options.stream,
    limits: {
      maxQueuedBytes: 64 * 1024 * 1024,
      maxQueuedRecords: 50_000,
      maxSendBytes: 512 * 1024,
      maxSendRecords: 1_000,
      lingerMs: 5,
      deadlineMs: 20_000,
      maxRecordBytes: 1024 * 1024,
      ...options.stream?.limits,
    },
    read: { sessionTimeoutMs: 6_000, heartbeatMs: 500, lingerMs: 100, inPlaceMs: 1_000, ...options.stream?.read },
  })
  return {
    ...{ client, table, keys, stream, errors },
    ...seen,
    async close(): Promise<void> {
      await stream.close()
      await table.close()
      await keysClient.close()
      await client.close()
    },
  }
}

const textOf = (id: string): unknown => ({ text: `value of ${id}` })

export function outgoing(id: string, value?: unknown, key?: string): Outgoing {
  return { id, tenant: 'acme', key: key ?? id, value: value ?? textOf(id), bytes: 100 }
}

export interface Reading {
  readonly batches: Batch<Incoming>[]
  readonly ids: () => string[]
  stop(): Promise<void>
}

/** Reads until it is stopped. */
export function read(stream: KafkaStream, topic: Topic, consumer: Partial<Consumer> = {}, group = 'detect'): Reading {
  const batches: Batch<Incoming>[] = []
  const stopping = new AbortController()
  const done = stream.subscribe(
    topic,
    group,
    {
      ...consumer,
      handle: async (batch) => {
        await consumer.handle?.(batch)
        batches.push(batch)
      },
    },
    stopping.signal,
  )
  return {
    batches,
    ids: () => batches.flatMap(({ records }) => records.map(({ id }) => id)),
    async stop(): Promise<void> {
      stopping.abort()
      await done
    },
  }
}

export async function until(what: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const end = systemClock.now() + ms
  while (systemClock.now() < end) {
    if (await what()) return
    await systemClock.sleep(20)
  }
  throw new Error('it did not happen in time')
}

let topics = 0

/** Each test has a topic of its own: the broker is one for all. */
export async function freshTopic(client: KafkaClient, partitions: number = 1): Promise<Topic> {
  const topic = `weir.test-${++topics}` as Topic
  await makeTopic(client, topic, partitions)
  return topic
}

export async function makeTopic(
  client: KafkaClient,
  topic: Topic,
  numPartitions: number = 1,
  settings: Record<string, string> = {},
): Promise<void> {
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
  await makeTopics(client, [{ topic, numPartitions, configEntries }], systemClock)
}

export async function removeTopic(client: KafkaClient, topic: Topic): Promise<void> {
  await client.ask('to remove a topic', (admin) => admin.deleteTopics({ topics: [topic] }))
  await until(async () => !(await client.ask('topics', (admin) => admin.listTopics())).includes(topic))
}

/** The topics that a stream cannot do without. */
async function makeKeysAndDead(client: KafkaClient): Promise<void> {
  await makeTopic(client, TOPICS.keys, 1, { 'cleanup.policy': 'compact' })
  await makeTopic(client, TOPICS.dead)
}

interface Cluster {
  readonly bootstrap: readonly string[]
  close(): Promise<void>
}

/** The worlds that a file of tests opens on its own cluster. */
export class Worlds {
  readonly #cluster: Cluster
  readonly #opened: World[] = []

  private constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  static async on(
    cluster: Cluster,
    prepare: (client: KafkaClient) => Promise<unknown> = makeKeysAndDead,
  ): Promise<Worlds> {
    const client = createKafkaClient({
      brokers: cluster.bootstrap,
      clientId: 'setup',
      clock: systemClock,
      logger: silentLogger,
    })
    await prepare(client)
    await client.close()
    return new Worlds(cluster)
  }

  async open(options: Partial<WorldOptions> = {}): Promise<World> {
    const world = await openWorld({ brokers: this.#cluster.bootstrap, ...options })
    this.#opened.push(world)
    return world
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((world) => world.close()))
    await this.#cluster.close()
  }
}
