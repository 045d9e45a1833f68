import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rangeOf, type RawRange } from './range.ts'
import type { RawRecord } from '../records/record.ts'

const LIMITS = { maxBatchRecords: 10, maxBatchBytes: 1_000 }
const record = (offset: number, bytes = 1, id = `r${offset}`): RawRecord => ({
  offset: String(offset),
  key: null,
  value: Buffer.alloc(bytes),
  headers: { 'weir-id': Buffer.from(id) },
})
const records = (first: number, last: number): RawRecord[] =>
  Array.from({ length: last - first + 1 }, (_, at) => record(first + at))
const place = (next: number) => ({ from: next, next })

describe('cutting ranges', () => {
  test('keeps the limits, and takes one record that exceeds them', () => {
    expect(rangeOf(records(5, 40), place(5), undefined, LIMITS)).toMatchObject({ first: 5, last: 14, id: 'r14' })
    const heavy = [record(5, 600), record(6, 600), record(7)]
    expect(rangeOf(heavy, place(5), undefined, LIMITS)).toMatchObject({ first: 5, last: 5 })
    expect(rangeOf([record(5, 5_000), record(6)], place(5), undefined, LIMITS)).toMatchObject({ first: 5, last: 5 })
  })

  test('takes in what is missing before the first record', () => {
    expect(rangeOf(records(9, 10), place(7), undefined, LIMITS)).toMatchObject({ first: 7, last: 10, deadBefore: 7 })
    expect(rangeOf(records(9, 10), { from: 5, next: 9 }, undefined, LIMITS)).toMatchObject({ first: 5, deadBefore: 9 })
  })

  test('cuts a pending range as it was, beyond any limit', () => {
    const pending = { first: 3, last: 27, id: 'r27' }
    const range = rangeOf(records(3, 40), place(3), pending, LIMITS) as RawRange
    expect(range).toMatchObject({ first: 3, last: 27, id: 'r27' })
    expect(range.records).toHaveLength(25)
    expect(rangeOf(records(3, 20), place(3), pending, LIMITS)).toBe('unfinished')
    expect(rangeOf([...records(3, 26), record(27, 1, 'other')], place(3), pending, LIMITS)).toBe('other_log')
    expect(rangeOf([record(28)], place(3), pending, LIMITS)).toBe('other_log')
  })

  test('ends before a pending range that lies ahead', () => {
    const pending = { first: 6, last: 9, id: 'r9' }
    expect(rangeOf(records(3, 20), place(3), pending, LIMITS)).toMatchObject({ first: 3, last: 5 })
  })

  test('tiles whatever comes', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 900 })), { minLength: 1 })
    fc.assert(
      fc.property(gaps, (steps) => {
        let offset = -1
        let queue = steps.map(([step, bytes]) => record((offset += step), bytes))
        let next = 0
        while (queue.length > 0) {
          const range = rangeOf(queue, place(next), undefined, LIMITS) as RawRange
          expect(range.first).toBe(next)
          expect(range.records.length).toBeGreaterThan(0)
          expect(range.records.length).toBeLessThanOrEqual(LIMITS.maxBatchRecords)
          queue = queue.slice(range.records.length)
          next = range.last + 1
        }
        expect(next).toBe(offset + 1)
      }),
    )
  })
})
