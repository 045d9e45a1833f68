import type { Evaluation, Message, SourceUse, ToolCall } from '../../schemas/interaction.ts'
import { rowsOf, type StoreClient } from '../../sinks/clickhouse/index.ts'

/** More turns of a session are not shown. */
export const MAX_TURNS = 500
/** Findings, and the traces of a conversation. */
const MAX_ROWS = 10_000

export interface Turn {
  id: string
  /** All views of the call and log records of it, this one too; one where only one was stored. */
  views: string[]
  /** A span with what log records say of it, a span that has none, or log records whose span has not come. */
  joined: 'joined' | 'span_alone' | 'log_alone'
  traceId: string
  spanId: string
  startedAt: string
  durationMs: number
  operation: string
  name: string
  service: string
  actor: { user: string; agent: string }
  model: string
  release: string
  /** Only what was not said in an earlier turn of this session; each with its place in the stored interaction `record`. */
  messages: TurnMessage[]
  toolCalls: ToolCall[]
  sources: SourceUse[]
  evaluations: Evaluation[]
  tokens: { input: number | null; output: number | null }
  cost: number | null
  error: { type: string; message: string } | null
  /** Why text is missing. */
  noText: string
  /** Findings that stand in no message shown. */
  findings: TurnFinding[]
}

export interface TurnMessage extends Message {
  direction: 'system' | 'input' | 'output'
  record: string
  index: number
  findings: TurnFinding[]
}

export interface TurnFinding {
  type: string
  severity: string
  provenance: string
  direction: string
  message: number
  part: number
  field: string
  range: [start: number, end: number]
  snippet: string
}

export interface Session {
  tenant: string
  /** Empty where the calls name none. */
  conversation: string
  traces: string[]
  turns: Turn[]
  /** Turns beyond the bound. */
  more: boolean
}

interface Row {
  id: string
  joined: Turn['joined']
  halves: string[]
  trace_id: string
  span_id: string
  conversation_id: string
  started_at: string
  duration_us: number
  operation: string
  name: string
  service: string
  actor_user: string
  actor_agent: string
  requested_model: string
  model: string
  release: string
  tool_calls: string
  sources: string
  evaluations: string
  input_tokens: number | null
  output_tokens: number | null
  cost: number | null
  error_type: string
  error_message: string
  capture_input: string
  capture_output: string
  capture_reason: string
}

interface Call {
  id: string
  text_id: string
  views: string[]
  input_tokens: number | null
  output_tokens: number | null
  cost: number | null
}

/** What one record says. */
interface Said {
  id: string
  system: string
  input: string
  output: string
}

interface FindingRow extends Omit<TurnFinding, 'range'> {
  interaction_id: string
  start: number
  end: number
}

/** The session that an interaction, a trace or a conversation of this id belongs to; undefined when nothing has it. */
export async function readSession(store: StoreClient, tenant: string, id: string): Promise<Session | undefined> {
  const { database } = store
  const named = await rowsOf<{ id: string; trace_id: string; conversation_id: string }>(
    store,
    `SELECT DISTINCT id, trace_id, conversation_id FROM ${database}.turns
      WHERE tenant = {tenant:String} AND (id = {id:String} OR trace_id = {id:String} OR conversation_id = {id:String})
      LIMIT ${MAX_ROWS}`,
    { tenant, id },
  )
  if (named.length === 0) return undefined
  const isConversation = named.some((row) => row.conversation_id === id)
  const one = isConversation ? undefined : named.find((row) => row.id === id)
  const conversation = isConversation ? id : (one?.conversation_id ?? '')
  const traces = await tracesOf(store, tenant, conversation, one?.trace_id ?? (isConversation ? '' : id))
  // What has no trace is found by what it is, and read with what has none.
  const anywhere = named.some((row) => row.trace_id === '') ? [...traces, ''] : traces
  const scope = { tenant, traces: anywhere, conversation, id: one?.id ?? '' }
  const rows = await rowsOf<Row>(store, turnsSql(database), scope)
  const calls = await rowsOf<Call>(store, callsSql(database), { tenant, traces })
  const records = { tenant, traces: anywhere, ids: rows.flatMap((row) => [row.id, ...row.halves]) }
  const said = await rowsOf<Said>(store, saidSql(database), records)
  const findings = await rowsOf<FindingRow>(store, findingsSql(database), records)
  const turns = turnsOf(rows.slice(0, MAX_TURNS), calls, said, findings)
  return { tenant, conversation, traces, turns, more: rows.length > MAX_TURNS }
}

async function tracesOf(store: StoreClient, tenant: string, conversation: string, trace: string): Promise<string[]> {
  if (conversation === '') return trace === '' ? [] : [trace]
  const rows = await rowsOf<{ trace_id: string }>(
    store,
    `SELECT DISTINCT trace_id FROM ${store.database}.turns
      WHERE tenant = {tenant:String} AND conversation_id = {conversation:String} AND trace_id != ''
      ORDER BY trace_id LIMIT ${MAX_ROWS}`,
    { tenant, conversation },
  )
  return rows.map((row) => row.trace_id)
}

/** Tools and searches rarely name the conversation, but share its traces. */
const IN_SCOPE = `tenant = {tenant:String} AND trace_id IN {traces:Array(String)} AND (trace_id != '' OR id = {id:String}
    OR ({conversation:String} != '' AND conversation_id = {conversation:String}))`

const turnsSql = (database: string): string => `
  SELECT id, joined, halves, trace_id, span_id, conversation_id, toString(started_at) AS started_at, toFloat64(duration_us) AS duration_us,
    operation, name, service, actor_user, actor_agent, requested_model, model, release, tool_calls, sources, evaluations,
    input_tokens, output_tokens, cost, error_type, error_message, capture_input, capture_output, capture_reason
  FROM ${database}.calls AS t WHERE ${IN_SCOPE}
  ORDER BY t.started_at, span_id, id LIMIT ${MAX_TURNS + 1}`

/** What has no trace is seen once. */
const callsSql = (database: string): string => `
  SELECT id, text_id, views, input_tokens, output_tokens, cost FROM ${database}.trace_calls
  WHERE tenant = {tenant:String} AND trace_id IN {traces:Array(String)}`

const saidSql = (database: string): string => `
  SELECT id, system, input, output FROM ${database}.turns
  WHERE tenant = {tenant:String} AND trace_id IN {traces:Array(String)} AND id IN {ids:Array(String)}`

const findingsSql = (database: string): string => `
  SELECT interaction_id, type, severity, provenance, direction, message, part, field, toFloat64(range_start) AS start,
    toFloat64(range_end) AS end, snippet
  FROM ${database}.findings_in_context
  WHERE tenant = {tenant:String} AND trace_id IN {traces:Array(String)} AND interaction_id IN {ids:Array(String)}
  ORDER BY interaction_id, message, part, field, start LIMIT ${MAX_ROWS}`

/** A finding, and the record it was found in. */
interface Found extends TurnFinding {
  record: string
}

function turnsOf(
  rows: readonly Row[],
  calls: readonly Call[],
  texts: readonly Said[],
  rowsFound: readonly FindingRow[],
): Turn[] {
  const callOf = new Map(calls.flatMap((call) => call.views.map((view): [string, Call] => [view, call])))
  const saidIn = new Map(texts.map((text) => [text.id, text]))
  const found = new Map<string, Found[]>()
  for (const { interaction_id: record, start, end, ...finding } of rowsFound) {
    const before = found.get(record) ?? []
    found.set(record, [...before, { ...finding, record, range: [start, end] }])
  }
  const said = new Set<string>()
  const turns: Turn[] = []
  for (const row of rows) {
    const call = callOf.get(row.id)
    const records = recordsOf(row)
    // other views of a call say the same again
    if (call && !records.includes(call.text_id)) continue
    const span = row.joined === 'log_alone' ? undefined : saidIn.get(row.id)
    const halves = row.halves.flatMap((id) => saidIn.get(id) ?? [])
    const findings = records.flatMap((id) => found.get(id) ?? [])
    turns.push(turnOf(row, call, newMessages(span, halves, said), findings))
  }
  return turns
}

/** Ids of what was stored of a call, its span first. */
const recordsOf = ({ id, joined, halves }: Row): string[] => (joined === 'log_alone' ? halves : [id, ...halves])

type NewMessage = Omit<TurnMessage, 'findings'>

function turnOf(row: Row, call: Call | undefined, said: readonly NewMessage[], found: readonly Found[]): Turn {
  const shown = new Set<Found>()
  const messages = said.map((message): TurnMessage => {
    const { direction, record, index } = message
    const own = found.filter((one) => one.record === record && one.direction === direction && one.message === index)
    for (const one of own) shown.add(one)
    return { ...message, findings: own.map(withoutRecord) }
  })
  const noText = row.capture_input === 'absent' && row.capture_output === 'absent' ? row.capture_reason : ''
  const { input_tokens: input, output_tokens: output, cost } = call ?? row
  return {
    id: row.id,
    views: call?.views ?? recordsOf(row),
    joined: row.joined,
    traceId: row.trace_id,
    spanId: row.span_id,
    startedAt: row.started_at,
    durationMs: row.duration_us / 1_000,
    operation: row.operation,
    name: row.name,
    service: row.service,
    actor: { user: row.actor_user, agent: row.actor_agent },
    model: row.model || row.requested_model,
    release: row.release,
    messages,
    toolCalls: parsed<ToolCall>(row.tool_calls),
    sources: parsed<SourceUse>(row.sources),
    evaluations: parsed<Evaluation>(row.evaluations),
    tokens: { input, output },
    cost,
    error: row.error_type === '' ? null : { type: row.error_type, message: row.error_message },
    noText,
    findings: found.filter((one) => !shown.has(one)).map(withoutRecord),
  }
}

const withoutRecord = ({ record: _, ...finding }: Found): TurnFinding => finding

/**
 * A chat sends everything said so far again: only what is new is part of a turn. Log records speak where their span says
 * nothing, as in the view `calls`.
 */
function newMessages(span: Said | undefined, halves: readonly Said[], said: Set<string>): NewMessage[] {
  const messages: NewMessage[] = []
  for (const direction of ['system', 'input', 'output'] as const) {
    const speaking = span === undefined || span[direction] === '' ? halves : [span]
    const all = speaking.flatMap(({ id, [direction]: json }) =>
      parsed<Message>(json).map((message, index) => ({ ...message, direction, record: id, index })),
    )
    for (const message of all) {
      const what = JSON.stringify([message.role, message.parts.map(({ type, content, name }) => [type, content, name])])
      const isNew = !said.has(what)
      said.add(what)
      if (!isNew && direction !== 'output') continue
      messages.push(message)
    }
  }
  return messages
}

const parsed = <T>(json: string): T[] => (json === '' ? [] : (JSON.parse(json) as T[]))
