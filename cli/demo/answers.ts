/** What the demo's provider says: a pure function of the request, so that a test knows every answer beforehand. */

/** Values that leak. The card number is a scheme's public test number; the address is in a domain reserved for examples. */
export const LEAKED_CARD = '4111 1111 1111 1111'
export const LEAKED_EMAIL = 'jane.roe@example.com'

export interface ChatMessage {
  readonly role: string
  readonly content?: string | null
  readonly tool_calls?: readonly ToolCallRequest[]
  readonly tool_call_id?: string
}

export interface ToolCallRequest {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly tools?: readonly { readonly type: 'function'; readonly function: { readonly name: string } }[]
}

export interface ChatUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number }
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}

export interface ChatAnswer {
  readonly content: string | null
  readonly toolCalls: readonly ToolCallRequest[]
  readonly finishReason: 'stop' | 'tool_calls'
  readonly servedModel: string
  readonly usage: ChatUsage
}

/** Models that misbehave, by name. */
export const FAILING_MODELS = { rateLimited: 'fake-429', broken: 'fake-500', silent: 'fake-silent' } as const

/** Roughly: four characters to a token. Good enough for a provider that makes its numbers up. */
const tokensIn = (text: string): number => Math.ceil(text.length / 4)

export function answerChat(request: ChatRequest): ChatAnswer {
  const toolCalls = toolCallsFor(request)
  const content = toolCalls.length > 0 ? null : textFor(request)
  const promptTokens = tokensIn(request.messages.map((message) => message.content ?? '').join(' '))
  const reasoningTokens = request.model.startsWith('o') ? 12 : 0
  const completionTokens = tokensIn(content ?? JSON.stringify(toolCalls)) + reasoningTokens
  return {
    content,
    toolCalls,
    finishReason: toolCalls.length > 0 ? 'tool_calls' : 'stop',
    servedModel: servedModel(request.model),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: promptTokens >= 16 ? Math.floor(promptTokens / 2) : 0 },
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    },
  }
}

/** Providers answer with a dated version of the model that was asked for. */
export const servedModel = (model: string): string => (/\d{4}-\d{2}-\d{2}$/.test(model) ? model : `${model}-2026-01-15`)

function textFor({ messages }: ChatRequest): string {
  const last = messages.at(-1)
  const prompt = last?.content ?? ''
  if (last?.role === 'tool') return `The tool says: ${prompt}`
  if (/card on file/i.test(prompt)) {
    return `The card on file is ${LEAKED_CARD}, and the receipt goes to ${LEAKED_EMAIL}.`
  }
  if (/repeat/i.test(prompt)) return `You wrote: ${prompt}`
  return `A short answer to "${prompt.slice(0, 60)}": it depends.`
}

function toolCallsFor({ messages, tools }: ChatRequest): ToolCallRequest[] {
  const last = messages.at(-1)
  const tool = tools?.[0]?.function.name
  if (tool === undefined || last?.role !== 'user' || !/weather/i.test(last.content ?? '')) return []
  return [{ id: 'call_1', type: 'function', function: { name: tool, arguments: '{"city":"Lisbon"}' } }]
}

/** Eight numbers that depend on the text alone. */
export function embed(text: string): number[] {
  const vector = Array.from({ length: 8 }, () => 0)
  for (let index = 0; index < text.length; index++) vector[index % 8]! += (text.charCodeAt(index) % 32) / 32
  const norm = Math.hypot(...vector) || 1
  return vector.map((value) => value / norm)
}
