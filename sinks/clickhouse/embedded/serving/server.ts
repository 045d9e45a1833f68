import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { Answer } from './answer.ts'
import { Budget, ClientGone, discardRest, readBody } from './body.ts'
import type { HeldBody } from './body.ts'
import { EngineError, engineError } from '../engine/engine.ts'
import { multipartFields } from './multipart.ts'
import type { ChildSettings } from '../options.ts'
import { isPreflight, preflightAnswer } from './preflight.ts'
import { answerRead } from './reads.ts'
import { readHead } from './request.ts'
import type { RequestHead } from './request.ts'
import type { Role } from '../rights/settings.ts'
import { firstWord } from '../rights/sql.ts'
import type { StoreEngine } from '../store.ts'
import { answerInsert, answerStatement } from './writes.ts'

const DISCARD_MS = 5_000
const MEGABYTE = 1 << 20

/** Statements of the writer that read; everything else waits for its turn among the writes. */
const READING = new Set(['SELECT', 'WITH', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'EXISTS', 'EXPLAIN'])

/** All readers' request bodies: they are texts, not data. */
const READERS_HELD_BYTES = 32 << 20
const CONNECTIONS = 1_024

/** What readers send must not keep the writer's data out. */
type Budgets = Readonly<Record<Role, Budget>>

const NO_BODY: HeldBody = { bytes: Buffer.alloc(0), release: () => {} }

function takeMultipart(head: RequestHead, body: Buffer, contentType: string): Buffer {
  const fields = multipartFields(body, contentType)
  for (const [name, value] of fields) if (name.startsWith('param_')) head.params.set(name.slice(6), value)
  for (const name of head.params.keys()) {
    if (!/^[A-Za-z_]\w{0,127}$/.test(name)) throw new EngineError(36, 'BAD_ARGUMENTS', 'a parameter has no plain name')
  }
  return Buffer.from(fields.get('query') ?? '', 'utf8')
}

/** SQL in the address and in the body are one text, unless the body is data. */
function statementOf(store: StoreEngine, head: RequestHead, body: Buffer): string {
  const most = store.open.limits.sqlBytes * (head.role === 'writer' ? 16 : 1)
  if (head.query.length + body.length > most) {
    throw new EngineError(62, 'SYNTAX_ERROR', `Max query size exceeded: the statement has more than ${most} bytes`)
  }
  const parts = [head.query, body.toString('utf8')].filter((part) => part !== '')
  return parts.join('\n').replace(/[\s;]+$/, '')
}

async function answerSql(store: StoreEngine, head: RequestHead, body: Buffer, answer: Answer): Promise<void> {
  const start = head.query === '' ? body.toString('latin1', 0, 16_384) : head.query
  const word = firstWord(start)
  const reads = head.role === 'reader' || READING.has(word)
  if (!reads && head.method !== 'POST') {
    throw new EngineError(
      164,
      'READONLY',
      'Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. Use method POST',
    )
  }
  if (!reads && word === 'INSERT') return answerInsert(store, head, body, answer)
  const sql = statementOf(store, head, body)
  if (sql === '') throw new EngineError(62, 'SYNTAX_ERROR', 'Empty query')
  if (reads && isPreflight(sql) && head.defaultFormat === 'Native') {
    answer.format = 'Native'
    await answer.write(preflightAnswer(store.version))
    return answer.end()
  }
  return reads ? answerRead(store, head, sql, answer) : answerStatement(store, head, sql, answer)
}

async function handle(
  store: StoreEngine,
  settings: ChildSettings,
  budgets: Budgets,
  request: IncomingMessage,
  answer: Answer,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0]
  if (path === '/ping' || path === '/replicas_status') return answer.plain(200, 'Ok.\n')
  const head = readHead(request, settings, randomUUID)
  if (head.path !== '/')
    return answer.plain(404, 'There is no handle for this path. Queries are answered at /, and /ping.\n')
  if (head.method !== 'GET' && head.method !== 'POST')
    throw new EngineError(48, 'NOT_IMPLEMENTED', 'Use method GET or POST')
  answer.prepare(head.queryId, head.gzip, head.waitForEnd)
  if (head.method === 'GET' && head.query === '') return answer.plain(200, 'Ok.\n')
  const most = head.role === 'writer' ? settings.limits.bodyBytes : settings.limits.sqlBytes + MEGABYTE
  const held = head.method === 'POST' ? await readBody(request, most, budgets[head.role]) : NO_BODY
  try {
    const type = request.headers['content-type'] ?? ''
    const body = /^multipart\/form-data/i.test(type) ? takeMultipart(head, held.bytes, type) : held.bytes
    await answerSql(store, head, body, answer)
  } finally {
    held.release()
  }
}

/** ClickHouse's HTTP interface over the opened engine. Not yet listening. */
export function createStoreServer(store: StoreEngine, settings: ChildSettings): Server {
  const budgets = { reader: new Budget(READERS_HELD_BYTES), writer: new Budget(settings.limits.heldBytes) }
  const server = createServer(
    { maxHeaderSize: MEGABYTE, keepAliveTimeout: 30_000, requestTimeout: 300_000 },
    (request: IncomingMessage, response: ServerResponse) => {
      const answer = new Answer(request, response, store.version, settings.limits.stallMs)
      handle(store, settings, budgets, request, answer).catch(async (error: unknown) => {
        if (error instanceof ClientGone) return response.destroy()
        if (!request.complete) {
          await discardRest(request, settings.limits.bodyBytes * 4, DISCARD_MS)
          response.setHeader('Connection', 'close')
        }
        return answer.fail(engineError(error))
      })
    },
  )
  server.maxConnections = CONNECTIONS
  server.on('clientError', (_error, socket) => socket.destroy())
  return server
}
