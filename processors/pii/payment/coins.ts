import { createHash } from 'node:crypto'
import { base58Version, checkedBase58, decodeBase58, rippleVersion } from './base58.ts'
import { isBech32 } from './bech32.ts'
import { keccak256 } from './keccak.ts'

/* Addresses of other coins, by what they begin with. All of these carry a check, but for Solana's. */

type IsAddress = (token: string) => boolean

interface Form {
  readonly begins: readonly string[]
  readonly least: number
  readonly most: number
  readonly check: IsAddress
}

const versioned =
  (...versions: readonly number[]): IsAddress =>
  (token) =>
    versions.includes(base58Version(token) ?? -1)

const TWENTY_BYTES = 20
/** A version of more than one byte before twenty. */
const longVersioned =
  (...versions: readonly string[]): IsAddress =>
  (token) => {
    const size = versions[0]!.length / 2 + TWENTY_BYTES + 4
    const start = checkedBase58(token, size)?.toString('hex')
    return start !== undefined && versions.some((version) => start.startsWith(version))
  }

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The bytes of text in base 32, without what is left over. */
function decodeBase32(text: string): Buffer | undefined {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const char of text) {
    const value = BASE32.indexOf(char)
    if (value === -1) return undefined
    held = ((held << 5) | value) & 0xfff
    bits += 5
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255)
  }
  return Buffer.from(bytes)
}

/** CRC-16 as XMODEM has it. */
function crc16(bytes: Buffer): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 8
    for (let bit = 0; bit < 8; bit++) sum = ((sum & 0x8000) === 0 ? sum << 1 : (sum << 1) ^ 0x1021) & 0xffff
  }
  return sum
}

/** An account, or the seed that it is made from. */
const isStellar: IsAddress = (token) => {
  const bytes = decodeBase32(token)
  return bytes !== undefined && bytes.length === 35 && crc16(bytes.subarray(0, -2)) === bytes.readUInt16LE(33)
}

/** Eleven characters hold eight bytes, the last seven five. */
const isMonero: IsAddress = (token) => {
  const parts: Buffer[] = []
  for (let at = 0; at < token.length; at += 11) {
    const part = token.slice(at, at + 11)
    const bytes = decodeBase58(part, part.length === 11 ? 8 : 5)
    if (bytes === undefined) return false
    parts.push(bytes)
  }
  const bytes = Buffer.concat(parts)
  return keccak256(bytes.toString('latin1', 0, bytes.length - 4))
    .subarray(0, 4)
    .equals(bytes.subarray(-4))
}

/** A network, a key and two bytes of a hash. */
const isPolkadot: IsAddress = (token) => {
  const bytes = decodeBase58(token, 35)
  if (bytes === undefined || bytes[0]! > 63) return false
  const hash = createHash('blake2b512').update('SS58PRE').update(bytes.subarray(0, 33)).digest()
  return hash.subarray(0, 2).equals(bytes.subarray(33))
}

const COSMOS = ['cosmos', 'osmo', 'terra', 'celestia', 'inj', 'kava', 'juno', 'thor', 'bnb', 'akash', 'sei', 'dydx']
const CARDANO = ['addr', 'stake']
const MOST_BECH32 = 120

const prefixed =
  (prefix: string): IsAddress =>
  (token) =>
    isBech32(token, prefix)

const FORMS: readonly Form[] = [
  { begins: ['T'], least: 34, most: 34, check: versioned(0x41) },
  { begins: ['D', '9', 'A'], least: 34, most: 34, check: versioned(0x1e, 0x16) },
  { begins: ['X', '7'], least: 34, most: 34, check: versioned(0x4c, 0x10) },
  { begins: ['t1', 't3'], least: 35, most: 35, check: longVersioned('1cb8', '1cbd') },
  {
    begins: ['tz1', 'tz2', 'tz3', 'KT1'],
    least: 36,
    most: 36,
    check: longVersioned('06a19f', '06a1a1', '06a1a4', '025a79'),
  },
  { begins: ['r'], least: 25, most: 35, check: (token) => /\d/.test(token) && rippleVersion(token) === 0 },
  { begins: ['G', 'S'], least: 56, most: 56, check: isStellar },
  { begins: ['4', '8'], least: 95, most: 95, check: isMonero },
  { begins: ['1', '5'], least: 47, most: 48, check: isPolkadot },
  ...[...COSMOS, ...CARDANO].map((prefix) => ({
    begins: [`${prefix}1`],
    least: prefix.length + 39,
    most: MOST_BECH32,
    check: prefixed(prefix),
  })),
]

/** By the code of the first character. */
const BY_FIRST: readonly (readonly Form[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const forms = FORMS.filter(({ begins }) => begins.some((begin) => begin.charCodeAt(0) === code))
  return forms.length === 0 ? undefined : forms
})

/** Whether a token is such an address. */
export function isCoin(token: string): boolean {
  const forms = BY_FIRST[token.charCodeAt(0)]
  if (forms === undefined) return false
  const { length } = token
  for (const { begins, least, most, check } of forms)
    if (length >= least && length <= most && begins.some((begin) => token.startsWith(begin)) && check(token))
      return true
  return false
}

/** Whether a token of so many characters with such a first one may be any of these. */
export function mayBeCoin(first: number, length: number): boolean {
  if (length === SOLANA || length === SOLANA + 1) return true
  return BY_FIRST[first]?.some(({ least, most }) => length >= least && length <= most) ?? false
}
const SOLANA = 43

/** What may be an address of Solana: a key of 32 bytes. */
export const maySolana = (token: string): boolean =>
  (token.length === SOLANA || token.length === SOLANA + 1) &&
  /\d/.test(token) &&
  /[a-z]/.test(token) &&
  /[A-Z]/.test(token) &&
  decodeBase58(token, 32) !== undefined
