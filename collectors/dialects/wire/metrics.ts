import { Cursor } from './cursor.ts'

/** Tags of Metric's gauge, sum, histogram, exponential histogram and summary; each keeps its data points in field 1. */
const DATA = new Set([0x2a, 0x3a, 0x4a, 0x52, 0x5a])

/** Counts the data points of an ExportMetricsServiceRequest; metrics are not used yet, but must be well formed. */
export function countDataPoints(body: Buffer): number {
  const cursor = new Cursor(body)
  return countIn(cursor, body.length, (tag) => tag === 0x0a, [
    (tag) => tag === 0x12,
    (tag) => tag === 0x12,
    (tag) => DATA.has(tag),
    (tag) => tag === 0x0a,
  ])
}

/** Steps into the fields that `wanted` names; below the last level of `levels` each of them counts as one. */
function countIn(
  cursor: Cursor,
  end: number,
  wanted: (tag: number) => boolean,
  levels: readonly ((tag: number) => boolean)[],
): number {
  const [next, ...rest] = levels
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (next === undefined && wanted(tag)) count++
    if (next !== undefined && wanted(tag)) count += countIn(cursor, cursor.end(end), next, rest)
    else cursor.skip(tag, end)
  }
  cursor.close(end)
  return count
}
