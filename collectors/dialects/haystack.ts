import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { addDocuments } from './reading/sources.ts'
import { fieldsOf, structureOf } from './reading/text.ts'

const COMPONENT = 'haystack.component.'
const PIPELINE = 'haystack.pipeline.'

/** Which call a component is, by how the name of its class ends. */
const OPERATIONS: readonly [end: string, operation: string][] = [
  ['ChatGenerator', 'chat'],
  ['Generator', 'text_completion'],
  ['Retriever', 'retrieval'],
  ['Ranker', 'rerank'],
  ['Embedder', 'embeddings'],
  ['Agent', 'invoke_agent'],
]

/** Haystack's own tracer: each component of a pipeline with its input and output as JSON text. */
export const haystack: Dialect = {
  name: 'haystack',
  versions: 'Haystack 2.18 with content tracing',
  signs: { prefixes: ['haystack.'] },
  remedy: 'set HAYSTACK_CONTENT_TRACING_ENABLED=true in the application',
  read(record, draft) {
    const type = record.peek(`${COMPONENT}type`)
    const known = typeof type === 'string' ? OPERATIONS.find(([end]) => type.endsWith(end)) : undefined
    draft.operation ??= known?.[1] ?? (record.has(`${COMPONENT}name`) ? 'step' : 'invoke_workflow')
    readInput(record, `${COMPONENT}input`, draft)
    readInput(record, `${PIPELINE}input_data`, draft)
    if (draft.operation === 'embeddings') return
    if (draft.operation === 'retrieval' || draft.operation === 'rerank') return readDocuments(record, draft)
    readOutput(record, `${COMPONENT}output`, draft)
    readOutput(record, `${PIPELINE}output_data`, draft)
  },
}

function readDocuments(record: RecordReader, draft: Draft): void {
  const key = `${COMPONENT}output`
  const documents = fieldsOf(structureOf(record.peek(key)))?.['documents']
  if (!Array.isArray(documents)) return
  record.take(key)
  addDocuments(documents, `${key}.documents`, draft)
}
