import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'
import { casesAgree, CRYPTO } from './crypto.ts'
import { keccak256 } from './keccak.ts'

const found = (text: string): string[] => valuesIn(text, CRYPTO)

/** From the documents that define the forms. */
const VALID = `1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy
  bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4
  BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4
  bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0
  LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1
  0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359 0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB`
  .trim()
  .split(/\s+/)

/** Of other coins: the genesis accounts, contracts, donations and examples that their projects publish. */
const COINS = `TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L
  XpESxaUmonkq8RaLLp46Brx2K39ggQe226 t1Hsc1LR8yKnbbe3twRp88p6vFfC5t7DLbs
  rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ
  44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A
  15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
  cosmos1depk54cuajgkzea6zpgkq36tnjwdzv4afc3d27 tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb
  addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x
  stake1uyehkck0lajq8gr28t9uxnuvgcqrc6070x3k9r8048z8y5gh6ffgw`
  .trim()
  .split(/\s+/)

describe('addresses', () => {
  it.each([...VALID, ...COINS])('%s is found', (address) => {
    expect(found(`send it to ${address}.`)).toEqual([address])
    expect(found(`{"to":"${address}"}`)).toEqual([address])
  })
  it.each([...VALID, ...COINS])('%s with one character changed is not', (address) => {
    const at = address.length - 5
    const other = address[at] === 'a' ? 'e' : 'a'
    expect(found(`send it to ${address.slice(0, at)}${other}${address.slice(at + 1)}.`)).toEqual([])
  })
  it('without a check need no word for another thing', () => {
    const plain = '0xde709f2102306220921060314715629080e2fb77'
    expect(found(`my wallet: ${plain}`)).toEqual([plain])
    expect(found(`commit hash ${plain}`)).toEqual([])
  })
  it('of Solana have no check, and need its name', () => {
    const plain = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
    expect(found(`SOL address: ${plain}`)).toEqual([plain])
    expect(found(`use ${plain} here`)).toEqual([])
    expect(found(`solana ${plain.toLowerCase()}`)).toEqual([])
  })
  it.each(['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '1'.repeat(30), '0x' + 'f'.repeat(64)])(
    '%s is none',
    (text) => expect(found(text)).toEqual([]),
  )
})

it('hashes as Ethereum does', () => {
  expect(keccak256('').toString('hex')).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
  expect(keccak256('abc').toString('hex')).toBe('4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45')
  expect(casesAgree('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed')).toBe(false)
})
