import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isLongDate } from './calendar.ts'
import { CERTAIN, LIKELY, POSSIBLE, PROVEN } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, unchecked, weigh } from './digits.ts'
import { remainder97 } from './iso7064.ts'
import { holdsVerhoeff } from './verhoeff.ts'
import { ANY_ID, NATIONAL_ID, PASSPORT_IN, TAX_ID, VAT, phrases } from './words.ts'

/** The Netherlands, Belgium and Luxembourg. */

const ELEVEN_TEST = [9, 8, 7, 6, 5, 4, 3, 2, -1]
/** Old numbers of eight digits stand for nine with a zero in front. */
const bsn = (number: string): Verdict =>
  proven(weigh(number.padStart(9, '0'), ELEVEN_TEST) % 11 === 0 && !isOneDigit(number) && !number.startsWith('000'))

/** Since 2020 the check runs over the letters too; before, the digits were the company's number. */
function dutchVat(code: string): Verdict {
  const digits = code.slice(2, 11)
  return proven(remainder97(code) === 1 || (weigh(digits, ELEVEN_TEST) % 11 === 0 && !isOneDigit(digits)))
}

/** Numbers for people who are not registered add 20 or 40 to the month; a birth date not known is zeros. */
function isBelgianDate(number: string, century: number): boolean {
  const month = numberAt(number, 2, 2) % 20
  const day = numberAt(number, 4, 2)
  if (month === 0) return numberAt(number, 2, 2) <= 40
  return day === 0 || isDate(century + numberAt(number, 0, 2), month, day)
}

/** For those born since 2000 the key counts a 2 in front of the number. */
function belgian(number: string): Verdict {
  const key = numberAt(number, 9, 2)
  const body = numberAt(number, 0, 9)
  const before2000 = 97 - (body % 97) === key && isBelgianDate(number, 1900)
  const since2000 = 97 - ((2_000_000_000 + body) % 97) === key && isBelgianDate(number, 2000)
  return proven((before2000 || since2000) && !isOneDigit(number.slice(0, 9)))
}

const belgianCompany = (number: string): Verdict => {
  const digits = number.slice(-10)
  return proven(/^[01]/.test(digits) && 97 - (numberAt(digits, 0, 8) % 97) === numberAt(digits, 8, 2))
}

/** Two check digits over the same eleven: Luhn's, then Verhoeff's. */
const matricule = (number: string): Verdict =>
  proven(isLongDate(number) && passesLuhn(number.slice(0, 12)) && holdsVerhoeff(number.slice(0, 11) + number[12]!))

const BSN_WORDS = phrases(`
  bsn, bsn nummer, burgerservicenummer, burger service nummer, sofinummer, sofi nummer, sofi, persoonsnummer,
  citizen service number, dutch social security number`).concat(NATIONAL_ID)
const BE_WORDS = phrases(`
  rijksregisternummer, rijksregister, rrn, insz, insz nummer, niss, numero national, numero de registre national,
  registre national, nationaal nummer, numero niss, bis nummer, national register number, belgian national number,
  nationalregisternummer, rijksregisternr, rijksregister nr, registre national, no de registre national,
  social security number`).concat(ANY_ID)

const BE_COMPANY_WORDS = phrases(`
  ondernemingsnummer, kbo, kbo nummer, numero d entreprise, numero entreprise, numero bce, bce, btw, btw nummer, tva, numero de tva,
  belgian company number, enterprise number`).concat(VAT)

export const BENELUX: readonly IdRule[] = [
  { type: 'NL_BSN', shapes: ['9999.99.999'], check: bsn, words: BSN_WORDS, alone: POSSIBLE },
  {
    type: 'NL_BSN',
    shapes: ['999999999', '99999999', '999 999 999', '9999 99 999', '999.999.999', '999-999-999'],
    check: bsn,
    words: BSN_WORDS,
  },
  {
    type: 'NL_VAT_CODE',
    shapes: [
      'NL999999999B99',
      'NL 999999999 B99',
      'NL999999999 B99',
      'NL 9999.99.999.B.99',
      'NL9999.99.999.B.99',
      'NL 999999999B99',
    ],
    check: dutchVat,
    words: phrases('btw, btw nummer, btw id, btw nr, btw identificatienummer, omzetbelastingnummer').concat(VAT),
    alone: PROVEN,
  },
  {
    type: 'NL_PASSPORT',
    shapes: ['AA******9'],
    check: (number) => formed(!/O/.test(number)),
    words: phrases('nederlands paspoort, documentnummer').concat(PASSPORT_IN.english, PASSPORT_IN.dutch),
  },
  {
    type: 'NL_DRIVER_LICENSE',
    shapes: ['9999999999'],
    check: unchecked,
    words: phrases('rijbewijs, rijbewijsnummer, dutch driving licence'),
  },
  {
    type: 'BE_NATIONAL_NUMBER',
    shapes: [
      '99.99.99-999.99',
      '99.99.99-999-99',
      '99.99.99.999.99',
      '99-99-99-999-99',
      '99 99 99 999 99',
      '99.99.99 999.99',
    ],
    check: belgian,
    words: BE_WORDS,
    alone: CERTAIN,
  },
  {
    type: 'BE_NATIONAL_NUMBER',
    shapes: ['99999999999', '999999-999-99', '999999 999 99', '999999 99999'],
    check: belgian,
    words: BE_WORDS,
  },
  {
    type: 'BE_COMPANY_NUMBER',
    shapes: ['BE9999999999', 'BE 9999.999.999', 'BE 9999999999', 'BE9999.999.999', 'BE 9999 999 999', '9999.999.999'],
    check: belgianCompany,
    words: BE_COMPANY_WORDS,
    alone: LIKELY,
  },
  {
    type: 'BE_COMPANY_NUMBER',
    shapes: ['9999999999', '9999 999 999'],
    check: belgianCompany,
    words: BE_COMPANY_WORDS,
  },
  {
    type: 'LU_MATRICULE',
    shapes: ['9999999999999', '9999 9999 99999', '99999999 99999', '99999999-99999'],
    check: matricule,
    words: phrases(`
      matricule, numero d identification national, matricule nationale, cns, numero de matricule, luxembourg id,
      sozialversicherungsnummer, social security number`).concat(ANY_ID, TAX_ID),
    alone: LIKELY,
  },
]
