import type { IdRule, Verdict } from '../shapes/rule.ts'
import { LIKELY, POSSIBLE } from './confidence.ts'
import { isOneDigit, lastOf, proven, unchecked, valueAt, weigh } from './digits.ts'
import { COMPANY_ID, HEALTH_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** Australia and New Zealand. */

const TFN_WEIGHTS = [1, 4, 3, 7, 5, 8, 6, 9, 10]
/** Old numbers have eight digits; sources do not agree on their check. */
function tfn(number: string): Verdict {
  if (isOneDigit(number)) return 'invalid'
  return number.length === 8 ? 'unknown' : proven(weigh(number, TFN_WEIGHTS) % 11 === 0)
}

const ABN_WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
/** One is taken from the first digit, which is never zero. */
const abn = (number: string): Verdict =>
  proven(number[0] !== '0' && (weigh(number, ABN_WEIGHTS) - ABN_WEIGHTS[0]!) % 89 === 0)

const ACN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1]
/** Zero is a check digit like any other. */
const acn = (number: string): Verdict =>
  proven((10 - (weigh(number, ACN_WEIGHTS) % 10)) % 10 === valueAt(number, 8) && number !== '000000000')

const MEDICARE_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9]
/** The ninth digit is the check; then come the card's issue and, on some, the person's place on it. */
const medicare = (number: string): Verdict =>
  proven(/^[2-6].{8}[1-9]/.test(number) && weigh(number, MEDICARE_WEIGHTS) % 10 === valueAt(number, 8))

const IRD_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2]
const IRD_SECOND = [7, 4, 3, 2, 5, 2, 7, 6]
const IRD_LEAST = 10_000_000
const IRD_MOST = 150_000_000
const irdCheck = (body: string, weights: readonly number[]): number => (11 - (weigh(body, weights) % 11)) % 11
/** A second row of weights where the first leaves ten. */
function ird(number: string): Verdict {
  const value = Number(number)
  if (value <= IRD_LEAST || value >= IRD_MOST) return 'invalid'
  const body = number.slice(0, -1).padStart(8, '0')
  const first = irdCheck(body, IRD_WEIGHTS)
  return proven((first < 10 ? first : irdCheck(body, IRD_SECOND)) === Number(lastOf(number)))
}

/** I and O are not used. Letters count from one. */
const NHI_LETTERS = '-ABCDEFGHJKLMNPQRSTUVWXYZ'
const NHI_WEIGHTS = [7, 6, 5, 4, 3, 2]
const nhiValue = (character: string): number =>
  /\d/.test(character) ? Number(character) : NHI_LETTERS.indexOf(character)
/** Older ones end in a digit, mod 11; newer ones in a letter: mod 23 since HISO 10046 of 2023, mod 24 in its edition before. */
function nhi(number: string): Verdict {
  if (/[IO]/.test(number)) return 'invalid'
  let sum = 0
  for (let at = 0; at < NHI_WEIGHTS.length; at++) sum += nhiValue(number[at]!) * NHI_WEIGHTS[at]!
  const check = nhiValue(number[6]!)
  if (/[A-Z]$/.test(number)) return proven(23 - (sum % 23) === check || 24 - (sum % 24) === check)
  return proven(sum % 11 !== 0 && (11 - (sum % 11)) % 10 === check)
}

const ABN_WORDS = phrases('abn, a b n, abn number, abn no, australian business number, business number')
const MEDICARE_WORDS = phrases('medicare, medicare number, medicare card, medicare no, medicare card number').concat(
  HEALTH_ID,
)

export const OCEANIA: readonly IdRule[] = [
  {
    type: 'AU_TFN',
    shapes: ['999999999', '999 999 999', '999-999-999', '99999999', '99 999 999'],
    check: tfn,
    words: phrases(
      'tfn, t f n, tfn number, tfn no, tax file number, tax file no, tax file, australian tax number',
    ).concat(TAX_ID),
  },
  { type: 'AU_ABN', shapes: ['99 999 999 999', '99-999-999-999'], check: abn, words: ABN_WORDS, alone: LIKELY },
  { type: 'AU_ABN', shapes: ['99999999999'], check: abn, words: ABN_WORDS },
  {
    type: 'AU_ACN',
    shapes: ['999999999', '999 999 999', '999-999-999'],
    check: acn,
    words: phrases('acn, a c n, acn number, acn no, australian company number, asic').concat(COMPANY_ID),
  },
  {
    type: 'AU_MEDICARE',
    shapes: ['9999 99999 9', '9999-99999-9', '9999 99999 9/9', '9999 99999 9-9', '9999 99999 9 9'],
    check: medicare,
    words: MEDICARE_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'AU_MEDICARE',
    shapes: ['9999999999', '99999999999', '9999999999-9', '9999999999/9'],
    check: medicare,
    words: MEDICARE_WORDS,
  },
  {
    type: 'AU_PASSPORT',
    shapes: ['A9999999', 'AA9999999'],
    check: unchecked,
    words: phrases('australian passport').concat(PASSPORT_IN.english),
  },
  {
    type: 'NZ_IRD',
    shapes: ['99999999', '999999999', '99-999-999', '999-999-999', '99 999 999', '999 999 999'],
    check: ird,
    words: phrases('ird, ird number, ird no, inland revenue, inland revenue number, nz tax number').concat(TAX_ID),
  },
  {
    type: 'NZ_NHI',
    shapes: ['AAA9999', 'AAA99AA', 'AAA 9999', 'AAA-9999'],
    check: nhi,
    words: phrases(
      'nhi, n h i, nhi number, nhi no, national health index, national health index number, patient nhi',
    ).concat(HEALTH_ID),
  },
]
