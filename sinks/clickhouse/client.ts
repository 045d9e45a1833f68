import { hash } from 'node:crypto'
import { addAbortSignal, Readable } from 'node:stream'
import { ClickHouseError, createClient, ClickHouseLogLevel, type ClickHouseClient } from '@clickhouse/client'
import { Permanent, Retryable, WeirError } from '../../core/errors.ts'
import type { Params, Store } from '../../core/seam.ts'

export interface StoreConnection {
  url: string
  user: string
  password: string
  database: string
  requestTimeoutMs: number
}

/** Codes that say: this data can never be inserted. All others may pass, so the insert is repeated under its token. */
const DATA_ERRORS = new Set([
  '6',
  '26',
  '27',
  '32',
  '33',
  '38',
  '41',
  '53',
  '69',
  '70',
  '72',
  '117',
  '131',
  '321',
  '349',
  '467',
])

/** ClickHouse over HTTP: the only way in which Weir reaches a store, embedded or not. */
export interface StoreClient extends Store {
  readonly database: string
  /** Makes the database where it is missing. A server refuses every request that names one which is not there. */
  createDatabase(): Promise<void>
  /** Inserts prebuilt JSONCompactEachRow lines. Throws Retryable or Permanent. */
  insert(table: string, columns: readonly string[], lines: Buffer, token?: string): Promise<void>
  /** Runs a statement that returns nothing. */
  command(sql: string, params?: Params): Promise<void>
  /** The bytes of a result in a format of the caller's choice. */
  stream(sql: string, params?: Params, signal?: AbortSignal): Promise<Readable>
  ping(): Promise<boolean>
  close(): Promise<void>
}

const INSERT_SETTINGS = {
  async_insert: 0 as const,
  // built when parts merge, which halves the cost of an insert
  exclude_materialize_skip_indexes_on_insert: 'input_text,output_text',
}

export function createStoreClient(connection: StoreConnection): StoreClient {
  const { database } = connection
  const settings = {
    url: connection.url,
    username: connection.user,
    password: connection.password,
    request_timeout: connection.requestTimeoutMs,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    max_open_connections: 8,
    log: { level: ClickHouseLogLevel.OFF },
  }
  const client = createClient({ ...settings, database })
  return {
    database,
    async createDatabase(): Promise<void> {
      const outside = createClient(settings)
      try {
        await outside.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` })
      } catch (error) {
        throw queryFailure(error, connection.requestTimeoutMs)
      } finally {
        await outside.close()
      }
    },
    ...writes(client, connection),
    ...reads(client, connection.requestTimeoutMs),
    ping: async () => (await client.ping()).success,
    close: () => client.close(),
  }
}

function writes(client: ClickHouseClient, connection: StoreConnection): Pick<StoreClient, 'insert' | 'command'> {
  const { database, requestTimeoutMs } = connection
  return {
    async insert(table, columns, lines, token): Promise<void> {
      const query = `INSERT INTO ${database}.${table} (${columns.join(', ')}) FORMAT JSONCompactEachRow`
      const settings = { ...INSERT_SETTINGS, ...(token !== undefined && { insert_deduplication_token: token }) }
      try {
        const { stream } = await client.exec({
          query,
          values: Readable.from([lines], { objectMode: false }),
          clickhouse_settings: settings,
          ...(token !== undefined && { query_id: insertId(database, table, token) }),
        })
        await drain(stream)
      } catch (error) {
        throw insertFailure(table, error)
      }
    },

    async command(sql, params = {}): Promise<void> {
      try {
        await client.command({ query: sql, query_params: { ...params } })
      } catch (error) {
        throw queryFailure(error, requestTimeoutMs)
      }
    },
  }
}

function reads(client: ClickHouseClient, limitMs: number): Pick<StoreClient, 'query' | 'stream'> {
  const asked = (sql: string, params: Params, signal: AbortSignal | undefined) => ({
    query: sql,
    query_params: { ...params },
    ...(signal && { abort_signal: signal }),
  })
  return {
    async *query<R>(sql: string, params: Params = {}, signal?: AbortSignal): AsyncGenerator<R> {
      try {
        const result = await client.query({ ...asked(sql, params, signal), format: 'JSONEachRow' })
        for await (const rows of result.stream<R>()) for (const row of rows) yield row.json() as R
      } catch (error) {
        throw queryFailure(error, limitMs)
      }
    },

    async stream(sql, params = {}, signal?: AbortSignal): Promise<Readable> {
      // Who stops a query is told of the stop, not of a store that does not answer.
      const failure = (error: unknown): unknown => (signal?.aborted ? error : queryFailure(error, limitMs))
      try {
        const { stream, response_headers } = await client.exec(asked(sql, params, signal))
        stream.on('error', () => {}) // told to who reads the result, which may begin later
        if (signal) addAbortSignal(signal, stream) // the client heeds it only until the headers are there
        const tag = response_headers['x-clickhouse-exception-tag']
        return Readable.from(wholeResult(stream, typeof tag === 'string' ? tag : undefined, failure), {
          objectMode: false,
        })
      } catch (error) {
        throw failure(error)
      }
    },
  }
}

/** What is kept of a store's message; it may quote a query of any length. */
const MESSAGE_BYTES_MAX = 64 << 10

/**
 * The bytes of a result, or an error when it is not whole: a store that fails after its headers have left ends the body
 * with a block that its tag marks, which is no part of the result.
 */
async function* wholeResult(
  source: AsyncIterable<Buffer>,
  tag: string | undefined,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Buffer> {
  const mark = Buffer.from(`\r\n__exception__\r\n${tag}\r\n`)
  let held: Buffer = Buffer.alloc(0)
  let message: Buffer | undefined
  try {
    for await (const chunk of source) {
      if (tag === undefined) yield chunk
      else if (message) message = Buffer.concat([message, chunk]).subarray(0, MESSAGE_BYTES_MAX)
      else {
        const seen = Buffer.concat([held, chunk])
        const at = seen.indexOf(mark)
        // the mark may lie across two chunks, so less than its length is held back
        const end = at >= 0 ? at : Math.max(0, seen.length - mark.length + 1)
        if (end > 0) yield seen.subarray(0, end)
        held = seen.subarray(end)
        if (at >= 0) message = held.subarray(mark.length)
      }
    }
  } catch (error) {
    throw failure(error)
  }
  if (message) throw brokenOff(message.toString(), tag!)
  if (held.length > 0) yield held
}

function brokenOff(block: string, tag: string): WeirError {
  const [message = ''] = block.split(new RegExp(`\\n\\d+ ${tag}\\r\\n`))
  const code = /^Code: (\d+)\./.exec(message)?.[1]
  const text = `The store broke off a result${code ? ` (code ${code})` : ''}.`
  return new WeirError('WEIR_QUERY_REFUSED', text, { cause: new Error(message.trim()) })
}

/** Names an insert while it runs, so that those of a dead process can be found and ended. */
export const insertIdPrefix = (database: string): string => `weir-${database}-insert-`

/** A repeat has the same name: a server does not run it beside the first, whose outcome is still open. */
function insertId(database: string, table: string, token: string): string {
  return `${insertIdPrefix(database)}${table}-${hash('sha256', token, 'hex').slice(0, 32)}`
}

/** All rows of a small result. */
export async function rowsOf<R>(store: Store, sql: string, params?: Params): Promise<R[]> {
  const rows: R[] = []
  for await (const row of store.query<R>(sql, params)) rows.push(row)
  return rows
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** The store's message may quote the row it choked on, so only its code travels on. */
function insertFailure(table: string, error: unknown): Retryable | Permanent {
  if (error instanceof ClickHouseError) {
    const text = `The store refused an insert into ${table} (code ${error.code}${error.type ? `, ${error.type}` : ''}).`
    if (DATA_ERRORS.has(error.code)) return new Permanent('WEIR_STORE_REFUSED', text)
    return new Retryable('WEIR_STORE_REFUSED', text)
  }
  return new Retryable(
    'WEIR_STORE_UNREACHABLE',
    `The outcome of an insert into ${table} is unknown: ${systemCode(error)}.`,
  )
}

/** The store's own words stay in the cause: they may quote what was asked, so only a command that was asked shows them. */
function queryFailure(error: unknown, limitMs: number): WeirError {
  if (error instanceof WeirError) return error
  if (error instanceof ClickHouseError) {
    const text = `The store refused a query (code ${error.code}${error.type ? `, ${error.type}` : ''}).`
    return new WeirError('WEIR_QUERY_REFUSED', text, { cause: error })
  }
  const why = systemCode(error)
  const text =
    why === 'timeout'
      ? `The store gave no answer within ${limitMs / 1000} s: the query took too long, or the store hangs.`
      : `The store did not answer: ${why}.`
  return new WeirError('WEIR_STORE_UNREACHABLE', text, { cause: error })
}

function systemCode(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code) return code
  return /time-?out/i.test(message) ? 'timeout' : 'connection lost'
}
