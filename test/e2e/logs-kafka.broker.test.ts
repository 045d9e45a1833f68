import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStoreClient } from '../../sinks/clickhouse/client.ts'
import { checkLedger, checkRows } from '../faults/checks.ts'
import { checkJoined } from '../faults/joined.ts'
import { Load } from '../faults/senders.ts'
import { splitDeliveriesOf } from '../faults/split.ts'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../support/kafka/index.ts'
import { pause, WeirHome } from '../support/weir.ts'

/* A Collector writes spans into one topic and log records into another: the pieces of a call are read in any order. */

const CALLS = 400
const TOPICS = { spans: 'otlp_spans', logs: 'otlp_logs' }

describe.skipIf(!kafkaAvailable().ok)('topics of spans and of log records', () => {
  let kafka: KafkaCluster
  let home: WeirHome

  beforeAll(async () => {
    kafka = await startKafka()
    const topics = { tracesTopic: TOPICS.spans, logsTopic: TOPICS.logs }
    const otlpKafka = { enabled: true, brokers: kafka.bootstrap.join(','), ...topics }
    home = await WeirHome.make({ collectors: { otlpKafka }, stream: { sessionTimeoutMs: 6_000 } })
  }, 120_000)
  afterAll(async () => {
    await home?.remove()
    await kafka?.close()
  }, 60_000)

  it('are stored once and joined, with Weir killed between the pieces', async () => {
    const client = new kafkajs.Kafka({ brokers: kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING })
    const admin = client.admin()
    await admin.connect()
    const topics = Object.values(TOPICS).map((topic) => ({ topic, numPartitions: 2 }))
    await admin.createTopics({ waitForLeaders: true, topics })
    await admin.disconnect()

    const plan = { seed: 'logs of a topic', interactions: CALLS, startMs: Date.now(), split: true }
    const all = splitDeliveriesOf(plan)
    const plain = all.filter(({ contentType, gzip }) => contentType.endsWith('protobuf') && !gzip)
    const producer = client.producer()
    await producer.connect()
    const send = async (from: number, to: number): Promise<void> => {
      for (const { body, path } of plain.slice(from, to))
        await producer.send({
          topic: path === undefined ? TOPICS.spans : TOPICS.logs,
          acks: -1,
          messages: [{ key: null, value: body }],
        })
    }
    const half = Math.floor(plain.length / 2)
    await send(0, half)
    await home.up()
    await pause(2_500)
    await home.down('SIGKILL')
    const run = await home.up()
    await send(half, plain.length)
    await producer.disconnect()

    const load = new Load({ port: 0, deliveries: plain, senders: 1, timeoutMs: 1, seed: '' })
    for (const entry of load.sent.values()) entry.acknowledged = true
    const count = async (): Promise<number> =>
      (await home.query<{ n: number }>('SELECT toFloat64(count()) AS n FROM interactions'))[0]!.n
    for (const end = Date.now() + 60_000; Date.now() < end && (await count()) < load.sent.size; await pause(500));
    const { url, database, writer } = run.store
    const store = createStoreClient({ url, database, ...writer, requestTimeoutMs: 30_000 })
    expect(await checkRows(store, load)).toEqual([])
    expect(await checkJoined(store, load)).toEqual([])
    expect(await checkLedger(store, load)).toEqual([])
    await store.close()
  }, 150_000)
})
