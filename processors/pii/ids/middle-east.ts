import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate } from './calendar.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { isOneDigit, numberAt, proven, valueAt, weigh } from './digits.ts'
import { ANY_ID, NATIONAL_ID, TAX_ID, phrases } from './words.ts'

/** Turkey, Israel, the Emirates, Saudi Arabia and Kuwait. */

/** The tenth digit is made of the odd and the even places apart, the eleventh of all. */
function turkish(number: string): Verdict {
  const odd = weigh(number, [1, 0, 1, 0, 1, 0, 1, 0, 1])
  const even = weigh(number, [0, 1, 0, 1, 0, 1, 0, 1])
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  return proven(number[0] !== '0' && tenth === valueAt(number, 9) && (odd + even + tenth) % 10 === valueAt(number, 10))
}

/** Each digit moves on by its distance from the end, then counts by a power of two. */
function turkishTax(number: string): Verdict {
  let sum = 0
  for (let at = 0; at < 9; at++) {
    const moved = (valueAt(number, at) + 9 - at) % 10
    if (moved !== 0) sum += (moved * 2 ** (9 - at)) % 9 || 9
  }
  return proven((10 - (sum % 10)) % 10 === valueAt(number, 9))
}

/** Written without its leading zeros by many. */
const israeli = (number: string): Verdict => proven(passesLuhn(number) && !isOneDigit(number))

/** 784 is the Emirates; then the year of birth. */
const emirates = (number: string): Verdict => proven(/^784(?:19|20)/.test(number) && passesLuhn(number))

/** 1 is a citizen, 2 a resident. */
const saudi = (number: string): Verdict =>
  proven(/^[12]/.test(number) && passesLuhn(number) && !isOneDigit(number.slice(1)))

const KUWAITI_WEIGHTS = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** Century, birth date, serial number, check. */
function kuwaiti(number: string): Verdict {
  const century = number.startsWith('2') ? 1900 : 2000
  const dated = isDate(century + numberAt(number, 1, 2), numberAt(number, 3, 2), numberAt(number, 5, 2))
  return proven(/^[23]/.test(number) && dated && 11 - (weigh(number, KUWAITI_WEIGHTS) % 11) === valueAt(number, 11))
}

const AE_WORDS = phrases(`
  emirates id, emirates id number, emirates identity card, eid, eid number, uae id, uae id number, رقم الهوية, الهوية الإماراتية,
  بطاقة الهوية`).concat(ANY_ID)

export const MIDDLE_EAST: readonly IdRule[] = [
  {
    type: 'TR_NATIONAL_ID',
    shapes: ['99999999999', '999 999 999 99'],
    check: turkish,
    words: phrases(`
      tc kimlik, t c kimlik, tckn, tc kimlik no, t c kimlik no, tc kimlik numarasi, kimlik no, kimlik numarasi, tc no,
      t c no, tc, t c, kimlik, turkish id, turkish id number`).concat(ANY_ID),
  },
  {
    type: 'TR_TAX_NUMBER',
    shapes: ['9999999999'],
    check: turkishTax,
    words: phrases('vergi no, vergi numarasi, vergi kimlik no, vergi kimlik numarasi, vkn, turkish tax number').concat(
      TAX_ID,
    ),
  },
  {
    type: 'IL_ID_NUMBER',
    shapes: ['999999999', '99999999-9', '99999999', '9-9999999-9'],
    check: israeli,
    words: phrases(`
      teudat zehut, tz, t z, mispar zehut, israeli id, israeli id number, תעודת זהות, מספר זהות, ת.ז., ת"ז, ת.ז, מספר ת.ז`).concat(
      NATIONAL_ID,
    ),
  },
  {
    type: 'AE_EMIRATES_ID',
    shapes: ['784-9999-9999999-9', '784 9999 9999999 9'],
    check: emirates,
    words: AE_WORDS,
    alone: CERTAIN,
  },
  { type: 'AE_EMIRATES_ID', shapes: ['784999999999999'], check: emirates, words: AE_WORDS, alone: LIKELY },
  {
    type: 'SA_NATIONAL_ID',
    shapes: ['9999999999'],
    check: saudi,
    words: phrases(
      'iqama, iqama number, iqama no, saudi id, saudi national id, absher, رقم الإقامة, الإقامة, إقامة, رقم الهوية الوطنية, رقم الهوية',
    ).concat(NATIONAL_ID),
  },
  {
    type: 'KW_CIVIL_ID',
    shapes: ['999999999999'],
    check: kuwaiti,
    words: phrases('civil id, civil id number, kuwait civil id, الرقم المدني, البطاقة المدنية').concat(ANY_ID),
  },
]
