import type { Usage } from '../../../schemas/interaction.ts'
import type { CountField, Draft } from '../dialect.ts'
import { countOf, type RecordReader } from './reader.ts'

/**
 * Totals are inclusive. A producer whose total is smaller than its own details cannot have meant it inclusively (providers
 * that count cached tokens apart, passed through unchanged), so the details are added.
 */
export function usageOf(draft: Draft): Usage {
  const usage: Usage = {}
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = draft
  if (inputTokens !== undefined) {
    usage.input = inclusive(inputTokens, (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0))
  }
  if (outputTokens !== undefined) usage.output = inclusive(outputTokens, reasoningTokens ?? 0)
  if (cachedInputTokens !== undefined) usage.cachedInput = cachedInputTokens
  if (cacheWriteTokens !== undefined) usage.cacheWrite = cacheWriteTokens
  if (reasoningTokens !== undefined) usage.reasoning = reasoningTokens
  return usage
}

const TOTALS = ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'ai.usage.totalTokens', 'llm.token_count.total']

/**
 * A total that is more than its two parts tells which details were counted beside them: Gemini's thoughts beside the answer,
 * Anthropic's cached tokens beside the input.
 */
export function includeDetails(reader: RecordReader, draft: Draft): void {
  const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0, reasoningTokens = 0 } = draft
  const cached = cachedInputTokens + cacheWriteTokens
  if (inputTokens === undefined || outputTokens === undefined || cached + reasoningTokens === 0) return
  const total = firstCount(reader, TOTALS)
  const beside = total === undefined ? 0 : total - inputTokens - outputTokens
  if (beside <= 0) return
  if (beside === cached || beside === cached + reasoningTokens) draft.inputTokens = inputTokens + cached
  if (beside === reasoningTokens || beside === cached + reasoningTokens)
    draft.outputTokens = outputTokens + reasoningTokens
}

function firstCount(reader: RecordReader, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const count = countOf(reader.peek(key))
    if (count !== undefined) return count
  }
  return undefined
}

const inclusive = (total: number, details: number): number =>
  Math.min(total >= details ? total : total + details, Number.MAX_SAFE_INTEGER)

/** They hold calls of their own, whose tokens they repeat as a sum. */
const PARENTS: ReadonlySet<string> = new Set([
  'invoke_agent',
  'invoke_workflow',
  'create_agent',
  'agent_step',
  'step',
  'plan',
  'fetch_response',
  'execute_event_loop_cycle',
])
const CLIENT = 3
const COUNTS: readonly [CountField, key: string][] = [
  ['inputTokens', 'children.usage.input'],
  ['outputTokens', 'children.usage.output'],
  ['cachedInputTokens', 'children.usage.cached_input'],
  ['cacheWriteTokens', 'children.usage.cache_write'],
  ['reasoningTokens', 'children.usage.reasoning'],
]

/**
 * Tokens of an agent, a workflow or a step are those of its children, and would be counted twice; what was sent is kept as
 * attributes. An agent that is called elsewhere (a client's span) has no children here: its tokens are its own.
 */
export function dropChildrensUsage(reader: RecordReader, draft: Draft): void {
  const { record } = reader
  if (!PARENTS.has(draft.operation ?? '')) return
  if (record.kind === 'span' && record.spanKind === CLIENT && draft.operation === 'invoke_agent') return
  for (const [field, key] of COUNTS) {
    const count = draft[field]
    if (count !== undefined) draft.rest.push([key, String(count)])
    draft[field] = undefined
  }
}
