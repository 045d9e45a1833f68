import type { Message, Part } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import { finishReason } from './finish.ts'
import { isPlain, readCall, readExtras, readPart } from './parts.ts'
import { roleOf, unwrapped } from './roles.ts'
import type { AnyValue } from '../record.ts'
import { fieldsOf, fieldText, isEmpty, parseStructure, plain, textOf, wellFormed, type Fields } from './text.ts'

/** Beyond this many parts in one field the remainder becomes a single part: nothing is lost, and work stays bounded. */
export const MAX_PARTS = 10_000

/**
 * Messages in any form they are sent in: structured or as JSON text, in the conventions' shape (`parts`) or a provider's
 * (`content`, `tool_calls`), as bare parts, or as plain text.
 */
export function messagesOf(value: AnyValue, role: string): Message[] {
  if (typeof value !== 'string')
    return structuredMessages(plain(value), role) ?? [textMessage(textOf(plain(value)), role)]
  const structure = parseStructure(value)
  try {
    const messages = structure === undefined ? undefined : structuredMessages(structure, role)
    if (messages !== undefined) return messages
  } catch (error) {
    // Parsing goes as deep as it likes, writing does not: text nested too deep to be written again stays as it came.
    if (!(error instanceof RangeError)) throw error
  }
  return [textMessage(wellFormed(value), role)]
}

export const textMessage = (text: string, role: string): Message => ({ role, parts: [{ type: 'text', content: text }] })

function structuredMessages(value: AnyValue, role: string): Message[] | undefined {
  const list = listedMessages(value)
  if (list.length === 0) return []
  if (list.every(isPart)) return [{ role, parts: partsOf(list, MAX_PARTS) }]
  if (!list.some(isMessage) && !list.every((item) => typeof item === 'string')) return undefined
  const messages: Message[] = []
  let room = MAX_PARTS
  for (let index = 0; index < list.length; index++) {
    if (room <= 0) {
      messages.push({ role, parts: [remainder(list.slice(index))] })
      break
    }
    const message = messageOf(list[index] as AnyValue, role, room)
    room -= Math.max(1, message.parts.length)
    messages.push(message)
  }
  return messages
}

/** Batches of one list of messages come as a list of lists. */
function listedMessages(value: AnyValue): AnyValue[] {
  if (!Array.isArray(value)) return [unwrapped(value)]
  return (Array.isArray(value[0]) ? value.flat() : value).map(unwrapped)
}

function isPart(value: AnyValue): boolean {
  const fields = fieldsOf(value)
  return fields !== undefined && typeof fields['type'] === 'string' && fields['role'] === undefined
}

function isMessage(value: AnyValue): boolean {
  const fields = fieldsOf(value)
  return (
    fields !== undefined &&
    (fields['parts'] !== undefined || fields['content'] !== undefined || fields['role'] !== undefined)
  )
}

/** One message; also the body of a message event, which is the same thing in another envelope. */
export function messageOf(sent: AnyValue, role: string, room: number = MAX_PARTS): Message {
  const value = unwrapped(sent)
  const fields = fieldsOf(value)
  if (fields === undefined || isPart(value)) return { role, parts: partsOf([value], room) }
  const name = fieldText(fields['name'])
  const reason = fieldText(fields['finish_reason'])
  const message: Message = { role: roleOf(fieldText(fields['role']) ?? role), parts: [] }
  if (name !== undefined) message.name = name
  if (reason !== undefined) message.finishReason = finishReason(reason)
  const standard = Array.isArray(fields['parts'])
  message.parts = standard ? partsOf(fields['parts'] as AnyValue[], room) : nativeParts(fields, message.role, room)
  if (standard && message.role === 'tool') nameToolResponses(message.parts, fieldText(fields['tool_call_id']))
  readExtras(fields, standard ? isStandardKey : isNativeKey, message.parts)
  return message
}

/** OpenLIT and LiteLLM tell as text what a tool answered. */
function nameToolResponses(parts: Part[], id: string | undefined): void {
  for (const part of parts) {
    if (part.type !== 'text') continue
    part.type = 'tool_response'
    if (id !== undefined) part.id ??= id
  }
}

const PLAIN_KEYS: ReadonlySet<string> = new Set([
  'role',
  'name',
  'finish_reason',
  'id',
  'index',
  'type',
  'tool_call_id',
])
const NATIVE_KEYS: ReadonlySet<string> = new Set([
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'thinking',
  'tool_calls',
  'function_call',
])
const isStandardKey = (key: string, value: AnyValue): boolean =>
  key === 'parts' || (isPlain(value) && PLAIN_KEYS.has(key))
const isNativeKey = (key: string, value: AnyValue): boolean =>
  NATIVE_KEYS.has(key) || (isPlain(value) && PLAIN_KEYS.has(key))

const REASONING_KEYS = ['reasoning_content', 'reasoning', 'thinking']

/** The providers' own message shape: `content` as text or parts, beside it `tool_calls`. */
function nativeParts(fields: Fields, role: string, room: number): Part[] {
  const parts: Part[] = []
  const { content, refusal } = fields
  for (const key of REASONING_KEYS) {
    // Proxies tell the same thought under two names.
    const thought = fields[key]
    if (isEmpty(thought)) continue
    const content = textOf(thought as AnyValue)
    if (parts.every((part) => part.content !== content)) parts.push({ type: 'reasoning', content })
  }
  if (role === 'tool' && !isToolParts(content)) parts.push(toolResponse(fields))
  else if (Array.isArray(content)) parts.push(...partsOf(content, room))
  else if (fieldsOf(content) !== undefined) readContent(content as Fields, room, parts)
  else if (!isEmpty(content)) parts.push({ type: 'text', content: textOf(content as AnyValue) })
  if (!isEmpty(refusal)) parts.push({ type: 'text', content: textOf(refusal as AnyValue) })
  const calls = fields['tool_calls']
  if (Array.isArray(calls)) readCalls(calls, Math.max(1, room - parts.length), parts)
  else if (!isEmpty(calls)) parts.push({ type: 'other', content: textOf(calls as AnyValue), name: 'tool_calls' })
  if (!isEmpty(fields['function_call'])) readCall(fields['function_call'] as AnyValue, parts)
  return parts
}

/** Some put what a tool answered into parts of its message. */
const isToolParts = (content: AnyValue | undefined): boolean =>
  Array.isArray(content) &&
  content.some((part) => {
    const fields = fieldsOf(part)
    return fields !== undefined && TOOL_PARTS.some((key) => fields[key] !== undefined || fields['type'] === key)
  })
const TOOL_PARTS = ['tool-result', 'tool_result', 'toolResult', 'toolResponse', 'functionResponse', 'function_response']

function readCalls(calls: AnyValue[], room: number, parts: Part[]): void {
  for (let index = 0; index < calls.length; index++) {
    if (index >= room) {
      parts.push(remainder(calls.slice(index)))
      return
    }
    const before = parts.length
    readCall(calls[index] as AnyValue, parts)
    // Bedrock's are among the parts of the content, too.
    const call = parts.at(-1)
    if (parts.length === before + 1 && parts.slice(0, before).some((part) => isSameCall(part, call as Part)))
      parts.pop()
  }
}

const isSameCall = (one: Part, other: Part): boolean =>
  one.type === 'tool_call' &&
  one.id !== undefined &&
  one.id === other.id &&
  one.name === other.name &&
  one.content === other.content

/** One part, or Gemini's content: its parts, and the role that the message has already. */
function readContent(content: Fields, room: number, parts: Part[]): void {
  if (!Array.isArray(content['parts'])) return readPart(content, parts)
  parts.push(...partsOf(content['parts'], room))
  readExtras(content, (key, value) => key === 'parts' || (key === 'role' && isPlain(value)), parts)
}

function toolResponse(fields: Fields): Part {
  const id = fieldText(fields['tool_call_id']) ?? fieldText(fields['id'])
  const content = fields['content']
  const part: Part = { type: 'tool_response', content: isEmpty(content) ? '' : textOf(content as AnyValue) }
  if (id !== undefined) part.id = id
  return part
}

function partsOf(list: AnyValue[], room: number): Part[] {
  const parts: Part[] = []
  for (let index = 0; index < list.length; index++) {
    if (parts.length >= room) {
      parts.push(remainder(list.slice(index)))
      break
    }
    readPart(list[index] as AnyValue, parts)
  }
  return parts
}

const remainder = (list: AnyValue[]): Part => ({ type: 'other', content: textOf(list), name: 'remainder' })

const SYSTEM_ROLES: ReadonlySet<string> = new Set(['system', 'developer'])

/**
 * Some conventions send the system prompt apart, others as the first messages of the chat. In an interaction it stands in
 * `system` either way.
 */
export function placeInput(draft: Draft, messages: Message[]): void {
  let first = 0
  if (draft.system.length === 0) {
    while (first < messages.length && SYSTEM_ROLES.has((messages[first] as Message).role)) first++
  }
  if (first > 0) draft.system = messages.slice(0, first)
  draft.input = first === 0 ? messages : messages.slice(first)
}
