/*
 * An identifier that people or offices write as a short run of digits and letters: what it looks like, how it is checked,
 * and which words around it say what it is. The rules are data; `shapes.ts` finds their values in a text.
 */

/** `unknown`: the scheme has no check, or not for all of its numbers. */
export type Verdict = 'valid' | 'invalid' | 'unknown'

export interface IdRule {
  readonly type: string
  /**
   * The ways it is written. `9` is a digit, `A` a letter, `*` either; a space, `-`, `.`, `/`, `+` and brackets stand for
   * themselves, and every other character for itself, as the `P` of a prefix that never varies would. Letters match in
   * either case.
   */
  readonly shapes: readonly string[]
  /** Asked with the value's digits and letters alone, letters in upper case. */
  readonly check: (compact: string) => Verdict
  /**
   * Words and phrases that name it: lower case, without diacritics, one space between words. They match whole words, also
   * in `snake_case` and `camelCase`.
   */
  readonly words: readonly string[]
  /** The same, where a word says much else elsewhere: it counts right beside the value alone. */
  readonly close?: readonly string[]
  /** Of the words, those that the value may follow without a gap: `cvv123`. */
  readonly glued?: readonly string[]
  /** How many characters its words may stand away, where its values look like anything. Left out: as far as words are heard. */
  readonly reach?: number
  /** How sure a valid value is when no word names it. Left out: it is only found beside one of its words. */
  readonly alone?: number
  /** Its values may be letters alone, which are looked for beside its words, and only in capitals. */
  readonly capitals?: true
  /** Letters that a blank parts from the rest are capitals: small ones are words of the text, `ab 12 am 2024`. */
  readonly upright?: true
}
