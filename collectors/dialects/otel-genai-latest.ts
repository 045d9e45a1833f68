import type { Evaluation, Message } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { takeIndexed } from './reading/indexed.ts'
import { messageOf, messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { AttributeReader, EventReader, RecordReader } from './reading/reader.ts'
import { readStandard } from './reading/standard.ts'
import { listOf } from './reading/text.ts'
import { readTools } from './reading/tools.ts'

const DETAILS_EVENT = 'gen_ai.client.inference.operation.details'
const EVALUATION_EVENT = 'gen_ai.evaluation.result'
const INPUT = 'gen_ai.input.messages'
const OUTPUT = 'gen_ai.output.messages'
const SYSTEM = 'gen_ai.system_instructions'

/**
 * OpenTelemetry from 1.37 on, which is also what its GenAI repository (`gen-ai-dev`) publishes since 1.42: messages in
 * attributes of the span, or of one event that holds the details. A record that speaks of GenAI without a word of an older
 * convention is of this one.
 */
export const otelGenaiLatest: Dialect = {
  name: 'otel-genai-latest',
  versions: 'OpenTelemetry 1.37 to 1.41, its GenAI repository since (1.42+)',
  signs: {
    keys: ['gen_ai.provider.name', INPUT, OUTPUT, SYSTEM],
    events: [DETAILS_EVENT, EVALUATION_EVENT, 'gen_ai.client.operation.exception', INPUT, OUTPUT, SYSTEM],
  },
  hints: { prefixes: ['gen_ai.'] },
  // Names that no version of the conventions has, but more than one sender.
  fields: {
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
  },
  read(record, draft) {
    readContent(record, draft)
    for (const event of record.events) {
      if (event.name === DETAILS_EVENT) readDetails(event, draft)
      else if (event.name === EVALUATION_EVENT) readEvaluation(event, draft)
      else if (event.name === INPUT || event.name === OUTPUT || event.name === SYSTEM) readMessagesEvent(event, draft)
    }
    readOtherNames(record, draft)
  },
}

function readContent(reader: AttributeReader, draft: Draft): void {
  if (draft.system.length === 0) {
    const system = reader.take('gen_ai.system_instructions')
    if (system !== undefined) draft.system = messagesOf(system, 'system')
  }
  if (draft.input.length === 0) {
    const input = reader.take('gen_ai.input.messages')
    if (input !== undefined) placeInput(draft, messagesOf(input, 'user'))
  }
  if (draft.output.length === 0) {
    const output = reader.take('gen_ai.output.messages')
    if (output !== undefined) draft.output = messagesOf(output, 'assistant')
  }
  readTools(reader, 'gen_ai.tool.definitions', draft)
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

const OTHER_INPUTS = ['gen_ai.request.messages', 'gen_ai.prompt_json']
const OTHER_OUTPUTS = ['gen_ai.response.text', 'gen_ai.response.object', 'gen_ai.completion_json']

/** Sentry, Cloudflare's gateway, and those who spread messages over keys with an index. */
function readOtherNames(record: RecordReader, draft: Draft): void {
  readTools(record, 'gen_ai.request.available_tools', draft)
  for (const key of OTHER_INPUTS) readInput(record, key, draft)
  if (draft.input.length === 0 && isSpread(record, INPUT)) placeInput(draft, takeSpread(record, INPUT, 'user'))
  if (draft.output.length > 0) return
  for (const key of OTHER_OUTPUTS) readOutput(record, key, draft)
  if (draft.output.length === 0 && isSpread(record, OUTPUT)) draft.output = takeSpread(record, OUTPUT, 'assistant')
  readCallsBeside(record, 'gen_ai.response.tool_calls', draft)
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

function readDetails(event: EventReader, draft: Draft): void {
  event.used = true
  readStandard(event, draft)
  readContent(event, draft)
}

function readEvaluation(event: EventReader, draft: Draft): void {
  const name = event.text('gen_ai.evaluation.name')
  if (name === undefined) return
  event.used = true
  const evaluation: Evaluation = { name }
  const score = event.number('gen_ai.evaluation.score.value')
  const label = event.text('gen_ai.evaluation.score.label')
  const explanation = event.text('gen_ai.evaluation.explanation')
  if (score !== undefined) evaluation.score = score
  if (label !== undefined) evaluation.label = label
  if (explanation !== undefined) evaluation.explanation = explanation
  draft.evaluations.push(evaluation)
}
