import type { Part } from '../../../schemas/interaction.ts'
import type { AnyValue } from '../record.ts'
import { mediaKey, readMediaFields } from './media.ts'
import { fieldsOf, fieldText, isEmpty, textOf, type Fields } from './text.ts'

interface PartForm {
  type: Part['type']
  /** Where the part's text may stand, best first. */
  content: readonly string[]
  id?: readonly string[]
  name?: readonly string[]
}

const NAME = ['name']
const TOOL_NAME = ['toolName', 'name']
const CALL_ID = ['toolCallId', 'id']

/** Parts that name their type. The conventions' own first, then the providers' native ones, which are passed through. */
const TYPED: ReadonlyMap<string, PartForm> = new Map<string, PartForm>([
  ['text', { type: 'text', content: ['content', 'text'] }],
  ['reasoning', { type: 'reasoning', content: ['content', 'text', 'summary'] }],
  ['tool_call', { type: 'tool_call', content: ['arguments', 'args'], id: ['id'], name: NAME }],
  ['tool_call_response', { type: 'tool_response', content: ['response', 'result'], id: ['id'], name: NAME }],
  ['server_tool_call', { type: 'tool_call', content: ['server_tool_call'], id: ['id'], name: NAME }],
  [
    'server_tool_call_response',
    { type: 'tool_response', content: ['server_tool_call_response'], id: ['id'], name: NAME },
  ],
  ['input_text', { type: 'text', content: ['text'] }],
  ['output_text', { type: 'text', content: ['text'] }],
  ['refusal', { type: 'text', content: ['refusal'] }],
  ['thinking', { type: 'reasoning', content: ['thinking', 'content', 'text'] }],
  ['summary_text', { type: 'reasoning', content: ['text'] }],
  ['reasoning_text', { type: 'reasoning', content: ['text'] }],
  ['tool_use', { type: 'tool_call', content: ['input'], id: ['id'], name: NAME }],
  ['server_tool_use', { type: 'tool_call', content: ['input'], id: ['id'], name: NAME }],
  ['mcp_tool_use', { type: 'tool_call', content: ['input'], id: ['id'], name: NAME }],
  ['mcp_tool_result', { type: 'tool_response', content: ['content'], id: ['tool_use_id'], name: NAME }],
  ['web_search_tool_result', { type: 'tool_response', content: ['content'], id: ['tool_use_id'], name: NAME }],
  ['tool-call', { type: 'tool_call', content: ['input', 'args'], id: CALL_ID, name: TOOL_NAME }],
  ['function_call', { type: 'tool_call', content: ['arguments'], id: ['call_id', 'id'], name: NAME }],
  ['function_call_output', { type: 'tool_response', content: ['output'], id: ['call_id'], name: NAME }],
  ['custom_tool_call', { type: 'tool_call', content: ['input'], id: ['call_id', 'id'], name: NAME }],
  ['custom_tool_call_output', { type: 'tool_response', content: ['output'], id: ['call_id'], name: NAME }],
  ['mcp_call', { type: 'tool_call', content: ['arguments'], id: ['id'], name: NAME }],
  ['tool_result', { type: 'tool_response', content: ['content'], id: ['tool_use_id'], name: NAME }],
  ['tool-result', { type: 'tool_response', content: ['output', 'result'], id: CALL_ID, name: TOOL_NAME }],
  ['toolUse', { type: 'tool_call', content: ['input'], id: ['toolUseId'], name: NAME }],
  ['toolResult', { type: 'tool_response', content: ['content'], id: ['toolUseId'], name: NAME }],
])

/** Parts that are told by the one field they have: Gemini's, Bedrock's and Genkit's. */
const UNTYPED: ReadonlyMap<string, PartForm> = new Map<string, PartForm>([
  ['text', { type: 'text', content: ['text'] }],
  ['reasoning', { type: 'reasoning', content: ['reasoning'] }],
  ['functionCall', { type: 'tool_call', content: ['args', 'arguments'], id: ['id'], name: NAME }],
  ['function_call', { type: 'tool_call', content: ['args', 'arguments'], id: ['id'], name: NAME }],
  ['functionResponse', { type: 'tool_response', content: ['response'], id: ['id'], name: NAME }],
  ['function_response', { type: 'tool_response', content: ['response'], id: ['id'], name: NAME }],
  ['toolUse', { type: 'tool_call', content: ['input'], id: ['toolUseId'], name: NAME }],
  ['toolResult', { type: 'tool_response', content: ['content'], id: ['toolUseId'], name: NAME }],
  ['toolRequest', { type: 'tool_call', content: ['input'], id: ['ref'], name: NAME }],
  ['toolResponse', { type: 'tool_response', content: ['output'], id: ['ref'], name: NAME }],
])

/** Reads one part into `parts`: usually one, more when it holds fields that no part has a place for. */
export function readPart(value: AnyValue, parts: Part[]): void {
  const fields = fieldsOf(value)
  if (fields === undefined) {
    if (!isEmpty(value)) parts.push({ type: 'text', content: textOf(value) })
    return
  }
  const type = fields['type']
  const media = mediaKey(fields)
  if (media !== undefined) return readMedia(fields, media, parts)
  if (typeof type !== 'string') return readUntyped(fields, parts)
  const form = TYPED.get(type)
  if (form !== undefined) return readForm(type === 'tool-result' ? withPlainOutput(fields) : fields, form, parts)
  if (type === 'function') {
    if (fieldsOf(fields['function']) !== undefined) return readFunctionCall(fields, parts)
    if (isPlainText(fields['name'])) return readForm(fields, TYPED.get('tool_call') as PartForm, parts)
  }
  parts.push({ type: 'other', content: textOf(fields), name: textOf(type) })
}

/** The AI SDK wraps what a tool answered into its kind and its value; only that it is an error is more than a form. */
function withPlainOutput(fields: Fields): Fields {
  const output = fieldsOf(fields['output'])
  const kind = output?.['type']
  const isWrapped = output !== undefined && Object.keys(output).length === 2 && !isEmpty(output['value'])
  if (!isWrapped || typeof kind !== 'string' || !OUTPUT_KINDS.has(kind)) return fields
  const plainly: Fields = { ...fields, output: output['value'] as AnyValue }
  return kind.startsWith('error') ? { ...plainly, isError: true } : plainly
}
const OUTPUT_KINDS: ReadonlySet<string> = new Set(['text', 'json', 'content', 'error-text', 'error-json'])

/** A tool call as some list it beside the text, without a type. */
export function readCall(value: AnyValue, parts: Part[]): void {
  const fields = fieldsOf(value)
  if (fields === undefined || typeof fields['type'] === 'string') {
    if (fields !== undefined && fieldsOf(fields['function']) !== undefined) readFunctionCall(fields, parts)
    else readPart(value, parts)
  } else if (fieldsOf(fields['function']) !== undefined) readFunctionCall(fields, parts)
  else if (isPlainText(fields['toolName'])) readForm(fields, TYPED.get('tool-call') as PartForm, parts)
  else if (isPlainText(fields['name'])) readForm(fields, TYPED.get('tool_call') as PartForm, parts)
  else readPart(value, parts)
}

const isPlainText = (value: AnyValue | undefined): boolean => typeof value === 'string' && value !== ''

function readUntyped(fields: Fields, parts: Part[]): void {
  for (const key in fields) {
    const form = UNTYPED.get(key)
    if (form === undefined) continue
    const inner = fieldsOf(fields[key])
    if (form.content[0] === key) readForm(fields, form, parts)
    else if (inner === undefined) continue
    else {
      readForm(inner, form, parts)
      readExtras(fields, (name) => name === key, parts)
    }
    return
  }
  if (!isEmpty(fields)) parts.push({ type: 'other', content: textOf(fields) })
}

function readForm(fields: Fields, form: PartForm, parts: Part[]): void {
  const contentKey = firstFilled(fields, form.content)
  const idKey = firstFilled(fields, form.id)
  const nameKey = firstFilled(fields, form.name)
  const sent = contentKey === undefined ? '' : (fields[contentKey] as AnyValue)
  const { content, beside }: Said = form.type === 'text' ? saidText(sent) : { content: toldBy(form.type, sent) }
  const part: Part = { type: form.type, content: textOf(content) }
  addText(part, 'id', idKey === undefined ? undefined : fields[idKey])
  addText(part, 'name', nameKey === undefined ? undefined : fields[nameKey])
  const isSilent = part.content === '' && (part.type === 'text' || part.type === 'reasoning')
  if (!isSilent) parts.push(part)
  readExtras(
    fields,
    (key, value) =>
      key === contentKey ||
      (isPlain(value) && (key === 'type' || key === idKey || key === nameKey)) ||
      (key === 'toolCallType' && value === 'function'),
    parts,
  )
  if (beside !== undefined) readExtras(beside, () => false, parts)
}

interface Said {
  content: AnyValue
  beside?: Fields
}

/** OpenAI's assistants and Azure's agents wrap a text with its annotations. */
function saidText(content: AnyValue): Said {
  const fields = fieldsOf(content)
  if (typeof fields?.['value'] !== 'string') return { content }
  const { value, ...beside } = fields
  return { content: value as string, beside }
}

function toldBy(type: Part['type'], content: AnyValue): AnyValue {
  if (type === 'tool_response') return withoutBlocks(content)
  if (type !== 'reasoning') return content
  return isEmpty(content) ? '' : withoutBlocks(content)
}

/** What a tool answered or a model thought in blocks of text, as Anthropic, Bedrock, OpenAI and MCP have it, is that text. */
function withoutBlocks(content: AnyValue): AnyValue {
  if (!Array.isArray(content) || content.length === 0) return content
  const texts = content.map(textOfBlock)
  return texts.every((text) => text !== undefined) ? texts.join('\n') : content
}

function textOfBlock(block: AnyValue): string | undefined {
  const { type, text, ...others } = fieldsOf(block) ?? {}
  const isText = typeof text === 'string' && (type === undefined || TEXT_BLOCKS.has(type as string))
  return isText && Object.keys(others).length === 0 ? text : undefined
}

const TEXT_BLOCKS: ReadonlySet<string> = new Set(['text', 'output_text', 'summary_text', 'reasoning_text'])

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

function readMedia(fields: Fields, key: string, parts: Part[]): void {
  const { part, outer, inner } = readMediaFields(fields, key)
  parts.push(part)
  if (!isEmpty(fields['transcript'])) parts.push({ type: 'text', content: textOf(fields['transcript'] as AnyValue) })
  readExtras(fields, (name) => name === 'transcript' || outer.includes(name), parts)
  const holder = fieldsOf(fields[key])
  if (holder !== undefined) readExtras(holder, (name) => inner.includes(name), parts)
}

function addText(part: Part, key: 'id' | 'name', value: AnyValue | undefined): void {
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
