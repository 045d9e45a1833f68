import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'
import { IBAN_COUNTRIES } from './iban-countries.ts'
import { IBAN_CODE, ibanFinder, ibanOf } from './iban.ts'

const found = (text: string): string[] => valuesIn(text, IBAN_CODE)

/** One number of the registry's examples per kind of structure. */
const EXAMPLES =
  `DE89370400440532013000 GB29NWBK60161331926819 FR1420041010050500013M02606 NO9386011117947 MT84MALT011000012345MTLCAST001S
  BR9700360305000010009795493P1 SC18SSCB11010000000000001497USD LC55HEMM000100010012001200023015 NL91ABNA0417164300
  IT60X0542811101000000123456 CH9300762011623852957 PL61109010140000071219812874 SE4550000000058398257466 ES9121000418450200051332
  TR330006100519786457841326 SA0380000000608010167519 AE070331234567890123456 FI2112345600000785 IE29AIBK93115212345678`
    .trim()
    .split(/\s+/)

const checked = (country: string, body: string): string => {
  const digits = Array.from(`${body}${country}00`, (char) => Number.parseInt(char, 36)).join('')
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${body}`
}

/** A valid number of any country. */
const anyIban = fc.constantFrom(...IBAN_COUNTRIES.keys()).chain((country) => {
  const body = IBAN_COUNTRIES.get(country)!.structure.source.replace(`^${country}\\d\\d`, '^')
  return fc.stringMatching(new RegExp(body)).map((rest) => checked(country, rest))
})
const grouped = (iban: string, separator: string): string => iban.match(/.{1,4}/g)!.join(separator)

describe('numbers of the registry', () => {
  it.each(EXAMPLES)('%s is found, in groups and in small letters too', (iban) => {
    expect(found(`to ${iban}, please`)).toEqual([iban])
    expect(found(grouped(iban, ' '))).toEqual([grouped(iban, ' ')])
    expect(found(`IBAN:${grouped(iban, '-').toLowerCase()}.`)).toEqual([grouped(iban, '-').toLowerCase()])
  })
  it('of every country are found', () => {
    fc.assert(
      fc.property(anyIban, (iban) => {
        expect(found(`acct=${iban}`)).toEqual([iban])
      }),
      { numRuns: 500 },
    )
  })
  it('with one digit changed are not', () => {
    fc.assert(
      fc.property(anyIban, fc.nat(), fc.integer({ min: 1, max: 9 }), (iban, where, by) => {
        const at = 2 + (where % (iban.length - 2))
        fc.pre(/\d/.test(iban[at]!))
        const broken = iban.slice(0, at) + ((Number(iban[at]) + by) % 10) + iban.slice(at + 1)
        expect(ibanOf(broken)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})

describe('surroundings', () => {
  it.each([
    ['IBANDE89370400440532013000', 'DE89370400440532013000'],
    ['iban_DE89370400440532013000', 'DE89370400440532013000'],
    ['账号DE89370400440532013000。', 'DE89370400440532013000'],
    ['GB 29 NWBK 6016 1331 9268 19', 'GB 29 NWBK 6016 1331 9268 19'],
    ['{"iban":"DE89 3704 0044 0532 0130 00"}', 'DE89 3704 0044 0532 0130 00'],
  ])('%s', (text, iban) => expect(found(text)).toEqual([iban]))
  it.each(['DE893704004405320130001', 'XDE89370400440532013000', 'DE89 3704 0044 0532 0130', 'ZZ89370400440532013000'])(
    '%s is none',
    (text) => expect(found(text)).toEqual([]),
  )
  it('leaves what follows', () => {
    expect(found('DE89 3704 0044 0532 0130 00 BIC COBADEFF')).toEqual(['DE89 3704 0044 0532 0130 00'])
  })
})

it('has one normal form', () => {
  const [type] = ibanFinder.types
  expect(type!.normal(' de89 3704-0044 0532.0130 00 ')).toBe('DE89370400440532013000')
  expect(type!.normal('DE88370400440532013000')).toBeUndefined()
})

describe('words that run into a number', () => {
  it.each(['IBANはDE89370400440532013000です', '我的IBAN是DE89370400440532013000，请登记'])('%s', (text) =>
    expect(valuesIn(text, 'IBAN_CODE')).toEqual(['DE89370400440532013000']),
  )
})
