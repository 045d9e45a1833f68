import { CONTEXT_ROWS, OFFSETS, wordRows } from './features.ts'
import { OUTSIDE_WORD } from './words.ts'

/*
 * Adding up rows is where the time goes. The eight weights of a row are two numbers of 32 bits; each weight, made
 * positive, has 16 bits of its own in the sums, which none of the few dozen that are added can fill.
 */
const POSITIVE = 128
/** Numbers that hold the sums of a row: labels 0 and 2, 1 and 3, 4 and 6, 5 and 7. */
export const PARTS = 4
const LANES = 0x00ff00ff
const LANE = 0xffff
const LANE_BITS = 16
export const SUMS_SIZE: number = OFFSETS.length * PARTS

export function packWeights(weights: Int8Array): Int32Array {
  const bytes = new Uint8Array(weights.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = weights[index]! + POSITIVE
  return new Int32Array(bytes.buffer)
}

export function addPacked(packed: Int32Array, row: number, parts: Int32Array, to: number): void {
  const [low, high] = [packed[row * 2]!, packed[row * 2 + 1]!]
  parts[to]! += low & LANES
  parts[to + 1]! += (low >>> 8) & LANES
  parts[to + 2]! += high & LANES
  parts[to + 3]! += (high >>> 8) & LANES
}

/** Where a token's sums lie: those that each word near it adds, and the rows of what stands around it. */
export interface Summands {
  readonly sums: Int32Array
  readonly places: Int32Array
  readonly packed: Int32Array
  readonly rows: Int32Array
}

/** Adds up the token's weights and writes the score of each label to `scores`, from `to` on. */
export function writeScores(
  { sums, places, packed, rows }: Summands,
  offsets: Int32Array,
  scores: Int32Array,
  to: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let place = 0; place < places.length; place++) {
    const from = places[place]!
    a += sums[from]!
    b += sums[from + 1]!
    c += sums[from + 2]!
    d += sums[from + 3]!
  }
  for (let index = 0; index < rows.length; index++) {
    const at = rows[index]! * 2
    const low = packed[at]!
    const high = packed[at + 1]!
    a += low & LANES
    b += (low >>> 8) & LANES
    c += high & LANES
    d += (high >>> 8) & LANES
  }
  scores[to] = (a & LANE) + offsets[0]!
  scores[to + 1] = (b & LANE) + offsets[1]!
  scores[to + 2] = (a >>> LANE_BITS) + offsets[2]!
  scores[to + 3] = (b >>> LANE_BITS) + offsets[3]!
  scores[to + 4] = (c & LANE) + offsets[4]!
  scores[to + 5] = (d & LANE) + offsets[5]!
  scores[to + 6] = (c >>> LANE_BITS) + offsets[6]!
}

/** What is taken off a sum again: what was added to make each of a token's weights positive. */
export function surplus(): number {
  const rows: number[] = []
  for (const offset of OFFSETS) wordRows(OUTSIDE_WORD, offset, 0, rows)
  return POSITIVE * (rows.length + CONTEXT_ROWS)
}
