import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isBirthYear, isDayMonthYear, isYearMonthDay } from './calendar.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { formed, isOneDigit, lastOf, numberAt, proven, proves, valueAt, weigh } from './digits.ts'
import { ID_CARD, NATIONAL_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** Singapore, Thailand, the Philippines, Indonesia, Malaysia and Vietnam. */

const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2]
/** What is added for each series, and its check letters: citizens, foreigners, foreigners since 2022. */
const NRIC_SERIES: Readonly<Record<string, readonly [number, string]>> = {
  S: [0, 'JZIHGFEDCBA'],
  T: [4, 'JZIHGFEDCBA'],
  F: [0, 'XWUTRQPNMLK'],
  G: [4, 'XWUTRQPNMLK'],
  M: [3, 'XWUTRQPNJLK'],
}
function nric(number: string): Verdict {
  const series = NRIC_SERIES[number[0]!]
  if (series === undefined) return 'invalid'
  const [added, letters] = series
  return proven(letters[(added + weigh(number.slice(1), NRIC_WEIGHTS)) % 11] === number[8])
}

const BUSINESS_WEIGHTS = [10, 4, 9, 3, 8, 2, 7, 1]
const COMPANY_WEIGHTS = [10, 8, 6, 4, 9, 7, 5, 3, 1]
const OTHER_WEIGHTS = [4, 3, 5, 3, 10, 2, 2, 5, 7]
const OTHER_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
/** Businesses, companies (with their year), and all others, whose letters say what they are. */
function uen(number: string): Verdict {
  if (/^\d{8}[A-Z]$/.test(number)) return proven('XMKECAWLJDB'[weigh(number, BUSINESS_WEIGHTS) % 11] === number[8])
  if (/^\d{9}[A-Z]$/.test(number)) {
    const founded = isBirthYear(numberAt(number, 0, 4))
    return proven(founded && 'ZKCMDNERGWH'[weigh(number, COMPANY_WEIGHTS) % 11] === number[9])
  }
  if (!/^[RST]\d\d[A-HJ-NP-X]{2}\d{4}[A-Z0-9]$/.test(number)) return 'invalid'
  let sum = -5
  for (let at = 0; at < OTHER_WEIGHTS.length; at++) sum += OTHER_ALPHABET.indexOf(number[at]!) * OTHER_WEIGHTS[at]!
  return proven(OTHER_ALPHABET[((sum % 11) + 11) % 11] === lastOf(number))
}

const THAI_WEIGHTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]
/** The first digit is how the holder came to the register. */
const thai = (number: string): Verdict =>
  proven(
    /^[1-8]/.test(number) &&
      (11 - (weigh(number, THAI_WEIGHTS) % 11)) % 10 === valueAt(number, 12) &&
      !isOneDigit(number),
  )

const TIN_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2]
/** The ninth digit is called a check; how it is made was never published, and numbers are known that this does not hold for. */
const philippineTin = (number: string): Verdict => proves(weigh(number, TIN_WEIGHTS) % 11 === valueAt(number, 8))

/** Province, district, birth date (40 more for women), serial number. There is no check: province and date have to convince. */
const INDONESIAN_PROVINCE = /^(?:1[1-9]|2[01]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])/
function nik(number: string): Verdict {
  const day = numberAt(number, 6, 2)
  const date = String(day > 40 ? day - 40 : day).padStart(2, '0') + number.slice(8, 12)
  return proven(INDONESIAN_PROVINCE.test(number) && isDayMonthYear(date) && !number.endsWith('0000'))
}

/** Birth date, place of birth, serial number. There is no check: date and place have to convince. */
const MALAYSIAN_PLACE = /^.{6}(?:0[1-9]|1[0-6]|2[1-9]|[345]\d|6[0-8]|7[124-9]|8[2-9]|9[0-389])/
const mykad = (number: string): Verdict => proven(MALAYSIAN_PLACE.test(number) && isYearMonthDay(number))

/** Province, sex and century, year, serial number. */
const cccd = (number: string): Verdict => formed(/^0(?:0[1-9]|[1-8]\d|9[0-6])[0-9]/.test(number))

const TH_WORDS = phrases(`
  เลขประจำตัวประชาชน, บัตรประชาชน, เลขบัตรประชาชน, หมายเลขบัตรประชาชน, เลขประจำตัว, tnin, thai id, thai national id,
  thai id card, citizen id`).concat(
  NATIONAL_ID.filter((word) => word !== 'citizen id'),
  TAX_ID,
)
const MY_WORDS = phrases(`
  mykad, nric, ic number, ic no, ic, no kp, kad pengenalan, nombor kad pengenalan, no kad pengenalan, my kad,
  malaysian ic`).concat(NATIONAL_ID)

export const SOUTHEAST_ASIA: readonly IdRule[] = [
  {
    type: 'SG_NRIC_FIN',
    shapes: ['S9999999A', 'T9999999A', 'F9999999A', 'G9999999A', 'M9999999A'],
    check: nric,
    words: phrases(
      'nric, fin, nric number, nric no, fin number, nric fin, ic number, ic no, singapore id, work permit',
    ).concat(NATIONAL_ID),
    alone: LIKELY,
  },
  {
    type: 'SG_UEN',
    shapes: ['99999999A', '999999999A', 'R99AA9999*', 'S99AA9999*', 'T99AA9999*'],
    check: uen,
    words: phrases(
      'uen, uen number, uen no, unique entity number, acra, business registration number, company registration number',
    ),
  },
  { type: 'TH_TNIN', shapes: ['9-9999-99999-99-9', '9 9999 99999 99 9'], check: thai, words: TH_WORDS, alone: CERTAIN },
  { type: 'TH_TNIN', shapes: ['9999999999999'], check: thai, words: TH_WORDS },
  {
    type: 'PH_TIN',
    shapes: ['999-999-999', '999-999-999-999', '999-999-999-99999', '999999999', '999999999999', '999 999 999 999'],
    check: philippineTin,
    words: phrases('bir, bir tin, bir tin number, rdo, revenue district office').concat(TAX_ID),
  },
  {
    type: 'ID_NIK',
    shapes: ['9999999999999999', '999999 999999 9999', '99.9999.999999.9999', '999999-999999-9999'],
    check: nik,
    words: phrases(`
      nik, nomor induk kependudukan, ktp, no ktp, nomor ktp, e ktp, ektp, nomor identitas, indonesian id`).concat(
      NATIONAL_ID,
    ),
  },
  { type: 'MY_NRIC', shapes: ['999999-99-9999'], check: mykad, words: MY_WORDS, alone: LIKELY },
  { type: 'MY_NRIC', shapes: ['999999999999', '999999 99 9999'], check: mykad, words: MY_WORDS },
  {
    type: 'VN_CCCD',
    shapes: ['999999999999', '999 999 999 999'],
    check: cccd,
    words: phrases(`
      cccd, so cccd, can cuoc cong dan, can cuoc, so can cuoc, cmnd, chung minh nhan dan, so dinh danh ca nhan,
      vietnamese id`).concat(ID_CARD),
  },
  {
    type: 'SG_PASSPORT',
    shapes: ['K9999999A', 'E9999999A'],
    check: (number) => formed(/[A-Z]$/.test(number)),
    words: phrases('新加坡护照, 护照, 护照号, 护照号码').concat(PASSPORT_IN.english),
  },
]
