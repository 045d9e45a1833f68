import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isLongDate, isShortDate } from './calendar.ts'
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts'
import { lastOf, numberAt, proven, proves, valueAt, weigh } from './digits.ts'
import { ANY_ID, COMPANY_ID, TAX_ID, VAT, phrases } from './words.ts'

/** Sweden, Norway, Denmark, Finland and Iceland. */

/** Coordination numbers, for people who are not registered, add 60 to the day. */
function personnummer(number: string): Verdict {
  const short = number.slice(-10)
  const day = numberAt(short, 4, 2) > 60 ? numberAt(short, 4, 2) - 60 : numberAt(short, 4, 2)
  const plainDay = short.slice(0, 4) + String(day).padStart(2, '0')
  const dated =
    number.length === 12
      ? isLongDate(number.slice(0, 2) + plainDay)
      : isShortDate(numberAt(short, 0, 2), numberAt(short, 2, 2), day)
  return proven(dated && passesLuhn(short))
}

/** The third digit is at least 2, which no month begins with. The state puts 16 before it. */
function organisation(number: string): Verdict {
  const short = number.slice(-10)
  const prefix = number.slice(0, -10)
  return proven((prefix === '' || prefix === '16') && valueAt(short, 2) >= 2 && passesLuhn(short))
}

const NORWEGIAN_FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const NORWEGIAN_SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** The three digits behind the date tell the century. */
function norwegianYear(year: number, individual: number): number {
  if (individual < 500) return 1900 + year
  if (individual < 750 && year >= 54) return 1800 + year
  if (year < 40) return 2000 + year
  return individual >= 900 ? 1900 + year : Number.NaN
}

/** Numbers of the tax office add 40 to the day; of health care 40, of synthetic people 80 and 65 to the month. */
function fodselsnummer(number: string): Verdict {
  const day = numberAt(number, 0, 2) % 40
  const month = numberAt(number, 2, 2)
  const plain = month > 80 ? month - 80 : month > 65 ? month - 65 : month > 40 ? month - 40 : month
  const year = norwegianYear(numberAt(number, 4, 2), numberAt(number, 6, 3))
  const holds = weigh(number, NORWEGIAN_FIRST) % 11 === 0 && weigh(number, NORWEGIAN_SECOND) % 11 === 0
  return proven(holds && isDate(year, plain, day))
}

const DANISH_WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** The seventh digit tells the century. */
function danishYear(year: number, seventh: number): number {
  if (seventh < 4) return 1900 + year
  if (seventh === 4 || seventh === 9) return year < 37 ? 2000 + year : 1900 + year
  return year < 58 ? 2000 + year : 1800 + year
}

/** Since 2007 there are days with more births than numbers that pass the check. */
function cpr(number: string): Verdict {
  const year = danishYear(numberAt(number, 4, 2), valueAt(number, 6))
  if (!isDate(year, numberAt(number, 2, 2), numberAt(number, 0, 2))) return 'invalid'
  return proves(weigh(number, DANISH_WEIGHTS) % 11 === 0)
}

const CVR_WEIGHTS = [2, 7, 6, 5, 4, 3, 2, 1]
const cvr = (number: string): Verdict => proven(number[0] !== '0' && weigh(number, CVR_WEIGHTS) % 11 === 0)

const NORWEGIAN_COMPANY = [3, 2, 7, 6, 5, 4, 3, 2, 1]
const norwegianCompany = (number: string): Verdict =>
  proven(/^[89]/.test(number) && weigh(number, NORWEGIAN_COMPANY) % 11 === 0)

const FINNISH_CHECKS = '0123456789ABCDEFHJKLMNPRSTUVWXY'
/** The sign between date and serial tells the century; signs that are no letters are gone from the compact form. */
const FINNISH_CENTURIES: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(Array.from('ABCDEF', (sign) => [sign, [2000]])),
  ...Object.fromEntries(Array.from('YXWVU', (sign) => [sign, [1900]])),
  '': [1800, 1900],
}
function henkilotunnus(number: string): Verdict {
  const sign = number.length === 11 ? number[6]! : ''
  const serial = number.slice(-4, -1)
  const dated = (FINNISH_CENTURIES[sign] ?? []).some((century) =>
    isDate(century + numberAt(number, 4, 2), numberAt(number, 2, 2), numberAt(number, 0, 2)),
  )
  const check = FINNISH_CHECKS[Number(number.slice(0, 6) + serial) % 31]
  return proven(dated && serial >= '002' && /^\d+$/.test(serial) && check === lastOf(number))
}

const FINNISH_COMPANY = [7, 9, 10, 5, 8, 4, 2, 1]
const finnishCompany = (number: string): Verdict => proven(weigh(number, FINNISH_COMPANY) % 11 === 0)

const ICELANDIC_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2, 1]
const ICELANDIC_CENTURIES: Readonly<Record<string, number>> = { 8: 1800, 9: 1900, 0: 2000 }
/** Companies add 40 to the day. The last digit is the century. */
function kennitala(number: string): Verdict {
  const century = ICELANDIC_CENTURIES[lastOf(number)]
  if (century === undefined) return 'invalid'
  const day = numberAt(number, 0, 2)
  const dated = isDate(century + numberAt(number, 4, 2), numberAt(number, 2, 2), day > 40 ? day - 40 : day)
  return proven(dated && weigh(number, ICELANDIC_WEIGHTS) % 11 === 0)
}

const SE_WORDS = phrases(`
  personnummer, personnr, pers nr, persnr, pnr, samordningsnummer, person nr, svenskt personnummer, swedish personal number,
  swedish personal identity number, social security number`).concat(ANY_ID)
const SE_ORGANISATION_WORDS = phrases(`
  organisationsnummer, orgnr, org nr, org nummer, org no, organisation number, organization number, company number,
  momsregistreringsnummer, momsnummer`)
const NO_WORDS = phrases(`
  fodselsnummer, foedselsnummer, fnr, f nr, personnummer, fodselsnr, d nummer, dnummer, dnr, norwegian id,
  norwegian national identity number, birth number, social security number`).concat(ANY_ID)
const DK_WORDS = phrases(`
  cpr, cpr nummer, cprnummer, cpr nr, cprnr, cpr number, personnummer, danish personal number,
  social security number`).concat(ANY_ID)
const FI_WORDS = phrases(`
  henkilotunnus, hetu, henkilotunnukseni, henkilotunnuksensa, henkilonumero, sosiaaliturvatunnus, sotu, personbeteckning,
  finnish personal identity code, hetun, social security number`).concat(ANY_ID)
const IS_WORDS = phrases(`
  kennitala, kennitolu, kennitalan, kt, social security number`).concat(ANY_ID)

export const NORDIC: readonly IdRule[] = [
  {
    type: 'SE_PERSONNUMMER',
    shapes: ['99999999-9999', '99999999+9999'],
    check: personnummer,
    words: SE_WORDS,
    alone: CERTAIN,
  },
  {
    type: 'SE_PERSONNUMMER',
    shapes: ['999999-9999', '999999+9999'],
    check: personnummer,
    words: SE_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'SE_PERSONNUMMER',
    shapes: ['9999999999', '999999999999', '999999 9999', '99999999 9999'],
    check: personnummer,
    words: SE_WORDS,
  },
  {
    type: 'SE_ORGANISATIONSNUMMER',
    shapes: ['999999-9999', '9999999999', '16999999-9999', '169999999999'],
    check: organisation,
    words: SE_ORGANISATION_WORDS,
  },
  {
    type: 'SE_ORGANISATIONSNUMMER',
    shapes: ['SE999999999901', 'SE 999999999901', 'SE 999999-9999-01', 'SE999999-999901', 'SE 999999-9999 01'],
    check: (number) => organisation(number.slice(2, -2)),
    words: phrases('momsnummer, momsregistreringsnummer, moms nr, momsregnr, vat nr').concat(VAT),
    alone: POSSIBLE,
  },
  {
    type: 'NO_FODSELSNUMMER',
    shapes: ['99999999999', '999999 99999', '999999-99999'],
    check: fodselsnummer,
    words: NO_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'NO_ORGANISASJONSNUMMER',
    shapes: ['999999999', '999 999 999'],
    check: norwegianCompany,
    words: phrases(
      'organisasjonsnummer, organisasjonsnr, orgnr, org nr, orgnummer, foretaksnummer, brreg, norwegian company number',
    ).concat(COMPANY_ID),
  },
  { type: 'DK_CPR', shapes: ['999999-9999'], check: cpr, words: DK_WORDS, alone: POSSIBLE },
  { type: 'DK_CPR', shapes: ['9999999999', '999999 9999'], check: cpr, words: DK_WORDS },
  {
    type: 'DK_CVR',
    shapes: ['99999999', '99 99 99 99', 'DK99999999', 'DK 99999999'],
    check: (number) => cvr(number.slice(-8)),
    words: phrases('cvr, cvr nummer, cvr nr, cvrnr, se nummer, moms nr, danish company number').concat(VAT),
  },
  {
    type: 'FI_PERSONAL_IDENTITY_CODE',
    shapes: ['999999-999*', '999999+999*', '999999A999*'],
    check: henkilotunnus,
    words: FI_WORDS,
    alone: CERTAIN,
  },
  {
    type: 'FI_BUSINESS_ID',
    shapes: ['9999999-9'],
    check: finnishCompany,
    words: phrases(
      'y tunnus, ytunnus, yritystunnus, yhteisotunnus, fo nummer, business id, finnish business id',
    ).concat(TAX_ID),
  },
  {
    type: 'FI_BUSINESS_ID',
    shapes: ['FI99999999', 'FI 99999999', 'FI-99999999'],
    check: (number) => finnishCompany(number.slice(2)),
    words: phrases('alv numero, alv nro, alv tunniste, alv').concat(VAT),
  },
  { type: 'IS_KENNITALA', shapes: ['999999-9999'], check: kennitala, words: IS_WORDS, alone: LIKELY },
  { type: 'IS_KENNITALA', shapes: ['9999999999', '999999 9999'], check: kennitala, words: IS_WORDS },
]
