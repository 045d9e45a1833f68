import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isLongDate, isYearMonthDay } from './calendar.ts'
import { CERTAIN, LIKELY, POSSIBLE, PROVEN } from './confidence.ts'
import { formed, lastOf, numberAt, proven, proves, unchecked, valueAt, weigh } from './digits.ts'
import { holdsMod11And2 } from './iso7064.ts'
import { ANY_ID, COMPANY_ID, NATIONAL_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** China, Hong Kong, Taiwan, Japan and Korea. */

/** The first two digits: north, north-east, east, south, south-west, north-west, Taiwan, Hong Kong and Macao. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/
/** Place, birth date, serial number; a check since 1999. */
function residentId(number: string): Verdict {
  if (!PROVINCE.test(number)) return 'invalid'
  if (number.length === 15) return formed(isYearMonthDay(number, 6))
  return proven(/[\dX]$/.test(number) && isLongDate(number, 6) && holdsMod11And2(number))
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Weights are the powers of three, modulo 31. */
/** The nine characters before the last are the organisation's own code, with a check. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const holdsOrganisation = (code: string): boolean =>
  (11 - (weigh(code.slice(8, 16), ORGANISATION_WEIGHTS) % 11)) % 11 === Number(code[16])

function creditCode(code: string): Verdict {
  // Digits alone are more easily something else.
  if (/[IOSVZ]/.test(code) || (!/[A-Z]/.test(code) && !holdsOrganisation(code))) return 'invalid'
  let sum = 0
  let weight = 1
  for (let at = 0; at < 17; at++) {
    sum += CREDIT_ALPHABET.indexOf(code[at]!) * weight
    weight = (weight * 3) % 31
  }
  return proven(/^[1-9A-Y]\d{7}/.test(code) && CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === lastOf(code))
}

const BLANK = 36
const HONG_KONG_WEIGHTS = [8, 7, 6, 5, 4, 3, 2]
/** A card with one letter has a blank where others have their first. A is a check of ten. */
function hongKong(number: string): Verdict {
  const short = number.length === 8
  const start = short ? BLANK * 9 : valueAt(number, 0) * 9
  const sum = start + weigh(short ? number : number.slice(1), HONG_KONG_WEIGHTS)
  const check = lastOf(number)
  return proven(/[\dA]$/.test(number) && (sum + (check === 'A' ? 10 : Number(check))) % 11 === 0)
}

/** The letter is the place of registration; each stands for two digits, in an order of their own from 10 on. */
const TAIWANESE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'
const TAIWANESE_WEIGHTS = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]
/** The second character is the sex: 1 and 2 for citizens, 8 and 9 for residents, for whom it was a letter until 2021. */
function taiwanese(number: string): Verdict {
  if (!/^[A-Z][1289A-D]/.test(number)) return 'invalid'
  const second = number[1]!
  const sex = /\d/.test(second) ? second : String(TAIWANESE_LETTERS.indexOf(second) % 10)
  const digits = String(10 + TAIWANESE_LETTERS.indexOf(number[0]!)) + sex + number.slice(2)
  return proven(weigh(digits, TAIWANESE_WEIGHTS) % 10 === 0)
}

const MY_NUMBER_WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
function myNumber(number: string): Verdict {
  const rest = weigh(number, MY_NUMBER_WEIGHTS) % 11
  return proven((rest < 2 ? 0 : 11 - rest) === valueAt(number, 11))
}

const RESIDENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
const isKoreanDate = (number: string, century: number): boolean =>
  isDate(century + numberAt(number, 0, 2), numberAt(number, 2, 2), numberAt(number, 4, 2))

/** Since October 2020 the last six digits are drawn by lot. */
function korean(number: string, centuries: Readonly<Record<string, number>>, base: number): Verdict {
  const century = centuries[number[6]!]
  if (century === undefined || !isKoreanDate(number, century)) return 'invalid'
  return proves((base - (weigh(number, RESIDENT_WEIGHTS) % 11)) % 10 === valueAt(number, 12))
}
const CITIZENS: Readonly<Record<string, number>> = { 9: 1800, 0: 1800, 1: 1900, 2: 1900, 3: 2000, 4: 2000 }
const FOREIGNERS: Readonly<Record<string, number>> = { 5: 1900, 6: 1900, 7: 2000, 8: 2000 }
const rrn = (number: string): Verdict => korean(number, CITIZENS, 11)
const frn = (number: string): Verdict => korean(number, FOREIGNERS, 13)

const BUSINESS_WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5]
function koreanBusiness(number: string): Verdict {
  const sum = weigh(number, BUSINESS_WEIGHTS) + Math.floor((valueAt(number, 8) * 5) / 10)
  return proven((10 - (sum % 10)) % 10 === valueAt(number, 9) && number.slice(0, 3) >= '101')
}

const CN_WORDS = phrases(`
  身份证, 身份证号, 身份证号码, 居民身份证, 公民身份号码, 身份證, 身分证, resident id, resident identity card, chinese id, prc id, shenfenzheng,
  id card number, chinese national id`).concat(ANY_ID.filter((word) => word !== 'id card number'))
const HK_WORDS = phrases(
  'hkid, hkid number, hkid card, hong kong identity card, hong kong id, 身份證, 身份證號碼, 香港身份證, 香港身份證號碼, 香港身份证, 身份证, 身份证号码',
).concat(NATIONAL_ID)
const JP_WORDS = phrases(
  'マイナンバー, 個人番号, my number, mynumber, my number card, マイナンバーカード, individual number, kojin bango, japanese tax id',
).concat(TAX_ID)
const RRN_WORDS = phrases(
  '주민등록번호, 주민번호, 주민등록, rrn, resident registration number, korean resident number, jumin',
).concat(ANY_ID)
const FRN_WORDS = phrases(
  '외국인등록번호, 외국인등록, 외국인번호, frn, foreigner registration number, alien registration number, arc number',
)

export const EAST_ASIA: readonly IdRule[] = [
  {
    type: 'CN_RESIDENT_ID',
    shapes: ['99999999999999999*', '999999 99999999 999*'],
    check: residentId,
    words: CN_WORDS,
    alone: PROVEN,
  },
  { type: 'CN_RESIDENT_ID', shapes: ['999999999999999'], check: residentId, words: CN_WORDS },
  {
    type: 'CN_CREDIT_CODE',
    shapes: ['**999999**********'],
    check: creditCode,
    words: phrases(
      '统一社会信用代码, 信用代码, unified social credit code, uscc, usci, 社会信用代码, credit code, social credit code',
    ),
    alone: LIKELY,
  },
  { type: 'HK_ID_CARD', shapes: ['A999999(*)', 'AA999999(*)'], check: hongKong, words: HK_WORDS, alone: LIKELY },
  {
    type: 'HK_ID_CARD',
    shapes: ['A999999*', 'AA999999*', 'A999999-*', 'AA999999-*'],
    check: hongKong,
    words: HK_WORDS,
  },
  {
    type: 'TW_NATIONAL_ID',
    shapes: ['A999999999', 'AA99999999'],
    check: taiwanese,
    words: phrases(
      '身分證, 身分證字號, 身分證號碼, 國民身分證, 身份證, 身份證字號, 身份證號碼, 統一證號, arc, arc number',
    ).concat(NATIONAL_ID),
  },
  {
    type: 'JP_MY_NUMBER',
    shapes: ['999999999999', '9999 9999 9999', '9999-9999-9999'],
    check: myNumber,
    words: JP_WORDS,
  },
  {
    type: 'JP_PASSPORT',
    shapes: ['AA9999999'],
    check: unchecked,
    words: phrases('パスポート, 旅券, 旅券番号, パスポート番号, ryoken, ryoken bango, japanese passport').concat(
      PASSPORT_IN.english,
    ),
  },
  { type: 'KR_RRN', shapes: ['999999-9999999'], check: rrn, words: RRN_WORDS, alone: CERTAIN },
  { type: 'KR_RRN', shapes: ['9999999999999', '999999 9999999'], check: rrn, words: RRN_WORDS },
  { type: 'KR_FRN', shapes: ['999999-9999999'], check: frn, words: FRN_WORDS, alone: CERTAIN },
  { type: 'KR_FRN', shapes: ['9999999999999', '999999 9999999'], check: frn, words: FRN_WORDS },
  {
    type: 'KR_BRN',
    shapes: ['999-99-99999'],
    check: koreanBusiness,
    words: phrases('사업자등록번호, 사업자번호, 사업자 등록번호, brn, korean business number').concat(
      COMPANY_ID,
      TAX_ID,
    ),
    alone: POSSIBLE,
  },
  {
    type: 'KR_BRN',
    shapes: ['9999999999', '999 99 99999'],
    check: koreanBusiness,
    words: phrases('사업자등록번호, 사업자번호, 사업자 등록번호, brn').concat(COMPANY_ID),
  },
  {
    type: 'KR_PASSPORT',
    shapes: ['A99999999', 'A999A9999'],
    check: unchecked,
    words: phrases(
      '여권, 여권번호, 여권 번호, korean passport, korean passport number, korea passport, kr passport, kr passport number',
    ),
  },
  {
    type: 'CN_PASSPORT',
    shapes: ['E99999999', 'EA9999999', 'G99999999'],
    check: unchecked,
    words: phrases(
      '护照, 护照号, 护照号码, 護照, huzhao, huzhao haoma, chinese passport, chinese passport number',
    ).concat(PASSPORT_IN.english),
  },
]
