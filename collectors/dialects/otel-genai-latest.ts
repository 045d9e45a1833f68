import type { Evaluation } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import { messagesOf, placeInput } from './reading/messages.ts'
import type { AttributeReader, EventReader } from './reading/reader.ts'
import { readStandard } from './reading/standard.ts'
import { readTools } from './reading/tools.ts'

const DETAILS_EVENT = 'gen_ai.client.inference.operation.details'
const EVALUATION_EVENT = 'gen_ai.evaluation.result'

/**
 * OpenTelemetry from 1.37 on, which is also what its GenAI repository (`gen-ai-dev`) publishes since 1.42: messages in
 * attributes of the span, or of one event that holds the details. A record that speaks of GenAI without a word of an older
 * convention is of this one.
 */
export const otelGenaiLatest: Dialect = {
  name: 'otel-genai-latest',
  versions: 'OpenTelemetry 1.37 to 1.41, its GenAI repository since (1.42+)',
  signs: {
    keys: ['gen_ai.provider.name', 'gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions'],
    events: [DETAILS_EVENT, EVALUATION_EVENT, 'gen_ai.client.operation.exception'],
  },
  hints: { prefixes: ['gen_ai.'] },
  read(record, draft) {
    readContent(record, draft)
    for (const event of record.events) {
      if (event.name === DETAILS_EVENT) readDetails(event, draft)
      else if (event.name === EVALUATION_EVENT) readEvaluation(event, draft)
    }
  },
}

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
  readTools(reader, 'gen_ai.tool.definitions', draft)
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
