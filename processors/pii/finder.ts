import type { HitType, View } from '../../core/seam.ts'

/** A value in a view; its range is of the view's content. */
export interface Sighting {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly confidence: number
  /** What its type says of itself where left out. */
  readonly why?: string
  readonly normal: string
}

export type Report = (sighting: Sighting) => void

/** What all finders ask of a token with a digit. One serves all tokens, one after another. */
export class Token {
  /** Where ASCII begins in it: scripts without gaps run into what they name, `账号DE89...`. */
  start = 0
  end = 0
  /** Digits that stand at its start. */
  digits = 0
  /** ASCII is not all there is from its start on. */
  mixed = false
  /** ASCII is not all there is. */
  wide = false

  read(content: string, from: number, end: number): void {
    let start = from
    while (start < end && codeAt(content, start) > 127) start++
    this.start = start
    this.end = end
    let at = start
    while (at < end && isDigitCode(codeAt(content, at))) at++
    this.digits = at - start
    while (at < end && codeAt(content, at) < 128) at++
    this.mixed = at < end
    this.wide = at < end || start > from
  }
}

/** Looks closer at marks of some kinds. What it is less sure of than one half it keeps to itself. */
export interface Finder {
  readonly types: readonly HitType[]
  /** Kinds of marks: those of the scan, and words of the vocabulary. */
  readonly kinds: readonly number[]
  /**
   * Of a token with a digit, by its length, the digits that it begins with and the character behind it: whether the finder
   * may make anything of it. Asked when the finder is made, of lengths up to 31 and of the characters in `dispatch.ts`.
   */
  readonly wants?: (length: number, digits: number, behind: string) => boolean
  /** The same of the character before. Both are `''` at the ends of a text, and `é` for all that is not ASCII. */
  readonly wantsAfter?: (before: string) => boolean
  /** `mark` is the index of the mark's triple in `view.marks`; `token` is read when the mark is a number. */
  readonly find: (view: View, mark: number, report: Report, token: Token) => void
}

/** What stands beyond the ends of a text: above every code, and a whole number, with which a processor reckons faster. */
export const NO_CODE = 0x10000

/**
 * The code of a character, `NO_CODE` beyond the ends of the text. A place where `charCodeAt` was once asked beyond them is
 * slow from then on; this asks it only inside.
 */
export const codeAt = (content: string, at: number): number =>
  at >= 0 && at < content.length ? content.charCodeAt(at) : NO_CODE

/** Whether a character is beyond ASCII. */
export const isWideCode = (code: number): boolean => code > 127 && code < NO_CODE

export const isDigitCode = (code: number): boolean => code >= 48 && code <= 57

/** Whether an ASCII character is a letter. */
export const isLetterCode = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

/** Whether an ASCII character is a letter or digit. */
export const isWordCode = (code: number): boolean => isDigitCode(code) || isLetterCode(code)

export const isHexCode = (code: number): boolean =>
  isDigitCode(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** Where ASCII begins in a token: scripts without gaps run into what they name, `账号DE89...`. */
export function asciiStart(content: string, start: number, end: number): number {
  while (start < end && codeAt(content, start) > 127) start++
  return start
}

/** Whether `pattern`, which is sticky, matches at `at`; where the match ends is its `lastIndex`. */
export function matchesAt(pattern: RegExp, content: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(content)
}
