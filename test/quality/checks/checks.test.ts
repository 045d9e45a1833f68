import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { base58check, eip55, keccak256, segwit } from './chain.ts'
import {
  crossSummed,
  down,
  elevenMinus,
  expandLetters,
  icao,
  luhn,
  mod1110,
  mod97,
  verhoeff,
  weighted,
} from './digits.ts'

/* Against example numbers that the schemes' own documents print. */

describe('check digits', () => {
  test.each([
    ['a test card', '411111111111111', 1],
    ['an American Express test card', '37828224631000', 5],
    ['SIREN of the French post', '35600000', 0],
    ['the sample Swedish personal number', '811218987', 6],
    ['the US provider number 1234567893', `80840${'123456789'}`, 3],
    ['an IMEI', '49015420323751', 8],
    ['the ISIN of Apple', expandLetters('US037833100'), 5],
  ])('Luhn: %s', (_, body, check) => expect(luhn(body)).toBe(check))

  test('mod 97: the IBAN of the registry for Germany', () => {
    expect(98 - mod97(expandLetters('370400440532013000DE00'))).toBe(89)
  })
  test('mod 97: the IBAN of the registry for Great Britain', () => {
    expect(98 - mod97(expandLetters('NWBK60161331926819GB00'))).toBe(29)
  })
  test('mod 11,10: the sample of the German tax number', () => expect(mod1110('8609574271')).toBe(9))
  test('Verhoeff: 236 has the check digit 3', () => expect(verhoeff('236')).toBe(3))
  test('Verhoeff: 12345 has the check digit 1', () => expect(verhoeff('12345')).toBe(1))
  test.each([
    ['L898902C3', 6],
    ['740812', 2],
    ['120415', 9],
    ['ZE184226B<<<<<', 1],
  ])('ICAO 9303: %s', (text, check) => expect(icao(text)).toBe(check))
  test('NHS number 943 476 5919', () => {
    expect(11 - (weighted('943476591', down(10, 2)) % 11)).toBe(9)
  })
  test('CPF 111.444.777-35', () => {
    expect(elevenMinus(weighted('111444777', down(10, 2)))).toBe(3)
    expect(elevenMinus(weighted('1114447773', down(11, 2)))).toBe(5)
  })
  test('the sample of the German health insurance number, A123456780', () => {
    expect(crossSummed('0112345678', [1, 2]) % 10).toBe(0)
  })
  test('the sample of the German pension number, 15070649C103', () => {
    expect(crossSummed('150706490310', [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10).toBe(3)
  })
})

describe('addresses of wallets', () => {
  test('the first address of Bitcoin', () => {
    const key = Buffer.from('62e907b15cbf27d5425399ebf6f0fb50ebb88f18', 'hex')
    expect(base58check(0, key)).toBe('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')
  })
  test('the sample of BIP 173', () => {
    const program = Buffer.from('751e76e8199196d454941c45d1b3a323f1433bd6', 'hex')
    expect(segwit('bc', 0, program)).toBe('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')
  })
  test('the sample of BIP 350', () => {
    const program = Buffer.from('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798', 'hex')
    expect(segwit('bc', 1, program)).toBe('bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0')
  })
  test('Keccak-256 of nothing, of abc, and of more than a block', () => {
    expect(keccak256(Buffer.alloc(0))).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
    expect(keccak256(Buffer.from('abc'))).toBe('4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45')
    expect(keccak256(Buffer.alloc(200, 7))).not.toBe(createHash('sha3-256').update(Buffer.alloc(200, 7)).digest('hex'))
  })
  test.each([
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  ])('EIP-55: %s', (address) => expect(eip55(address.slice(2))).toBe(address))
})
