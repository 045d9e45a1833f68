import type { View } from '../../core/seam.ts'
import { MARK_SIZE, type WordId } from '../scan/index.ts'
import { codeAt } from './finder.ts'

/* Rows under a line of names: what is named there names the values below, and the other cells of a row name nothing. */

interface Table {
  readonly delimiter: string
  readonly end: number
  /** Where its rows end. */
  readonly until: number
  /** Between what its rows stand, and how their cells are quoted. */
  readonly opens: string
  readonly closes: string
  readonly quote: string
  /** By column: the vocabulary's words in its name. */
  readonly columns: readonly (readonly ColumnWord[])[]
}

export interface ColumnWord {
  readonly word: WordId
  /** From its begin to the end of the name. */
  readonly length: number
}

/** So far into a text its table begins, at the latest. */
const HEADER_REACH = 4000
/** A row is looked at so far to both sides of a value. */
const ROW_REACH = 400
const DELIMITERS = [',', ';', '\t', '|']
/** The name of a column: a few words, none of them a number. */
const NAME = /^[\s"'*]*[\p{L}_][\p{L}\p{M} _().\-/]{0,30}[\s"'*]*$/u
const ONE_WORD = /^[\s"']*[\p{L}\p{M}_]+[\s"']*$/u

/** Views are looked at one after another. */
let lastView: View | undefined
let lastTable: Table | undefined

function tableOf(view: View): Table | undefined {
  if (view !== lastView) {
    lastTable = findTable(view) ?? findInsert(view)
    lastView = view
  }
  return lastTable
}

/** Lets go of the text that was looked at last. */
export function forgetTable(): void {
  lastView = undefined
  lastTable = undefined
}

/** Whether a place is in the line that names a table's columns. */
export const isInHeader = (view: View, at: number): boolean => at <= (tableOf(view)?.end ?? -1)

function findTable(view: View): Table | undefined {
  const { content } = view
  const reach = Math.min(content.length, HEADER_REACH)
  let start = 0
  while (start < reach) {
    const end = content.indexOf('\n', start)
    if (end === -1 || end >= reach) return undefined
    if (mayBeNames(content, start, end)) {
      const line = content.slice(start, end)
      for (const delimiter of DELIMITERS) {
        const names = namesIn(line, delimiter)
        if (names !== undefined && hasRow(rowsAt(content, end + 1, reach), delimiter, names.length))
          return {
            delimiter,
            end,
            until: Infinity,
            opens: '\n',
            closes: '\n',
            quote: '"',
            columns: wordsOf(view, start, names),
          }
      }
    }
    start = end + 1
  }
  return undefined
}

/** `INSERT INTO users (name, birth_date) VALUES ('Ann', '1984-02-19'), ...` */
const INSERT = /insert into\s{1,4}[^\s(]{1,80}\s{0,4}\(([^()]{3,600})\)\s{0,4}values\s{0,4}(?=\()/iy
/** Its rows: `('Ann', 3), ('Ben', 4)`. */
const ROWS = /(?:,?\s{0,8}\((?:'[^'\n]{0,200}'|[^()'\n]){1,600}\)){1,200}/y

function findInsert(view: View): Table | undefined {
  const { content } = view
  const upper = content.indexOf('INSERT INTO')
  const from = upper === -1 ? content.indexOf('insert into') : upper
  if (from === -1) return undefined
  INSERT.lastIndex = from
  const insert = INSERT.exec(content)
  if (insert === null) return undefined
  const start = insert.index + insert[0].indexOf('(') + 1
  const columns = wordsOf(view, start, insert[1]!.split(','))
  ROWS.lastIndex = insert.index + insert[0].length
  if (!ROWS.test(content)) return undefined
  return {
    delimiter: ',',
    end: insert.index + insert[0].length,
    until: ROWS.lastIndex,
    opens: '(',
    closes: ')',
    quote: "'",
    columns,
  }
}

/** Cheap: a delimiter is there, and nothing in ASCII that no name has. */
function mayBeNames(content: string, start: number, end: number): boolean {
  let delimited = false
  for (let at = start; at < end; at++) {
    const code = codeAt(content, at)
    const kind = code < 128 ? HEADER_CHARS[code]! : OF_NAMES
    if (kind === OF_NOTHING) return false
    if (kind === DELIMITING) delimited = true
  }
  return delimited
}

const OF_NOTHING = 0
const OF_NAMES = 1
const DELIMITING = 2
const HEADER_CHARS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  if (DELIMITERS.includes(char)) return DELIMITING
  return /[\sA-Za-z_"'*().\-/]/.test(char) ? OF_NAMES : OF_NOTHING
})

/** The cells of a line that is nothing but names of columns. */
function namesIn(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes(delimiter)) return undefined
  const cells = line.split(delimiter)
  const named = cells.filter((cell, at) => cell.trim() !== '' || (at > 0 && at < cells.length - 1))
  const name = cells.length === 2 ? ONE_WORD : NAME
  return named.length > 1 && named.every((cell) => name.test(cell)) ? cells : undefined
}

/** The two lines from `start` on. */
function rowsAt(content: string, start: number, reach: number): readonly string[] {
  return content.slice(start, reach).split('\n', 2)
}

/** A line of dashes may stand between: the tables of Markdown have one. */
const hasRow = (rows: readonly string[], delimiter: string, cells: number): boolean =>
  rows.some((line) => /\d/.test(line) && cellsIn(line, delimiter) === cells)

function cellsIn(line: string, delimiter: string): number {
  let cells = 1
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) cells++
  }
  return cells
}

function wordsOf({ marks }: View, start: number, cells: readonly string[]): ColumnWord[][] {
  let mark = 0
  let from = start
  return cells.map((cell) => {
    const end = from + cell.length
    const words: ColumnWord[] = []
    while (mark < marks.length && marks[mark + 2]! <= from) mark += MARK_SIZE
    for (; mark < marks.length && marks[mark + 2]! <= end; mark += MARK_SIZE) {
      if (marks[mark]! < 0) continue
      const length = end - marks[mark + 1]!
      // Of names that begin together the longer one, which comes later, speaks: `citizen_id_th`.
      const shorter = words.findIndex((one) => one.length === length)
      if (shorter !== -1) words.splice(shorter, 1)
      words.push({ word: marks[mark]!, length })
    }
    from = end + 1
    return words
  })
}

/** Delimiters from `at` to the end of the row in steps of `step`, and where the cell ends; undefined when the row is long. */
function walk(
  content: string,
  at: number,
  step: 1 | -1,
  { delimiter, opens, closes, quote }: Table,
): { cells: number; edge: number } | undefined {
  let cells = 0
  let edge = -1
  // A quote right beside the value is its own.
  let quoted = false
  for (let seen = 0; seen < ROW_REACH; seen++, at += step) {
    const char = content[at]
    if (char === undefined || ((char === opens || char === closes) && (!quoted || opens === closes)))
      return { cells, edge: edge === -1 ? at : edge }
    if (char === quote && seen > 0) quoted = !quoted
    if (char !== delimiter || quoted) continue
    if (cells++ === 0) edge = at
  }
  return undefined
}

/** A value in a table: the words of its column's name, and where its cell begins. */
export interface Cell {
  readonly words: readonly ColumnWord[]
  readonly start: number
}

export function cellAt(view: View, start: number, end: number): Cell | undefined {
  const table = tableOf(view)
  if (table === undefined || start <= table.end || start >= table.until) return undefined
  const before = walk(view.content, start - 1, -1, table)
  if (before === undefined || before.cells >= table.columns.length) return undefined
  const behind = walk(view.content, end, 1, table)
  if (behind === undefined || before.cells + behind.cells + 1 !== table.columns.length) return undefined
  return { words: table.columns[before.cells]!, start: before.edge + 1 }
}
