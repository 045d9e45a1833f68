import { dayOf, type DataKey, type DataKeys } from '../../../sealing/index.ts'
import { TOPICS, type Clock, type Outgoing, type RandomBytes, type Refusal, type Topic } from '../../../seam.ts'
import type { PartitionCounts } from '../table/counts.ts'
import { partitionOf } from '../records/partitioner.ts'
import type { RecordProducer, ToSend } from './producer.ts'
import { encodeRecord, invalidity, wireBytes } from '../records/record.ts'

export interface PublisherOptions {
  readonly producer: RecordProducer
  readonly counts: PartitionCounts
  readonly keys: DataKeys
  readonly maxRecordBytes: number
  readonly clock: Clock
  readonly random: RandomBytes
}

/** A dead letter holds a whole record in base64, and who made that record did not ask us how large it may be. */
export const letterBytes = (maxRecordBytes: number): number => Math.ceil(maxRecordBytes * 1.4)

/** The largest record that a topic must take, frame and headers included. */
export function wireLimit(topic: Topic, maxRecordBytes: number): number {
  return (topic === TOPICS.dead ? letterBytes(maxRecordBytes) : maxRecordBytes) + 16 * 1024
}

interface Plain {
  readonly index: number
  readonly record: Outgoing
  readonly content: Buffer
}

/** Seals records and hands them to the producer. Resolves when all in-sync replicas have what was not refused. */
export async function publish(
  topic: Topic,
  records: readonly Outgoing[],
  options: PublisherOptions,
): Promise<readonly Refusal[]> {
  const { producer, counts } = options
  const refusals: Refusal[] = []
  const plains: Plain[] = []
  let bytes = 0
  records.forEach((record, index) => {
    const content = Buffer.from(JSON.stringify(record.value))
    const refusal = refusalOf(topic, index, record, content, options.maxRecordBytes)
    if (refusal) refusals.push(refusal)
    else plains.push({ index, record, content })
    bytes += content.length
  })
  if (plains.length === 0) return refusals
  const release = producer.admit(plains.length, bytes)
  let sealed: ToSend[]
  try {
    const partitions = await counts.of(topic)
    const keyOf = await dataKeys(plains, options)
    sealed = plains.map((plain) => wired(topic, plain, keyOf(plain.record.tenant), partitions, options))
  } finally {
    release() // what is sent next holds its own room
  }
  return [...refusals, ...(await producer.send(topic, sealed))]
}

function refusalOf(topic: Topic, index: number, record: Outgoing, content: Buffer, limit: number): Refusal | undefined {
  const wrong = invalidity(record)
  if (wrong) return { index, reason: 'invalid', message: wrong }
  const most = topic === TOPICS.dead ? letterBytes(limit) : limit
  if (content.length <= most) return undefined
  const message = `The record is too large: ${content.length} bytes, the limit is ${most} (stream.maxRecordBytes).`
  return { index, reason: 'too_large', message }
}

function wired(topic: Topic, plain: Plain, key: DataKey, partitions: number, options: PublisherOptions): ToSend {
  const { clock, random } = options
  const { index, record, content } = plain
  const wire = encodeRecord(topic, record, content, { key, random, nowMs: clock.now() })
  return { index, record: wire, partition: partitionOf(wire.key, partitions), bytes: wireBytes(wire) }
}

/** The day's key of every tenant in the batch, durable before first use. */
async function dataKeys(
  plains: readonly Plain[],
  { keys, clock }: PublisherOptions,
): Promise<(tenant: string) => DataKey> {
  const day = dayOf(clock.now())
  const byTenant = new Map<string, DataKey>()
  for (const tenant of new Set(plains.map(({ record }) => record.tenant)))
    byTenant.set(tenant, await keys.forDay(tenant, day))
  return (tenant) => byTenant.get(tenant)!
}
