import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDayMonthYear } from './calendar.ts'
import { CERTAIN, LIKELY } from './confidence.ts'
import { numberAt, proven, proves, twoDigits, unchecked, valueAt, weigh, weighCrossSums } from './digits.ts'
import { holdsTravelCheck } from './icao.ts'
import { holdsMod11And10 } from './iso7064.ts'
import { HEALTH_ID, ID_CARD, PASSPORT_IN, SOCIAL_SECURITY, TAX_ID, VAT, phrases } from './words.ts'

/** Of the first ten digits exactly one comes more than once: twice or three times. */
function repeatsOneDigit(body: string): boolean {
  const repeated = Array.from(new Set(body)).filter((digit) => body.split(digit).length > 2)
  return repeated.length === 1 && body.split(repeated[0]!).length <= 4
}

/** The tax number for life. A leading zero marks a number made for tests; a digit that comes three times never does so in a row. */
function taxId(number: string): Verdict {
  const body = number.slice(0, 10)
  const given = !number.startsWith('0') && repeatsOneDigit(body) && !/(.)\1\1/.test(body)
  return proven(given && holdsMod11And10(number))
}

const PENSION_WEIGHTS = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]
/** Office, birth date, initial, serial number and check digit. */
function pension(number: string): Verdict {
  const digits = number.slice(0, 8) + twoDigits(number[8]!) + number.slice(9, 11)
  const holds = weighCrossSums(digits, PENSION_WEIGHTS) % 10 === valueAt(number, 11)
  return proven(holds && isDayMonthYear(number, 2) && numberAt(number, 0, 2) >= 2)
}

const HEALTH_WEIGHTS = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]
function health(number: string): Verdict {
  const digits = twoDigits(number[0]!) + number.slice(1, 9)
  return proven(weighCrossSums(digits, HEALTH_WEIGHTS) % 10 === valueAt(number, 9))
}

const DOCTOR_WEIGHTS = [4, 9, 4, 9, 4, 9, 1]
/** Six digits and a check; two more name the specialty. */
const doctor = (number: string): Verdict => proven(weigh(number, DOCTOR_WEIGHTS) % 10 === 0)

/** Letters that make no words and look like no digit. */
const SERIAL = /^[CFGHJKLMNPRTVWXYZ0-9]+$/
const withCheckDigit =
  (first: RegExp) =>
  (number: string): Verdict => {
    if (!first.test(number) || !SERIAL.test(number)) return 'invalid'
    return number.length === 9 ? 'unknown' : proven(holdsTravelCheck(number))
  }
const idCard = withCheckDigit(/^[LMNPRTVWXY]/)
const passport = withCheckDigit(/^[CFGHJK]/)

/** The check of VAT codes is not official: one that fails may still be in use. */
const vat = (code: string): Verdict => (code[2] === '0' ? 'invalid' : proves(holdsMod11And10(code.slice(2))))

const TAX_WORDS = phrases(`
  steuer id, steuerid, steuer identifikationsnummer, steueridentifikationsnummer, steuerliche identifikationsnummer,
  identifikationsnummer, identifikations nr, steueridnr, steuer identifikations nr, idnr, id nr, steuer idnr, steuer identnummer, steuer ident nr, tin, german tax id, tax id`).concat(
  TAX_ID.filter((word) => word !== 'tin' && word !== 'tax id'),
)

const ID_CARD_WORDS = phrases(`
  personalausweis, personalausweisnummer, personalausweis nr, ausweisnummer, ausweis nr, ausweis, perso, nationaler ausweis,
  ausweisdokument, dokumentennummer, personalausweisnr, ausweisnr, bundespersonalausweis`).concat(ID_CARD)
const PASSPORT_WORDS = phrases('deutscher pass').concat(PASSPORT_IN.german, PASSPORT_IN.english)

export const GERMANY: readonly IdRule[] = [
  { type: 'DE_TAX_ID', shapes: ['99 999 999 999', '99-999-999-999'], check: taxId, words: TAX_WORDS, alone: LIKELY },
  { type: 'DE_TAX_ID', shapes: ['99999999999', '99999 999999'], check: taxId, words: TAX_WORDS },
  {
    type: 'DE_SOCIAL_SECURITY',
    shapes: [
      '99999999A999',
      '99 999999 A 999',
      '99 999999 A 99 9',
      '99 999999 A999',
      '99-999999-A-999',
      '99999999 A 999',
    ],
    check: pension,
    words: phrases(`
      rentenversicherungsnummer, rentenversicherung, rvnr, rv nummer, rv nr, sozialversicherungsnummer,
      sozialversicherung, sv nummer, svnr, sv nr, versicherungsnummer, sozialversicherungsausweis, vsnr,
      pension insurance number`).concat(SOCIAL_SECURITY),
    alone: CERTAIN,
  },
  {
    type: 'DE_HEALTH_INSURANCE',
    shapes: ['A999999999', 'A 999999999', 'A999 999 999', 'A 999 999 999', 'A99 9999999', 'A-999999999'],
    check: health,
    words: phrases(`
      krankenversichertennummer, krankenversichertennr, krankenversicherungsnummer, krankenversicherungsnr, krankenversicherung, krankenkasse, kvnr, kv nummer, kv nr,
      versichertennummer, versichertennr, versicherten nr, vers nr, versnr, kvn, kv versichertennummer, versicherten id, gesundheitskarte, egk, gesundheitskartennummer`).concat(
      HEALTH_ID,
    ),
  },
  {
    type: 'DE_LANR',
    shapes: ['999999999', '999999 9 99', '9999999 99'],
    check: doctor,
    words: phrases('lanr, lebenslange arztnummer, arztnummer, arzt nr, arztnr, physician number, doctor number'),
  },
  {
    type: 'DE_BSNR',
    shapes: ['999999999'],
    check: unchecked,
    words: phrases('bsnr, betriebsstattennummer, betriebsstaettennummer, betriebsstatten nr, nbsnr, praxisnummer'),
  },
  {
    type: 'DE_ID_CARD',
    shapes: ['A********', 'A********9', 'A******** 9'],
    check: idCard,
    words: ID_CARD_WORDS,
  },
  { type: 'DE_ID_CARD', shapes: ['AAAAAAAAA'], check: idCard, words: ID_CARD_WORDS, capitals: true },
  {
    type: 'DE_PASSPORT',
    shapes: ['A********', 'A********9', 'A******** 9'],
    check: passport,
    words: PASSPORT_WORDS,
  },
  { type: 'DE_PASSPORT', shapes: ['AAAAAAAAA'], check: passport, words: PASSPORT_WORDS, capitals: true },
  {
    type: 'DE_VAT_CODE',
    shapes: ['DE999999999', 'DE 999999999', 'DE 999 999 999', 'DE-999999999'],
    check: vat,
    words: phrases(`
      ust id, ust idnr, ust id nr, ustid, ustidnr, umsatzsteuer id, umsatzsteuer identifikationsnummer,
      umsatzsteueridentifikationsnummer, umsatzsteuer, mehrwertsteuernummer, uid nummer, mwst nr`).concat(VAT),
    alone: LIKELY,
  },
  {
    type: 'DE_TAX_NUMBER',
    shapes: ['99/999/99999', '999/999/99999', '999/9999/9999', '99999/99999', '9999999999999', '99 999 99999'],
    check: unchecked,
    words: phrases('steuernummer, steuer nr, steuernr, st nr, stnr, finanzamt, german tax number').concat(TAX_ID),
  },
  {
    type: 'DE_DRIVER_LICENSE',
    shapes: ['A99********'],
    check: unchecked,
    words: phrases(`
      fuhrerschein, fuhrerscheins, fuhrerscheinnummer, fuehrerschein, fuehrerscheinnummer, fuhrerschein nr, fahrerlaubnis,
      fahrerlaubnisnummer, driving licence, driver license, drivers license, driver s license, driving license`),
  },
]
