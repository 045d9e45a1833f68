import type { EachBatchPayload } from 'kafkajs'
import type { Batch, Clock, Incoming, Topic } from '../../../seam.ts'
import type { WaitsFor } from './held.ts'
import { Membership } from './membership.ts'
import { Place } from './place.ts'
import type { CutLimits, RawRange } from './range.ts'
import type { RawRecord } from '../records/record.ts'
import type { Start } from './start.ts'

/** What a partition's reader needs of its surroundings. */
export interface ReaderContext {
  readonly topic: Topic
  readonly partition: number
  readonly limits: CutLimits
  readonly clock: Clock
  readonly heartbeatMs: number
  /** How long a failing batch is tried again on the spot before its partition is put aside for a while. */
  readonly inPlaceMs: number
  /** Aborts when a stopping process may not go on with what it holds. */
  readonly drainBy: AbortSignal
  readonly isStopping: () => boolean
  /** Opens the range's records and hands them over: dead ones to `weir.dead`, the others to the consumer. */
  readonly handOver: (range: RawRange) => Promise<Batch<Incoming> | undefined>
  readonly seek: (offset: number) => void
  /** Lets go of the partition for so long. */
  readonly putAside: (payload: EachBatchPayload, ms: number) => void
  readonly lowOf: () => Promise<number>
  readonly onError: (error: unknown) => void
  readonly onLost: (records: number) => void
  readonly onEpoch: (epoch: number) => void
}

const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 2_000
const ASIDE_FIRST_MS = 1_000
const ASIDE_MOST_MS = 30_000

/**
 * Reads one partition from its assignment on: cuts ranges, commits each as pending, hands it over, commits behind it.
 * All commits are made inside kafkajs's eachBatch, because it joins the group again only when that has ended: from a
 * queue of our own, a member that was put out and came back could commit for somebody else's partition.
 */
export class PartitionReader {
  readonly #context: ReaderContext
  readonly #place: Place
  #inHand = false
  #asideMs = ASIDE_FIRST_MS
  #failingSince: number | undefined
  #heldSince: number | undefined
  #waitsFor: WaitsFor = 'fetch'

  constructor(start: Start, context: ReaderContext) {
    this.#context = context
    this.#place = new Place(start)
  }

  get busy(): boolean {
    return this.#inHand
  }
  /** Where the next fetch begins. */
  get position(): number {
    return this.#place.position
  }
  get failingSince(): number | undefined {
    return this.#failingSince
  }

  /** The batch that was begun and has not ended. */
  get held(): { since: number; waitsFor: WaitsFor } | undefined {
    return this.#heldSince === undefined ? undefined : { since: this.#heldSince, waitsFor: this.#waitsFor }
  }

  /** kafkajs went past offsets by itself, without a record for us: control records, and what compaction left. */
  passed(last: number): void {
    if (!this.#inHand && last >= this.#place.position) this.#place.fetchedTo(last + 1)
  }

  /** After a long silence: a log made anew, exactly as long as the former, would be silent too. */
  async lookAgain(end: number): Promise<void> {
    if (this.#inHand) return
    if (this.#place.isCut(end)) {
      this.#inHand = true // what comes meanwhile is of the other log already
      return this.#beginAnew().finally(() => (this.#inHand = false))
    }
    const offset = this.#place.lookAgain()
    if (offset !== undefined) this.#context.seek(offset)
  }

  /** kafkajs's eachBatch for this partition. Rejects with kafkajs's own error when the group must be joined again. */
  async take(payload: EachBatchPayload): Promise<void> {
    if (this.#inHand || payload.isStale()) return
    this.#inHand = true
    const member = new Membership(payload, this.#context.clock, this.#context.heartbeatMs)
    try {
      await this.#take(payload, member)
    } catch (error) {
      this.#rewind()
      throw error
    } finally {
      this.#inHand = false
    }
  }

  #rewind(): void {
    this.#context.seek(this.#place.rewind())
  }

  async #take(payload: EachBatchPayload, member: Membership): Promise<void> {
    const arrived = this.#place.arrived(payload.batch.messages)
    if (arrived === 'fetch_again') return this.#rewind()
    if (arrived === 'other_log') return this.#beginAnew()
    await this.#lookForLost(arrived)
    let queue = this.#place.joined(arrived)
    let handed = false
    while (queue.length > 0 && !this.#context.isStopping() && !payload.isStale()) {
      const range = this.#place.cut(queue, this.#context.limits, Number(payload.batch.highWatermark))
      if (range === 'unfinished') return this.#carry(queue, payload)
      if (range === 'other_log') return this.#beginAnew()
      if (!(await this.#hand(range, payload, member))) break
      handed = true
      queue = queue.slice(range.records.length)
      await member.beat()
      if (member.lost) break
    }
    if (queue.length > 0) this.#rewind()
    if (handed) await this.#close(member)
    if (queue.length === 0) this.#goOn(payload)
    if (member.lost) throw member.lost
  }

  /** Nothing stands between our place and the first record: taken by retention, or nothing that concerns us. */
  async #lookForLost(arrived: readonly RawRecord[]): Promise<void> {
    const first = Number(arrived[0]?.offset ?? 0)
    if (first <= this.#place.position) return
    const low = await this.#context.lowOf()
    const lost = low <= first ? this.#place.skipTo(low) : 0
    if (lost > 0) this.#context.onLost(lost)
  }

  async #beginAnew(): Promise<void> {
    this.#place.startOver(await this.#context.lowOf())
    this.#context.onEpoch(this.#place.epoch)
    this.#rewind()
  }

  #carry(queue: readonly RawRecord[], payload: EachBatchPayload): void {
    this.#place.carry(queue)
    this.#goOn(payload, false)
  }

  /** All that was fetched has been taken. */
  #goOn(payload: EachBatchPayload, verify = true): void {
    payload.resolveOffset(payload.batch.messages.at(-1)!.offset)
    this.#place.fetchedTo(Number(payload.batch.lastOffset()) + 1)
    const again = verify ? this.#place.verifyNext(Number(payload.batch.highWatermark)) : undefined
    if (again !== undefined) payload.resolveOffset(String(again - 1))
  }

  /** False when the range was not handed over: it is put aside, or we stop, or the group goes on without us. */
  async #hand(range: RawRange, payload: EachBatchPayload, member: Membership): Promise<boolean> {
    this.#place.begin(range)
    this.#heldSince ??= this.#context.clock.now()
    await this.#commit(member)
    let batch: Batch<Incoming> | undefined
    const done = await this.#trying(payload, member, async () => {
      batch = await this.#context.handOver(range)
    })
    this.#waitsFor = 'fetch' // where it is not done, it must come again
    if (!done) return false
    this.#place.done(range, batch !== undefined)
    this.#heldSince = undefined
    return true
  }

  /** The very same batch until it succeeds, while the group hears from us. */
  async #trying(payload: EachBatchPayload, member: Membership, work: () => Promise<void>): Promise<boolean> {
    const { clock, drainBy, inPlaceMs, onError, putAside } = this.#context
    const startedAt = clock.now()
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        this.#waitsFor = 'handler'
        await member.during(work())
        this.#failingSince = undefined
        this.#asideMs = ASIDE_FIRST_MS
        return true
      } catch (error) {
        this.#failingSince ??= clock.now()
        onError(error)
      }
      if (member.lost || drainBy.aborted) return false
      if (clock.now() - startedAt >= inPlaceMs) break
      this.#waitsFor = 'retry'
      await member.during(clock.sleep(waitMs, drainBy))
      if (member.lost) return false
    }
    putAside(payload, this.#asideMs)
    this.#asideMs = Math.min(this.#asideMs * 2, ASIDE_MOST_MS)
    return false
  }

  async #close(member: Membership): Promise<void> {
    try {
      await this.#commit(member)
    } catch (error) {
      if (!member.lost) throw error
    }
  }

  /** A commit that fails stops the partition as a failing batch does. */
  async #commit(member: Membership): Promise<void> {
    const { topic, partition, clock, onError } = this.#context
    this.#waitsFor = 'commit'
    await member.commit({ topic, partition, offset: this.#place.next, metadata: this.#place.mark() }, (error) => {
      this.#failingSince ??= clock.now()
      onError(error)
    })
    this.#failingSince = undefined
  }
}
