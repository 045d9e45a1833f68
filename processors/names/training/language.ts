/*
 * Sentences of other languages to learn from, with and without names; `|` is a line break. Each language has its own
 * slots for streets and companies where it matters.
 */
export interface Language {
  readonly code: string
  readonly named: string
  readonly plain: string
}
