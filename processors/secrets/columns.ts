import { passwordLike } from './looks.ts'
import { plausible } from './plausible.ts'
import type { Part } from './value.ts'
import type { Walked } from './walked.ts'

/* Passwords below the name of their column: CSV, Markdown, and columns that spaces keep apart. */

const DELIMITERS = [',', ';', '\t', '|']
const NAMES = /^[\s"'`*|]*[\p{L}_][\p{L}\p{M}\d _()/"'`-]{0,80}[\s*]*$/u
const MOST_LINE = 400
/** Under the names in Markdown, and in what databases print. */
const RULE = /^[\s|:+-]+$/
/** How columns stand that only spaces keep apart. */
const GAP = / {2,}/
const LEAST = 5

/** Another table, or the same line over and over. */
const NAME_AGAIN = /^p(?:ass\w*|wd?)$/i

interface Line {
  readonly text: string
  readonly start: number
}

/** The line around `at`, or so much of it that it is too long for a table's. */
function lineAt(content: string, at: number): Line {
  const from = Math.max(0, at - MOST_LINE)
  const start = from + content.slice(from, at).lastIndexOf('\n') + 1
  const text = content.slice(start, at + MOST_LINE)
  const end = text.indexOf('\n', at - start)
  return { text: end === -1 ? text : text.slice(0, end), start }
}

/** Part of a line, without blanks and quotes around it. */
function trimmed({ text, start }: Line, from: number, to: number): Part {
  while (from < to && ' \t"\'`*'.includes(text[from]!)) from++
  while (to > from && ' \t\r"\'`*'.includes(text[to - 1]!)) to--
  return { start: start + from, end: start + to }
}

function cellOf(row: Line, delimiter: string, column: number, columns: number): Part | undefined {
  const cells = row.text.split(delimiter)
  if (cells.length !== columns) return undefined
  const from = cells.slice(0, column).join(delimiter).length + (column > 0 ? 1 : 0)
  return trimmed(row, from, from + cells[column]!.length)
}

interface Column {
  /** No other column of such a table has it. */
  readonly key: string
  readonly cell: (row: Line) => Part | undefined
}

function delimited(names: string, at: number): Column | undefined {
  const delimiter = DELIMITERS.find((one) => names.includes(one))
  if (delimiter === undefined) return undefined
  const cells = names.split(delimiter)
  const named = cells.filter((cell) => cell.trim() !== '')
  // Behind the last name of a list in a program is a sign, too.
  if (delimiter !== '|' && cells.at(-1)!.trim() === '') return undefined
  if (named.length < 2 || !named.every((cell) => NAMES.test(cell))) return undefined
  const column = names.slice(0, at).split(delimiter).length - 1
  return { key: `${delimiter}${column}`, cell: (row) => cellOf(row, delimiter, column, cells.length) }
}

/** A cell begins below its name, behind a blank. */
function fixed(names: string, at: number): Column | undefined {
  const begins = Array.from(names.matchAll(/\S+(?: \S+)*/g), ({ index }) => index)
  const column = begins.findLastIndex((begin) => begin <= at)
  if (begins.length < 2 || column === -1 || !names.split(GAP).every((name) => name === '' || NAMES.test(name)))
    return undefined
  const from = begins[column]!
  const cell = (row: Line): Part | undefined => {
    const isBelow = row.text.length > from && /\S/.test(row.text[from]!) && (from === 0 || row.text[from - 1] === ' ')
    if (!isBelow) return undefined
    const length = /^\S+(?: \S+)*/.exec(row.text.slice(from))![0].length
    return trimmed(row, from, from + length)
  }
  return { key: ` ${from}`, cell }
}

/** `pop3-server`, `md5_crypt`: lists of a program's own names. */
const IDENTIFIER = /^[a-z\d]+(?:[_-][a-z\d]+)+$|^\w+[-+]$/

const isPassword = (cell: string): boolean =>
  cell.length >= LEAST &&
  cell.length <= 100 &&
  !/\s/.test(cell) &&
  /[\d!@#$%^&*?~]/.test(cell) &&
  !IDENTIFIER.test(cell) &&
  !/^\(|^[\d.,:/-]+$|^n\/a$/i.test(cell) &&
  plausible(cell) &&
  passwordLike(cell, false, false)

/** `syn keyword` before each of them: lines of one kind, and no names over values. */
const FIRST = /^\s*[\w"']{2,40}\s/
const beginsAs = (row: string, names: string): boolean => {
  const first = FIRST.exec(names)?.[0]
  return first !== undefined && row.startsWith(first)
}

const ENDS_NAME = /["'`*]{0,2}(?:[,;|\t\r\n]| {1,40}\|| {2})/y

/** The column that is named from `start` to `end`, and where its rows begin. */
function columnNamed(content: string, start: number, end: number): (Column & { readonly names: Line }) | undefined {
  ENDS_NAME.lastIndex = end
  if (!ENDS_NAME.test(content)) return undefined
  const names = lineAt(content, start)
  if (names.text.length >= MOST_LINE) return undefined
  const column = delimited(names.text, start - names.start) ?? fixed(names.text, start - names.start)
  return column && { ...column, names }
}

/** What stands below the name of a column from `start` to `end`. */
export function columnAt(content: string, start: number, end: number, walked: Walked): readonly Part[] | undefined {
  const column = columnNamed(content, start, end)
  if (column === undefined || start < (walked.columns.get(column.key) ?? 0)) return undefined
  const { key, names, cell } = column
  const found: Part[] = []
  let at = names.start + names.text.length + 1
  while (at < content.length) {
    const row = lineAt(content, at)
    if (row.text.length >= MOST_LINE || row.text.trim() === '') break
    if (!RULE.test(row.text)) {
      const part = beginsAs(row.text, names.text) ? undefined : cell(row)
      if (part === undefined || NAME_AGAIN.test(content.slice(part.start, part.end))) break
      if (isPassword(content.slice(part.start, part.end))) found.push(part)
    }
    at = row.start + row.text.length + 1
  }
  walked.columns.set(key, at)
  return found
}
