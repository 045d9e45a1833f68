import { rowsOf, type StoreClient } from '../../sinks/clickhouse/client.ts'
import type { Problem } from './checks.ts'
import { keyOf, type Load } from './senders.ts'
import type { Expected, ExpectedCall } from './workload.ts'

/* Calls that were sent in pieces: whole again when they are read, whichever piece came first. */

interface JoinedRow {
  trace_id: string
  span_id: string
  joined: string
  halves: number
  input_chars: number
  output_chars: number
  input: string
  output: string
}

/** One row for each call in `calls`, with what its log records say; one in `billable_calls`; each answer's findings in context. */
export async function checkJoined(client: StoreClient, load: Load): Promise<Problem[]> {
  const sent = [...load.sent.values()].map(({ expected }) => expected)
  const calls = sent.filter((one): one is Expected & { call: ExpectedCall } => one.call !== undefined)
  if (calls.length === 0) return []
  const rows = await joinedRows(client)
  const found = await foundRows(client)
  const problems = calls.flatMap((one) =>
    callProblems(one, rows.get(keyOf(one)) ?? []).concat(foundProblems(one, found.get(keyOf(one)) ?? [])),
  )
  for (const [span, list] of rows)
    if (!load.sent.has(span)) problems.push(wrong(`calls has ${list.length} rows of ${span}, which was never sent`))
  return [...problems, ...(await billedProblems(client, calls))]
}

const wrong = (text: string): Problem => ({ kind: 'wrong', text })
const lost = (text: string): Problem => ({ kind: 'lost', text })

function callProblems(expected: Expected & { call: ExpectedCall }, rows: readonly JoinedRow[]): Problem[] {
  const { call } = expected
  const span = keyOf(expected)
  const [row] = rows
  if (row === undefined) return [lost(`call ${span} is not in calls`)]
  if (rows.length > 1) return [{ kind: 'doubled', text: `call ${span} is in calls ${rows.length} times` }]
  const said = { joined: row.joined, halves: row.halves, inputChars: row.input_chars, outputChars: row.output_chars }
  const joined = call.halves > 0 ? 'joined' : 'span_alone'
  const due = { joined, halves: call.halves, inputChars: call.inputChars, outputChars: call.outputChars }
  if (JSON.stringify(said) !== JSON.stringify(due))
    return [lost(`call ${span} is ${JSON.stringify(said)}, sent was ${JSON.stringify(due)}`)]
  if (call.texts === undefined) return []
  const texts = { input: contentsOf(row.input), output: contentsOf(row.output) }
  const same = JSON.stringify(texts) === JSON.stringify(call.texts)
  return same ? [] : [wrong(`call ${span} has other texts than were sent`)]
}

/** All that was said, one text after the other. */
function contentsOf(json: string): string {
  const messages = json === '' ? [] : (JSON.parse(json) as { parts: { content: string }[] }[])
  return messages.flatMap(({ parts }) => parts.map(({ content }) => content)).join('')
}

async function joinedRows(client: StoreClient): Promise<Map<string, JoinedRow[]>> {
  const rows = await rowsOf<JoinedRow>(
    client,
    `SELECT trace_id, span_id, joined, toFloat64(length(halves)) AS halves, toFloat64(input_chars) AS input_chars,
       toFloat64(output_chars) AS output_chars, input, output FROM ${client.database}.calls`,
  )
  return bySpan(rows, (row) => row)
}

function foundProblems(expected: Expected & { call: ExpectedCall }, found: readonly string[]): Problem[] {
  const [due, there] = [expected.call.found, found].map((list) => [...list].sort().join(', '))
  return due === there ? [] : [wrong(`the answer of ${keyOf(expected)} holds in context ${there}, sent was ${due}`)]
}

async function foundRows(client: StoreClient): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ trace_id: string; span_id: string; what: string }>(
    client,
    `SELECT trace_id, span_id, concat(type, ' ', provenance, ' ', severity) AS what
     FROM ${client.database}.findings_in_context WHERE direction = 'output'`,
  )
  return bySpan(rows, ({ what }) => what)
}

function bySpan<R extends { trace_id: string; span_id: string }, T>(
  rows: readonly R[],
  value: (row: R) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf({ traceId: row.trace_id, spanId: row.span_id })
    groups.set(key, [...(groups.get(key) ?? []), value(row)])
  }
  return groups
}

async function billedProblems(
  client: StoreClient,
  calls: readonly (Expected & { call: ExpectedCall })[],
): Promise<Problem[]> {
  const [row] = await rowsOf<{ n: number; views: number }>(
    client,
    `SELECT toFloat64(count()) AS n, toFloat64(sum(length(views))) AS views FROM ${client.database}.billable_calls`,
  )
  const pieces = calls.reduce((sum, { call }) => sum + 1 + call.halves, 0)
  if (row?.n === calls.length && row.views === pieces) return []
  return [wrong(`${row?.n} calls of ${row?.views} pieces are billed, sent were ${calls.length} of ${pieces}`)]
}
