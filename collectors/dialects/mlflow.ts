import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { readDocumentsOutput } from './reading/sources.ts'
import { fieldsOf, listOf, structureOf } from './reading/text.ts'
import { readToolCall, readTools } from './reading/tools.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  CHAT_MODEL: 'chat',
  LLM: 'chat',
  EMBEDDING: 'embeddings',
  RETRIEVER: 'retrieval',
  RERANKER: 'rerank',
  TOOL: 'execute_tool',
  AGENT: 'invoke_agent',
  WORKFLOW: 'invoke_workflow',
  CHAIN: 'step',
  TASK: 'step',
  PARSER: 'step',
  MEMORY: 'step',
  EVALUATOR: 'evaluate',
  GUARDRAIL: 'guardrail',
}

/** MLflow's tracing: every attribute is JSON text, also those that are a single word. */
export const mlflow: Dialect = {
  name: 'mlflow',
  versions: 'MLflow Python 3.17',
  signs: { prefixes: ['mlflow.'] },
  fields: { user: ['mlflow.trace.user'], conversationId: ['mlflow.trace.session'] },
  remedy:
    'MLflow always sends inputs and outputs of what it traces; trace the call itself (mlflow.<library>.autolog())',
  read(record, draft) {
    // A function of the application's own is of the type UNKNOWN, and no call of a model.
    const type = word(record, 'mlflow.spanType')
    if (type !== undefined) draft.operation ??= OPERATIONS[type] ?? 'step'
    draft.provider ??= word(record, 'mlflow.llm.provider')
    readUsage(record, draft)
    readPrompt(record, draft)
    readTools(record, 'mlflow.chat.tools', draft)
    readContent(record, draft)
    // The answer names the model that served.
    draft.model ??= word(record, 'mlflow.llm.model')
  },
}

function readContent(record: RecordReader, draft: Draft): void {
  if (draft.operation === 'execute_tool') {
    const keys = { arguments: ['mlflow.spanInputs'], result: ['mlflow.spanOutputs'] }
    return readToolCall(record, keys, draft, record.name)
  }
  readInput(record, 'mlflow.spanInputs', draft)
  if (draft.operation === 'embeddings') return
  if (draft.operation === 'retrieval' && readDocumentsOutput(record, 'mlflow.spanOutputs', draft)) return
  readOutput(record, 'mlflow.spanOutputs', draft)
}

/** The word in a JSON text, without taking the attribute. */
function word(record: RecordReader, key: string): string | undefined {
  const value = record.peek(key)
  if (typeof value !== 'string' || value === '') return undefined
  return value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
}

function readUsage(record: RecordReader, draft: Draft): void {
  const usage = fieldsOf(structureOf(record.peek('mlflow.chat.tokenUsage')))
  if (usage === undefined) return
  draft.inputTokens ??= countOf(usage['input_tokens'])
  draft.outputTokens ??= countOf(usage['output_tokens'])
  draft.cachedInputTokens ??= countOf(usage['cache_read_input_tokens'])
  draft.cacheWriteTokens ??= countOf(usage['cache_creation_input_tokens'])
}

function readPrompt(record: RecordReader, draft: Draft): void {
  const linked = fieldsOf(listOf(record.peek('mlflow.linkedPrompts'))?.[0])
  const { name, version } = linked ?? {}
  if (typeof name === 'string') draft.promptName ??= name
  if (typeof version === 'string' || typeof version === 'number') draft.promptVersion ??= String(version)
}
