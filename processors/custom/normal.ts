/** Case, and what stands between words, does not tell values apart. Undefined for what is empty. */
export function normalOf(value: string): string | undefined {
  const trimmed = value.trim()
  const folded = trimmed
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
  return folded || trimmed || undefined
}
