import { WeirError } from '../../errors.ts'
import type { Clock, Consumer, Incoming, Outgoing, Refusal, Topic } from '../../seam.ts'
import { cutBatch } from '../token.ts'
import { createWakeup, type Wakeup } from '../wakeup.ts'

export interface AcknowledgedLimits {
  maxQueuedBytes: number
  maxQueuedRecords: number
  maxRecordBytes: number
  maxBatchBytes: number
  maxBatchRecords: number
  lingerMs: number
}

export interface AcknowledgedOptions {
  epoch: number
  limits: AcknowledgedLimits
  clock: Clock
  onError: (topic: Topic, error: unknown) => void
  /** Records that came while their first copy was still here. */
  onJoined?: (topic: Topic, records: number) => void
  /**
   * Work on a record that is done before it takes its place, while others go ahead; undefined for none. What it rejects
   * with is its sender's answer.
   */
  prepare?: (value: unknown) => Promise<void> | undefined
}

/** One publish that waits until every record it brought has been handled. */
interface Waiting {
  open: number
  resolve: () => void
  reject: (error: unknown) => void
}

interface Held {
  readonly record: Omit<Incoming, 'origin'>
  readonly bytes: number
  readonly waiting: Waiting[]
}

/** At its place in the queue, which it keeps. */
interface Queued extends Held {
  readonly record: Incoming
}

const FIRST_RETRY_MS = 200
const MOST_LINGER_MS = 250
const LOOK_EVERY_MS = 20
/** Senders wait for an answer that is seconds away: a store that is back must be noticed soon. */
const LAST_RETRY_MS = 2_000
/** Copies of one record that may wait beside each other. */
const MAX_COPIES = 16

/**
 * A queue whose `publish` resolves only when the consumer has handled the records: group commit. Publishes that arrive
 * while a batch is being handled share the next one. Bounded: beyond the limits the whole publish is refused for now.
 *
 * A record that is here already is not taken a second time: its publish waits for the first copy. Otherwise senders that
 * give up sooner than the store answers would fill the queue with their own retries, and none would ever be answered.
 */
export class AcknowledgedQueue {
  readonly #topic: Topic
  readonly #epoch: number
  readonly #limits: AcknowledgedLimits
  readonly #clock: Clock
  readonly #onError: (topic: Topic, error: unknown) => void
  readonly #onJoined: ((topic: Topic, records: number) => void) | undefined
  readonly #prepare: ((value: unknown) => Promise<void> | undefined) | undefined
  readonly #wakeup: Wakeup = createWakeup()
  /** Everything prepared, queued or in hand, by id. */
  readonly #here = new Map<string, Held>()
  readonly #preparing = new Set<Held>()
  #preparingBytes = 0
  #queue: Queued[] = []
  #bytes = 0
  #inHandBytes = 0
  #inHandRecords = 0
  #nextOffset = 0
  #stopping = false
  #lastHandleMs = 0
  /** When the batch in hand failed first, in milliseconds; undefined while all is well. */
  #failingSince: number | undefined

  constructor(topic: Topic, options: AcknowledgedOptions) {
    this.#topic = topic
    this.#epoch = options.epoch
    this.#limits = options.limits
    this.#clock = options.clock
    this.#onError = options.onError
    this.#onJoined = options.onJoined
    this.#prepare = options.prepare
  }

  get queuedBytes(): number {
    return this.#preparingBytes + this.#bytes + this.#inHandBytes
  }
  /** How long the batch in hand has been failing. */
  get failingMs(): number {
    return this.#failingSince === undefined ? 0 : this.#clock.now() - this.#failingSince
  }
  get queuedRecords(): number {
    return this.#preparing.size + this.#queue.length + this.#inHandRecords
  }

  async publish(records: readonly Outgoing[]): Promise<readonly Refusal[]> {
    if (this.#stopping) throw new WeirError('WEIR_STOPPING', 'Weir is stopping; send this again to the next one.')
    const refusals: Refusal[] = []
    const accepted: Outgoing[] = []
    records.forEach((record, index) => {
      if (record.bytes > this.#limits.maxRecordBytes)
        refusals.push(tooLarge(index, record, this.#limits.maxRecordBytes))
      else accepted.push(record)
    })
    if (accepted.length === 0) return refusals
    this.#admit(accepted)
    await new Promise<void>((resolve, reject) => {
      this.#enqueue(accepted, { open: accepted.length, resolve, reject })
    })
    return refusals
  }

  /** Hands batches to the consumer until the signal aborts and the queue is empty, or `drainBy` aborts. */
  async drainInto(consumer: Consumer, stop: AbortSignal, drainBy: AbortSignal): Promise<void> {
    const onStop = (): void => {
      this.#stopping = true
      this.#wakeup.wake()
    }
    stop.addEventListener('abort', onStop, { once: true })
    if (stop.aborted) onStop()
    drainBy.addEventListener('abort', () => this.#wakeup.wake(), { once: true })
    while (!drainBy.aborted) {
      if (this.#queue.length === 0) {
        if (this.#stopping && this.#preparing.size === 0) break
        await this.#wakeup.wait()
        continue
      }
      await this.#linger(stop)
      await this.#handleNext(consumer, drainBy)
    }
    this.#abandon()
  }

  #admit(records: readonly Outgoing[]): void {
    const { maxQueuedBytes, maxQueuedRecords } = this.#limits
    let count = 0
    let bytes = 0
    for (const record of records) {
      const first = this.#here.get(record.id)
      if (first === undefined) {
        count++
        bytes += record.bytes
      } else if (first.waiting.length >= MAX_COPIES) throw full()
    }
    const idle = this.queuedRecords === 0
    if (idle || count === 0) return
    if (this.queuedBytes + bytes > maxQueuedBytes || this.queuedRecords + count > maxQueuedRecords) throw full()
  }

  #enqueue(records: readonly Outgoing[], waiting: Waiting): void {
    let joined = 0
    for (const { id, tenant, value, bytes } of records) {
      const first = this.#here.get(id)
      if (first !== undefined) {
        first.waiting.push(waiting)
        joined++
        continue
      }
      const held = { record: { id, tenant, value }, bytes, waiting: [waiting] }
      this.#here.set(id, held)
      const ready = this.#prepare?.(value)
      if (ready === undefined) this.#push(held)
      else void this.#pushWhenReady(held, ready)
    }
    if (joined > 0) this.#onJoined?.(this.#topic, joined)
  }

  #push(held: Held): void {
    const origin = { topic: this.#topic, epoch: this.#epoch, partition: 0, offset: this.#nextOffset++ }
    const { record, bytes, waiting } = held
    const { id, tenant, value } = record
    this.#queue.push({ record: { id, tenant, value, origin }, bytes, waiting })
    this.#bytes += bytes
    this.#wakeup.wake()
  }

  async #pushWhenReady(held: Held, ready: Promise<void>): Promise<void> {
    this.#preparing.add(held)
    this.#preparingBytes += held.bytes
    let failed: { error: unknown } | undefined
    await ready.catch((error: unknown) => (failed = { error }))
    if (!this.#preparing.delete(held)) return // abandoned meanwhile
    this.#preparingBytes -= held.bytes
    if (failed === undefined) return this.#push(held)
    this.#reject([held], failed.error)
    this.#wakeup.wake()
  }

  /**
   * A short wait lets more publishes share the batch; a full batch or a stop does not wait. After a slow batch the wait is
   * longer: its senders were all answered at once and are about to send again, and one large insert costs far less than two.
   */
  async #linger(stop: AbortSignal): Promise<void> {
    const { lingerMs, maxBatchRecords, maxBatchBytes } = this.#limits
    const until = this.#clock.now() + Math.max(lingerMs, Math.min(this.#lastHandleMs / 3, MOST_LINGER_MS))
    for (;;) {
      const left = until - this.#clock.now()
      const full = this.#queue.length >= maxBatchRecords || this.#bytes >= maxBatchBytes
      if (left <= 0 || full || stop.aborted) return
      await this.#clock.sleep(Math.min(left, LOOK_EVERY_MS), stop)
    }
  }

  #cut(): Queued[] {
    const { maxBatchRecords, maxBatchBytes } = this.#limits
    let bytes = 0
    let count = 0
    while (count < this.#queue.length && count < maxBatchRecords) {
      bytes += this.#queue[count]!.bytes
      if (count > 0 && bytes > maxBatchBytes) break
      count++
    }
    const taken = this.#queue.splice(0, count)
    this.#inHandRecords = taken.length
    this.#inHandBytes = taken.reduce((sum, queued) => sum + queued.bytes, 0)
    this.#bytes -= this.#inHandBytes
    return taken
  }

  /** The consumer repeats what may be repeated; an error that reaches us is tried again with the very same batch. */
  async #handleNext(consumer: Consumer, drainBy: AbortSignal): Promise<void> {
    const taken = this.#cut()
    const batch = cutBatch(
      this.#topic,
      taken.map((queued) => queued.record),
    )
    const startedAt = this.#clock.now()
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        await consumer.handle(batch)
        this.#settle(taken)
        this.#failingSince = undefined
        break
      } catch (error) {
        if (drainBy.aborted) {
          this.#reject(taken, stopped(error))
          break
        }
        this.#failingSince ??= this.#clock.now()
        this.#onError(this.#topic, error)
        await this.#clock.sleep(waitMs, drainBy)
      }
    }
    this.#lastHandleMs = this.#clock.now() - startedAt
    this.#inHandBytes = 0
    this.#inHandRecords = 0
  }

  #abandon(): void {
    this.#stopping = true
    this.#reject([...this.#preparing, ...this.#queue], stopped(undefined))
    this.#preparing.clear()
    this.#preparingBytes = 0
    this.#queue = []
    this.#bytes = 0
  }

  #settle(taken: readonly Queued[]): void {
    for (const { record, waiting } of taken) {
      this.#here.delete(record.id)
      for (const publish of waiting) if (--publish.open === 0) publish.resolve()
    }
  }

  #reject(taken: readonly Held[], error: unknown): void {
    for (const { record, waiting } of taken) {
      this.#here.delete(record.id)
      for (const publish of waiting) publish.reject(error)
    }
  }
}

function full(): WeirError {
  return new WeirError('WEIR_QUEUE_FULL', 'The queue in front of the store is full; send this again in a moment.')
}

function stopped(cause: unknown): WeirError {
  return new WeirError('WEIR_STOPPING', 'Weir stopped before this was durable; send it again.', { cause })
}

function tooLarge(index: number, record: Outgoing, limit: number): Refusal {
  const message = `The record is too large: ${record.bytes} bytes, the limit is ${limit} (stream.maxRecordBytes).`
  return { index, reason: 'too_large', message }
}
