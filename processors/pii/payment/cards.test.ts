import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardNumber } from './cards.ts'
import { CREDIT_CARD } from '../index.ts'
import { ISSUERS, issuerOf } from './issuers.ts'
import { passesLuhn } from '../luhn.ts'
import { detector, valuesIn } from '../pii.fixture.ts'

const cards = (text: string): string[] => valuesIn(text, CREDIT_CARD)

/** The published test numbers of the networks. */
const KNOWN = {
  visa: ['4111111111111111', '4012888888881881', '4222222222222', '4242424242424242'],
  mastercard: ['5555555555554444', '5105105105105100', '2223003122003222', '2720992593319364'],
  'american express': ['378282246310005', '371449635398431', '378734493671000'],
  discover: ['6011111111111117', '6011000990139424', '6445644564456445'],
  'diners club': ['30569309025904', '38520000023237', '36227206271667'],
  jcb: ['3530111333300000', '3566002020360505'],
  unionpay: ['6200000000000005', '6205500000000000004'],
  maestro: ['6759649826438453', '6304000000000000', '500000000000'].slice(0, 2),
  mir: ['2200700000000000'].filter(passesLuhn),
} as const

const digitsOf = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length })

const withCheckDigit = (body: string): string => {
  for (const check of '0123456789') if (passesLuhn(body + check)) return body + check
  throw new Error('some digit always fits')
}

/** A valid number of any issuer and length. */
const validCard = fc
  .constantFrom(...ISSUERS)
  .chain(({ from, to, lengths }) =>
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.constantFrom(...lengths), digitsOf(13))
      .map(([prefix, length, rest]) => withCheckDigit((String(prefix).padStart(6, '0') + rest).slice(0, length - 1))),
  )

describe('valid numbers', () => {
  it.each(Object.entries(KNOWN).flatMap(([name, list]) => list.map((number) => [name, number])))(
    '%s %s is found',
    (name, number) => {
      expect(issuerOf(number!)).toBe(name)
      expect(cards(`my card is ${number}.`)).toEqual([number])
    },
  )

  it('of every issuer and length are found', () => {
    fc.assert(
      fc.property(validCard, (number) => {
        expect(cards(`Card: ${number}, thanks`)).toEqual([number])
      }),
    )
  })

  it('have their digits as normal form, however they are written', () => {
    const grouped = '4111 1111-1111 1111'
    const [type] = detector.types
    expect(type?.name).toBe(CREDIT_CARD)
    expect(type?.normal(grouped)).toBe('4111111111111111')
    expect(type?.normal(' ４１１１１１１１１１１１１１１１ ')).toBe('4111111111111111')
    expect(type?.normal('4111.1111.1111.1111')).toBe('4111111111111111')
    expect(type?.normal('4111\t1111  1111 1111')).toBe('4111111111111111')
    expect(type?.normal('4111111111111112')).toBeUndefined()
    expect(type?.normal('4111111111111111x')).toBeUndefined()
    expect(type?.normal('')).toBeUndefined()
  })
})

describe('invalid numbers', () => {
  it('with one digit changed are not found', () => {
    fc.assert(
      fc.property(validCard, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, where, by) => {
        const at = where % number.length
        const broken = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1)
        expect(cardNumber(broken)).toBeUndefined()
        expect(cards(broken)).toEqual([])
      }),
    )
  })

  it('with two neighbours swapped are not found, but for 0 and 9 that the checksum cannot tell apart', () => {
    fc.assert(
      fc.property(validCard, fc.nat(), (number, where) => {
        const at = where % (number.length - 1)
        const [a, b] = [number[at]!, number[at + 1]!]
        fc.pre(a !== b && a + b !== '09' && a + b !== '90')
        expect(cardNumber(number.slice(0, at) + b + a + number.slice(at + 2))).toBeUndefined()
      }),
    )
  })

  it('that nobody issues are not found', () => {
    fc.assert(
      fc.property(fc.constantFrom('0', '1', '7', '90'), digitsOf(16), (prefix, rest) => {
        expect(cards(withCheckDigit((prefix + rest).slice(0, 15)))).toEqual([])
      }),
    )
    expect(cards('0000000000000000')).toEqual([])
    expect(cards('6666666666666666')).toEqual([])
  })
})

describe('layouts', () => {
  it.each([
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '3782 822463 10005',
    '3056 930902 5904',
    '6205 5000 0000 0000 004',
    '4222 2222 2222 2',
    '４１１１ １１１１ １１１１ １１１１',
    '4111\u00a01111\u00a01111\u00a01111',
    '41\u200b1111\u200b1111111111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '41 11 11 11 11 11 11 11',
    '4111.1111.1111.1111',
    '4111\t1111\t1111\t1111',
    '4111  1111  1111  1111',
    '4111 1111  1111 \t1111',
    '４１１１\t１１１１\t１１１１\t１１１１',
  ])('%s is found', (text) => expect(cards(`a ${text} b`)).toEqual([text]))

  it('leaves what follows a number of sixteen digits', () => {
    expect(cards('4111 1111 1111 1111 123')).toEqual(['4111 1111 1111 1111'])
    expect(cards('12 4111 1111 1111 1111 12 27')).toEqual(['4111 1111 1111 1111'])
  })
  it('finds two numbers in a row', () => {
    expect(cards('4111 1111 1111 1111 5555 5555 5555 4444')).toEqual(['4111 1111 1111 1111', '5555 5555 5555 4444'])
    expect(cards('4111111111111111 5555555555554444')).toEqual(['4111111111111111', '5555555555554444'])
  })
  it.each([
    '4111-1111 1111 1111',
    '411 11111 1111 1111',
    '4111.1111 1111.1111',
    '4111   1111   1111   1111',
    '4111\t1111\t1111\t1111\t1111',
    '3.4111.1111.1111.1111',
    '4111.1111.1111.1111.2',
    '41.11.11.11.11.11.11.11',
  ])('%s is not found', (text) => expect(cards(text)).toEqual([]))
})

describe('surroundings', () => {
  it.each([
    ['{"card":4111111111111111}', '4111111111111111'],
    ['{"card":"4111111111111111"}', '4111111111111111'],
    [String.raw`{"text":"a\n4111111111111111\n"}`, '4111111111111111'],
    ['q=%204111111111111111%20', '4111111111111111'],
    [String.raw`\u00204111111111111111`, '4111111111111111'],
    ['?card=4111111111111111&x=1', '4111111111111111'],
    ['name,1001,4111111111111111,12/27', '4111111111111111'],
    ['卡号4111111111111111。', '4111111111111111'],
    ['(4111111111111111)', '4111111111111111'],
    ['card4111111111111111', '4111111111111111'],
    ['It is 4111111111111111.', '4111111111111111'],
    ['_4111111111111111_', '4111111111111111'],
    ['__4111 1111 1111 1111__', '4111 1111 1111 1111'],
    ['card_4111111111111111', '4111111111111111'],
    ['customer_card_number_4111111111111111', '4111111111111111'],
    ['paid_4111111111111111_today', '4111111111111111'],
    ['{"card": 4111111111111111.0}', '4111111111111111'],
    ['4111111111111111.00, paid', '4111111111111111'],
    ['4111111111111111-12/27', '4111111111111111'],
    ['4111-1111-1111-1111-12/2027.', '4111-1111-1111-1111'],
    ['4111111111111111/12/27', '4111111111111111'],
    ['+4111111111111111', '4111111111111111'],
    ['visa4111111111111111exp1227', '4111111111111111'],
    ['cc4111111111111111', '4111111111111111'],
    ['MC5555555555554444cvv123', '5555555555554444'],
  ])('%s holds one', (text, number) => expect(cards(text)).toEqual([number]))

  it.each([
    ['a longer number', '41111111111111111111'],
    ['digits before', '99999994111111111111111'],
    ['a decimal', '0.4111111111111111'],
    ['an amount', '4111111111111111.25'],
    ['a version', '4111111111111111.0.1'],
    ['an amount', '4111111111111111.05'],
    ['a decimal', '3.4111111111111111'],
    ['an identifier', '4111111111111111-12-27-3'],
    ['an identifier', '4111111111111111-1227'],
    ['an order', 'order_4111111111111111'],
    ['an order', 'order_number_4111111111111111'],
    ['a hash', 'a1cc4111111111111111'],
    ['a hash', 'deadbeef_4111111111111111'],
    ['digits tied by underscores', '1_4111111111111111_2'],
    ['a phone number', '+4222222222222'],
    ['a hash', 'deadbeef4111111111111111'],
    ['a hash', '4111111111111111cafe'],
    ['an identifier', 'ORD-4111111111111111'],
    ['an identifier', 'run_4111111111111111'],
    ['an identifier', '4111111111111111-rc1'],
    ['a UUID', '4111a111-1111-4111-8111-411111111111'],
    ['a UUID of digits', '55555555-5555-4444-8111-411111111111'],
    ['bytes', '00000d20: 6572 6567 6973 7465 7254 4d43 6c6f 6e65  eregis'],
    ['bytes', '000023a0  60 39 02 00 00 00 00 00  08 00 00 00 00 00 00 00  |'],
    ['a sum and a size', '3688101372 35592 /usr/bin/faked'],
    ['hyphenated groups before', '12-4111-1111-1111-1111'],
    ['microseconds', '1700000000000000'],
    ['nanoseconds', '1700000000000000000'],
    ['a date and time', '20240115123045'],
    ['a version', '4.111.111.111.111.1'],
    ['an IP list', '10.0.0.1 10.0.0.2 10.0.0.3'],
  ])('%s is none: %s', (_, text) => expect(cards(text)).toEqual([]))

  it('seldom takes the order ids, timestamps, hashes, versions and UUIDs of logs for cards', () => {
    const hex = (length: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length })
    const negatives = fc.oneof(
      fc.uuid(),
      hex(40),
      hex(64),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }).map(String),
      fc.integer({ min: 1_500_000_000_000_000, max: 1_900_000_000_000_000 }).map(String),
      digitsOf(10).map((digits) => `ORD-2024${digits}`),
      fc.tuple(fc.nat(99), fc.nat(99), digitsOf(12)).map(([major, minor, patch]) => `v${major}.${minor}.${patch}`),
    )
    const samples = fc.sample(negatives, { numRuns: 5000, seed: 7 })
    expect(samples.filter((text) => cards(`id ${text} done`).length > 0)).toEqual([])
  })
})

it('are found in groups of six and thirteen', () =>
  expect(valuesIn('Card 622126 1040739176390.', 'CREDIT_CARD')).toEqual(['622126 1040739176390']))

it.each(['520F 5210 5211 5212 5213 5214 5215 5216', '8220 8270 8298 8299 829A', '5406 5407 5408 5409'])(
  'are none among other groups of a list: %s',
  (text) => expect(cards(`1044 ${text}`)).toEqual([]),
)

it('are each found in a row of them', () => {
  const row = Array<string>(4).fill('5555 5555 5555 4444')
  expect(cards(row.join(' '))).toEqual(row)
})

it.each([
  '4111 1111 1111 1111 1227',
  '1234 4111 1111 1111 1111 5678',
  '4111 1111 1111 1111\n5555 5555 5555 4444',
  'on 2024 4111 1111 1111 1111',
  'in room 4.  4111 1111 1111 1111',
  '4.   4111 1111 1111 1111',
  '4111 1111 1111 1111 000A',
  'gate 12B4 4111 1111 1111 1111',
])('are some beside a month, another line, a year or a code: %s', (text) =>
  expect(cards(text)).toContain('4111 1111 1111 1111'),
)
