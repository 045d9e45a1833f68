import { createHash } from 'node:crypto'

/* Base58Check, bech32 and bech32m, and EIP-55's mixed case by Keccak-256: what makes a wallet's address one. */

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest()

export function base58check(version: number, payload: Uint8Array): string {
  const body = Buffer.concat([Buffer.from([version]), payload])
  const whole = Buffer.concat([body, sha256(sha256(body)).subarray(0, 4)])
  let value = BigInt(`0x${whole.toString('hex')}`)
  let text = ''
  for (; value > 0n; value /= 58n) text = BASE58[Number(value % 58n)] + text
  for (const byte of whole) {
    if (byte !== 0) break
    text = `1${text}`
  }
  return text
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

function polymod(values: readonly number[]): number {
  let check = 1
  for (const value of values) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    for (let n = 0; n < 5; n++) if ((top >>> n) & 1) check ^= GENERATOR[n]!
  }
  return check
}

function fiveBits(bytes: Uint8Array): number[] {
  const out: number[] = []
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) out.push((held >>> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  if (bits > 0) out.push((held << (5 - bits)) & 31)
  return out
}

/** A segregated-witness address: version 0 is bech32, later ones are bech32m. */
export function segwit(prefix: string, version: number, program: Uint8Array): string {
  const data = [version, ...fiveBits(program)]
  const codes = Array.from(prefix).map((char) => char.charCodeAt(0))
  const expanded = [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)]
  const final = polymod([...expanded, ...data, 0, 0, 0, 0, 0, 0]) ^ (version === 0 ? 1 : 0x2bc830a3)
  const checks = Array.from({ length: 6 }, (_, n) => (final >>> (5 * (5 - n))) & 31)
  return `${prefix}1${[...data, ...checks].map((value) => BECH32[value]).join('')}`
}

const MASK = (1n << 64n) - 1n
const rotate = (value: bigint, by: bigint): bigint =>
  by === 0n ? value : ((value << by) | (value >> (64n - by))) & MASK

/** The round constants, from the linear feedback shift register of FIPS 202. */
const ROUNDS: readonly bigint[] = (() => {
  let register = 1
  const bit = (): bigint => {
    const out = register & 1
    register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
    return BigInt(out)
  }
  return Array.from({ length: 24 }, () => {
    let constant = 0n
    for (let n = 0n; n < 7n; n++) constant |= bit() << ((1n << n) - 1n)
    return constant
  })
})()

function permute(state: bigint[]): void {
  for (const constant of ROUNDS) {
    const column = Array.from({ length: 5 }, (_, x) => [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ state[x + y]!, 0n))
    for (let x = 0; x < 5; x++) {
      const mix = column[(x + 4) % 5]! ^ rotate(column[(x + 1) % 5]!, 1n)
      for (let y = 0; y < 25; y += 5) state[x + y]! ^= mix
    }
    let x = 1
    let y = 0
    let moved = state[x]!
    for (let n = 1n; n <= 24n; n++) {
      ;[x, y] = [y, (2 * x + 3 * y) % 5]
      const next = state[x + 5 * y]!
      state[x + 5 * y] = rotate(moved, ((n * (n + 1n)) / 2n) % 64n)
      moved = next
    }
    for (let row = 0; row < 25; row += 5) {
      const line = state.slice(row, row + 5)
      for (let n = 0; n < 5; n++) state[row + n] = line[n]! ^ (~line[(n + 1) % 5]! & MASK & line[(n + 2) % 5]!)
    }
    state[0]! ^= constant
  }
}

/** Keccak-256 with the padding of before the standard, as Ethereum has it. */
export function keccak256(data: Uint8Array): string {
  const rate = 136
  const padded = Buffer.alloc(Math.ceil((data.length + 1) / rate) * rate)
  padded.set(data)
  padded[data.length]! ^= 1
  padded[padded.length - 1]! ^= 0x80
  const state = Array.from({ length: 25 }, () => 0n)
  for (let block = 0; block < padded.length; block += rate) {
    for (let n = 0; n < rate / 8; n++) state[n]! ^= padded.readBigUInt64LE(block + n * 8)
    permute(state)
  }
  const out = Buffer.alloc(32)
  for (let n = 0; n < 4; n++) out.writeBigUInt64LE(state[n]!, n * 8)
  return out.toString('hex')
}

/** An Ethereum address in the mixed case that is its check. */
export function eip55(address: string): string {
  const plain = address.toLowerCase()
  const hash = keccak256(Buffer.from(plain))
  return `0x${Array.from(plain)
    .map((char, n) => (Number.parseInt(hash[n]!, 16) >= 8 ? char.toUpperCase() : char))
    .join('')}`
}
