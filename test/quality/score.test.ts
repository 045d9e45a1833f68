import { describe, expect, test } from 'vitest'
import type { Case } from './cases.ts'
import { covers, figuresOf, matches, newTally, scoreCase, type Tally } from './score.ts'

const text = 'SSN 219-09-9999, thanks'
const gold = { start: 4, end: 15 }
const ssn: Case = { type: 'US_SSN', text, gold, made: 'test' }
const structured = new Set(['US_SSN', 'US_ITIN'])
const hit = (type: string, start: number, end: number) => ({ type, start, end, confidence: 0.9 })
const tallyOf = (one: Case, ...hits: ReturnType<typeof hit>[]): Tally => {
  const tally = newTally()
  scoreCase(one, hits, structured, tally)
  return tally
}

describe('one text', () => {
  test('found', () =>
    expect(tallyOf(ssn, hit('US_SSN', 4, 15))).toEqual({ right: 1, missed: 0, mistaken: 0, alarms: 0 }))
  test('a mark beside it is no harm', () => expect(tallyOf(ssn, hit('US_SSN', 3, 16)).right).toBe(1))
  test('a digit that stays is a miss, and one fault only', () => {
    expect(tallyOf(ssn, hit('US_SSN', 4, 14))).toEqual({ right: 0, missed: 1, mistaken: 0, alarms: 0 })
  })
  test('the whole text is too much', () => expect(tallyOf(ssn, hit('US_SSN', 0, text.length)).right).toBe(0))
  test('another structured type in its place is a mistake, and still missed', () => {
    expect(tallyOf(ssn, hit('US_ITIN', 4, 15))).toEqual({ right: 0, missed: 1, mistaken: 1, alarms: 0 })
  })
  test('a type that is not structured is no mistake but a miss', () => {
    expect(tallyOf(ssn, hit('PERSON', 4, 15))).toEqual({ right: 0, missed: 1, mistaken: 0, alarms: 0 })
  })
  test('beside it is an alarm', () => expect(tallyOf(ssn, hit('US_SSN', 4, 15), hit('US_SSN', 17, 23)).alarms).toBe(1))
  test('of another type beside it counts for that type elsewhere', () => {
    expect(tallyOf(ssn, hit('US_SSN', 4, 15), hit('US_ITIN', 17, 23)).alarms).toBe(0)
  })
  test('where nothing is, everything of the type is an alarm', () => {
    const none: Case = { type: 'US_SSN', text, made: 'test' }
    expect(tallyOf(none, hit('US_SSN', 4, 15), hit('US_ITIN', 4, 15))).toEqual({
      right: 0,
      missed: 0,
      mistaken: 0,
      alarms: 1,
    })
  })
})

describe('ranges', () => {
  test('separators may stay', () => expect(covers('(12) 3', { start: 1, end: 6 }, { start: 0, end: 6 })).toBe(true))
  test('apart from each other nothing is covered', () =>
    expect(covers('ab cd', { start: 3, end: 5 }, { start: 0, end: 2 })).toBe(false))
  test('a URL around credentials is right as well', () => {
    const url = 'see https://ann:pw@host.example/x now'
    const inner = { start: 12, end: 18, outer: { start: 4, end: 33 } }
    expect(matches(url, { start: 4, end: 33 }, inner)).toBe(true)
    expect(matches(url, { start: 0, end: 37 }, inner)).toBe(false)
  })
  test('a shorter core is right as well', () => {
    expect(matches('1234-567-890-AB', { start: 0, end: 12 }, { start: 0, end: 15, core: { start: 0, end: 12 } })).toBe(
      true,
    )
  })
})

describe('figures', () => {
  const figures = (right: number, missed: number, alarms: number) => figuresOf({ right, missed, alarms, mistaken: 0 })
  test('all right', () => expect(figures(10, 0, 0)).toEqual({ precision: 1, recall: 1, f2: 1 }))
  test('nothing found is not precise', () => expect(figures(0, 5, 0)).toEqual({ precision: 0, recall: 0, f2: 0 }))
  test('recall weighs four times precision', () => {
    const { f2 } = figures(90, 10, 30)
    expect(f2).toBeCloseTo((5 * 0.75 * 0.9) / (4 * 0.75 + 0.9), 4)
  })
})
