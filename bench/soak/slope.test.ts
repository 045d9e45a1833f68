import { expect, test } from 'vitest'
import { seeded } from '../support/random.ts'
import { isAbove, slopeOf } from './slope.ts'

const HOUR_MS = 3_600_000
const EVERY_MS = 2_000

function samples(count: number, value: (hours: number, index: number) => number): { at: number; value: number }[] {
  return Array.from({ length: count }, (_, n) => ({ at: n * EVERY_MS, value: value((n * EVERY_MS) / HOUR_MS, n) }))
}

test('a straight line is found exactly', () => {
  const { slope, standardError } = slopeOf(samples(50, (hours) => 300 + 40 * hours))
  expect(slope).toBeCloseTo(40, 6)
  expect(standardError).toBeLessThan(1e-6)
})

test('a sawtooth is no growth, and its error says how little it proves', () => {
  const saw = slopeOf(samples(150, (_, n) => 300 + (n % 20)))
  const shuffled = slopeOf(samples(150, (_, n) => 300 + ((n * 7) % 20)))
  expect(isAbove(saw, 0)).toBe(false)
  expect(saw.standardError).toBeGreaterThan(2 * shuffled.standardError)
})

test('growth under noise is told from noise', () => {
  const random = seeded(5)
  const noise = (): number => (random() - 0.5) * 10
  expect(isAbove(slopeOf(samples(150, (hours) => 300 + 500 * hours + noise())), 100)).toBe(true)
  expect(isAbove(slopeOf(samples(150, () => 300 + noise())), 100)).toBe(false)
})

test('too few samples prove nothing', () => {
  expect(isAbove(slopeOf(samples(3, (hours) => 1e6 * hours)), 0)).toBe(false)
})
