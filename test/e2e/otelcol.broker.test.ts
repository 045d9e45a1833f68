import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunFile } from '../../cli/running/run-file.ts'
import { systemClock } from '../../core/clock.ts'
import { createStoreClient, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { checkLedger, checkRows } from '../faults/checks.ts'
import { Link } from '../faults/distributed/link.ts'
import { Load } from '../faults/senders.ts'
import { deliveriesOf, type Plan } from '../faults/workload.ts'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../support/kafka/index.ts'
import { Collector, collectorAvailable, complaintsOf, makeSpansTopic, unread } from '../support/otelcol/index.ts'
import { pause, WeirHome } from '../support/weir.ts'

const WARM = 200
const REPEATED = 300
const INTERACTIONS = 1_500
/** How long what senders say is under way: so some of it is on its way whenever something is killed. */
const LATENCY_MS = 400
/** Longer than the Collector's queue gathers a batch and its exporter lingers: what it took is on its way to Kafka. */
const EXPORTED_MS = 1_500
const QUIET_MS = 60_000
const GROUP = 'weir'

const possible = await collectorAvailable()

describe.skipIf(!possible.ok)('the committed configurations', () => {
  it.each([
    ['kafka.yaml', { KAFKA_BOOTSTRAP: '127.0.0.1:9092', OTELCOL_QUEUE_DIR: '/tmp/queue' }],
    ['weir.yaml', { WEIR_ENDPOINT: 'http://127.0.0.1:4318', WEIR_TOKEN: 'token', OTELCOL_QUEUE_DIR: '/tmp/queue' }],
  ] as const)('deploy/otelcol/%s is one that the Collector takes', async (file, env) => {
    expect(await complaintsOf(file, env)).toBe('')
  })
})

describe.skipIf(!possible.ok || !kafkaAvailable().ok)('a stock Collector before Kafka', () => {
  let kafka: KafkaCluster

  beforeAll(async () => {
    kafka = await startKafka()
  }, 120_000)
  afterAll(() => kafka?.close(), 60_000)

  it.each([
    ['otlp_proto', 'protobuf'],
    ['otlp_json', 'json'],
  ] as const)(
    'in %s: what it acknowledged is stored once, with it and the broker killed on the way',
    async (written, encoding) => {
      const way = await Way.open(kafka, written, encoding)
      try {
        await repeatFromItsQueue(way, kafka)
        expect(way.senderRetries).toBe(0)
        expect(await way.repeated(), 'the Collector sent again what Kafka had').toBeGreaterThan(0)
        expect(await checkRows(way.store, way.sent)).toEqual([])

        await killUnderLoad(way, kafka)
        expect(await checkRows(way.store, way.sent)).toEqual([])
        expect(await checkLedger(way.store, way.sent)).toEqual([])
        expect(way.sent.sent.size).toBe(WARM + REPEATED + INTERACTIONS)
      } finally {
        await way.close()
      }
    },
    170_000,
  )
})

/** The broker has the messages and does not say so; then the Collector dies, and its queue still holds them. */
async function repeatFromItsQueue(way: Way, kafka: KafkaCluster): Promise<void> {
  await way.send('warm', WARM).done
  await way.quiet()
  kafka.freeze()
  await way.send('repeated', REPEATED).done
  await pause(EXPORTED_MS)
  await way.collector.kill()
  kafka.thaw()
  await way.collector.start()
  await way.quiet()
}

async function killUnderLoad(way: Way, kafka: KafkaCluster): Promise<void> {
  const { load, done } = way.send('under load', INTERACTIONS)
  await load.reached(INTERACTIONS * 0.2)
  await way.collector.kill()
  await way.collector.start()
  await load.reached(INTERACTIONS * 0.4)
  await kafka.kill()
  await load.reached(INTERACTIONS * 0.6)
  await way.collector.kill()
  await way.collector.start()
  await kafka.restart()
  await load.reached(INTERACTIONS * 0.8)
  await way.collector.kill()
  await way.collector.start()
  await done
  await way.quiet()
}

interface Parts {
  kafka: KafkaCluster
  topic: string
  home: WeirHome
  run: RunFile
  collector: Collector
  front: Link
}

/** Everything between an app and the rows. */
class Way {
  readonly collector: Collector
  readonly store: StoreClient
  /** All that was sent so far. */
  readonly sent: Load
  senderRetries = 0
  readonly #home: WeirHome
  readonly #front: Link
  readonly #kafka: KafkaCluster
  readonly #topic: string

  private constructor({ kafka, topic, home, run, collector, front }: Parts) {
    const { url, database, writer } = run.store
    this.store = createStoreClient({ url, database, ...writer, requestTimeoutMs: 30_000 })
    this.collector = collector
    this.sent = new Load({ port: front.port, deliveries: [], senders: 1, timeoutMs: 1, seed: '' })
    this.#home = home
    this.#front = front
    this.#kafka = kafka
    this.#topic = topic
  }

  static async open(kafka: KafkaCluster, written: string, encoding: 'protobuf' | 'json'): Promise<Way> {
    const topic = `spans_${written}`
    await makeSpansTopic(kafka.bootstrap, topic)
    const brokers = kafka.bootstrap.join(',')
    const home = await WeirHome.make({
      collectors: { otlpKafka: { enabled: true, brokers, tracesTopic: topic, encoding, group: GROUP } },
      stream: { sessionTimeoutMs: 6_000 },
    })
    try {
      const run = await home.up()
      const collector = await Collector.start({
        config: 'kafka.yaml',
        env: { KAFKA_BOOTSTRAP: brokers },
        directory: join(home.folder, 'queue'),
        over: [`exporters::kafka::traces: ${JSON.stringify({ topic, encoding: written })}`],
      })
      const front = await Link.open({ to: () => collector.port, latencyMs: LATENCY_MS })
      return new Way({ kafka, topic, home, run, collector, front })
    } catch (error) {
      await home.remove()
      throw error
    }
  }

  /** Apps send until it is acknowledged. */
  send(seed: string, interactions: number): { load: Load; done: Promise<void> } {
    const plan: Plan = { seed: `${this.#topic} ${seed}`, interactions, startMs: systemClock.now() }
    const load = new Load({
      ...{ port: this.#front.port, deliveries: deliveriesOf(plan), senders: 8, timeoutMs: 5_000, seed },
    })
    const done = load.runWithin(QUIET_MS).then(({ wrong }) => {
      if (wrong.length > 0) throw new Error(wrong.join('\n'))
      this.senderRetries += load.retries
      for (const [span, entry] of load.sent) this.sent.sent.set(span, entry)
    })
    done.catch(() => {}) // awaited by who sends
    return { load, done }
  }

  /** Resolves when the Collector has passed everything on and Weir has read it. */
  async quiet(): Promise<void> {
    let waiting = ''
    for (const end = systemClock.now() + QUIET_MS; systemClock.now() < end; await pause(250)) {
      const queued = await this.collector.queued()
      const left = await unread(this.#kafka.bootstrap, this.#topic, GROUP).catch(() => undefined)
      if (queued === 0 && left === 0) return
      waiting = `${queued} in the Collector's queue, ${left} unread in its topic`
    }
    throw new Error(`not quiet after ${QUIET_MS} ms: ${waiting}\n${this.collector.log.slice(-3_000)}`)
  }

  /** How many messages of the topic stand in it a second time. */
  async repeated(): Promise<number> {
    const records = await this.#kafka.dump(this.#topic)
    return records.length - new Set(records.map(({ value }) => value?.toString('latin1'))).size
  }

  async close(): Promise<void> {
    await this.store.close()
    await this.#front.close()
    await this.collector.kill()
    await this.#home.remove()
  }
}
