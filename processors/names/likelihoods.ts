import { follows, LABELS } from './labels.ts'

/* How likely each label is at each place of a chain. Scores lie in rows of LABELS numbers. */

/** The labels that may come before each. */
const BEFORE: readonly (readonly number[])[] = Array.from({ length: LABELS }, (_, label) =>
  Array.from({ length: LABELS }, (__, before) => before).filter((before) => follows(before, label)),
)

/** The labels that may come behind each. */
const AFTER: readonly (readonly number[])[] = BEFORE.map((_, label) =>
  BEFORE.flatMap((before, after) => (before.includes(label) ? [after] : [])),
)

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
