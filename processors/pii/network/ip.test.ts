import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detector, valuesIn } from '../pii.fixture.ts'
import { IP_ADDRESS, parseV6 } from './ip.ts'

const found = (text: string): string[] => valuesIn(text, IP_ADDRESS)

describe('addresses', () => {
  it.each([
    ['name,remote_addr,city\nGrace,77.138.225.99,Ghent', '77.138.225.99'],
    ['91.198.174.192', '91.198.174.192'],
    ['client 8.8.8.8:53 said', '8.8.8.8'],
    ['route 91.198.174.0/24.', '91.198.174.0'],
    ['http://91.198.174.192/x', '91.198.174.192'],
    ['ssh root@91.198.174.192', '91.198.174.192'],
    ['from 1.2.3.4', '1.2.3.4'],
    ['91.198.174.192.', '91.198.174.192'],
    ['{"ip":"91.198.174.192"}', '91.198.174.192'],
    ['ip-91.198.174.192', '91.198.174.192'],
    ['2a00:1450:4001:81b::200e', '2a00:1450:4001:81b::200e'],
    ['[2a00:1450:4001:81b:0:0:0:200e]:443', '2a00:1450:4001:81b:0:0:0:200e'],
    ['2607:f8b0::/32', '2607:f8b0::'],
    ['a1f2:9c4b:11ee:02ab:7d3e:4f10:9a8b:c0de', 'a1f2:9c4b:11ee:02ab:7d3e:4f10:9a8b:c0de'],
    ['64:ff9b::91.198.174.192', '64:ff9b::91.198.174.192'],
    ['0.123 91.198.174.192 GET', '91.198.174.192'],
    ['from 1.2.3.4', '1.2.3.4'],
    ['2a00:1450:4001:81b::200e: no route', '2a00:1450:4001:81b::200e'],
  ])('%s', (text, address) => expect(found(text)).toContain(address))

  it('of version 6 are read in every compressed form', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
      minLength: 8,
      maxLength: 8,
    })
    fc.assert(
      fc.property(groups, fc.nat(7), fc.integer({ min: 1, max: 8 }), (numbers, from, count) => {
        const plain = numbers.map((number) => number.toString(16))
        expect(parseV6(plain.join(':'))).toEqual(numbers)
        const zeroed = numbers.map((number, at) => (at >= from && at < from + count ? 0 : number))
        const short = [zeroed.slice(0, from), zeroed.slice(from + count)].map((half) =>
          half.map((number) => number.toString(16)).join(':'),
        )
        expect(parseV6(short.join('::'))).toEqual(zeroed)
      }),
    )
    for (const broken of ['1:2:3', ':::', '1::2::3', '1:2:3:4:5:6:7:8:9', 'g::1', '12345::', '1:2:3:4:5:6:7:8::'])
      expect(parseV6(broken)).toBeUndefined()
  })
})

describe('what leads to nobody or is something else', () => {
  it.each([
    '"2.5.4.43"',
    'GNUTLS_OID "2.5.29.30"',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.9',
    '192.168.178.20',
    '169.254.1.1',
    '100.64.3.2',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.251',
    '192.0.2.10',
    '198.51.100.7',
    '203.0.113.99',
    '::1',
    'fe80::1ff:fe23:4567:890a',
    'fd12:3456:789a::1',
    '2001:db8::8a2e:370:7334',
    'ff02::1',
    'version 91.198.17.19',
    'Upgrade from 21.2.0.41 to 21.2.0.44',
    'we upgraded from 91.198.17.19 -> 91.198.17.24 last week',
    'upgrading firmware from 21.44.7.103 to 21.44.8.2 fixed it',
    'release 91.198.17.19, 91.198.17.24',
    'v91.198.17.19',
    'Chrome/120.0.60.109',
    'foo==91.198.17.19',
    'lib-91.198.17.19.tar',
    '1.2.3.4',
    '91.198.174.192.5',
    '5.91.198.174.192',
    '256.1.1.300',
    'libxi (2:1.2.99.44-1) experimental',
    '(2.38.50.20220503-1)',
    'M4.01 2.12 3.51.98.32 2.03.5 3.11z',
    'c.282 0 .5.218.5.5 0 .282',
    'a fix from last year, which came to us in 1.7.3.3 and was lost',
    '091.198.174.192',
    'firmware 91.198.17.19',
    'at 10:15:30',
    'std::a1',
    '12:34:56:78',
    'section 21.40.31.32',
  ])('%s', (text) => expect(found(text)).toEqual([]))
})

it('has one normal form', () => {
  const type = detector.types.find(({ name }) => name === IP_ADDRESS)!
  expect(type.normal('2A00:1450::200E')).toBe('2a00:1450:0:0:0:0:0:200e')
  expect(type.normal(' 8.8.8.8 ')).toBe('8.8.8.8')
  expect(type.normal('8.8.8')).toBeUndefined()
})
