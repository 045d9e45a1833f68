import { readFileSync } from 'node:fs'
import { computeLedger, type LedgerReport } from '../../core/ledger.ts'
import { rowsOf, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { keyOf, type Load } from './senders.ts'
import type { Expected, ExpectedFinding, ExpectedSignal } from './workload.ts'

/* What must hold in the store after every round, whatever happened in it. */

export type ProblemKind = 'lost' | 'doubled' | 'wrong' | 'unbalanced' | 'rollup' | 'plaintext' | 'not_handed' | 'failed'

export interface Problem {
  kind: ProblemKind
  text: string
}

interface StoredRow {
  id: string
  span: string
  signal: ExpectedSignal
  origin: string
}

const lost = (text: string): Problem => ({ kind: 'lost', text })
const doubled = (text: string): Problem => ({ kind: 'doubled', text })
const wrong = (text: string): Problem => ({ kind: 'wrong', text })
export const failed = (text: string): Problem => ({ kind: 'failed', text })

/** Every acknowledged interaction with its findings: there, once, and as it was sent. */
export async function checkRows(client: StoreClient, load: Load): Promise<Problem[]> {
  const all = await interactionRows(client)
  const rows = groupBy(all, ({ span }) => span)
  const spans = new Map(all.map(({ id, span }) => [id, span]))
  const findings = groupBy(await findingRows(client), ({ interaction, span }) => spans.get(interaction) ?? span)
  const dead = groupBy(await deadRows(client), ({ id }) => id)
  const originals = groupBy(await originalRows(client), ({ interaction }) => interaction)
  const problems: Problem[] = []
  for (const [span, { expected, acknowledged }] of load.sent) {
    const stored = rows.get(span) ?? []
    if (expected.poison) {
      problems.push(...poisonProblems(span, stored, findings.get(span) ?? []))
      continue
    }
    if (stored.length === 0 && acknowledged)
      problems.push(lost(`interaction ${span} was acknowledged and is not stored`))
    if (stored.length > 1)
      problems.push(doubled(`interaction ${span} is stored ${stored.length} times: ${told(stored)}`))
    const [row] = stored
    if (row === undefined) continue
    problems.push(...signalProblems(row, expected))
    problems.push(...findingProblems(span, findings.get(span) ?? [], expected.findings))
    const kept = originals.get(row.id)?.length ?? 0
    const due = expected.findings.length > 0 ? 1 : 0
    if (kept !== due)
      problems.push(
        (kept < due ? lost : doubled)(`interaction ${row.id} has ${kept} sealed originals, ${due} expected`),
      )
  }
  for (const [span, stored] of rows)
    if (!load.sent.has(span)) problems.push(wrong(`interaction ${told(stored)} was never sent`))
  return [...problems, ...deadProblems(dead, load)]
}

function told(rows: readonly StoredRow[]): string {
  return rows.map(({ id, origin }) => `${id} at ${origin}`).join(', ')
}

function poisonProblems(span: string, stored: readonly StoredRow[], findings: readonly StoredFinding[]): Problem[] {
  const problems = stored.length > 0 ? [wrong(`poisonous interaction ${span} was stored all the same`)] : []
  for (const [id, copies] of groupBy(findings, (finding) => finding.id))
    if (copies.length > 1) problems.push(doubled(`finding ${id} of poisonous ${span} is stored ${copies.length} times`))
  return problems
}

/** One dead letter for every poisonous interaction and none for any other. */
function deadProblems(dead: Map<string, DeadRow[]>, load: Load): Problem[] {
  const due = [...load.sent.values()].filter(({ expected, acknowledged }) => expected.poison && acknowledged).length
  const possible = [...load.sent.values()].filter(({ expected }) => expected.poison).length
  const problems: Problem[] = []
  for (const [id, letters] of dead)
    if (letters.length > 1) problems.push(doubled(`dead letter ${id} is stored ${letters.length} times`))
  if (dead.size < due) problems.push(lost(`${due} interactions must be dead letters, ${dead.size} are`))
  if (dead.size > possible)
    problems.push(wrong(`${dead.size} interactions are dead letters, at most ${possible} may be`))
  return problems
}

function signalProblems(row: StoredRow, { signal }: Expected): Problem[] {
  return (Object.keys(signal) as (keyof ExpectedSignal)[])
    .filter((name) => row.signal[name] !== signal[name])
    .map((name) => wrong(`interaction ${row.id} has ${name} ${row.signal[name]}, sent was ${signal[name]}`))
}

function findingProblems(
  span: string,
  stored: readonly StoredFinding[],
  expected: readonly ExpectedFinding[],
): Problem[] {
  const problems: Problem[] = []
  for (const [id, copies] of groupBy(stored, (finding) => finding.id))
    if (copies.length > 1) problems.push(doubled(`finding ${id} of ${span} is stored ${copies.length} times`))
  const there = new Set(stored.map(({ what }) => what))
  const due = new Set(expected.map(describe))
  for (const what of due) if (!there.has(what)) problems.push(lost(`${span} lacks the finding ${what}`))
  for (const what of there) if (!due.has(what)) problems.push(wrong(`${span} has a finding nobody planted: ${what}`))
  return problems
}

const describe = (f: ExpectedFinding): string =>
  `${f.type} ${f.direction} ${f.message}.${f.part} ${f.field} ${f.start}-${f.end} ${f.provenance} ${f.severity}`

async function interactionRows(client: StoreClient): Promise<StoredRow[]> {
  const rows = await rowsOf<Record<string, string | number | boolean | null>>(
    client,
    `SELECT id, trace_id, span_id, if(kind = 'log', name, '') AS event, signal_input_chars AS inputChars, signal_output_chars AS outputChars, signal_error AS error,
       signal_leak AS leak, signal_findings AS findings, signal_tool_calls AS toolCalls, signal_unscanned AS unscanned,
       signal_finish_reason AS finishReason, signal_key AS key, toFloat64(duration_us) AS durationUs,
       input_tokens AS inputTokens, output_tokens AS outputTokens,
       concat(toString(origin_epoch), ':', toString(origin_offset)) AS origin
     FROM ${client.database}.interactions`,
  )
  return rows.map(({ id, trace_id, span_id, event, origin, ...signal }) => ({
    id: String(id),
    span: keyOf({ traceId: String(trace_id), spanId: String(span_id), ...(event !== '' && { event: String(event) }) }),
    origin: String(origin),
    signal: signal as unknown as ExpectedSignal,
  }))
}

interface StoredFinding {
  id: string
  interaction: string
  span: string
  what: string
}

async function findingRows(client: StoreClient): Promise<StoredFinding[]> {
  const rows = await rowsOf<{ id: string; interaction: string; trace_id: string; span_id: string } & ExpectedFinding>(
    client,
    `SELECT id, interaction_id AS interaction, trace_id, span_id, type, direction, message, part, field, toFloat64(range_start) AS start,
       toFloat64(range_end) AS end, provenance, severity FROM ${client.database}.findings`,
  )
  return rows.map((row) => ({
    id: row.id,
    interaction: row.interaction,
    span: keyOf({ traceId: row.trace_id, spanId: row.span_id }),
    what: describe(row),
  }))
}

interface DeadRow {
  id: string
}

const deadRows = (client: StoreClient): Promise<DeadRow[]> =>
  rowsOf<DeadRow>(client, `SELECT id FROM ${client.database}.dead_letters`)

const originalRows = (client: StoreClient): Promise<{ interaction: string }[]> =>
  rowsOf<{ interaction: string }>(client, `SELECT interaction_id AS interaction FROM ${client.database}.originals`)

/** Sealed rows whose key was never made durable can never be opened again. */
export async function checkKeys(client: StoreClient): Promise<Problem[]> {
  const { database } = client
  const rows = await rowsOf<{ key: string; rows: number }>(
    client,
    `SELECT key_id AS key, toFloat64(count()) AS rows
     FROM (SELECT key_id FROM ${database}.originals UNION ALL SELECT key_id FROM ${database}.dead_letters)
     WHERE key_id NOT IN (SELECT key_id FROM ${database}.data_keys) GROUP BY key_id`,
  )
  return rows.map(({ key, rows: count }) => lost(`${count} sealed rows need the data key ${key}, which is not stored`))
}

const SUMS = [
  ...['signal_error', 'signal_leak', 'signal_findings', 'signal_unscanned', 'duration_us', 'signal_input_chars'],
  ...['signal_output_chars', 'input_tokens', 'output_tokens'],
]

/** The aggregate projection must say what the rows say, and must be what is asked. */
export async function checkRollups(client: StoreClient): Promise<Problem[]> {
  const sums = SUMS.map((column) => `sum(${column})`).join(', ')
  const sql = (projection: 0 | 1): string =>
    `SELECT tenant, release, route, toStartOfMinute(received_at) AS minute, count(), ${sums}
     FROM ${client.database}.interactions GROUP BY tenant, release, route, toStartOfMinute(received_at)
     ORDER BY tenant, release, route, minute SETTINGS optimize_use_projections = ${projection}`
  const plan = await rowsOf<{ explain: string }>(client, `EXPLAIN ${sql(1)}`)
  if (!plan.some(({ explain }) => explain.includes('by_minute')))
    return [
      { kind: 'rollup', text: `the projection by_minute is not used: ${plan.map((row) => row.explain).join(' | ')}` },
    ]
  const rolled = (await rowsOf<object>(client, sql(1))).map((row) => JSON.stringify(row))
  const counted = (await rowsOf<object>(client, sql(0))).map((row) => JSON.stringify(row))
  const problems: Problem[] = []
  for (let at = 0; at < Math.max(rolled.length, counted.length); at++)
    if (rolled[at] !== counted[at])
      problems.push({ kind: 'rollup', text: `the rollup says ${rolled[at]}, the rows say ${counted[at]}` })
  return problems
}

const DAYS = 2

export const ledgerOf = (client: StoreClient): Promise<LedgerReport> =>
  computeLedger(client, { database: client.database, days: DAYS, originalsDays: DAYS })

/** Balanced; its sums are an independent count; and open is at most what a dead process left. */
export async function checkLedger(client: StoreClient, load: Load): Promise<Problem[]> {
  const report = await ledgerOf(client)
  const problems: Problem[] = []
  const unbalanced = (text: string): void => void problems.push({ kind: 'unbalanced', text })
  for (const { topic, epoch, problems: found } of report.partitions)
    for (const { kind, first, last, expected, found: there } of found)
      unbalanced(
        `ledger: ${kind} in ${topic} epoch ${epoch}, offsets ${first}-${last}: ${expected} expected, ${there} found`,
      )
  const open = report.partitions.reduce((sum, partition) => sum + partition.openRows, 0)
  const [count] = await rowsOf<{ rows: number }>(
    client,
    `SELECT toFloat64(count()) AS rows FROM ${client.database}.interactions`,
  )
  if (count?.rows !== report.totals.stored + open)
    unbalanced(`ledger: ${report.totals.stored} stored and ${open} open, but there are ${count?.rows} rows`)
  problems.push(...(await unaccounted(client, load)))
  const newest = Math.max(...report.partitions.map(({ epoch }) => epoch))
  for (const { epoch, openRows } of report.partitions)
    if (epoch === newest && openRows > 0)
      unbalanced(`ledger: epoch ${epoch} lives and has ${openRows} rows of open batches`)
  return problems
}

/** Whatever was acknowledged, by whichever life of Weir, the ledger must know: what it does not know may vanish unseen. */
async function unaccounted(client: StoreClient, load: Load): Promise<Problem[]> {
  const { database } = client
  const rows = await rowsOf<{ traceId: string; spanId: string; event: string; batch: string }>(
    client,
    `SELECT trace_id AS traceId, span_id AS spanId, if(kind = 'log', name, '') AS event, concat('epoch ', toString(origin_epoch), ', first ', toString(origin_batch)) AS batch
     FROM ${database}.interactions WHERE (origin_topic, origin_epoch, origin_partition, origin_batch) NOT IN (
       SELECT topic, epoch, partition, first FROM ${database}.ledger)`,
  )
  const acknowledged = rows.filter(
    ({ event, ...span }) => load.sent.get(keyOf({ ...span, ...(event !== '' && { event }) }))?.acknowledged,
  )
  return [...groupBy(acknowledged, ({ batch }) => batch)].map(([batch, list]) => ({
    kind: 'unbalanced',
    text: `ledger: ${list.length} acknowledged interactions stand in a batch (${batch}) that it does not know`,
  }))
}

/** Findings that the respond stage was not handed. */
export async function checkHanded(client: StoreClient, handedFile: string): Promise<Problem[]> {
  const handed = new Set(readFileSync(handedFile, 'utf8').split('\n'))
  const rows = await rowsOf<{ id: string; origin: string }>(
    client,
    `SELECT id, concat(toString(origin_epoch), ':', toString(origin_offset)) AS origin FROM ${client.database}.findings`,
  )
  return rows
    .filter(({ id }) => !handed.has(id))
    .map(({ id, origin }) => ({
      kind: 'not_handed',
      text: `finding ${id} at ${origin} never reached the respond stage`,
    }))
}

function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
