import type { Producer, ProducerConfig } from 'kafkajs'
import { WeirError } from '../../../errors.ts'
import type { Clock, Refusal, Topic } from '../../../seam.ts'
import { within } from '../../deadline.ts'
import { METADATA_MAX_AGE_MS, RETRY, type KafkaClient } from '../connection/client.ts'
import { isTooLarge, kafkaError } from '../connection/failures.ts'
import { Lane, type LaneLimits, type Sending } from './lane.ts'
import type { WireRecord } from '../records/record.ts'
import { isWritten } from '../connection/written.ts'

export interface ProducerLimits extends LaneLimits {
  readonly maxQueuedBytes: number
  readonly maxQueuedRecords: number
  /** How long a publish may wait. Its records may arrive all the same: the sender's retry is recognised. */
  readonly deadlineMs: number
}

/**
 * Which records may share a send. One partition each: when a send goes to the leaders of several and one of them dies,
 * kafkajs takes the answer of another for its own and says that all was written.
 */
export const onePartitionPerSend = (topic: Topic, partition: number): string => `${topic}/${partition}`

/**
 * Not idempotent: kafkajs numbers the send after a failed one as if nothing had been written; where it had been, the
 * broker takes the new records for a repeat, says so with success, and drops them. Copies are recognised downstream.
 */
export const NOT_IDEMPOTENT: ProducerConfig = { idempotent: false, retry: RETRY }

export interface ProducerOptions {
  readonly client: KafkaClient
  readonly limits: ProducerLimits
  readonly clock: Clock
  /** Tests put back what loses records. */
  readonly laneOf?: (topic: Topic, partition: number) => string
  readonly isWritten?: typeof isWritten
  readonly settings?: ProducerConfig
}

export interface ToSend {
  /** In the batch that was given to publish. */
  readonly index: number
  readonly partition: number
  readonly record: WireRecord
  readonly bytes: number
}

const ALL_REPLICAS = -1
/** The broker must answer before the client stops waiting. */
const ACK_TIMEOUT_MS = 4_000
const UNKNOWN_RETRY_MS = 500
const DRAIN_LOOK_MS = 20
const LEAVE_MS = 5_000

/** Sends records to their partitions and says when all in-sync replicas have them. Bounded in records and bytes. */
export class RecordProducer {
  readonly #options: ProducerOptions
  readonly #lanes = new Map<string, Lane>()
  readonly #laneOf: (topic: Topic, partition: number) => string
  #producer: Promise<Producer> | undefined
  #records = 0
  #bytes = 0
  #closed = false

  constructor(options: ProducerOptions) {
    this.#options = options
    this.#laneOf = options.laneOf ?? onePartitionPerSend
  }

  get queuedRecords(): number {
    return this.#records
  }
  get queuedBytes(): number {
    return this.#bytes
  }

  /**
   * Keeps room until the returned function is called. Throws WEIR_QUEUE_FULL when there is none; one publish always fits
   * in an empty queue.
   */
  admit(records: number, bytes: number): () => void {
    if (this.#closed) throw new WeirError('WEIR_STOPPING', 'Weir is stopping; send this again to the next one.')
    const { maxQueuedBytes, maxQueuedRecords } = this.#options.limits
    const fits = this.#bytes + bytes <= maxQueuedBytes && this.#records + records <= maxQueuedRecords
    if (!fits && this.#records > 0) {
      throw new WeirError('WEIR_QUEUE_FULL', 'The queue in front of Kafka is full; send this again in a moment.')
    }
    this.#hold(records, bytes)
    return () => this.#hold(-records, -bytes)
  }

  #hold(records: number, bytes: number): void {
    this.#records += records
    this.#bytes += bytes
  }

  async send(topic: Topic, records: readonly ToSend[]): Promise<Refusal[]> {
    if (records.length === 0) return []
    const refusals: Refusal[] = []
    const settled = new AbortController()
    const sendings: Sending[] = []
    const sent = new Promise<void>((resolve, reject) => {
      let open = records.length
      const done = (): void => {
        if (--open === 0) resolve()
      }
      for (const { index, partition, record, bytes } of records) {
        const tooLarge = (): void => {
          refusals.push({ index, reason: 'too_large', message: tooLargeFor(topic) })
          done()
        }
        const failed = (error: unknown): void => reject(kafkaError(`records for ${topic}`, error))
        sendings.push({ topic, partition, record, bytes, givenUp: false, done, failed, tooLarge })
      }
    })
    for (const sending of sendings) this.#enqueue(sending)
    try {
      await Promise.race([sent, this.#deadline(settled.signal)])
    } catch (error) {
      for (const sending of sendings) sending.givenUp = true
      throw error
    } finally {
      settled.abort()
    }
    return refusals
  }

  /** Waits for what is under way, at most so long. */
  async close(drainMs: number): Promise<void> {
    this.#closed = true
    const { clock } = this.#options
    for (let waited = 0; this.#records > 0 && waited < drainMs; waited += DRAIN_LOOK_MS)
      await clock.sleep(DRAIN_LOOK_MS)
    const leaving = this.#producer?.then((producer) => producer.disconnect()).catch(() => {})
    this.#producer = undefined
    if (leaving) await within(leaving, LEAVE_MS, clock)
  }

  #enqueue(sending: Sending): void {
    this.#hold(1, sending.bytes)
    const name = this.#laneOf(sending.topic, sending.partition)
    let lane = this.#lanes.get(name)
    if (!lane) this.#lanes.set(name, (lane = this.#openLane()))
    lane.add(sending)
  }

  #openLane(): Lane {
    const { limits, clock } = this.#options
    return new Lane({
      limits,
      clock,
      isTooLarge,
      send: (batch) => this.#write(batch),
      left: (batch) => {
        for (const { bytes } of batch) this.#hold(-1, -bytes)
      },
    })
  }

  async #write(batch: readonly Sending[]): Promise<void> {
    const producer = await this.#connected()
    const topic = batch[0]!.topic
    const partitions = new Set(batch.map(({ partition }) => partition))
    const messages = batch.map(({ partition, record }) => ({ partition, ...record }))
    const { clock, isWritten: ok = isWritten } = this.#options
    for (let waited = 0; waited <= 2 * METADATA_MAX_AGE_MS; waited += UNKNOWN_RETRY_MS) {
      if (ok(partitions, await producer.send({ topic, messages, acks: ALL_REPLICAS, timeout: ACK_TIMEOUT_MS }))) return
      await clock.sleep(UNKNOWN_RETRY_MS)
    }
    throw new WeirError('WEIR_TOPICS', `A partition of ${topic} that Weir counts on is not in the cluster.`)
  }

  #connected(): Promise<Producer> {
    this.#producer ??= (async () => {
      const producer = this.#options.client.kafka.producer({
        allowAutoTopicCreation: false,
        createPartitioner: () => givenPartition,
        metadataMaxAge: METADATA_MAX_AGE_MS,
        ...(this.#options.settings ?? NOT_IDEMPOTENT),
      })
      await producer.connect()
      return producer
    })()
    this.#producer.catch(() => (this.#producer = undefined))
    return this.#producer
  }

  async #deadline(settled: AbortSignal): Promise<never> {
    const { clock, limits } = this.#options
    await clock.sleep(limits.deadlineMs, settled)
    throw new WeirError(
      'WEIR_DEADLINE',
      `Kafka did not confirm the records within ${limits.deadlineMs} ms; send them again.`,
    )
  }
}

/** Every message names its partition: see partitioner.ts. kafkajs must not have an opinion. */
function givenPartition({ message }: { message: { partition?: number } }): number {
  if (message.partition === undefined) throw new WeirError('WEIR_BUG', 'a message without a partition')
  return message.partition
}

function tooLargeFor(topic: Topic): string {
  return (
    `The record is larger than max.message.bytes of topic ${topic}: ` +
    'raise that, or lower stream.maxRecordBytes so that it is refused sooner.'
  )
}
