import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import { countOf } from './reader.ts'
import { fieldsOf, type Fields } from './text.ts'

const INPUT = [
  ...['prompt_tokens', 'input_tokens', 'promptTokens', 'inputTokens'],
  ...['promptTokenCount', 'prompt_token_count', 'inputTokenCount'],
]
const OUTPUT = [
  ...['completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens'],
  ...['candidatesTokenCount', 'candidates_token_count', 'outputTokenCount'],
]
const INPUT_DETAILS = ['prompt_tokens_details', 'input_tokens_details', 'input_token_details', 'inputTokenDetails']
const OUTPUT_DETAILS = [
  ...['completion_tokens_details', 'output_tokens_details', 'output_token_details', 'outputTokenDetails'],
]
/** Part of the input they are told with. */
const CACHED_WITHIN = [
  ...['cached_tokens', 'cache_read', 'cacheReadTokens', 'cachedInputTokens', 'cached_input_tokens'],
  ...['cachedContentTokenCount', 'cached_content_token_count', 'cachedContentTokens'],
]
const WRITTEN_WITHIN = ['cache_creation', 'cacheWriteTokens', 'cache_creation_tokens', 'cache_write_tokens']
/** Anthropic's and Bedrock's: beside the input, unless that bears OpenAI's name, as proxies write it. */
const CACHED_BESIDE = ['cache_read_input_tokens', 'cacheReadInputTokens', 'cacheReadInputTokenCount']
const WRITTEN_BESIDE = ['cache_creation_input_tokens', 'cacheWriteInputTokens', 'cacheWriteInputTokenCount']
const REASONED_WITHIN = ['reasoning_tokens', 'reasoning', 'reasoningTokens']
/** Gemini's and Genkit's: beside the answer. */
const THOUGHT_BESIDE = ['thoughtsTokenCount', 'thoughts_token_count', 'thoughtsTokens']

/**
 * Tokens as an answer itself counts them, in the words of whichever provider or framework. The totals become inclusive.
 * Fills what is still empty.
 */
export function readToldUsage(value: AnyValue | undefined, draft: Draft): void {
  const usage = fieldsOf(value)
  if (usage === undefined) return
  const input = fieldOf(usage, INPUT_DETAILS)
  const output = fieldOf(usage, OUTPUT_DETAILS)
  const cachedBeside = first(usage, CACHED_BESIDE)
  const writtenBeside = first(usage, WRITTEN_BESIDE)
  const thoughts = first(usage, THOUGHT_BESIDE)
  const isApart = usage['prompt_tokens'] === undefined && usage['prompt_tokens_details'] === undefined
  const total = first(usage, INPUT)
  const answered = first(usage, OUTPUT)
  if (total !== undefined) draft.inputTokens ??= total + (isApart ? (cachedBeside ?? 0) + (writtenBeside ?? 0) : 0)
  if (answered !== undefined) draft.outputTokens ??= answered + (thoughts ?? 0)
  draft.cachedInputTokens ??= cachedBeside ?? first(input, CACHED_WITHIN) ?? first(usage, CACHED_WITHIN)
  draft.cacheWriteTokens ??= writtenBeside ?? first(input, WRITTEN_WITHIN) ?? first(usage, WRITTEN_WITHIN)
  draft.reasoningTokens ??= thoughts ?? first(output, REASONED_WITHIN) ?? first(usage, REASONED_WITHIN)
}

const USAGE_KEYS = ['usage', 'usageMetadata', 'usage_metadata', 'token_usage', 'tokenUsage']

/** The usage that stands among the fields of an answer or of its metadata. */
export function readUsageAmong(fields: Fields | undefined, draft: Draft): void {
  for (const key of USAGE_KEYS) readToldUsage(fields?.[key], draft)
}

function fieldOf(fields: Fields, keys: readonly string[]): Fields {
  for (const key of keys) {
    const found = fieldsOf(fields[key])
    if (found !== undefined) return found
  }
  return {}
}

function first(fields: Fields, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const count = countOf(fields[key])
    if (count !== undefined) return count
  }
  return undefined
}
