import type { NameType } from '../labels.ts'

export interface Span {
  readonly start: number
  readonly end: number
  readonly type: NameType
}

/** A text and the names in it, in order and apart from each other. */
export interface LabelledText {
  readonly text: string
  readonly spans: readonly Span[]
}
