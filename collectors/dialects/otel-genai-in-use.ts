import type { Message } from '../../schemas/interaction.ts'
import type { Dialect, Draft, FieldKeys } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { takeIndexed } from './reading/indexed.ts'
import { messageOf, messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { EventReader, RecordReader } from './reading/reader.ts'
import { listOf } from './reading/text.ts'
import { readTools } from './reading/tools.ts'

const INPUT = 'gen_ai.input.messages'
const OUTPUT = 'gen_ai.output.messages'
const SYSTEM = 'gen_ai.system_instructions'

const FIELDS: FieldKeys = {
  provider: ['gen_ai.provider', 'gen_ai.model.provider'],
  requestedModel: ['gen_ai.model', 'gen_ai.model_name'],
  user: ['gen_ai.user.id'],
  conversationId: ['gen_ai.thread.id', 'gen_ai.session.id'],
  cachedInputTokens: ['gen_ai.usage.cache_read_input_tokens', 'gen_ai.usage.input_tokens.cached'],
  cacheWriteTokens: [
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
  ],
  reasoningTokens: ['gen_ai.usage.reasoning_tokens', 'gen_ai.usage.output_tokens.reasoning'],
  finishReasons: ['gen_ai.response.finish_reason'],
}
const OTHER_INPUTS = ['gen_ai.request.messages', 'gen_ai.prompt_json']
const OTHER_OUTPUTS = ['gen_ai.response.text', 'gen_ai.response.object', 'gen_ai.completion_json']
const CALLS = 'gen_ai.response.tool_calls'
const TOOLS = 'gen_ai.request.available_tools'

/** Names under `gen_ai.` that no version of the conventions has, but senders use, more than one of them most. */
export const otelGenaiInUse: Dialect = {
  name: 'otel-genai-in-use',
  versions: 'names of their own: Sentry, AI gateway of Cloudflare, OpenRouter, Azure, and others',
  signs: {
    keys: [...OTHER_INPUTS, ...OTHER_OUTPUTS, CALLS, `${INPUT}.0.content`, `${OUTPUT}.0.content`],
    events: [INPUT, OUTPUT, SYSTEM],
  },
  hints: { keys: [TOOLS, `${INPUT}.0.role`, `${OUTPUT}.0.role`, ...Object.values(FIELDS).flat()] },
  fields: FIELDS,
  read(record, draft) {
    for (const event of record.events) {
      if (event.name === INPUT || event.name === OUTPUT || event.name === SYSTEM) readMessagesEvent(event, draft)
    }
    readOtherNames(record, draft)
  },
}

/** Some write each of the attributes as an event of its name. */
function readMessagesEvent(event: EventReader, draft: Draft): void {
  const key = [event.name, 'messages', 'gen_ai.event.content', 'content'].find((name) => event.has(name))
  const value = key === undefined || event.isTaken(key) ? undefined : event.take(key)
  if (value === undefined) return
  event.used = true
  if (event.name === SYSTEM) draft.system.push(...messagesOf(value, 'system'))
  else if (event.name === OUTPUT) draft.output.push(...messagesOf(value, 'assistant'))
  else if (draft.input.length === 0) placeInput(draft, messagesOf(value, 'user'))
  else draft.input.push(...messagesOf(value, 'user'))
}

/** Sentry, Cloudflare's gateway, and those who spread messages over keys with an index. */
function readOtherNames(record: RecordReader, draft: Draft): void {
  readTools(record, TOOLS, draft)
  for (const key of OTHER_INPUTS) readInput(record, key, draft)
  if (draft.input.length === 0 && isSpread(record, INPUT)) placeInput(draft, takeSpread(record, INPUT, 'user'))
  if (draft.output.length > 0) return
  for (const key of OTHER_OUTPUTS) readOutput(record, key, draft)
  if (draft.output.length === 0 && isSpread(record, OUTPUT)) draft.output = takeSpread(record, OUTPUT, 'assistant')
  readCallsBeside(record, CALLS, draft)
}

const takeSpread = (record: RecordReader, key: string, role: string): Message[] =>
  takeIndexed(record, `${key}.`).map((item) => messageOf(item, role))

const isSpread = (record: RecordReader, key: string): boolean =>
  record.has(`${key}.0.role`) || record.has(`${key}.0.content`)

function readCallsBeside(record: RecordReader, key: string, draft: Draft): void {
  const calls: AnyValue[] | undefined = listOf(record.peek(key))
  if (calls === undefined || calls.length === 0) return
  record.take(key)
  const called = messageOf({ role: 'assistant', tool_calls: calls }, 'assistant')
  const [answer] = draft.output
  if (answer === undefined) draft.output = [called]
  else answer.parts.push(...called.parts)
}
