import { describe, expect, it } from 'vitest'
import { hitsIn, valuesIn } from '../pii.fixture.ts'
import { anyShape, complete, describeIds, digits, join, oneOf } from './ids.fixture.ts'
import { PAPERS } from './papers.ts'

const isMixed = (text: string): boolean => !/^(\w)\1*$/.test(text)
const shapesOf = (type: string): ReturnType<typeof anyShape> => anyShape(PAPERS, type).filter(isMixed)

const PRIMES = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]

/** The check makes the sum of all, weighed 2 to 9 and 100, divide by 11. */
function withSaoPauloCheck(body: string): string {
  const sum = Array.from(body).reduce((all, digit, at) => all + Number(digit) * (at + 2), 0)
  const check = Array.from({ length: 11 }, (_, one) => one).find((one) => (sum + one * 100) % 11 === 0)!
  return body + (check === 10 ? 'X' : String(check))
}

describeIds(PAPERS, {
  PASSPORT_NUMBER: { unknown: ['31195855', 'PA1284756'], invalid: ['0000000'], unproven: shapesOf('PASSPORT_NUMBER') },
  DRIVER_LICENSE: { unknown: ['L-1234567', '11-22-123456-78'], unproven: shapesOf('DRIVER_LICENSE') },
  UK_PUPIL_NUMBER: { unknown: ['H801200001001'], unproven: shapesOf('UK_PUPIL_NUMBER') },
  US_IMMIGRATION_NUMBER: { unknown: ['N0012345678', 'A 098-765-432'], unproven: shapesOf('US_IMMIGRATION_NUMBER') },
  US_TRAVELER_NUMBER: {
    unknown: ['TT1182Q93'],
    unproven: join(digits(2), shapesOf('US_TRAVELER_NUMBER')).map((text) => text.slice(0, 9)),
  },
  PH_SSS_NUMBER: { unknown: ['34-1234567-8'], unproven: shapesOf('PH_SSS_NUMBER') },
  BR_IDENTITY_CARD: {
    valid: ['24.678.131-2', '246781312'],
    unknown: ['MG-10.234.567', '12.345.678-9'],
    invalid: ['111111111'],
    unproven: shapesOf('BR_IDENTITY_CARD').filter((text) => text !== withSaoPauloCheck(text.slice(0, 8))),
    made: complete(digits(8).filter(isMixed), withSaoPauloCheck),
    caught: 0,
  },
  BR_VOTER_NUMBER: { unknown: ['1234 5678 0175'], unproven: shapesOf('BR_VOTER_NUMBER') },
  PT_SOCIAL_SECURITY: {
    caught: 0.9,
    made: complete(
      join(oneOf('1', '2'), digits(9)),
      (body) => body + (9 - (PRIMES.reduce((sum, prime, at) => sum + prime * Number(body[at]), 0) % 10)),
    ),
  },
  FR_TAX_NUMBER: {
    unknown: ['3012345678901'],
    invalid: ['9012345678901'],
    unproven: join(oneOf('0', '1', '2', '3'), digits(12)),
  },
})

describe('papers', () => {
  it.each([
    ['passport no: 31195855, tel', 'PASSPORT_NUMBER', '31195855'],
    ['carta de condução L-1234567', 'DRIVER_LICENSE', 'L-1234567'],
    ['permis T6123-120785-04', 'DRIVER_LICENSE', 'T6123-120785-04'],
    ['Körkortsnummer 197306263653', 'DRIVER_LICENSE', '197306263653'],
    ['운전면허번호 11-22-123456-78', 'DRIVER_LICENSE', '11-22-123456-78'],
    ['UPN H801200001001', 'UK_PUPIL_NUMBER', 'H801200001001'],
    ['SEVIS ID: N0012345678', 'US_IMMIGRATION_NUMBER', 'N0012345678'],
    ['known traveler number TT1182Q93', 'US_TRAVELER_NUMBER', 'TT1182Q93'],
    ['SSS no. 34-1234567-8', 'PH_SSS_NUMBER', '34-1234567-8'],
    ['RG nº MG-10.234.567', 'BR_IDENTITY_CARD', 'MG-10.234.567'],
    ['Título de eleitor 1234 5678 0175', 'BR_VOTER_NUMBER', '1234 5678 0175'],
    ['N° fiscal : 3012345678901', 'FR_TAX_NUMBER', '3012345678901'],
  ])('%s', (text, type, value) => expect(valuesIn(text, type)).toContain(value))

  it.each([
    'a passport is valid for 10 years and costs 130, 24021257 applications came in 2023',
    'permis de construire 2024',
    'RG 12 of the code',
    'a number of 123456789 items',
    'SSS takes 1800 seconds',
  ])('%s has none', (text) =>
    expect(hitsIn(text).filter(({ type }) => PAPERS.some((rule) => rule.type === type))).toEqual([]),
  )
})
