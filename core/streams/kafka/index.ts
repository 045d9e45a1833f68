import type { ProducerConfig } from 'kafkajs'
import type { DataKeys } from '../../sealing/index.ts'
import { TOPICS, type Clock, type Consumer, type Outgoing, type RandomBytes } from '../../seam.ts'
import type { Refusal, Stream, Topic } from '../../seam.ts'
import { deadlineAfter } from '../deadline.ts'
import type { LastStored } from './reading/assignment.ts'
import type { KafkaClient } from './connection/client.ts'
import { PartitionCounts } from './table/counts.ts'
import type { DeadLetter } from './records/dead.ts'
import type { HandOverOptions } from './reading/hand-over.ts'
import { readLag, type Lag, type Reader } from './reading/lag.ts'
import { RecordProducer, type ProducerLimits } from './writing/producer.ts'
import { publish } from './writing/publisher.ts'
import { prepareReplay } from './writing/replay.ts'
import { READ_DEFAULTS, type ReadSettings } from './reading/settings.ts'
import { Subscription, type SubscriptionEvents } from './reading/subscription.ts'
import type { KeyTable } from './table/table.ts'
import type { isWritten } from './connection/written.ts'

export { createKafkaClient, type KafkaClient, type KafkaClientOptions } from './connection/client.ts'
export { assertMasterKeys, createKafkaKeyStore, type KafkaKeyStore } from './table/keys.ts'
export { KeyTable, type KeyTableOptions } from './table/table.ts'
export { assertTopics, compareSources, compareTopics, createTopics, wantedTopics } from './topics.ts'
export type { TopicProblem, TopicWishes, WantedTopic } from './topics.ts'
export { isDrained, readLag, type Lag, type Reader } from './reading/lag.ts'
export { readForeign, type ForeignRecord } from './reading/foreign.ts'
export type { LastStored } from './reading/assignment.ts'
export type { Stored } from './reading/start.ts'
export type { DeadLetter } from './records/dead.ts'
export type { DeadReason } from './records/dead-reasons.ts'
export type { ProducerLimits } from './writing/producer.ts'
export { READ_DEFAULTS, type ReadSettings } from './reading/settings.ts'

export interface KafkaStreamOptions extends SubscriptionEvents {
  readonly client: KafkaClient
  /** `weir.keys`, started. */
  readonly table: KeyTable
  readonly keys: DataKeys
  readonly limits: ProducerLimits & { readonly maxRecordBytes: number }
  readonly read?: Partial<ReadSettings>
  /** How long a stage may go on with what it holds once it is told to stop. */
  readonly drainMs: number
  readonly lastStored?: LastStored
  /** Whether a value is one that this version understands; others go to `weir.dead`. */
  readonly check?: HandOverOptions['check']
  readonly clock: Clock
  readonly random: RandomBytes
  readonly onDead?: HandOverOptions['onDead']
  /** Which groups read which topic. */
  readonly readers?: Readonly<Partial<Record<Topic, readonly string[]>>>
  /** Tests put back what loses records. */
  readonly laneOf?: (topic: Topic, partition: number) => string
  readonly isWritten?: typeof isWritten
  readonly producerSettings?: ProducerConfig
}

/** Streams over Kafka's topics: the same promises as inline, between processes. */
export interface KafkaStream extends Stream {
  /** How far groups are behind: those given, or those that read in this process. */
  lag(readers?: readonly Reader[]): Promise<Lag[]>
  /**
   * Makes ready to put the record of a dead letter back on its topic, as it stood there; the function sends it. Throws while
   * it could not be read this time either.
   */
  replay(letter: DeadLetter): Promise<() => Promise<void>>
  /** What waits to be sent. */
  depth(): { records: number; bytes: number }
  /** How long a batch has been failing, in milliseconds; 0 while none is. */
  failingMs(): number
  /** After the subscriptions have ended: sends what waits, within the drain's time. */
  close(): Promise<void>
}

export const READERS: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  [TOPICS.interactions]: ['detect'],
  [TOPICS.signals]: ['watch'],
  [TOPICS.findings]: ['respond'],
  [TOPICS.commands]: ['respond'],
  [TOPICS.dead]: ['detect'],
}

const AGAIN_FIRST_MS = 500
const AGAIN_MOST_MS = 15_000

export function createKafkaStream(options: KafkaStreamOptions): KafkaStream {
  const { client, table, clock, limits } = options
  const onError = (error: unknown): void => options.onError(TOPICS.keys, error)
  const counts = new PartitionCounts({ client, table, clock, readers: options.readers ?? READERS, onError })
  const producer = new RecordProducer({
    client,
    limits,
    clock,
    ...(options.laneOf && { laneOf: options.laneOf }),
    ...(options.isWritten && { isWritten: options.isWritten }),
    ...(options.producerSettings && { settings: options.producerSettings }),
  })
  const publishing = { ...options, producer, counts, maxRecordBytes: limits.maxRecordBytes }
  const publishTo = (topic: Topic, records: readonly Outgoing[]): Promise<readonly Refusal[]> =>
    publish(topic, records, publishing)
  const running = new Map<Reader, Subscription>()

  async function read(reader: Reader, consumer: Consumer, stop: AbortSignal, drainBy: AbortSignal): Promise<void> {
    for (let waitMs = AGAIN_FIRST_MS; ; waitMs = Math.min(waitMs * 2, AGAIN_MOST_MS)) {
      const startedAt = clock.now()
      const subscription = new Subscription({
        ...options,
        ...reader,
        consumer,
        stop,
        drainBy,
        settings: { ...READ_DEFAULTS, ...options.read },
        publish: publishTo,
        onDead: options.onDead ?? (() => {}),
      })
      running.set(reader, subscription)
      const ended = await subscription.run()
      if (ended === 'stopped' || stop.aborted) return
      if (ended !== 'early') options.onRecreated?.(reader.topic, reader.group, ended)
      if (clock.now() - startedAt > 4 * AGAIN_MOST_MS) waitMs = AGAIN_FIRST_MS
      await clock.sleep(waitMs, stop)
      if (stop.aborted) return
    }
  }

  return {
    publish: publishTo,

    async subscribe(topic: Topic, group: string, consumer: Consumer, signal: AbortSignal): Promise<void> {
      const reader: Reader = { topic, group }
      const finished = new AbortController()
      const drainBy = deadlineAfter(signal, options.drainMs, clock, finished.signal)
      try {
        await read(reader, consumer, signal, drainBy)
      } finally {
        running.delete(reader)
        finished.abort()
      }
    },

    replay: (letter) => prepareReplay(letter, { ...options, producer, counts }),
    lag: (readers = [...running.keys()]) => readLag(client, readers),
    depth: () => ({ records: producer.queuedRecords, bytes: producer.queuedBytes }),
    failingMs: () => [...running.values()].reduce((most, one) => Math.max(most, one.failingMs()), 0),

    async close(): Promise<void> {
      await counts.close()
      await producer.close(options.drainMs)
    },
  }
}
