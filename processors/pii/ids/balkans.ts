import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isDayMonthYear } from './calendar.ts'
import { LIKELY, POSSIBLE } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, valueAt, weigh } from './digits.ts'
import { holdsMod11And10 } from './iso7064.ts'
import { ANY_ID, HEALTH_ID, ID_CARD, NATIONAL_ID, TAX_ID, VAT, phrases } from './words.ts'

/** Romania, Bulgaria, Greece, Croatia, Slovenia and the other successors of Yugoslavia. */

const CNP_WEIGHTS = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]
/** Sex and century by the first digit; 7 to 9 are foreigners, of any century. */
const CNP_CENTURIES: Readonly<Record<string, readonly number[]>> = {
  ...{ 1: [1900], 2: [1900], 3: [1800], 4: [1800], 5: [2000], 6: [2000] },
  ...{ 7: [1900, 2000], 8: [1900, 2000], 9: [1900, 2000] },
}
/** Counties, the sectors of Bucharest, and what newer registers use in their place. */
const COUNTY = /^.{7}(?:0[1-9]|[1-3]\d|4[0-8]|5[12]|70|8[0-3])/
function cnp(number: string): Verdict {
  const rest = weigh(number, CNP_WEIGHTS) % 11
  const dated = (CNP_CENTURIES[number[0]!] ?? []).some((century) =>
    isDate(century + numberAt(number, 1, 2), numberAt(number, 3, 2), numberAt(number, 5, 2)),
  )
  return proven(dated && COUNTY.test(number) && (rest === 10 ? 1 : rest) === valueAt(number, 12))
}

const EGN_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6]
/** The month is 20 higher for those born before 1900, 40 higher since 2000. */
function egn(number: string): Verdict {
  const month = numberAt(number, 2, 2)
  const century = month > 40 ? 2000 : month > 20 ? 1800 : 1900
  const dated = isDate(century + numberAt(number, 0, 2), month % 20, numberAt(number, 4, 2))
  return proven(month < 53 && dated && (weigh(number, EGN_WEIGHTS) % 11) % 10 === valueAt(number, 9))
}

const AFM_WEIGHTS = [256, 128, 64, 32, 16, 8, 4, 2]
function afm(number: string): Verdict {
  const digits = number.slice(-9)
  return proven((weigh(digits, AFM_WEIGHTS) % 11) % 10 === valueAt(digits, 8) && !isOneDigit(digits))
}

const amka = (number: string): Verdict => proven(isDayMonthYear(number) && passesLuhn(number))

const oib = (number: string): Verdict => proven(holdsMod11And10(number.slice(-11)) && !isOneDigit(number))

const EMSO_WEIGHTS = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
/** Day, month, three digits of the year, region, serial number, check; ten and eleven are written as 0. */
function emso(number: string): Verdict {
  const short = numberAt(number, 4, 3)
  const year = short >= 800 ? 1000 + short : 2000 + short
  const dated = isDate(year, numberAt(number, 2, 2), numberAt(number, 0, 2))
  return proven(dated && ((11 - (weigh(number, EMSO_WEIGHTS) % 11)) % 11) % 10 === valueAt(number, 12))
}

const greekCard = (number: string): Verdict => formed(/^[ABEZHIKMNOPTYX]{2}/.test(number))

const RO_WORDS = phrases(`
  cnp, cod numeric personal, codul numeric personal, buletin, carte de identitate, romanian personal code`).concat(
  ANY_ID,
)
const GR_WORDS = phrases(`
  afm, a f m, arithmos forologikou mitroou, forologiko mitroo, greek tax number, greek vat, ΑΦΜ, Α.Φ.Μ, αφμ,
  αριθμός φορολογικού μητρώου`).concat(TAX_ID, VAT)
const HR_WORDS = phrases('oib, osobni identifikacijski broj, oib broj, osobni broj, croatian id').concat(
  NATIONAL_ID,
  TAX_ID,
  VAT,
)

export const BALKANS: readonly IdRule[] = [
  {
    type: 'RO_CNP',
    shapes: ['9999999999999', '9 999999 999999', '9 999999 99 9999', '9-999999-999999'],
    check: cnp,
    words: RO_WORDS,
  },
  {
    type: 'BG_EGN',
    shapes: ['9999999999'],
    check: egn,
    words: phrases(`
      egn, edinen grazhdanski nomer, bulgarian personal number, bulgarian id, ЕГН, егн, единен граждански номер,
      Единен граждански номер`).concat(ANY_ID),
  },
  {
    type: 'GR_AFM',
    shapes: ['EL999999999', 'EL 999999999', 'GR999999999'],
    check: afm,
    words: GR_WORDS,
    alone: LIKELY,
  },
  { type: 'GR_AFM', shapes: ['999999999'], check: afm, words: GR_WORDS },
  {
    type: 'GR_AMKA',
    shapes: ['99999999999', '999999 99999', '999999-99999'],
    check: amka,
    words: phrases(`
      amka, a m k a, arithmos mitroou koinonikis asfalisis, greek social security number, social security number, ΑΜΚΑ,
      αμκα, Α.Μ.Κ.Α`).concat(HEALTH_ID),
  },
  {
    type: 'GR_ID_CARD',
    shapes: ['AA999999', 'AA-999999', 'AA 999999'],
    check: greekCard,
    words: phrases(`
      deltio taftotitas, taftotita, taftotitas, ar taftotitas, adt, greek id card, αριθμός ταυτότητας, ταυτότητα,
      ταυτότητας, δελτίο ταυτότητας, δελτίου ταυτότητας, αριθμός δελτίου ταυτότητας, ΑΔΤ`).concat(ID_CARD),
  },
  { type: 'HR_OIB', shapes: ['HR99999999999', 'HR 99999999999'], check: oib, words: HR_WORDS, alone: LIKELY },
  { type: 'HR_OIB', shapes: ['99999999999'], check: oib, words: HR_WORDS },
  {
    type: 'SI_EMSO',
    shapes: ['9999999999999'],
    check: emso,
    words: phrases(`
      emso, emso stevilka, enotna maticna stevilka obcana, jmbg, maticni broj, jedinstveni maticni broj, jmb, embg,
      unique master citizen number, јмбг, ЈМБГ, ЕМБГ, матични број`).concat(ANY_ID),
    alone: POSSIBLE,
  },
]
