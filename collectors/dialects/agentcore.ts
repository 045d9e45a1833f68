import type { Message } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { MESSAGES_BODY } from './reading/choose.ts'
import { messageOf, messagesOf, placeInput } from './reading/messages.ts'
import type { RecordReader } from './reading/reader.ts'
import { fieldsOf, parseStructure, type Fields } from './reading/text.ts'

/**
 * AWS's distribution of OpenTelemetry, as agents of Bedrock AgentCore run with it: it takes the texts out of the spans of
 * whichever instrumentation, and sends them as one log record for each span, named after the instrumentation.
 */
export const agentcore: Dialect = {
  name: 'agentcore',
  versions: 'AWS Distro for OpenTelemetry Python 0.12 (Bedrock AgentCore)',
  signs: { events: [MESSAGES_BODY] },
  read(record, draft) {
    if (record.record.kind !== 'log') return
    if (draft.input.length === 0) placeInput(draft, readSide(record, 'input', 'user'))
    if (draft.output.length === 0) draft.output = readSide(record, 'output', 'assistant')
  },
}

function readSide(record: RecordReader, key: string, role: string): Message[] {
  const messages = fieldsOf(record.peek(key))?.['messages']
  if (!Array.isArray(messages) || Object.keys(fieldsOf(record.peek(key)) ?? {}).length !== 1) return []
  record.take(key)
  return messages.flatMap((item) => messageIn(item, role))
}

/** Content is the text, or the attributes of the event it was taken from. */
function messageIn(item: AnyValue, role: string): Message[] {
  const fields = fieldsOf(item)
  const { content, message, ...beside } = fieldsOf(fields?.['content']) ?? {}
  const said = content ?? message
  if (fields === undefined || said === undefined) return messagesOf([item], role)
  const whole: Fields = {
    ...fields,
    ...beside,
    content: (typeof said === 'string' ? parseStructure(said) : said) ?? said,
  }
  if (content !== undefined && message !== undefined) whole['message'] = message
  return [messageOf(whole, role)]
}
