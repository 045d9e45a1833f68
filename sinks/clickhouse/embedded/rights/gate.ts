import { EngineError } from '../engine/engine.ts'
import type { Classification } from '../engine/engine.ts'
import { READABLE_SYSTEM_TABLES } from '../engine/engine-config.ts'
import { tokens } from './sql.ts'
import type { Token } from './sql.ts'

/**
 * What the reader may run. The engine's role and `readonly` setting stand behind this gate and the gate before them; each
 * alone has holes (the role does not cover functions that read files, `readonly` does not cover INTO OUTFILE), together they
 * have none that is known. Everything here looks at the statement as the engine's own parser prints it: one line, escapes
 * resolved, comments gone, all keywords in capitals. That same text is what runs.
 */

const STATEMENTS = new Set(['SELECT', 'WITH', 'EXPLAIN', 'SHOW', 'DESCRIBE', 'EXISTS'])

/** What SHOW may show; the rest tells about users, settings and other people's queries. */
const SHOWN = new Set([
  'TABLES',
  'FULL',
  'DATABASES',
  'CREATE',
  'COLUMNS',
  'EXTENDED',
  'INDEX',
  'INDEXES',
  'INDICES',
  'KEYS',
  'FUNCTIONS',
])

/** Formats that write nothing beside the answer: Protobuf and CapnProto leave schema files behind, Template reads some. */
const FORMATS =
  /^(?:(?:TabSeparated|TSV|CSV|JSON|NDJSON|Pretty|RowBinary|Markdown|Raw|LineAsString|Arrow|BSON|SQLInsert)\w*|Vertical|Values|XML|Native|Parquet|ORC|Avro|MsgPack|Npy|Null|One|Prometheus)$/

/** Functions that open files or sockets, or tell about the machine, by the names that engines have for them. */
const REACHING =
  /^(?:file|catboostEvaluate|showCertificate|hasColumnInTable|(?:ai|AI)[A-Z_]\w*|filesystem\w+|evalMLMethod|addressTo\w+|generateSerialID|getMacro|executable\w*)$/

/** Always refused, also if an engine does not list them. */
const REACHING_ALWAYS = ['file', 'catboostevaluate', 'showcertificate']

/** Table functions that make up their rows or read what the role may read anyway. */
const TABLE_FUNCTIONS = new Set([
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'generate_series',
  'generateseries',
  'values',
  'primes',
  'null',
  'view',
  // Also a function of strings; as a table function the role refuses it.
  'format',
])

/** The engine lets every user read these two databases, whatever its grants say. */
const SYSTEM_DATABASES = new Set(['system', 'information_schema'])

const denied = (message: string): EngineError => new EngineError(497, 'ACCESS_DENIED', `reader: ${message}`)

const nameOf = (token: Token | undefined): string | undefined => {
  if (token?.kind === 'word') return token.text
  return token?.kind === 'quoted' ? token.text.slice(1, -1) : undefined
}

function refuseStatement(list: readonly Token[], classified: Classification): void {
  if (classified.statementCount !== 1) throw denied('one statement at a time')
  const word = list.find((token) => token.text !== '(')?.text ?? ''
  if (classified.queryClass !== 0 || !STATEMENTS.has(word)) {
    throw denied(`this user may only read: ${[...STATEMENTS].join(', ')}`)
  }
  if (word === 'SHOW' && !SHOWN.has(list[1]?.text ?? '')) throw denied(`SHOW ${list[1]?.text ?? ''} is not served`)
}

/** A table of the engine's own may be named only if it is on the list. */
function refuseSystemTable(list: readonly Token[], at: number): void {
  if (list[at - 1]?.text === '.' || list[at + 1]?.text !== '.') return
  const database = nameOf(list[at])?.toLowerCase() ?? ''
  if (!SYSTEM_DATABASES.has(database)) return
  const table = nameOf(list[at + 2]) ?? '{'
  if (database === 'system' && READABLE_SYSTEM_TABLES.includes(table)) return
  throw denied(
    `${database}.${table} is not served; ${READABLE_SYSTEM_TABLES.map((t) => `system.${t}`).join(', ')} are. ` +
      'If you mean a column, write table.column',
  )
}

/** Names in lower case that the reader may not use: anywhere at all, or as a table function. */
export interface Refused {
  functions: ReadonlySet<string>
  tableFunctions: ReadonlySet<string>
}

/** From what this engine says it has, so that a newer engine's new table functions are closed until they are looked at. */
export function refusedNames(functions: readonly string[], tableFunctions: readonly string[]): Refused {
  const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase())
  return {
    functions: new Set([...REACHING_ALWAYS, ...lower(functions.filter((name) => REACHING.test(name)))]),
    tableFunctions: new Set(lower(tableFunctions).filter((name) => !TABLE_FUNCTIONS.has(name))),
  }
}

/** Throws unless the reader may run `canon`. */
export function admit(canon: string, classified: Classification, refused: Refused): void {
  const list = [...tokens(canon)]
  refuseStatement(list, classified)
  for (const [at, token] of list.entries()) {
    // The engine prints none; what looks like one was printed from something else.
    if (token.kind === 'comment') throw denied('the statement cannot be read safely; write it in another way')
    // A subquery's settings are not held back by `readonly`.
    if (token.kind === 'word' && token.text === 'SETTINGS' && list[at - 1]?.text !== '.') {
      throw denied('SETTINGS in a statement is not served; send settings as parameters of the address')
    }
    const shown = nameOf(token)
    if (shown === undefined) continue
    const name = shown.toLowerCase()
    // Also without brackets: functions are named bare after APPLY and in calls of higher order.
    if (refused.functions.has(name) && list[at - 1]?.text !== '.') {
      throw denied(
        `'${shown}' names a function that reaches files or the network. If you mean a column, write table.${shown}`,
      )
    }
    if (list[at + 1]?.text === '(' && refused.tableFunctions.has(name)) {
      throw denied(`table function ${shown} is not served`)
    }
    refuseSystemTable(list, at)
  }
}

/** Parameters that stand for names could name what the statement itself does not show. */
export function admitParams(canon: string, params: ReadonlyMap<string, string>): void {
  if (!/:\s*Identifier\b/.test(canon)) return
  for (const value of params.values()) {
    if (/\b(?:system|information_schema)\b/i.test(value))
      throw denied("a parameter may not name the engine's own databases")
  }
}

export interface Shape {
  /** The statement without its FORMAT clause. */
  select: string
  format: string | undefined
  /** What stood behind the FORMAT clause. */
  tail: string
  /** SELECT and WITH can be streamed. */
  streams: boolean
}

/** Takes the engine's own print of a statement apart. */
export function shapeOf(canon: string): Shape {
  const streams = /^(?:SELECT|WITH)\b/.test(canon)
  const clause = /^(.*\S) FORMAT `?(\w+)`?( SETTINGS .*)?$/s.exec(canon)
  if (!clause?.[1] || !clause[2] || !FORMATS.test(clause[2]))
    return { select: canon, format: undefined, tail: '', streams }
  return { select: clause[1], format: clause[2], tail: clause[3] ?? '', streams }
}

export const knownFormat = (name: string): boolean => FORMATS.test(name)
