import type { View } from '../../../core/seam.ts'
import { headedTables } from './headers.ts'
import type { ColumnWord, Table } from './table.ts'

/*
 * Rows under names of columns: what is named there names the values below, and the other cells of a row name nothing. Lines of
 * names are looked for when the first value of a text is looked at (`headers.ts`); statements and markup announce
 * their tables themselves (`statements.ts`).
 */

/** A row is looked at so far to both sides of a value. */
const ROW_REACH = 400
const MARKUP_REACH = 1200

/** Views are looked at one after another. */
let lastView: View | undefined
/** In the order of their ends. */
let headed: readonly Table[] = []
/** The last that was announced: marks are looked at in their order, and so are values. */
let announced: Table | undefined
/** Most texts have no table, and of each of their numbers it is asked. */
let bare = false

function readView(view: View): void {
  if (view === lastView) return
  lastView = view
  announced = undefined
  headed = headedTables(view)
  bare = headed.length === 0
}

/** What follows is in the rows of a table. */
export function announceTable(view: View, table: Table): void {
  readView(view)
  announced = table
  bare = false
}

/** Whether a place is in the names of the table that was announced last. */
export const isAnnounced = (view: View, at: number): boolean => view === lastView && at <= (announced?.end ?? -1)

/** Lets go of the text that was looked at last. */
export function forgetTable(): void {
  lastView = undefined
  announced = undefined
  headed = []
}

/** Whether a place stands before the end of some names of columns. */
export function isInHeader(view: View, at: number): boolean {
  readView(view)
  return at <= Math.max(announced?.end ?? -1, headed.at(-1)?.end ?? -1)
}

function tableAt(view: View, start: number): Table | undefined {
  readView(view)
  if (announced !== undefined && start > announced.end && start < announced.until) return announced
  let low = 0
  let high = headed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (headed[middle]!.end < start) low = middle + 1
    else high = middle
  }
  return low > 0 && start < headed[low - 1]!.until ? headed[low - 1] : undefined
}

/** What may stand before the bracket that opens a row: the row before, or the word that announces them. */
const BEFORE_ROW = /[\s,[:s]/i

/** Where a row before `at` begins; undefined when that is far from a value at `start`. */
function rowStart(content: string, at: number, start: number, { opens, end }: Table): number | undefined {
  const least = Math.max(end, start - ROW_REACH)
  for (let from = at - 1; from >= least; from--)
    if (content[from] === opens && (opens === '\n' || BEFORE_ROW.test(content[from - 1] ?? ','))) return from + 1
  return undefined
}

const BACKSLASH = '\\'

interface Row {
  readonly before: number
  readonly behind: number
  /** Where the cell begins. */
  readonly edge: number
}

/** Delimiters around a value in the row that begins at `from`; undefined when the row ends before it, or far behind. */
function rowFrom(content: string, from: number, start: number, end: number, table: Table): Row | undefined {
  const { delimiter, closes, quote } = table
  let cells = 0
  let edge = from
  let before = 0
  let quoted = false
  for (let at = from; at < end + ROW_REACH; at++) {
    const char = content[at]
    if (at === start) before = cells
    if (char === undefined || (char === closes && (!quoted || closes === '\n')))
      return at < start ? undefined : { before, behind: cells - before, edge }
    if (quoted && char === BACKSLASH) at++
    else if (char === quote) quoted = !quoted
    else if (char === delimiter && !quoted) {
      cells++
      if (at < start) edge = at + 1
    }
  }
  return undefined
}

/** Brackets that open before a value and close again, as in `('Ann (A)', ...`. */
const MOST_INSIDE = 4

function rowAround(content: string, start: number, end: number, table: Table): Row | undefined {
  let at: number | undefined = start
  for (let inside = 0; inside <= MOST_INSIDE; inside++) {
    at = rowStart(content, at, start, table)
    if (at === undefined) return undefined
    const row = rowFrom(content, at, start, end, table)
    if (row !== undefined) return row
    at--
  }
  return undefined
}

/** A value in a table: the words of its column's name, and where its cell begins. */
export interface Cell {
  readonly words: readonly ColumnWord[]
  readonly start: number
}

export function cellAt(view: View, start: number, end: number): Cell | undefined {
  if (bare && view === lastView) return undefined
  const table = tableAt(view, start)
  if (table === undefined) return undefined
  if (table.markup) return markupCell(view.content, start, table)
  const row = rowAround(view.content, start, end, table)
  if (row === undefined || row.before + row.behind + 1 !== table.columns.length) return undefined
  return { words: table.columns[row.before]!, start: row.edge }
}

const CELL = /<t([rdh])(?=[\s>])/gi

/** Cells are counted from the begin of the row. */
function markupCell(content: string, start: number, { columns, end }: Table): Cell | undefined {
  const from = Math.max(end, start - MARKUP_REACH)
  let column = -1
  let edge = -1
  for (const { 1: kind, index } of content.slice(from, start).matchAll(CELL)) {
    column = kind === 'r' || kind === 'R' ? -1 : edge === -1 ? NaN : column + 1
    edge = from + index
  }
  const words = columns[column]
  return words === undefined ? undefined : { words, start: content.indexOf('>', edge) + 1 }
}
