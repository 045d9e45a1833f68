import type { Message } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { fieldsOf, structureOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const VENDOR = 'gcp.vertex.agent.'

/** Google's Agent Development Kit: newer versions write OpenTelemetry's messages, older ones whole requests of Gemini. */
export const googleAdk: Dialect = {
  name: 'google-adk',
  versions: 'Google ADK Python 1.10 and 2.13',
  signs: { prefixes: [VENDOR], scopes: ['gcp.vertex.agent'] },
  isAccent: true,
  fields: { conversationId: [`${VENDOR}session_id`] },
  remedy:
    'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_AND_EVENT and ' +
    'OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental (before 2: ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS=true)',
  read(record, draft) {
    if (record.name === 'call_llm') draft.operation ??= 'generate_content'
    // It names itself; which provider answers is not told.
    if (draft.provider === 'gcp.vertex.agent') draft.provider = undefined
    if (draft.operation === 'execute_tool') {
      readToolCall(record, { arguments: [`${VENDOR}tool_call_args`], result: [`${VENDOR}tool_response`] }, draft)
    }
    readTokens(record, draft)
    if (isSaid(record, `${VENDOR}llm_request`)) readInput(record, `${VENDOR}llm_request`, draft)
    if (isSaid(record, `${VENDOR}llm_response`)) readOutput(record, `${VENDOR}llm_response`, draft)
    if (draft.output.length > 1) draft.output = withoutPieces(draft.output)
    // LiteLLM's names hold the provider, which is told beside them.
    const prefix = `${draft.provider ?? ''}/`
    if (draft.requestedModel?.startsWith(prefix)) draft.requestedModel = draft.requestedModel.slice(prefix.length)
  },
}

/** Each piece of a stream is told as a message, and then the whole once more, unless the stream was left. */
function withoutPieces(messages: readonly Message[]): Message[] {
  const isPiece = ({ parts: [part, more], finishReason }: Message): boolean =>
    part?.type === 'text' && more === undefined && finishReason === undefined
  const first = messages.findIndex((message) => !isPiece(message))
  const pieces = first < 0 ? messages : messages.slice(0, first)
  if (pieces.length === 0) return [...messages]
  const content = pieces.map(({ parts }) => parts[0]!.content).join('')
  const rest = messages.slice(pieces.length)
  if (rest[0]?.parts.some((part) => part.content === content)) return rest
  return [{ ...pieces[0]!, parts: [{ type: 'text', content }] }, ...rest]
}

/** An empty object is written where there is nothing to tell. */
const isSaid = (record: RecordReader, key: string): boolean => record.peek(key) !== '{}'

/** Gemini counts thoughts beside the answer, and so did this kit before it told them in an attribute of their own. */
function readTokens(record: RecordReader, draft: Draft): void {
  const answer = fieldsOf(structureOf(record.peek(`${VENDOR}llm_response`)))
  const usage = fieldsOf(answer?.['usage_metadata'] ?? answer?.['usageMetadata'])
  if (usage === undefined) return
  draft.cachedInputTokens ??= countOf(usage['cached_content_token_count'] ?? usage['cachedContentTokenCount'])
  const thoughts = countOf(usage['thoughts_token_count'] ?? usage['thoughtsTokenCount'])
  if (draft.reasoningTokens !== undefined || thoughts === undefined) return
  draft.reasoningTokens = thoughts
  if (draft.outputTokens !== undefined) draft.outputTokens += thoughts
}
