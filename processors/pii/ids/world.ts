import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts'
import { COUNTRIES } from './countries.ts'
import { formed, isOneDigit, numberAt, proven, proves, valueAt } from './digits.ts'
import { remainder97 } from './iso7064.ts'
import { MOBILE_COUNTRIES } from './mobile-countries.ts'
import { phrases } from './words.ts'

/** Vehicles, phones, securities, banks and cards: the same in every country. */

/** Everyday words that have a country's code where a bank's code has it. */
const NO_BANKS = new Set(
  phrases(`
    CUSTOMER, DOCUMENT, LANGUAGE, ANALYSIS, EXCHANGE, EXPENSES, RECEIVER, SECURITY, COMPLETE, PERSONAL, CHECKING,
    TRANSFER, REQUIRED, INTERNAL, FOLLOWED, PROVIDED, PROVIDES, SHOULDER, DOCUMENTS, DEPOSITS, DOMESTIC, SAVINGS`),
)

function bic(code: string): Verdict {
  return formed(COUNTRIES.has(code.slice(4, 6)) && !NO_BANKS.has(code))
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const VIN_VALUES = '12345678123457923456789'
const CHECK_DIGIT_PLACE = 8

const vinValue = (character: string): number => Number(VIN_VALUES[VIN_LETTERS.indexOf(character)] ?? character)

/**
 * North America and China prescribe the check digit; elsewhere its place is the maker's. Without a letter beyond F it may
 * be a piece of something hexadecimal, and only words tell.
 */
function vin(number: string): Verdict {
  if (/^0X[0-9A-F]*$|[IOQ]/.test(number) || !/[A-Z]/.test(number) || !/\d{4}$/.test(number)) return 'invalid'
  let sum = 0
  for (let at = 0; at < VIN_WEIGHTS.length; at++) sum += vinValue(number[at]!) * VIN_WEIGHTS[at]!
  if ('0123456789X'[sum % 11] === number[CHECK_DIGIT_PLACE]) return proves(/[G-Z]/.test(number))
  return formed(!/^[1-5L]/.test(number))
}

const imei = (number: string): Verdict => proven(passesLuhn(number) && !isOneDigit(number))

/** Twenty digits are an older layout, whose last digit is not always a check. */
function iccid(number: string): Verdict {
  if (!number.startsWith('89')) return 'invalid'
  return number.length === 19 ? proven(passesLuhn(number)) : proves(passesLuhn(number))
}

const imsi = (number: string): Verdict => formed(MOBILE_COUNTRIES.has(number.slice(0, 3)))

const lei = (code: string): Verdict => proven(/[A-Z]/.test(code) && remainder97(code) === 1)

/** Numbering agencies without a country: Clearstream and Euroclear, the substitutes, the EU, and those of the ANNA. */
const ISIN_PREFIXES = new Set(['XS', 'XA', 'XB', 'XC', 'XD', 'XF', 'XT', 'XX', 'EU', 'QS', 'QT'])

/** With few digits it may be somebody's nickname (`MariaKelly17`), and only words tell. */
const MANY_DIGITS = /(?:\d.*){5}/
function isin(code: string): Verdict {
  const prefix = code.slice(0, 2)
  if (!COUNTRIES.has(prefix) && !ISIN_PREFIXES.has(prefix)) return 'invalid'
  const expanded = Array.from(code, (_, at) => valueAt(code, at)).join('')
  return passesLuhn(expanded) ? proves(MANY_DIGITS.test(code)) : 'invalid'
}

function cusip(code: string): Verdict {
  let sum = 0
  for (let at = 0; at < 8; at++) {
    const value = valueAt(code, at) * (at % 2 === 0 ? 1 : 2)
    sum += Math.floor(value / 10) + (value % 10)
  }
  return proven(/\d.*\d/.test(code) && (10 - (sum % 10)) % 10 === valueAt(code, 8))
}

/** Beside the words of a card or a lock, four digits like these are rather the year in which something expires. */
function secretDigits(digits: string): Verdict {
  const year = numberAt(digits, 0, 4)
  return formed(digits.length !== 4 || year < 2000 || year > 2049)
}

const VIN_WORDS = phrases(`
  vin, vin number, vin no, vin nr, vin code, vehicle id, vehicle id number, vehicle identification, vehicle identification number,
  vehicle identification no, vehicle serial number, chassis, chassis number, chassis no, chassis nr, frame number,
  fahrgestellnummer, fahrgestellnr, fahrgestell nr, fahrgestell, fahrzeugidentifikationsnummer, fahrzeugidentnummer,
  fahrzeugidentnr, fahrzeug identnummer, fahrzeug ident nr, fahrzeug identifizierungsnummer,
  fahrzeug identifikationsnummer, fahrzeugidentifizierungsnummer, fin, fin nummer, fin nr, vin nummer, fgst nr,
  numero de chassis, no de chassis, n de chassis, numero chassis, numero vin, code vin, numero de serie du vehicule,
  numero d identification du vehicule, numero de chasis, no de chasis, chasis, bastidor, numero de bastidor,
  no de bastidor, codigo vin, niv, numero de identificacion vehicular, numero de identificacion del vehiculo,
  numero di telaio, numero telaio, n telaio, telaio, codice telaio, codice vin, chassi, numero do chassi, numero de chassi,
  numero do quadro, chassisnummer, chassisnr, voertuigidentificatienummer, framenummer, numer vin, nr vin, kod vin,
  numer nadwozia, nr nadwozia, numer podwozia, numer identyfikacyjny pojazdu, sasi, sasi no, sasi numarasi, sase no,
  sase numarasi, chassinummer, chassinr, stelnummer, stelnr, understellsnummer, alustanumero, valmistenumero, vin kod,
  cislo karoserie, serie sasiu, numar de identificare, alvazszam, αριθμός πλαισίου, номер кузова, номер шасси, вин,
  вин код, 车架号, 车辆识别代号, 车辆识别码, 車台番号, 차대번호, رقم الهيكل, رقم الشاسيه, चेसिस नंबर`)
const IMEI_WORDS = phrases(`
  imei, imei number, imei no, device imei, international mobile equipment identity, numer imei, imeisv`)
const ICCID_WORDS = phrases(`
  iccid, iccid number, sim card number, sim number, sim serial, sim card, sim, integrated circuit card identifier, sim kartennummer,
  numero de sim, carte sim, tarjeta sim, scheda sim, simkaart, karta sim, esim, sim card no, sim card id, simkarte,
  sim karte, simkartennummer, sim nummer, numero de carte sim, numero de tarjeta sim, numero scheda sim, numero sim,
  numero della sim, simkaartnummer, simkort, sim kort, simkortsnummer, cartao sim, numero do cartao sim, numer karty sim,
  numer sim, numer iccid, numero iccid, sim kart, sim kart numarasi, sim kart no, iccid nummer, iccid kod`)

const PIN_WORDS = phrases(`
  pin, pin code, pin number, pin no, pin nr, atm pin, card pin, sim pin, personal identification number, geheimzahl,
  pin nummer, code pin, code secret, codigo pin, numero pin, codice pin, kod pin, numer pin, pin kodu, pin kod, pinkod,
  пин код, пин-код, 暗証番号, 비밀번호, 密码`)

/** What a hospital calls its patients by: layouts that other identifiers have too, so that none is looked for in vain. */
const RECORD_SHAPES = [
  ...['99999', '999999', '9999999', '99999999', '999999999', '9999999999', '99-99-99', '99-999-999', '999-999-999'],
  ...[
    'A999999',
    'A9999999',
    'A99999999',
    'AA999999',
    'AA9999999',
    'AAA999999',
    'AAA9999999',
    'AAA-999999',
    'AA-999999',
  ],
  ...['AA-99999', 'AA-9999999', 'AAA-9999', 'AAA-99999', 'AAA-9999999', 'AAA-99999999', 'AAA99999', 'AAA99999999'],
  ...['A-99999', 'A-999999', 'A-9999999', 'A-9999-9999', 'A99999', 'AA99999', 'AA99999999', '99999-9', '999999-9'],
]
const RECORD_WORDS = phrases(`
  mrn, mrn no, mrn number, medical record, medical record number, medical record no, med rec no, med rec number, medical rec no,
  hospital number, hospital no, patient mrn, patient id, patient no, patient number, patient identifier, chart number, chart no, health record number, patient record number, unit record number,
  patient hospital number, fallnummer patient, patientennummer, patienten nr, patientennr, patienten id, krankenblattnummer, numero de dossier medical,
  numero dossier medical, numero patient, numero de patient, id patient, ipp, id paciente, numero de paciente, codigo del paciente, cod paziente, codice paziente, id paziente, numero do paciente, codigo do paciente, numero de historia clinica, historia clinica, numero de historia, nhc, n h c,
  numero de expediente clinico, cartella clinica, numero cartella clinica, numero di cartella clinica, numero do prontuario, prontuario,
  numero de processo clinico, patientnummer, patientennummer zis, zis nummer, numer historii choroby, hasta no, protokol numarasi,
  journalnummer, 病历号, 住院号, カルテ番号, 診察券番号, 환자번호, 등록번호 환자, رقم الملف الطبي, номер истории болезни`)

export const WORLD: readonly IdRule[] = [
  {
    type: 'BIC_CODE',
    shapes: ['AAAAAA**', 'AAAAAA*****', 'AAAAAA** ***'],
    check: bic,
    words: phrases(`
      bic, bic code, swift bic, bic swift, swift code, swift, swift number, bank identifier code, code bic, code swift,
      codigo swift, codigo bic, codice bic, bicfi, bic fi, bank bic, bic kodu, swift kodu, swift bic code, bic nummer, swift kod, kod swift, kod bic`),
    capitals: true,
  },
  { type: 'VIN', shapes: ['*****************'], check: vin, words: VIN_WORDS, alone: LIKELY },
  { type: 'VIN', shapes: ['*** ****** ********', '***-******-********'], check: vin, words: VIN_WORDS },
  {
    type: 'IMEI',
    shapes: ['99-999999-999999-9', '99 999999 999999 9', '999999-99-999999-9', '999999/99/999999/9'],
    check: imei,
    words: IMEI_WORDS,
    alone: LIKELY,
  },
  { type: 'IMEI', shapes: ['999999999999999'], check: imei, words: IMEI_WORDS },
  {
    type: 'ICCID',
    shapes: ['8999999999999999999', '8999 9999 9999 9999 999', '8999-9999-9999-9999-999'],
    check: iccid,
    words: ICCID_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'ICCID',
    shapes: ['89999999999999999999', '8999 9999 9999 9999 9999', '8999-9999-9999-9999-9999'],
    check: iccid,
    words: ICCID_WORDS,
  },
  {
    type: 'IMSI',
    shapes: ['999999999999999', '99999999999999', '999 99 9999999999', '999 999 999999999', '999-99-9999999999'],
    check: imsi,
    words: phrases('imsi, imsi number, international mobile subscriber identity, subscriber identity, numer imsi'),
  },
  {
    type: 'LEI',
    shapes: ['******************99'],
    check: lei,
    words: phrases(`
      lei, lei code, legal entity identifier, lei number, code lei, codigo lei, codice lei, lei nummer, kod lei`),
    alone: CERTAIN,
  },
  {
    type: 'ISIN',
    shapes: ['AA*********9', 'AA *** *** *** 9', 'AA-*********-9'],
    check: isin,
    words: phrases(`
      isin, isin code, isin number, security identifier, securities identification number, wertpapierkennnummer, wkn,
      code isin, codigo isin, codice isin, isin kod, kod isin`),
    alone: POSSIBLE,
  },
  {
    type: 'CUSIP',
    shapes: ['********9', '****** ** 9', '******-**-9'],
    check: cusip,
    words: phrases('cusip, cusip number, cusip no, cusip id'),
  },
  {
    type: 'CVV',
    shapes: ['999', '9999'],
    check: secretDigits,
    words: phrases(`
      cvv, cvc, cvn, csc, cvv code, cvc code, cvv number, cvc number, card verification, card verification value,
      card verification code, card security code, security code, sicherheitscode, prufnummer, kartenprufnummer, kartenprufziffer, prufziffer, pruefziffer,
      pruefnummer, cryptogramme, cryptogramme visuel, code de securite, codigo de seguridad, codigo de seguranca,
      codice di sicurezza, beveiligingscode, kod cvv, kod cvc, kod zabezpieczajacy, sakerhetskod, guvenlik kodu,
      digits on the back, digits on back, code on the back, code on back, number on the back, code at the back, digit code,
      numbers on the back, chiffres au dos, ziffern auf der ruckseite, digitos del reverso, cifre sul retro, numeros atras,
      код безопасности, セキュリティコード, 安全码`),
    glued: ['cvv', 'cvc'],
  },
  {
    type: 'MEDICAL_RECORD_NUMBER',
    shapes: RECORD_SHAPES,
    check: (number) => formed(!isOneDigit(number)),
    words: RECORD_WORDS,
  },
  { type: 'PIN', shapes: ['9999', '99 99', '99999'], check: secretDigits, words: PIN_WORDS.concat('pincode') },
  // Six digits beside `pincode` are a post office in India.
  { type: 'PIN', shapes: ['999999'], check: secretDigits, words: PIN_WORDS },
]
