import { createRequire } from 'node:module'
import { messageOf, WeirError } from '../../../../core/errors.ts'

/** One connection to the engine. It owns its settings, role and database; the data is shared by all. */
export type Connection = object

export interface QueryResult {
  bytes: Buffer
  elapsed: number
  rowsRead: number
  bytesRead: number
}

export interface InsertResult {
  elapsed: number
  rowsWritten: number
  bytesWritten: number
}

export interface Classification {
  statementCount: number
  /** 0 reads, 1 and 2 write, 3 controls the engine, 4 is unknown. */
  queryClass: number
}

/**
 * The calls of the native addon that are used here. Not the `chdb` package's own Session: it cannot set a query's
 * parameters without a process-wide lock, inserts only some formats, and loads a query builder that nobody calls.
 */
export interface Engine {
  CreateConnection(directory: string, args: readonly string[]): Connection
  CloseConnection(connection: Connection): void
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<QueryResult>
  InsertRawAsyncConnection(c: Connection, prefix: string, data: Buffer, countLines: boolean): Promise<InsertResult>
  DurableClassifyAsync(connection: Connection, sql: string, database: string): Promise<Classification>
}

/** The package that holds the engine for this machine, found through `chdb`, which pins its version. */
export function loadEngine(platform: string, arch: string): Engine {
  const libc = platform === 'linux' ? '-gnu' : ''
  const name = `@chdb/lib-${platform}-${arch}${libc}`
  try {
    return createRequire(createRequire(import.meta.url).resolve('chdb'))(name) as Engine
  } catch (cause) {
    const first = messageOf(cause).split('\n')[0]
    throw new WeirError(
      'WEIR_STORE_UNREACHABLE',
      `the embedded store needs the package ${name}, which cannot be loaded (${first}). ` +
        `It exists for Linux with glibc and macOS, on x64 and arm64; elsewhere point Weir at a ClickHouse server.`,
      { cause },
    )
  }
}

/** An error as ClickHouse states it: number, name and text. */
export class EngineError extends Error {
  readonly code: number
  readonly label: string
  constructor(code: number, label: string, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
    this.label = label
  }
}

const DECORATION = /(?:Code: (\d+)\. DB::Exception: )+/
const LABEL = /\s*\(([A-Z][A-Z0-9_]+)\)\s*$/
const VERSION = /\s*\(version [^()]*(?:\([^()]*\))?\)\.?\s*$/

/** The engine repeats its own prefix and label when an error passes through several hands; one of each is kept. */
export function engineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown
  let text = messageOf(thrown)
  const prefix = DECORATION.exec(text)
  if (!prefix) return new EngineError(1002, 'UNKNOWN_EXCEPTION', text)
  text = text.slice(prefix.index + prefix[0].length)
  let label = ''
  text = text.replace(VERSION, '')
  for (let match = LABEL.exec(text); match; match = LABEL.exec(text)) {
    label = match[1] ?? label
    text = text.slice(0, match.index).replace(VERSION, '')
  }
  return new EngineError(Number(prefix[1]), label || 'UNKNOWN_EXCEPTION', text.replace(/\.$/, ''))
}

/** A text as a SQL literal. */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

/** A name as a SQL identifier. */
export const identifier = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``
