import type { Dialect, Draft } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { finishReason } from './reading/finish.ts'
import { messageOf } from './reading/messages.ts'
import { readInput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { fieldsOf, listOf, plain, structureOf, textOf, type Fields } from './reading/text.ts'
import { readToldUsage } from './reading/told-usage.ts'
import { readToolCall, readTools } from './reading/tools.ts'
import { dropVectors } from './reading/vectors.ts'

const METADATA = 'ai.telemetry.metadata.'
const CONVERSATION_IDS = [
  ...['sessionId', 'session_id', 'conversationId', 'conversation_id'],
  ...['threadId', 'thread_id', 'chatId', 'chat_id'],
]

/** Vercel's AI SDK up to 6, and 7 with its `LegacyOpenTelemetry`: everything under `ai.`, the answer in pieces. */
export const aiSdk6: Dialect = {
  name: 'ai-sdk-6',
  versions: 'Vercel AI SDK 4, and 7 with LegacyOpenTelemetry',
  signs: {
    keys: ['ai.operationId'],
    prefixes: ['ai.prompt', 'ai.response.', 'ai.result.', 'ai.usage.', 'ai.toolCall.'],
  },
  fields: {
    provider: ['ai.model.provider'],
    requestedModel: ['ai.model.id'],
    model: ['ai.response.model'],
    agent: ['ai.telemetry.functionId'],
    user: [`${METADATA}userId`, `${METADATA}user_id`],
    conversationId: CONVERSATION_IDS.map((name) => METADATA + name),
    inputTokens: ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
    outputTokens: ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
    cachedInputTokens: ['ai.usage.cachedInputTokens', 'ai.usage.inputTokenDetails.cacheReadTokens'],
    cacheWriteTokens: ['ai.usage.inputTokenDetails.cacheWriteTokens'],
    reasoningTokens: ['ai.usage.reasoningTokens', 'ai.usage.outputTokenDetails.reasoningTokens'],
    finishReasons: ['ai.response.finishReason', 'ai.finishReason'],
  },
  remedy: 'leave recordInputs and recordOutputs of experimental_telemetry unset, or set them to true',
  read(record, draft) {
    readOperation(record, draft)
    if (draft.operation === 'execute_tool') readToolCall(record, TOOL_CALL, draft)
    for (const key of INPUTS) readInput(record, key, draft)
    readOutput(record, draft)
    readTools(record, 'ai.prompt.tools', draft)
    readProviderDetails(record, draft)
    addCachedInput(record, draft)
    dropVectors(record, 'ai.embedding', draft)
  },
}

const TOOL_CALL = {
  name: ['ai.toolCall.name'],
  id: ['ai.toolCall.id'],
  arguments: ['ai.toolCall.args', 'ai.toolCall.input'],
  result: ['ai.toolCall.result', 'ai.toolCall.output'],
}
const INPUTS = ['ai.prompt.messages', 'ai.prompt', 'ai.values', 'ai.value', 'ai.documents']

/** `ai.generateText` holds one `ai.generateText.doGenerate` for each call of the model: only that one is the call. */
function readOperation(record: RecordReader, draft: Draft): void {
  const id = record.peek('ai.operationId')
  if (draft.operation !== undefined || typeof id !== 'string') return
  if (id === 'ai.toolCall') draft.operation = 'execute_tool'
  else if (/^ai\.embed(Many)?\.do/.test(id)) draft.operation = 'embeddings'
  else if (id.startsWith('ai.rerank.do')) draft.operation = 'rerank'
  else if (/\.do(Generate|Stream)$/.test(id)) draft.operation = 'chat'
  else if (/^ai\.(generate|stream)/.test(id)) draft.operation = 'invoke_agent'
  else draft.operation = 'step'
}

/** Versions up to 4 tell cached and reasoning tokens only here, each provider in its own words. */
function readProviderDetails(record: RecordReader, draft: Draft): void {
  const providers = fieldsOf(structureOf(record.peek('ai.response.providerMetadata'))) ?? {}
  for (const provider of Object.values(providers)) {
    const told = fieldsOf(provider)
    draft.cachedInputTokens ??= countOf(told?.['cachedPromptTokens'] ?? told?.['cacheReadInputTokens'])
    draft.cacheWriteTokens ??= countOf(told?.['cacheCreationInputTokens'])
    draft.reasoningTokens ??= countOf(told?.['reasoningTokens'])
    readToldUsage(told?.['usage'], draft)
  }
}

const COUNTS_APART: ReadonlySet<string> = new Set(['anthropic', 'aws.bedrock'])

/** Up to 5 the input of these providers leaves out what was cached; from 6 on it is whole, and its details are told. */
function addCachedInput(record: RecordReader, draft: Draft): void {
  if (draft.inputTokens === undefined || !COUNTS_APART.has(draft.provider ?? '')) return
  if (DETAILS.some((name) => record.has(`ai.usage.inputTokenDetails.${name}`))) return
  draft.inputTokens += (draft.cachedInputTokens ?? 0) + (draft.cacheWriteTokens ?? 0)
}
const DETAILS = ['noCacheTokens', 'cacheReadTokens', 'cacheWriteTokens']

/** Text, reasoning, an object and tool calls of one answer, each in an attribute of its own; before 4.0 as `ai.result.*`. */
function readOutput(record: RecordReader, draft: Draft): void {
  if (draft.output.length > 0) return
  const fields: Fields = { content: [] }
  const content = fields['content'] as AnyValue[]
  for (const start of ['ai.response.', 'ai.result.']) {
    const reasoning = record.take(`${start}reasoning`)
    const text = record.take(`${start}text`) ?? record.take(`${start}object`)
    const calls = listOf(record.peek(`${start}toolCalls`))
    if (reasoning !== undefined) content.push(...reasoningParts(reasoning))
    if (text !== undefined) content.push({ type: 'text', text: textOf(plain(text)) })
    if (calls === undefined) continue
    record.take(`${start}toolCalls`)
    content.push(...calls.map(withType))
  }
  if (content.length === 0) return
  const message = messageOf(fields, 'assistant')
  const reason = draft.finishReasons[0]
  if (reason !== undefined) message.finishReason = finishReason(reason)
  draft.output = [message]
}

function reasoningParts(value: AnyValue): AnyValue[] {
  const structure = structureOf(value)
  if (!Array.isArray(structure)) return [{ type: 'reasoning', text: textOf(plain(value)) }]
  return structure.map((item) => {
    const isPart = fieldsOf(item)?.['type'] === 'reasoning'
    return isPart ? item : { type: 'reasoning', text: textOf(item) }
  })
}

const withType = (call: AnyValue): AnyValue => {
  const fields = fieldsOf(call)
  return fields === undefined ? call : { ...fields, type: 'tool-call' }
}
