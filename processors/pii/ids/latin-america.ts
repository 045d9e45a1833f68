import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate, isShortDate } from './calendar.ts'
import { CERTAIN, LIKELY, POSSIBLE, PROVEN } from './confidence.ts'
import { isOneDigit, lastOf, numberAt, proven, proves, unchecked, valueAt, weigh } from './digits.ts'
import { ANY_ID, NATIONAL_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** Brazil, Mexico and Spanish-speaking America. */

const CPF_FIRST = [10, 9, 8, 7, 6, 5, 4, 3, 2]
const CPF_SECOND = [11, ...CPF_FIRST]
/** What is left of eleven; nothing where one or none is. */
const fromEleven = (sum: number): number => (sum % 11 < 2 ? 0 : 11 - (sum % 11))
const cpf = (number: string): Verdict =>
  proven(
    !isOneDigit(number) &&
      fromEleven(weigh(number, CPF_FIRST)) === valueAt(number, 9) &&
      fromEleven(weigh(number, CPF_SECOND)) === valueAt(number, 10),
  )

const CNPJ_FIRST = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
const CNPJ_SECOND = [6, ...CNPJ_FIRST]
/** Since July 2026 there are letters; each counts as far from the digit 0 as it stands in ASCII, A being 17. */
function weighCnpj(number: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += (number.charCodeAt(at) - 48) * weights[at]!
  return sum
}
const cnpj = (number: string): Verdict =>
  proven(
    /\d\d$/.test(number) &&
      !isOneDigit(number) &&
      fromEleven(weighCnpj(number, CNPJ_FIRST)) === valueAt(number, 12) &&
      fromEleven(weighCnpj(number, CNPJ_SECOND)) === valueAt(number, 13),
  )

const CNH_FIRST = [9, 8, 7, 6, 5, 4, 3, 2, 1]
const CNH_SECOND = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** A first check of ten is written as 0 and takes two from the second. */
function cnh(number: string): Verdict {
  const first = weigh(number, CNH_FIRST) % 11
  const second = (weigh(number, CNH_SECOND) % 11) - (first > 9 ? 2 : 0)
  const plain = ((second + 11) % 11) % 10
  return proven(!isOneDigit(number) && (first > 9 ? 0 : first) === valueAt(number, 9) && plain === valueAt(number, 10))
}

const PIS_WEIGHTS = [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
const pis = (number: string): Verdict =>
  proven(!isOneDigit(number) && fromEleven(weigh(number, PIS_WEIGHTS)) === valueAt(number, 10))

const MEXICAN_STATES = new Set(
  phrases(`
    AS, BC, BS, CC, CL, CM, CS, CH, DF, DG, GT, GR, HG, JC, MC, MN, MS, NT, NL, OC, PL, QT, QR, SP, SL, SR, TC, TS, TL,
    VZ, YN, ZS, NE`),
)
const CURP_FORM = /^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z0-9]\d$/
/** N with a tilde stands between N and O and moves what follows. */
const CURP_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'
/** Before the last digit stands a digit for those born in the last century, a letter for those born in this one. */
function curp(code: string): Verdict {
  if (!CURP_FORM.test(code) || !MEXICAN_STATES.has(code.slice(11, 13))) return 'invalid'
  const century = /\d/.test(code[16]!) ? 1900 : 2000
  if (!isDate(century + numberAt(code, 4, 2), numberAt(code, 6, 2), numberAt(code, 8, 2))) return 'invalid'
  let sum = 0
  for (let at = 0; at < 17; at++) sum += CURP_ALPHABET.indexOf(code[at]!) * (18 - at)
  return proven((10 - (sum % 10)) % 10 === valueAt(code, 17))
}

const RFC_ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
/** Given to everybody without one: the public, and foreigners. */
const RFC_GENERIC = new Set(['XAXX010101000', 'XEXX010101000'])
/** Companies have a letter less, counted as a blank. Older codes do not all bear the check. */
function rfc(code: string): Verdict {
  if (RFC_GENERIC.has(code)) return 'invalid'
  const full = code.padStart(13, ' ')
  if (!isShortDate(numberAt(full, 4, 2), numberAt(full, 6, 2), numberAt(full, 8, 2))) return 'invalid'
  let sum = 0
  for (let at = 0; at < 12; at++) sum += RFC_ALPHABET.indexOf(full[at]!) * (13 - at)
  return proves('0A987654321'[sum % 11] === full[12])
}

const nss = (number: string): Verdict => proven(passesLuhn(number) && !isOneDigit(number))

const CUIT_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
const CUIT_HOLDERS = /^(?:2[034567]|3[034]|5[015])/
/** A remainder that leaves ten gets another prefix instead. */
const cuit = (number: string): Verdict =>
  proven(CUIT_HOLDERS.test(number) && (11 - (weigh(number, CUIT_WEIGHTS) % 11)) % 11 === valueAt(number, 10))

/** Weights 2 to 7 from the right, again and again; K is a check of ten. */
function rut(number: string): Verdict {
  const body = number.slice(0, -1)
  let sum = 0
  for (let place = 0; place < body.length; place++) sum += valueAt(body, body.length - 1 - place) * (2 + (place % 6))
  return proven('0K987654321'[sum % 11] === lastOf(number) && !isOneDigit(body))
}

/** From the right. */
const NIT_WEIGHTS = [3, 7, 13, 17, 19, 23, 29, 37, 41]
function nit(number: string): Verdict {
  const body = number.slice(0, -1)
  const sum = weigh(Array.from(body).toReversed().join(''), NIT_WEIGHTS.slice(0, body.length)) % 11
  return proven((sum < 2 ? sum : 11 - sum) === Number(lastOf(number)) && !isOneDigit(body))
}

const RUC_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
const ruc = (number: string): Verdict =>
  proven(/^(?:10|15|16|17|20)/.test(number) && (11 - (weigh(number, RUC_WEIGHTS) % 11)) % 10 === valueAt(number, 10))

/** Province, then a digit of at most six, then Luhn's check. */
const ecuadorian = (number: string): Verdict =>
  proven(/^(?:0[1-9]|1\d|2[0-4]|30)[0-6]/.test(number) && passesLuhn(number))

const URUGUAYAN_WEIGHTS = [2, 9, 8, 7, 6, 3, 4, 1]
const uruguayan = (number: string): Verdict =>
  proven(weigh(number.padStart(8, '0'), URUGUAYAN_WEIGHTS) % 10 === 0 && !isOneDigit(number))

const CPF_WORDS = phrases(
  'cpf, cpf number, c p f, numero do cpf, cadastro de pessoas fisicas, cpf mf, brazilian tax id',
).concat(TAX_ID, ANY_ID)
const CNPJ_WORDS = phrases(
  'cnpj, numero do cnpj, cadastro nacional da pessoa juridica, cnpj mf, brazilian company number',
).concat(TAX_ID)
const CUIT_WORDS = phrases(
  'cuit, cuil, numero de cuit, cuit cuil, clave unica de identificacion tributaria, argentinian tax id',
).concat(TAX_ID)
const RUT_WORDS = phrases(
  'rut, r u t, run, r u n, numero de rut, numero de run, rol unico tributario, rol unico nacional, cedula de identidad, chilean id, chilean rut',
).concat(NATIONAL_ID, TAX_ID)
const NIT_WORDS = phrases(
  'nit, n i t, numero de nit, numero de identificacion tributaria, numero nit, colombian tax id, identificacion tributaria',
).concat(TAX_ID)

export const LATIN_AMERICA: readonly IdRule[] = [
  { type: 'BR_CPF', shapes: ['999.999.999-99'], check: cpf, words: CPF_WORDS, alone: PROVEN },
  {
    type: 'BR_CPF',
    shapes: ['99999999999', '999999999-99', '999 999 999 99', '999.999.999.99', '999-999-999-99'],
    check: cpf,
    words: CPF_WORDS,
  },
  {
    type: 'BR_CNPJ',
    shapes: ['99.999.999/9999-99', '**.***.***/****-99'],
    check: cnpj,
    words: CNPJ_WORDS,
    alone: PROVEN,
  },
  {
    type: 'BR_CNPJ',
    shapes: ['99999999999999', '************99', '99999999/9999-99', '99 999 999 9999 99', '99999999/999999'],
    check: cnpj,
    words: CNPJ_WORDS,
  },
  {
    type: 'BR_CNH',
    shapes: ['99999999999'],
    check: cnh,
    words: phrases(
      'cnh, carteira de motorista, carteira nacional de habilitacao, habilitacao, numero da cnh, registro cnh',
    ),
  },
  {
    type: 'BR_PIS',
    shapes: ['999.99999.99-9', '99999999999', '999.9999.999-9'],
    check: pis,
    words: phrases('pis, pasep, pis pasep, nis, nit, numero do pis, pis nis'),
  },
  {
    type: 'MX_CURP',
    shapes: ['AAAA999999AAAAAA*9', 'AAAA 999999 AAAAAA *9', 'AAAA-999999-AAAAAA-*9', 'AAAA 999999 AAAAAA*9'],
    check: curp,
    words: phrases('curp, clave unica de registro de poblacion, clave curp, mexican id').concat(ANY_ID),
    alone: PROVEN,
  },
  {
    type: 'MX_RFC',
    shapes: ['AAAA999999***', 'AAA999999***', 'AAAA-999999-***', 'AAA-999999-***', 'AAAA 999999 ***', 'AAAA999999-***'],
    check: rfc,
    words: phrases('rfc, registro federal de contribuyentes, clave rfc, mexican tax id').concat(TAX_ID),
    alone: LIKELY,
  },
  {
    type: 'MX_NSS',
    shapes: ['99999999999', '99-99-99-9999-9', '99 99 99 9999 9'],
    check: nss,
    words: phrases('nss, imss, numero de seguridad social, seguro social, numero de seguro social, afiliacion imss'),
  },
  { type: 'AR_CUIT', shapes: ['99-99999999-9'], check: cuit, words: CUIT_WORDS, alone: LIKELY },
  {
    type: 'AR_CUIT',
    shapes: ['99999999999', '99 99999999 9', '99.99999999.9', '99/99999999/9'],
    check: cuit,
    words: CUIT_WORDS,
  },
  {
    type: 'AR_DNI',
    shapes: ['99.999.999', '99999999', '9.999.999'],
    check: unchecked,
    words: phrases(
      'dni, documento nacional de identidad, documento nacional identidad, numero de dni, dni argentino, dni nro',
    ),
  },
  { type: 'CL_RUT', shapes: ['99.999.999-*', '9.999.999-*'], check: rut, words: RUT_WORDS, alone: CERTAIN },
  { type: 'CL_RUT', shapes: ['99999999-*', '9999999-*'], check: rut, words: RUT_WORDS, alone: POSSIBLE },
  { type: 'CL_RUT', shapes: ['99999999*', '99 999 999-*', '9999999*'], check: rut, words: RUT_WORDS },
  { type: 'CO_NIT', shapes: ['999.999.999-9', '99.999.999-9'], check: nit, words: NIT_WORDS, alone: POSSIBLE },
  {
    type: 'CO_NIT',
    shapes: ['999999999-9', '9999999999', '99999999-9', '999 999 999 9', '999 999 999-9'],
    check: nit,
    words: NIT_WORDS,
  },
  {
    type: 'CO_CEDULA',
    shapes: ['9.999.999.999', '99.999.999', '9999999999', '99999999'],
    check: unchecked,
    words: phrases('cedula, cedula de ciudadania, cedula ciudadania, c c, numero de cedula, cedula de extranjeria'),
  },
  {
    type: 'PE_RUC',
    shapes: ['99999999999'],
    check: ruc,
    words: phrases('ruc, numero de ruc, registro unico de contribuyentes, peruvian tax id').concat(TAX_ID),
  },
  {
    type: 'EC_CEDULA',
    shapes: ['9999999999', '999999999-9'],
    check: ecuadorian,
    words: phrases('cedula, cedula de identidad, numero de cedula, cedula ecuatoriana, cedula de ciudadania').concat(
      NATIONAL_ID,
    ),
  },
  {
    type: 'UY_CI',
    shapes: ['9.999.999-9', '9999999-9', '99999999'],
    check: uruguayan,
    words: phrases(
      'cedula, cedula de identidad, ci, c i, numero de cedula, cedula uruguaya, cedula de identidad uruguaya',
    ).concat(NATIONAL_ID),
  },
  {
    type: 'BR_PASSPORT',
    shapes: ['AA999999'],
    check: unchecked,
    words: phrases('passaporte brasileiro, brazilian passport, brazilian passport number').concat(
      PASSPORT_IN.portuguese,
    ),
  },
  {
    type: 'MX_PASSPORT',
    shapes: ['A99999999', '99999999999'],
    check: unchecked,
    words: phrases('pasaporte mexicano, mexican passport, mexican passport number').concat(PASSPORT_IN.spanish),
  },
]
