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

/** Looks closer at marks of some kinds. */
export interface Finder {
  readonly types: readonly HitType[]
  /** Kinds of marks: those of the scan, and words of the vocabulary. */
  readonly kinds: readonly number[]
  /** `mark` is the index of the mark's triple in `view.marks`. */
  find(view: View, mark: number, report: Report): void
}

/** Whether an ASCII character is a letter or digit. */
export const isWordCode = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

export const isDigitCode = (code: number): boolean => code >= 48 && code <= 57
