import { writeMark, type Pending, type Seen } from '../records/mark.ts'
import { rangeOf, type CutLimits, type RawRange } from './range.ts'
import { idOf, type RawRecord } from '../records/record.ts'
import { newEpoch, type Start } from './start.ts'

/**
 * Whether the log is still the one we know. `verify`: the next fetch begins with our last record, to see. `trusted`: it was
 * seen just now. `unknown`: nobody has looked since.
 */
type Trust = 'verify' | 'trusted' | 'unknown'

/** What a fetch brought: records to go on with, or that the next fetch must begin elsewhere, or that it is another log. */
export type Arrived = readonly RawRecord[] | 'fetch_again' | 'other_log'

/**
 * Where we are in the log of one partition. Kafka tells topics apart by name only, as far as this client hears: one that
 * was deleted and made again would go on at our offset as if nothing had been. So records count only when they come after
 * the last one that we know.
 */
export class Place {
  #epoch: number
  /** The next offset to hand over. */
  #next: number
  /** Where the next batch's range begins. */
  #from: number
  #seen: Seen | undefined
  /** The range in hand, also after it failed: it is given again exactly so. */
  #pending: Pending | undefined
  /** The range that an earlier process had in hand. */
  #replay: Pending | undefined
  #trust: Trust
  /** Records of a range in hand whose end has not come yet. */
  #carried: readonly RawRecord[] = []
  #position: number

  constructor(start: Start) {
    this.#epoch = start.epoch
    this.#next = start.next
    this.#from = start.from
    this.#seen = start.seen
    this.#replay = start.pending
    this.#trust = start.seen ? 'verify' : 'trusted'
    this.#position = this.#firstFetch()
  }

  get epoch(): number {
    return this.#epoch
  }
  get next(): number {
    return this.#next
  }
  /** Where the next fetch begins. */
  get position(): number {
    return this.#position
  }

  /** What stands beside the committed offset. */
  mark(): string {
    return writeMark({
      epoch: this.#epoch,
      ...(this.#seen && { seen: this.#seen }),
      ...(this.#pending && { pending: this.#pending }),
      ...(this.#from !== this.#next && { from: this.#from }),
    })
  }

  arrived(messages: readonly RawRecord[]): Arrived {
    const first = Number(messages[0]!.offset)
    if (first < this.#position) return 'other_log' // the client found our place beyond the end, and went to the beginning
    if (this.#carried.length > 0) return messages
    if (this.#seen && this.#trust === 'unknown') {
      this.#trust = 'verify'
      return 'fetch_again'
    }
    if (this.#seen && this.#trust === 'verify') {
      const { offset, id } = this.#seen
      if (first === offset && idOf(messages[0]!) !== id) return 'other_log'
      if (first <= offset && this.#next !== offset + 1) {
        this.#trust = 'trusted' // and what is wanted stands elsewhere
        return 'fetch_again'
      }
    }
    this.#trust = 'unknown'
    this.#position = this.#next
    return messages.filter(({ offset }) => Number(offset) >= this.#next)
  }

  /** With what was kept of earlier fetches in front. */
  joined(messages: readonly RawRecord[]): readonly RawRecord[] {
    const all = this.#carried.length > 0 ? [...this.#carried, ...messages] : messages
    this.#carried = []
    return all
  }

  carry(queue: readonly RawRecord[]): void {
    this.#carried = queue
  }

  /** `end` is the offset after the log's last record. */
  cut(queue: readonly RawRecord[], limits: CutLimits, end: number): RawRange | 'unfinished' | 'other_log' {
    const place = { from: this.#from, next: this.#next }
    const range = rangeOf(queue, place, this.#pending ?? this.#replay, limits)
    if (range === 'unfinished' && this.isCut(end)) return 'other_log'
    return typeof range === 'string' ? range : { ...range, epoch: this.#epoch }
  }

  begin({ first, last, id }: RawRange): void {
    this.#pending = { first, last, id }
  }

  /** `batched`: something of the range went into a batch; where all was dead, the next batch's range takes it in. */
  done({ last, id }: RawRange, batched: boolean): void {
    if (this.#replay && last >= this.#replay.first) this.#replay = undefined
    this.#pending = undefined
    this.#seen = { offset: last, id }
    this.#next = last + 1
    if (batched) this.#from = this.#next
  }

  fetchedTo(offset: number): void {
    this.#position = offset
  }

  /** The log ends below what we know to have stood in it. */
  isCut(end: number): boolean {
    const known = Math.max(this.#seen?.offset ?? -1, (this.#pending ?? this.#replay)?.last ?? -1)
    return end <= known
  }

  /** Nothing has come for long: is it still our log? Undefined when there is nothing to look for. */
  lookAgain(): number | undefined {
    if (!this.#seen || this.#carried.length > 0 || this.#trust !== 'unknown') return undefined
    this.#trust = 'verify'
    return this.rewind()
  }

  /** Where more waits already, the next fetch brings our last record along with it, and no second one is needed. */
  verifyNext(end: number): number | undefined {
    if (!this.#seen || end <= this.#next) return undefined
    this.#trust = 'verify'
    this.#position = this.#seen.offset
    return this.#position
  }

  /** What came and was not handed over must come again. */
  rewind(): number {
    this.#carried = []
    this.#position = this.#firstFetch()
    return this.#position
  }

  /** Records before `low` are gone for good. Says how many of them nobody had read. */
  skipTo(low: number): number {
    if (this.#carried.length > 0 || low <= this.#next) return 0
    const lost = low - this.#next
    this.#next = this.#from = low
    this.#pending = this.#replay = undefined
    return lost
  }

  /** It is another log: from its beginning, under the next epoch. */
  startOver(low: number): void {
    const { epoch } = newEpoch(this.#epoch, low)
    this.#epoch = epoch
    this.#next = this.#from = this.#position = low
    this.#seen = this.#pending = this.#replay = undefined
    this.#trust = 'trusted'
    this.#carried = []
  }

  #firstFetch(): number {
    return this.#trust === 'verify' && this.#seen ? this.#seen.offset : this.#next
  }
}
