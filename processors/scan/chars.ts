import { letterColumn } from './vocabulary.ts'

/*
 * What a character is to the scan. ASCII is decided by one small table; what is beyond it by another, made when the first
 * such character is met.
 */

/** Columns 1 to 26 are letters. */
export const DIGIT = 27
export const AT_SIGN = 28
/** Letters of other scripts. */
export const OTHER_LETTER = 29
/** Marks that sit on a letter: part of a word, and of no column. */
export const COMBINING = 30

/** Column of each ASCII character; 0 is a gap between words. */
export const ASCII_COLUMN: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return DIGIT
  return code === 64 ? AT_SIGN : letterColumn(code)
})

/** First halves of mathematical and enclosed letters and digits. */
const STYLED: ReadonlySet<number> = new Set([0xd835, 0xd83c])

/** Set on a column: the character disguises a letter or digit, or hides inside words. */
const FOLDS = 128
/** Set on a column: the character stands for a space or a mark, and disguises at most a number. */
const FOLDS_TO_MARK = 64

let wide: Uint8Array | undefined

export const wideColumn = (code: number): number => wideTable()[code]! & (FOLDS_TO_MARK - 1)

/** Whether a character beyond ASCII may disguise a plain one. */
export const folds = (code: number): boolean => wideTable()[code]! >= FOLDS

/** Whether it may stand for the space or hyphen between the digits of a number. */
export const foldsToMark = (code: number): boolean => (wideTable()[code]! & FOLDS_TO_MARK) !== 0

function wideTable(): Uint8Array {
  return (wide ??= Uint8Array.from({ length: 0x10000 }, (_, code) => {
    if (code < 128) return ASCII_COLUMN[code]!
    return baseColumn(code) | foldFlag(code)
  }))
}

function foldFlag(code: number): number {
  if (LOOKALIKES.has(code) || STYLED.has(code)) return FOLDS
  const plain = plainSpelling(code)
  if (plain === undefined) return 0
  return /^[^A-Za-z0-9@]+$/.test(plain) ? FOLDS_TO_MARK : FOLDS
}

function baseColumn(code: number): number {
  const column = letterColumn(code)
  if (column > 0) return column
  if (code >= 0x300 && code < 0x370) return COMBINING
  // Half of a character beyond the basic plane: letters and emoji alike, they hold a word together.
  if (code >= 0xd800 && code < 0xe000) return OTHER_LETTER
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code)) ? OTHER_LETTER : 0
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u

/** Characters that show nothing: soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark. */
export const isInvisible = (code: number): boolean => code > 127 && INVISIBLE.test(String.fromCharCode(code))

/** Digits of other scripts whose numbers people copy as they are: the code of each zero. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20]

const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/
const DASH = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/
const DOT = /[\u2024\uff61]/

/** What stands for a character in plain text: '' when it shows nothing, undefined when it is plain itself. */
export function plainSpelling(code: number): string | undefined {
  const char = String.fromCharCode(code)
  if (INVISIBLE.test(char)) return ''
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

/** Letters of other scripts that look like a Latin one. They stand for it only among ASCII. */
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
