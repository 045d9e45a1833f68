import { passesLuhn } from '../luhn.ts'
import type { IdRule, Verdict } from '../shapes/rule.ts'
import { LIKELY, POSSIBLE, PROVEN } from './confidence.ts'
import { formed, numberAt, proven, proves, valueAt, unchecked } from './digits.ts'
import { holdsVerhoeff } from './verhoeff.ts'
import { NATIONAL_ID, PASSPORT, TAX_ID, VEHICLE, phrases } from './words.ts'

/** India and Pakistan. */

const isPalindrome = (digits: string): boolean => digits === Array.from(digits).toReversed().join('')
const aadhaar = (number: string): Verdict =>
  proven(/^[2-9]/.test(number) && holdsVerhoeff(number) && !isPalindrome(number))

/** The fourth letter is what the holder is: a person, a company, a trust, ... The check letter is not published. */
const PAN = /^[A-Z]{3}[ABCFGHJKLPT][A-Z]\d{4}[A-Z]$/
const pan = (number: string): Verdict => proven(PAN.test(number) && numberAt(number, 5, 4) > 0)

const GST_BASE = 36
/** State, the holder's PAN, how many registrations there are, Z, and Luhn's check in base 36. */
function gstin(number: string): Verdict {
  const state = numberAt(number, 0, 2)
  if (!((state >= 1 && state <= 38) || state === 96 || state === 97 || state === 99)) return 'invalid'
  let sum = 0
  for (let at = 0; at < 14; at++) {
    const product = valueAt(number, at) * (at % 2 === 0 ? 1 : 2)
    sum += Math.floor(product / GST_BASE) + (product % GST_BASE)
  }
  const check = (GST_BASE - (sum % GST_BASE)) % GST_BASE
  return proven(PAN.test(number.slice(2, 12)) && number[12] !== '0' && check === valueAt(number, 14))
}

/** Cards before the check digit are still in use. */
const voter = (number: string): Verdict => proves(passesLuhn(number.slice(3)))

const STATES = new Set(
  phrases(`
    AN, AP, AR, AS, BH, BR, CG, CH, DD, DL, DN, GA, GJ, HP, HR, JH, JK, KA, KL, LA, LD, MH, ML, MN, MP, MZ, NL, OD, OR,
    PB, PY, RJ, SK, TN, TR, TS, TG, UA, UK, UP, WB`),
)
/** State, district, series and number; or the series that all states share, which begins with its year. */
function vehicle(plate: string): Verdict {
  if (/^\d\dBH\d{4}[A-HJ-NP-Z]{1,2}$/.test(plate)) return 'valid'
  const [, state = '', district = '', serial = ''] = /^([A-Z]{2})(\d{1,2})[A-Z]{1,3}(\d{4})$/.exec(plate) ?? []
  return proven(STATES.has(state) && Number(district) > 0 && Number(serial) > 0)
}

/** The first digit is the province. */
const cnic = (number: string): Verdict => proven(/^[1-7]/.test(number))

const AADHAAR_WORDS = phrases(`
  aadhaar, aadhar, adhaar, adhar, aadhaar number, aadhaar card, aadhaar no, uidai, uid, uid number, आधार, आधार संख्या, आधार नंबर,
  आधार कार्ड`)
const PLATE_WORDS = phrases('rc number, rto, गाड़ी नंबर, vehicle, car, bike, registration number').concat(VEHICLE)
const CNIC_WORDS = phrases('cnic, nicop, nadra, computerized national identity card, cnic number, شناختی کارڈ').concat(
  NATIONAL_ID,
)

export const INDIA: readonly IdRule[] = [
  { type: 'IN_AADHAAR', shapes: ['9999-9999-9999'], check: aadhaar, words: AADHAAR_WORDS, alone: POSSIBLE },
  // Three numbers of four digits side by side, such as years, pass its one check digit once in ten.
  { type: 'IN_AADHAAR', shapes: ['9999 9999 9999', '999999999999'], check: aadhaar, words: AADHAAR_WORDS },
  {
    type: 'IN_PAN',
    shapes: ['AAAAA9999A', 'AAAAA 9999 A', 'AAAAA-9999-A'],
    check: pan,
    words: phrases(`
      pan, pan number, pan card, pan no, permanent account number, income tax pan, पैन, पैन कार्ड, पैन नंबर`).concat(TAX_ID),
    alone: LIKELY,
  },
  {
    type: 'IN_GSTIN',
    shapes: ['99AAAAA9999A*Z*', '99 AAAAA9999A *Z*', '99AAAAA9999A *Z*', '99-AAAAA9999A-*Z*'],
    check: gstin,
    words: phrases('gstin, gst, gst number, gst no, gstin number, goods and services tax, gst registration').concat(
      TAX_ID,
    ),
    alone: PROVEN,
  },
  // No more than the form is published: missions abroad use letters that others do not, and any digit may come first.
  {
    type: 'IN_PASSPORT',
    shapes: ['A9999999', 'A 9999999', 'A99 99999'],
    check: unchecked,
    words: phrases('पासपोर्ट').concat(PASSPORT),
  },
  {
    type: 'IN_VOTER',
    shapes: ['AAA9999999', 'AAA 9999999'],
    check: voter,
    words: phrases(`
      voter id, voter id card, voter card, epic, epic number, epic no, election card, electoral photo identity card,
      voter, voter id number, voter id no, voter card number, voter identity card, election id, election id card,
      electors photo identity card, वोटर आईडी, वोटर कार्ड, मतदाता पहचान पत्र, मतदाता, पहचान पत्र`),
  },
  {
    type: 'IN_VEHICLE_REGISTRATION',
    shapes: [
      'AA 99 AA 9999',
      'AA-99-AA-9999',
      'AA99AA9999',
      'AA 99 A 9999',
      'AA-99-A-9999',
      'AA99 AA 9999',
      '99 BH 9999 AA',
      'AA 9 AAA 9999',
    ],
    check: vehicle,
    words: PLATE_WORDS,
    alone: POSSIBLE,
  },
  {
    type: 'IN_VEHICLE_REGISTRATION',
    shapes: [
      'AA99A9999',
      'AA9AA9999',
      'AA9AAA9999',
      'AA99AAA9999',
      '99BH9999AA',
      '99BH9999A',
      'AA 9 AA 9999',
      'AA99AA 9999',
    ],
    check: vehicle,
    words: PLATE_WORDS,
  },
  {
    type: 'IN_DRIVER_LICENSE',
    shapes: [
      'AA9999999999999',
      'AA99 99999999999',
      'AA-9999999999999',
      'AA-99-9999-9999999',
      'AA99-99999999999',
      'AA-99 99999999999',
      'AA99 9999 9999999',
    ],
    check: (number) => formed(STATES.has(number.slice(0, 2)) && /^.{4}(?:19|20)/.test(number)),
    words: phrases(
      'driving licence, driving license, dl, dl number, dl no, driver license, drivers license, driver s license, ड्राइविंग लाइसेंस, ड्राइविंग लाइसेंस नंबर',
    ),
  },
  { type: 'PK_CNIC', shapes: ['99999-9999999-9'], check: cnic, words: CNIC_WORDS, alone: POSSIBLE },
  { type: 'PK_CNIC', shapes: ['9999999999999', '99999 9999999 9'], check: cnic, words: CNIC_WORDS },
]
