import { createHash } from 'node:crypto'
import { codeAt } from '../finder.ts'

/* Addresses of the Bitcoin family before segregated witness: base 58 with four bytes of a double SHA-256 behind. */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUES: Int8Array = Int8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)))

const BYTES = 25
const CHECK_BYTES = 4

/** The 25 bytes of an address, or undefined when it is not that many or not base 58. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(BYTES)
  for (let at = 0; at < text.length; at++) {
    let carry = VALUES[codeAt(text, at)] ?? -1
    if (carry === -1) return undefined
    for (let byte = BYTES - 1; byte >= 0; byte--) {
      carry += bytes[byte]! * 58
      bytes[byte] = carry & 255
      carry >>= 8
    }
    if (carry > 0) return undefined
  }
  return bytes
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** The version byte of an address whose check holds. */
export function base58Version(text: string): number | undefined {
  const bytes = decode(text)
  if (bytes === undefined) return undefined
  const check = sha256(sha256(bytes.subarray(0, -CHECK_BYTES)))
  return check.subarray(0, CHECK_BYTES).equals(bytes.subarray(-CHECK_BYTES)) ? bytes[0] : undefined
}
