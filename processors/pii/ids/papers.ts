import type { IdRule } from '../shapes/rule.ts'
import { formed, isOneDigit, proven, proves, unchecked, weigh } from './digits.ts'
import { LINE } from './reach.ts'
import { PASSPORT, phrases } from './words.ts'

/** Papers and numbers of offices that have no check, or none that is published: told by their own words alone. */

const NISS_WEIGHTS = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]
const niss = (number: string): boolean =>
  /^[12]/.test(number) && 9 - (weigh(number, NISS_WEIGHTS) % 10) === Number(number[10])

/** Of the states only São Paulo has a published check; X is ten. */
const SAO_PAULO_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9]
function saoPaulo(number: string): boolean {
  const check = (11 - (weigh(number.slice(0, 8), SAO_PAULO_WEIGHTS) % 11)) % 11
  return /^\d{8}[\dX]$/.test(number) && number[8] === (check === 10 ? 'X' : String(check))
}

const LICENCE_WORDS = phrases(`
  carta de conducao, carta de conducao n, numero da carta de conducao, permis, no de permis, numero de permis de conduire, prawo jazdy, numer prawa jazdy, nr prawa jazdy,
  korkort, korkortsnummer, korkortsnr, forerkort, forerkortnummer, korekort, korekortnummer, ajokortti, ehliyet no, ehliyet numarasi, surucu belgesi no,
  fuhrerausweis, fuhrerausweisnummer, permiso de conducir, carnet de conducir, numero de licencia, brevete, водительское удостоверение, номер водительского удостоверения,
  права номер, 運転免許証番号, 免許証番号, 运转免许证, 驾驶证号, 驾照号, 驾照号码, 운전면허번호, 운전면허증번호, 면허번호`)

export const PAPERS: readonly IdRule[] = [
  {
    type: 'PASSPORT_NUMBER',
    shapes: phrases(
      '9999999, 99999999, A999999, A9999999, A99999999, AA999999, AA9999999, AAA999999, 99AA99999, A999999AA',
    ),
    check: (number) => formed(!isOneDigit(number)),
    words: PASSPORT,
    reach: LINE,
  },
  {
    type: 'DRIVER_LICENSE',
    shapes: phrases(`
      9999999, 99999999, 999999999, 9999999999, 999999999999, 99-99-999999-99, 99 99 999999, 9999 999999, A-9999999, AA-9999999, A-99999999, A9999999, A99999999,
      A999999999, AA999999, AA9999999, A9999-999999-99, A9999-99999-99999, 99999/99/9999, 99999999-9999, 999999-9999, 9999999-9, 99-99-99-999999-99`),
    check: (number) => formed(!isOneDigit(number)),
    words: LICENCE_WORDS,
    reach: LINE,
  },
  {
    type: 'UK_PUPIL_NUMBER',
    shapes: ['A999999999999', 'A99999999999A'],
    check: unchecked,
    words: phrases('upn, unique pupil number, pupil number'),
  },
  {
    type: 'US_IMMIGRATION_NUMBER',
    shapes: [
      'N9999999999',
      'A999999999',
      'A99999999',
      'A 999-999-999',
      'A-999-999-999',
      'A-999999999',
      'A 999 999 999',
      'AAA9999999999',
    ],
    check: unchecked,
    words: phrases(`
      sevis, sevis id, sevis number, sevis no, alien number, alien registration number, a number, uscis number, uscis no, green card number,
      permanent resident card number, uscis receipt number`),
    reach: LINE,
  },
  {
    type: 'US_TRAVELER_NUMBER',
    shapes: ['*********'],
    check: (number) => formed(/\d{2}/.test(number)),
    words: phrases('known traveler number, known traveller number, ktn, redress number, passid, tsa precheck number'),
  },
  {
    type: 'PH_SSS_NUMBER',
    shapes: ['99-9999999-9', '9999999999'],
    check: (number) => formed(!isOneDigit(number)),
    words: phrases('sss, sss no, sss number, sss id, sss num'),
    reach: LINE,
  },
  {
    type: 'BR_IDENTITY_CARD',
    shapes: phrases(`
      99.999.999-9, 99.999.999-A, 99999999-9, 99999999-A, 999999999, 99999999A, AA-99.999.999, AA99999999, AA-9.999.999,
      9.999.999, 99.999.999`),
    check: (number) => (isOneDigit(number) ? 'invalid' : proves(saoPaulo(number))),
    words: phrases(
      'rg, rg no, rg n, numero rg, numero do rg, registro geral, carteira de identidade, cedula de identidade rg, brazilian rg',
    ),
    reach: LINE,
  },
  {
    type: 'BR_VOTER_NUMBER',
    shapes: ['999999999999', '9999 9999 9999'],
    check: (number) => formed(!isOneDigit(number)),
    words: phrases(
      'titulo de eleitor, titulo eleitor, titulo eleitoral, numero do titulo de eleitor, inscricao eleitoral',
    ),
    reach: LINE,
  },
  {
    type: 'PT_SOCIAL_SECURITY',
    shapes: ['99999999999', '99 999 999 999', '999 999 999 99'],
    check: (number) => proven(niss(number)),
    words: phrases('niss, numero de identificacao da seguranca social, numero de seguranca social, seguranca social'),
  },
  {
    type: 'FR_TAX_NUMBER',
    shapes: ['9999999999999', '99 99 999 999 999'],
    check: (number) => formed(/^[0-3]/.test(number)),
    words: phrases(`
      numero fiscal, n fiscal, no fiscal, numero fiscal de reference, spi, numero spi, identifiant fiscal, reference fiscale`),
  },
]
