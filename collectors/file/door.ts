import { hash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Clock, Emit, RandomBytes, Refusal } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { interactionCheck } from './check.ts'

/** How whoever may use the door finds it. */
export interface DoorKey {
  readonly url: string
  readonly token: string
}

export interface DoorDeps {
  readonly clock: Clock
  readonly random: RandomBytes
  /** How long a lot may take to be durable before its sender is told to come again. */
  readonly deadlineMs: number
}

/**
 * Where `weir import` hands interactions to a running Weir: loopback, any free port, with a token that is made at each
 * start and written where only this user reads it. A lot is answered when it is durable.
 */
export interface Door {
  open(emit: Emit<Interaction>): Promise<DoorKey>
  /** Safe before it was opened, and twice. */
  close(): Promise<void>
}

export const MAX_BODY_BYTES: number = 96 * 1024 * 1024
/** Lots at once: each may be as long as a body. */
const AT_ONCE = 2
const REQUEST_MS = 60_000
const TOKEN_BYTES = 32

interface Answer {
  readonly status: number
  readonly body: object
}

const said = (status: number, message: string): Answer => ({ status, body: { message } })

export function createDoor({ clock, random, deadlineMs }: DoorDeps): Door {
  const token = random(TOKEN_BYTES).toString('hex')
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS })
  server.maxConnections = 16
  const inside = new Set<Promise<void>>()
  const answerOf = async (request: IncomingMessage, emit: Emit<Interaction>): Promise<Answer> => {
    if (!holds(request, token)) return said(401, 'the token is not that of this process')
    if (request.method !== 'POST' || request.url !== '/interactions') return said(404, 'there is nothing here')
    if (inside.size >= AT_ONCE) return said(503, 'other imports are under way')
    const body = await bodyOf(request)
    if (body === undefined) return said(413, `a lot has at most ${MAX_BODY_BYTES} bytes`)
    return take(body, emit, clock, deadlineMs)
  }
  return {
    async open(emit) {
      server.on('request', (request, response) => {
        const answer = answerOf(request, emit).catch(failed)
        const done = answer.then((given) => tell(request, response, given)).finally(() => inside.delete(done))
        inside.add(done)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening').catch((cause: unknown) => {
        throw new WeirError('WEIR_LISTEN_FAILED', `no port on 127.0.0.1 for imports: ${messageOf(cause)}`, { cause })
      })
      return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/interactions`, token }
    },
    async close() {
      if (!server.listening) return
      server.close()
      const over = new AbortController()
      void Promise.all(inside).then(() => over.abort())
      await clock.sleep(deadlineMs, over.signal)
      server.closeAllConnections()
    },
  }
}

const failed = (error: unknown): Answer =>
  said(503, error instanceof WeirError ? error.message : 'an error inside Weir')

/** Resolves when the answer has left, or there is nobody to take it. */
function tell(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): Promise<void> {
  if (!request.complete) response.setHeader('Connection', 'close')
  return new Promise((resolve) => {
    response.once('close', resolve).once('finish', resolve)
    if (response.destroyed) resolve()
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  })
}

function holds(request: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => Buffer.from(hash('sha256', text, 'hex'))
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** All or nothing: whoever sends has checked each of them before. */
async function take(body: Buffer, emit: Emit<Interaction>, clock: Clock, deadlineMs: number): Promise<Answer> {
  const check = await interactionCheck()
  const lot: Interaction[] = []
  for (const line of body.toString('utf8').split('\n')) {
    if (line === '') continue
    const value = parsed(line)
    const wrong = check(value)
    if (wrong !== undefined) return said(400, `[${lot.length}] ${wrong}`)
    lot.push(value as Interaction)
  }
  const over = new AbortController()
  const late = clock.sleep(deadlineMs, over.signal).then(() => undefined)
  const refusals: readonly Refusal[] | undefined = await Promise.race([emit(lot), late]).finally(() => over.abort())
  if (refusals === undefined) return said(503, `not stored within ${deadlineMs} ms`)
  return { status: 200, body: { refusals } }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
