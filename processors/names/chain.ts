import { follows, LABELS, OUTSIDE } from './labels.ts'

/*
 * The two ways to read a chain of labels: the best whole chain, and how likely each label is at each place. Scores of
 * `count` tokens lie in rows of LABELS numbers.
 */

/** The labels that may come before each. */
const BEFORE: readonly (readonly number[])[] = Array.from({ length: LABELS }, (_, label) =>
  Array.from({ length: LABELS }, (__, before) => before).filter((before) => follows(before, label)),
)

/** The labels that may come behind each. */
const AFTER: readonly (readonly number[])[] = BEFORE.map((_, label) =>
  BEFORE.flatMap((before, after) => (before.includes(label) ? [after] : [])),
)

/** The best label before `label`, by what leads to each. */
function bestBefore(before: Float64Array, transitions: Float64Array, label: number): number {
  // A mention goes on only from its own labels, n and n-1; anything else may follow any.
  const inside = label !== OUTSIDE && label % 2 === 0
  let from = inside ? label - 1 : 0
  const last = inside ? label : LABELS - 1
  let best = before[from]! + transitions[from * LABELS + label]!
  for (let previous = from + 1; previous <= last; previous++) {
    const score = before[previous]! + transitions[previous * LABELS + label]!
    if (score <= best) continue
    best = score
    from = previous
  }
  return from
}

export function bestChain(
  scores: Int32Array,
  count: number,
  starts: Float64Array,
  transitions: Float64Array,
): Uint8Array {
  const back = new Uint8Array(count * LABELS)
  let before = new Float64Array(LABELS)
  let now = new Float64Array(LABELS)
  for (let label = 0; label < LABELS; label++) before[label] = starts[label]! + scores[label]!
  for (let at = 1; at < count; at++) {
    for (let label = 0; label < LABELS; label++) {
      const from = bestBefore(before, transitions, label)
      now[label] = before[from]! + transitions[from * LABELS + label]! + scores[at * LABELS + label]!
      back[at * LABELS + label] = from
    }
    ;[before, now] = [now, before]
  }
  const labels = new Uint8Array(count)
  let label = 0
  for (let other = 1; other < LABELS; other++) if (before[other]! > before[label]!) label = other
  for (let at = count - 1; at >= 0; at--) {
    labels[at] = label
    label = back[at * LABELS + label]!
  }
  return labels
}

/** How far below none all other labels must stay for the best chain to hold no mention, whatever the transitions. */
export function quietBelow(starts: Float64Array, transitions: Float64Array): number {
  const most = (values: Float64Array): number => values.reduce((max, value) => Math.max(max, value), 0)
  const step = most(transitions) - transitions[0]!
  return -(2 * step + Math.max(0, most(starts) - starts[0]!))
}

export function isQuiet(scores: Int32Array, count: number, below: number): boolean {
  for (let at = 0; at < count * LABELS; at += LABELS) {
    const limit = scores[at]! + below
    for (let label = 1; label < LABELS; label++) if (scores[at + label]! >= limit) return false
  }
  return true
}

/** Scores of one place as shares of the best, times what the places before say; the sum is kept at one. */
function weigh(
  scores: Float64Array,
  at: number,
  prior: Float64Array,
  shares: Float64Array,
  ahead: Float64Array,
): number {
  let most = scores[at]!
  for (let label = 1; label < LABELS; label++) if (scores[at + label]! > most) most = scores[at + label]!
  let sum = 0
  for (let label = 0; label < LABELS; label++) {
    const share = Math.exp(scores[at + label]! - most)
    shares[at + label] = share
    ahead[at + label] = prior[label]! * share
    sum += ahead[at + label]!
  }
  for (let label = 0; label < LABELS; label++) ahead[at + label]! /= sum
  return sum
}

/**
 * How likely each label is at each place, in rows of LABELS: forward and backward over the chain, in shares instead of
 * logarithms. `steps` is exp of the transitions. How often each label is expected to follow each is added to `pairs`.
 */
export function likelihoods(
  scores: Float64Array,
  starts: Float64Array,
  steps: Float64Array,
  pairs?: Float64Array,
): Float64Array {
  const count = scores.length / LABELS
  const shares = new Float64Array(scores.length)
  const ahead = new Float64Array(scores.length)
  const sums = new Float64Array(count)
  const prior = starts.map(Math.exp)
  for (let at = 0; at < count; at++) {
    if (at > 0) lookAhead(ahead, (at - 1) * LABELS, steps, prior)
    sums[at] = weigh(scores, at * LABELS, prior, shares, ahead)
  }
  const next = new Float64Array(LABELS)
  const behind = new Float64Array(LABELS).fill(1)
  for (let at = count - 1; at > 0; at--) {
    const here = at * LABELS
    for (let label = 0; label < LABELS; label++) behind[label]! *= shares[here + label]! / sums[at]!
    lookBehind(behind, steps, next)
    if (pairs !== undefined) addPairs(ahead, here - LABELS, behind, steps, pairs)
    behind.set(next)
    for (let label = 0; label < LABELS; label++) ahead[here - LABELS + label]! *= next[label]!
  }
  return ahead
}

function lookAhead(ahead: Float64Array, from: number, steps: Float64Array, prior: Float64Array): void {
  for (let to = 0; to < LABELS; to++) {
    const labels = BEFORE[to]!
    let sum = 0
    for (let index = 0; index < labels.length; index++) {
      const before = labels[index]!
      sum += ahead[from + before]! * steps[before * LABELS + to]!
    }
    prior[to] = sum
  }
}

function lookBehind(behind: Float64Array, steps: Float64Array, next: Float64Array): void {
  for (let from = 0; from < LABELS; from++) {
    const labels = AFTER[from]!
    let sum = 0
    for (let index = 0; index < labels.length; index++) {
      const to = labels[index]!
      sum += steps[from * LABELS + to]! * behind[to]!
    }
    next[from] = sum
  }
}

function addPairs(
  ahead: Float64Array,
  at: number,
  behind: Float64Array,
  steps: Float64Array,
  pairs: Float64Array,
): void {
  for (let from = 0; from < LABELS; from++)
    for (const to of AFTER[from]!)
      pairs[from * LABELS + to]! += ahead[at + from]! * steps[from * LABELS + to]! * behind[to]!
}
