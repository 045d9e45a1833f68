import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clustersOf, codePointCounter, escapeMarks, looksMarked, maskText, maskToken } from './index.ts'

const HASH = '7f3a9c21deadbeef'
const TOKEN = '[EMAIL_ADDRESS:7f3a9c21]'
const MARK = /\[(?:[A-Z][A-Z0-9_]{0,63}:[0-9a-f]{8}\]|withheld: )/

describe('mask tokens', () => {
  it('are the type and the start of the hash, and need no escaping in JSON', () => {
    const token = maskToken('EMAIL_ADDRESS', HASH)
    expect(token).toBe(TOKEN)
    expect(JSON.stringify(token)).toBe(`"${token}"`)
  })
})

describe('text that looks like a mark', () => {
  it.each([
    [TOKEN, '[~EMAIL_ADDRESS:7f3a9c21]'],
    ['[~EMAIL_ADDRESS:7f3a9c21]', '[~~EMAIL_ADDRESS:7f3a9c21]'],
    [`[[${TOKEN}${TOKEN}`, '[[[~EMAIL_ADDRESS:7f3a9c21][~EMAIL_ADDRESS:7f3a9c21]'],
    ['[withheld: scan failed]', '[~withheld: scan failed]'],
  ])('%s becomes %s', (text, escaped) => {
    expect(looksMarked(text)).toBe(true)
    expect(escapeMarks(text)).toBe(escaped)
  })

  it.each([
    '[1, 2, 3]',
    '[link](http://x)',
    '[EMAIL_ADDRESS:7F3A9C21]',
    '[EMAIL_ADDRESS:7f3a9c2]',
    '[email:7f3a9c21]',
    '[A:1234567',
  ])('%s stays', (text) => {
    expect(looksMarked(text)).toBe(false)
    expect(escapeMarks(text)).toBe(text)
  })

  it('is nowhere left after escaping, and one tilde taken away restores the text', () => {
    const piece = fc.constantFrom(
      '[',
      '~',
      'A',
      'EMAIL_ADDRESS',
      ':',
      '7f3a9c21',
      ']',
      TOKEN,
      '[withheld: ',
      'x',
      ' ',
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const escaped = escapeMarks(text)
        expect(escaped).not.toMatch(MARK)
        expect(escaped.replace(/\[~(~*(?:[A-Z][A-Z0-9_]{0,63}:[0-9a-f]{8}\]|withheld: ))/g, '[$1')).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('cannot be completed by what is masked beside it', () => {
    const token = maskToken('CREDIT_CARD', HASH)
    const { text } = maskText('[EMAIL_ADDRESS:7f3aVALUE', [{ start: 19, end: 24, token }], false)
    expect(text).toBe(`[EMAIL_ADDRESS:7f3a${token}`)
    expect(text.match(new RegExp(MARK, 'g'))).toEqual([token])
  })
})

const hit = (start: number, end: number, confidence = 0.9, type = 'A', detector = 'd') => ({
  start,
  end,
  confidence,
  type,
  detector,
})

describe('overlapping hits', () => {
  it('that do not overlap stand alone, also when they touch', () => {
    const clusters = clustersOf([hit(5, 9), hit(0, 5)])
    expect(clusters.map(({ start, end, winners }) => [start, end, winners.length])).toEqual([
      [0, 5, 1],
      [5, 9, 1],
    ])
  })
  it.each([
    ['the longest', [hit(0, 4), hit(2, 9)], hit(2, 9), [0, 9]],
    ['then the most confident', [hit(0, 5, 0.5), hit(3, 8, 0.6)], hit(3, 8, 0.6), [0, 8]],
    ['then the leftmost', [hit(3, 8), hit(0, 5)], hit(0, 5), [0, 8]],
    ['then by type', [hit(0, 5, 0.9, 'B'), hit(0, 5, 0.9, 'A')], hit(0, 5, 0.9, 'A'), [0, 5]],
    ['then by detector', [hit(0, 5, 0.9, 'A', 'e'), hit(0, 5, 0.9, 'A', 'd')], hit(0, 5), [0, 5]],
  ])('%s wins, and the whole stretch is masked', (_, hits, winner, [start, end]) => {
    expect(clustersOf(hits)).toEqual([{ start, end, winners: [winner] }])
  })
  it('at both ends of a longer one leave nothing of themselves', () => {
    const [cluster] = clustersOf([hit(0, 4), hit(3, 10), hit(9, 12)])
    expect(cluster).toEqual({ start: 0, end: 12, winners: [hit(3, 10)] })
  })
  it('are resolved the same in whatever order they come, and cover every hit', () => {
    const hits = fc.array(
      fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.constantFrom(0.5, 0.9), fc.constantFrom('A', 'B')),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(hits, fc.infiniteStream(fc.nat()), (tuples, order) => {
        const list = tuples.map(([start, length, confidence, type]) => hit(start, start + length, confidence, type))
        const clusters = clustersOf(list)
        const shuffled = list.map((item) => [item, order.next().value ?? 0] as const).toSorted((a, b) => a[1] - b[1])
        expect(clustersOf(shuffled.map(([item]) => item))).toEqual(clusters)
        for (const { start, end } of list)
          expect(clusters.some((cluster) => cluster.start <= start && end <= cluster.end)).toBe(true)
        for (const { winners } of clusters)
          winners.reduce((before, winner) => (expect(winner.start).toBeGreaterThanOrEqual(before.end), winner))
      }),
    )
  })
})

describe('masking inside JSON', () => {
  const masked = (text: string, value: string, scalarIsJson = false): string => {
    const start = text.indexOf(value)
    return maskText(text, [{ start, end: start + value.length, token: '[CREDIT_CARD:7f3a9c21]' }], scalarIsJson).text
  }
  const CARD = '4111111111111111'
  it.each([
    [`{"card":${CARD},"n":1}`, '{"card":"[CREDIT_CARD:7f3a9c21]","n":1}'],
    [`[ ${CARD} ]`, '[ "[CREDIT_CARD:7f3a9c21]" ]'],
    [`{"a":-${CARD}.5e3}`, '{"a":"[CREDIT_CARD:7f3a9c21]"}'],
    [`{"a":"\\"${CARD}"}`, '{"a":"\\"[CREDIT_CARD:7f3a9c21]"}'],
    [`{"a":"pay ${CARD} now"}`, '{"a":"pay [CREDIT_CARD:7f3a9c21] now"}'],
    [`{"${CARD}":1}`, '{"[CREDIT_CARD:7f3a9c21]":1}'],
  ])('%s stays parseable', (text, expected) => {
    expect(masked(text, CARD)).toBe(expected)
    expect(() => void JSON.parse(expected)).not.toThrow()
  })
  it('is not done where the text is no JSON, whatever it looks like', () => {
    expect(masked(`{card: ${CARD}}`, CARD)).toBe('{card: [CREDIT_CARD:7f3a9c21]}')
    expect(masked(`[see] ${CARD}`, CARD)).toBe('[see] [CREDIT_CARD:7f3a9c21]')
  })
  it('quotes a number alone only where it is known to be JSON', () => {
    expect(masked(CARD, CARD)).toBe('[CREDIT_CARD:7f3a9c21]')
    expect(masked(CARD, CARD, true)).toBe('"[CREDIT_CARD:7f3a9c21]"')
  })
  it('masks two values in one bare number as one', () => {
    const stretches = [
      { start: 1, end: 5, token: '[A:00000001]' },
      { start: 6, end: 9, token: '[A:00000002]' },
    ]
    const result = maskText('[1234e123]', stretches, false)
    expect(result.text).toBe('["[A:00000001]"]')
    expect(result.tokens).toHaveLength(2)
  })
  it('says where the tokens stand', () => {
    const stretches = [
      { start: 0, end: 2, token: '[A:00000001]' },
      { start: 4, end: 6, token: '[B:00000002]' },
    ]
    const { text, tokens } = maskText('xx[~yy[A:00000001]', stretches, false)
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual(['[A:00000001]', '[B:00000002]'])
    expect(text).toBe('[A:00000001][~[B:00000002][~A:00000001]')
  })
})

describe('code points', () => {
  it('are counted as a string counts them, lone surrogates too', () => {
    const unit = fc.constantFrom('a', 'é', '漢', '👋', '👩‍💻', '\ud83d', '\udc4b')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const text = units.join('')
        const counter = codePointCounter(text)
        let offset = 0
        for (const [index, point] of Array.from(text).entries()) {
          expect(counter(offset)).toBe(index)
          offset += point.length
        }
        expect(counter(offset)).toBe(Array.from(text).length)
        expect(counter(0)).toBe(0)
      }),
    )
  })
})
