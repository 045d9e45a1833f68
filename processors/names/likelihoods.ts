import { LABELS } from './labels.ts'

/* How likely each label is at each place of a chain. Scores lie in rows of LABELS numbers. */

/** Makes scores of one place shares of the best, and puts them together with what the places before say; the sum is kept at one. */
function weigh(scores: Float64Array, at: number, prior: Float64Array, ahead: Float64Array): number {
  let most = scores[at]!
  for (let label = 1; label < LABELS; label++) if (scores[at + label]! > most) most = scores[at + label]!
  let sum = 0
  for (let label = 0; label < LABELS; label++) {
    const share = Math.exp(scores[at + label]! - most)
    scores[at + label] = share
    ahead[at + label] = prior[label]! * share
    sum += ahead[at + label]!
  }
  for (let label = 0; label < LABELS; label++) ahead[at + label]! /= sum
  return sum
}

/**
 * How likely each label is at each place, in rows of LABELS: forward and backward over the chain, in shares instead of
 * logarithms, which are written over the scores. `starts` and `steps` are exp of what a chain begins with and of the
 * transitions, 0 for what cannot be. How often each label is expected to follow each is added to `pairs`.
 */
export function likelihoods(
  scores: Float64Array,
  starts: Float64Array,
  steps: Float64Array,
  pairs?: Float64Array,
): Float64Array {
  const count = scores.length / LABELS
  const ahead = new Float64Array(scores.length)
  const sums = new Float64Array(count)
  const prior = starts.slice()
  for (let at = 0; at < count; at++) {
    if (at > 0) lookAhead(ahead, (at - 1) * LABELS, steps, prior)
    sums[at] = weigh(scores, at * LABELS, prior, ahead)
  }
  const next = new Float64Array(LABELS)
  const behind = new Float64Array(LABELS).fill(1)
  for (let at = count - 1; at > 0; at--) {
    const here = at * LABELS
    for (let label = 0; label < LABELS; label++) behind[label]! *= scores[here + label]! / sums[at]!
    lookBehind(behind, steps, next)
    if (pairs !== undefined) addPairs(ahead, here - LABELS, behind, steps, pairs)
    behind.set(next)
    for (let label = 0; label < LABELS; label++) ahead[here - LABELS + label]! *= next[label]!
  }
  return ahead
}

function lookAhead(ahead: Float64Array, from: number, steps: Float64Array, prior: Float64Array): void {
  for (let to = 0; to < LABELS; to++) {
    let sum = 0
    for (let before = 0; before < LABELS; before++) sum += ahead[from + before]! * steps[before * LABELS + to]!
    prior[to] = sum
  }
}

function lookBehind(behind: Float64Array, steps: Float64Array, next: Float64Array): void {
  for (let from = 0; from < LABELS; from++) {
    let sum = 0
    for (let to = 0; to < LABELS; to++) sum += steps[from * LABELS + to]! * behind[to]!
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
    for (let to = 0; to < LABELS; to++)
      pairs[from * LABELS + to]! += ahead[at + from]! * steps[from * LABELS + to]! * behind[to]!
}
