import fc from 'fast-check'
import { anyOf, chars, complete, describeIds, digits, join, letters, oneOf, valueOf, withLuhn } from './ids.fixture.ts'
import { INDIA } from './india.ts'

/** The check as published: a multiplication table and a permutation for each place from the right. */
const TIMES = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const PLACES = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]
const verhoeff = (body: string): string => {
  const rest = Array.from(`${body}0`)
    .toReversed()
    .reduce((product, digit, at) => Number(TIMES[product]![Number(PLACES[at % 8]![Number(digit)])]), 0)
  return body + String(TIMES[rest]!.indexOf('0'))
}
const aadhaar = join(chars('23456789', 1), digits(10)).map(verhoeff)

const pan = join(
  letters(3),
  chars('ABCFGHJLPT', 1),
  letters(1),
  fc.integer({ min: 1, max: 9999 }).map((n) => String(n).padStart(4, '0')),
  letters(1),
)
const gstin = complete(join(oneOf('01', '27', '38', '97'), pan, oneOf('1', '2', 'A'), 'Z'), (body) => {
  const sum = Array.from(body).reduce((all, character, at) => {
    const product = valueOf(character) * (at % 2 === 0 ? 1 : 2)
    return all + Math.floor(product / 36) + (product % 36)
  }, 0)
  return body + '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[(36 - (sum % 36)) % 36]
})

describeIds(INDIA, {
  IN_AADHAAR: {
    valid: ['2341 2341 2346', '234123412346', '2341-2341-2346'],
    invalid: ['2341 2341 2347', '1341 2341 2346', '2222 2222 2222', '0000 0000 0000', '2341 2341 2364'],
    made: aadhaar,
  },
  IN_PAN: {
    valid: ['ABCPK1234F', 'AAPFU0939F', 'aaapz1234c'],
    invalid: ['ABCDK1234F', 'AAAPZ0000C'],
    made: pan,
    caught: 0,
  },
  IN_GSTIN: {
    valid: ['27AAPFU0939F1ZV', '29AAGCB7383J1Z4', '27AAPFU0939F 1ZV'],
    invalid: ['27AAPFU0939F1ZA', '00AAPFU0939F1ZV', '27AAPDU0939F1ZV', '45AAPFU0939F1ZV'],
    made: gstin,
  },
  IN_PASSPORT: {
    unknown: ['A1234567', 'J8369854', 'Z3953580'],
    unproven: join(letters(1), digits(7)),
  },
  IN_VOTER: { valid: ['WKH1186253'], unknown: ['WKH1186254'], made: join(letters(3), withLuhn(digits(6))) },
  IN_VEHICLE_REGISTRATION: {
    valid: ['MH 12 AB 1234', 'KA01AB1234', 'DL-03-AB-1234', '22 BH 1234 AA', 'DL 3 CAB 1234'],
    invalid: ['XX 12 AB 1234', 'MH 00 AB 1234', 'MH 12 AB 0000'],
    made: anyOf(
      join(
        oneOf('MH', 'KA', 'DL', 'TN'),
        oneOf('01', '12', '9'),
        anyOf(letters(1), letters(2), letters(3)),
        oneOf('0001', '1234', '9999'),
      ).filter((plate) => !/^..9[A-Z]\d/.test(plate)),
      join(
        oneOf('21', '24'),
        'BH',
        digits(4),
        chars('ABCDEFGHJKLMNPRSTUVWXYZ', 1),
        anyOf(oneOf(''), chars('ABCDEFGHJKLMN', 1)),
      ),
    ),
    caught: 0,
  },
  IN_DRIVER_LICENSE: {
    unknown: ['MH1420110062821', 'MH14 20110062821', 'DL-0420110149646'],
    invalid: ['XX1420110062821', 'MH1430110062821'],
    unproven: join(oneOf('MH', 'DL'), digits(2), oneOf('19', '20'), digits(9)),
  },
  PK_CNIC: {
    valid: ['35202-1234567-1', '3520212345670'],
    invalid: ['95202-1234567-1', '05202-1234567-1'],
    made: join(chars('1234567', 1), digits(12)),
    caught: 0,
  },
})
