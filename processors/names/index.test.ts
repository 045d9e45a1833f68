import { describe, expect, it } from 'vitest'
import { interaction } from '../../test/support/interactions.ts'
import type { ScanText } from '../../core/seam.ts'
import { createScan, createVocabulary } from '../scan/index.ts'
import { createNamesDetector, namesIn } from './index.ts'

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const detector = createNamesDetector()
const scan = createScan(createVocabulary())
const inspect = (...texts: string[]): ReturnType<typeof detector.inspect> => {
  const scanTexts: ScanText[] = texts.map((text) => ({ place, text }))
  return detector.inspect(interaction('names'), scan(scanTexts))
}
const found = (text: string): string[] =>
  namesIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)

describe('what is no name', () => {
  it.each(['def luhn(n): return 1', 'Versichertennummer eingeben', 'She is Muslim.', 'weighs 7.2 kg; temp'])(
    '%s',
    (text) => expect(namesIn(text)).toEqual([]),
  )
  it('both parts of a name with a hyphen are one', () => {
    const text = 'Candidate Ji-woo Park, currently'
    expect(namesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Ji-woo Park'])
  })
})

describe('names', () => {
  it.each([
    ['My name is Anna Kowalska and I live in Berlin.', ['PERSON Anna Kowalska', 'LOCATION Berlin']],
    ['hi, this is maria lopez from chicago', ['PERSON maria lopez', 'LOCATION chicago']],
    ["I talked to Mr. Peterson's lawyer.", ['PERSON Peterson']],
    ['Sehr geehrte Frau Dr. Schneider,', ['PERSON Schneider']],
    ['She said “Thank you, Robert!” and left.', ['PERSON Robert']],
    ['{"name":"John Smith","age":41}', ['PERSON John Smith']],
    ['{"text":"Dear Susan,\\nthanks.\\nBest,\\nMichael Brown"}', ['PERSON Susan', 'PERSON Michael Brown']],
    ['"customer": "Jos\\u00e9 Garc\\u00eda"', ['PERSON Jos\\u00e9 Garc\\u00eda']],
    ['😀😀 Thanks Sarah Miller 😀', ['PERSON Sarah Miller']],
    ['Kind regards,\nEmily Clark\n\nThe flight to Paris leaves at nine.', ['PERSON Emily Clark', 'LOCATION Paris']],
  ])('%j', (text, names) => expect(found(text)).toEqual(names))

  it('a name that is certain once is found again', () => {
    const text = 'My name is Katarzyna Wojciechowska. Order 4. Wojciechowska stands on the label.'
    expect(found(text)).toEqual(['PERSON Katarzyna Wojciechowska', 'PERSON Wojciechowska'])
  })

  it('hits say where in which text, how sure, and the same name is the same normal form', () => {
    const { hits, unscanned } = inspect('nothing here', 'My name is José García.', 'my name is jose garcia')
    expect(unscanned).toEqual([])
    expect(hits.map(({ text, start, end, normal }) => ({ text, start, end, normal }))).toEqual([
      { text: 1, start: 11, end: 22, normal: 'jose garcia' },
      { text: 2, start: 11, end: 22, normal: 'jose garcia' },
    ])
    for (const { confidence } of hits) expect(confidence).toBeGreaterThan(0.5)
  })

  it('reads texts without their disguises, and points at the original', () => {
    const wrapped = Buffer.from('Dear Susan, my name is Michael Brown, order 55.').toString('base64')
    const texts = ['{\\"from\\":\\"Ann\\u0061 Kowalska\\",\\"n\\":1}', `payload ${wrapped} end`]
    const { hits } = inspect(...texts)
    const shown = hits.map(({ text, start, end, normal }) => `${normal}: ${texts[text]!.slice(start, end)}`)
    expect(shown).toContain('anna kowalska: Ann\\u0061 Kowalska')
    expect(hits.some(({ text, normal }) => text === 1 && normal === 'michael brown')).toBe(true)
  })

  it('answers are looked at first', () => {
    const answer = { ...place, direction: 'output' } as const
    const texts = [
      { place, text: 'Thanks Robert Miller' },
      { place: answer, text: 'Thanks Susan Clark' },
    ]
    expect(detector.inspect(interaction('order'), scan(texts)).hits.map(({ text }) => text)).toEqual([1, 0])
  })

  it('knows its types and their normal forms', () => {
    expect(detector.types.map(({ name }) => name)).toEqual(['PERSON', 'LOCATION', 'ORGANIZATION'])
    expect(detector.types[0]?.normal('  Zoë   O’Brien ')).toBe("zoe o'brien")
    expect(detector.types[0]?.normal(' . ')).toBeUndefined()
  })

  it('the same text gives the same hits, whatever was looked at before', () => {
    const text = 'Dear Priya,\nplease call Tom Becker in Hamburg.\nAnna'
    const before = namesIn(text)
    for (let index = 0; index < 17_000; index++) namesIn(`w${index}x`)
    expect(namesIn(text)).toEqual(before)
    // Words that are called like a kind of token are not that kind.
    const carrier = 'Status: Shipped\nCarrier: Standard\nMail: Anna Lee'
    const fresh = namesIn(carrier)
    namesIn('mail ann@x.org\nlink https://x.test break handle tag number mark word @ann #tag')
    expect(namesIn(carrier)).toEqual(fresh)
    expect(namesIn(text)).toEqual(before)
  })

  it.each(['', ' ', '\n', '.', 'a', '\ud800', '\udfff\ud800', '\\', '\\u00e', '@', '#', "'", 'A.', '\0'])(
    'survives %j',
    (text) => expect(namesIn(text)).toEqual([]),
  )

  it('time grows with the text, not with its square', () => {
    const units = [
      'Anna ',
      'a.',
      'A.',
      '@',
      'a@',
      "O'",
      '\\n',
      '\\u00e9',
      '#a ',
      'http://',
      '"',
      'x_',
      'New York of ',
      '\n',
      '. ',
      'é',
      'www.',
      'a@b.',
    ]
    for (const unit of units) {
      const cpu = (size: number): number => {
        const text = unit.repeat(size / unit.length)
        const start = process.cpuUsage()
        namesIn(text)
        const { user, system } = process.cpuUsage(start)
        return user + system
      }
      cpu(5_000)
      const small = Math.min(cpu(8_000), cpu(8_000))
      const large = Math.min(cpu(40_000), cpu(40_000))
      expect(large / Math.max(small, 2_000), JSON.stringify(unit)).toBeLessThan(15)
    }
  })
})
