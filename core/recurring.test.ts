import { expect, test } from 'vitest'
import { Recurring } from './recurring.ts'

test('each kind at once, then after a while with how often it was, also when the clock is set back', () => {
  let nowMs = 0
  const recurring = new Recurring({ now: () => nowMs }, 1_000)
  const at = (ms: number, kind: string): number => {
    nowMs = ms
    return recurring.happened(kind)
  }
  expect([at(0, 'a'), at(1, 'b'), at(10, 'a'), at(999, 'a'), at(1_000, 'a'), at(1_001, 'b')]).toEqual([
    1, 1, 0, 0, 3, 1,
  ])
  expect([at(1_500, 'a'), at(-5_000, 'a')]).toEqual([0, 2])
})
