import { describe, expect, it } from 'vitest'
import type { View } from '../../../core/seam.ts'
import { createScan, createVocabulary, MARK_SIZE, NUMBER } from '../../scan/index.ts'
import { Token } from '../finder.ts'
import type { IdRule, Verdict } from './rule.ts'
import { createShapesFinder } from './shapes.ts'
import { WordSet } from '../around/word-set.ts'

const check = (): Verdict => 'unknown'
const RULES: readonly IdRule[] = [
  { type: 'CODE', shapes: ['AAAAAA**'], check, words: ['bic', 'swift code'], capitals: true },
  { type: 'BRACKETED', shapes: ['A999999(9)'], check, words: ['card number'] },
  { type: 'PLUS', shapes: ['999999+9999'], check, words: ['card number'] },
  { type: 'LEADING', shapes: ['AAA AAA 99A99 A999A'], check, words: ['fiscal code'] },
  { type: 'FIRST', shapes: ['999999'], check, words: ['passport', 'first card'] },
  { type: 'SECOND', shapes: ['99999*', '999999'], check, words: ['passport', 'second passport'] },
  { type: 'PARTED', shapes: ['AAAAA 9999 A'], check: () => 'valid', words: ['levy number'], alone: 0.75 },
  { type: 'SURER', shapes: ['9999999'], check: () => 'valid', words: ['permit'], alone: 0.6 },
]
const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const vocabulary = createVocabulary()
const finder = createShapesFinder(
  RULES,
  vocabulary,
  new WordSet([vocabulary.phrase('order'), vocabulary.phrase('order passport')]),
)
const scan = createScan(vocabulary)

function foundIn(text: string): string[] {
  const found: string[] = []
  const token = new Token()
  const look = (view: View, mark: number): void => {
    const { content, marks } = view
    if (!finder.kinds.includes(marks[mark]!)) return
    if (marks[mark] === NUMBER) token.read(content, marks[mark + 1]!, marks[mark + 2]!)
    finder.find(view, mark, ({ type, start, end }) => found.push(`${type} ${content.slice(start, end)}`), token)
  }
  for (const view of scan([{ place, text }]).views)
    for (let mark = 0; mark < view.marks.length; mark += MARK_SIZE) look(view, mark)
  return found
}

describe('values of capitals alone', () => {
  const rows = 'Nils Hagen,plain text,Ghent\n'.repeat(40)
  it.each([
    ['BIC: DEUTDEFF', 'DEUTDEFF'],
    ['{"bic_code":"DEUTDEFF"}', 'DEUTDEFF'],
    ['DEUTDEFF (BIC)', 'DEUTDEFF'],
    ['use SWIFT CODE DEUTDEFF for transfers', 'DEUTDEFF'],
    ['the SWIFT code, please.\nuser: DEUTDEFF', 'DEUTDEFF'],
    [`name,bic,city\nAnn 1,x,y\n${rows}Ann,DEUTDEFF,Ghent\n`, 'DEUTDEFF'],
  ])('%j', (text, value) => expect(foundIn(text)).toEqual([`CODE ${value}`]))

  it.each([
    'DEUTDEFF',
    'BIC: deutdeff',
    'BIC: Customer',
    'SWIFT CODE CUSTOMER NUMBER',
    `BIC ${'and then '.repeat(20)}DEUTDEFF`,
    'name,bic,city\nAnn 1,x,y\nDEUTDEFF,none,Ghent\n',
  ])('%j has none', (text) => expect(foundIn(text)).toEqual([]))

  it('are said once between two of their words', () =>
    expect(foundIn('BIC DEUTDEFF or swift code')).toEqual(['CODE DEUTDEFF']))
})

describe('separators', () => {
  it.each([
    ['card number A123456(7)', 'BRACKETED A123456(7)'],
    ['card number: 131052+3089.', 'PLUS 131052+3089'],
    ['fiscal code RSS MRA 85T10 A562S', 'LEADING RSS MRA 85T10 A562S'],
    ['fiscal code rss mra 85t10 a562s', 'LEADING rss mra 85t10 a562s'],
  ])('%s', (text, found) => expect(foundIn(text)).toEqual([found]))
  it.each(['card number A123456(7', 'card number A123456 7', 'fiscal code AB RSS MRAX 85T10 A562S'])(
    '%s has none',
    (text) => expect(foundIn(text)).toEqual([]),
  )
})

describe('of rules that claim the same characters', () => {
  it.each([
    ['the earlier is meant', 'passport 123456', 'FIRST'],
    ['the one named nearest is', 'first card, second passport 123456', 'SECOND'],
    ['the one with the longer name is', 'second passport 123456', 'SECOND'],
    ['also in a tag', '<second_passport>123456</second_passport>', 'SECOND'],
    ['the one named before is, not behind', 'first card 123456 is a second passport', 'FIRST'],
    ['the one named in brackets is', '123456 (second passport)', 'SECOND'],
  ])('%s', (_why, text, type) => expect(foundIn(text)).toEqual([`${type} 123456`]))
})

describe('letters that blanks part from a value', () => {
  it.each([
    'it is ABCPK 1234 F',
    '(ABCPK 1234 F)',
    'levy number abcpk 1234 f',
    '{"no":"abcpk 1234 f"}',
    'abcpk 1234 f\n',
  ])('%j', (text) => expect(foundIn(text)).toHaveLength(1))
  it.each(['of the earth 4389 a moon', 'Right 1057 I.', 'from 2013 it', 'THERE ABCPK 1234 F', 'ABCPK 1234 F STANDS'])(
    '%j has none: they are words',
    (text) => expect(foundIn(text)).toEqual([]),
  )
})

describe('words for other things', () => {
  it('behind a value take nothing from a word before it', () =>
    expect(foundIn('under "passport" I typed 123456 and the order failed')).toEqual(['FIRST 123456']))
  it('nearer by do', () => expect(foundIn('passport of order 123456')).toEqual([]))
  it('are longer than the word they end with', () => expect(foundIn('order passport 123456')).toEqual([]))
  it('take what needs no word', () => expect(foundIn('order 1234567')).toEqual([]))
  it('are not there', () => expect(foundIn('it is 1234567')).toEqual(['SURER 1234567']))
})

describe('values inside of something longer', () => {
  it.each([
    'passport arn:aws::1234567:role',
    'a passport [#123456]',
    'it is a row\n7654321\t1234567\t7654321\t1234567',
  ])('are none: %s', (text) => expect(foundIn(text)).toEqual([]))
  it.each(['passport::\n123456', 'passport # 123456', 'passport #123456'])('are some: %s', (text) =>
    expect(foundIn(text)).toEqual(['FIRST 123456']),
  )
})

describe('a comma beside a value', () => {
  it.each(['permit 1234567,55,Ann', '2024-01-02,1234567,permit', 'Ann,1234567,2024-01-02', '1002,1234567,x'])(
    'parts cells: %s',
    (text) => expect(foundIn(text)).toEqual(['SURER 1234567']),
  )
  it('goes on with a number', () => expect(foundIn('it is 17,1234567 of them')).toEqual([]))
})
