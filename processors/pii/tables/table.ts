import type { WordId } from '../../scan/index.ts'

export interface Table {
  readonly delimiter: string
  /** Where the names end. */
  readonly end: number
  /** Where its rows end. */
  readonly until: number
  /** Between what its rows stand, and how their cells are quoted. */
  readonly opens: string
  readonly closes: string
  readonly quote: string
  /** Cells begin with `<td` and `<th` in rows that begin with `<tr`. */
  readonly markup?: true
  /** By column: the vocabulary's words in its name. */
  readonly columns: readonly (readonly ColumnWord[])[]
}

export interface ColumnWord {
  readonly word: WordId
  /** From its begin to the end of the name. */
  readonly length: number
}
