import { CONTEXT_ROWS, OFFSETS, wordRows } from './features.ts'
import { OUTSIDE_WORD } from './words.ts'

/*
 * Adding up rows is where the time goes. The eight weights of a row are two numbers of 32 bits; each weight, made
 * positive, has 16 bits of its own in the sums, which none of the few dozen that are added can fill.
 */
const POSITIVE = 128
/** Numbers that hold the sums of a row: labels 0 and 2, 1 and 3, 4 and 6, 5 and 7. */
export const PARTS = 4
const PART_OF = [0, 1, 0, 1, 2, 3, 2]
const LANES = 0x00ff00ff
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

export function addSums(sums: Int32Array, from: number, parts: Int32Array): void {
  parts[0]! += sums[from]!
  parts[1]! += sums[from + 1]!
  parts[2]! += sums[from + 2]!
  parts[3]! += sums[from + 3]!
}

export function addRows(packed: Int32Array, rows: Int32Array, parts: Int32Array): void {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let index = 0; index < CONTEXT_ROWS; index++) {
    const at = rows[index]! * 2
    const low = packed[at]!
    const high = packed[at + 1]!
    a += low & LANES
    b += (low >>> 8) & LANES
    c += high & LANES
    d += (high >>> 8) & LANES
  }
  parts[0]! += a
  parts[1]! += b
  parts[2]! += c
  parts[3]! += d
}

/** What is taken off a sum again: what was added to make each of a token's weights positive. */
export function surplus(): number {
  const rows: number[] = []
  for (const offset of OFFSETS) wordRows(OUTSIDE_WORD, offset, 0, rows)
  return POSITIVE * (rows.length + CONTEXT_ROWS)
}

/** The sum of one label. */
export function sumOf(parts: Int32Array, label: number): number {
  const part = parts[PART_OF[label]!]!
  return label % 4 < 2 ? part & 0xffff : part >>> 16
}
