import type { Dialect, Draft } from './dialect.ts'
import { messageOf, messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { fieldsOf, listOf, structureOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

/** LiveKit's voice agents. Since 1.9 what may be personal stands under `lk.pii.`; before that directly under `lk.`. */
export const livekit: Dialect = {
  name: 'livekit',
  versions: 'LiveKit Agents JS 1.9',
  signs: { prefixes: ['lk.'], scopes: ['livekit-agents'] },
  isAccent: true,
  fields: {
    agent: ['lk.agent_name', 'lk.agent_label'],
    user: ['lk.pii.participant_identity', 'lk.participant_identity'],
  },
  remedy: 'leave recording of traces on in the session options of the agent',
  read(record, draft) {
    readTool(record, draft)
    for (const start of ['lk.pii.', 'lk.']) {
      readContext(record, `${start}chat_ctx`, draft)
      readSpeech(record, start, draft)
      readInput(record, `${start}user_input`, draft)
      readAnswer(record, start, draft)
    }
  },
}

/** Speech in has a transcript of what the user said, speech out the text that is said. */
function readSpeech(record: RecordReader, start: string, draft: Draft): void {
  if (record.has(`${start}user_transcript`)) draft.operation ??= 'transcribe'
  if (record.has(`${start}input_text`)) draft.operation ??= 'speak'
  for (const key of ['user_transcript', 'input_text']) readInput(record, start + key, draft)
}

/** Text and tool calls of one answer stand apart. */
function readAnswer(record: RecordReader, start: string, draft: Draft): void {
  if (draft.output.length > 0) return
  readOutput(record, `${start}response.text`, draft)
  const calls = listOf(record.peek(`${start}response.function_calls`))
  if (calls === undefined || calls.length === 0) return
  record.take(`${start}response.function_calls`)
  const called = messageOf({ role: 'assistant', content: calls }, 'assistant')
  const [answer] = draft.output
  if (answer === undefined) draft.output = [called]
  else answer.parts.push(...called.parts)
}

function readTool(record: RecordReader, draft: Draft): void {
  if (!record.has('lk.function_tool.name')) return
  draft.operation ??= 'execute_tool'
  const keys = {
    name: ['lk.function_tool.name'],
    id: ['lk.function_tool.id'],
    arguments: ['lk.pii.function_tool.arguments', 'lk.function_tool.arguments'],
    result: ['lk.pii.function_tool.output', 'lk.function_tool.output'],
  }
  readToolCall(record, keys, draft)
}

/** A conversation so far, as `{items: [...]}`. */
function readContext(record: RecordReader, key: string, draft: Draft): void {
  const items = fieldsOf(structureOf(record.peek(key)))?.['items']
  if (draft.input.length > 0 || items === undefined) return
  record.take(key)
  placeInput(draft, messagesOf(items, 'user'))
}
