import { letterColumn } from './vocabulary.ts'

/*
 * What a character is to the scan: one look into one table. ASCII is there from the start; the rest is made when the first
 * character beyond it is met.
 */

/**
 * Kinds of characters. A gap stands between words. Capitals are one above small letters and no other kind is one above
 * either of them, for the scan's sake.
 */
export const GAP = 0
export const LOWER = 1
export const UPPER = 2
export const DIGITS = 4
/** `@` */
export const SIGN = 5
/** Letters of other scripts. */
export const OTHER_LETTER = 6
/** Marks that sit on a letter: part of a word, and none of its letters. */
export const COMBINING = 7
/** The lowest bits are a letter's column, 1 to 26; the kind stands above them. */
export const COLUMN_BITS = 5
export const COLUMN_MASK = 31
export const KIND_MASK = 7
/** The character disguises a letter or digit, or hides inside words. */
export const FOLDS: number = 1 << 8
/** The character stands for a space or a mark, and disguises at most a number. */
export const FOLDS_TO_MARK: number = 1 << 9
/** Nobody has asked yet what it is. */
export const UNKNOWN: number = 1 << 10

/** By UTF-16 unit. Beyond ASCII nothing is known until `completeChars` was called. */
export const CHARS: Uint16Array = Uint16Array.from({ length: 0x10000 }, (_, code) =>
  code < 128 ? asciiChar(code) : UNKNOWN,
)

export function completeChars(): void {
  if ((CHARS[128]! & UNKNOWN) === 0) return
  for (let code = 128; code < CHARS.length; code++) CHARS[code] = wideChar(code) | foldFlag(code)
}

export const kindOf = (code: number): number => (CHARS[code]! >> COLUMN_BITS) & KIND_MASK

/** The kind of a character beyond ASCII. */
export function wideKind(code: number): number {
  completeChars()
  return kindOf(code)
}

/** Whether some plain character is another spelling of one beyond ASCII. */
export function isFolded(code: number): boolean {
  completeChars()
  return (CHARS[code]! & (FOLDS | FOLDS_TO_MARK)) !== 0
}

function asciiChar(code: number): number {
  if (code >= 48 && code <= 57) return DIGITS << COLUMN_BITS
  if (code === 64) return SIGN << COLUMN_BITS
  if (code === 0) return FOLDS
  const column = letterColumn(code)
  return column === 0 ? GAP : column | ((code < 97 ? UPPER : LOWER) << COLUMN_BITS)
}

/** First halves of mathematical and enclosed letters and digits. */
const STYLED: ReadonlySet<number> = new Set([0xd835, 0xd83c])

function foldFlag(code: number): number {
  if (LOOKALIKES.has(code) || STYLED.has(code)) return FOLDS
  const plain = plainSpelling(code)
  if (plain === undefined) return 0
  return /^[^A-Za-z0-9@]+$/.test(plain) ? FOLDS_TO_MARK : FOLDS
}

function wideChar(code: number): number {
  const char = String.fromCharCode(code)
  const column = letterColumn(code)
  if (column > 0) return column | ((char === char.toLowerCase() ? LOWER : UPPER) << COLUMN_BITS)
  if (code >= 0x300 && code < 0x370) return COMBINING << COLUMN_BITS
  // Half of a character beyond the basic plane: letters and emoji alike, they hold a word together.
  if (code >= 0xd800 && code < 0xe000) return OTHER_LETTER << COLUMN_BITS
  return /[\p{L}\p{M}\p{N}]/u.test(char) ? OTHER_LETTER << COLUMN_BITS : GAP
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u

/** Characters that show nothing: NUL, as between the letters of UTF-16 that is read as bytes; soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark. */
const isInvisible = (code: number): boolean => code === 0 || (code > 127 && INVISIBLE.test(String.fromCharCode(code)))

/** Digits of other scripts whose numbers people copy as they are: the code of each zero. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20]

const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/
const DASH = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/
const DOT = /[\u2024\uff61]/

/** What stands for a character in plain text: '' when it shows nothing, undefined when it is plain itself. */
export function plainSpelling(code: number): string | undefined {
  if (isInvisible(code)) return ''
  const char = String.fromCharCode(code)
  if (SPACE.test(char)) return ' '
  if (DASH.test(char)) return '-'
  if (DOT.test(char)) return '.'
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return String(code - zero)
  if (code >= 0xd800 && code < 0xe000) return undefined
  return compatible(char)
}

/** The ASCII text that a full-width, circled, superscript or mathematical character is a form of. */
export function compatible(char: string): string | undefined {
  const form = char.normalize('NFKC')
  return form !== char && /^[\x21-\x7e]+$/.test(form) ? form : undefined
}

/** Letters of other scripts that look like a Latin one. They stand for it only among ASCII, or as the series of a card. */
export const LOOKALIKES: ReadonlyMap<number, string> = new Map(
  (
    [
      ['абвгезикмнорсткухАВСЕНІЈКМОРЅТХУҮ', 'a6brезиkmнopcтkyxABCEHIJKMOPSTXYY'],
      ['ѕіјԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'sijdqwhABEZHIKMNOPTYX'],
      ['αικνορτυωχеѐёӏ', 'aikvoptuwxeeel'],
    ] as const
  ).flatMap(([others, latin]) =>
    Array.from(others, (other, at): [number, string] => [other.charCodeAt(0), Array.from(latin)[at]!]).filter(
      ([, letter]) => letter < '\u0080',
    ),
  ),
)

/** `ΑΒ 123456`: capitals that offices choose because they are Latin ones as well, before the digits of a card or plate. */
const SERIES = /(?<![\p{L}\p{M}\d])[\u0391-\u03a9\u0410-\u042f]{2,3} \d{5,7}(?!\d)/uy
const LONGEST_SERIES = 3
const isCapital = (code: number): boolean => (code >= 0x391 && code <= 0x3a9) || (code >= 0x410 && code <= 0x42f)

/** Whether the capital at `at` is one of such a series. */
export function isSeriesOfCard(text: string, at: number): boolean {
  if (!isCapital(text.charCodeAt(at))) return false
  for (let back = 0; back < LONGEST_SERIES; back++) {
    SERIES.lastIndex = at - back
    if (at >= back && SERIES.test(text)) return SERIES.lastIndex > at
  }
  return false
}
