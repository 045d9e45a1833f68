import { wordsOf, type Answer, type Ask } from './provider-answers.ts'
import { gemini } from './provider-gemini.ts'

export type Api = 'chat' | 'responses' | 'embeddings' | 'messages' | 'gemini'

/** One server-sent event; `text` is the part of the answer's text that it carries. */
export interface Event {
  readonly name?: string
  readonly data: string
  readonly text?: string
}

/** How one interface of a provider writes an answer. */
export interface Shape {
  readonly api: Api
  /** Where a request is not written as OpenAI writes it. */
  askOf?(path: string, body: unknown): Ask
  whole(ask: Ask, answer: Answer): unknown
  events(ask: Ask, answer: Answer): Iterable<Event>
  failure(answer: Answer): unknown
}

/** By the end of the path. */
export function shapeOf(path: string): Shape | undefined {
  const [plain = ''] = path.split('?')
  return Object.entries(SHAPES).find(([end]) => plain.endsWith(end))?.[1]
}

const event = (data: unknown, text?: string): Event => ({
  data: JSON.stringify(data),
  ...(text !== undefined && { text }),
})
/** Anthropic and the Responses API name their events as the data does. */
const named = (data: { type: string } & Record<string, unknown>, text?: string): Event => ({
  ...event(data, text),
  name: data.type,
})

const openAiFailure = ({ status }: Answer): unknown => ({
  error: {
    message: status === 429 ? 'You are asking too often.' : 'Something broke.',
    type: status === 429 ? 'rate_limit_error' : 'server_error',
    code: status === 429 ? 'rate_limit_exceeded' : null,
    param: null,
  },
})

const FINGERPRINT = 'fp_weir'
/** 2026-01-15: what some instrumentations show as the time of the answer. */
const CREATED = 1_768_435_200

const chat: Shape = {
  api: 'chat',
  failure: openAiFailure,
  whole(_ask, answer) {
    const message = { role: 'assistant', content: answer.text || null, refusal: null, ...chatCalls(answer) }
    const choices = [{ index: 0, message, logprobs: null, finish_reason: answer.finish }]
    return { ...chatHead(answer, 'chat.completion'), choices, usage: chatUsage(answer) }
  },
  *events(ask, answer) {
    const head = chatHead(answer, 'chat.completion.chunk')
    const chunk = (delta: unknown, finish: string | null, text?: string): Event =>
      event({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] }, text)
    yield chunk({ role: 'assistant', content: '' }, null)
    for (const word of wordsOf(answer.text)) yield chunk({ content: word }, null, word)
    if (answer.toolCall !== undefined) yield chunk(chatCalls(answer, 0), null)
    yield chunk({}, answer.finish)
    if (ask.stream_options?.include_usage) yield event({ ...head, choices: [], usage: chatUsage(answer) })
    yield { data: '[DONE]' }
  },
}

const chatHead = ({ id, model }: Answer, object: string): object => ({
  id,
  object,
  created: CREATED,
  model,
  system_fingerprint: FINGERPRINT,
})

/** The calls of a message, or with an `index` of a delta. */
function chatCalls({ toolCall }: Answer, index?: number): object {
  if (toolCall === undefined) return {}
  const { id, name, arguments: given } = toolCall
  return {
    tool_calls: [{ ...(index !== undefined && { index }), id, type: 'function', function: { name, arguments: given } }],
  }
}

const chatUsage = ({ usage }: Answer): unknown => ({
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
  prompt_tokens_details: { cached_tokens: usage.cached },
  completion_tokens_details: { reasoning_tokens: usage.reasoning },
})

const embeddings: Shape = {
  api: 'embeddings',
  failure: openAiFailure,
  whole(ask, { model, usage, inputs }) {
    const isBase64 = (ask as { encoding_format?: string }).encoding_format === 'base64'
    const vector = [0.5, -0.25, 0.125, 1]
    const embedding = isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
    const data = Array.from({ length: inputs }, (_, index) => ({ object: 'embedding', index, embedding }))
    return { object: 'list', model, data, usage: { prompt_tokens: usage.input, total_tokens: usage.input } }
  },
  events: () => [],
}

const responses: Shape = {
  api: 'responses',
  failure: openAiFailure,
  whole: (ask, answer) => responseOf(ask, answer, 'completed'),
  *events(ask, answer) {
    const item = itemsOf(answer)[0] as { id: string }
    const at = { item_id: item.id, output_index: 0, content_index: 0 }
    let number = 0
    const next = (data: { type: string } & Record<string, unknown>, text?: string): Event =>
      named({ ...data, sequence_number: number++ }, text)
    yield next({ type: 'response.created', response: responseOf(ask, answer, 'in_progress') })
    yield next({
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    })
    yield next({ type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '', annotations: [] } })
    for (const delta of wordsOf(answer.text))
      yield next({ type: 'response.output_text.delta', ...at, delta, logprobs: [] }, delta)
    yield next({ type: 'response.output_text.done', ...at, text: answer.text, logprobs: [] })
    yield next({
      type: 'response.content_part.done',
      ...at,
      part: { type: 'output_text', text: answer.text, annotations: [] },
    })
    yield next({ type: 'response.output_item.done', output_index: 0, item })
    yield next({ type: 'response.completed', response: responseOf(ask, answer, 'completed') })
  },
}

function itemsOf({ id, text, toolCall }: Answer): unknown[] {
  if (toolCall !== undefined) {
    const { id: callId, name, arguments: given } = toolCall
    return [{ type: 'function_call', id: `fc_${id}`, call_id: callId, name, arguments: given, status: 'completed' }]
  }
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  return [{ type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content }]
}

function responseOf({ instructions = null }: Ask, answer: Answer, status: 'in_progress' | 'completed'): unknown {
  const { id, model, usage } = answer
  const isOver = status === 'completed'
  return {
    ...{
      id,
      object: 'response',
      created_at: CREATED,
      status,
      error: null,
      incomplete_details: null,
      instructions,
    },
    ...{ model, output: isOver ? itemsOf(answer) : [], parallel_tool_calls: true, previous_response_id: null },
    ...{ temperature: 1, top_p: 1, tool_choice: 'auto', tools: [], metadata: {}, service_tier: 'default' },
    usage: isOver
      ? {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cached },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning },
          total_tokens: usage.input + usage.output,
        }
      : null,
  }
}

const messages: Shape = {
  api: 'messages',
  failure: ({ status }) => ({
    type: 'error',
    error: {
      type: status === 429 ? 'rate_limit_error' : 'api_error',
      message: status === 429 ? 'You are asking too often.' : 'Something broke.',
    },
  }),
  whole: (_ask, answer) => messageOf(answer),
  *events(_ask, answer) {
    const { usage, toolCall, text } = answer
    const start = {
      ...messageOf(answer),
      content: [],
      stop_reason: null,
      usage: { ...messageUsage(answer), output_tokens: 1 },
    }
    yield named({ type: 'message_start', message: start })
    const [block] = blocksOf(answer)
    const empty = toolCall === undefined ? { type: 'text', text: '' } : { ...(block as object), input: {} }
    yield named({ type: 'content_block_start', index: 0, content_block: empty })
    const piece = (delta: unknown, said?: string): Event =>
      named({ type: 'content_block_delta', index: 0, delta } as { type: string }, said)
    if (toolCall !== undefined) yield piece({ type: 'input_json_delta', partial_json: toolCall.arguments })
    else for (const word of wordsOf(text)) yield piece({ type: 'text_delta', text: word }, word)
    yield named({ type: 'content_block_stop', index: 0 })
    const delta = { stop_reason: stopReason(answer), stop_sequence: null }
    yield named({ type: 'message_delta', delta, usage: { output_tokens: usage.output } })
    yield named({ type: 'message_stop' })
  },
}

const stopReason = ({ finish }: Answer): string => (finish === 'tool_calls' ? 'tool_use' : 'end_turn')

function blocksOf({ text, toolCall }: Answer): unknown[] {
  if (toolCall === undefined) return [{ type: 'text', text }]
  return [{ type: 'tool_use', id: toolCall.id, name: toolCall.name, input: JSON.parse(toolCall.arguments) as unknown }]
}

/** Anthropic's input tokens leave the cached ones out. */
const messageUsage = ({ usage }: Answer): object => ({
  input_tokens: usage.input - usage.cached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: usage.cached,
  output_tokens: usage.output,
})

const messageOf = (answer: Answer): object => ({
  id: answer.id,
  type: 'message',
  role: 'assistant',
  model: answer.model,
  content: blocksOf(answer),
  stop_reason: stopReason(answer),
  stop_sequence: null,
  usage: messageUsage(answer),
})

const SHAPES: Readonly<Record<string, Shape>> = {
  '/chat/completions': chat,
  '/responses': responses,
  '/embeddings': embeddings,
  '/messages': messages,
  ':generateContent': gemini,
  ':streamGenerateContent': gemini,
}
