import type { Dialect, Draft } from './dialect.ts'
import { takeIndexed } from './reading/indexed.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { EventReader, RecordReader } from './reading/reader.ts'
import { addDocuments } from './reading/sources.ts'
import { isEmpty, plain, type Fields } from './reading/text.ts'
import { readToolCall, type ToolCallKeys } from './reading/tools.ts'
import { dropVectors } from './reading/vectors.ts'

const ASSOCIATION = 'traceloop.association.properties.'
const RESULT_EVENTS: ReadonlySet<string> = new Set(['db.query.result', 'db.search.result'])
const RESULT_KEYS = ['id', 'score', 'distance', 'metadata', 'document', 'entity']
/** Vector stores that are asked; each writes keys of its own beside the rows. */
const STORE_QUERIES = [
  ...['db.vector.query.', 'db.pinecone.query.', 'pinecone.query.', 'db.chroma.query.', 'qdrant.search'],
  ...['db.qdrant.search', 'db.milvus.search.', 'db.milvus.query.', 'db.marqo.search.', 'db.weaviate.query'],
]
const COLLECTIONS = [
  ...['db.collection.name', 'db.milvus.search.collection_name', 'db.milvus.query.collection_name'],
  ...['qdrant.search.collection_name', 'db.qdrant.search.collection_name', 'pinecone.query.namespace'],
]

/**
 * OpenLLMetry since it writes OpenTelemetry's messages: what it adds are workflows, tasks and tools with their input and
 * output, association properties, and the rows a vector store answered with.
 */
export const openllmetry: Dialect = {
  name: 'openllmetry',
  versions: 'OpenLLMetry JS 0.27, Python 0.62 (Traceloop)',
  signs: {
    prefixes: ['traceloop.', ...STORE_QUERIES],
    events: [...RESULT_EVENTS],
    scopes: ['@traceloop/', 'opentelemetry.instrumentation.openai.v1', 'opentelemetry.instrumentation.langchain'],
  },
  isAccent: true,
  fields: {
    user: [`${ASSOCIATION}user_id`],
    conversationId: [`${ASSOCIATION}session_id`],
    promptName: ['traceloop.prompt.key'],
    promptVersion: ['traceloop.prompt.version'],
    fingerprint: ['gen_ai.openai.system_fingerprint'],
  },
  remedy: 'set TRACELOOP_TRACE_CONTENT=true in the application (traceContent: true in its code)',
  read(record, draft) {
    readOperation(record, draft)
    if (draft.operation === 'execute_tool') {
      readToolCall(record, TOOL_CALL, draft)
    } else {
      readInput(record, 'traceloop.entity.input', draft)
      readOutput(record, 'traceloop.entity.output', draft)
    }
    readQuery(record, draft)
    readRows(record, draft)
  },
}

/** A vector store that was asked: which collection, and for what. */
function readQuery(record: RecordReader, draft: Draft): void {
  if (draft.operation !== undefined || !STORES.some((key) => record.has(key)) || !asksStore(record)) return
  // Chroma's own half of a query says only which segment it read.
  draft.operation = record.name.includes('.segment.') ? 'step' : 'retrieval'
  const collection = COLLECTIONS.find((key) => record.has(key))
  const name = collection === undefined ? undefined : record.text(collection)
  if (name !== undefined) draft.sources.push({ id: name })
  readInput(record, 'db.marqo.search.query', draft)
}

const STORES = ['db.system', 'db.system.name']

function asksStore(record: RecordReader): boolean {
  let asks = false
  for (const prefix of STORE_QUERIES) record.forEachWith(prefix, () => (asks = true))
  return asks
}

const TOOL_CALL: ToolCallKeys = {
  name: ['traceloop.entity.name'],
  arguments: ['traceloop.entity.input'],
  result: ['traceloop.entity.output'],
  isWrapped: true,
}

const KINDS: Readonly<Record<string, string>> = {
  workflow: 'invoke_workflow',
  task: 'step',
  agent: 'invoke_agent',
  tool: 'execute_tool',
}

function readOperation(record: RecordReader, draft: Draft): void {
  const kind = record.peek('traceloop.span.kind')
  const word = typeof kind === 'string' ? (KINDS[kind] ?? 'step') : undefined
  draft.operation ??= word
}

function readRows(record: RecordReader, draft: Draft): void {
  record.events.forEach((event, index) => {
    if (event.name.endsWith('.embeddings')) dropVectors(event, 'db.', draft)
    if (!RESULT_EVENTS.has(event.name)) return
    dropVectors(event, `${event.name}.vector`, draft)
    const rows = [rowOf(event), ...takeIndexed(event, `${event.name}.`)].filter((row) => !isEmpty(row))
    if (rows.length === 0) return
    event.used = true
    addDocuments(rows, `event[${index}].${event.name}`, draft)
    draft.operation ??= 'retrieval'
  })
}

function rowOf(event: EventReader): Fields {
  const row: Fields = {}
  for (const key of RESULT_KEYS) {
    const value = event.take(`${event.name}.${key}`)
    // Milvus answers with the fields that were asked for.
    if (value !== undefined) row[key === 'entity' ? 'document' : key] = plain(value)
  }
  return row
}
