import type { ChatRequest, ChatUsage, ToolCallRequest } from './answers.ts'

/** A model's answer as the demo's app gets it, streamed or not. */
export interface ChatReply {
  readonly id: string
  readonly model: string
  readonly fingerprint: string
  readonly content: string
  readonly toolCalls: readonly ToolCallRequest[]
  readonly finishReason: string
  readonly usage: ChatUsage
}

/** What the provider said no with. `status` is 0 when it said nothing in time. */
export class ProviderError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'ProviderError'
    this.status = status
  }
}

interface Completion {
  id: string
  model: string
  system_fingerprint: string
  choices: { message?: Delta; delta?: Delta; finish_reason: string | null }[]
  usage?: ChatUsage
}
interface Delta {
  content?: string | null
  tool_calls?: ToolCallRequest[]
}

export async function chat(baseUrl: string, request: ChatRequest, timeoutMs: number): Promise<ChatReply> {
  const body = request.stream ? { ...request, stream_options: { include_usage: true } } : request
  const response = await post(`${baseUrl}/chat/completions`, body, timeoutMs)
  const pieces = request.stream ? eventsOf(await response.text()) : [(await response.json()) as Completion]
  return assemble(pieces)
}

export async function embeddings(
  baseUrl: string,
  model: string,
  input: string,
  timeoutMs: number,
): Promise<{ model: string; tokens: number }> {
  const response = await post(`${baseUrl}/embeddings`, { model, input }, timeoutMs)
  const { model: served, usage } = (await response.json()) as { model: string; usage: { prompt_tokens: number } }
  return { model: served, tokens: usage.prompt_tokens }
}

async function post(url: string, body: unknown, timeoutMs: number): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  }
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new ProviderError(0, error instanceof Error ? error.name : 'no answer')
  })
  if (!response.ok) throw new ProviderError(response.status, await response.text())
  return response
}

const eventsOf = (text: string): Completion[] =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice('data: '.length)) as Completion)

/** A streamed answer is many pieces of what an answer in one go is. */
function assemble(pieces: readonly Completion[]): ChatReply {
  const first = pieces[0]
  const usage = pieces.findLast((piece) => piece.usage)?.usage
  if (first === undefined || usage === undefined) throw new ProviderError(0, 'the answer is not complete')
  const choices = pieces.flatMap((piece) => piece.choices)
  const deltas = choices.map((choice) => choice.message ?? choice.delta ?? {})
  return {
    id: first.id,
    model: first.model,
    fingerprint: first.system_fingerprint,
    content: deltas.map((delta) => delta.content ?? '').join(''),
    toolCalls: deltas.flatMap((delta) => delta.tool_calls ?? []),
    finishReason: choices.findLast((choice) => choice.finish_reason !== null)?.finish_reason ?? 'error',
    usage,
  }
}
