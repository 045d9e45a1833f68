import { describe, expect, it } from 'vitest'
import { hitsIn } from './pii.fixture.ts'

/* Words and numbers that only meet: no identifier stands in these sentences. */

const typesIn = (text: string): string[] => hitsIn(text).map(({ type }) => type)

describe('numbers beside words', () => {
  it.each([
    'the ground on earth 4389 a moon would stand',
    'Since 2013 a lot has changed, and right 1057 I think.',
    'the total de 123 456 788 was',
    'nobody knows if it 12345678903 or not',
    'in 2341 2341 2346 and later years',
    '| 2341 2341 2346 |',
  ])('%j', (text) => expect(typesIn(text)).toEqual([]))

  it.each([
    ['Aadhaar 2341 2341 2346', 'IN_AADHAAR'],
    ['it says 2341-2341-2346 here', 'IN_AADHAAR'],
    ['the card shows ABCPK 1234 F', 'IN_PAN'],
    ['pan abcpk 1234 f', 'IN_PAN'],
    ['"abcpk 1234 f"', 'IN_PAN'],
  ])('%j is one', (text, type) => expect(typesIn(text)).toContain(type))
})
