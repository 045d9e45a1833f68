import { createHash } from 'node:crypto'
import { codeAt } from '../finder.ts'

/* Addresses in base 58 with four bytes of a double SHA-256 behind: the Bitcoin family's and, in other orders, others'. */

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'

const valuesOf = (alphabet: string): Int8Array =>
  Int8Array.from({ length: 128 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)))
const BITCOIN_VALUES = valuesOf(BITCOIN)
const RIPPLE_VALUES = valuesOf(RIPPLE)

const BYTES = 25
const CHECK_BYTES = 4

/** So many bytes, or undefined when it is more than that many or not base 58. */
export function decodeBase58(text: string, size: number, values: Int8Array = BITCOIN_VALUES): Buffer | undefined {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < text.length; at++) {
    let carry = values[codeAt(text, at)] ?? -1
    if (carry === -1) return undefined
    for (let byte = size - 1; byte >= 0; byte--) {
      carry += bytes[byte]! * 58
      bytes[byte] = carry & 255
      carry >>= 8
    }
    if (carry > 0) return undefined
  }
  return bytes
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** The bytes before the check, if it holds. */
export function checkedBase58(text: string, size: number, values?: Int8Array): Buffer | undefined {
  const bytes = decodeBase58(text, size, values)
  if (bytes === undefined) return undefined
  const check = sha256(sha256(bytes.subarray(0, -CHECK_BYTES)))
  const holds = check.subarray(0, CHECK_BYTES).equals(bytes.subarray(-CHECK_BYTES))
  return holds ? bytes.subarray(0, -CHECK_BYTES) : undefined
}

/** The version byte of an address whose check holds. */
export const base58Version = (text: string): number | undefined => checkedBase58(text, BYTES)?.[0]

/** The same in the alphabet of XRP. */
export const rippleVersion = (text: string): number | undefined => checkedBase58(text, BYTES, RIPPLE_VALUES)?.[0]
