import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts'
import { formed, isOneDigit, numberAt, proven, unchecked, valueAt, weigh } from './digits.ts'
import { DRIVER_SHAPES } from './driver-shapes.ts'
import { HEALTH_ID, PASSPORT, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** The United States and Canada. */

/** Printed in advertisements and tutorials, and since then nobody's. */
const PUBLIC_SSNS = new Set(['078051120', '219099999', '123456789', '987654321'])

/** The areas of before 2011 say nothing any more: all but three are given out. */
function ssn(number: string): Verdict {
  const area = number.slice(0, 3)
  const issued = area !== '000' && area !== '666' && area < '900'
  const numbered = number.slice(3, 5) !== '00' && number.slice(5) !== '0000'
  return proven(issued && numbered && !isOneDigit(number) && !PUBLIC_SSNS.has(number))
}

function itin(number: string): Verdict {
  const group = numberAt(number, 3, 2)
  const used =
    group >= 50 && group !== 66 && group !== 67 && group !== 68 && group !== 69 && group !== 89 && group !== 93
  return proven(number.startsWith('9') && used)
}

/** What no campus of the revenue service gives out. */
const EIN_UNUSED = new Set(phrases('00, 07, 08, 09, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97'))
const ein = (number: string): Verdict => formed(!EIN_UNUSED.has(number.slice(0, 2)) && !isOneDigit(number))

const ABA_WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1]
function aba(number: string): Verdict {
  const district = numberAt(number, 0, 2)
  const known =
    district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district === 80
  return proven(known && weigh(number, ABA_WEIGHTS) % 10 === 0 && number !== '000000000')
}

/** The card issuer number of health care in the United States; part of the check, never written. */
const NPI_ISSUER = '80840'
const npi = (number: string): Verdict =>
  proven(/^[12]/.test(number) && passesLuhn(NPI_ISSUER + number) && !isOneDigit(number.slice(0, 9)))

/** Letters that look like digits are left out. */
const MBI = /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d\d$/
const mbi = (number: string): Verdict => proven(MBI.test(number))

function dea(number: string): Verdict {
  const digits = number.slice(2)
  const sum = weigh(digits, [1, 2, 1, 2, 1, 2])
  return proven(/^[ABCDEFGHJKLMPRSTUX]/.test(number) && sum % 10 === valueAt(digits, 6) && !isOneDigit(digits))
}

/** First digits 0 and 8 were never given to anybody. */
const sin = (number: string): Verdict => proven(/^[1-79]/.test(number) && passesLuhn(number) && !isOneDigit(number))

const ohip = (number: string): Verdict => proven(/^[1-9]/.test(number) && passesLuhn(number.slice(0, 10)))

const SSN_WORDS = phrases(`
  ssn, ssn number, ssns, social security, social security number, social security no, social security card, my social,
  soc sec, soc sec no, socsec, social sec, social sec no, social no,
  his social, her social, your social, our socials, ss number, ss no, ss,
  s s n, s s no, seguro social, numero de seguro social, numero de securite sociale americain`)
const ITIN_WORDS = phrases(
  `itin, itin number, i t i n, individual taxpayer identification number, individual taxpayer id, taxpayer id itin`,
).concat(TAX_ID)
const MBI_WORDS = phrases(`
  mbi, mbi number, m b i, medicare, medicare number, medicare id, medicare beneficiary, medicare beneficiary identifier`)
const SIN_WORDS = phrases(`
  sin, sin number, s i n, social insurance, social insurance number, canadian sin, nas, numero d assurance sociale,
  assurance sociale`)
const OHIP_WORDS = phrases(`
  ohip, ohip number, ontario health card, ontario health insurance, hcn, carte sante, carte sante ontario`).concat(
  HEALTH_ID,
)

const LICENSE_WORDS = phrases(`
  driver license, drivers license, driver s license, driver licence, drivers licence, driver s licence, driving license,
  driving license no, driver license number, drivers license number, driver s license number, driver license no,
  drivers license no, driver s license no, drivers lic, driver lic, driver s lic, driving permit, dl, d l, dl number, dl no,
  d l no, dln, cdl, cdl number, oln, o l n, operator license number, state id, state id number, operator license, operators license, operator s license, licencia de conducir,
  licencia de manejo`)
/** Such numbers are licences beside the word alone, others only beside a driver's. */
const LETTER_FIRST = /^A{1,2}(?:[- ]?9+)+$/

export const AMERICA: readonly IdRule[] = [
  { type: 'US_SSN', shapes: ['999-99-9999'], check: ssn, words: SSN_WORDS, alone: LIKELY },
  {
    type: 'US_SSN',
    shapes: ['999999999', '999 99 9999', '999.99.9999'],
    check: ssn,
    words: SSN_WORDS,
    close: ['social', 'soc'],
  },
  { type: 'US_ITIN', shapes: ['999-99-9999'], check: itin, words: ITIN_WORDS, alone: LIKELY },
  { type: 'US_ITIN', shapes: ['999999999', '999 99 9999'], check: itin, words: ITIN_WORDS },
  {
    type: 'US_EIN',
    shapes: ['99-9999999', '999999999'],
    check: ein,
    words: phrases(`
      ein, ein number, e i n, fein, f e i n, employer identification number, employer id, employer id number, federal tax id,
      federal ein, federal employer identification number, employer tax id, employer tax id number, business tax id,
      irs number`).concat(TAX_ID),
  },
  {
    type: 'ABA_ROUTING_NUMBER',
    shapes: ['999999999', '9999-9999-9', '9999 9999 9'],
    check: aba,
    words: phrases(`
      aba, aba number, aba no, a b a, ach, ach number, routing, routing number, routing no, routing transit number, bank routing, aba routing,
      aba routing number, rtn, ach routing, wire routing, transit number, fedwire, numero de ruta`),
  },
  {
    type: 'US_NPI',
    shapes: ['9999999999'],
    check: npi,
    words: phrases(
      'npi, npi number, npi no, n p i, national provider identifier, provider id, provider number, prescriber npi',
    ),
  },
  { type: 'US_MBI', shapes: ['9A*9-A*9-AA99', '9A*9 A*9 AA99'], check: mbi, words: MBI_WORDS, alone: CERTAIN },
  { type: 'US_MBI', shapes: ['9A*9A*9AA99'], check: mbi, words: MBI_WORDS, alone: LIKELY },
  {
    type: 'US_DEA',
    shapes: ['AA9999999', 'A99999999', 'AA-9999999'],
    check: dea,
    words: phrases(`
      dea, dea number, dea no, d e a, dea registration, dea license, dea licence, dea id, medical license, medical licence,
      drug enforcement administration, controlled substance registration, prescriber dea`),
  },
  {
    type: 'US_PASSPORT',
    shapes: ['999999999', 'A99999999'],
    check: unchecked,
    words: phrases('passport book, passport card').concat(PASSPORT),
  },
  {
    type: 'US_DRIVER_LICENSE',
    shapes: DRIVER_SHAPES.filter((shape) => !LETTER_FIRST.test(shape)),
    check: unchecked,
    words: LICENSE_WORDS,
  },
  {
    type: 'US_DRIVER_LICENSE',
    shapes: DRIVER_SHAPES.filter((shape) => LETTER_FIRST.test(shape)),
    check: unchecked,
    words: phrases('license, license number, license no, license num, licence, lic, lic no, license id').concat(
      LICENSE_WORDS,
    ),
  },
  {
    type: 'US_BANK_NUMBER',
    shapes: Array.from({ length: 10 }, (_, more) => '9'.repeat(8 + more)).concat('999-999999-9', '9999-9999-9999'),
    check: unchecked,
    words: phrases(`
      bank account, bank account number, bank account no, account number, account no, account num, acct number, acct no,
      acct num, acct, account, acc no, acc number, acc num, acc nr, ac no, ac number, a c, a c no, a c number, bank acct, checking account, checking acct, savings account, savings acct, deposit account,
      beneficiary account, wire account, direct deposit, numero de cuenta, numero de cuenta bancaria, cuenta bancaria`),
    close: ['acc', 'ac', 'bank acc', 'dda'],
  },
  { type: 'CA_SIN', shapes: ['999-999-999'], check: sin, words: SIN_WORDS, alone: POSSIBLE },
  { type: 'CA_SIN', shapes: ['999999999', '999 999 999'], check: sin, words: SIN_WORDS },
  {
    type: 'CA_OHIP',
    shapes: ['9999-999-999-AA', '9999 999 999 AA', '9999-999-999 AA'],
    check: ohip,
    words: OHIP_WORDS,
    alone: LIKELY,
  },
  {
    type: 'CA_OHIP',
    shapes: ['9999999999', '9999999999AA', '9999-999-999', '9999 999 999', '9999999999-AA', '9999999999 AA'],
    check: ohip,
    words: OHIP_WORDS,
  },
  {
    type: 'CA_PASSPORT',
    shapes: ['AA999999', 'A999999AA'],
    check: unchecked,
    words: phrases('passeport canadien, numero de passeport canadien, no de passeport canadien').concat(
      PASSPORT_IN.english,
      PASSPORT_IN.french,
    ),
  },
]
