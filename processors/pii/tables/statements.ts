import type { View } from '../../../core/seam.ts'
import type { Vocabulary } from '../../scan/index.ts'
import type { Finder } from '../finder.ts'
import { columnsOf, firstMarkFrom, wordsIn } from './headers.ts'
import type { ColumnWord, Table } from './table.ts'
import { announceTable, isAnnounced } from './tables.ts'

/*
 * Tables that a word announces: rows that a statement of SQL writes, by the columns it names or those the table was made
 * with, and tables of markup. The word's mark comes before those of the values, so that nothing is searched for.
 */

type Columns = Table['columns']

/** `INSERT INTO users (name, birth_date) VALUES ('Ann', '1984-02-19'), ...` */
const INSERT = /\s{1,4}([^\s(]{1,80})\s{0,4}(?:\(([^()]{1,2000})\)\s{0,4})?values\s{0,4}(?=\()/iy
/** `COPY users (name, birth_date) FROM stdin;`, and rows with tabs. */
const COPY = /\s{1,4}[^\s(]{1,80}\s{0,4}\(([^()]{1,2000})\)\s{1,4}from\s{1,4}stdin\b[^\n]{0,80};?\n/iy
const CREATE = /\s{1,4}(?:if\s{1,4}not\s{1,4}exists\s{1,4})?([^\s(]{1,80})\s{0,4}\(/iy
const COLUMN =
  /[\s,]*(?:(primary|unique|key|index|constraint|foreign|check|fulltext|spatial)\b|[`"[]?([A-Za-z_]\w{0,62}))/iy
/** Goes on to the next comma outside of brackets. */
const DECLARATION = /(?:[^,()'\n]|\n|\([^()]{0,300}\)|'[^'\n]{0,200}')*/y
const MOST_COLUMNS = 100
const MOST_TABLES = 100

/** `<tr><th>Name</th><th>Passport</th></tr>` */
const HEADINGS = /<th(?:\s[^<>]{0,200})?>(?:\s{0,20}<\w{1,6}>)?([^<>]{0,80})(?:<\/\w{1,6}>\s{0,20})?<\/th>\s{0,40}/iy
/** `"columns":["name","ssn"],"data":[["Ann","..."]]` */
const LIST = /"\s{0,3}:\s{0,3}\[\s{0,9}("[^"\n]{0,60}"(?:\s{0,9},\s{0,9}"[^"\n]{0,60}"){1,60})\s{0,9}\]/y

const LESS_THAN = 60

/** What the tables of one text were made with, by name. */
let lastView: View | undefined
const made = new Map<string, Columns>()

function madeIn(view: View): Map<string, Columns> {
  if (view !== lastView) made.clear()
  lastView = view
  return made
}

/** Lets go of the text that was looked at last. */
export function forgetStatements(): void {
  lastView = undefined
  if (made.size > 0) made.clear() // for most texts there is nothing to clear, and clearing costs
}

/** Without quotes and the schema's name. */
const nameOf = (written: string): string =>
  written
    .replace(/^.*\./, '')
    .replace(/[`"[\]]/g, '')
    .toLowerCase()

function exec(pattern: RegExp, content: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(content)
}

function announceRows(view: View, end: number, columns: Columns): void {
  announceTable(view, { delimiter: ',', end, until: Infinity, opens: '(', closes: ')', quote: "'", columns })
}

function findInsert(view: View, end: number): void {
  const insert = exec(INSERT, view.content, end)
  if (insert === null) return
  const names = insert[2]
  const from = end + insert[0].indexOf('(') + 1
  const columns = names === undefined ? madeIn(view).get(nameOf(insert[1]!)) : columnsOf(view, from, names.split(','))
  if (columns !== undefined) announceRows(view, end + insert[0].length - 1, columns)
}

function findCopy(view: View, end: number): void {
  const copy = exec(COPY, view.content, end)
  if (copy === null) return
  const columns = columnsOf(view, end + copy[0].indexOf('(') + 1, copy[1]!.split(','))
  const from = end + copy[0].length - 1
  announceTable(view, { delimiter: '\t', end: from, until: Infinity, opens: '\n', closes: '\n', quote: '', columns })
}

function findCreate(view: View, end: number): void {
  const { content } = view
  const create = exec(CREATE, content, end)
  if (create === null || madeIn(view).size === MOST_TABLES) return
  const columns: ColumnWord[][] = []
  let at = CREATE.lastIndex
  let mark = firstMarkFrom(view, at)
  while (columns.length < MOST_COLUMNS) {
    const column = exec(COLUMN, content, at)
    if (column === null) break
    at = COLUMN.lastIndex
    if (column[1] === undefined) {
      const words: ColumnWord[] = []
      mark = wordsIn(view, mark, at - column[2]!.length, at, words)
      columns.push(words)
    }
    DECLARATION.lastIndex = at
    DECLARATION.test(content)
    at = DECLARATION.lastIndex
    if (content[at] !== ',') break
  }
  if (columns.length > 0) made.set(nameOf(create[1]!), columns)
}

/** At the first of a row of headings. */
function findHeadings(view: View, start: number, end: number): void {
  const { content } = view
  if (start === 0 || content.charCodeAt(start - 1) !== LESS_THAN || isAnnounced(view, start)) return
  const columns: ColumnWord[][] = []
  let at = start - 1
  let mark = firstMarkFrom(view, end)
  while (columns.length < MOST_COLUMNS) {
    const heading = exec(HEADINGS, content, at)
    if (heading === null) break
    const from = at + heading[0].indexOf(heading[1]!, 3)
    const words: ColumnWord[] = []
    mark = wordsIn(view, mark, from, from + heading[1]!.length, words)
    columns.push(words)
    at = HEADINGS.lastIndex
  }
  if (columns.length < 2) return
  announceTable(view, { ...OF_MARKUP, end: at, columns })
}

const OF_MARKUP = { delimiter: '', until: Infinity, opens: '', closes: '', quote: '', markup: true } as const

function findList(view: View, end: number): void {
  const list = exec(LIST, view.content, end)
  if (list === null) return
  const names = list[1]!
  const from = end + list[0].indexOf(names)
  const columns = columnsOf(view, from, names.split(','))
  const rows = { delimiter: ',', until: Infinity, opens: '[', closes: ']', quote: '"' }
  announceTable(view, { ...rows, end: LIST.lastIndex, columns })
}

/** Reports nothing itself. */
export function createStatementFinder(vocabulary: Vocabulary): Finder {
  const insert = vocabulary.phrase('insert into')
  const copy = vocabulary.phrase('copy')
  const create = vocabulary.phrase('create table')
  const heading = vocabulary.phrase('th')
  const lists = ['columns', 'headers', 'fields', 'header'].map((word) => vocabulary.phrase(word))
  return {
    types: [],
    kinds: [insert, copy, create, heading, ...lists],
    find(view, mark) {
      const kind = view.marks[mark]!
      const start = view.marks[mark + 1]!
      const end = view.marks[mark + 2]!
      if (kind === insert) findInsert(view, end)
      else if (kind === copy) findCopy(view, end)
      else if (kind === create) findCreate(view, end)
      else if (kind === heading) findHeadings(view, start, end)
      else if (view.content[end] === '"') findList(view, end)
    },
  }
}
