import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { lastOf, numberAt, proven, unchecked, valueAt, weigh } from './digits.ts'
import { ANY_ID, NATIONAL_ID, PASSPORT, PASSPORT_IN, TAX_ID, VAT, phrases } from './words.ts'

/** Spain and Portugal. */

const SPANISH_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
const hasLetter = (number: string): boolean =>
  SPANISH_LETTERS[Number(number.slice(0, -1)) % SPANISH_LETTERS.length] === lastOf(number)

/** Of nationals. K, L and M are for people without a card; their number is one digit shorter. */
const nif = (number: string): Verdict => proven(hasLetter(number.replace(/^[KLM]/, '0')))

/** Of foreigners: X, Y and Z count as 0, 1 and 2. */
const nie = (number: string): Verdict => proven(hasLetter('XYZ'.indexOf(number[0]!) + number.slice(1)))

const COMPANY_LETTERS = 'JABCDEFGHI'
/** Of companies, by their legal form: some have a check digit, some a letter, some either. */
function cif(number: string): Verdict {
  const form = number[0]!
  const last = lastOf(number)
  if (!/[ABCDEFGHJNPQRSUVW]/.test(form)) return 'invalid'
  const check = /\d/.test(last) ? last : String(COMPANY_LETTERS.indexOf(last))
  if (/[ABEH]/.test(form) && check !== last) return 'invalid'
  if (/[NPQRSW]/.test(form) && check === last) return 'invalid'
  return proven(passesLuhn(number.slice(1, 8) + check))
}

/** Two digits on a number of province and serial, mod 97; a serial of seven digits is filled up in front of nothing. */
function affiliation(number: string): Verdict {
  const province = numberAt(number, 0, 2)
  const serial = number.slice(2, -2)
  const body = Number(serial) < 10_000_000 ? Number(serial) + province * 10_000_000 : Number(province + serial)
  return proven(province >= 1 && province <= 66 && body % 97 === Number(number.slice(-2)))
}

const PORTUGUESE_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2]
/** Which first digits there are says who holds the number: people, companies, the state, heirs. */
const PORTUGUESE_HOLDERS = /^(?:[12356]|45|7[0124579]|8|9[0189])/
function portugueseNif(number: string): Verdict {
  const digits = number.slice(-9)
  const check = 11 - (weigh(digits, PORTUGUESE_WEIGHTS) % 11)
  return proven(PORTUGUESE_HOLDERS.test(digits) && (check > 9 ? 0 : check) === valueAt(digits, 8))
}

/** Luhn over letters and digits alike, letters counting from ten. */
function citizenCard(number: string): Verdict {
  let sum = 0
  for (let at = 0; at < number.length; at++) {
    const value = valueAt(number, at) * (at % 2 === 0 ? 2 : 1)
    sum += at % 2 === 0 && value > 9 ? value - 9 : value
  }
  return proven(sum % 10 === 0)
}

const NIF_WORDS = phrases(`
  nif, n i f, dni, d n i, dni number, numero de dni, numero de nif, no de dni, documento nacional de identidad, documento de identidad,
  numero de identificacion fiscal, identificacion fiscal, identidad, nif number, spanish id`).concat(ANY_ID, TAX_ID)
const PT_WORDS = phrases(`
  nif, numero de identificacao fiscal, identificacao fiscal, contribuinte, numero de contribuinte, no contribuinte,
  nipc, numero fiscal, cartao de contribuinte, portuguese tax number`).concat(TAX_ID)

export const IBERIA: readonly IdRule[] = [
  {
    type: 'ES_NIF',
    shapes: ['99999999A', '99999999-A', '99999999 A', '99.999.999-A', '99.999.999 A', '99.999.999A', '99 999 999 A'],
    check: nif,
    words: NIF_WORDS,
    alone: LIKELY,
  },
  { type: 'ES_NIF', shapes: ['K9999999A', 'L9999999A', 'M9999999A'], check: nif, words: NIF_WORDS },
  {
    type: 'ES_NIE',
    shapes: ['X', 'Y', 'Z'].flatMap((first) => [
      ...[`${first}9999999A`, `${first}-9999999-A`, `${first}9999999-A`, `${first} 9999999 A`, `${first}-9999999A`],
      ...[`${first}-9.999.999-A`, `${first} 9.999.999 A`],
    ]),
    check: nie,
    words: phrases(`
      nie, nie number, numero de nie, numero de identidad de extranjero, tarjeta de residencia, extranjero,
      permiso de residencia, foreigner identity number, foreigner id`).concat(ANY_ID, TAX_ID),
    alone: CERTAIN,
  },
  {
    type: 'ES_CIF',
    shapes: [
      'A99999999',
      'A9999999A',
      'A-99999999',
      'A-9999999-A',
      'A-9999999-9',
      'A-9999999A',
      'A 99999999',
      'A 9999999A',
      'A99.999.999',
    ],
    check: cif,
    words: phrases(`
      cif, c i f, cif de la empresa, cif de la sociedad, nif de la empresa, nif de la sociedad, numero de cif,
      codigo de identificacion fiscal, cif empresa, nif, nif empresa, identificacion fiscal, razon social, nif iva,
      spanish company number, company tax id`).concat(TAX_ID, VAT),
  },
  {
    type: 'ES_PASSPORT',
    shapes: ['AAA999999', 'AA999999', 'AAA999999A'],
    check: unchecked,
    words: phrases('pasaporte espanol, numero de pasaporte espanol').concat(PASSPORT),
  },
  {
    type: 'ES_SOCIAL_SECURITY',
    shapes: ['99/99999999/99', '99-99999999-99', '99 99999999 99', '999999999999', '99/9999999999', '99 9999999999'],
    check: affiliation,
    words: phrases(`
      seguridad social, numero de seguridad social, numero de la seguridad social, nuss, naf, nass,
      numero de afiliacion, afiliacion, tarjeta sanitaria, spanish social security number, social security number`),
  },
  { type: 'PT_NIF', shapes: ['999999999', '999 999 999', '999.999.999'], check: portugueseNif, words: PT_WORDS },
  {
    type: 'PT_NIF',
    shapes: ['PT999999999', 'PT 999999999', 'PT 999 999 999'],
    check: portugueseNif,
    words: PT_WORDS.concat(VAT),
    alone: LIKELY,
  },
  {
    type: 'PT_CITIZEN_CARD',
    shapes: ['99999999 9 AA9', '99999999 9 A*9', '999999999AA9', '99999999-9-AA9', '99999999 9AA9'],
    check: citizenCard,
    words: phrases(`
      cartao de cidadao, cartao do cidadao, cc, numero do cartao de cidadao, bilhete de identidade,
      portuguese citizen card`).concat(NATIONAL_ID),
    alone: LIKELY,
  },
  {
    type: 'PT_PASSPORT',
    shapes: ['A999999', 'AA999999'],
    check: unchecked,
    words: phrases('passaporte portugues, numero do passaporte portugues').concat(
      PASSPORT_IN.english,
      PASSPORT_IN.portuguese,
    ),
  },
]
