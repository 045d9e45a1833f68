import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import { answersOf, REASON_KEYS } from './answer.ts'
import { finishReason } from './finish.ts'
import { messagesOf, placeInput } from './messages.ts'
import type { AttributeReader } from './reader.ts'
import {
  fieldsOf,
  fieldText,
  isEmpty,
  parseStructure,
  plain,
  structureOf,
  textOf,
  unquoted,
  type Fields,
} from './text.ts'
import { readUsageAmong } from './told-usage.ts'
import { addTools } from './tools.ts'

/*
 * Vendors write whole requests and answers of a provider into one attribute, as a structure or JSON text. What a field of
 * the interaction holds is taken out of them; the rest is kept field by field under the attribute's key.
 */

/** Where Logfire puts the text of a stream. */
export const STREAMED = 'combined_chunk_content'
/** Fields of a request that hold its messages, best first. `input` and `prompt` also hold plain text. */
const INPUT_KEYS = [
  ...['messages', 'contents', 'input', 'inputs', 'prompt', 'prompts', 'query', 'question', 'task'],
  ...['user_input', 'user_message', 'text'],
]
const SYSTEM_KEYS = ['system', 'instructions', 'system_instruction', 'systemInstruction']
const TOOLS_KEYS = ['tools', 'functions']
const OUTPUT_KEYS = [
  ...['choices', 'candidates', 'generations', 'output', 'message', 'messages', 'content', 'outputs', 'replies'],
  ...['completion', 'text', 'answer', 'response', 'result'],
  STREAMED,
]

export function readSystem(reader: AttributeReader, key: string, draft: Draft): void {
  if (draft.system.length > 0) return
  const value = reader.take(key)
  if (value !== undefined) draft.system = messagesOf(value, 'system')
}

/** A request: its messages, or an object with its messages, system prompt, tools and model in it. */
export function readInput(reader: AttributeReader, key: string, draft: Draft): void {
  if (draft.input.length > 0 || reader.isTaken(key)) return
  const sent = reader.take(key)
  if (sent === undefined) return
  const value = withoutCall(Array.isArray(sent) ? sent.map(unquoted) : unquoted(sent))
  const fields = objectOf(value)
  if (fields !== undefined && Object.values(fields).every(isEmpty)) return keep(draft, key, plain(value))
  const inputKey =
    fields === undefined || isMessage(fields) ? undefined : INPUT_KEYS.find((name) => holds(fields, name))
  if (fields === undefined || inputKey === undefined) return placeInput(draft, messagesOf(value, 'user'))
  const taken = [inputKey, ...readRequestFields(fields, key, draft)]
  placeInput(draft, messagesOf(fields[inputKey] as AnyValue, 'user'))
  const config = fieldsOf(fields['config'])
  if (config !== undefined) {
    // Gemini's requests hold the system prompt and the tools one level deeper.
    keepOthers(config, `${key}.config`, draft, readRequestFields(config, `${key}.config`, draft))
    taken.push('config')
  }
  keepOthers(fields, key, draft, taken)
}

/** Decorators of Python write what a function was given as its arguments by place and by name. */
function withoutCall(value: AnyValue): AnyValue {
  const fields = fieldsOf(typeof value === 'string' ? parseStructure(value) : value)
  const { args, kwargs, ...others } = fields ?? {}
  if (!Array.isArray(args) || fieldsOf(kwargs) === undefined || Object.keys(others).length > 0) return value
  if (args.length === 0) return isEmpty(kwargs) ? value : (kwargs as AnyValue)
  return args.length === 1 && isEmpty(kwargs) && !isEmpty(args[0]) ? (args[0] as AnyValue) : value
}

/** Returns the names of the fields that were taken. */
function readRequestFields(fields: Fields, place: string, draft: Draft): (string | undefined)[] {
  const system = draft.system.length === 0 ? SYSTEM_KEYS.find((name) => !isEmpty(fields[name])) : undefined
  if (system !== undefined) draft.system = messagesOf(fields[system] as AnyValue, 'system')
  const tools = draft.tools.length === 0 ? TOOLS_KEYS.find((name) => Array.isArray(fields[name])) : undefined
  if (tools !== undefined) addTools(fields[tools] as AnyValue[], `${place}.${tools}`, draft)
  return [system, tools, readModel(fields, draft, 'requestedModel')]
}

/** An answer: messages or text, or an object of a provider with choices, candidates or content in it. */
export function readOutput(reader: AttributeReader, key: string, draft: Draft): void {
  if (draft.output.length > 0 || reader.isTaken(key)) return
  const sent = reader.take(key)
  if (sent === undefined) return
  const value = onlyAnswer(unquoted(sent))
  const fields = objectOf(value)
  if (fields === undefined) {
    const list = structureOf(value)
    draft.output = Array.isArray(list) ? answersOf(list, key, draft) : messagesOf(value, 'assistant')
    return
  }
  if (Object.values(fields).every(isEmpty)) return keep(draft, key, value)
  const said = isMessage(fields) ? undefined : OUTPUT_KEYS.find((name) => holds(fields, name))
  if (said === undefined && (!isMessage(fields) || !ABOUT_KEYS.some((name) => fields[name] !== undefined))) {
    draft.output = answersOf(fields, key, draft)
    return
  }
  const reasonKey = REASON_KEYS.find((name) => fieldText(fields[name]) !== undefined)
  const inMessage = said === undefined ? MESSAGE_KEYS.filter((name) => fields[name] !== undefined) : [said]
  draft.output =
    said === undefined
      ? messagesOf(Object.fromEntries(inMessage.map((name) => [name, fields[name] as AnyValue])), 'assistant')
      : answersOf(fields[said] as AnyValue, `${key}.${said}`, draft)
  const [only] = draft.output
  if (reasonKey !== undefined && only !== undefined) {
    only.finishReason ??= finishReason(textOf(fields[reasonKey] as AnyValue))
  }
  const thought = only === undefined ? undefined : fieldText(said === undefined ? undefined : fields['reasoning'])
  if (only !== undefined && thought !== undefined) only.parts.unshift({ type: 'reasoning', content: thought })
  const taken = [...inMessage, reasonKey, ...readAbout(reader, fields, draft)]
  keepOthers(fields, key, draft, thought === undefined ? taken : [...taken, 'reasoning'])
}

/** What an Anthropic message that is a whole answer has beside the message. */
const ABOUT_KEYS = ['usage', 'stop_reason', 'stopReason']
const MESSAGE_KEYS = ['role', 'content', 'parts', 'tool_calls', 'refusal', 'reasoning_content', 'name']

/** Some hold the provider's answer in a list of one. */
function onlyAnswer(value: AnyValue): AnyValue {
  const list = structureOf(value)
  const [only, ...others] = Array.isArray(list) ? list : []
  const fields = others.length === 0 ? fieldsOf(only) : undefined
  if (fields === undefined || typeof fields['object'] !== 'string') return value
  return Array.isArray(fields['output'] ?? fields['choices']) ? fields : value
}

/** What the answer of a provider says about itself. Returns the names of the fields that were taken. */
export function readAbout(reader: AttributeReader, fields: Fields, draft: Draft): (string | undefined)[] {
  const about = [readModel(fields, draft, 'model'), readId(reader, fields, draft)]
  draft.fingerprint ??= fieldText(fields['system_fingerprint'])
  readUsageAmong(fields, draft)
  return about
}

const RESPONSE_ID = 'gen_ai.response.id'
const OF_PROVIDER = ['choices', 'candidates', 'usage', 'usageMetadata', 'usage_metadata']

/** Under the name that the conventions have for it, so that views of one call are known by it. False where one is there. */
export function keepId(reader: AttributeReader, id: string, draft: Draft): boolean {
  if (reader.has(RESPONSE_ID) || draft.rest.some(([name]) => name === RESPONSE_ID)) return false
  draft.rest.push([RESPONSE_ID, id])
  return true
}

function readId(reader: AttributeReader, fields: Fields, draft: Draft): string | undefined {
  const key = typeof fields['id'] === 'string' ? 'id' : 'responseId'
  const id = fieldText(fields[key])
  if (id === undefined || typeof fields[key] !== 'string' || !OF_PROVIDER.some((name) => !isEmpty(fields[name]))) {
    return undefined
  }
  return keepId(reader, id, draft) || reader.peek(RESPONSE_ID) === id ? key : undefined
}

function objectOf(value: AnyValue): Fields | undefined {
  const fields = fieldsOf(typeof value === 'string' ? parseStructure(value) : plain(value))
  // LangChain's envelope around a whole prompt.
  const inner = fieldsOf(fields?.['kwargs'])
  return fields?.['lc'] !== undefined && Array.isArray(inner?.['messages']) ? inner : fields
}

const isMessage = (fields: Fields): boolean => typeof fields['role'] === 'string' || fields['parts'] !== undefined

const holds = (fields: Fields, key: string): boolean => {
  const value = fields[key]
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && !isEmpty(value))
}

function readModel(fields: Fields, draft: Draft, field: 'model' | 'requestedModel'): string | undefined {
  const key = typeof fields['model'] === 'string' ? 'model' : 'modelVersion'
  const model = fieldText(fields[key])
  if (model === undefined || (draft[field] !== undefined && draft[field] !== model)) return undefined
  draft[field] = model
  return key
}

function keepOthers(fields: Fields, place: string, draft: Draft, taken: readonly (string | undefined)[]): void {
  for (const key in fields) if (!taken.includes(key)) keep(draft, `${place}.${key}`, fields[key])
}

function keep(draft: Draft, place: string, value: AnyValue | undefined): void {
  if (value !== undefined && !isEmpty(value)) draft.rest.push([place, textOf(value)])
}
