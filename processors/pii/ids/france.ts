import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { LIKELY, POSSIBLE, PROVEN } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, unchecked, valueAt } from './digits.ts'
import { ID_CARD, PASSPORT, VAT, phrases } from './words.ts'

/** Sex, year and month of birth; months above 12 stand for a birth month that is not known. Corsica is 2A and 2B. */
const NIR_BODY = /^[1-478]\d\d(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)(?:\d\d|2[AB])\d{6}/
const CORSICA: Readonly<Record<string, string>> = { '2A': '19', '2B': '18' }

/** Without its two last digits, the key, a number proves nothing. */
function nir(number: string): Verdict {
  if (!NIR_BODY.test(number)) return 'invalid'
  if (number.length === 13) return 'unknown'
  const department = number.slice(5, 7)
  const body = number.slice(0, 5) + (CORSICA[department] ?? department) + number.slice(7, 13)
  return proven(97 - (Number(body) % 97) === numberAt(number, 13, 2))
}

const siren = (number: string): Verdict => proven(passesLuhn(number) && !isOneDigit(number))

const POST_OFFICE = '356000000'
/** The post has more branches than its number has room for with a Luhn digit: theirs add up to a multiple of five. */
function siret(number: string): Verdict {
  if (!passesLuhn(number.slice(0, 9)) || isOneDigit(number)) return 'invalid'
  if (passesLuhn(number)) return 'valid'
  let sum = 0
  for (let at = 0; at < number.length; at++) sum += valueAt(number, at)
  return proven(number.startsWith(POST_OFFICE) && sum % 5 === 0)
}

/** Before 2021: year and month of issue, department and serial number. */
const oldCard = (number: string): Verdict => formed(numberAt(number, 2, 2) >= 1 && numberAt(number, 2, 2) <= 12)
/** Since 2021: nine random letters and digits, by no published rule. Seldom letters alone; with a vowel that is rather a word. */
const newCard = (number: string): Verdict => formed(/\d/.test(number))
const lettersOnlyCard = (number: string): Verdict => formed(!/[AEIOU]/.test(number))

/** The key is made of the company's number; older and foreign ones have letters. */
function vat(code: string): Verdict {
  const key = code.slice(2, 4)
  if (!passesLuhn(code.slice(4))) return 'invalid'
  return /^\d\d$/.test(key) ? proven((12 + 3 * (numberAt(code, 4, 9) % 97)) % 97 === Number(key)) : 'unknown'
}

const NIR_WORDS = phrases(`
  nir, nirpp, numero de securite sociale, no de securite sociale, n de securite sociale, securite sociale, secu,
  numero de secu, num secu, numero secu, nss, numss, carte vitale, assurance maladie, assure social, insee, numero insee,
  immatriculation sociale, french social security number, social security number, social security`)
const SIRET_WORDS = phrases('siret, numero siret, no siret, code siret, siret number, etablissement')
const CARD_WORDS = phrases(`
  carte nationale d identite, carte d identite, cni, cnie, numero de carte d identite, piece d identite, numero cni,
  titre d identite, carte identite, numero de carte nationale d identite, no cni, numero de cni, no de carte d identite`).concat(
  ID_CARD,
)

export const FRANCE: readonly IdRule[] = [
  {
    type: 'FR_NIR',
    shapes: [
      ...['9 99 99 99 999 999 99', '9.99.99.99.999.999.99', '9-99-99-99-999-999-99'],
      ...['999999A99999999', '9 99 99 9A 999 999 99', '9 99 99 99999 999 99', '9999999999999 99', '9999999999999-99'],
      ...['999999A999999 99', '9 99 99 9A999 999 99'],
    ],
    check: nir,
    words: NIR_WORDS,
    alone: PROVEN,
  },
  // Also what a phone's card may be numbered.
  { type: 'FR_NIR', shapes: ['999999999999999'], check: nir, words: NIR_WORDS, alone: POSSIBLE },
  { type: 'FR_NIR', shapes: ['9999999999999', '999999A999999', '9 99 99 99 999 999'], check: nir, words: NIR_WORDS },
  {
    type: 'FR_SIREN',
    shapes: ['999999999', '999 999 999', '999.999.999', '999-999-999'],
    check: siren,
    words: phrases('siren, numero siren, no siren, code siren, siren number, rcs, registre du commerce'),
  },
  { type: 'FR_SIRET', shapes: ['999 999 999 99999'], check: siret, words: SIRET_WORDS, alone: LIKELY },
  {
    type: 'FR_SIRET',
    shapes: ['99999999999999', '999999999 99999', '999 999 999 999 99'],
    check: siret,
    words: SIRET_WORDS,
  },
  { type: 'FR_CNI', shapes: ['999999999999', '9999 9999 9999'], check: oldCard, words: CARD_WORDS },
  { type: 'FR_CNI', shapes: ['*********'], check: newCard, words: CARD_WORDS },
  { type: 'FR_CNI', shapes: ['AAAAAAAAA'], check: lettersOnlyCard, words: CARD_WORDS, capitals: true },
  {
    type: 'FR_PASSPORT',
    shapes: ['99AA99999', '99 AA 99999'],
    check: unchecked,
    words: phrases('passeport francais, numero de passeport francais').concat(PASSPORT),
  },
  {
    type: 'FR_DRIVER_LICENSE',
    shapes: ['999999999999', '99AA99999'],
    check: unchecked,
    words: phrases(`
      permis de conduire, numero de permis, numero de permis de conduire, permis, permis b, no de permis,
      french driving licence, french driving license, french driver license, driving licence, driving license`),
  },
  {
    type: 'FR_VAT_CODE',
    shapes: ['FR**999999999', 'FR** 999999999', 'FR ** 999999999', 'FR ** 999 999 999', 'FR** 999 999 999'],
    check: vat,
    words: phrases('tva, numero de tva, no tva, tva intracommunautaire, numero tva, n tva').concat(VAT),
    alone: PROVEN,
  },
]
