import type { Draft } from './dialect.ts'
import { finishReasons } from './finish.ts'
import { providerName } from './providers.ts'
import type { AttributeReader, SpanReader } from './reader.ts'
import { readDocuments } from './sources.ts'
import { readToolCall } from './tools.ts'
import { textMessage } from './messages.ts'

/**
 * Attributes that mean the same in every version of the conventions. Read first for every record that any dialect matches;
 * also from the attributes of an event that repeats them.
 */
export function readStandard(reader: AttributeReader, draft: Draft): void {
  draft.operation ??= reader.text('gen_ai.operation.name')
  if (draft.provider === undefined) {
    const sent = reader.text('gen_ai.provider.name') ?? reader.text('gen_ai.system')
    if (sent !== undefined) draft.provider = providerName(sent)
  }
  draft.requestedModel ??= reader.text('gen_ai.request.model')
  draft.model ??= reader.text('gen_ai.response.model')
  draft.fingerprint ??=
    reader.text('openai.response.system_fingerprint') ?? reader.text('gen_ai.openai.response.system_fingerprint')
  draft.promptName ??= reader.text('gen_ai.prompt.name')
  draft.promptVersion ??= reader.text('gen_ai.prompt.version')
  draft.route ??= reader.text('weir.route')
  draft.conversationId ??= reader.text('gen_ai.conversation.id') ?? reader.text('session.id')
  draft.user ??= reader.text('user.id') ?? reader.text('enduser.id')
  draft.agent ??= reader.text('gen_ai.agent.id') ?? reader.text('gen_ai.agent.name')
  draft.inputTokens ??= reader.count('gen_ai.usage.input_tokens')
  draft.outputTokens ??= reader.count('gen_ai.usage.output_tokens')
  draft.cachedInputTokens ??= reader.count('gen_ai.usage.cache_read.input_tokens')
  draft.cacheWriteTokens ??=
    reader.count('gen_ai.usage.cache_write.input_tokens') ?? reader.count('gen_ai.usage.cache_creation.input_tokens')
  draft.reasoningTokens ??= reader.count('gen_ai.usage.reasoning.output_tokens')
  if (draft.finishReasons.length === 0) readFinishReasons(reader, draft)
}

function readFinishReasons(reader: AttributeReader, draft: Draft): void {
  const reasons = finishReasons(reader.peek('gen_ai.response.finish_reasons'))
  if (reasons === undefined) return
  reader.take('gen_ai.response.finish_reasons')
  draft.finishReasons = reasons
}

/** What a call did beside talking to a model: ran a tool, searched, read a resource. Needs the operation to be known. */
export function readUse(span: SpanReader, draft: Draft): void {
  if (draft.operation === 'execute_tool' && draft.toolCalls.length === 0) {
    readToolCall(span, span.record.name, draft)
  }
  const dataSource = span.text('gen_ai.data_source.id')
  if (dataSource !== undefined) draft.sources.push({ id: dataSource })
  const resource = span.text('mcp.resource.uri')
  if (resource !== undefined) draft.sources.push({ uri: resource })
  readDocuments(span, 'gen_ai.retrieval.documents', draft)
  if (draft.input.length > 0) return
  const query = span.text('gen_ai.retrieval.query.text') ?? span.text('gen_ai.memory.query.text')
  if (query !== undefined) draft.input = [textMessage(query, 'user')]
}

const OPERATIONS: ReadonlySet<string> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'embeddings',
  'retrieval',
  'execute_tool',
  'create_agent',
  'invoke_agent',
  'invoke_workflow',
  'plan',
  'fetch_response',
])

/** When the sender did not name the operation: what the record holds tells, else the first word of the span's name. */
export function inferOperation(span: SpanReader, draft: Draft): string {
  const method = span.peek('mcp.method.name')
  if (typeof method === 'string' && method !== '') return method === 'tools/call' ? 'execute_tool' : method
  if (span.has('gen_ai.tool.call.id') || span.has('gen_ai.tool.name')) return 'execute_tool'
  if (span.has('gen_ai.embeddings.dimension.count')) return 'embeddings'
  if (span.has('gen_ai.retrieval.documents') || span.has('gen_ai.retrieval.query.text')) return 'retrieval'
  const space = span.record.name.indexOf(' ')
  const verb = space < 0 ? span.record.name : span.record.name.slice(0, space)
  if (OPERATIONS.has(verb)) return verb
  return draft.output.length > 0 || draft.finishReasons.length > 0 ? 'chat' : 'unknown'
}
