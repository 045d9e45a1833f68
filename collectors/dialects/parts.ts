import { hash } from 'node:crypto'
import type { Part } from '../../schemas/interaction.ts'
import type { AnyValue } from './record.ts'
import { fieldsOf, fieldText, isEmpty, textOf, type Fields } from './text.ts'

interface PartForm {
  type: Part['type']
  /** Where the part's text may stand, best first. */
  content: readonly string[]
  id?: readonly string[]
  name?: readonly string[]
}

const CALL_NAME = ['name']

/** The conventions' own part types first, then the providers' native ones, which instrumentations pass through. */
const FORMS: ReadonlyMap<string, PartForm> = new Map<string, PartForm>([
  ['text', { type: 'text', content: ['content', 'text'] }],
  ['reasoning', { type: 'reasoning', content: ['content', 'text'] }],
  ['tool_call', { type: 'tool_call', content: ['arguments'], id: ['id'], name: CALL_NAME }],
  ['tool_call_response', { type: 'tool_response', content: ['response', 'result'], id: ['id'], name: CALL_NAME }],
  ['server_tool_call', { type: 'tool_call', content: ['server_tool_call'], id: ['id'], name: CALL_NAME }],
  [
    'server_tool_call_response',
    { type: 'tool_response', content: ['server_tool_call_response'], id: ['id'], name: CALL_NAME },
  ],
  ['input_text', { type: 'text', content: ['text'] }],
  ['output_text', { type: 'text', content: ['text'] }],
  ['refusal', { type: 'text', content: ['refusal'] }],
  ['thinking', { type: 'reasoning', content: ['thinking'] }],
  ['tool_use', { type: 'tool_call', content: ['input'], id: ['id'], name: CALL_NAME }],
  ['function_call', { type: 'tool_call', content: ['arguments'], id: ['call_id', 'id'], name: CALL_NAME }],
  ['function_call_output', { type: 'tool_response', content: ['output'], id: ['call_id'] }],
  ['tool_result', { type: 'tool_response', content: ['content'], id: ['tool_use_id'], name: CALL_NAME }],
])

/** Reads one part into `parts`: usually one, more when it holds fields that no part has a place for. */
export function readPart(value: AnyValue, parts: Part[]): void {
  const fields = fieldsOf(value)
  if (fields === undefined) {
    if (!isEmpty(value)) parts.push({ type: 'text', content: textOf(value) })
    return
  }
  const type = fields['type']
  if (typeof type !== 'string') return readUntyped(fields, parts)
  const form = FORMS.get(type)
  if (form !== undefined) return readForm(fields, form, parts)
  if (type === 'function' && fieldsOf(fields['function']) !== undefined) return readFunctionCall(fields, parts)
  const mediaKey = MEDIA.get(type)
  if (mediaKey !== undefined) return readMedia(fields, type, mediaKey, parts)
  parts.push({ type: 'other', content: textOf(fields), name: textOf(type) })
}

function readUntyped(fields: Fields, parts: Part[]): void {
  const text = fields['text']
  if (typeof text === 'string' && Object.keys(fields).length === 1) {
    parts.push({ type: 'text', content: textOf(text) })
  } else if (!isEmpty(fields)) {
    parts.push({ type: 'other', content: textOf(fields) })
  }
}

function readForm(fields: Fields, form: PartForm, parts: Part[]): void {
  const contentKey = firstFilled(fields, form.content)
  const idKey = firstFilled(fields, form.id)
  const nameKey = firstFilled(fields, form.name)
  const part: Part = {
    type: form.type,
    content: contentKey === undefined ? '' : textOf(fields[contentKey] as AnyValue),
  }
  addText(part, 'id', idKey === undefined ? undefined : fields[idKey])
  addText(part, 'name', nameKey === undefined ? undefined : fields[nameKey])
  const isSilent = part.content === '' && (part.type === 'text' || part.type === 'reasoning')
  if (!isSilent) parts.push(part)
  readExtras(
    fields,
    (key, value) => key === contentKey || (isPlain(value) && (key === 'type' || key === idKey || key === nameKey)),
    parts,
  )
}

/** OpenAI's own shape of a tool call. */
export function readFunctionCall(fields: Fields, parts: Part[]): void {
  const call = fieldsOf(fields['function']) ?? {}
  const part: Part = {
    type: 'tool_call',
    content: isEmpty(call['arguments']) ? '' : textOf(call['arguments'] as AnyValue),
  }
  addText(part, 'id', fields['id'])
  addText(part, 'name', call['name'])
  parts.push(part)
  readExtras(
    fields,
    (key, value) => key === 'function' || (isPlain(value) && (key === 'type' || key === 'id' || key === 'index')),
    parts,
  )
  readExtras(call, (key, value) => key === 'arguments' || (isPlain(value) && key === 'name'), parts)
}

/** Where each kind of media part says what it is. */
const MEDIA: ReadonlyMap<string, string> = new Map([
  ['blob', 'content'],
  ['file', 'file_id'],
  ['uri', 'uri'],
  ['image_url', 'image_url'],
])

function readMedia(fields: Fields, type: string, key: string, parts: Part[]): void {
  const image = type === 'image_url' ? fieldsOf(fields[key]) : undefined
  const sent = image === undefined ? fields[key] : image['url']
  const text = isEmpty(sent) ? '' : textOf(sent as AnyValue)
  const part: Part = { type: 'media', content: type === 'blob' ? blobNote(text) : withoutData(text) }
  addText(part, 'modality', type === 'image_url' ? 'image' : fields['modality'])
  addText(part, 'mimeType', fields['mime_type'])
  parts.push(part)
  if (!isEmpty(fields['transcript'])) parts.push({ type: 'text', content: textOf(fields['transcript'] as AnyValue) })
  readExtras(
    fields,
    (name, value) => name === key || name === 'transcript' || (isPlain(value) && MEDIA_KEYS.has(name)),
    parts,
  )
  if (image !== undefined) readExtras(image, (name) => name === 'url', parts)
}

const MEDIA_KEYS: ReadonlySet<string> = new Set(['type', 'modality', 'mime_type'])

/** The bytes of pictures and sound are not kept; the digest tells whether two are the same. */
function blobNote(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  return `[blob ${bytes.length} bytes sha256:${hash('sha256', bytes, 'hex')}]`
}

function withoutData(uri: string): string {
  if (!uri.startsWith('data:')) return uri
  const comma = uri.indexOf(',')
  return comma < 0 ? blobNote(uri) : `${uri.slice(0, comma + 1)}${blobNote(uri.slice(comma + 1))}`
}

function addText(part: Part, key: 'id' | 'name' | 'modality' | 'mimeType', value: AnyValue | undefined): void {
  const text = fieldText(value)
  if (text !== undefined) part[key] = text
}

function firstFilled(fields: Fields, keys: readonly string[] | undefined): string | undefined {
  if (keys === undefined) return undefined
  for (const key of keys) if (fields[key] !== undefined && fields[key] !== null) return key
  return undefined
}

/** Names, ids and roles are taken only where they are no structure. */
export const isPlain = (value: AnyValue): boolean => typeof value !== 'object'

/** Fields that no part has a place for are kept as one part of their own: they may hold text that must be looked at. */
export function readExtras(fields: Fields, isTaken: (key: string, value: AnyValue) => boolean, parts: Part[]): void {
  let extras: [string, AnyValue][] | undefined
  for (const key in fields) {
    const value = fields[key] as AnyValue
    if (!isTaken(key, value) && !isEmpty(value)) (extras ??= []).push([key, value])
  }
  if (extras !== undefined) parts.push({ type: 'other', content: textOf(Object.fromEntries(extras)) })
}
