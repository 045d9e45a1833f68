import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput, readSystem } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { addDocuments } from './reading/sources.ts'
import { listOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const VENDOR = 'spring.ai.'
const CLIENT = `${VENDOR}chat.client.`
const STORE = 'db.vector.query.'

const OPERATIONS: Readonly<Record<string, string>> = {
  chat_client: 'step',
  advisor: 'step',
  tool_call: 'execute_tool',
  vector_store: 'retrieval',
}

/** Spring AI: models in OpenTelemetry's attributes, and around them clients, advisors, tools and vector stores of its own. */
export const springAi: Dialect = {
  name: 'spring-ai',
  versions: 'Spring AI 1.0',
  signs: { prefixes: [VENDOR] },
  isAccent: true,
  fields: { conversationId: [`${CLIENT}conversation.id`] },
  remedy:
    'set spring.ai.chat.observations.log-prompt and log-completion to true, or add an instrumentation that sends text in spans',
  read(record, draft) {
    const kind = record.peek(`${VENDOR}kind`)
    if (typeof kind === 'string') draft.operation = OPERATIONS[kind] ?? draft.operation
    // It names itself; which provider answers stands in the span of the model.
    if (draft.provider === 'spring_ai') draft.provider = undefined
    if (kind === 'vector_store') return readStore(record, draft)
    if (kind === 'tool_call') return readTool(record, draft)
    readSystem(record, `${CLIENT}system.text`, draft)
    readInput(record, `${CLIENT}user.text`, draft)
  },
}

function readTool(record: RecordReader, draft: Draft): void {
  const keys = {
    name: [`${VENDOR}tool.definition.name`],
    arguments: [`${VENDOR}tool.call.arguments`],
    result: [`${VENDOR}tool.call.result`],
  }
  readToolCall(record, keys, draft)
}

function readStore(record: RecordReader, draft: Draft): void {
  // Documents are added to a store and removed from it, too.
  if (record.has('db.operation.name') && record.peek('db.operation.name') !== 'query') draft.operation = 'step'
  const collection = record.text('db.collection.name')
  if (collection !== undefined) draft.sources.push({ id: collection })
  readInput(record, `${STORE}content`, draft)
  const documents = listOf(record.peek(`${STORE}response.documents`))
  if (documents === undefined) return readOutput(record, `${STORE}response.documents`, draft)
  record.take(`${STORE}response.documents`)
  addDocuments(documents, `${STORE}response.documents`, draft)
}
