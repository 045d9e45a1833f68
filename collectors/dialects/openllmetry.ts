import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { addDocuments } from './reading/sources.ts'
import { plain, type Fields } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const ASSOCIATION = 'traceloop.association.properties.'
const RESULT_EVENT = 'db.query.result'
const RESULT_KEYS = ['id', 'score', 'distance', 'metadata', 'document']

/**
 * OpenLLMetry since it writes OpenTelemetry's messages: what it adds are workflows, tasks and tools with their input and
 * output, association properties, and the rows a vector store answered with.
 */
export const openllmetry: Dialect = {
  name: 'openllmetry',
  versions: 'OpenLLMetry JS 0.27, Python 0.62 (Traceloop)',
  signs: {
    prefixes: ['traceloop.'],
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
      const keys = { name: ['traceloop.entity.name'], arguments: ['traceloop.entity.input'] }
      readToolCall(record, { ...keys, result: ['traceloop.entity.output'] }, draft)
    } else {
      readInput(record, 'traceloop.entity.input', draft)
      readOutput(record, 'traceloop.entity.output', draft)
    }
    readRows(record, draft)
  },
}

const KINDS: Readonly<Record<string, string>> = {
  workflow: 'invoke_workflow',
  task: 'step',
  agent: 'invoke_agent',
  tool: 'execute_tool',
}

function readOperation(record: RecordReader, draft: Draft): void {
  const kind = record.peek('traceloop.span.kind')
  const word = typeof kind === 'string' ? KINDS[kind] : undefined
  draft.operation ??= word
}

function readRows(record: RecordReader, draft: Draft): void {
  record.events.forEach((event, index) => {
    if (event.name !== RESULT_EVENT) return
    const row: Fields = {}
    for (const key of RESULT_KEYS) {
      const value = event.take(`${RESULT_EVENT}.${key}`)
      if (value !== undefined) row[key] = plain(value)
    }
    if (Object.keys(row).length === 0) return
    event.used = true
    addDocuments([row], `event[${index}].${RESULT_EVENT}`, draft)
    draft.operation ??= 'retrieval'
  })
}
