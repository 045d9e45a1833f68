import { describe, expect, it } from 'vitest'
import type { CustomRule } from '../../schemas/customrule.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { place, scan } from './custom.fixture.ts'
import { createCustomDetector } from './index.ts'
import { leastCost } from '../../test/support/cost.ts'

/* No text costs more than in proportion to its length, whatever pattern a user writes. */

function cost(rule: CustomRule, text: string): number {
  const detector = createCustomDetector([rule])
  const prepared = scan([{ place, text }])
  return leastCost(() => detector.inspect({} as Interaction, prepared))
}

const PATTERNS: readonly (readonly [pattern: string, unit: string])[] = [
  ['(a*)*b', 'a'],
  ['(x+x+)+y', 'x'],
  ['(a|b)*a(a|b){10}c', 'ab'],
  ['x[^y]*y', 'x'],
  ['\\w+@\\w+', 'a'],
  ['\\w+@\\w+', 'a@'],
  ['[a-z]{1,100}!', 'ab '],
]

describe('twice the text costs about twice as much', () => {
  it.each(PATTERNS)('%s on %j', (pattern, unit) => {
    const rule: CustomRule = { name: 'r', type: 'R', pattern }
    const small = cost(rule, unit.repeat(10_000 / unit.length))
    const large = cost(rule, unit.repeat(80_000 / unit.length))
    // 2.3 for each of three doublings is 12; the machine is noisy, and quadratic would be 64.
    expect(large).toBeLessThan(24 * Math.max(small, 1500))
  })

  it.each(['a ', 'a a b', 'aa-', '蓝', '\u0301'])('words on %j', (unit) => {
    const words = ['a a a a a a a b', 'aa-aa-c', '蓝蓝蓝蓝蓝鸟']
    const rule: CustomRule = { name: 'r', type: 'R', words }
    const small = cost(rule, unit.repeat(10_000 / unit.length))
    const large = cost(rule, unit.repeat(80_000 / unit.length))
    expect(large).toBeLessThan(24 * Math.max(small, 1500))
  })

  it('also where every search looks far ahead and finds little', () => {
    const rule: CustomRule = { name: 'r', type: 'R', pattern: 'x[^y]*y|x' }
    const unit = 'x'.repeat(50) + ' '.repeat(4_000)
    const small = cost(rule, unit)
    const large = cost(rule, unit.repeat(4))
    expect(large).toBeLessThan(12 * small)
  })
})
