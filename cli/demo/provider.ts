import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerChat, embed, FAILING_MODELS, servedModel, type ChatAnswer, type ChatRequest } from './answers.ts'

/** What the provider really saw and said, to hold against what Weir stored. */
export interface SeenCall {
  readonly path: string
  readonly model: string
  readonly stream: boolean
  readonly status: number
  readonly request: unknown
  /** The text of the answer; empty when there was none. */
  readonly answer: string
}

export interface Provider {
  /** To be used as base URL, e.g. `http://127.0.0.1:4242/v1`. */
  readonly url: string
  /** The newest calls, at most `keep`. */
  readonly seen: readonly SeenCall[]
  /** All calls, also those that are not kept any more. */
  readonly count: number
  close(): Promise<void>
}

export interface ProviderOptions {
  /** Calls to keep in memory. */
  readonly keep?: number
}

const BODY_BYTES_MAX = 64 * 1024 * 1024
/** A silent model gives up by itself in the end, so that nothing waits for ever. */
const SILENCE_MS = 120_000

/** A provider that speaks enough of OpenAI's interface to be called by an ordinary client. Listens on a free loopback port. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const keep = options.keep ?? 10_000
  const seen: SeenCall[] = []
  let count = 0
  const record = (call: SeenCall): void => {
    count += 1
    seen.push(call)
    if (seen.length > keep) seen.shift()
  }
  const server = createServer((request, response) => {
    handle(request, response, record).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    get count() {
      return count
    },
    close: () => closeServer(server),
  }
}

function closeServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

type Note = (call: SeenCall) => void

async function handle(request: IncomingMessage, response: ServerResponse, record: Note): Promise<void> {
  const path = request.url ?? ''
  const body = await readJson(request)
  if (body === undefined) return sendError(response, 400, 'the body is not JSON')
  const model = typeof body['model'] === 'string' ? body['model'] : ''
  const call = { path, model, stream: body['stream'] === true, request: body }
  const status = failureOf(model)
  if (status !== undefined) {
    record({ ...call, status, answer: '' })
    return fail(response, status)
  }
  if (path === '/v1/chat/completions' && Array.isArray(body['messages'])) {
    const chat = body as unknown as ChatRequest
    const answer = answerChat(chat)
    record({ ...call, status: 200, answer: answer.content ?? '' })
    return chat.stream ? streamChat(response, chat, answer) : sendJson(response, 200, completion(answer))
  }
  if (path === '/v1/embeddings') {
    record({ ...call, status: 200, answer: '' })
    return sendJson(response, 200, embeddings(model, body['input']))
  }
  record({ ...call, status: 404, answer: '' })
  return sendError(response, 404, `nothing is served at ${path}`)
}

async function readJson(request: IncomingMessage): Promise<{ [key: string]: unknown } | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) return undefined
    chunks.push(chunk)
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString())
    return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : undefined
  } catch {
    return undefined
  }
}

function failureOf(model: string): number | undefined {
  if (model === FAILING_MODELS.rateLimited) return 429
  if (model === FAILING_MODELS.broken) return 500
  return model === FAILING_MODELS.silent ? 0 : undefined
}

function fail(response: ServerResponse, status: number): void {
  if (status === 0) {
    const timer = setTimeout(() => response.destroy(), SILENCE_MS)
    response.once('close', () => clearTimeout(timer))
    return
  }
  if (status === 429) response.setHeader('retry-after', '1')
  sendError(response, status, status === 429 ? 'Rate limit reached' : 'The server had an error')
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function sendError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message, type: status === 429 ? 'rate_limit_error' : 'server_error' } })
}

const ID = 'chatcmpl-demo'
const FINGERPRINT = 'fp_demo'

function completion(answer: ChatAnswer): unknown {
  const { content, toolCalls, finishReason, servedModel: model, usage } = answer
  const message = { role: 'assistant', content, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) }
  const choices = [{ index: 0, message, finish_reason: finishReason }]
  return { id: ID, object: 'chat.completion', created: 0, model, system_fingerprint: FINGERPRINT, choices, usage }
}

function streamChat(response: ServerResponse, request: ChatRequest, answer: ChatAnswer): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const common = {
    id: ID,
    object: 'chat.completion.chunk',
    created: 0,
    model: answer.servedModel,
    system_fingerprint: FINGERPRINT,
  }
  const send = (delta: unknown, finish: string | null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }]
    response.write(`data: ${JSON.stringify({ ...common, choices })}\n\n`)
  }
  send({ role: 'assistant', content: '' }, null)
  for (const word of (answer.content ?? '').match(/\S+\s*/g) ?? []) send({ content: word }, null)
  answer.toolCalls.forEach((toolCall, index) => send({ tool_calls: [{ index, ...toolCall }] }, null))
  send({}, answer.finishReason)
  if (request.stream_options?.include_usage) {
    response.write(`data: ${JSON.stringify({ ...common, choices: [], usage: answer.usage })}\n\n`)
  }
  response.end('data: [DONE]\n\n')
}

function embeddings(model: string, input: unknown): unknown {
  const texts = Array.isArray(input) ? input.map(String) : [String(input)]
  const tokens = Math.ceil(texts.join(' ').length / 4)
  return {
    object: 'list',
    model: servedModel(model),
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}
