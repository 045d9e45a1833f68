import type { Consumer, EachBatchPayload } from 'kafkajs'
import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import type { KafkaClient } from '../../core/streams/kafka/index.ts'
import { consumerConfig, READ_DEFAULTS } from '../../core/streams/kafka/reading/settings.ts'
import { benchClient } from '../support/stages.ts'
import { serve } from '../support/worker.ts'
import { BareStore } from './bare-store.ts'
import { makeRequests, type Request } from './traffic.ts'

/*
 * The least that anyone must do to bring these interactions from a topic into this store: consume, decode the bytes they
 * come in, insert the rows they become, commit behind the insert. The topic holds them as a Collector's exporter writes
 * them when it keeps traces together: one ExportTraceServiceRequest per interaction, plain. It is read from its beginning
 * to its end, again and again.
 */

const SEED = 13
const TOPIC = 'bench.plain'
const GROUP = 'bench.bare'
/** Different ones in the topic. */
const RECORDS = 10_240
const RECORDS_PER_SEND = 128
const ALL_REPLICAS = -1
const START_MS = 30_000

let store: BareStore | undefined
let client: KafkaClient | undefined
let consumer: Consumer | undefined
let requests: Request[] = []
let partitions: number[] = []
let rowsPerInsert = 0

/** Of the pass in hand. */
let decoded = 0
let open = new Set<number>()
let passed = (): void => {}
let failed = (_: unknown): void => {}
let inserting = Promise.resolve()
const offsets = new Map<number, string>()

async function prepare(ask: { bytes: number; config: string; brokers: string; partitions: number }): Promise<void> {
  store = await BareStore.open(ask.config)
  requests = makeRequests({ bytes: ask.bytes, requests: RECORDS, spansPerRequest: 1, seed: SEED })
  partitions = Array.from({ length: ask.partitions }, (_, partition) => partition)
  client = benchClient(ask.brokers)
  const topics = [{ topic: TOPIC, numPartitions: ask.partitions, replicationFactor: 1 }]
  await client.ask('a topic', (admin) => admin.createTopics({ topics, waitForLeaders: true }))
  await fill(client)
  await subscribe(client)
}

async function fill({ kafka }: KafkaClient): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  for (let n = 0; n < RECORDS; n += RECORDS_PER_SEND) {
    const messages = requests.slice(n, n + RECORDS_PER_SEND).map(({ body, traceIds }) => ({
      key: body.subarray(traceIds[0]!, traceIds[0]! + 16),
      value: body,
      partition: (n / RECORDS_PER_SEND) % partitions.length,
    }))
    await producer.send({ topic: TOPIC, messages, acks: ALL_REPLICAS })
  }
  await producer.disconnect()
}

/** Reads nothing before a turn begins. */
async function subscribe({ kafka }: KafkaClient): Promise<void> {
  consumer = kafka.consumer(consumerConfig(GROUP, READ_DEFAULTS))
  const joined = new Promise<void>((resolve, reject) => {
    consumer!.on(consumer!.events.GROUP_JOIN, () => {
      consumer!.pause([{ topic: TOPIC, partitions }])
      resolve()
    })
    setTimeout(() => reject(new Error('the bare loop did not join its group')), START_MS).unref()
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true })
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: true, eachBatch: take })
  await joined
}

async function makeRows(ask: { rowsPerInsert: number }): Promise<void> {
  rowsPerInsert = Math.min(ask.rowsPerInsert, RECORDS)
  store!.makeRows(requests, rowsPerInsert)
}

/** So many times through the whole topic. */
async function run({ interactions }: { interactions: number }): Promise<{ interactions: number }> {
  const passes = Math.ceil(interactions / RECORDS)
  for (let pass = 0; pass < passes; pass++) {
    open = new Set(partitions)
    const over = new Promise<void>((resolve, reject) => {
      passed = resolve
      failed = reject
    })
    for (const partition of partitions) consumer!.seek({ topic: TOPIC, partition, offset: '0' })
    consumer!.resume([{ topic: TOPIC, partitions }])
    await over
  }
  await inserting
  return { interactions: passes * RECORDS }
}

async function take(payload: EachBatchPayload): Promise<void> {
  const { batch } = payload
  const { partition, messages } = batch
  if (payload.isStale() || !open.has(partition)) return
  try {
    for (const { value } of messages) {
      decoded += readTraces(value!).records.length
      if (decoded === rowsPerInsert) await insert()
    }
    offsets.set(partition, String(Number(batch.lastOffset()) + 1))
    await payload.heartbeat()
  } catch (error) {
    failed(error)
    throw error
  }
  if (Number(batch.lastOffset()) + 1 < RECORDS / partitions.length) return
  open.delete(partition)
  consumer!.pause([{ topic: TOPIC, partitions: [partition] }])
  if (open.size === 0) passed()
}

/** Decoding goes on while this is inserted; what was decoded before it is committed behind it. */
async function insert(): Promise<void> {
  decoded = 0
  await inserting
  const behind = [...offsets].map(([partition, offset]) => ({ topic: TOPIC, partition, offset }))
  inserting = store!.insert().then(() => (behind.length > 0 ? consumer!.commitOffsets(behind) : undefined))
}

async function close(): Promise<void> {
  await consumer?.disconnect()
  await client?.close()
  await store?.close()
}

serve({ prepare, makeRows, run, close })
