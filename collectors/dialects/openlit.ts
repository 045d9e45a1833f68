import type { Dialect, Draft } from './dialect.ts'
import type { RecordReader } from './reading/reader.ts'
import { readToolCall } from './reading/tools.ts'

/**
 * OpenLIT writes OpenTelemetry's attributes. Not to be believed: its scope (`instrumentation-vllm` for OpenAI),
 * `server.address`, and parameters that were not given (`top_p` and `temperature` 1); they stay attributes.
 */
export const openlit: Dialect = {
  name: 'openlit',
  versions: 'OpenLIT JS 1.15, Python 1.45',
  signs: { keys: ['openlit.agent.version_hash', 'gen_ai.sdk.version'], scopes: ['@openlit/', 'openlit'] },
  isAccent: true,
  fields: { user: ['gen_ai.request.user'] },
  remedy: 'set captureMessageContent to true in openlit.init (OPENLIT_CAPTURE_MESSAGE_CONTENT=true)',
  read(record, draft) {
    draft.requestedModel ??= FAILED_EARLY.exec(record.name)?.[1]
    addCachedInput(record, draft)
    dropToldTwice(draft.system, draft.input)
    if (draft.operation === 'execute_tool') readToolCall(record, { arguments: ['gen_ai.tool.args'] }, draft)
  },
}

/** Nothing but the name is sent when Anthropic refuses. */
const FAILED_EARLY = /^(?:chat|embeddings) (\S+)$/

/** The instrumentation for Anthropic hands on the provider's counts: cached tokens beside those of the input. */
function addCachedInput(record: RecordReader, draft: Draft): void {
  if (draft.inputTokens === undefined || !record.record.context.scopeName.endsWith('instrumentation.anthropic')) return
  draft.inputTokens += (draft.cachedInputTokens ?? 0) + (draft.cacheWriteTokens ?? 0)
}

/** The system prompt is told apart and again as the first message. */
function dropToldTwice(system: readonly object[], input: { role: string; parts: { content: string }[] }[]): void {
  const said = new Set((system as typeof input).flatMap((message) => message.parts.map((part) => part.content)))
  const first = input[0]
  if (first?.role === 'system' && first.parts.every((part) => said.has(part.content))) input.shift()
}
