import type { Pending } from '../records/mark.ts'
import { idOf, type RawRecord } from '../records/record.ts'

export interface CutLimits {
  readonly maxBatchRecords: number
  readonly maxBatchBytes: number
}

/** A stretch of one partition that goes into one batch. */
export interface RawRange {
  readonly epoch: number
  readonly first: number
  readonly last: number
  /** Of the record at `last`. */
  readonly id: string
  /** Everything from `first` to before it has come already and was dead. */
  readonly deadBefore: number
  readonly records: readonly RawRecord[]
}

/**
 * The next range of what has come. A pending range is cut exactly as it was: `unfinished` until its last record has come,
 * `other_log` when another record stands where it ended.
 */
export function rangeOf(
  queue: readonly RawRecord[],
  { from, next }: { from: number; next: number },
  pending: Pending | undefined,
  limits: CutLimits,
): RawRange | 'unfinished' | 'other_log' {
  // What stands before a pending range is no part of it.
  if (pending && Number(queue[0]!.offset) >= pending.first) return pendingRange(queue, next, pending)
  const most = pending ? queue.filter(({ offset }) => Number(offset) < pending.first) : queue
  const records = most.slice(0, countWithin(most, limits))
  const last = records.at(-1)!
  return { epoch: 0, first: from, last: Number(last.offset), id: idOf(last), deadBefore: next, records }
}

function pendingRange(
  queue: readonly RawRecord[],
  next: number,
  pending: Pending,
): RawRange | 'unfinished' | 'other_log' {
  if (Number(queue.at(-1)!.offset) < pending.last) return 'unfinished'
  const records = queue.filter(({ offset }) => Number(offset) <= pending.last)
  const last = records.at(-1)
  if (last === undefined || Number(last.offset) !== pending.last || idOf(last) !== pending.id) return 'other_log'
  return { epoch: 0, ...pending, deadBefore: next, records }
}

function countWithin(queue: readonly RawRecord[], limits: CutLimits): number {
  let bytes = 0
  let count = 0
  while (count < queue.length && count < limits.maxBatchRecords) {
    bytes += bytesOf(queue[count]!)
    if (count > 0 && bytes > limits.maxBatchBytes) break
    count++
  }
  return count
}

const bytesOf = ({ key, value }: RawRecord): number => (key?.length ?? 0) + (value?.length ?? 0)
