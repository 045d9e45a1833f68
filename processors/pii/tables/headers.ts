import type { View } from '../../../core/seam.ts'
import { MARK_SIZE } from '../../scan/index.ts'
import { codeAt, isDigitCode } from '../finder.ts'
import type { ColumnWord, Table } from './table.ts'

/* Lines that are nothing but names of columns, over rows of as many cells: CSV, Markdown. */

/** So far into a text its first such line stands, at the latest. */
const HEADER_REACH = 4000
const DELIMITERS = [',', ';', '\t', '|']
/** The name of a column: a few words, none of them a number. */
const NAME = /^[\s"'*`]*[\p{L}_][\p{L}\p{M} _().\-/]{0,30}[\s"'*`]*$/u
/** One of several: `phone_1`, `tel2`. */
const NUMBERED = /(?<=[\p{L}_ ])\d{1,2}(?=[\s"'*`]*$)/u
const ONE_WORD = /^[\s"']*[\p{L}\p{M}_]+[\s"']*$/u
const INSERT = /^\s*insert\s/i

/** In the order of their ends. */
export function headedTables(view: View): readonly Table[] {
  const first = firstTable(view)
  const ruled = ruledTables(view, first)
  if (first === undefined) return ruled
  return ruled.length === 0 ? [first] : [{ ...first, until: Math.min(first.until, ruled[0]!.end) }, ...ruled]
}

function firstTable(view: View): Table | undefined {
  const { content } = view
  const reach = Math.min(content.length, HEADER_REACH)
  let start = 0
  while (start < reach) {
    const end = content.indexOf('\n', start)
    if (end === -1 || end >= reach) return undefined
    if (mayBeNames(content, start, end)) {
      const table = tableUnder(view, start, end, reach)
      if (table !== undefined) return table
    }
    start = end + 1
  }
  return undefined
}

function tableUnder(view: View, start: number, end: number, reach: number): Table | undefined {
  const line = view.content.slice(start, end)
  if (INSERT.test(line)) return undefined
  const numbered = /\d/.test(line)
  for (const delimiter of DELIMITERS) {
    const names = namesIn(line, delimiter)
    if (names === undefined || !hasRow(rowsAt(view.content, end + 1, reach), delimiter, names.length)) continue
    const columns = columnsOf(view, start, names)
    // Names with numbers may be anything's, so that something must be named.
    if (!numbered || columns.some((words) => words.length > 0)) return lines(delimiter, end, Infinity, columns)
  }
  return undefined
}

const lines = (delimiter: string, end: number, until: number, columns: Table['columns']): Table => ({
  delimiter,
  end,
  until,
  opens: '\n',
  closes: '\n',
  quote: '"',
  columns,
})

/** Letters of a name, at most. */
const MOST_NAME = 31

/** Cheap: a delimiter is there, nothing in ASCII that no name has, and no name is longer than one. */
function mayBeNames(content: string, start: number, end: number): boolean {
  let delimited = false
  let letters = 0
  for (let at = start; at < end; at++) {
    const code = codeAt(content, at)
    const kind = code < 128 ? HEADER_CHARS[code]! : OF_NAMES
    if (kind === OF_NAMES) {
      if (++letters > MOST_NAME) return false
    } else if (kind === DELIMITING) {
      delimited = true
      letters = 0
    } else if (kind === OF_NOTHING && (letters === 0 || !isDigitCode(code))) return false
  }
  return delimited
}

const OF_NOTHING = 0
const OF_NAMES = 1
const DELIMITING = 2
const BLANK = 3
const HEADER_CHARS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  if (DELIMITERS.includes(char)) return DELIMITING
  if (/[\sA-Za-z_"'*`().\-/]/.test(char)) return /[A-Za-z_]/.test(char) ? OF_NAMES : BLANK
  return OF_NOTHING
})

/** The cells of a line that is nothing but names of columns. */
function namesIn(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes(delimiter)) return undefined
  const cells = line.split(delimiter)
  const named = cells.filter((cell, at) => cell.trim() !== '' || (at > 0 && at < cells.length - 1))
  const name = cells.length === 2 ? ONE_WORD : NAME
  return named.length > 1 && named.every((cell) => name.test(cell.replace(NUMBERED, ''))) ? cells : undefined
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

/** Under a table's first line in Markdown: `|---|:--:|`. */
const RULE =
  /\n[ \t]{0,8}(\|?[ \t]{0,4}:?-{1,200}:?[ \t]{0,4}(?:\|[ \t]{0,4}:?-{1,200}:?[ \t]{0,4}){0,60}\|?)[ \t]{0,8}(?=\n)/y
const MOST_HEADER = 1000

/** Tables whose names have a rule below, behind the first table: wherever they stand. */
function ruledTables(view: View, first: Table | undefined): Table[] {
  const { content } = view
  const tables: Table[] = []
  let at = content.indexOf('|', (first?.end ?? 0) + 1)
  while (at !== -1) {
    const line = content.lastIndexOf('\n', at)
    const end = content.indexOf('\n', at)
    if (end === -1) return tables
    RULE.lastIndex = Math.max(0, line)
    const table = line > 0 && RULE.test(content) ? ruledTable(view, line, end) : undefined
    if (table !== undefined && line > (first?.end ?? -1)) tables.push(table)
    at = content.indexOf('|', table?.until ?? end)
  }
  return tables
}

function ruledTable(view: View, end: number, rule: number): Table | undefined {
  const { content } = view
  const start = content.lastIndexOf('\n', end - 1) + 1
  if (end - start > MOST_HEADER) return undefined
  const names = content.slice(start, end).split('|')
  if (names.length < 2 || names.length !== cellsIn(content.slice(end + 1, rule), '|')) return undefined
  return lines('|', end, rowsEnd(content, rule), columnsOf(view, start, names))
}

/** Where lines with a delimiter end. */
function rowsEnd(content: string, from: number): number {
  let end = from
  for (;;) {
    const next = content.indexOf('\n', end + 1)
    const until = next === -1 ? content.length : next
    const delimiter = content.indexOf('|', end + 1)
    if (delimiter === -1 || delimiter >= until) return end + 1
    if (next === -1) return content.length
    end = next
  }
}

/** The words in names that stand one behind another with a character between, from `start` on. */
export function columnsOf(view: View, start: number, names: readonly string[]): ColumnWord[][] {
  let mark = firstMarkFrom(view, start)
  let from = start
  return names.map((name) => {
    const end = from + name.length
    const words: ColumnWord[] = []
    mark = wordsIn(view, mark, from, end, words)
    from = end + 1
    return words
  })
}

/** Adds the words in a name, and says where the marks behind it begin; `mark` is one before its end. */
export function wordsIn({ marks }: View, mark: number, from: number, end: number, words: ColumnWord[]): number {
  while (mark < marks.length && marks[mark + 2]! <= from) mark += MARK_SIZE
  for (; mark < marks.length && marks[mark + 2]! <= end; mark += MARK_SIZE) {
    if (marks[mark]! < 0) continue
    const length = end - marks[mark + 1]!
    // Of names that begin together the longer one, which comes later, speaks: `citizen_id_th`.
    const shorter = words.findIndex((one) => one.length === length)
    if (shorter !== -1) words.splice(shorter, 1)
    words.push({ word: marks[mark]!, length })
  }
  return mark
}

/** Marks stand in the order of their ends. */
export function firstMarkFrom({ marks }: View, start: number): number {
  let low = 0
  let high = marks.length / MARK_SIZE
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle * MARK_SIZE + 2]! <= start) low = middle + 1
    else high = middle
  }
  return low * MARK_SIZE
}
