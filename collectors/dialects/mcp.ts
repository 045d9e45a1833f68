import type { Dialect, Draft } from './dialect.ts'
import type { AnyValue } from './record.ts'
import type { RecordReader } from './reading/reader.ts'
import { fieldsOf, fieldText, plain, structureOf, textOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

/** The Model Context Protocol's spans, client and server side. What was called stands in the standard attributes. */
export const mcp: Dialect = {
  name: 'mcp',
  versions: 'OpenTelemetry MCP conventions, 1.39 on',
  signs: { keys: ['mcp.method.name'] },
  isAccent: true,
  read(record, draft) {
    const method = record.peek('mcp.method.name')
    if (typeof method !== 'string' || method === '') return
    const isCall = method === 'tools/call'
    draft.operation ??= isCall ? 'execute_tool' : method
    if (isCall) readCall(record, draft)
    if (record.peek('mcp.tool.result.is_error') === true) draft.error ??= { type: TOOL_ERROR }
  },
}

const TOOL_ERROR = 'tool_error'
const ARGUMENTS = 'mcp.request.argument'

/** Before the conventions had keys for them, what was asked and answered stood in the protocol's own messages. */
function readCall(record: RecordReader, draft: Draft): void {
  const call = fieldsOf(structureOf(record.peek(ARGUMENTS)))
  const params = fieldsOf(call?.['params'])
  readToolCall(record, { name: ['mcp.tool.name'], result: ['mcp.tool.result.content', 'mcp.response.value'] }, draft)
  const [made] = draft.toolCalls
  if (made === undefined) return
  if (made.name === '') made.name = fieldText(params?.['name']) ?? ''
  if (made.arguments === undefined && call !== undefined) {
    record.take(ARGUMENTS)
    made.arguments = textOf(params?.['arguments'] ?? call)
  }
  const given = oneByOne(record)
  if (made.arguments === undefined && given !== undefined) made.arguments = given
  const answer = fieldsOf(structureOf(made.result))
  if (answer?.['isError'] === true) draft.error ??= { type: TOOL_ERROR }
}

/** Sentry writes an attribute for each argument. */
function oneByOne(record: RecordReader): string | undefined {
  const given: [string, AnyValue][] = []
  record.forEachWith(`${ARGUMENTS}.`, (key, value) => {
    record.take(key)
    given.push([key.slice(ARGUMENTS.length + 1), plain(value)])
  })
  return given.length === 0 ? undefined : textOf(Object.fromEntries(given))
}
