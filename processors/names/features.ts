import { mix } from './hashing.ts'
import { LOOK_SIZE, type WordInfo } from './words.ts'

/*
 * What the tagger looks at, each as a row of the weights: hashed, so that no dictionary is needed. The rows of a word
 * alone, for itself and for its neighbours, are separate from those of the context: their sums are kept with the word.
 */

export const ROWS_BITS = 18
export const ROWS: number = 2 ** ROWS_BITS

const seedOf = (template: number): number => Math.imul(template, 0x85ebca6b)
const rowOf = (template: number, value: number): number => mix(seedOf(template), value) >>> (32 - ROWS_BITS)
const row2 = (template: number, a: number, b: number): number => rowOf(template, mix(a, b))
const row3 = (template: number, a: number, b: number, c: number): number => rowOf(template, mix(mix(a, b), c))

/** Where a word stands relative to the one that is tagged. */
export const OFFSETS: readonly number[] = [-2, -1, 0, 1, 2]

/** Ways a text can be written, in which the look of a word means different things. */
export const REGIMES = 4

/** Rows of a word by itself, for the token at `offset` from it. */
export function wordRows(word: WordInfo, offset: number, regime: number, rows: number[]): void {
  const place = (offset + 3) * 32
  const shape = word.shape + regime * 32
  rows.push(rowOf(place, word.hash))
  rows.push(row2(place + 1, word.names, word.common))
  if (offset === 2 || offset === -2) {
    rows.push(row2(place + 2, shape, word.cue))
    return
  }
  rows.push(row2(place + 3, shape, word.brief))
  rows.push(rowOf(place + 4, word.cue))
  rows.push(rowOf(place + 5, word.suffix3))
  if (offset !== 0) return
  rows.push(rowOf(place + 6, word.prefix3))
  rows.push(rowOf(place + 7, word.suffix2))
  rows.push(rowOf(place + 8, word.suffix4))
  rows.push(row2(place + 9, shape, word.names))
  rows.push(row3(place + 10, shape, word.common, word.names === 0 ? 0 : 1))
  rows.push(rowOf(place + 11, word.prefix2))
  rows.push(row2(place + 12, word.suffix3, shape))
  rows.push(row2(place + 13, word.prefix3, word.common))
}

export interface Context {
  /** What is seen of each token of the text, and behind them of the outside. */
  readonly looks: Int32Array
  readonly start: number
  readonly end: number
  /** What is known about runs of tokens, from `start`. */
  readonly runs: Uint8Array
  /** What stands beside each token, from 0: before and after in turn. */
  readonly glue: Uint8Array
  /** How the sequence and the text around it are written, below REGIMES. */
  readonly regime: number
  readonly textCase: number
  readonly sequenceCase: number
}

/** What each row of context begins its hash with. The numbers are part of the trained weights. */
const CONTEXT_SEEDS = Int32Array.from(
  [201, 202, 203, 205, 206, 209, 210, 211, 212, 213, 214, 215, 216, 217, 218, 219, 220, 222, 223, 225],
  seedOf,
)

/** How many rows of context each token has. */
export const CONTEXT_ROWS: number = CONTEXT_SEEDS.length

/** Rows of the token at `at` with what stands around it, written to `rows`. */
export function contextRows(context: Context, at: number, rows: Int32Array): void {
  const { looks, start, end, glue } = context
  const here = at * LOOK_SIZE
  const outside = looks.length - LOOK_SIZE
  const p1 = at > start ? here - LOOK_SIZE : outside
  const p2 = at > start + 1 ? p1 - LOOK_SIZE : outside
  const n1 = at + 1 < end ? here + LOOK_SIZE : outside
  const n2 = at + 2 < end ? n1 + LOOK_SIZE : outside
  const shape = looks[here + 1]! + context.regime * 32
  const names = looks[here + 2]!
  const common = looks[here + 4]!
  const look = mix(shape, looks[here + 5]!)
  const run = context.runs[at - start]!
  const cases = context.textCase * 8 + context.sequenceCase
  const [shapeP1, shapeN1] = [looks[p1 + 1]!, looks[n1 + 1]!]
  const shapeBefore = mix(shapeP1, shape)
  rows[0] = mix(looks[p1]!, looks[here]!)
  rows[1] = mix(looks[here]!, looks[n1]!)
  rows[2] = mix(mix(looks[p2]!, looks[p1]!), shape)
  rows[3] = mix(looks[p1]!, look)
  rows[4] = mix(looks[n1]!, look)
  rows[5] = mix(shapeBefore, shapeN1)
  rows[6] = mix(mix(shapeBefore, looks[p2 + 1]!), shapeN1 * 32 + looks[n2 + 1]!)
  rows[7] = mix(looks[p1 + 5]!, look)
  rows[8] = mix(looks[n1 + 5]!, look)
  rows[9] = mix(mix(mix(looks[p1 + 5]!, shapeP1), look), mix(looks[n1 + 5]!, shapeN1))
  rows[10] = mix(looks[p1 + 3]! * 16 + looks[n1 + 3]!, look)
  rows[11] = mix(looks[p2 + 3]! * 16 + looks[p1 + 3]!, shape)
  rows[12] = mix(looks[n1 + 3]! * 16 + looks[n2 + 3]!, look)
  rows[13] = mix((at === start ? 8 : 0) + context.sequenceCase, look)
  rows[14] = mix(cases * 8 + common, shape)
  rows[15] = mix(cases * 512 + names, shape)
  rows[16] = mix(glue[at * 2]! * 32 + glue[at * 2 + 1]!, shape)
  rows[17] = mix(run, shape)
  rows[18] = mix(run, names * 8 + common)
  rows[19] = mix(looks[p1]!, mix(looks[p2 + 3]!, look))
  for (let row = 0; row < CONTEXT_ROWS; row++) rows[row] = mix(CONTEXT_SEEDS[row]!, rows[row]!) >>> (32 - ROWS_BITS)
}
