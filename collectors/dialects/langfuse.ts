import type { CallError } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput, readSystem } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { readDocumentsOutput } from './reading/sources.ts'
import { fieldsOf, structureOf } from './reading/text.ts'
import { readToldUsage } from './reading/told-usage.ts'
import { readToolCall } from './reading/tools.ts'

const OBSERVATION = 'langfuse.observation.'
const OPERATIONS: Readonly<Record<string, string>> = {
  generation: 'chat',
  embedding: 'embeddings',
  retriever: 'retrieval',
  tool: 'execute_tool',
  agent: 'invoke_agent',
  chain: 'step',
  span: 'step',
  event: 'step',
  evaluator: 'evaluate',
  guardrail: 'guardrail',
}

/** Langfuse's SDKs: input and output as JSON text, usage in buckets that exclude each other, errors as a level. */
export const langfuse: Dialect = {
  name: 'langfuse',
  versions: 'Langfuse JS 5.11',
  signs: { prefixes: [OBSERVATION, 'langfuse.trace.'] },
  fields: {
    promptName: [`${OBSERVATION}prompt.name`],
    promptVersion: [`${OBSERVATION}prompt.version`],
    user: ['langfuse.user.id', 'langfuse.trace.user_id'],
    conversationId: ['langfuse.session.id', 'langfuse.trace.session_id'],
  },
  remedy: 'give the observation its input and output (updateActiveObservation in its code)',
  read(record, draft) {
    const type = record.peek(`${OBSERVATION}type`)
    if (typeof type === 'string') draft.operation ??= OPERATIONS[type]
    readUsage(record, draft)
    readLevel(record, draft)
    // One key for the model that was asked and the one that answered, if one answered.
    if (draft.error === undefined) draft.model ??= record.text(`${OBSERVATION}model.name`)
    else draft.requestedModel ??= record.text(`${OBSERVATION}model.name`)
    if (draft.operation === 'execute_tool') {
      const keys = { arguments: [`${OBSERVATION}input`], result: [`${OBSERVATION}output`] }
      return readToolCall(record, keys, draft, record.name)
    }
    // What an answer of OpenAI's Responses API repeats of its request.
    if (draft.operation === 'chat') readSystem(record, `${OBSERVATION}metadata.instructions`, draft)
    readInput(record, `${OBSERVATION}input`, draft)
    if (draft.operation === 'embeddings') return
    if (draft.operation === 'retrieval' && readDocumentsOutput(record, `${OBSERVATION}output`, draft)) return
    readOutput(record, `${OBSERVATION}output`, draft)
  },
}

/** `input` leaves out cached tokens and `output` leaves out reasoning: the totals are the sums. */
const CACHED = ['input_cached_tokens', 'cache_read_input_tokens', 'input_cache_read']
const WRITTEN = ['cache_creation_input_tokens', 'input_cache_creation', 'input_cache_write']
const REASONED = ['output_reasoning_tokens', 'output_reasoning']

const AS_ANSWERED = [
  ...['prompt_tokens_details', 'completion_tokens_details', 'input_tokens_details', 'output_tokens_details'],
]

function readUsage(record: RecordReader, draft: Draft): void {
  const key = `${OBSERVATION}usage_details`
  const details = fieldsOf(structureOf(record.peek(key)))
  if (details === undefined || draft.inputTokens !== undefined || draft.outputTokens !== undefined) return
  // The counts of a provider's answer, as they came, are no buckets.
  if (AS_ANSWERED.some((name) => fieldsOf(details[name]) !== undefined)) return readToldUsage(details, draft)
  const first = (names: readonly string[]): number | undefined => {
    for (const name of names) {
      const count = countOf(details[name])
      if (count !== undefined) return count
    }
    return undefined
  }
  draft.cachedInputTokens ??= first(CACHED)
  draft.cacheWriteTokens ??= first(WRITTEN)
  draft.reasoningTokens ??= first(REASONED)
  const input = first(['input', 'input_tokens', 'prompt_tokens'])
  const output = first(['output', 'output_tokens', 'completion_tokens'])
  const told = (count: number | undefined): number => count ?? 0
  // Whoever gives buckets that overlap gives a total that is the sum of the two.
  const isWhole = countOf(details['total']) === told(input) + told(output)
  const beside = isWhole ? 0 : told(draft.cachedInputTokens) + told(draft.cacheWriteTokens)
  if (input !== undefined) draft.inputTokens = input + beside
  if (output !== undefined) draft.outputTokens = output + (isWhole ? 0 : told(draft.reasoningTokens))
}

/** A failed observation has a level and a message; the span's status stays unset. */
function readLevel(record: RecordReader, draft: Draft): void {
  if (draft.error !== undefined || record.peek(`${OBSERVATION}level`) !== 'ERROR') return
  record.take(`${OBSERVATION}level`)
  const message = record.text(`${OBSERVATION}status_message`)
  const error: CallError = { type: record.text('error.type') ?? '_OTHER' }
  if (message !== undefined) error.message = message
  draft.error = error
}
