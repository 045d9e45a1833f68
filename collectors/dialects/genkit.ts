import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { readDocumentsOutput } from './reading/sources.ts'
import { fieldsOf, structureOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  model: 'chat',
  embedder: 'embeddings',
  retriever: 'retrieval',
  reranker: 'rerank',
  tool: 'execute_tool',
  flow: 'invoke_workflow',
  evaluator: 'evaluate',
}

/** Genkit: each action's input and output as JSON text; what kind of action it is stands in its metadata. */
export const genkit: Dialect = {
  name: 'genkit',
  versions: 'Genkit JS 1.42',
  signs: { prefixes: ['genkit:'] },
  remedy: 'leave disableLoggingInputAndOutput of the telemetry settings unset',
  read(record, draft) {
    const kind = record.peek('genkit:metadata:subtype')
    draft.operation ??= (typeof kind === 'string' ? OPERATIONS[kind] : undefined) ?? 'step'
    if (kind === 'model' || kind === 'embedder' || kind === 'reranker') readModel(record, draft)
    readUsage(record, draft)
    if (draft.operation === 'execute_tool') {
      const keys = { name: ['genkit:name'], arguments: ['genkit:input'], result: ['genkit:output'] }
      return readToolCall(record, keys, draft)
    }
    readInput(record, 'genkit:input', draft)
    if (draft.operation === 'embeddings') return
    if (draft.operation === 'retrieval' && readDocumentsOutput(record, 'genkit:output', draft)) return
    readOutput(record, 'genkit:output', draft)
  },
}

/** `plugin/model`: of the plugins that are called after their provider, it is told too. */
function readModel(record: RecordReader, draft: Draft): void {
  const name = record.text('genkit:name')
  if (name === undefined) return
  const slash = name.indexOf('/')
  const provider = PLUGINS[name.slice(0, Math.max(0, slash))]
  draft.provider ??= provider
  draft.requestedModel ??= provider === undefined ? name : name.slice(slash + 1)
}

const PLUGINS: Readonly<Record<string, string>> = {
  googleai: 'gcp.gemini',
  vertexai: 'gcp.vertex_ai',
  openai: 'openai',
  anthropic: 'anthropic',
}

/** Thoughts are counted beside the answer, as Gemini does. */
function readUsage(record: RecordReader, draft: Draft): void {
  const usage = fieldsOf(fieldsOf(structureOf(record.peek('genkit:output')))?.['usage'])
  if (usage === undefined) return
  const answer = countOf(usage['outputTokens'])
  const thoughts = countOf(usage['thoughtsTokens'])
  draft.inputTokens ??= countOf(usage['inputTokens'])
  draft.cachedInputTokens ??= countOf(usage['cachedContentTokens'])
  draft.reasoningTokens ??= thoughts
  if (answer !== undefined) draft.outputTokens ??= answer + (thoughts ?? 0)
}
