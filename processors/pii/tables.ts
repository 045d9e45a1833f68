import type { View } from '../../core/seam.ts'
import { MARK_SIZE, type WordId } from '../scan/index.ts'

/* Rows under a line of names: what is named there names the values below, and the other cells of a row name nothing. */

interface Table {
  readonly delimiter: string
  readonly end: number
  /** By column: the vocabulary's words in its name. */
  readonly columns: readonly (readonly WordId[])[]
}

/** So far into a text its table begins, at the latest. */
const HEADER_REACH = 4000
/** A row is looked at so far to both sides of a value. */
const ROW_REACH = 400
const DELIMITERS = [',', ';', '\t', '|']
/** The name of a column: a few words, none of them a number. */
const NAME = /^[\s"']*[\p{L}_][\p{L}\p{M} _().\-/]{0,30}[\s"']*$/u
const ONE_WORD = /^[\s"']*[\p{L}\p{M}_]+[\s"']*$/u

const tables = new WeakMap<View, Table | null>()

function tableOf(view: View): Table | undefined {
  let table = tables.get(view)
  if (table === undefined) tables.set(view, (table = findTable(view) ?? null))
  return table ?? undefined
}

function findTable(view: View): Table | undefined {
  const lines = view.content.slice(0, HEADER_REACH).split('\n')
  let start = 0
  for (let index = 0; index + 1 < lines.length; index++) {
    const line = lines[index]!
    for (const delimiter of DELIMITERS) {
      const names = namesIn(line, delimiter)
      if (names !== undefined && hasRow(lines, index + 1, delimiter, names.length))
        return { delimiter, end: start + line.length, columns: wordsOf(view, start, names) }
    }
    start += line.length + 1
  }
  return undefined
}

/** The cells of a line that is nothing but names of columns. */
function namesIn(line: string, delimiter: string): readonly string[] | undefined {
  const cells = line.split(delimiter)
  if (cells.length < 2) return undefined
  const named = cells.filter((cell, at) => cell.trim() !== '' || (at > 0 && at < cells.length - 1))
  const name = cells.length === 2 ? ONE_WORD : NAME
  return named.length > 1 && named.every((cell) => name.test(cell)) ? cells : undefined
}

/** A line of dashes may stand between: the tables of Markdown have one. */
const hasRow = (lines: readonly string[], from: number, delimiter: string, cells: number): boolean =>
  lines.slice(from, from + 2).some((line) => /\d/.test(line) && cellsIn(line, delimiter) === cells)

function cellsIn(line: string, delimiter: string): number {
  let cells = 1
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) cells++
  }
  return cells
}

function wordsOf({ marks }: View, start: number, cells: readonly string[]): WordId[][] {
  let mark = 0
  let from = start
  return cells.map((cell) => {
    const end = from + cell.length
    const words: WordId[] = []
    while (mark < marks.length && marks[mark + 2]! <= from) mark += MARK_SIZE
    for (; mark < marks.length && marks[mark + 2]! <= end; mark += MARK_SIZE)
      if (marks[mark]! >= 0) words.push(marks[mark]!)
    from = end + 1
    return words
  })
}

/** Delimiters from `at` to the end of the row in steps of `step`, and where the cell ends; undefined when the row is long. */
function walk(
  content: string,
  at: number,
  step: 1 | -1,
  delimiter: string,
): { cells: number; edge: number } | undefined {
  let cells = 0
  let edge = -1
  // A quote right beside the value is its own.
  let quoted = false
  for (let seen = 0; seen < ROW_REACH; seen++, at += step) {
    const char = content[at]
    if (char === undefined || char === '\n') return { cells, edge: edge === -1 ? at : edge }
    if (char === '"' && seen > 0) quoted = !quoted
    if (char !== delimiter || quoted) continue
    if (cells++ === 0) edge = at
  }
  return undefined
}

/** A value in a table: the words of its column's name, and where its cell begins. */
export interface Cell {
  readonly words: readonly WordId[]
  readonly start: number
}

export function cellAt(view: View, start: number, end: number): Cell | undefined {
  const table = tableOf(view)
  if (table === undefined || start <= table.end) return undefined
  const before = walk(view.content, start - 1, -1, table.delimiter)
  if (before === undefined || before.cells >= table.columns.length) return undefined
  const behind = walk(view.content, end, 1, table.delimiter)
  if (behind === undefined || before.cells + behind.cells + 1 !== table.columns.length) return undefined
  return { words: table.columns[before.cells]!, start: before.edge + 1 }
}
