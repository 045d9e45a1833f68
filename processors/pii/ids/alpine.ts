import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isShortDate } from './calendar.ts'
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts'
import { numberAt, proven, unchecked, valueAt, weigh, weighCrossSums } from './digits.ts'
import { HEALTH_ID, NATIONAL_ID, PASSPORT_IN, SOCIAL_SECURITY, VAT, phrases } from './words.ts'

/** Austria and Switzerland. */

const AUSTRIAN_WEIGHTS = [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]
/** The fourth digit is the check. When a day's numbers are used up, months 13 to 15 stand for more of them. */
function svnr(number: string): Verdict {
  const holds = weigh(number, AUSTRIAN_WEIGHTS) % 11 === valueAt(number, 3)
  const month = numberAt(number, 6, 2)
  const plain = month > 12 && month < 16 ? 12 : month
  return proven(number[0] !== '0' && holds && isShortDate(numberAt(number, 8, 2), plain, numberAt(number, 4, 2)))
}

const AUSTRIAN_VAT = [1, 2, 1, 2, 1, 2, 1]
/** The letters of the country are three: ATU. */
function austrianVat(code: string): Verdict {
  const digits = code.slice(3)
  const check = (96 - weighCrossSums(digits, AUSTRIAN_VAT)) % 10
  return proven(code.startsWith('ATU') && check === valueAt(digits, 7))
}

const EAN_WEIGHTS = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]
/** 756 is Switzerland; the check is that of bar codes. */
const ahv = (number: string): Verdict => proven(number.startsWith('756') && weigh(number, EAN_WEIGHTS) % 10 === 0)

const SWISS_COMPANY = [5, 4, 3, 2, 7, 6, 5, 4, 1]
const swissCompany = (code: string): Verdict => proven(weigh(code.slice(3, 12), SWISS_COMPANY) % 11 === 0)

const SVNR_WORDS = phrases(`
  svnr, sv nummer, sv nr, sozialversicherungsnummer, sozialversicherung, versicherungsnummer, vsnr, e card, ecard`).concat(
  SOCIAL_SECURITY,
  HEALTH_ID,
)
const AHV_WORDS = phrases(`
  ahv, ahv nummer, ahvnummer, ahv nr, ahvn, sozialversicherungsnummer, avs, numero avs, no avs, navs, numero d avs,
  numero ahv, numero di assicurato, social security number, nss`).concat(NATIONAL_ID)

export const ALPINE: readonly IdRule[] = [
  { type: 'AT_SVNR', shapes: ['9999 999999', '9999-999999'], check: svnr, words: SVNR_WORDS, alone: POSSIBLE },
  { type: 'AT_SVNR', shapes: ['9999999999', '9999 99 99 99', '9999/999999'], check: svnr, words: SVNR_WORDS },
  {
    type: 'AT_VAT_CODE',
    shapes: ['AAA99999999', 'AAA 99999999', 'AA U99999999'],
    check: austrianVat,
    words: phrases('uid, uid nummer, uid nr, umsatzsteuer identifikationsnummer, ust id, atu').concat(VAT),
    alone: LIKELY,
  },
  {
    type: 'AT_PASSPORT',
    shapes: ['A9999999', 'A 9999999', 'AA9999999'],
    check: unchecked,
    words: phrases('osterreichischer pass, austrian passport, austrian passport number').concat(PASSPORT_IN.german),
  },
  {
    type: 'CH_AHV',
    shapes: ['756.9999.9999.99', '756-9999-9999-99', '756 9999 9999 99'],
    check: ahv,
    words: AHV_WORDS,
    alone: CERTAIN,
  },
  { type: 'CH_AHV', shapes: ['7569999999999'], check: ahv, words: AHV_WORDS, alone: POSSIBLE },
  {
    type: 'CH_UID',
    shapes: ['CHE-999.999.999', 'CHE999999999', 'CHE 999 999 999', 'CHE-999999999', 'CHE 999.999.999'],
    check: swissCompany,
    words: phrases(
      'uid, uid nummer, unternehmens identifikationsnummer, ide, numero ide, idi, mwst nummer, mwst',
    ).concat(VAT),
    alone: LIKELY,
  },
  {
    type: 'CH_PASSPORT',
    shapes: ['A9999999', 'A99A9999'],
    check: unchecked,
    words: phrases(
      'schweizer pass, schweizer reisepass, schweizerpass, passeport suisse, passaporto svizzero, swiss passport, swiss passport number',
    ),
  },
]
