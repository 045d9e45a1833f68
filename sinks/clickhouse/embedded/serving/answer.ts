import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { EngineError } from '../engine/engine.ts'

/** Bytes kept back before the headers go out, so that an error in the beginning of a result still gets its own status. */
const HOLD_BYTES = 256 << 10
/** The same when the client asked to wait for the end; a larger result is streamed all the same. */
const HOLD_TO_END_BYTES = 16 << 20

/** As ClickHouse's own HTTP handler maps them; what is not named is a 500. */
const STATUS: Readonly<Record<number, number>> = {
  ...Object.fromEntries(
    [6, 26, 27, 36, 38, 41, 43, 50, 53, 62, 69, 72, 89, 115, 117, 130, 131, 354, 386, 456, 457].map((c) => [c, 400]),
  ),
  ...Object.fromEntries([164, 291, 452, 497, 516].map((c) => [c, 403])),
  ...Object.fromEntries([46, 47, 60, 81].map((c) => [c, 404])),
  159: 408,
  202: 503,
  307: 413,
  1001: 500,
}

const TYPES: readonly [RegExp, string][] = [
  [/^(?:JSON.*EachRow|NDJSON|JSONLines)/i, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/i, 'application/json; charset=UTF-8'],
  [/^CSV/i, 'text/csv; charset=UTF-8'],
  [/^(?:TSV|TabSeparated)/i, 'text/tab-separated-values; charset=UTF-8'],
  [/^XML/i, 'application/xml; charset=UTF-8'],
  [/^Markdown/i, 'text/markdown; charset=UTF-8'],
  [/^(?:Native|RowBinary|Parquet|Arrow|ORC|Avro|MsgPack|Protobuf|RawBLOB|BSON|Npy)/i, 'application/octet-stream'],
]

export const contentType = (format: string): string =>
  TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'text/plain; charset=UTF-8'

/** The row of an insert that the engine could not read, counted from 1, if it says so. */
export const failedRow = (message: string): string | undefined => /\(at row (\d+)\)/.exec(message)?.[1]

export type Summary = Partial<
  Record<'read_rows' | 'read_bytes' | 'written_rows' | 'written_bytes' | 'result_rows' | 'result_bytes', number>
>

const SUMMARY_FIELDS = [
  'read_rows',
  'read_bytes',
  'written_rows',
  'written_bytes',
  'total_rows_to_read',
  'result_rows',
  'result_bytes',
]

/** One answer, from its first byte to its last, with ClickHouse's headers and its ways of telling an error. */
export class Answer {
  readonly #response: ServerResponse
  readonly #version: string
  readonly #stallMs: number
  readonly #tag = randomBytes(8).toString('hex')
  #gzip = false
  #out: Writable | undefined
  #held: Buffer[] = []
  #heldBytes = 0
  #holdBytes = HOLD_BYTES
  #format = 'TabSeparated'
  readonly #left = new AbortController()
  sentBytes = 0

  constructor(request: IncomingMessage, response: ServerResponse, version: string, stallMs: number) {
    this.#response = response
    this.#version = version
    this.#stallMs = stallMs
    response.on('close', () => {
      if (!response.writableFinished) this.#left.abort()
    })
    response.on('error', () => this.#left.abort())
    request.on('error', () => this.#left.abort())
  }

  /** Aborted when the client went away before the answer was complete. */
  get left(): AbortSignal {
    return this.#left.signal
  }

  get started(): boolean {
    return this.#out !== undefined || this.#response.headersSent
  }

  prepare(queryId: string, gzip: boolean, waitForEnd: boolean): void {
    this.#gzip = gzip
    if (waitForEnd) this.#holdBytes = HOLD_TO_END_BYTES
    this.#response.setHeader('X-ClickHouse-Query-Id', queryId)
    this.#response.setHeader('X-ClickHouse-Server-Display-Name', 'weir')
    this.#response.setHeader('X-ClickHouse-Timezone', 'UTC')
  }

  set format(name: string) {
    this.#format = name
  }

  #start(status: number, type: string, summary: Summary, length?: number): Writable {
    const response = this.#response
    response.statusCode = status
    response.setHeader('Content-Type', type)
    response.setHeader('X-ClickHouse-Exception-Tag', this.#tag)
    const fields = SUMMARY_FIELDS.map((name) => [name, String(summary[name as keyof Summary] ?? 0)])
    response.setHeader('X-ClickHouse-Summary', JSON.stringify(Object.fromEntries(fields)))
    if (!this.#gzip) {
      if (length !== undefined) response.setHeader('Content-Length', length)
      this.#out = response
      return response
    }
    response.setHeader('Content-Encoding', 'gzip')
    response.setHeader('Vary', 'Accept-Encoding')
    const gzip = createGzip({ level: 3 })
    gzip.on('error', () => response.destroy())
    response.on('close', () => gzip.destroy())
    gzip.pipe(response)
    this.#out = gzip
    return gzip
  }

  /** Takes a part of the result; waits while the client is slower than the engine. */
  async write(chunk: Buffer): Promise<void> {
    this.sentBytes += chunk.length
    if (!this.#out) {
      this.#held.push(chunk)
      this.#heldBytes += chunk.length
      if (this.#heldBytes <= this.#holdBytes) return
      this.#response.setHeader('X-ClickHouse-Format', this.#format)
      this.#start(200, contentType(this.#format), {})
      chunk = Buffer.concat(this.#held)
      this.#held = []
    }
    const out = this.#out as Writable
    if (this.left.aborted || out.write(chunk)) return
    // The engine waits inside a write then, where neither its time limit nor a kill reaches it.
    const stalled = setTimeout(() => this.#response.destroy(), this.#stallMs)
    await once(out, 'drain', { signal: this.left }).catch(() => {})
    clearTimeout(stalled)
  }

  /** The result is complete. */
  end(summary: Summary = {}): void {
    if (this.left.aborted) return
    if (!this.#out) {
      const body = Buffer.concat(this.#held)
      this.#held = []
      if (body.length === 0) this.#gzip = false
      this.#response.setHeader('X-ClickHouse-Format', this.#format)
      this.#start(200, contentType(this.#format), summary, body.length).end(body)
    } else this.#out.end()
  }

  /** Tells an error: by status as long as no result has left, by ClickHouse's marked trailer afterwards. */
  fail(error: EngineError): void {
    if (this.left.aborted) return
    const text = `Code: ${error.code}. DB::Exception: ${error.message}. (${error.label}) (version ${this.#version} (official build))\n`
    if (this.#out) {
      const mark = this.#tag
      const trailer = `\r\n__exception__\r\n${mark}\r\n${text}${Buffer.byteLength(text)} ${mark}\r\n__exception__\r\n`
      this.#out.end(trailer)
      return
    }
    this.#held = []
    this.#response.setHeader('X-ClickHouse-Exception-Code', String(error.code))
    const row = failedRow(error.message)
    if (row !== undefined) this.#response.setHeader('X-Weir-Failed-Row', row)
    const status = STATUS[error.code] ?? 500
    if (status === 503) this.#response.setHeader('Retry-After', '1')
    this.#start(status, 'text/plain; charset=UTF-8', {}, Buffer.byteLength(text)).end(text)
  }

  /** A fixed text that is no result. */
  plain(status: number, text: string): void {
    this.#response.statusCode = status
    this.#response.setHeader('Content-Type', 'text/html; charset=UTF-8')
    this.#response.end(text)
  }
}
