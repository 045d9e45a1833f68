import { hasText, type Draft, type FieldKeys } from '../dialect.ts'
import { fieldFiller } from './fields.ts'
import { textMessage } from './messages.ts'
import type { AttributeReader, RecordReader } from './reader.ts'
import { readDocuments } from './sources.ts'
import { nameAfterVerb, readToolCall, type ToolCallKeys } from './tools.ts'

/**
 * Attributes that mean the same in every version of the conventions. Read first for every record that any dialect matches;
 * also from the attributes of an event that repeats them.
 */
const STANDARD: FieldKeys = {
  operation: ['gen_ai.operation.name'],
  provider: ['gen_ai.provider.name', 'gen_ai.system'],
  requestedModel: ['gen_ai.request.model'],
  model: ['gen_ai.response.model'],
  fingerprint: ['openai.response.system_fingerprint', 'gen_ai.openai.response.system_fingerprint'],
  promptName: ['gen_ai.prompt.name'],
  promptVersion: ['gen_ai.prompt.version'],
  route: ['weir.route'],
  conversationId: ['gen_ai.conversation.id', 'session.id'],
  user: ['user.id', 'enduser.id'],
  agent: ['gen_ai.agent.id', 'gen_ai.agent.name'],
  onBehalfOf: ['weir.on_behalf_of'],
  inputTokens: ['gen_ai.usage.input_tokens'],
  outputTokens: ['gen_ai.usage.output_tokens'],
  cachedInputTokens: ['gen_ai.usage.cache_read.input_tokens'],
  cacheWriteTokens: ['gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.cache_creation.input_tokens'],
  reasoningTokens: ['gen_ai.usage.reasoning.output_tokens'],
  finishReasons: ['gen_ai.response.finish_reasons'],
}
const fillStandard = fieldFiller(STANDARD)

/** Words that some write for an operation of the conventions. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['chat.completions', 'chat'],
  ['text.completions', 'text_completion'],
  ['chat_completion', 'chat'],
  ['completion', 'chat'],
  ['responses', 'chat'],
  ['embedding', 'embeddings'],
  ['embed', 'embeddings'],
  ['embed_content', 'embeddings'],
  ['tool_call', 'execute_tool'],
  ['workflow', 'invoke_workflow'],
])

export function readStandard(reader: AttributeReader, draft: Draft): void {
  fillStandard(reader, draft)
  if (draft.operation !== undefined) draft.operation = ALIASES.get(draft.operation) ?? draft.operation
}

const TOOL_CALL: ToolCallKeys = {
  name: ['gen_ai.tool.name'],
  id: ['gen_ai.tool.call.id'],
  type: ['gen_ai.tool.type'],
  arguments: ['gen_ai.tool.call.arguments', 'gen_ai.tool.input'],
  result: ['gen_ai.tool.call.result', 'gen_ai.tool.output'],
}

/** What a call did beside talking to a model: ran a tool, searched, read a resource. */
export function readUse(record: RecordReader, draft: Draft): void {
  // A model's call may name the tool it asks for; that stands in its output.
  const mayBeTool = draft.operation === undefined || draft.operation === 'execute_tool'
  if (mayBeTool && TOOL_KEYS.some((key) => record.has(key))) readToolCall(record, TOOL_CALL, draft)
  const dataSource = record.text('gen_ai.data_source.id')
  if (dataSource !== undefined) draft.sources.push({ id: dataSource })
  const resource = record.text('mcp.resource.uri')
  if (resource !== undefined) draft.sources.push({ uri: resource })
  readDocuments(record, 'gen_ai.retrieval.documents', draft)
  if (draft.input.length > 0) return
  const query = record.text('gen_ai.retrieval.query.text') ?? record.text('gen_ai.memory.query.text')
  if (query !== undefined) draft.input = [textMessage(query, 'user')]
}

const TOOL_KEYS = ['gen_ai.tool.name', 'gen_ai.tool.call.id', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result']

/** A tool's call has a name, whoever left it out. */
export function nameToolCall(record: RecordReader, draft: Draft): void {
  if (draft.operation !== 'execute_tool') return
  const [call] = draft.toolCalls
  if (call === undefined) draft.toolCalls.push({ name: nameAfterVerb(record.name) ?? 'unknown' })
  else if (call.name === '') call.name = nameAfterVerb(record.name) ?? 'unknown'
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
export function inferOperation(record: RecordReader, draft: Draft): string {
  if (draft.toolCalls.length > 0) return 'execute_tool'
  if (record.has('gen_ai.embeddings.dimension.count')) return 'embeddings'
  if (record.has('gen_ai.retrieval.documents') || record.has('gen_ai.retrieval.query.text')) return 'retrieval'
  if (draft.evaluations.length > 0 && draft.output.length === 0) return 'evaluate'
  const space = record.name.indexOf(' ')
  const verb = space < 0 ? record.name : record.name.slice(0, space)
  if (OPERATIONS.has(verb)) return verb
  return hasText(draft) || draft.finishReasons.length > 0 || draft.outputTokens !== undefined ? 'chat' : 'unknown'
}
