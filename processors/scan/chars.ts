/*
 * What counts as a digit, a separator or nothing at all. Plain ASCII is decided by comparisons alone; the rest is asked
 * only of characters beyond it.
 */

const ZEROS = [0x660, 0x6f0, 0xff10]

/** The value of a decimal digit: ASCII, full-width, Arabic-Indic or extended Arabic-Indic. -1 for anything else. */
export function digitValue(code: number): number {
  if (code < 128) return code >= 48 && code <= 57 ? code - 48 : -1
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return code - zero
  return -1
}

/** Characters that show nothing: soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark. */
export const isInvisible = (code: number): boolean =>
  code > 127 &&
  (code === 0xad || (code >= 0x200b && code <= 0x200f) || (code >= 0x2060 && code <= 0x2064) || code === 0xfeff)

/** What people put between the groups of a number: space, hyphen and their non-breaking, narrow and full-width kin. */
export const isSeparator = (code: number): boolean =>
  code === 32 ||
  code === 45 ||
  (code > 127 &&
    (code === 0xa0 || (code >= 0x2007 && code <= 0x2013) || code === 0x202f || code === 0x3000 || code === 0xff0d) &&
    !isInvisible(code))
