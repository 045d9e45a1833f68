import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdRule } from '../shapes/rule.ts'
import { createScan, createVocabulary } from '../../scan/index.ts'
import { createPiiDetector } from '../index.ts'
import { COUNTRIES } from './countries.ts'
import { ID_RULES } from './index.ts'
import { digits, fits } from './ids.fixture.ts'

const rules = ID_RULES.map((rule, at) => [`${rule.type} (${at})`, rule] as const)
const repeated = (texts: readonly string[]): string[] => texts.filter((text, at) => texts.indexOf(text) !== at)

/** Letters of other scripts stay as they are; of Latin ones only the 26, in lower case. */
const LATIN = /^[a-z]+(?: [a-z]+)*$/
const isPlain = (word: string): boolean => LATIN.test(word) || word.charCodeAt(0) > 0x24f

describe('the words', () => {
  it('are all heard, whatever else the vocabulary holds', () => {
    const vocabulary = createVocabulary()
    createPiiDetector(vocabulary)
    const scan = createScan(vocabulary)
    const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
    const words = [...new Set(ID_RULES.flatMap((rule) => rule.words))]
    const isHeard = (text: string): boolean => {
      const id = vocabulary.phrase(text)
      const marks = scan([{ place, text }]).views[0]?.marks ?? []
      return marks.some((kind, at) => at % 3 === 0 && kind === id && marks[at + 2] === text.length)
    }
    expect(words.filter((word) => !isHeard(word))).toEqual([])
  })
})

describe('the table', () => {
  it('has at least a hundred types', () => {
    expect(new Set(ID_RULES.map(({ type }) => type)).size).toBeGreaterThanOrEqual(100)
  })

  it('begins a type of one country with its code', () => {
    const world = [
      'BIC_CODE',
      'VIN',
      'IMEI',
      'ICCID',
      'IMSI',
      'LEI',
      'ISIN',
      'CUSIP',
      'CVV',
      'PIN',
      'MEDICAL_RECORD_NUMBER',
      'ABA_ROUTING_NUMBER',
      ...['PASSPORT_NUMBER', 'DRIVER_LICENSE'],
      ...['BANK_ACCOUNT', 'BANK_CODE', 'VEHICLE_REGISTRATION', 'EMPLOYEE_ID', 'CUSTOMER_ID', 'HEALTH_INSURANCE_NUMBER'],
    ]
    const known = new Set([...COUNTRIES, 'UK'])
    for (const { type } of ID_RULES)
      if (!world.includes(type)) expect(known.has(type.slice(0, type.indexOf('_'))), type).toBe(true)
  })

  it.each(rules)('%s is well formed', (_, { type, shapes, words, alone }) => {
    expect(type).toMatch(/^[A-Z][A-Z0-9_]*$/)
    expect(shapes).not.toEqual([])
    for (const shape of shapes) expect(shape).toMatch(/^[0-9A-Z*][0-9A-Z* \-./+()]*$/)
    expect(repeated(shapes)).toEqual([])
    expect(words).not.toEqual([])
    for (const word of words) {
      expect(isPlain(word), word).toBe(true)
      expect(word).toBe(word.normalize('NFC'))
    }
    expect(repeated(words)).toEqual([])
    if (alone !== undefined) expect(alone > 0 && alone < 1).toBe(true)
  })

  it('has no shape twice in a type', () => {
    const byType = new Map<string, string[]>()
    for (const { type, shapes } of ID_RULES) byType.set(type, [...(byType.get(type) ?? []), ...shapes])
    for (const [type, shapes] of byType) expect(repeated(shapes), type).toEqual([])
  })

  it('never finds short runs of digits without a word', () => {
    const runs = ID_RULES.filter(({ alone }) => alone !== undefined).flatMap(({ shapes }) => shapes)
    expect(runs.filter((shape) => /^\d{1,10}$/.test(shape))).toEqual([])
  })
})

/** What a rule would say of a text without any word. */
const alone = (text: string): string[] =>
  ID_RULES.filter((rule: IdRule) => rule.alone !== undefined && rule.shapes.some((shape) => fits(text, shape)))
    .filter(({ check }) => check(text.replace(/[^0-9A-Za-z]/g, '').toUpperCase()) === 'valid')
    .map(({ type }) => type)

describe('without words', () => {
  it.each([
    ...[
      '-0.96',
      '6033391',
      '20240115103045',
      '1700000000000',
      '1700000000000000000',
      '2024-01-15',
      '10.0.0.1',
      '1.2.3',
    ],
    ...['deadbeef', 'a1b2c3d', '0123456789abcdef0', 'i-0abcd1234ef567890', '550e8400', 'v2.10.3', '978-3-16-148410-0'],
    ...['555-0123', '123-456-7890', '1Z999AA10123456784', 'ORD-2024-00123', 'INFO', 'README.md', '111-11-1111'],
  ])('%s is nothing', (text) => expect(alone(text)).toEqual([]))

  it('timestamps are nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), (seconds) => {
        expect(alone(String(seconds))).toEqual([])
        expect(alone(`${seconds}000000000`)).toEqual([])
      }),
    )
  })

  it('one in a hundred runs of digits at most is something', () => {
    for (let length = 5; length <= 20; length++) {
      const runs = fc.sample(digits(length), { numRuns: 1000, seed: 6 })
      expect(runs.filter((run) => alone(run).length > 0).length, `${length} digits`).toBeLessThan(10)
    }
  })
})

it('every check bears any text of its shapes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ID_RULES),
      fc.infiniteStream(fc.constantFrom('0', '1', '5', '9', 'A', 'I', 'L', 'O', 'Z')),
      (rule, stream) => {
        for (const shape of rule.shapes) {
          const compact = Array.from(shape.replace(/[ \-./+()]/g, ''), (wanted) => {
            if (wanted === '9') return String((stream.next().value as string).charCodeAt(0) % 10)
            if (wanted === 'A') return 'AILOZBQ'[(stream.next().value as string).charCodeAt(0) % 7]
            return wanted === '*' ? (stream.next().value as string) : wanted
          }).join('')
          expect(['valid', 'invalid', 'unknown']).toContain(rule.check(compact))
        }
      },
    ),
    { numRuns: 1000 },
  )
})
