import type { Consumer as KafkaConsumer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock, systemRandom } from '../../clock.ts'
import type { WeirError } from '../../errors.ts'
import { silentLogger } from '../../log.ts'
import { DataKeys, MasterKeys } from '../../sealing/index.ts'
import { TOPICS, type Topic } from '../../seam.ts'
import {
  freshTopic,
  makeTopic,
  outgoing,
  read,
  until,
  type World,
  Worlds,
  type WorldOptions,
} from './broker.fixture.ts'
import { PartitionCounts } from './table/counts.ts'
import { assertMasterKeys, assertTopics, compareTopics, createKafkaClient, createKafkaKeyStore } from './index.ts'
import { createTopics, KeyTable, wantedTopics, type KafkaClientOptions, type Lag } from './index.ts'

const available = kafkaAvailable()
const failure = (code: string): Error => expect.objectContaining({ code }) as Error
const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`)

const WISHES = { partitions: 2, replicationFactor: 1, maxRecordBytes: 1024 * 1024, retentionHours: 24 }

describe.skipIf(!available.ok)('the Kafka stream in trouble', () => {
  let kafka: KafkaCluster
  let worlds: Worlds
  let world: World
  const open = (options: Partial<WorldOptions> = {}): Promise<World> => worlds.open(options)
  const lagsOf = (topic: Topic): Promise<Lag[]> => world.stream.lag([{ topic, group: 'detect' }])
  const isRead = async (topic: Topic): Promise<boolean> =>
    (await lagsOf(topic)).every(({ lag, pending }) => lag === 0 && !pending)

  beforeAll(async () => {
    kafka = await startKafka()
    worlds = await Worlds.on(kafka, (client) => createTopics(client, wantedTopics(WISHES), systemClock))
    world = await open()
  }, 200_000)

  afterAll(() => worlds?.close(), 60_000)

  test('topics are made as they are wanted, and compared with what is wanted now', async () => {
    const { client } = world
    expect(await createTopics(client, wantedTopics(WISHES), systemClock)).toEqual([])
    expect(await compareTopics(client, wantedTopics(WISHES))).toEqual([])
    const larger = { ...WISHES, partitions: 3, maxRecordBytes: 8e6, retentionHours: 48 }
    const problems = await compareTopics(client, wantedTopics(larger))
    const ours = problems.filter(({ topic }) => topic === TOPICS.interactions)
    expect(ours.map(({ what, fatal }) => [what, fatal])).toEqual([
      ['partitions', false],
      ['max.message.bytes', true],
      ['retention.ms', false],
    ])
    expect(() => assertTopics(problems)).toThrow(/max\.message\.bytes is \d+ and must be \d+; run `kafka-configs/)
    expect(() => assertTopics([])).not.toThrow()
  })

  describe('sizes', () => {
    test('what is too large is refused at the door, the rest is taken', async () => {
      const topic = await freshTopic(world.client)
      const records = [outgoing('a'), outgoing('big', { text: 'x'.repeat(1024 * 1024) }), outgoing('b'), outgoing('')]
      expect(await world.stream.publish(topic, records)).toEqual([
        { index: 1, reason: 'too_large', message: expect.stringContaining('stream.maxRecordBytes') as string },
        { index: 3, reason: 'invalid', message: expect.stringContaining('id') as string },
      ])
      const reading = read(world.stream, topic)
      await until(() => reading.ids().length === 2)
      await reading.stop()
    })

    test('a topic with a smaller limit than ours refuses only what does not fit it', async () => {
      const topic = 'weir.small' as Topic
      await makeTopic(world.client, topic, 1, { 'max.message.bytes': '20000' })
      const content = (bytes: number): unknown => ({ text: systemRandom(bytes).toString('hex') })
      const records = names('r', 30).map((id, at) => outgoing(id, content(at === 7 ? 40_000 : 3_000), 'one'))
      const refusals = await world.stream.publish(topic, records)
      expect(refusals).toEqual([
        { index: 7, reason: 'too_large', message: expect.stringContaining('max.message.bytes') as string },
      ])
      const reading = read(world.stream, topic)
      await until(() => isRead(topic))
      await reading.stop()
      expect(reading.ids().toSorted()).toEqual(
        names('r', 30)
          .filter((id) => id !== 'r7')
          .toSorted(),
      )
    })
  })

  test('while the broker hangs, publishing is bounded and says so; then it goes on by itself', async () => {
    const topic = await freshTopic(world.client)
    const limits = { maxQueuedRecords: 10, deadlineMs: 1_500 } as never
    const bounded = await open({ stream: { limits } })
    await bounded.stream.publish(topic, [outgoing('before')])
    kafka.freeze()
    const outcomes: string[] = []
    const publishing = names('r', 30).map((id) =>
      bounded.stream.publish(topic, [outgoing(id)]).catch((error: WeirError) => outcomes.push(error.code)),
    )
    await Promise.all(publishing)
    kafka.thaw()
    expect(outcomes.filter((code) => code === 'WEIR_QUEUE_FULL').length).toBeGreaterThanOrEqual(20)
    expect(outcomes.filter((code) => code === 'WEIR_DEADLINE').length).toBe(10)
    await until(() => bounded.stream.depth().records === 0)
    await bounded.stream.publish(topic, [outgoing('after')])
    const reading = read(world.stream, topic)
    await until(() => reading.ids().includes('after'))
    await reading.stop()
    expect(reading.ids()).toContain('before')
  })

  test('a broker that is killed and comes back costs time and nothing else', { timeout: 120_000 }, async () => {
    const topic = await freshTopic(world.client, 2)
    const reading = read(world.stream, topic)
    const acknowledged: string[] = []
    let publishing = true
    const sender = (async () => {
      for (let at = 0; publishing; at++) {
        const ids = names(`p${at}-`, 5)
        await world.stream
          .publish(
            topic,
            ids.map((id) => outgoing(id)),
          )
          .then(
            () => acknowledged.push(...ids),
            () => {},
          )
        await systemClock.sleep(20)
      }
    })()
    await until(() => reading.ids().length > 50)
    await kafka.kill()
    await systemClock.sleep(1_000)
    await kafka.restart()
    const before = acknowledged.length
    await until(() => acknowledged.length > before + 50, 60_000)
    publishing = false
    await sender
    await until(() => isRead(topic), 60_000)
    await reading.stop()
    const there = new Set(reading.ids())
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    const tokens = reading.batches.map(({ token }) => token)
    const once = new Map(reading.batches.map((batch) => [batch.token, batch]))
    const offsets = [...once.values()].flatMap(({ partition, records }) =>
      records.map(({ origin }) => `${partition}/${origin.offset}`),
    )
    expect(new Set(offsets).size).toBe(offsets.length)
    expect(tokens.length).toBeGreaterThan(2)
  })

  test('a consumer that silently stops fetching is made anew', { timeout: 60_000 }, async () => {
    const topic = await freshTopic(world.client)
    const stalling = await open({ stream: { read: { stallMs: 2_000 } as never } })
    const made: KafkaConsumer[] = []
    const consumer = stalling.client.kafka.consumer.bind(stalling.client.kafka)
    stalling.client.kafka.consumer = (config) => {
      made.push(consumer(config))
      return made.at(-1)!
    }
    const reading = read(stalling.stream, topic)
    await stalling.stream.publish(topic, [outgoing('a')])
    await until(() => reading.ids().length === 1)
    made[0]!.pause([{ topic }]) // behind the stream's back
    await stalling.stream.publish(topic, [outgoing('b')])
    await until(() => reading.ids().length === 2, 45_000)
    await reading.stop()
    expect(reading.ids()).toEqual(['a', 'b'])
    expect(stalling.recreated).toEqual(['stalled'])
  })

  test('stopping ends the batch in hand, commits it and leaves the rest', async () => {
    const topic = await freshTopic(world.client)
    await world.stream.publish(
      topic,
      names('r', 20).map((id) => outgoing(id, undefined, 'one')),
    )
    const small = await open({ stream: { read: { maxBatchRecords: 5 } as never } })
    let inHand!: () => void
    const begun = new Promise<void>((resolve) => (inHand = resolve))
    const reading = read(small.stream, topic, {
      handle: async () => {
        inHand()
        await systemClock.sleep(500)
      },
    })
    await begun
    await reading.stop()
    expect(reading.batches).toHaveLength(1)
    expect(await lagsOf(topic)).toMatchObject([{ committed: 5, lag: 15 }])
    expect((await lagsOf(topic))[0]).not.toHaveProperty('pending')
  })

  test('a handler that never ends does not hold up the stop', async () => {
    const topic = await freshTopic(world.client)
    const stuck = await open({ stream: { drainMs: 300 } })
    await stuck.stream.publish(topic, [outgoing('a')])
    let begun = false
    let end!: () => void
    const never = new Promise<void>((resolve) => (end = resolve))
    const reading = read(stuck.stream, topic, {
      handle: () => {
        begun = true
        return never
      },
    })
    await until(() => begun)
    await reading.stop()
    expect(stuck.errors.at(-1)).toMatchObject({ code: 'WEIR_DEADLINE' })
    expect(await lagsOf(topic)).toMatchObject([{ committed: 0, pending: { first: 0, last: 0 } }])
    end()
    await until(() => isRead(topic)) // nobody else has the partition, so it may still be committed
  })

  test('records that retention took before they were read are counted', async () => {
    const topic = await freshTopic(world.client)
    await world.stream.publish(
      topic,
      names('r', 20).map((id) => outgoing(id, undefined, 'one')),
    )
    await world.client.ask('to delete', (admin) =>
      admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '12' }] }),
    )
    const fresh = await open()
    const reading = read(fresh.stream, topic)
    await until(() => reading.ids().length === 8)
    expect(reading.batches[0]).toMatchObject({ first: 12, epoch: 1 })
    await until(() => isRead(topic))
    await reading.stop()
    expect(fresh.lost).toEqual([]) // nobody had begun to read

    await world.stream.publish(
      topic,
      names('n', 10).map((id) => outgoing(id, undefined, 'one')),
    )
    await world.client.ask('to delete', (admin) =>
      admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '24' }] }),
    )
    const again = read(fresh.stream, topic)
    await until(() => again.ids().length === 6)
    await again.stop()
    expect(fresh.lost).toEqual([4])
    expect(again.batches[0]).toMatchObject({ first: 24, epoch: 1 })
  })

  test('a mark from a later version is not overwritten', async () => {
    const topic = await freshTopic(world.client)
    await world.stream.publish(
      topic,
      names('r', 3).map((id) => outgoing(id, undefined, 'one')),
    )
    const consumer = world.client.kafka.consumer({ groupId: `weir.detect.${topic.slice(5)}` })
    await consumer.connect()
    await consumer.subscribe({ topic })
    await consumer.run({ autoCommit: false, eachBatch: async () => {} })
    await consumer.commitOffsets([{ topic, partition: 0, offset: '1', metadata: '{"v":7,"e":1}' }])
    await consumer.disconnect()
    const errorsBefore = world.errors.length
    const reading = read(world.stream, topic)
    await until(() => world.errors.slice(errorsBefore).some((e) => (e as WeirError).code === 'WEIR_SCHEMA_VERSION'))
    await reading.stop()
    expect(reading.batches).toEqual([])
    expect(await lagsOf(topic)).toMatchObject([{ committed: 1, epoch: undefined }])
  })

  test('added partitions stay unused until a start after all was read', { timeout: 60_000 }, async () => {
    const topic = await freshTopic(world.client, 2)
    await world.stream.publish(
      topic,
      names('a', 40).map((id) => outgoing(id)),
    )
    await world.client.ask('more partitions', (admin) =>
      admin.createPartitions({ topicPartitions: [{ topic, count: 6 }] }),
    )
    const errors: unknown[] = []
    const starting = (): PartitionCounts =>
      new PartitionCounts({
        ...{ client: world.client, table: world.table, clock: systemClock },
        ...{ readers: { [topic]: ['detect'] }, onError: (error: unknown) => errors.push(error), checkMs: 100 },
      })
    const early = starting()
    expect(await early.of(topic)).toBe(2)
    expect(errors.at(-1)).toMatchObject({
      code: 'WEIR_TOPICS',
      message: expect.stringContaining('6 partitions') as string,
    })
    await systemClock.sleep(500)
    expect(errors.length).toBeGreaterThan(1)
    await early.close()
    await world.stream.publish(
      topic,
      names('b', 40).map((id) => outgoing(id)),
    )

    const reading = read(world.stream, topic)
    await until(() => reading.ids().length === 80)
    await until(() => isRead(topic))
    expect(new Set(reading.batches.map(({ partition }) => partition))).toEqual(new Set([0, 1]))
    const drained = starting()
    expect(await drained.of(topic)).toBe(6)
    await drained.close()
    await world.stream.publish(
      topic,
      names('c', 80).map((id) => outgoing(id)),
    )
    await until(() => new Set(reading.ids()).size === 160)
    await reading.stop()
    expect(new Set(reading.batches.map(({ partition }) => partition)).size).toBe(6)
  })

  test('keys are read by who starts later, followed by who runs, and gone when erased', async () => {
    const [one, two] = [createKafkaKeyStore(world.table), createKafkaKeyStore((await open()).table)]
    const key = { keyId: 'k1', tenant: 'acme', day: '2026-01-02', masterKeyId: 'm', wrapped: Buffer.from('wrapped') }
    await one.save(key)
    await one.save({ ...key, keyId: 'k2' })
    await one.save({ ...key, keyId: 'k3', day: '2026-01-03' })
    await until(async () => (await two.load('k3')) !== undefined)
    expect(await two.load('k1')).toEqual(key)
    const third = createKafkaKeyStore((await open()).table)
    expect(await third.load('k2')).toEqual({ ...key, keyId: 'k2' })
    expect(await one.erase('acme', '2026-01-02')).toBe(2)
    await until(async () => (await third.load('k1')) === undefined && (await two.load('k2')) === undefined)
    expect(await third.load('k3')).toBeDefined()
  })

  test('a master key that opens no data key of its id is refused; one broken data key is not taken for that', async () => {
    const store = createKafkaKeyStore(world.table)
    const other = new MasterKeys(new Map([['other', Buffer.alloc(32, 1)]]), 'other')
    const wrong = new MasterKeys(new Map([['other', Buffer.alloc(32, 2)]]), 'other')
    const keysOf = (masterKeys: MasterKeys): DataKeys => new DataKeys({ masterKeys, store, random: systemRandom })
    const assert = (masterKeys: MasterKeys): Promise<void> =>
      assertMasterKeys(masterKeys.ids, store, (keyId) => keysOf(masterKeys).byId(keyId))
    await assert(wrong) // nothing was wrapped yet
    await keysOf(other).forDay('acme', '2026-01-02')
    await assert(other)
    await expect(assert(wrong)).rejects.toThrow(failure('WEIR_MASTER_KEY'))
    await expect(assert(wrong)).rejects.toThrow(/sealing\.masterKeys\.other/)
    const spoilt = {
      keyId: 'spoilt',
      tenant: 'acme',
      day: '2026-01-03',
      masterKeyId: 'other',
      wrapped: Buffer.alloc(61),
    }
    await store.save(spoilt)
    expect(store.newest('other', 1)).toEqual(['spoilt'])
    await assert(other)
  })

  describe('what the operator must hear', () => {
    const clientOf = (options: Partial<KafkaClientOptions>) =>
      createKafkaClient({
        brokers: kafka.bootstrap,
        clientId: 'odd',
        clock: systemClock,
        logger: silentLogger,
        ...options,
      })

    test('no broker answers', async () => {
      const client = clientOf({ brokers: ['127.0.0.1:1'] })
      const asking = client.ask('to connect', (admin) => admin.listTopics())
      await expect(asking).rejects.toThrow(failure('WEIR_STREAM_UNREACHABLE'))
      await expect(asking).rejects.toThrow(/ECONNREFUSED.*stream\.brokers/)
      const table = new KeyTable({ client, clock: systemClock, random: systemRandom, onError: () => {} })
      await expect(table.start()).rejects.toThrow(failure('WEIR_STREAM_UNREACHABLE'))
      await table.close()
      await client.close()
    })

    test('a topic is not there; when it comes, all goes on', { timeout: 60_000 }, async () => {
      const topic = 'weir.later' as Topic
      await expect(world.stream.publish(topic, [outgoing('a')])).rejects.toThrow(failure('WEIR_TOPICS'))
      const errorsBefore = world.errors.length
      const reading = read(world.stream, topic)
      await until(() => world.errors.slice(errorsBefore).some((e) => (e as WeirError).code === 'WEIR_TOPICS'))
      await makeTopic(world.client, topic)
      await world.stream.publish(topic, [outgoing('a')])
      await until(() => reading.ids().length === 1, 45_000)
      await reading.stop()
    })
  })
})

describe.skipIf(!available.ok)('a Kafka that asks who comes', () => {
  let kafka: KafkaCluster
  beforeAll(async () => {
    kafka = await startKafka({ users: { weir: 'secret' }, tls: true })
  }, 200_000)
  afterAll(() => kafka?.close(), 60_000)

  const sasl = { mechanism: 'scram-sha-512', username: 'weir', password: 'secret' } as const
  const list = async (options: Partial<KafkaClientOptions>): Promise<string[]> => {
    const client = createKafkaClient({
      brokers: kafka.bootstrap,
      clientId: 'c',
      clock: systemClock,
      logger: silentLogger,
      ...options,
    })
    try {
      return await client.ask('which topics there are', (admin) => admin.listTopics())
    } finally {
      await client.close()
    }
  }

  test('lets in who trusts it and has the password, by each mechanism', async () => {
    const tls = { ca: kafka.certificate!.pem }
    for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512'] as const) {
      expect(await list({ tls, sasl: { ...sasl, mechanism } })).toEqual([])
    }
  })
  test('keeps out a wrong password, and the reason is said without it', async () => {
    const asking = list({ tls: { ca: kafka.certificate!.pem }, sasl: { ...sasl, password: 'wrong-one' } })
    await expect(asking).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await expect(asking).rejects.toThrow(/check stream\.sasl/)
    await expect(asking).rejects.not.toThrow(/wrong-one/)
  })
  test('is not trusted without its certificate', async () => {
    await expect(list({ tls: true, sasl })).rejects.toThrow(/SELF_SIGNED|UNABLE_TO_VERIFY|stream\.tls/)
  })
  test('is not reached without TLS', async () => {
    await expect(list({ sasl })).rejects.toThrow(failure('WEIR_STREAM_UNREACHABLE'))
  })
})
