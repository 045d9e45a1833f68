import { describe, expect, it } from 'vitest'
import { hitsIn } from '../pii.fixture.ts'

/* What identifiers are called in short, in forms and in talk. */

const surestIn = (text: string): string | undefined =>
  hitsIn(text).toSorted((one, other) => other.confidence - one.confidence)[0]?.type

describe('short names', () => {
  it.each([
    ['DL# N2272542', 'US_DRIVER_LICENSE'],
    ['D.L. No. S5689811', 'US_DRIVER_LICENSE'],
    ['license number R2075629, expires 2027', 'US_DRIVER_LICENSE'],
    ['Lic# U3102097', 'US_DRIVER_LICENSE'],
    ["operator's license 38 670 860", 'US_DRIVER_LICENSE'],
    ['a/c no. 366706811025', 'US_BANK_NUMBER'],
    ['A/C No: 74265279', 'US_BANK_NUMBER'],
    ['Acc. no: 369890630', 'US_BANK_NUMBER'],
    ['Account #: 67173362343', 'US_BANK_NUMBER'],
    ['the account 53170452 was debited', 'US_BANK_NUMBER'],
    ['E.I.N. 20-6191196', 'US_EIN'],
    ['S.I.N. 130 692 544', 'CA_SIN'],
    ['N.H.S. number 943 476 5919', 'UK_NHS'],
    ['S/C 20-11-43', 'UK_SORT_CODE'],
    ['Sort: 20-11-43', 'UK_SORT_CODE'],
    ['sort 20-11-43 acc 31926819', 'UK_SORT_CODE'],
    ['SC 20-11-43', 'UK_SORT_CODE'],
    ['social sec 416997749', 'US_SSN'],
    ['Social: 416997749', 'US_SSN'],
    ['Exp:02/2029 CVC2:667', 'CVV'],
    ['A/C: 40418276', 'US_BANK_NUMBER'],
    ['sort 20-11-43 / acc 31926819', 'UK_SORT_CODE'],
    ['swift code nedszaj2', 'BIC_CODE'],
    ['plate BL11 UBA', 'UK_VEHICLE_REGISTRATION'],
    ['her card exp 05/28 cvv912', 'CVV'],
    ['SSN______416-99-7749______', 'US_SSN'],
    ['UID: 2341 2341 2346', 'IN_AADHAAR'],
    ['the three digits on the back are 946', 'CVV'],
    ['please set the pin to 4974', 'PIN'],
    ['CVV: 912 expiration date 10/30', 'CVV'],
    ['416997749 (SSN)', 'US_SSN'],
  ])('%s', (text, type) => expect(surestIn(text)).toBe(type))

  it('the name before a number says more than the next one behind it', () => {
    const types = hitsIn('ABA 021000021 Acct 551000483').map(({ type }) => type)
    expect(types).toEqual(['ABA_ROUTING_NUMBER', 'US_BANK_NUMBER'])
  })
})

describe('other things', () => {
  it.each([
    'AWS account 123456789012',
    'billing account 12345678',
    'account for 12345678 units',
    'dl speed 12345678 bps',
    'GET /account HTTP/1.1\nX-RateLimit-Reset: 1767225600',
    'Account: x\nCache-Control: max-age=31536000',
    'License: Apache-2.0, build 1234567',
    'bid 246-24-4360 was accepted',
    'claim number 2013803234',
    'pin the note at 1430',
    'kingpin 2450',
    '+91 0506133076 of a card, aadhaar unknown',
    'cvv sent, exp 0528',
    'passport.js fails for Strategy2 in my app',
    'call Message12818 of the generated code',
    "INSERT INTO logs (id, ssn_hash, code) VALUES (1, 'x', '416997749');",
    'the form cvv1234x and cvv12',
    'sort the rows by date: 12-05-24',
    'social media reach 416997749 views',
    'the crank pin 4410 fits',
    'a pin on the map 1984',
    'license plates sold 1234567',
  ])('%s', (text) => expect(hitsIn(text).map(({ type }) => type)).toEqual([]))
})
