import type { ToolCall, ToolOffered } from '../../schemas/interaction.ts'
import type { Draft } from './dialect.ts'
import { takeItems } from './items.ts'
import { isPlain } from './parts.ts'
import type { AttributeReader } from './reader.ts'
import type { AnyValue } from './record.ts'
import { fieldsOf, fieldText, isEmpty, parseStructure, plain, textOf, type Fields } from './text.ts'

const SCHEMA_KEYS = ['parameters', 'inputSchema', 'input_schema']
const TOOL_WORDS: ReadonlySet<string> = new Set(['type', 'name', 'description'])

/** Tool definitions, flat or in OpenAI's nested shape, as a structure or JSON text, whole or item by item. */
export function readTools(reader: AttributeReader, key: string, draft: Draft): void {
  takeItems(reader, key, draft, (item, place) => {
    const fields = fieldsOf(typeof item === 'string' ? parseStructure(item) : item)
    if (fields === undefined) draft.rest.push([place, textOf(item)])
    else draft.tools.push(toolOf(fields, place, draft))
  })
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

/** The tool's own call: the span of whoever ran it. */
export function readToolCall(reader: AttributeReader, spanName: string, draft: Draft): void {
  const call: ToolCall = { name: reader.text('gen_ai.tool.name') ?? nameAfterVerb(spanName) ?? 'unknown' }
  const id = reader.text('gen_ai.tool.call.id')
  const type = reader.text('gen_ai.tool.type')
  const given = reader.take('gen_ai.tool.call.arguments')
  const result = reader.take('gen_ai.tool.call.result')
  if (id !== undefined) call.id = id
  if (type !== undefined) call.type = type
  if (given !== undefined) call.arguments = textOf(plain(given))
  if (result !== undefined) call.result = textOf(plain(result))
  draft.toolCalls.push(call)
}

/** Span names are `execute_tool {tool}` and `tools/call {tool}`. */
function nameAfterVerb(spanName: string): string | undefined {
  const space = spanName.indexOf(' ')
  return space < 0 ? undefined : fieldText(spanName.slice(space + 1))
}
