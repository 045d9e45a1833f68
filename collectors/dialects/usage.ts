import type { Usage } from '../../schemas/interaction.ts'
import type { Draft } from './dialect.ts'

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

const inclusive = (total: number, details: number): number =>
  Math.min(total >= details ? total : total + details, Number.MAX_SAFE_INTEGER)
