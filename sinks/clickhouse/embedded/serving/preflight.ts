/**
 * clickhouse-go, the library under Grafana's data source, first asks who it speaks to and then decodes everything at the
 * revision it is told. The engine's Native blocks are of revision 0, so that is the answer, whatever the engine would say.
 */
const QUESTION = /^\s*SELECT\s+displayName\(\)\s*,\s*version\(\)\s*,\s*revision\(\)\s*,\s*timezone\(\)\s*;?\s*$/i

export const isPreflight = (sql: string): boolean => sql.length < 200 && QUESTION.test(sql)

/** Short texts only: their length fits one byte of the variable-length integer. */
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value.slice(0, 100), 'utf8')
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** One Native block of one row. */
export function preflightAnswer(version: string): Buffer {
  const column = (name: string, type: string, value: Buffer): Buffer => Buffer.concat([text(name), text(type), value])
  return Buffer.concat([
    Buffer.from([4, 1]),
    column('displayName()', 'String', text('weir')),
    column('version()', 'String', text(version)),
    column('revision()', 'UInt32', Buffer.alloc(4)),
    column('timezone()', 'String', text('UTC')),
  ])
}
