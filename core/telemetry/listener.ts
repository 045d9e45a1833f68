import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseListen, type ListenAddress } from '../config/listen.ts'
import { WeirError } from '../errors.ts'
import type { NotReady } from './readiness.ts'

const CONNECTIONS_MAX = 64
const REQUEST_LIMIT_MS = 10_000
const DRAIN_LIMIT_MS = 2000

/** What the listener shows. None of it carries content. */
export interface Shown {
  metrics(): Promise<string>
  notReady(): Promise<readonly NotReady[]>
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
})

async function answer(request: IncomingMessage, shown: Shown): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { ...json(405, { error: 'only GET and HEAD' }), headers: { allow: 'GET, HEAD' } }
  }
  const [path] = (request.url ?? '/').split('?', 1)
  switch (path) {
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await shown.metrics() }
    // Whoever reads this answer knows what it says: the process turns its loop.
    case '/healthz':
      return json(200, { healthy: true })
    case '/readyz': {
      const notReady = await shown.notReady()
      return json(notReady.length === 0 ? 200 : 503, { ready: notReady.length === 0, notReady })
    }
    default:
      return json(404, { error: 'there are /metrics, /healthz and /readyz' })
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, shown: Shown): Promise<void> {
  request.resume()
  let given: Answer
  try {
    given = await answer(request, shown)
  } catch {
    given = json(500, { error: 'failed' })
  }
  response.writeHead(given.status, {
    'content-type': given.type,
    'content-length': Buffer.byteLength(given.body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...given.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : given.body)
}

function listening(server: Server, { host, port }: ListenAddress, listen: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `telemetry.listen ${listen} cannot be opened (${error.code}); choose another or end what holds it`
      reject(new WeirError('WEIR_LISTEN_FAILED', message, { cause: error }))
    })
    server.listen(port, host, resolve)
  })
}

/** /metrics, /healthz and /readyz. */
export class Listener {
  readonly #server: Server
  readonly #listen: string

  constructor(listen: string, shown: Shown) {
    this.#listen = listen
    this.#server = createServer({ requestTimeout: REQUEST_LIMIT_MS, headersTimeout: REQUEST_LIMIT_MS })
    this.#server.maxConnections = CONNECTIONS_MAX
    this.#server.keepAliveTimeout = REQUEST_LIMIT_MS
    this.#server.on('request', (request, response) => void respond(request, response, shown))
  }

  async start(): Promise<void> {
    await listening(this.#server, parseListen(this.#listen), this.#listen)
  }

  address(): ListenAddress | undefined {
    const address = this.#server.address()
    return address === null || typeof address === 'string' ? undefined : { host: address.address, port: address.port }
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    const end = setTimeout(() => this.#server.closeAllConnections(), DRAIN_LIMIT_MS)
    await closed
    clearTimeout(end)
  }
}
