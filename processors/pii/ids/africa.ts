import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isYearMonthDay } from './calendar.ts'
import { POSSIBLE } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, proves, unchecked } from './digits.ts'
import { holdsVerhoeff } from './verhoeff.ts'
import { ANY_ID, NATIONAL_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** South Africa, Nigeria, Egypt and Kenya. */

/** Birth date, sex and serial number, citizenship, what was once race, check. */
const southAfrican = (number: string): Verdict =>
  proven(isYearMonthDay(number) && /^.{10}[012]/.test(number) && passesLuhn(number))

/** That the last digit is a check is said, but not by the office. */
const nin = (number: string): Verdict => (isOneDigit(number) ? 'invalid' : proves(holdsVerhoeff(number)))

/** Century, birth date, governorate (88 is abroad), serial number. The check is not published. */
function egyptian(number: string): Verdict {
  const century = number.startsWith('2') ? 1900 : 2000
  const dated = isDate(century + numberAt(number, 1, 2), numberAt(number, 3, 2), numberAt(number, 5, 2))
  return formed(/^[23].{6}(?:0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)/.test(number) && dated)
}

const kraPin = (number: string): Verdict => formed(/^[AP]\d{9}[A-Z]$/.test(number))

const ZA_WORDS = phrases(`
  sa id, id nommer, identiteitsnommer,
  identity document`).concat(ANY_ID)

export const AFRICA: readonly IdRule[] = [
  {
    type: 'ZA_ID_NUMBER',
    shapes: ['9999999999999', '999999 9999 999', '999999 9999 99 9'],
    check: southAfrican,
    words: ZA_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'NG_NIN',
    shapes: ['99999999999', '9999 999 9999', '9999-999-9999'],
    check: nin,
    words: phrases(
      'nin, nin number, nin no, nimc, nigerian nin, nigerian national id, nin slip, national identification number nin, national identity number nin',
    ).concat(NATIONAL_ID),
  },
  {
    type: 'NG_BVN',
    shapes: ['22999999999'],
    check: unchecked,
    words: phrases('bvn, bvn number, bank verification number'),
  },
  {
    type: 'EG_NATIONAL_ID',
    shapes: ['99999999999999', '9 999999 9999999'],
    check: egyptian,
    words: phrases('الرقم القومي, رقم قومي, رقم البطاقة, egyptian id, egyptian national id').concat(ANY_ID),
  },
  {
    type: 'KE_KRA_PIN',
    shapes: ['A999999999A'],
    check: kraPin,
    words: phrases('kra, kra pin, kra pin number, kenya revenue authority').concat(TAX_ID),
  },
  {
    type: 'ZA_PASSPORT',
    shapes: ['A99999999'],
    check: unchecked,
    words: PASSPORT_IN.english,
  },
]
