import { describe, expect, test } from 'vitest'
import { decideStart, type Known } from './start.ts'

const known = (over: Partial<Known>): Known => ({
  committed: undefined,
  mark: undefined,
  stored: undefined,
  own: undefined,
  low: 0,
  high: 100,
  ...over,
})
const seen = { offset: 49, id: 'r49' }
const pending = { first: 50, last: 59, id: 'r59' }

describe('where a partition begins', () => {
  test.each<[string, Partial<Known>, object]>([
    ['nothing known', {}, { epoch: 1, next: 0, from: 0, lost: 0 }],
    ['nothing known, and a log that lost its beginning', { low: 7 }, { epoch: 1, next: 7, from: 7, lost: 0 }],
    ['an offset set by hand', { committed: 20 }, { epoch: 1, next: 20, from: 20 }],
    ['a mark', { committed: 50, mark: { epoch: 2, seen } }, { epoch: 2, next: 50, from: 50, seen }],
    [
      'a mark with a range in hand',
      { committed: 50, mark: { epoch: 2, seen, pending } },
      { epoch: 2, next: 50, from: 50, seen, pending },
    ],
    [
      'a mark behind dead records',
      { committed: 50, mark: { epoch: 2, seen, from: 45 } },
      { epoch: 2, next: 50, from: 45 },
    ],
    ['a log that ends at our place', { committed: 50, mark: { epoch: 2, seen }, high: 50 }, { epoch: 2, next: 50 }],
    [
      'a log that ends below our place',
      { committed: 50, mark: { epoch: 2, seen }, high: 49 },
      { epoch: 3, next: 0, from: 0 },
    ],
    [
      'a log that ends within the range in hand',
      { committed: 50, mark: { epoch: 2, seen, pending }, high: 55 },
      { epoch: 3, next: 0 },
    ],
    ['an empty log', { committed: 50, mark: { epoch: 2, seen }, high: 0 }, { epoch: 3, next: 0, from: 0 }],
    [
      'records taken by retention before they were read',
      { committed: 50, mark: { epoch: 2, seen }, low: 60 },
      { epoch: 2, next: 60, from: 60, lost: 10 },
    ],
    [
      'a range in hand of which retention took a part',
      { committed: 50, mark: { epoch: 2, seen, pending }, low: 55 },
      { epoch: 2, next: 55, pending: { ...pending, first: 55 }, lost: 5 },
    ],
    [
      'rows stored and no offset',
      { stored: { epoch: 4, offset: 30, id: 'r30' } },
      { epoch: 4, next: 31, from: 31, seen: { offset: 30, id: 'r30' } },
    ],
    [
      'rows stored, the last of a batch that went on',
      { stored: { epoch: 4, offset: 30, id: 'r30', last: 33 } },
      { epoch: 4, next: 34, from: 34, seen: { offset: 30, id: 'r30' } },
    ],
    [
      'rows stored under a later epoch than the mark',
      { committed: 50, mark: { epoch: 2, seen }, stored: { epoch: 3, offset: 10, id: 'n10' } },
      { epoch: 3, next: 11, seen: { offset: 10, id: 'n10' } },
    ],
    [
      'rows stored of the epoch of the mark',
      { committed: 50, mark: { epoch: 2, seen, pending }, stored: { epoch: 2, offset: 59, id: 'r59' } },
      { epoch: 2, next: 50, pending },
    ],
    ['rows stored of a longer log', { stored: { epoch: 4, offset: 300, id: 'r300' } }, { epoch: 5, next: 0 }],
    [
      'a position of one’s own',
      { committed: 50, mark: { epoch: 2, seen }, own: { epoch: 2, offset: 20 } },
      { epoch: 2, next: 21, from: 21, seen },
    ],
    [
      'a position of one’s own before the range in hand',
      { committed: 50, mark: { epoch: 2, seen, pending }, own: { epoch: 2, offset: 49 } },
      { next: 50, pending },
    ],
    [
      'an older position of one’s own',
      { committed: 50, mark: { epoch: 2, seen }, own: { epoch: 1, offset: 90 } },
      { next: 50 },
    ],
    [
      'a later position of one’s own',
      { committed: 50, mark: { epoch: 2, seen }, own: { epoch: 5, offset: 9 } },
      { epoch: 5, next: 10 },
    ],
    ['a position beyond the end', { own: { epoch: 5, offset: 100 } }, { epoch: 6, next: 0 }],
  ])('%s', (_what, over, start) => {
    expect(decideStart(known(over))).toMatchObject(start)
  })

  test('a record that the log has no more, or of another epoch, is not looked for', () => {
    expect(decideStart(known({ committed: 50, mark: { epoch: 2, seen }, low: 50 }))).not.toHaveProperty('seen')
    const own = { epoch: 5, offset: 9 }
    expect(decideStart(known({ committed: 50, mark: { epoch: 2, seen }, own }))).not.toHaveProperty('seen')
    expect(decideStart(known({ committed: 50, mark: { epoch: 2, seen }, high: 20 }))).not.toHaveProperty('seen')
  })

  test('a range in hand is dropped when the position of one’s own lies within it', () => {
    const start = decideStart(
      known({ committed: 50, mark: { epoch: 2, seen, pending }, own: { epoch: 2, offset: 55 } }),
    )
    expect(start).toMatchObject({ next: 56, from: 56 })
    expect(start).not.toHaveProperty('pending')
  })
})
