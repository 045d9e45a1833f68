import type { Evaluation } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import { messagesOf, placeInput } from './messages.ts'
import { isContentEvent } from './otel-genai-1.27.ts'
import { isMessageEvent } from './otel-genai-1.36.ts'
import type { AttributeReader, EventReader } from './reader.ts'
import { readStandard } from './standard.ts'
import { readTools } from './tools.ts'

const DETAILS_EVENT = 'gen_ai.client.inference.operation.details'
const EVALUATION_EVENT = 'gen_ai.evaluation.result'

/**
 * OpenTelemetry from 1.37 on, which is also what its GenAI repository (`gen-ai-dev`) publishes since 1.42: messages in
 * attributes of the span, or of one event that holds the details. A span that speaks of GenAI or MCP without a word of an
 * older convention is of this one.
 */
export const otelGenaiLatest: Dialect = {
  name: 'otel-genai-latest',
  matches(span) {
    if (span.has('gen_ai.provider.name') || span.has('gen_ai.input.messages') || span.has('gen_ai.output.messages')) {
      return true
    }
    if (!span.hasPrefix('gen_ai.') && !span.has('mcp.method.name'))
      return span.events.some((event) => event.name.startsWith('gen_ai.') && !isOlderEvent(event))
    return !span.has('gen_ai.system') && !span.has('gen_ai.usage.prompt_tokens') && !span.events.some(isOlderEvent)
  },
  read(span, draft) {
    readContent(span, draft)
    for (const event of span.events) {
      if (event.name === DETAILS_EVENT) readDetails(event, draft)
      else if (event.name === EVALUATION_EVENT) readEvaluation(event, draft)
    }
  },
}

const isOlderEvent = (event: EventReader): boolean => isMessageEvent(event.name) || isContentEvent(event.name)

function readContent(reader: AttributeReader, draft: Draft): void {
  if (draft.system.length === 0) {
    const system = reader.take('gen_ai.system_instructions')
    if (system !== undefined) draft.system = messagesOf(system, 'system')
  }
  if (draft.input.length === 0) {
    const input = reader.take('gen_ai.input.messages')
    if (input !== undefined) placeInput(draft, messagesOf(input, 'user'))
  }
  if (draft.output.length === 0) {
    const output = reader.take('gen_ai.output.messages')
    if (output !== undefined) draft.output = messagesOf(output, 'assistant')
  }
  if (draft.tools.length === 0) readTools(reader, 'gen_ai.tool.definitions', draft)
}

function readDetails(event: EventReader, draft: Draft): void {
  event.used = true
  readStandard(event, draft)
  readContent(event, draft)
}

function readEvaluation(event: EventReader, draft: Draft): void {
  const name = event.text('gen_ai.evaluation.name')
  if (name === undefined) return
  event.used = true
  const evaluation: Evaluation = { name }
  const score = event.number('gen_ai.evaluation.score.value')
  const label = event.text('gen_ai.evaluation.score.label')
  const explanation = event.text('gen_ai.evaluation.explanation')
  if (score !== undefined) evaluation.score = score
  if (label !== undefined) evaluation.label = label
  if (explanation !== undefined) evaluation.explanation = explanation
  draft.evaluations.push(evaluation)
}
