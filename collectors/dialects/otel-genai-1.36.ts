import type { Message } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { messageOf, placeInput } from './reading/messages.ts'
import type { EventReader } from './reading/reader.ts'
import { fieldsOf, isEmpty, listOf, parseStructure, plain, structureOf, textOf, type Fields } from './reading/text.ts'

/** Whose message an event of this name holds. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
  ['gen_ai.choice', 'assistant'],
])
const CHOICE = 'gen_ai.choice'
const BODY_KEYS = ['role', 'content', 'name', 'tool_calls']
const TOOL_BODY_KEYS = [...BODY_KEYS, 'id', 'tool_call_id']
const CHOICE_BODY_KEYS = [...BODY_KEYS, 'finish_reason', 'index', 'message']

/**
 * OpenTelemetry 1.28 to 1.36: one event for each message. As a span event it has the body as attributes, or as JSON text in
 * `gen_ai.event.content`; as a log record the body is the record's.
 */
export const otelGenai136: Dialect = {
  name: 'otel-genai-1.36',
  versions: 'OpenTelemetry 1.28 to 1.36, span events and log records',
  signs: { events: [...ROLES.keys()] },
  hints: { keys: ['gen_ai.system'] },
  // Microsoft.Extensions.AI before 9.3.
  fields: { inputTokens: ['gen_ai.response.input_tokens'], outputTokens: ['gen_ai.response.output_tokens'] },
  read(record, draft) {
    const readsInput = draft.input.length === 0 && draft.system.length === 0
    const readsOutput = draft.output.length === 0
    const input: Message[] = []
    for (const event of record.events) {
      const role = ROLES.get(event.name)
      if (role === undefined) continue
      if (event.name === CHOICE) {
        if (readsOutput) draft.output.push(readEvent(event, role))
      } else if (readsInput) {
        input.push(readEvent(event, role))
      }
    }
    if (input.length === 0) return
    // An agent of Azure has no choice to make: what it said last is its answer.
    const isAnswer = RUNS.has(draft.operation ?? '') && input.at(-1)?.role === 'assistant' && draft.output.length === 0
    if (isAnswer) draft.output = input.splice(-1)
    placeInput(draft, input)
  },
}

const RUNS: ReadonlySet<string> = new Set(['process_thread_run', 'invoke_agent'])

function readEvent(event: EventReader, role: string): Message {
  event.used = true
  return eventMessage(event.name, bodyOf(event), role)
}

/** The message that an event of this name and body holds; also for those who write such events into a list. */
export function eventMessage(name: string, body: Fields, role: string): Message {
  if (name === CHOICE) return choiceMessage(body, role)
  // Vertex AI has no role for what a tool answered: it calls it the user's.
  return messageOf(role === 'tool' && body['role'] === 'user' ? { ...body, role } : body, role)
}

export const roleOfEvent = (name: string): string | undefined => ROLES.get(name)

/** A choice wraps its message; old writers put the tool calls beside it, others a bare text or a list of parts in its place. */
function choiceMessage(body: Fields, role: string): Message {
  const { message: sent, ...beside } = body
  const wrapped = typeof sent === 'string' ? (parseStructure(sent) ?? sent) : sent
  const inner = fieldsOf(wrapped) ?? (isEmpty(wrapped) ? {} : { content: wrapped ?? null })
  const message = messageOf({ ...beside, ...inner }, role)
  const outdone = Object.entries(beside).filter(([key, value]) => key in inner && !isSame(inner[key], value))
  if (outdone.length > 0) message.parts.push({ type: 'other', content: textOf(Object.fromEntries(outdone)) })
  return message
}

const isSame = (one: AnyValue | undefined, other: AnyValue): boolean =>
  isEmpty(other) || (one !== undefined && textOf(one) === textOf(other))

function bodyOf(event: EventReader): Fields {
  const whole = event.take('gen_ai.event.content')
  if (whole !== undefined) return fieldsOf(structureOf(whole)) ?? { content: plain(whole) }
  const body: Fields = {}
  for (const key of bodyKeys(event.name)) {
    const value = event.take(key)
    if (value !== undefined) body[key] = key === 'content' || key === 'tool_calls' ? unpacked(value) : plain(value)
  }
  // A log record's body may be nothing but the text.
  if (body['content'] === undefined && body['message'] === undefined) {
    const text = event.text('body')
    if (text !== undefined) body['content'] = text
  }
  return body
}

function bodyKeys(eventName: string): readonly string[] {
  if (eventName === CHOICE) return CHOICE_BODY_KEYS
  return eventName === 'gen_ai.tool.message' ? TOOL_BODY_KEYS : BODY_KEYS
}

/** Event attributes cannot hold structures, so lists of parts and of tool calls come as JSON text. */
function unpacked(value: AnyValue): AnyValue {
  if (typeof value !== 'string') return plain(value)
  const list = listOf(value)
  const isParts = list !== undefined && list.every((item) => fieldsOf(item) !== undefined)
  return isParts && value.trimStart().startsWith('[') ? list : value
}
