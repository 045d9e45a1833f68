import type { AnyValue } from '../record.ts'
import { fieldsOf, fieldText, type Fields } from './text.ts'

/** Other words for the conventions' four roles. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['model', 'assistant'],
  ['ai', 'assistant'],
  ['human', 'user'],
  ['function', 'tool'],
  ...['system', 'developer', 'user', 'assistant', 'tool'].map((role): [string, string] => [role, role]),
])

export const roleOf = (sent: string): string => ROLES.get(sent) ?? ROLES.get(sent.toLowerCase()) ?? sent

/** LangChain's classes of messages, by their names and by the word in `type`. */
const LANGCHAIN: ReadonlyMap<string, string> = new Map([
  ['SystemMessage', 'system'],
  ['HumanMessage', 'user'],
  ['AIMessage', 'assistant'],
  ['ChatMessage', 'user'],
  ['ToolMessage', 'tool'],
  ['FunctionMessage', 'tool'],
])
const LANGCHAIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['system', 'system'],
  ['human', 'user'],
  ['ai', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
])

const ENVELOPE: ReadonlySet<string> = new Set(['lc', 'type', 'id', 'kwargs'])

/** Where Haystack's messages once had their fields. */
const UNDERSCORED: ReadonlyMap<string, string> = new Map([
  ['_role', 'role'],
  ['_content', 'content'],
  ['_name', 'name'],
  ['_meta', 'meta'],
])

/** A message without the envelope that LangChain writes around it, in the names that others use; anything else as it is. */
export function unwrapped(value: AnyValue): AnyValue {
  const fields = fieldsOf(value)
  if (fields === undefined) return value
  if (typeof fields['_role'] === 'string') return withoutUnderscores(fields)
  if (typeof fields['text'] === 'string' && fields['role'] !== undefined && fields['content'] === undefined) {
    const { text, ...others } = fields
    if (others['parts'] === undefined) return { ...others, content: text as string }
  }
  const inner = fieldsOf(fields['kwargs'])
  if (inner !== undefined && Array.isArray(fields['id']) && Object.keys(fields).every((key) => ENVELOPE.has(key))) {
    const className = fields['id'].at(-1)
    const role = typeof className === 'string' ? LANGCHAIN.get(className.replace('Chunk', '')) : undefined
    if (role !== undefined) return withRole(inner, role)
  }
  const role = typeof fields['type'] === 'string' ? LANGCHAIN_TYPES.get(fields['type']) : undefined
  return role !== undefined && fields['content'] !== undefined && fields['role'] === undefined
    ? withRole(fields, role)
    : value
}

const withoutUnderscores = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [UNDERSCORED.get(key) ?? key, value]))

function withRole(fields: Fields, role: string): Fields {
  const { type, ...others } = fields
  return { ...others, role: fieldText(fields['role']) ?? role, ...(typeof type === 'object' ? { type } : {}) }
}
