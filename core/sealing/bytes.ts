/**
 * Strings as bytes that no other list of strings has: each is preceded by its length, so that ("ab", "c") and ("a", "bc")
 * differ. UTF-16, because UTF-8 turns every lone surrogate into the same replacement character.
 */
export function bind(...texts: readonly string[]): Buffer {
  const parts: Buffer[] = []
  for (const text of texts) {
    const bytes = Buffer.from(text, 'utf16le')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    parts.push(length, bytes)
  }
  return Buffer.concat(parts)
}
