import type { Position } from '../../../seam.ts'
import type { Mark, Pending, Seen } from '../records/mark.ts'

/** The last row stored of a partition: what the store knows when Kafka's own memory is gone or behind. */
export interface Stored extends Position {
  readonly id: string
  /** The last offset of the batch it was stored with, when records after it went elsewhere (dead, duplicate). */
  readonly last?: number
}

export interface Known {
  /** The committed offset; undefined when there is none. */
  readonly committed: number | undefined
  readonly mark: Mark | undefined
  readonly stored: Stored | undefined
  /** Where the consumer wants to resume after, by its own memory. */
  readonly own: Position | undefined
  /** The first offset of the log, and the one after its last. */
  readonly low: number
  readonly high: number
}

export interface Start {
  readonly epoch: number
  /** The next offset to hand over. */
  readonly next: number
  /** Where the next batch's range begins; below `next` when all in between was dead. */
  readonly from: number
  /** The last record known, while the log has it. It is read again first: another id there means another log. */
  readonly seen?: Seen
  readonly pending?: Pending
  /** Records that the log dropped before anybody read them. */
  readonly lost: number
}

/**
 * Where to begin reading a partition, and under which epoch. An offset means nothing by itself: a topic that was deleted
 * and made again counts from 0 once more, so the last record known must still be where it was.
 */
export function decideStart(known: Known): Start {
  const { stored, low, high } = known
  const mark = known.mark && stored && stored.epoch > known.mark.epoch ? undefined : known.mark
  const start = mark ? fromMark(mark, known) : stored ? fromStored(stored) : fromNothing(known)
  const highest = Math.max(start.next - 1, start.seen?.offset ?? -1, start.pending?.last ?? -1)
  if (highest >= high) return newEpoch(start.epoch, low)
  return withOwn(withLog(start, low), known)
}

type Draft = Omit<Start, 'lost'>

function fromMark(mark: Mark, { committed = 0 }: Known): Draft {
  const { epoch, seen, pending } = mark
  const from = pending?.first ?? mark.from ?? committed
  return { epoch, next: committed, from, ...(seen && { seen }), ...(pending && { pending }) }
}

/** The committed offset is not ours then: going back would store twice what is stored, going on would leave a hole. */
function fromStored({ epoch, offset, id, last = offset }: Stored): Draft {
  return { epoch, next: last + 1, from: last + 1, seen: { offset, id } }
}

function fromNothing({ committed, low }: Known): Draft {
  const next = committed ?? low
  return { epoch: 1, next, from: next }
}

/** What retention took is not there to be verified or read. */
function withLog({ seen, pending, ...start }: Draft, low: number): Start {
  const lost = Math.max(0, low - start.next)
  const there = seen && seen.offset >= low ? { seen } : {}
  if (lost === 0) return { ...start, ...there, ...(pending && { pending }), lost }
  const remains = pending && pending.last >= low ? { pending: { ...pending, first: low } } : {}
  return { ...start, ...remains, next: low, from: low, lost }
}

function withOwn(start: Start, { own, high, low }: Known): Start {
  if (own === undefined || own.epoch < start.epoch) return start
  if (own.offset >= high) return newEpoch(own.epoch, low)
  const next = Math.max(own.offset + 1, low)
  if (own.epoch > start.epoch) return { epoch: own.epoch, next, from: next, lost: 0 }
  const { pending, ...rest } = start
  const replay = pending && next <= pending.first ? { pending } : {}
  return { ...rest, ...replay, next, from: next }
}

/** Another log under the same name: from its beginning, under an epoch that nothing was stored under. */
export function newEpoch(epoch: number, low: number): Start {
  return { epoch: epoch + 1, next: low, from: low, lost: 0 }
}
