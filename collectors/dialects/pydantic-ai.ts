import type { Message } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import { eventMessage, roleOfEvent } from './otel-genai-1.36.ts'
import { messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput, STREAMED } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { fieldsOf, listOf, structureOf, textOf, type Fields } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

/**
 * Pydantic AI and Logfire. Newer versions write OpenTelemetry's messages; older ones the events of 1.28 to 1.36 as one JSON
 * list. An agent's span holds the whole conversation of its run.
 */
export const pydanticAi: Dialect = {
  name: 'pydantic-ai',
  versions: 'Pydantic AI 1.0 and 2.68, Logfire',
  signs: {
    keys: ['events', 'all_messages_events', 'pydantic_ai.all_messages', 'model_request_parameters', 'tool_arguments'],
    events: ['Agent run: {name!r}', 'Function: {name}'],
    scopes: ['pydantic-ai', 'logfire.'],
  },
  isAccent: true,
  fields: {
    agent: ['agent_name'],
    requestedModel: ['model_name'],
    cachedInputTokens: ['gen_ai.usage.details.cache_read_tokens', 'gen_ai.usage.details.cached_tokens'],
    cacheWriteTokens: ['gen_ai.usage.details.cache_write_tokens'],
    reasoningTokens: ['gen_ai.usage.details.reasoning_tokens'],
  },
  remedy: 'set InstrumentationSettings(include_content=True) in the application',
  read(record, draft) {
    if (record.has('all_messages_events') || record.has('pydantic_ai.all_messages')) draft.operation ??= 'invoke_agent'
    if (draft.operation === 'execute_tool' || record.has('tool_arguments')) {
      readToolCall(record, { arguments: ['tool_arguments'], result: ['tool_response'] }, draft)
    }
    for (const key of ['events', 'all_messages_events']) readEvents(record, key, draft)
    readConversation(record, draft)
    if (draft.operation === 'embeddings') readInput(record, 'inputs', draft)
    readLogfire(record, draft)
    readAgents(record, draft)
    if (draft.output.length > 0) return
    const result = record.take('final_result')
    if (result !== undefined) draft.output = messagesOf(result, 'assistant')
  },
}

/** Logfire's own instrumentations keep the request and the answer as they were; a stream's text comes beside its call. */
function readLogfire(record: RecordReader, draft: Draft): void {
  const answer = fieldsOf(structureOf(record.peek('response_data')))
  if (answer?.[STREAMED] !== undefined) draft.operation ??= 'step'
  readInput(record, 'request_data', draft)
  if (answer !== undefined) readOutput(record, 'response_data', draft)
}

/** Logfire names the spans of OpenAI's agents by a template, and says what they are by nothing else. */
function readAgents(record: RecordReader, draft: Draft): void {
  if (record.record.context.scopeName !== 'logfire.openai_agents') return
  if (record.name.startsWith('Agent run')) draft.operation ??= 'invoke_agent'
  if (!record.name.startsWith('Function')) return
  draft.operation = 'execute_tool'
  readToolCall(record, { name: ['name'], arguments: ['input'], result: ['output'] }, draft)
}

/** What the model said last is the answer; everything before it was the input. */
function readConversation(record: RecordReader, draft: Draft): void {
  if (draft.input.length > 0) return
  const all = record.take('pydantic_ai.all_messages')
  if (all === undefined) return
  const messages = messagesOf(all, 'user')
  const last = messages.at(-1)
  const isAnswered = last?.role === 'assistant' && draft.output.length === 0
  if (isAnswered) draft.output = [last]
  placeInput(draft, isAnswered ? messages.slice(0, -1) : messages)
}

function readEvents(record: RecordReader, key: string, draft: Draft): void {
  const list = listOf(record.peek(key))
  if (list === undefined || draft.input.length > 0 || !list.every((item) => nameOf(fieldsOf(item)) !== undefined))
    return
  record.take(key)
  const input: Message[] = []
  const output: Message[] = []
  for (const [index, item] of list.entries()) {
    const fields = fieldsOf(item) as Fields
    const name = nameOf(fields) as string
    const role = roleOfEvent(name)
    const { 'event.name': _name, 'gen_ai.system': _system, 'gen_ai.message.index': _index, ...body } = fields
    if (role === undefined) draft.rest.push([`${key}[${index}]`, textOf(item)])
    else if (name === 'gen_ai.choice') output.push(eventMessage(name, body, role))
    else input.push(eventMessage(name, body, role))
  }
  // An agent's list has no choices: what the model said last is the answer.
  const last = input.at(-1)
  if (output.length === 0 && last?.role === 'assistant') output.push(input.pop() as Message)
  placeInput(draft, input)
  if (draft.output.length === 0) draft.output = output
}

const nameOf = (fields: Fields | undefined): string | undefined => {
  const name = fields?.['event.name']
  return typeof name === 'string' ? name : undefined
}
