import type { Dialect, Draft } from './dialect.ts'
import { takeIndexed } from './reading/indexed.ts'
import { messageOf } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  completion: 'chat',
  acompletion: 'chat',
  text_completion: 'text_completion',
  atext_completion: 'text_completion',
  embedding: 'embeddings',
  aembedding: 'embeddings',
  rerank: 'rerank',
  arerank: 'rerank',
}

/**
 * LiteLLM's own spans, of the library and of the proxy. `raw_gen_ai_request` is a child that tells the same call again in
 * the words of the provider; its texts are written as Python would print them, so they stay attributes.
 */
export const litellm: Dialect = {
  name: 'litellm',
  versions: 'LiteLLM 1.106, callback otel',
  signs: {
    keys: ['litellm.call_id', 'litellm.provider.model', 'metadata.user_api_key_hash', 'hidden_params'],
    prefixes: [
      'llm.openai.',
      'llm.anthropic.',
      'llm.azure.',
      'llm.bedrock.',
      'llm.vertex_ai.',
      'llm.gemini.',
      'llm.None.',
    ],
    scopes: ['litellm'],
  },
  isAccent: true,
  fields: {
    requestedModel: ['litellm.provider.model'],
    user: ['llm.user', 'metadata.user_api_key_end_user_id', 'metadata.user_api_key_user_id'],
    route: ['metadata.model_group'],
    fingerprint: ['llm.openai.system_fingerprint'],
  },
  remedy:
    'unset OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT or set it to SPAN_ONLY, and leave turn_off_message_logging ' +
    'of LiteLLM off',
  read(record, draft) {
    if (record.name === 'raw_gen_ai_request') draft.operation ??= 'step'
    const type = record.peek('llm.request.type')
    if (typeof type === 'string') draft.operation ??= OPERATIONS[type]
    readDetails(record, draft)
    readCalls(record, draft)
    readInput(record, 'input.value', draft)
    readOutput(record, 'output.value', draft)
  },
}

/** Cached and reasoning tokens stand only in the usage of the answer, as Python prints it. */
function readDetails(record: RecordReader, draft: Draft): void {
  const told = record.peek('metadata.usage_object')
  if (typeof told !== 'string') return
  draft.cachedInputTokens ??= tokensIn(told, 'cached_tokens')
  draft.cacheWriteTokens ??= tokensIn(told, 'cache_creation_tokens')
  draft.reasoningTokens ??= tokensIn(told, 'reasoning_tokens')
}

function tokensIn(printed: string, name: string): number | undefined {
  const [, digits] = new RegExp(`'${name}': (\\d{1,15})\\b`).exec(printed) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** The messages leave out the tool calls, which stand beside them, each piece in an attribute of its own. */
function readCalls(record: RecordReader, draft: Draft): void {
  takeIndexed(record, 'gen_ai.completion.').forEach((item, index) => {
    const called = messageOf(item, 'assistant')
    const message = draft.output[index]
    if (message === undefined) draft.output.push(called)
    else message.parts.push(...called.parts)
  })
}
