import type { Clock, Consumer, Incoming, Outgoing, Position, Topic } from '../../seam.ts'
import { cutBatch } from '../token.ts'
import { createWakeup, type Wakeup } from '../wakeup.ts'

/** Where a stage's position is kept, and where records that were not handed over are read again. */
export interface Recovery {
  load(topic: Topic, group: string): Promise<Position | undefined>
  save(topic: Topic, group: string, position: Position): Promise<void>
  /** Records after the position, in order; never some but not all records of one position. Empty at the end. */
  readAfter(topic: Topic, position: Position | undefined): Promise<Incoming[]>
}

export interface HandedOverOptions {
  maxRecords: number
  recovery: Recovery
  clock: Clock
  onOverflow: (topic: Topic) => void
  onError: (topic: Topic, error: unknown) => void
}

const BATCH_RECORDS = 1_000
const SAVE_EVERY_MS = 10_000
const RETRY_MS = 500

/**
 * A hand-over that never delays or fails its publisher: the records are durable as rows before they are published.
 * What does not fit is read again from those rows after the last handled position. At least once, in order.
 */
export class HandedOverQueue {
  readonly #topic: Topic
  readonly #options: HandedOverOptions
  readonly #wakeup: Wakeup = createWakeup()
  #queue: Incoming[] = []
  /** The queue misses something that the rows hold: at first, and after an overflow. */
  #behind = true
  #subscribed = false
  #position: Position | undefined
  #saved: Position | undefined
  #savedAt = 0

  constructor(topic: Topic, options: HandedOverOptions) {
    this.#topic = topic
    this.#options = options
  }

  get waiting(): number {
    return this.#queue.length
  }

  publish(records: readonly Outgoing[]): void {
    if (!this.#subscribed || this.#behind) {
      this.#behind = true
      this.#wakeup.wake()
      return
    }
    if (this.#queue.length + records.length > this.#options.maxRecords) {
      this.#behind = true
      this.#queue = []
      this.#options.onOverflow(this.#topic)
    } else {
      for (const { id, tenant, value, cause } of records)
        if (cause) this.#queue.push({ id, tenant, value, origin: cause })
    }
    this.#wakeup.wake()
  }

  async drainInto(group: string, consumer: Consumer, stop: AbortSignal, drainBy: AbortSignal): Promise<void> {
    const wake = (): void => this.#wakeup.wake()
    stop.addEventListener('abort', wake, { once: true })
    drainBy.addEventListener('abort', wake, { once: true })
    await this.#retrying(drainBy, async () => {
      const own = await consumer.assigned?.({ topic: this.#topic, partition: 0 })
      this.#position = this.#saved = own ?? (await this.#options.recovery.load(this.#topic, group))
    })
    this.#subscribed = true
    while (!drainBy.aborted) {
      await this.#retrying(drainBy, () => this.#step(group, consumer))
      if (this.#queue.length > 0 || this.#behind) continue
      if (stop.aborted) break
      await this.#wakeup.wait()
    }
    this.#subscribed = false
    await this.#savePosition(group, true).catch((error: unknown) => this.#options.onError(this.#topic, error))
    await consumer.revoked?.({ topic: this.#topic, partition: 0 })
  }

  async #step(group: string, consumer: Consumer): Promise<void> {
    if (this.#behind) await this.#catchUp(group, consumer)
    else await this.#handle(group, consumer, this.#takeLive())
  }

  /** From here on new records queue up again; those that the rows gave us already are skipped when taken. */
  async #catchUp(group: string, consumer: Consumer): Promise<void> {
    this.#behind = false
    try {
      for (;;) {
        const page = await this.#options.recovery.readAfter(this.#topic, this.#position)
        if (page.length === 0) return
        await this.#handle(group, consumer, page)
      }
    } catch (error) {
      this.#behind = true
      this.#queue = []
      throw error
    }
  }

  /** All records of one position stay together, because a position is saved as a whole. */
  #takeLive(): Incoming[] {
    let end = Math.min(this.#queue.length, BATCH_RECORDS)
    while (end > 0 && end < this.#queue.length && samePosition(this.#queue[end]!, this.#queue[end - 1]!)) end++
    return this.#queue.splice(0, end).filter((record) => isAfter(record.origin, this.#position))
  }

  async #handle(group: string, consumer: Consumer, records: Incoming[]): Promise<void> {
    for (const sameEpoch of splitByEpoch(records)) {
      try {
        await consumer.handle(cutBatch(this.#topic, sameEpoch))
      } catch (error) {
        this.#behind = true // the rest of the live queue is read again, after what was handled
        this.#queue = []
        throw error
      }
      const { epoch, offset } = sameEpoch.at(-1)!.origin
      this.#position = { epoch, offset }
    }
    await this.#savePosition(group, false)
  }

  async #savePosition(group: string, now: boolean): Promise<void> {
    const at = this.#options.clock.now()
    if (this.#position === this.#saved || (!now && at - this.#savedAt < SAVE_EVERY_MS)) return
    const position = this.#position!
    await this.#options.recovery.save(this.#topic, group, position)
    this.#saved = position
    this.#savedAt = at
  }

  async #retrying(drainBy: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!drainBy.aborted) {
      try {
        return await work()
      } catch (error) {
        this.#options.onError(this.#topic, error)
        await this.#options.clock.sleep(RETRY_MS, drainBy)
      }
    }
  }
}

function isAfter(origin: Position, position: Position | undefined): boolean {
  if (position === undefined) return true
  return origin.epoch > position.epoch || (origin.epoch === position.epoch && origin.offset > position.offset)
}

function samePosition(a: Incoming, b: Incoming): boolean {
  return a.origin.epoch === b.origin.epoch && a.origin.offset === b.origin.offset
}

function splitByEpoch(records: readonly Incoming[]): Incoming[][] {
  const groups: Incoming[][] = []
  for (const record of records) {
    const group = groups.at(-1)
    if (group && group[0]!.origin.epoch === record.origin.epoch) group.push(record)
    else groups.push([record])
  }
  return groups
}
