import { ROWS } from './features.ts'
import { follows, LABELS, OUTSIDE, STRIDE } from './labels.ts'

/** What training made: one small number per row and label, and how labels follow each other. */
export interface Model {
  readonly weights: Int8Array
  /** From label to label, row by row, in the unit of the weights. */
  readonly transitions: Float64Array
  readonly starts: Float64Array
  /** How many units of the weights make one. */
  readonly scale: number
}

/** Impossible, and still a number that can be added. */
export const NEVER = -1e6

const HEAD_NUMBERS = LABELS * LABELS + LABELS + 1

export function packModel({ weights, transitions, starts, scale }: Model): Buffer {
  const head = new Int16Array(HEAD_NUMBERS)
  head.set([scale, ...starts, ...transitions].map((value) => Math.max(-32_768, Math.min(32_767, Math.round(value)))))
  // Label by label: long runs of zeros shrink best.
  const columns = new Int8Array(ROWS * LABELS)
  for (let label = 0; label < LABELS; label++)
    for (let row = 0; row < ROWS; row++) columns[label * ROWS + row] = weights[row * STRIDE + label]!
  return Buffer.concat([Buffer.from(head.buffer), Buffer.from(columns.buffer)])
}

export function unpackModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = Array.from({ length: HEAD_NUMBERS }, (_, index) => view.getInt16(index * 2, true))
  const [scale = 1, ...numbers] = head
  const weights = new Int8Array(ROWS * STRIDE)
  const offset = HEAD_NUMBERS * 2
  for (let label = 0; label < LABELS; label++)
    for (let row = 0; row < ROWS; row++) weights[row * STRIDE + label] = view.getInt8(offset + label * ROWS + row)
  return {
    weights,
    scale,
    starts: forbidStarts(Float64Array.from(numbers.slice(0, LABELS))),
    transitions: forbidTransitions(Float64Array.from(numbers.slice(LABELS))),
  }
}

export function forbidStarts(starts: Float64Array): Float64Array {
  for (let label = 0; label < LABELS; label++) if (!follows(OUTSIDE, label)) starts[label] = NEVER
  return starts
}

export function forbidTransitions(transitions: Float64Array): Float64Array {
  for (let from = 0; from < LABELS; from++)
    for (let to = 0; to < LABELS; to++) if (!follows(from, to)) transitions[from * LABELS + to] = NEVER
  return transitions
}
