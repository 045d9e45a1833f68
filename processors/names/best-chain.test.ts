import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BestChain } from './best-chain.ts'
import { likelihoods } from './likelihoods.ts'
import { follows, LABELS, OUTSIDE } from './labels.ts'
import { forbidStarts, forbidTransitions } from './model.ts'

const COUNT = 3
const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -60, max: 60 }), { minLength: length, maxLength: length })
const chains = fc.record({
  scores: numbers(COUNT * LABELS),
  starts: numbers(LABELS),
  transitions: numbers(LABELS ** 2),
})

/** Every allowed chain of three labels with its score. */
function allChains(scores: readonly number[], starts: Float64Array, transitions: Float64Array): [number[], number][] {
  const found: [number[], number][] = []
  for (let index = 0; index < LABELS ** COUNT; index++) {
    const labels = [index % LABELS, Math.floor(index / LABELS) % LABELS, Math.floor(index / LABELS ** 2)]
    if (!labels.every((label, at) => follows(labels[at - 1] ?? OUTSIDE, label))) continue
    const score = labels.reduce(
      (sum, label, at) =>
        sum +
        scores[at * LABELS + label]! +
        (at === 0 ? starts[label]! : transitions[labels[at - 1]! * LABELS + label]!),
      0,
    )
    found.push([labels, score])
  }
  return found
}

describe('chains of labels', () => {
  it('finds the best of all allowed chains, and says how likely each label is', () => {
    fc.assert(
      fc.property(chains, ({ scores, ...given }) => {
        const starts = forbidStarts(Float64Array.from(given.starts))
        const transitions = forbidTransitions(Float64Array.from(given.transitions))
        const all = allChains(scores, starts, transitions)
        const best = Math.max(...all.map(([, score]) => score))
        const chains = new BestChain(starts, transitions)
        const chain = [...chains.of(Int32Array.from(scores), COUNT)]
        expect(all.find(([labels]) => labels.join() === chain.join())?.[1]).toBe(best)
        if (chains.isQuiet(Int32Array.from(scores), COUNT)) expect(chain).toEqual([0, 0, 0])

        const unit = (values: ArrayLike<number>): Float64Array => Float64Array.from(values, (value) => value / 20)
        const pairs = new Float64Array(LABELS ** 2)
        const likely = likelihoods(unit(scores), unit(starts).map(Math.exp), unit(transitions).map(Math.exp), pairs)
        const total = all.reduce((sum, [, score]) => sum + Math.exp((score - best) / 20), 0)
        const share = (holds: (labels: number[]) => boolean): number =>
          all.filter(([labels]) => holds(labels)).reduce((sum, [, score]) => sum + Math.exp((score - best) / 20), 0) /
          total
        for (let at = 0; at < COUNT; at++)
          for (let label = 0; label < LABELS; label++)
            expect(likely[at * LABELS + label]).toBeCloseTo(
              share((labels) => labels[at] === label),
              8,
            )
        expect(pairs.reduce((sum, value) => sum + value, 0)).toBeCloseTo(COUNT - 1, 8)
      }),
      { numRuns: 60 },
    )
  })
})
