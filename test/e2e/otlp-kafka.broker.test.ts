import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStoreClient } from '../../sinks/clickhouse/client.ts'
import { checkLedger, checkRows } from '../faults/checks.ts'
import { Load } from '../faults/senders.ts'
import { deliveriesOf } from '../faults/workload.ts'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../support/kafka/index.ts'
import { pause, WeirHome } from '../support/weir.ts'

const INTERACTIONS = 1_500

describe.skipIf(!kafkaAvailable().ok)('a topic that a Collector writes', () => {
  let kafka: KafkaCluster
  let home: WeirHome

  beforeAll(async () => {
    kafka = await startKafka()
    const otlpKafka = { enabled: true, brokers: kafka.bootstrap.join(','), tracesTopic: 'otlp_spans' }
    home = await WeirHome.make({ collectors: { otlpKafka }, stream: { sessionTimeoutMs: 6_000 } })
  }, 120_000)
  afterAll(async () => {
    await home?.remove()
    await kafka?.close()
  }, 60_000)

  it('is stored once, in all compressions, with Weir and the broker killed on the way', async () => {
    const client = new kafkajs.Kafka({ brokers: kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING })
    const admin = client.admin()
    await admin.connect()
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'otlp_spans', numPartitions: 3 }] })
    await admin.disconnect()

    const plan = { seed: 'otlp kafka', interactions: INTERACTIONS, startMs: Date.now() }
    const deliveries = deliveriesOf(plan).filter(({ contentType, gzip }) => contentType.endsWith('protobuf') && !gzip)
    const producer = client.producer()
    await producer.connect()
    const send = async (from: number, to: number): Promise<void> => {
      for (const [at, { body }] of deliveries.slice(from, to).entries()) {
        const compression = at % 2 === 0 ? kafkajs.CompressionTypes.GZIP : kafkajs.CompressionTypes.None
        await producer.send({ topic: 'otlp_spans', acks: -1, compression, messages: [{ key: null, value: body }] })
      }
    }
    const half = Math.floor(deliveries.length / 2)
    await send(0, half)
    await home.up()
    await pause(2_500)
    await home.down('SIGKILL')
    const run = await home.up()
    await kafka.kill(1)
    await kafka.restart(1)
    await send(half, deliveries.length)
    await producer.disconnect()

    const load = new Load({ port: 0, deliveries, senders: 1, timeoutMs: 1, seed: '' })
    for (const entry of load.sent.values()) entry.acknowledged = true
    const count = async (): Promise<number> =>
      (await home.query<{ n: number }>('SELECT toFloat64(count()) AS n FROM interactions'))[0]!.n
    for (const end = Date.now() + 60_000; Date.now() < end && (await count()) < load.sent.size; await pause(500));
    const { url, database, writer } = run.store
    const store = createStoreClient({ url, database, ...writer, requestTimeoutMs: 30_000 })
    expect(await checkRows(store, load)).toEqual([])
    expect(await checkLedger(store, load)).toEqual([])
    await store.close()
  }, 150_000)
})
