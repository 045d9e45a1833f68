import type { Message } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import { messageOf, placeInput } from './messages.ts'
import { isContentEvent } from './otel-genai-1.27.ts'
import type { EventReader } from './reader.ts'
import type { AnyValue } from './record.ts'
import { fieldsOf, isEmpty, listOf, parseStructure, plain, structureOf, type Fields } from './text.ts'

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

export const isMessageEvent = (name: string): boolean => ROLES.has(name)

/**
 * OpenTelemetry 1.28 to 1.36, written as span events: one event for each message, the body as the event's attributes, or
 * as JSON text in `gen_ai.event.content`.
 */
export const otelGenai136: Dialect = {
  name: 'otel-genai-1.36',
  matches(span) {
    if (span.events.some((event) => isMessageEvent(event.name))) return true
    if (!span.has('gen_ai.system') || span.has('gen_ai.usage.prompt_tokens')) return false
    return !span.events.some((event) => isContentEvent(event.name))
  },
  read(span, draft) {
    const readsInput = draft.input.length === 0 && draft.system.length === 0
    const readsOutput = draft.output.length === 0
    const input: Message[] = []
    for (const event of span.events) {
      const role = ROLES.get(event.name)
      if (role === undefined) continue
      if (event.name === CHOICE) {
        if (readsOutput) draft.output.push(readEvent(event, role))
      } else if (readsInput) {
        input.push(readEvent(event, role))
      }
    }
    if (input.length > 0) placeInput(draft, input)
  },
}

function readEvent(event: EventReader, role: string): Message {
  event.used = true
  const body = bodyOf(event)
  return event.name === CHOICE ? choiceMessage(body, role) : messageOf(body, role)
}

/** A choice wraps its message; old writers put the tool calls beside it, others a bare text or a list of parts in its place. */
function choiceMessage(body: Fields, role: string): Message {
  const { message, ...beside } = body
  const wrapped = typeof message === 'string' ? (parseStructure(message) ?? message) : message
  const inner = fieldsOf(wrapped)
  if (inner !== undefined) return messageOf({ ...beside, ...inner }, role)
  return messageOf(isEmpty(wrapped) ? beside : { ...beside, content: wrapped ?? null }, role)
}

function bodyOf(event: EventReader): Fields {
  const whole = event.take('gen_ai.event.content')
  if (whole !== undefined) return fieldsOf(structureOf(whole)) ?? { content: plain(whole) }
  const body: Fields = {}
  for (const key of bodyKeys(event.name)) {
    const value = event.take(key)
    if (value !== undefined) body[key] = key === 'content' || key === 'tool_calls' ? unpacked(value) : plain(value)
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
