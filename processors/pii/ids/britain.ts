import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDayMonthYear, isShortDate } from './calendar.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, unchecked, valueAt, weigh } from './digits.ts'
import { HEALTH_ID, PASSPORT, TAX_ID, VEHICLE, phrases } from './words.ts'

/** The United Kingdom and Ireland. */

const NHS_WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
/** The check digit completes the sum to a multiple of 11; ten is no digit, so such numbers are not given out. */
const nhs = (number: string): Verdict => proven(weigh(number, NHS_WEIGHTS) % 11 === 0 && !isOneDigit(number))

/** Prefixes that are never given out. Without the last letter any number has the form, and only words tell. */
function nino(number: string): Verdict {
  const allowed = !/^(?:[DFIQUV]|.[DFIOQUV]|BG|GB|KN|NK|NT|TN|ZZ)/.test(number)
  if (!allowed) return 'invalid'
  return number.length === 8 ? 'unknown' : proven(/[A-D]$/.test(number))
}

const UTR_WEIGHTS = [0, 6, 7, 8, 9, 10, 5, 4, 3, 2]
const UTR_CHECKS = '21987654321'
/** The first digit is the check. */
const utr = (number: string): Verdict => proven(UTR_CHECKS[weigh(number, UTR_WEIGHTS) % 11] === number[0])

const DRIVER = /^[A-Z][A-Z9]{4}\d[0156]\d{4}[A-Z][A-Z9][A-Z0-9]{3}(?:\d\d)?$/
/**
 * Surname, then decade, month (50 more for women), day and year of birth, initials. Nines fill what names leave empty. The
 * last characters are a check that is not published, so the form alone has to convince.
 */
function drivingLicence(number: string): Verdict {
  if (!DRIVER.test(number) || /9[A-Z]/.test(number.slice(0, 5))) return 'invalid'
  const year = numberAt(number, 5, 1) * 10 + numberAt(number, 10, 1)
  return proven(isShortDate(year, numberAt(number, 6, 2) % 50, numberAt(number, 8, 2)))
}

/** Age marks began in 2001 with 51 and go up each half-year. I and Q are never used; J, T and U open no region yet stand on many a plate of a dealer. */
const CURRENT_PLATE = /^[A-HJ-PR-Y][A-HJ-PR-Z](?:0[2-9]|[1-4]\d|5[1-9]|[6-9]\d)[A-HJ-PR-Z]{3}$/
const OLDER_PLATE = /^(?:[A-HJ-NPR-TV-Y]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-HJ-NPR-TV-Y]|[A-Z]{3}\d{4})$/
const currentPlate = (plate: string): Verdict => formed(CURRENT_PLATE.test(plate))
const olderPlate = (plate: string): Verdict => formed(OLDER_PLATE.test(plate))

const PPSN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2]
const PPSN_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV'
/** Since 2013 a second letter counts nine times; W and its kin, of before, do not count. */
function ppsn(number: string): Verdict {
  const second = number[8] ?? 'W'
  if (!/[A-IWTX]/.test(second)) return 'invalid'
  const extra = /[A-I]/.test(second) ? (valueAt(second, 0) - 9) * 9 : 0
  return proven(PPSN_LETTERS[(weigh(number, PPSN_WEIGHTS) + extra) % 23] === number[7])
}

/** Community Health Index of Scotland: a birth date, then the NHS number's check. */
const chi = (number: string): Verdict => proven(weigh(number, NHS_WEIGHTS) % 11 === 0 && isDayMonthYear(number))

const NHS_WORDS = phrases(`
  nhs, nhs number, n h s, nhs no, nhs num, nhs id, national health service, patient nhs`).concat(HEALTH_ID)
const NINO_WORDS = phrases(`
  nino, ni number, ni no, national insurance, national insurance number, national insurance no, nat ins no, nat ins, nin, n i number, n i no, n i`)
const LICENCE_WORDS = phrases(`
  driving licence, driving licence number, driver licence, drivers licence, driver s licence, driver number, dvla,
  driving license, driving license number, licence number, licence no, uk licence`)

const SORT_CODE_WORDS = phrases(`
  sort code, sortcode, sort cd, sort cde, s c, bank sort code, branch sort code, sorting code, sort no, sort number,
  sort nr`)

export const BRITAIN: readonly IdRule[] = [
  { type: 'UK_NHS', shapes: ['9999999999', '999 999 9999', '999-999-9999'], check: nhs, words: NHS_WORDS },
  {
    type: 'UK_NINO',
    shapes: ['AA999999A', 'AA 99 99 99 A', 'AA 999999 A', 'AA-99-99-99-A', 'AA999999 A', 'AA-999999-A'],
    check: nino,
    words: NINO_WORDS,
    alone: CERTAIN,
  },
  { type: 'UK_NINO', shapes: ['AA999999', 'AA 99 99 99'], check: nino, words: NINO_WORDS },
  {
    type: 'UK_UTR',
    shapes: ['9999999999', '99999 99999', '999 999 9999'],
    check: utr,
    words: phrases(`
      utr, u t r, utr number, utr no, unique taxpayer reference, unique tax reference, self assessment, tax reference,
      tax reference number, taxpayer reference, hmrc reference`).concat(TAX_ID),
  },
  {
    type: 'UK_DRIVING_LICENCE',
    shapes: [
      '*****999999*****',
      '*****999999*****99',
      '***** 999999 *****',
      '*****999999***** 99',
      '***** 999999 ***** 99',
    ],
    check: drivingLicence,
    words: LICENCE_WORDS,
    alone: LIKELY,
  },
  {
    type: 'UK_PASSPORT',
    shapes: ['999999999'],
    check: unchecked,
    words: PASSPORT,
  },
  {
    type: 'UK_SORT_CODE',
    shapes: ['99-99-99'],
    check: unchecked,
    words: SORT_CODE_WORDS,
    close: phrases('sort, sc, s code, srt'),
  },
  { type: 'UK_SORT_CODE', shapes: ['999999', '99 99 99'], check: unchecked, words: SORT_CODE_WORDS },
  {
    type: 'UK_VEHICLE_REGISTRATION',
    shapes: ['AA99 AAA', 'AA99AAA', 'AA99-AAA'],
    check: currentPlate,
    words: phrases('reg, registration, registration number, registration mark, car, vehicle').concat(VEHICLE),
    close: ['plate', 'plates'],
  },
  {
    type: 'UK_VEHICLE_REGISTRATION',
    shapes: ['A999 AAA', 'A999AAA', 'A99 AAA', 'A99AAA', 'AAA 999A', 'AAA999A', 'AAA 99A', 'AAA 9999', 'AAA9999'],
    check: olderPlate,
    words: phrases('registration mark').concat(VEHICLE),
  },
  {
    type: 'UK_CHI',
    shapes: ['9999999999', '999999 9999', '999 999 9999'],
    check: chi,
    words: phrases('chi, chi number, chi no, community health index'),
  },
  {
    type: 'IE_PPSN',
    shapes: ['9999999A', '9999999AA', '9999999 A', '9999999 AA'],
    check: ppsn,
    words: phrases(`
      pps, ppsn, pps number, pps no, ppsn number, personal public service number, personal public service, uimhir psp,
      rsi number`).concat(TAX_ID),
  },
]
