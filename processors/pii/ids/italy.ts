import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isShortDate } from './calendar.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, unchecked, valueAt } from './digits.ts'
import { ANY_ID, ID_CARD, PASSPORT, TAX_ID, VAT, phrases } from './words.ts'

/** What a character in an odd place (first, third, ...) counts: by digit, and the same for the first ten letters. */
const ODD_DIGITS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
const ODD_LETTERS = [...ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function fiscalValue(code: string, at: number): number {
  const value = valueAt(code, at)
  const letter = value > 9 ? value - 10 : value
  return at % 2 === 0 ? (value > 9 ? ODD_LETTERS[letter]! : ODD_DIGITS[letter]!) : letter
}

/** Where two people would have the same code, digits are written as letters, from the right. */
const OMOCODIA = 'LMNPQRSTUV'
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14]
const FORM = /^[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/
const MONTHS = 'ABCDEHLMPRST'

function withDigits(code: string): string {
  const characters = Array.from(code)
  for (const place of DIGIT_PLACES) {
    const digit = OMOCODIA.indexOf(characters[place]!)
    if (digit !== -1) characters[place] = String(digit)
  }
  return characters.join('')
}

/** Letters of the names, birth date (40 more for women), place of birth, check letter. */
function fiscalCode(code: string): Verdict {
  const plain = withDigits(code)
  if (!FORM.test(plain)) return 'invalid'
  let sum = 0
  for (let at = 0; at < 15; at++) sum += fiscalValue(code, at)
  if (sum % 26 !== valueAt(code, 15) - 10) return 'invalid'
  const day = numberAt(plain, 9, 2)
  return proven(isShortDate(numberAt(plain, 6, 2), MONTHS.indexOf(plain[8]!) + 1, day > 40 ? day - 40 : day))
}

/** The eighth to tenth digits are the office: a province, or one of the few beyond. */
function vat(code: string): Verdict {
  const digits = code.slice(-11)
  const office = numberAt(digits, 7, 3)
  const known = (office >= 1 && office <= 100) || office === 120 || office === 121 || office === 888 || office === 999
  return proven(known && passesLuhn(digits) && !isOneDigit(digits))
}

/** Numbers of people who have no other code are companies' numbers too; the word decides. */
const VAT_WORDS = phrases(`
  partita iva, p iva, piva, part iva, numero partita iva, numero di partita iva, iva, codice iva, italian vat`).concat(
  VAT,
)

const driver = (number: string): Verdict => formed(/^(?:[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z])$/.test(number))

export const ITALY: readonly IdRule[] = [
  {
    type: 'IT_FISCAL_CODE',
    shapes: [
      'AAAAAA**A**A***A',
      'AAA AAA **A** A***A',
      'AAAAAA **A** A***A',
      'AAA-AAA-**A**-A***A',
      'AAAAAA **A**A***A',
    ],
    check: fiscalCode,
    words: phrases(`
      codice fiscale, cod fisc, cod fiscale, codicefiscale, cf, c f, fiscal code, tessera sanitaria, italian tax code`).concat(
      ANY_ID,
      TAX_ID,
    ),
    alone: CERTAIN,
  },
  {
    type: 'IT_VAT_CODE',
    shapes: ['IT99999999999', 'IT 99999999999', 'IT-99999999999'],
    check: vat,
    words: VAT_WORDS,
    alone: LIKELY,
  },
  { type: 'IT_VAT_CODE', shapes: ['99999999999'], check: vat, words: VAT_WORDS },
  {
    type: 'IT_IDENTITY_CARD',
    shapes: ['AA99999AA', 'AA9999999', 'AA 9999999', '9999999AA', 'AA 99999 AA'],
    check: unchecked,
    words: phrases(`
      carta d identita, carta identita, cie, carta di identita, numero carta d identita, documento di identita,
      documento d identita, numero documento, carta identita elettronica, carta d identita elettronica, numero cie, numero carta identita,
      numero della carta d identita, c i`).concat(ID_CARD),
  },
  {
    type: 'IT_PASSPORT',
    shapes: ['AA9999999', 'AA 9999999'],
    check: unchecked,
    words: phrases('passaporto italiano, numero di passaporto italiano').concat(PASSPORT),
  },
  {
    type: 'IT_DRIVER_LICENSE',
    shapes: ['AA9999999A', 'U1*******A', 'AA 9999999 A', 'AA9999999 A'],
    check: driver,
    words: phrases('patente, patente di guida, numero patente, numero di patente, patente b, italian driving licence'),
  },
]
