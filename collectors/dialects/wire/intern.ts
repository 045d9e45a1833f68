/** Longest text that is looked up. */
export const INTERN_MAX = 48
const SLOT_BITS = 11
const table: (string | undefined)[] = Array.from({ length: 1 << SLOT_BITS })

interface Latin1 {
  latin1Slice(start: number, end: number): string
}

/**
 * Attribute keys repeat by the thousand. A small direct-mapped table gives the string made earlier for the same bytes:
 * no call into native code, no garbage, and V8 has the key's hash already. A collision only replaces the slot, so the
 * table never grows. Undefined when the bytes are not ASCII.
 */
export function internAscii(bytes: Buffer, start: number, end: number): string | undefined {
  let hash = end - start
  let high = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    high |= byte
    hash = Math.imul(hash ^ byte, 0x9e3779b1)
  }
  if (high >= 0x80) return undefined
  const slot = hash >>> (32 - SLOT_BITS)
  const known = table[slot]
  if (known !== undefined && same(known, bytes, start, end)) return known
  const made = (bytes as unknown as Latin1).latin1Slice(start, end)
  table[slot] = made
  return made
}

function same(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let at = start, i = 0; at < end; at++, i++) if (text.charCodeAt(i) !== bytes[at]) return false
  return true
}
