/* Addresses with segregated witness (BIP 173, BIP 350): a prefix, `1`, a version, a program and six characters of check. */

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATORS: readonly number[] = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const BECH32 = 1
const BECH32M = 0x2bc830a3
const CHECK = 6

function step(sum: number, value: number): number {
  const top = sum >>> 25
  let next = ((sum & 0x1ffffff) << 5) ^ value
  for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) next ^= GENERATORS[bit]!
  return next
}

/** Bytes that a version's program may have: the first version names a key or a script, later ones anything. */
const fits = (version: number, bytes: number): boolean =>
  version === 0 ? bytes === 20 || bytes === 32 : version <= 16 && bytes >= 2 && bytes <= 40

/** The sum over a prefix and what follows its `1`; undefined where a character is of no such address. */
function sumOf(text: string, prefix: string): number | undefined {
  let sum = 1
  for (const letter of prefix) sum = step(sum, letter.charCodeAt(0) >> 5)
  sum = step(sum, 0)
  for (const letter of prefix) sum = step(sum, letter.charCodeAt(0) & 31)
  for (let at = prefix.length + 1; at < text.length; at++) {
    const value = ALPHABET.indexOf(text[at]!)
    if (value === -1) return undefined
    sum = step(sum, value)
  }
  return sum
}

/** Whether `text`, in lower case, is an address that begins with `prefix` and `1`. */
export function isSegwit(text: string, prefix: string): boolean {
  const sum = sumOf(text, prefix)
  const from = prefix.length + 1
  const version = ALPHABET.indexOf(text[from] ?? ' ')
  const programBits = (text.length - from - 1 - CHECK) * 5
  return sum === (version === 0 ? BECH32 : BECH32M) && fits(version, programBits >> 3) && programBits % 8 < 5
}

/** The same of chains whose addresses have no version. */
export const isBech32 = (text: string, prefix: string): boolean => sumOf(text, prefix) === BECH32
