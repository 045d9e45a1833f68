import type { Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs'
import { WeirError } from '../../../errors.ts'
import type { Clock, Consumer, Topic } from '../../../seam.ts'
import { within } from '../../deadline.ts'
import { assign, hold, release, type LastStored } from './assignment.ts'
import type { KafkaClient } from '../connection/client.ts'
import { isStillLoading, kafkaError } from '../connection/failures.ts'
import { HeldTeller, type Held, type LongHeld } from './held.ts'
import { createHandOver, type HandOverOptions } from './hand-over.ts'
import { groupIdOf } from './offsets.ts'
import { PartitionReader } from './reader.ts'
import { consumerConfig, type ReadSettings } from './settings.ts'
import type { Start } from './start.ts'
import { stalledPartitions, type Watched } from './watchdog.ts'

export interface SubscriptionEvents {
  readonly onError: (topic: Topic, error: unknown) => void
  readonly onRecreated?: ((topic: Topic, group: string, reason: 'crashed' | 'stalled') => void) | undefined
  readonly onLost?: ((topic: Topic, partition: number, records: number) => void) | undefined
  readonly onEpoch?: ((topic: Topic, partition: number, epoch: number) => void) | undefined
  /** A partition has not gone on for long. */
  readonly onHeld?: ((topic: Topic, held: LongHeld) => void) | undefined
}

export interface SubscriptionOptions
  extends SubscriptionEvents, Pick<HandOverOptions, 'keys' | 'check' | 'publish' | 'onDead'> {
  readonly client: KafkaClient
  readonly topic: Topic
  readonly group: string
  readonly consumer: Consumer
  readonly settings: ReadSettings
  readonly lastStored?: LastStored | undefined
  readonly clock: Clock
  readonly stop: AbortSignal
  readonly drainBy: AbortSignal
}

/** `early`: the group's broker has only just come up, and says so. */
export type Ended = 'stopped' | 'crashed' | 'stalled' | 'early'

const LEAVE_MS = 8_000

/** One kafkajs consumer from joining the group to its end. What ends otherwise than by being told to is made anew. */
export class Subscription {
  readonly #options: SubscriptionOptions
  readonly #groupId: string
  readonly #kafka: KafkaConsumer
  readonly #readers = new Map<number, PartitionReader>()
  readonly #aside = new Set<number>()
  /** Partitions that are ours and not begun yet, and since when. */
  readonly #opening = new Map<number, number>()
  readonly #teller: HeldTeller
  readonly #over = new AbortController()
  /** Aborts when the assignment is not ours any more. */
  #current = new AbortController()
  #assigning: Promise<void> = Promise.resolve()
  #progressAt: number
  #joined = false
  #leaving = false

  constructor(options: SubscriptionOptions) {
    const { client, topic, group, settings, clock } = options
    this.#options = options
    this.#groupId = groupIdOf(topic, group)
    this.#teller = new HeldTeller(settings.heldMs)
    this.#progressAt = clock.now()
    this.#kafka = client.kafka.consumer(consumerConfig(this.#groupId, settings))
  }

  /** How long the partition that has been failing for longest has; 0 while none is. */
  failingMs(): number {
    const since = [...this.#readers.values()].flatMap(({ failingSince }) => failingSince ?? [])
    return since.length === 0 ? 0 : this.#options.clock.now() - Math.min(...since)
  }

  async run(): Promise<Ended> {
    const { stop, topic, onError } = this.#options
    const ended = new Promise<Ended>((resolve) => {
      const stopped = (): void => resolve('stopped')
      if (stop.aborted) stopped()
      stop.addEventListener('abort', stopped, { once: true, signal: this.#over.signal })
      this.#kafka.on(this.#kafka.events.CRASH, ({ payload }) => {
        if (isStillLoading(payload.error)) return resolve('early')
        onError(topic, kafkaError(`reading ${topic}`, payload.error))
        resolve('crashed')
      })
      void this.#watch().then((stalled) => stalled && resolve('stalled'))
    })
    let how: Ended = 'crashed'
    try {
      how = await Promise.race([ended, this.#start().then(() => ended)])
    } catch (error) {
      onError(topic, kafkaError(`to read ${topic}`, error))
    }
    await this.#end(how)
    return how
  }

  async #start(): Promise<void> {
    const { topic, settings, clock } = this.#options
    const { events } = this.#kafka
    this.#kafka.on(events.GROUP_JOIN, ({ payload }) => this.#onJoin(payload.memberAssignment[topic] ?? []))
    this.#kafka.on(events.END_BATCH_PROCESS, ({ payload }) => {
      this.#progressAt = clock.now()
      if (payload.batchSize === 0) this.#readers.get(payload.partition)?.passed(Number(payload.lastOffset))
    })
    await this.#kafka.connect()
    if (this.#leaving) return
    await this.#kafka.subscribe({ topics: [topic], fromBeginning: true })
    await this.#kafka.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: settings.concurrency,
      eachBatch: (payload) => this.#take(payload),
    })
    if (this.#leaving) await this.#kafka.disconnect() // it was told to go while it joined
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    this.#progressAt = this.#options.clock.now()
    if (this.#over.signal.aborted) return
    await this.#readers.get(payload.batch.partition)?.take(payload)
  }

  /** All partitions are new at every join: between two of ours, another member may have handled one of them. */
  #onJoin(partitions: readonly number[]): void {
    const { topic, clock, consumer, onError } = this.#options
    hold(this.#kafka, topic, partitions)
    if (this.#leaving) return
    this.#current.abort()
    const current = (this.#current = new AbortController())
    const revoked = [...this.#readers.keys()]
    this.#readers.clear()
    this.#aside.clear()
    this.#opening.clear()
    for (const partition of partitions) this.#opening.set(partition, clock.now())
    this.#joined = true
    this.#progressAt = clock.now()
    this.#assigning = this.#assigning.then(async () => {
      for (const partition of revoked) await this.#revoke(partition)
      await assign(partitions, current.signal, {
        ...this.#options,
        groupId: this.#groupId,
        consumer,
        onError: (error) => onError(topic, error),
        begin: (partition, start) => this.#begin(partition, start),
      })
    })
  }

  #begin(partition: number, start: Start): void {
    const { topic, settings, clock, drainBy, stop, onError, onLost, onEpoch, client } = this.#options
    if (start.lost > 0) onLost?.(topic, partition, start.lost)
    const reader = new PartitionReader(start, {
      topic,
      partition,
      limits: settings,
      clock,
      heartbeatMs: settings.heartbeatMs,
      inPlaceMs: settings.inPlaceMs,
      drainBy,
      isStopping: () => stop.aborted || this.#over.signal.aborted,
      handOver: createHandOver({ ...this.#options, partition }),
      seek: (offset) => this.#kafka.seek({ topic, partition, offset: String(offset) }),
      putAside: (payload, ms) => this.#putAside(payload, ms),
      lowOf: async () => {
        const ends = await client.ask(`the ends of ${topic}`, (admin) => admin.fetchTopicOffsets(topic))
        return Number(ends.find((one) => one.partition === partition)?.low ?? 0)
      },
      onError: (error) => onError(topic, error),
      onLost: (records) => onLost?.(topic, partition, records),
      onEpoch: (epoch) => onEpoch?.(topic, partition, epoch),
    })
    this.#opening.delete(partition)
    this.#readers.set(partition, reader)
    this.#kafka.seek({ topic, partition, offset: String(reader.position) })
    release(this.#kafka, topic, partition)
  }

  /** The other partitions go on meanwhile. */
  #putAside(payload: EachBatchPayload, ms: number): void {
    const { partition } = payload.batch
    const resume = payload.pause()
    const { signal } = this.#current
    this.#aside.add(partition)
    void this.#options.clock.sleep(ms, signal).then(() => {
      if (signal.aborted) return
      this.#aside.delete(partition)
      resume()
    })
  }

  async #revoke(partition: number): Promise<void> {
    const { topic, consumer, onError } = this.#options
    try {
      await consumer.revoked?.({ topic, partition })
    } catch (error) {
      onError(topic, error)
    }
  }

  /** True when the consumer says that it runs and does not. */
  async #watch(): Promise<boolean> {
    const { clock, settings, client, topic, onError, onHeld } = this.#options
    const { signal } = this.#over
    for (;;) {
      await clock.sleep(settings.stallMs / 4, signal)
      if (signal.aborted) return false
      for (const held of this.#teller.due(this.#held(), clock.now())) onHeld?.(topic, held)
      const since = this.#progressAt
      const idleMs = clock.now() - since
      if (!this.#joined && idleMs > settings.stallMs + 2 * settings.rebalanceTimeoutMs) return true
      if (!this.#joined || idleMs < settings.stallMs) continue
      const ends = await client.ask(`the ends of ${topic}`, (admin) => admin.fetchTopicOffsets(topic)).catch(() => [])
      if (this.#progressAt !== since) continue
      const highs = new Map(ends.map(({ partition, high }) => [partition, Number(high)]))
      if (stalledPartitions(this.#watched(), highs).length > 0) return true
      for (const [partition, reader] of this.#readers) {
        const high = highs.get(partition)
        if (high === undefined || this.#aside.has(partition) || this.#progressAt !== since) continue
        await reader.lookAgain(high).catch((error: unknown) => onError(topic, error))
      }
    }
  }

  #held(): Held[] {
    const opening = [...this.#opening].map(([partition, since]): Held => ({ partition, since, waitsFor: 'start' }))
    const begun = [...this.#readers].flatMap(([partition, { held }]): Held[] => {
      if (!held) return []
      return [{ partition, ...held, ...(this.#aside.has(partition) && { waitsFor: 'pause' }) }]
    })
    return [...opening, ...begun]
  }

  #watched(): Watched[] {
    return [...this.#readers].map(([partition, { position, busy }]) => {
      return { partition, position, resting: busy || this.#aside.has(partition) }
    })
  }

  /** Leaves the group; what is in hand may end within the drain's time. */
  async #end(how: Ended): Promise<void> {
    const { clock, drainBy, topic, onError } = this.#options
    this.#leaving = true
    const left = new AbortController()
    const leaving = this.#kafka.disconnect().catch((error: unknown) => onError(topic, kafkaError('to leave', error)))
    const late = (async (): Promise<'late'> => {
      if (how === 'stopped') await until(drainBy, left.signal)
      await clock.sleep(LEAVE_MS, left.signal)
      return 'late'
    })()
    const outcome = await Promise.race([leaving, late])
    left.abort()
    this.#over.abort()
    this.#current.abort()
    await within(this.#assigning, LEAVE_MS, clock)
    for (const partition of this.#readers.keys()) await this.#revoke(partition)
    if (outcome === 'late') {
      onError(topic, new WeirError('WEIR_DEADLINE', `A batch of ${topic} did not end in time; it is given again.`))
    }
  }
}

/** Resolves when either aborts. */
function until(a: AbortSignal, b: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (a.aborted || b.aborted) return resolve()
    a.addEventListener('abort', () => resolve(), { once: true })
    b.addEventListener('abort', () => resolve(), { once: true })
  })
}
