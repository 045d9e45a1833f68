import type { Message } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import { finishReason } from './finish.ts'
import { messagesOf } from './messages.ts'
import { unwrapped } from './roles.ts'
import { fieldsOf, fieldText, isEmpty, textOf, type Fields } from './text.ts'
import { readUsageAmong } from './told-usage.ts'

/*
 * What a provider or a framework says about its answer beside the answer itself: which model it was, how many tokens, under
 * which id. It is taken for fields of the interaction where they are empty, and kept as attributes; no message holds it.
 */

export const REASON_KEYS: readonly string[] = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason']
/** Where choices hold what was said; some hold it twice. */
const SAID_KEYS = ['message', 'content', 'text']
const METADATA_KEYS = ['response_metadata', 'usage_metadata', 'additional_kwargs', 'invalid_tool_calls', 'meta']

/** Choices of OpenAI, candidates of Gemini and generations of LangChain wrap their messages; others are messages. */
export function answersOf(value: AnyValue, place: string, draft: Draft): Message[] {
  const list = Array.isArray(value) ? value.flat() : [value]
  if (!list.some((item) => isChoice(item) || metadataIn(item))) return messagesOf(value, 'assistant')
  return list.flatMap((item, index) => answerOf(item, `${place}[${index}]`, draft))
}

function answerOf(item: AnyValue, place: string, draft: Draft): Message[] {
  const fields = fieldsOf(item)
  if (fields === undefined || !isChoice(item)) return messagesOf(withoutMetadata(item, place, draft), 'assistant')
  const inner = SAID_KEYS.find((name) => !isEmpty(fields[name]))
  const reasonKey = REASON_KEYS.find((name) => fieldText(fields[name]) !== undefined)
  const info = fieldsOf(fields['generation_info'] ?? fields['generationInfo'])
  const said = inner === undefined ? undefined : withoutMetadata(fields[inner] as AnyValue, `${place}.${inner}`, draft)
  const messages = said === undefined ? [] : messagesOf(said, 'assistant')
  const [first] = messages
  if (first === undefined) return messagesOf(item, 'assistant')
  const reason = fieldText(reasonKey === undefined ? info?.['finish_reason'] : fields[reasonKey])
  if (reason !== undefined) first.finishReason ??= finishReason(reason)
  const texts = new Set(first.parts.map((part) => part.content))
  for (const [name, other] of Object.entries(fields)) {
    const isTold = name === inner || name === reasonKey || name === 'index'
    if (isTold || isEmpty(other) || (SAID_KEYS.includes(name) && texts.has(textOf(other)))) continue
    draft.rest.push([`${place}.${name}`, textOf(other)])
  }
  return messages
}

function isChoice(value: AnyValue): boolean {
  const fields = fieldsOf(value)
  if (fields === undefined || fields['role'] !== undefined || fields['type'] === 'message') return false
  return fieldsOf(fields['message']) !== undefined || REASON_KEYS.some((name) => fields[name] !== undefined)
}

function metadataIn(value: AnyValue): boolean {
  const fields = fieldsOf(unwrapped(value))
  return fields !== undefined && METADATA_KEYS.some((key) => fields[key] !== undefined)
}

/** LangChain and Haystack put what is known about an answer into its message. */
function withoutMetadata(value: AnyValue, place: string, draft: Draft): AnyValue {
  if (!metadataIn(value)) return value
  const message: Fields = { ...fieldsOf(unwrapped(value)) }
  for (const key of METADATA_KEYS) {
    const metadata = fieldsOf(message[key])
    if (!isEmpty(message[key])) draft.rest.push([`${place}.${key}`, textOf(message[key] as AnyValue)])
    if (metadata !== undefined) {
      draft.model ??= fieldText(metadata['model_name']) ?? fieldText(metadata['model'])
      draft.fingerprint ??= fieldText(metadata['system_fingerprint'])
      const reason = REASON_KEYS.map((name) => fieldText(metadata[name])).find((text) => text !== undefined)
      if (reason !== undefined && message['finish_reason'] === undefined) message['finish_reason'] = reason
      readUsageAmong(metadata, draft)
    }
    delete message[key]
  }
  readUsageAmong(fieldsOf(unwrapped(value)), draft)
  return message
}
