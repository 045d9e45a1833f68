import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AT, createScan, createVocabulary, LONG, MARK_SIZE, NUMBER, plainText, spellings } from './index.ts'
import { leastCost } from '../../test/support/cost.ts'

const vocabulary = createVocabulary()
const WORDS = ['tax', 'tax id', 'social security number', 'numero', 'passport', 'straße', '身份证', 'паспорт']
const names = new Map<number, string>([
  [NUMBER, 'number'],
  [AT, 'at'],
  [LONG, 'long'],
])
for (const word of WORDS) names.set(vocabulary.phrase(word), word)
names.set(vocabulary.prefix('akia'), 'akia…')
names.set(vocabulary.prefix('eyj'), 'eyj…')

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const scan = createScan(vocabulary)

/** Every mark as `kind:what it marks in the original`, view by view. */
function marksOf(text: string): string[] {
  return scan([{ place, text }]).views.flatMap((view) => {
    const found: string[] = []
    for (let at = 0; at < view.marks.length; at += MARK_SIZE) {
      const { start, end } = view.original(view.marks[at + 1]!, view.marks[at + 2]!)
      found.push(`${names.get(view.marks[at]!)}:${text.slice(start, end)}`)
    }
    return found
  })
}

describe('marks', () => {
  it.each([
    ['nothing here to see', []],
    ['', []],
    ['room 12b, AB-3', ['number:12b', 'number:3']],
    ['ann@x.org', ['at:@']],
    ['my tax id', ['tax:tax', 'tax id:tax id']],
    ['Tax-ID tax_id taxId TAX  ID', ['tax', 'tax id', 'tax', 'tax id', 'tax', 'tax id', 'tax', 'tax id']],
    ['syntax taxi taxes', []],
    ['social security no', []],
    ['the Social Security Number: 1', ['social security number:Social Security Number', 'number:1']],
    ['socialSecurityNumber1', ['social security number', 'number', 'long']],
    ['NÚMERO numéro', ['numero:NÚMERO', 'numero:numéro']],
    ['straße', ['straße:straße']],
    ['我的身份证号码110', ['身份证:身份证', 'number:我的身份证号码110']],
    ['мой паспорт, паспорта', ['паспорт:паспорт']],
    ['AKIA2345', ['akia…:AKIA', 'number:AKIA2345']],
    ['xakia', []],
    ['eyJhbG', ['eyj…:eyJ']],
    ['abcdefghijklmnop', ['long:abcdefghijklmnop']],
    ['social tax security number', ['tax:tax']],
    ['numéro nume\u0301ro nume\u0301ros', ['numero:numéro', 'numero:nume\u0301ro']],
    ['TAXId taxID', ['tax:tax', 'tax id:taxID']],
    ['号tax tax号 号1tax', ['tax:tax', 'number:号1tax']],
    ['l’ tax id, tax’id', ['tax:tax', 'tax id:tax id', 'tax:tax', 'tax id:tax’id']],
  ])('in %j', (text, expected) => {
    const marks = marksOf(text)
    expect(marks.map((mark, index) => (expected[index]?.includes(':') ? mark : mark.split(':')[0]))).toEqual(expected)
  })

  it('stand in the order of their ends, inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { marks, content } of scan([{ place, text }]).views) {
          let last = 0
          for (let at = 0; at < marks.length; at += MARK_SIZE) {
            expect(marks[at + 1]).toBeLessThan(marks[at + 2]!)
            expect(marks[at + 2]).toBeGreaterThanOrEqual(last)
            last = marks[at + 2]!
            expect(last).toBeLessThanOrEqual(content.length)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('words that cannot be learned', () => {
  it.each(['w9', '', 'tax  id', "o'clock"])('%j', (word) => expect(() => vocabulary.phrase(word)).toThrow(RangeError))
  it('have no prefix either', () => expect(() => vocabulary.prefix('sk-')).toThrow(RangeError))
})

const SECRET = '4111-1111 ann@x.org'
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0')
const everyChar = (spell: (char: string) => string): string => Array.from(SECRET, spell).join('')

const DISGUISES: Record<string, string> = {
  'JSON escapes': everyChar((char) => `\\u${hex(char)}`),
  'JSON in JSON in JSON': JSON.stringify(JSON.stringify(`\n${SECRET}\n`)),
  'hex escapes': everyChar((char) => `\\x${hex(char).slice(2)}`),
  percent: everyChar((char) => `%${hex(char).slice(2)}`),
  'percent twice': everyChar((char) => `%25${hex(char).slice(2)}`),
  'HTML decimal': everyChar((char) => `&#${char.charCodeAt(0)};`),
  'HTML hex': everyChar((char) => `&#x${hex(char)};`),
  'full width': everyChar((char) => (char > ' ' ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : '\u3000')),
  'zero width': everyChar((char) => `${char}\u200b`),
  'soft hyphens': everyChar((char) => `${char}\u00ad`),
  'NUL, as of UTF-16 read as bytes': everyChar((char) => `${char}\0`),
  'no-break hyphen and space': SECRET.replace('-', '\u2011').replace(' ', '\u00a0'),
  'Arabic digits': SECRET.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  'mathematical digits': SECRET.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  'Cyrillic look-alikes': SECRET.replace('a', 'а').replace('x', 'х').replace('o', 'о'),
  base64: Buffer.from(SECRET).toString('base64'),
  base64url: Buffer.from(SECRET).toString('base64url'),
  'base64 twice': Buffer.from(Buffer.from(SECRET).toString('base64')).toString('base64'),
  hex: Buffer.from(SECRET).toString('hex'),
}

describe('disguises', () => {
  it.each(Object.entries(DISGUISES))('%s are taken away', (_, disguised) => {
    for (const text of [disguised, `before ${disguised} behind`, `{"a":"${disguised}"}`]) {
      const views = scan([{ place, text }]).views
      const view = views.find(({ content }) => content.includes(SECRET))
      expect(view, text).toBeDefined()
      const start = view!.content.indexOf(SECRET)
      const range = view!.original(start, start + SECRET.length)
      const original = text.slice(range.start, range.end)
      expect(original.length).toBeLessThanOrEqual(disguised.length)
      expect(disguised).toContain(original.slice(0, -1))
    }
  })

  it('of a value alone are taken away too', () => expect(plainText('ann\u200b%40x.org')).toBe('ann@x.org'))

  it.each(['ΑΔΤ: ΝΙ 045209', 'φορά ΑΒ 123456.', 'машина НК 12345'])(
    'are taken from the series of a card in %j',
    (text) => {
      const [view] = scan([{ place, text }]).views
      const [series] = /[A-Z]{2} \d{5,6}/.exec(view!.content)!
      const start = view!.content.indexOf(series)
      expect(view!.original(start, start + series.length)).toEqual({ start, end: start + series.length })
    },
  )

  it.each([
    'привет, мир! 5',
    'НА 12345678 КМ',
    'ОН 1234',
    'naïve café 3',
    'C:\\users\\data 1',
    '100% of &nothing; 2',
    '你好。第3',
  ])('are not seen in %j', (text) => expect(scan([{ place, text }]).views[0]!.content).toBe(text))

  it('keep ranges inside the text, whatever the text', () => {
    const unit = fc.constantFrom(
      'a',
      '1',
      '@',
      '\\',
      'u',
      '0',
      '4',
      '%',
      '&',
      '#',
      ';',
      '\u200b',
      '４',
      'а',
      '𝟙',
      '\ud800',
      ' ',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        for (const view of scan([{ place, text }]).views) {
          for (let start = 0; start < view.content.length; start++) {
            const range = view.original(start, start + 1)
            expect(range.start).toBeLessThan(range.end)
            expect(range.end).toBeLessThanOrEqual(text.length)
            const wider = view.original(0, start + 1)
            expect(wider.end).toBe(range.end)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('growth', () => {
  const cost = (text: string): number => {
    const texts = [{ place, text }]
    scan(texts)
    return leastCost(() => scan(texts))
  }
  it.each([
    '1',
    '1 ',
    ' ',
    '-',
    'a@',
    '@',
    '%40',
    '%',
    '%25',
    '\\',
    '\\u0040',
    '\\\\',
    '&#64;',
    '&',
    '&a',
    'tax ',
    'tax id ',
    'social security ',
    'aB',
    'a1',
    '\u200b',
    '４',
    'а',
    'а.',
    'aа',
    '身份证',
    'abcdefghijklmnop+',
    'QUFB',
    '/',
    '+/',
    '6161',
    'abcdefghijklmnop ',
    '\ud835',
    '&#x',
    '\\u{',
    '.а',
  ])('is linear in repetitions of %j', (unit) => {
    const small = cost(unit.repeat(50_000 / unit.length))
    const large = cost(unit.repeat(400_000 / unit.length))
    // Eight times the text; quadratic would be sixty-four times the cost.
    expect(large).toBeLessThan(32 * Math.max(small, 1000))
  })
})

describe('spellings', () => {
  it.each([
    ['паспорт', ['паспорт', 'Паспорт', 'ПАСПОРТ']],
    ['αριθμός', ['αριθμός', 'Αριθμός', 'ΑΡΙΘΜΌΣ', 'ΑΡΙΘΜΟΣ']],
    ['номер йоду', ['номер йоду', 'Номер йоду', 'НОМЕР ЙОДУ']],
    ['护照', ['护照']],
    ['passport', ['passport']],
  ])('of %s', (word, all) => expect(spellings(word)).toEqual(all))
})
