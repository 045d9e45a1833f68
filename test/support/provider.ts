import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { answerOf, type Answer, type Ask, type Scenario } from './provider-answers.ts'
import { shapeOf, type Api, type Event } from './provider-shapes.ts'

/** What the provider really saw and said. */
export interface SeenCall {
  readonly api: Api
  readonly model: string
  readonly stream: boolean
  /** As it was sent. */
  readonly request: string
  /** The answer has its tokens: a stream has them only when it was asked to. */
  readonly toldUsage: boolean
  /** Name of the scenario whose prompt it is; empty for a prompt that is in none. */
  readonly scenario: string
  /** When it came. */
  readonly at: number
  /** Whole milliseconds the answer took; set when it is over. */
  tookMs: number
  /** 0 when nothing was answered. */
  status: number
  readonly answer: Answer
  /** Of the answer's text, what was written before the client broke off. */
  sent: string
  brokenOff: boolean
}

export interface TrafficProvider {
  /** Base URL of the OpenAI interface, e.g. `http://127.0.0.1:4242/v1`. */
  readonly url: string
  /** Base URL of the Anthropic interface, without `/v1`. */
  readonly origin: string
  readonly seen: readonly SeenCall[]
  close(): Promise<void>
}

const CALLS_MAX = 10_000
const BODY_BYTES_MAX = 16 * 1024 * 1024
/** A silent call gives up by itself in the end. */
const SILENCE_MS = 30_000
/** Between the pieces of a slow stream. */
const SLOW_MS = 60

/** Speaks OpenAI's chat completions, responses and embeddings, Anthropic's messages and Gemini; what it says is in `scenarios`. */
export async function startTrafficProvider(
  scenarios: Readonly<Record<string, Scenario>>,
  now: () => number,
): Promise<TrafficProvider> {
  const seen: SeenCall[] = []
  const name = randomBytes(6)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!)
  const server = createServer((request, response) => {
    serve(request, response, { name, scenarios, seen, now }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `${origin}/v1`, origin, seen, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

interface Desk {
  /** Its own among all that run, and without digits: numbers are looked for in what is sent. */
  readonly name: string
  readonly scenarios: Readonly<Record<string, Scenario>>
  readonly seen: SeenCall[]
  readonly now: () => number
}

async function serve(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const shape = shapeOf(request.url ?? '')
  if (shape === undefined) return sendJson(response, 404, { error: { message: 'there is no such path' } })
  const text = await readText(request)
  const sent = JSON.parse(text) as Ask
  const body = shape.askOf?.(request.url ?? '', sent) ?? sent
  const [scenario, answer] = answerOf(shape.api, body, desk.scenarios, {
    provider: desk.name,
    number: desk.seen.length,
  })
  const call: SeenCall = {
    ...{ api: shape.api, model: body.model, stream: body.stream === true, scenario, at: desk.now(), answer },
    ...{ request: text, toldUsage: tellsUsage(shape.api, body) },
    ...{ tookMs: 0, status: 0, sent: '', brokenOff: false },
  }
  if (desk.seen.push(call) > CALLS_MAX) throw new Error('too many calls')
  response.once('close', () => {
    call.tookMs = desk.now() - call.at
    call.brokenOff = !response.writableFinished
  })
  if (answer.silent) return stayingSilent(response)
  call.status = answer.status
  if (answer.status !== 200) return sendJson(response, answer.status, shape.failure(answer))
  if (call.stream) return sendEvents(response, shape.events(body, answer), call)
  call.sent = answer.text
  sendJson(response, 200, shape.whole(body, answer))
}

const tellsUsage = (api: Api, body: Ask): boolean =>
  api !== 'chat' || body.stream !== true || body.stream_options?.include_usage === true

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) throw new Error('the request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function sendEvents(response: ServerResponse, events: Iterable<Event>, call: SeenCall): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const { name, data, text = '' } of events) {
    if (call.answer.slow) await pause(SLOW_MS)
    if (response.destroyed) return
    response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`)
    call.sent += text
  }
  response.end()
}

async function stayingSilent(response: ServerResponse): Promise<void> {
  const over = new AbortController()
  response.once('close', () => over.abort())
  await pause(SILENCE_MS, undefined, { signal: over.signal, ref: false }).catch(() => {})
  response.destroy()
}
