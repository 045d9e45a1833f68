import { WeirError } from '../../../errors.ts'

/** A record that was seen at a place of the log. Another id there means that it is another log. */
export interface Seen {
  readonly offset: number
  readonly id: string
}

/** A range that is about to be handed over, or was when its process died. It is handed over exactly so again. */
export interface Pending {
  readonly first: number
  readonly last: number
  /** Of the record at `last`. */
  readonly id: string
}

/** What stands in the metadata of a committed offset. A commit without it would wipe it. */
export interface Mark {
  readonly epoch: number
  /** The last record before the committed offset. */
  readonly seen?: Seen
  readonly pending?: Pending
  /** Where the next batch's range begins, when everything since then was dead and went into no batch. */
  readonly from?: number
}

const VERSION = 1
/** Kafka refuses more than 4,096 characters by default, and an operator may have set less. */
export const MARK_LENGTH_MAX = 1024
export const ID_LENGTH_MAX = 256

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= ID_LENGTH_MAX

export function writeMark({ epoch, seen, pending, from }: Mark): string {
  return JSON.stringify({
    v: VERSION,
    e: epoch,
    ...(seen && { s: [seen.offset, seen.id] }),
    ...(pending && { p: [pending.first, pending.last, pending.id] }),
    ...(from !== undefined && { f: from }),
  })
}

/**
 * Undefined when there is nothing of ours: nothing was committed, or somebody set the offset by hand, which wipes it.
 * WEIR_SCHEMA_VERSION when a newer Weir wrote it: going on without understanding it could store records twice.
 */
export function readMark(metadata: string | null | undefined): Mark | undefined {
  if (metadata === null || metadata === undefined || metadata.length > MARK_LENGTH_MAX) return undefined
  const fields = parse(metadata)
  if (fields === undefined || !isOffset(fields['v'])) return undefined
  if (fields['v'] !== VERSION) {
    throw new WeirError(
      'WEIR_SCHEMA_VERSION',
      `the committed offset was written by another version of Weir (mark ${fields['v']}, this one knows ${VERSION}): ` +
        'run a version that knows it',
    )
  }
  const { e: epoch, s, p, f: from } = fields
  if (!isOffset(epoch) || (from !== undefined && !isOffset(from))) return undefined
  const seen = s === undefined ? undefined : seenOf(s)
  const pending = p === undefined ? undefined : pendingOf(p)
  if ((s !== undefined && !seen) || (p !== undefined && !pending)) return undefined
  return { epoch, ...(seen && { seen }), ...(pending && { pending }), ...(from !== undefined && { from }) }
}

function parse(metadata: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(metadata)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function seenOf(value: unknown): Seen | undefined {
  const [offset, id] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : []
  return isOffset(offset) && isId(id) ? { offset, id } : undefined
}

function pendingOf(value: unknown): Pending | undefined {
  const [first, last, id] = Array.isArray(value) && value.length === 3 ? (value as unknown[]) : []
  return isOffset(first) && isOffset(last) && first <= last && isId(id) ? { first, last, id } : undefined
}
