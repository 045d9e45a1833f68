import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate } from './calendar.ts'
import { LIKELY } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, proves, valueAt, weigh } from './digits.ts'
import { ANY_ID, HEALTH_ID, NATIONAL_ID, TAX_ID, VAT, phrases } from './words.ts'

/** Poland, the Czech Republic and Slovakia, Hungary. */

const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]
const PESEL_CENTURIES = [1900, 2000, 2100, 2200, 1800]
/** The century is added to the month, in steps of 20. */
function pesel(number: string): Verdict {
  const month = numberAt(number, 2, 2)
  const century = PESEL_CENTURIES[Math.floor(month / 20)]!
  const dated = isDate(century + numberAt(number, 0, 2), month % 20, numberAt(number, 4, 2))
  return proven(dated && weigh(number, PESEL_WEIGHTS) % 10 === 0)
}

const NIP_WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7]
/** A remainder of ten is not given out. */
function nip(number: string): Verdict {
  const digits = number.slice(-10)
  return proven(weigh(digits, NIP_WEIGHTS) % 11 === valueAt(digits, 9) && !isOneDigit(digits))
}

const REGON_SHORT = [8, 9, 2, 3, 4, 5, 6, 7]
const REGON_LONG = [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]
const regonHolds = (number: string, weights: readonly number[]): boolean =>
  (weigh(number, weights) % 11) % 10 === valueAt(number, weights.length)
/** A branch's number begins with that of its company. */
const regon = (number: string): Verdict =>
  proven(
    !isOneDigit(number) && regonHolds(number, REGON_SHORT) && (number.length === 9 || regonHolds(number, REGON_LONG)),
  )

/** Three letters, the check digit, five digits. Nine times the check completes the sum to a multiple of ten. */
const CARD_WEIGHTS = [7, 3, 1, 9, 7, 3, 1, 7, 3]
const polishCard = (number: string): Verdict => proven(weigh(number, CARD_WEIGHTS) % 10 === 0)

/** Two letters, the check digit, six digits; older books may have none. */
const PASSPORT_WEIGHTS = [7, 3, 9, 1, 7, 3, 1, 7, 3]
const polishPassport = (number: string): Verdict => proves(weigh(number, PASSPORT_WEIGHTS) % 10 === 0)

/** Women add 50 to the month; 20 more are added where a day's numbers are used up. */
function isCzechDate(number: string, century: number): boolean {
  const month = numberAt(number, 2, 2) % 50
  const year = century + numberAt(number, 0, 2)
  return isDate(year, month > 20 && year >= 2004 ? month - 20 : month, numberAt(number, 4, 2))
}

/** Nine digits, without a check, before 1954. Until 1985 a remainder of ten was written as 0. */
function birthNumber(number: string): Verdict {
  const year = numberAt(number, 0, 2)
  if (number.length === 9) return formed(year < 54 && isCzechDate(number, 1900) && !number.endsWith('000'))
  const rest = numberAt(number, 0, 9) % 11
  return proven(isCzechDate(number, year < 54 ? 2000 : 1900) && rest % 10 === valueAt(number, 9))
}

const ICO_WEIGHTS = [8, 7, 6, 5, 4, 3, 2]
const ico = (number: string): Verdict =>
  proven((11 - (weigh(number, ICO_WEIGHTS) % 11)) % 10 === valueAt(number, 7) && !isOneDigit(number))

const TAJ_WEIGHTS = [3, 7, 3, 7, 3, 7, 3, 7]
const taj = (number: string): Verdict =>
  proven(weigh(number, TAJ_WEIGHTS) % 10 === valueAt(number, 8) && !isOneDigit(number))

const HUNGARIAN_TAX = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** 8, days since 1867, serial number, check. */
const hungarianTax = (number: string): Verdict =>
  proven(number.startsWith('8') && weigh(number, HUNGARIAN_TAX) % 11 === valueAt(number, 9))

const NIP_WORDS = phrases(`
  nip, numer nip, nr nip, numer identyfikacji podatkowej, polish tax id, polish vat`).concat(TAX_ID, VAT)

export const CENTRAL_EUROPE: readonly IdRule[] = [
  {
    type: 'PL_PESEL',
    shapes: ['99999999999', '999999 99999', '999999-99999'],
    check: pesel,
    words: phrases('pesel, numer pesel, nr pesel, numeru pesel, peselu, polish national id').concat(ANY_ID),
  },
  {
    type: 'PL_NIP',
    shapes: ['999-999-99-99', '999-99-99-999', 'PL9999999999', 'PL 9999999999', 'PL 999-999-99-99', 'PL999-999-99-99'],
    check: nip,
    words: NIP_WORDS,
    alone: LIKELY,
  },
  { type: 'PL_NIP', shapes: ['9999999999', '999 999 99 99', '999 99 99 999'], check: nip, words: NIP_WORDS },
  {
    type: 'PL_REGON',
    shapes: ['999999999', '99999999999999', '999-999-999', '999 999 999', '999999999-99999'],
    check: regon,
    words: phrases('regon, numer regon, nr regon, rejestr gospodarki narodowej'),
  },
  {
    type: 'PL_ID_CARD',
    shapes: ['AAA999999', 'AAA 999999', 'AAA-999999'],
    check: polishCard,
    words: phrases(`
      dowod osobisty, dowodu osobistego, numer dowodu, nr dowodu, seria i numer dowodu, numer dowodu osobistego, dowod,
      polish id card`).concat(NATIONAL_ID),
  },
  {
    type: 'PL_PASSPORT',
    shapes: ['AA9999999', 'AA 9999999'],
    check: polishPassport,
    words: phrases('paszport, paszportu, nr paszportu, numer paszportu, polish passport, polish passport number'),
  },
  {
    type: 'CZ_BIRTH_NUMBER',
    shapes: ['999999/9999'],
    check: birthNumber,
    words: phrases('rodne cislo, rodneho cisla, rc, r c, czech birth number, slovak birth number, birth number').concat(
      NATIONAL_ID,
    ),
    alone: LIKELY,
  },
  {
    type: 'CZ_BIRTH_NUMBER',
    shapes: ['9999999999', '999999/999', '999999999', '999999 9999', '999999-9999'],
    check: birthNumber,
    words: phrases('rodne cislo, rodneho cisla, rc, r c, birth number').concat(NATIONAL_ID),
  },
  {
    type: 'CZ_ICO',
    shapes: ['99999999', '999 99 999'],
    check: ico,
    words: phrases(
      'ico, ic, identifikacni cislo, identifikacni cislo osoby, identifikacne cislo organizacie, czech company number',
    ),
  },
  {
    type: 'HU_TAJ',
    shapes: ['999999999', '999 999 999', '999-999-999'],
    check: taj,
    words: phrases(`
      taj, taj szam, tajszam, taj kartya, tarsadalombiztositasi azonosito, tarsadalombiztositasi azonosito jel,
      tarsadalombiztositas, hungarian social security number`).concat(HEALTH_ID),
  },
  {
    type: 'HU_TAX_ID',
    shapes: ['8999999999', '8999 999 999', '8 999 999 999'],
    check: hungarianTax,
    words: phrases('adoazonosito, adoazonosito jel, adoszam, ado azonosito, hungarian tax id').concat(TAX_ID),
  },
]
