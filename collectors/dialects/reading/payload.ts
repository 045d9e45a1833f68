import type { Message } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import { finishReason } from './finish.ts'
import { messagesOf, placeInput } from './messages.ts'
import type { AttributeReader } from './reader.ts'
import { fieldsOf, fieldText, isEmpty, parseStructure, plain, textOf, unquoted, type Fields } from './text.ts'
import { addTools } from './tools.ts'

/*
 * Vendors write whole requests and answers of a provider into one attribute, as a structure or JSON text. What a field of
 * the interaction holds is taken out of them; the rest is kept field by field under the attribute's key.
 */

/** Where Logfire puts the text of a stream. */
export const STREAMED = 'combined_chunk_content'
/** Fields of a request that hold its messages, best first. `input` and `prompt` also hold plain text. */
const INPUT_KEYS = ['messages', 'contents', 'input', 'inputs', 'prompt', 'prompts', 'query']
const SYSTEM_KEYS = ['system', 'instructions', 'system_instruction', 'systemInstruction']
const TOOLS_KEYS = ['tools', 'functions']
const OUTPUT_KEYS = [
  ...['choices', 'candidates', 'generations', 'output', 'message', 'messages', 'content', 'outputs'],
  STREAMED,
]
const REASON_KEYS = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason']

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
  const value = Array.isArray(sent) ? sent.map(unquoted) : unquoted(sent)
  const fields = objectOf(value)
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
  const value = unquoted(sent)
  const fields = objectOf(value)
  if (fields !== undefined && Object.values(fields).every(isEmpty)) return keep(draft, key, value)
  const outputKey =
    fields === undefined || isMessage(fields) ? undefined : OUTPUT_KEYS.find((name) => holds(fields, name))
  if (fields === undefined || outputKey === undefined) {
    draft.output = messagesOf(value, 'assistant')
    return
  }
  const reasonKey = REASON_KEYS.find((name) => fieldText(fields[name]) !== undefined)
  draft.output = answersOf(fields[outputKey] as AnyValue)
  const [only] = draft.output
  if (reasonKey !== undefined && only !== undefined) {
    only.finishReason ??= finishReason(textOf(fields[reasonKey] as AnyValue))
  }
  const model = readModel(fields, draft, 'model')
  keepOthers(fields, key, draft, [outputKey, reasonKey, model])
}

/** Where choices hold what was said; some hold it twice. */
const SAID_KEYS = ['message', 'content', 'text']

/** Choices of OpenAI, candidates of Gemini and generations of LangChain wrap their messages; others are messages. */
function answersOf(value: AnyValue): Message[] {
  const list = Array.isArray(value) ? value.flat() : [value]
  if (!list.some(isChoice)) return messagesOf(value, 'assistant')
  return list.flatMap((item) => {
    const fields = fieldsOf(item)
    if (fields === undefined || !isChoice(item)) return messagesOf(item, 'assistant')
    const inner = SAID_KEYS.find((name) => !isEmpty(fields[name]))
    const reasonKey = REASON_KEYS.find((name) => fieldText(fields[name]) !== undefined)
    const info = fieldsOf(fields['generation_info'] ?? fields['generationInfo'])
    const messages = inner === undefined ? [] : messagesOf(fields[inner] as AnyValue, 'assistant')
    const [first] = messages
    if (first === undefined) return messagesOf(item, 'assistant')
    const reason = fieldText(reasonKey === undefined ? info?.['finish_reason'] : fields[reasonKey])
    if (reason !== undefined) first.finishReason ??= finishReason(reason)
    const said = first.parts.map((part) => part.content)
    const isSaid = (name: string, other: AnyValue): boolean => SAID_KEYS.includes(name) && said.includes(textOf(other))
    const others = Object.entries(fields).filter(
      ([name, other]) =>
        name !== inner && name !== reasonKey && name !== 'index' && !isEmpty(other) && !isSaid(name, other),
    )
    if (others.length > 0) first.parts.push({ type: 'other', content: textOf(Object.fromEntries(others)) })
    return messages
  })
}

function isChoice(value: AnyValue): boolean {
  const fields = fieldsOf(value)
  if (fields === undefined || fields['role'] !== undefined || fields['type'] === 'message') return false
  return fieldsOf(fields['message']) !== undefined || REASON_KEYS.some((name) => fields[name] !== undefined)
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
  const model = fieldText(fields['model'])
  if (model === undefined || (draft[field] !== undefined && draft[field] !== model)) return undefined
  draft[field] = model
  return 'model'
}

function keepOthers(fields: Fields, place: string, draft: Draft, taken: readonly (string | undefined)[]): void {
  for (const key in fields) if (!taken.includes(key)) keep(draft, `${place}.${key}`, fields[key])
}

function keep(draft: Draft, place: string, value: AnyValue | undefined): void {
  if (value !== undefined && !isEmpty(value)) draft.rest.push([place, textOf(value)])
}
