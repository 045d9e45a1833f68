import type { Message } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import { messagesOf, placeInput } from './messages.ts'
import type { AttributeReader, SpanReader } from './reader.ts'

const PROMPT_EVENT = 'gen_ai.content.prompt'
const COMPLETION_EVENT = 'gen_ai.content.completion'

export const isContentEvent = (name: string): boolean => name === PROMPT_EVENT || name === COMPLETION_EVENT

/** OpenTelemetry up to 1.27: one event with the whole prompt and one with the answer, each as JSON text; other token names. */
export const otelGenai127: Dialect = {
  name: 'otel-genai-1.27',
  matches(span) {
    return (
      span.has('gen_ai.usage.prompt_tokens') ||
      span.has('gen_ai.usage.completion_tokens') ||
      span.has('gen_ai.prompt') ||
      span.has('gen_ai.completion') ||
      span.events.some((event) => isContentEvent(event.name))
    )
  },
  read(span, draft) {
    draft.inputTokens ??= span.count('gen_ai.usage.prompt_tokens')
    draft.outputTokens ??= span.count('gen_ai.usage.completion_tokens')
    if (draft.input.length === 0) {
      placeInput(draft, readAll(span, PROMPT_EVENT, 'gen_ai.prompt', 'user'))
    }
    if (draft.output.length === 0) {
      draft.output = readAll(span, COMPLETION_EVENT, 'gen_ai.completion', 'assistant')
    }
  },
}

/** From the events of this name, else from the span's own attribute, where some writers put the same text. */
function readAll(span: SpanReader, eventName: string, key: string, role: string): Message[] {
  const messages: Message[] = []
  for (const event of span.events) {
    if (event.name !== eventName) continue
    event.used = true
    readOne(event, key, role, messages)
  }
  if (messages.length === 0) readOne(span, key, role, messages)
  return messages
}

function readOne(reader: AttributeReader, key: string, role: string, messages: Message[]): void {
  const value = reader.take(key)
  if (value !== undefined) messages.push(...messagesOf(value, role))
}
