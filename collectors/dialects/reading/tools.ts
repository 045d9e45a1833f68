import type { ToolOffered } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import { firstText } from './fields.ts'
import { eachItem, takeItems } from './items.ts'
import { isPlain } from './parts.ts'
import type { AttributeReader } from './reader.ts'
import type { AnyValue } from '../record.ts'
import { fieldsOf, fieldText, isEmpty, parseStructure, plain, textOf, unquoted, type Fields } from './text.ts'

const SCHEMA_KEYS = ['parameters', 'inputSchema', 'input_schema', 'parameters_json_schema', 'arguments']
/** Gemini lists its tools one level deeper. */
const GROUP_KEYS = ['function_declarations', 'functionDeclarations']
const TOOL_WORDS: ReadonlySet<string> = new Set(['type', 'name', 'description'])

/** Tool definitions, flat or in OpenAI's nested shape, as a structure or JSON text, whole or item by item. */
export function readTools(reader: AttributeReader, key: string, draft: Draft): void {
  if (draft.tools.length > 0) return
  takeItems(reader, key, draft, (item, place) => addTool(item, place, draft))
}

export function addTools(list: readonly AnyValue[], place: string, draft: Draft): void {
  eachItem(list, place, draft, (item, at) => addTool(item, at, draft))
}

function addTool(item: AnyValue, place: string, draft: Draft): void {
  const fields = fieldsOf(typeof item === 'string' ? parseStructure(item) : item)
  const group = GROUP_KEYS.find((key) => Array.isArray(fields?.[key]))
  if (fields === undefined) draft.rest.push([place, textOf(item)])
  else if (group === undefined) draft.tools.push(toolOf(fields, place, draft))
  else {
    addTools(fields[group] as AnyValue[], `${place}.${group}`, draft)
    keepOthers(fields, place, draft, (key) => key === group)
  }
}

function toolOf(fields: Fields, place: string, draft: Draft): ToolOffered {
  const nested = fieldsOf(fields['function'])
  const inner = nested ?? fields
  const type = fieldText(fields['type'])
  const description = fieldText(inner['description'])
  const schemaKey = SCHEMA_KEYS.find((key) => !isEmpty(inner[key]))
  const tool: ToolOffered = { name: fieldText(inner['name']) ?? type ?? 'unknown' }
  if (type !== undefined) tool.type = type
  if (description !== undefined) tool.description = description
  if (schemaKey !== undefined) tool.parameters = textOf(inner[schemaKey] ?? null)
  keepOthers(inner, place, draft, (key, value) => key === schemaKey || (isPlain(value) && TOOL_WORDS.has(key)))
  if (nested !== undefined) {
    keepOthers(fields, place, draft, (key, value) => key === 'function' || (isPlain(value) && key === 'type'))
  }
  return tool
}

function keepOthers(
  fields: Fields,
  place: string,
  draft: Draft,
  isTaken: (key: string, value: AnyValue) => boolean,
): void {
  for (const key in fields) {
    const value = fields[key] as AnyValue
    if (!isTaken(key, value) && !isEmpty(value)) draft.rest.push([`${place}.${key}`, textOf(value)])
  }
}

/** Where a tool's own call stands: in the span of whoever ran it. */
export interface ToolCallKeys {
  readonly name?: readonly string[]
  readonly id?: readonly string[]
  readonly type?: readonly string[]
  readonly arguments?: readonly string[]
  readonly result?: readonly string[]
  /** As LangChain's runs have them: the input and the output each in an object of that one field. */
  readonly isWrapped?: true
}

/** Fills what the call still lacks. `ownName` is the tool's when no key holds it. */
export function readToolCall(reader: AttributeReader, keys: ToolCallKeys, draft: Draft, ownName = ''): void {
  let call = draft.toolCalls[0]
  if (call === undefined) draft.toolCalls.push((call = { name: '' }))
  if (call.name === '') call.name = firstText(reader, keys.name ?? []) ?? ownName
  const id = call.id ?? firstText(reader, keys.id ?? [])
  const type = call.type ?? firstText(reader, keys.type ?? [])
  const given = call.arguments ?? firstValue(reader, keys.arguments, keys.isWrapped)
  const result = call.result ?? firstValue(reader, keys.result, keys.isWrapped)
  if (id !== undefined) call.id = id
  if (type !== undefined) call.type = type
  if (given !== undefined) call.arguments = given
  if (result !== undefined) call.result = result
}

function firstValue(reader: AttributeReader, keys: readonly string[] = [], isWrapped?: true): string | undefined {
  for (const key of keys) {
    const value = reader.isTaken(key) ? undefined : reader.take(key)
    if (value === undefined) continue
    const told = plain(unquoted(value))
    return textOf(isWrapped ? withoutWrapper(told) : told)
  }
  return undefined
}

function withoutWrapper(value: AnyValue): AnyValue {
  const fields = fieldsOf(typeof value === 'string' ? parseStructure(value) : value) ?? {}
  const [key, more] = Object.keys(fields).filter((name) => !isEmpty(fields[name]) && name !== 'tool_name')
  return key !== undefined && more === undefined && WRAPPERS.has(key) ? (fields[key] as AnyValue) : value
}
const WRAPPERS: ReadonlySet<string> = new Set(['input', 'input_str', 'inputs', 'output', 'outputs', 'arguments'])

/** Span names are `execute_tool {tool}` and `tools/call {tool}`. */
export function nameAfterVerb(spanName: string): string | undefined {
  const space = spanName.indexOf(' ')
  return space < 0 ? undefined : fieldText(spanName.slice(space + 1))
}
