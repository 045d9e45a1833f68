import type { Message } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import { messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'

const PROMPT_EVENT = 'gen_ai.content.prompt'
const COMPLETION_EVENT = 'gen_ai.content.completion'

/** OpenTelemetry up to 1.27: one event with the whole prompt and one with the answer, each as JSON text; other token names. */
export const otelGenai127: Dialect = {
  name: 'otel-genai-1.27',
  versions: 'OpenTelemetry up to 1.27',
  signs: {
    keys: ['gen_ai.usage.prompt_tokens', 'gen_ai.usage.completion_tokens', 'gen_ai.prompt', 'gen_ai.completion'],
    events: [PROMPT_EVENT, COMPLETION_EVENT],
  },
  fields: {
    inputTokens: ['gen_ai.usage.prompt_tokens'],
    outputTokens: ['gen_ai.usage.completion_tokens'],
  },
  read(record, draft) {
    if (draft.input.length === 0) placeInput(draft, fromEvents(record, PROMPT_EVENT, 'gen_ai.prompt', 'user'))
    if (draft.output.length === 0) {
      draft.output = fromEvents(record, COMPLETION_EVENT, 'gen_ai.completion', 'assistant')
    }
    // Some writers put the same text into the span's own attributes.
    readInput(record, 'gen_ai.prompt', draft)
    readOutput(record, 'gen_ai.completion', draft)
  },
}

function fromEvents(record: RecordReader, eventName: string, key: string, role: string): Message[] {
  const messages: Message[] = []
  for (const event of record.events) {
    if (event.name !== eventName) continue
    event.used = true
    const value = event.take(key)
    if (value !== undefined) messages.push(...messagesOf(value, role))
  }
  return messages
}
