import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * Stands between Weir and its store and answers some inserts wrongly. Everything else passes unchanged.
 */

export type Wrong =
  /** The store says 500 and did nothing: once in ClickHouse's words, once as a bare gateway would. */
  | 'refused'
  /** The store did it, and the answer says 500. */
  | 'refused_after_commit'
  /** The store did it, and no answer ever comes. */
  | 'silent_after_commit'
  /** The connection ends in the middle of the request's body. */
  | 'reset_in_request'
  /** The store did it, and the connection ends in the middle of the answer. */
  | 'reset_in_answer'
  /** 200, and an error only in a header. */
  | 'error_in_header'

export const WRONGS: readonly Wrong[] = [
  'refused',
  'refused_after_commit',
  'silent_after_commit',
  'reset_in_request',
  'reset_in_answer',
  'error_in_header',
]

export interface Proxy {
  readonly url: string
  /** From now on some inserts into every table go wrong. Resolves at the first. */
  spoil(wrong: Wrong): Promise<bigint>
  /** How many inserts went wrong. */
  readonly spoilt: () => number
  close(): Promise<void>
}

const SPOILT_TURNS = new Set([1, 3, 5])
/** Each costs Weir's whole patience. */
const SILENT_TURNS = new Set([1])
const SILENT_MS = 20_000

export async function startProxy(upstream: URL): Promise<Proxy> {
  let wrong: Wrong | undefined
  let struck: (moment: bigint) => void = () => {}
  let spoilt = 0
  const turns = new Map<string, number>()

  const server = createServer((request, response) => {
    response.on('error', () => {})
    serve(request, response).catch(() => response.destroy())
  })

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const table = tableOf(request)
    if (wrong === undefined || table === undefined) return forward(upstream, request, body, response)
    const turn = (turns.get(table) ?? 0) + 1
    turns.set(table, turn)
    const turnsOf = wrong === 'silent_after_commit' ? SILENT_TURNS : SPOILT_TURNS
    if (!turnsOf.has(turn)) return forward(upstream, request, body, response)
    spoilt++
    struck(process.hrtime.bigint())
    await misbehave(wrong, turn, { upstream, request, body, response })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil(next): Promise<bigint> {
      wrong = next
      return new Promise((resolve) => (struck = resolve))
    },
    spoilt: () => spoilt,
    close: () => closed(server),
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

interface Passing {
  upstream: URL
  request: IncomingMessage
  body: Buffer
  response: ServerResponse
}

async function misbehave(wrong: Wrong, turn: number, passing: Passing): Promise<void> {
  const { upstream, request, body, response } = passing
  switch (wrong) {
    case 'refused':
      return refuse(turn, response)
    case 'refused_after_commit':
      await answerOf(upstream, request, body)
      return refuse(turn, response)
    case 'silent_after_commit':
      await answerOf(upstream, request, body)
      return silence(response)
    case 'reset_in_request':
      await cutOff(upstream, request, body)
      return void request.socket.resetAndDestroy()
    case 'reset_in_answer':
      await answerOf(upstream, request, body)
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 1_000 })
      response.write('and then')
      setTimeout(() => request.socket.resetAndDestroy(), 5)
      return
    case 'error_in_header':
      response.writeHead(200, { 'X-ClickHouse-Exception-Code': '241', 'Content-Type': 'text/plain' })
      response.end('Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)')
  }
}

function refuse(turn: number, response: ServerResponse): void {
  if (turn === 1) {
    response.writeHead(500, { 'X-ClickHouse-Exception-Code': '999', 'Content-Type': 'text/plain' })
    response.end('Code: 999. DB::Exception: Session expired. (KEEPER_EXCEPTION)')
  } else {
    response.writeHead(500, { 'Content-Type': 'text/html' })
    response.end('<h1>Internal error</h1>')
  }
}

function silence(response: ServerResponse): void {
  const end = setTimeout(() => response.destroy(), SILENT_MS)
  response.once('close', () => clearTimeout(end))
}

function tableOf(request: IncomingMessage): string | undefined {
  const query = new URL(request.url ?? '/', 'http://proxy').searchParams.get('query') ?? ''
  return /^INSERT INTO \w+\.(\w+) \(/.exec(query)?.[1]
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function headersOf(request: IncomingMessage, upstream: URL, length: number): Record<string, string | string[]> {
  const { 'transfer-encoding': _, connection: __, ...kept } = request.headers
  return { ...(kept as Record<string, string>), host: upstream.host, 'content-length': String(length) }
}

function forward(upstream: URL, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(request.url ?? '/', upstream),
      { method: request.method ?? 'GET', headers: headersOf(request, upstream, body.length) },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.on('end', resolve)
        answer.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    response.on('close', () => outgoing.destroy())
    outgoing.end(body)
  })
}

/** Lets the store do it and keeps its answer from Weir. */
function answerOf(upstream: URL, request: IncomingMessage, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(request.url ?? '/', upstream),
      { method: request.method ?? 'POST', headers: headersOf(request, upstream, body.length) },
      (answer) => {
        answer.resume()
        answer.on('end', resolve)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Sends the store half a body and ends the connection. */
function cutOff(upstream: URL, request: IncomingMessage, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = httpRequest(new URL(request.url ?? '/', upstream), {
      method: request.method ?? 'POST',
      headers: headersOf(request, upstream, body.length),
    })
    outgoing.on('error', () => {})
    outgoing.on('close', resolve)
    outgoing.write(body.subarray(0, body.length >> 1), () => setTimeout(() => outgoing.destroy(), 5))
  })
}
