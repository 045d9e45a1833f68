import type { HitType, View } from '../../core/seam.ts'

/** A value in a view; its range is of the view's content. */
export interface Sighting {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly confidence: number
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

  read(content: string, start: number, end: number): void {
    while (start < end && content.charCodeAt(start) > 127) start++
    this.start = start
    this.end = end
    let at = start
    while (at < end && isDigitCode(content.charCodeAt(at))) at++
    this.digits = at - start
    while (at < end && content.charCodeAt(at) < 128) at++
    this.mixed = at < end
  }
}

/** Looks closer at marks of some kinds. What it is less sure of than one half it keeps to itself. */
export interface Finder {
  readonly types: readonly HitType[]
  /** Kinds of marks: those of the scan, and words of the vocabulary. */
  readonly kinds: readonly number[]
  /** `mark` is the index of the mark's triple in `view.marks`; `token` is read when the mark is a number. */
  find(view: View, mark: number, report: Report, token: Token): void
}

export const isDigitCode = (code: number): boolean => code >= 48 && code <= 57

/** Whether an ASCII character is a letter. */
export const isLetterCode = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

/** Whether an ASCII character is a letter or digit. */
export const isWordCode = (code: number): boolean => isDigitCode(code) || isLetterCode(code)

export const isHexCode = (code: number): boolean =>
  isDigitCode(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** Where ASCII begins in a token: scripts without gaps run into what they name, `账号DE89...`. */
export function asciiStart(content: string, start: number, end: number): number {
  while (start < end && content.charCodeAt(start) > 127) start++
  return start
}

/** Whether `pattern`, which is sticky, matches at `at`; where the match ends is its `lastIndex`. */
export function matchesAt(pattern: RegExp, content: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(content)
}
