import type { Dialect, Draft } from './dialect.ts'
import { takeIndexed } from './reading/indexed.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { addDocuments, readDocumentsOutput } from './reading/sources.ts'
import { fieldsOf, structureOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  llm: 'chat',
  embedding: 'embeddings',
  retriever: 'retrieval',
  tool: 'execute_tool',
  chain: 'step',
  prompt: 'step',
  parser: 'step',
}

/** LangSmith's tracer when it writes OpenTelemetry: whole requests and answers in `gen_ai.prompt` and `gen_ai.completion`. */
export const langsmith: Dialect = {
  name: 'langsmith',
  versions: 'LangSmith Python 0.15 (LANGSMITH_OTEL_ENABLED), JS 0.12',
  signs: { prefixes: ['langsmith.'] },
  isAccent: true,
  fields: {
    user: ['langsmith.metadata.user_id'],
    conversationId: ['langsmith.metadata.session_id', 'langsmith.metadata.thread_id', 'langsmith.trace.session_id'],
    requestedModel: ['langsmith.metadata.ls_model_name'],
    fingerprint: ['gen_ai.response.system_fingerprint'],
    reasoningTokens: ['gen_ai.usage.details.reasoning_tokens'],
  },
  remedy: 'unset LANGSMITH_HIDE_INPUTS and LANGSMITH_HIDE_OUTPUTS in the application',
  read(record, draft) {
    readKind(record, draft)
    readFailure(record, draft)
    readDetails(record, draft)
    const documents = takeIndexed(record, 'retrieval.documents.').map((item) => fieldsOf(item)?.['document'] ?? item)
    if (documents.length > 0) addDocuments(documents, 'retrieval.documents', draft)
    if (draft.operation === 'execute_tool') {
      const keys = { arguments: ['gen_ai.prompt'], result: ['gen_ai.completion'], isWrapped: true } as const
      return readToolCall(record, keys, draft, record.name)
    }
    readInput(record, 'gen_ai.prompt', draft)
    if (draft.operation === 'retrieval' && readDocumentsOutput(record, 'gen_ai.completion', draft)) return
    readOutput(record, 'gen_ai.completion', draft)
  },
}

/** Retrievers are written with the operation `embeddings`, and chains with one of their own: the kind knows better. */
function readKind(record: RecordReader, draft: Draft): void {
  const kind = record.peek('langsmith.span.kind')
  const operation = typeof kind === 'string' ? OPERATIONS[kind] : undefined
  if (operation !== undefined && operation !== 'chat') draft.operation = operation
  else draft.operation ??= operation
  if (draft.provider === 'langchain') draft.provider = undefined
}

/** The JavaScript tracer calls a failed run OK after it has told the exception. */
function readFailure(record: RecordReader, draft: Draft): void {
  const exception = record.events.find((event) => event.name === 'exception')
  const type = exception?.text('exception.type')
  if (exception === undefined || type === undefined) return
  exception.used = true
  const message = exception.text('exception.message')
  draft.error ??= message === undefined ? { type } : { type, message }
}

function readDetails(record: RecordReader, draft: Draft): void {
  const usage = fieldsOf(structureOf(record.peek('langsmith.metadata.usage_metadata')))
  const input = fieldsOf(usage?.['input_token_details'])
  draft.inputTokens ??= countOf(usage?.['input_tokens'])
  draft.outputTokens ??= countOf(usage?.['output_tokens'])
  draft.cachedInputTokens ??= countOf(input?.['cache_read'])
  draft.cacheWriteTokens ??= countOf(input?.['cache_creation'])
  draft.reasoningTokens ??= countOf(fieldsOf(usage?.['output_token_details'])?.['reasoning'])
}
