import type { Dialect, Draft } from './dialect.ts'
import { messageOf } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { fieldsOf, isEmpty, structureOf, textOf } from './reading/text.ts'

/**
 * Mastra's exporter: a model's call bears OpenTelemetry's attributes, but what it was asked, and which tools it called, stands
 * in the agent, generation and step around it.
 */
export const mastra: Dialect = {
  name: 'mastra',
  versions: 'Mastra 1.71 with @mastra/otel-exporter 1.4',
  signs: { keys: ['mastra.span.type'], scopes: ['@mastra/'] },
  isAccent: true,
  remedy:
    'leave hideInput and hideOutput of the tracing options unset (the agent_step around a call tells what it was asked)',
  read(record, draft) {
    const type = record.peek('mastra.span.type')
    if (typeof type !== 'string') return
    readInput(record, `mastra.${type}.input`, draft)
    readAnswer(record, `mastra.${type}.output`, draft)
  },
}

/** Text and tool calls stand apart; files, reasoning and the like beside them. */
function readAnswer(record: RecordReader, key: string, draft: Draft): void {
  const answer = fieldsOf(structureOf(record.peek(key)))
  if (typeof answer?.['text'] !== 'string') return readOutput(record, key, draft)
  if (draft.output.length > 0) return
  record.take(key)
  const { text, toolCalls = [], ...others } = answer
  const said = messageOf({ role: 'assistant', content: text, tool_calls: toolCalls }, 'assistant')
  if (said.parts.length > 0) draft.output = [said]
  for (const [name, value] of Object.entries(others))
    if (value !== undefined && !isEmpty(value)) draft.rest.push([`${key}.${name}`, textOf(value)])
}
