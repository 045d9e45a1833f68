import type { Dialect } from './dialect.ts'

/** The Model Context Protocol's spans, client and server side. What was called stands in the standard attributes. */
export const mcp: Dialect = {
  name: 'mcp',
  versions: 'OpenTelemetry MCP conventions, 1.39 on',
  signs: { keys: ['mcp.method.name'] },
  isAccent: true,
  read(record, draft) {
    const method = record.peek('mcp.method.name')
    if (typeof method !== 'string' || method === '') return
    draft.operation ??= method === 'tools/call' ? 'execute_tool' : method
  },
}
