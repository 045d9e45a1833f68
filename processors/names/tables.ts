import type { NameType } from './labels.ts'
import type { NamedRange } from './mentions.ts'

/*
 * Rows of an export: what the first line calls `last_name` or `city` says what stands in that column of the lines below,
 * however rare the names are. Columns called `name` or `customer` hold things as often as people: they count where a
 * name was found in half of their cells.
 */

/** Of one column: what its cells are, and whether half of them must have been found to be it. */
interface Column {
  readonly type: NameType
  readonly needsProof: boolean
}

const WHO =
  '(?:customer|client|patient|employee|manager|contact|user|member|author|owner|assignee|student|teacher|tenant|guest|driver|doctor|physician|agent|recipient|sender|applicant|candidate|buyer|seller|kunde|cliente|paciente)'
const SURE =
  /^(?:(?:first|last|full|given|family|middle|maiden)[ _-]?name|surname|forename|vorname|nachname|pr[eé]nom|apellidos?|cognome|sobrenome|voornaam|achternaam|f[oö]rnamn|efternamn|fornavn|etternavn|imi[eę]|nazwisko|soyad[ıi]?)$/iu
const PERSON = new RegExp(
  `^(?:${WHO}(?:[ _-]?name)?|name|first|last|given|family|nombre|nome|nom|naam|namn|navn|ad[ıi]?)$`,
  'iu',
)
const PLACE =
  /^(?:\w{0,12}[ _-]?(?:city|town)|country|birthplace|ort|stadt|wohnort|ville|ciudad|citt[aà]|cidade|woonplaats|stad|miasto|[sş]ehir|pa[ií]s|pays)$/iu
const FIRM =
  /^(?:company|employer|organi[sz]ation|firma|empresa|entreprise|soci[eé]t[eé]|azienda|bedrijf|f[oö]retag|[sş]irket)(?:[ _-]?name)?$/iu

function columnOf(head: string): Column | undefined {
  if (SURE.test(head)) return { type: 'PERSON', needsProof: false }
  if (PERSON.test(head)) return { type: 'PERSON', needsProof: true }
  if (PLACE.test(head)) return { type: 'LOCATION', needsProof: false }
  return FIRM.test(head) ? { type: 'ORGANIZATION', needsProof: false } : undefined
}

interface Cell {
  readonly start: number
  readonly end: number
}

const TABLE_CONFIDENCE = 0.85
/** A line that is longer is none of a table of names, and a table with more columns is not read. */
const LONGEST_LINE = 1_000
const MOST_CELLS = 40
const HEAD = /^["']?[\p{L}][\p{L} _-]{0,28}["']?$/u

/** The cells of a line; what stands in quotes is one cell. Without the marks and spaces around them. */
function cellsOf(text: string, from: number, to: number, separator: string): Cell[] {
  const cells: Cell[] = []
  let start = from
  let quoted = false
  for (let at = from; at <= to && cells.length <= MOST_CELLS; at++) {
    if (at < to && text[at] === '"') quoted = !quoted
    if (at < to && (quoted || text[at] !== separator)) continue
    let [first, end] = [start, at]
    while (first < end && ' "\t'.includes(text[first]!)) first++
    while (end > first && ' "\t\r'.includes(text[end - 1]!)) end--
    cells.push({ start: first, end })
    start = at + 1
  }
  return cells
}

interface Line {
  readonly start: number
  readonly end: number
}

function lineAt(text: string, start: number): Line {
  const end = text.indexOf('\n', start)
  return { start, end: end === -1 ? text.length : end }
}

const LONGEST_HEAD = 32

/** What parts the cells of a line that may be a head: its first cell is short. */
function separatorOf(text: string, { start, end }: Line): string | undefined {
  const last = Math.min(end, start + LONGEST_HEAD)
  for (let at = start; at < last; at++) {
    const code = text.charCodeAt(at)
    if (code === 44 || code === 59 || code === 9 || code === 124) return text[at]
    // No column is called so: `Dear Anna (or Ann), ...`
    if (code === 40 || code === 46 || code === 58 || code === 61 || code === 123) return undefined
  }
  return undefined
}

/** The columns that a line announces, or none when it is no head of a table. */
function headOf(text: string, { start, end }: Line, separator: string): ReadonlyMap<number, Column> | undefined {
  const cells = cellsOf(text, start, end, separator)
  if (cells.length < 2 || cells.length > MOST_CELLS) return undefined
  const columns = new Map<number, Column>()
  for (const [index, cell] of cells.entries()) {
    const head = text.slice(cell.start, cell.end)
    // A table of Markdown begins and ends with its mark.
    if (head === '' && separator === '|') continue
    if (!HEAD.test(head)) return undefined
    const column = columnOf(head)
    if (column !== undefined) columns.set(index, column)
  }
  return columns.size === 0 ? undefined : columns
}

const VALUE = /^(?=.*\p{Lu})\p{L}[\p{L}\p{M} .,'’-]{1,60}$/u
const NO_VALUE = /^(?:null|none|n\.?a|unknown|true|false|yes|no|name|id|total|sum)$/iu

/** How many of the cells are touched by what was found; both in order. */
function touched(cells: readonly Cell[], found: readonly NamedRange[], type: NameType): number {
  let at = 0
  return cells.filter(({ start, end }) => {
    while (at < found.length && (found[at]!.end <= start || found[at]!.type !== type)) at++
    return at < found.length && found[at]!.start < end
  }).length
}

/** The cells of the columns below a head that hold names, given what was found by other means. */
function cellsBelow(
  text: string,
  rows: readonly (readonly Cell[])[],
  columns: ReadonlyMap<number, Column>,
  found: readonly NamedRange[],
): NamedRange[] {
  const named: NamedRange[] = []
  for (const [index, { type, needsProof }] of columns) {
    const cells = rows
      .flatMap((row) => row[index] ?? [])
      .filter(({ start, end }) => {
        const value = text.slice(start, end)
        return VALUE.test(value) && !NO_VALUE.test(value)
      })
    if (needsProof && touched(cells, found, type) * 2 < cells.length) continue
    for (const { start, end } of cells) named.push({ type, start, end, confidence: TABLE_CONFIDENCE })
  }
  return named
}

/** The names in the columns of a text's tables, in order. */
export function tabledNames(text: string, found: readonly NamedRange[]): NamedRange[] {
  if (!text.includes('\n')) return []
  const named: NamedRange[] = []
  let head = lineAt(text, 0)
  while (head.end < text.length) {
    const separator = head.end - head.start > LONGEST_LINE ? undefined : separatorOf(text, head)
    const columns = separator === undefined ? undefined : headOf(text, head, separator)
    let next = lineAt(text, head.end + 1)
    if (separator !== undefined && columns !== undefined) {
      const width = cellsOf(text, head.start, head.end, separator).length
      const rows: (readonly Cell[])[] = []
      while (next.start < text.length && next.end - next.start <= LONGEST_LINE) {
        const cells = cellsOf(text, next.start, next.end, separator)
        if (cells.length !== width) break
        rows.push(cells)
        next = lineAt(text, next.end + 1)
      }
      for (const range of cellsBelow(text, rows, columns, found)) named.push(range)
    }
    head = next
  }
  return named.toSorted((a, b) => a.start - b.start)
}
