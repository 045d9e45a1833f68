import type { Finding } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { ParamValue, Store } from '../../core/seam.ts'
import { FINDING_COLUMNS, findingOf, rowsOf, type FindingRow, type StoreClient } from '../../sinks/clickhouse/index.ts'
import { INTERACTION_COLUMNS, interactionOf, type InteractionRow } from './rows.ts'

/** Which stored interactions. Times are of receipt, in microseconds: from, and before. */
export interface Selection {
  readonly sinceUs: number
  readonly untilUs: number
  readonly tenant?: string | undefined
  readonly service?: string | undefined
  readonly trace?: string | undefined
}

export interface Page {
  readonly interactions: readonly Interaction[]
  readonly findings: readonly Finding[]
  /** Of all that are selected. */
  readonly total: number
}

const PAGE_ROWS = 500
/** Of texts; a single interaction may be larger. */
const PAGE_BYTES = 4 * 1024 * 1024

/** Rows that stand together in the store, in the order of its key. */
interface Group {
  readonly day: string
  readonly tenant: string
  readonly hour: string
  readonly rows: number
}

interface Cursor {
  readonly trace: string
  readonly span: string
  readonly id: string
}

/**
 * All that is selected, page by page, each by a short query of its own: whoever reads slowly keeps no query open, and no
 * more than a page is in memory.
 */
export async function* pagesOf(
  store: StoreClient,
  selection: Selection,
  withFindings: boolean,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const { where, params } = conditionsOf(selection)
  const groups = await rowsOf<Group>(
    store,
    `SELECT toString(day) AS day, tenant, toString(toUnixTimestamp(toStartOfHour(received_at))) AS hour,
       toFloat64(count()) AS rows
     FROM ${store.database}.interactions WHERE ${where} GROUP BY day, tenant, hour ORDER BY day, hour, tenant`,
    params,
  )
  const total = groups.reduce((sum, { rows }) => sum + rows, 0)
  for (const group of groups) {
    let cursor: Cursor | undefined
    do {
      if (signal.aborted) return
      const page = await readPage(store, where, params, group, cursor, signal)
      cursor = page.next
      const ids = page.rows.map(({ id }) => id)
      const findings = withFindings && ids.length > 0 ? await findingsOf(store, group, ids) : []
      yield { interactions: page.rows.map(interactionOf), findings, total }
    } while (cursor !== undefined)
  }
}

function conditionsOf({ sinceUs, untilUs, tenant, service, trace }: Selection): {
  where: string
  params: Record<string, ParamValue>
} {
  const params: Record<string, ParamValue> = { since: String(sinceUs), until: String(untilUs) }
  const time = (name: string): string => `fromUnixTimestamp64Micro({${name}:Int64}, 'UTC')`
  const conditions = [`received_at >= ${time('since')}`, `received_at < ${time('until')}`]
  for (const [column, name, value] of [
    ['tenant', 'only_tenant', tenant],
    ['service', 'only_service', service],
    ['trace_id', 'only_trace', trace],
  ] as const) {
    if (value === undefined) continue
    conditions.push(`${column} = {${name}:String}`)
    params[name] = value
  }
  return { where: conditions.join(' AND '), params }
}

async function readPage(
  store: StoreClient,
  where: string,
  params: Record<string, ParamValue>,
  { day, tenant, hour }: Group,
  after: Cursor | undefined,
  signal: AbortSignal,
): Promise<{ rows: InteractionRow[]; next: Cursor | undefined }> {
  const beyond = `AND cityHash64(trace_id) >= {trace:UInt64}
    AND (cityHash64(trace_id), span_id, id) > ({trace:UInt64}, {span:String}, {id:String})`
  const sql = `SELECT ${INTERACTION_COLUMNS}, toString(cityHash64(trace_id)) AS trace_hash
    FROM ${store.database}.interactions
    WHERE day = {day:Date} AND tenant = {tenant:String} AND ${where}
      AND toStartOfHour(received_at) = toDateTime({hour:UInt32}, 'UTC') ${after === undefined ? '' : beyond}
    ORDER BY cityHash64(trace_id), span_id, id LIMIT ${PAGE_ROWS}`
  const rows: (InteractionRow & { trace_hash: string })[] = []
  let bytes = 0
  const place = { day, tenant, hour, ...after }
  for await (const row of (store as Store).query<InteractionRow & { trace_hash: string }>(
    sql,
    { ...params, ...place },
    signal,
  )) {
    rows.push(row)
    bytes += row.system.length + row.input.length + row.output.length + row.tools.length + row.tool_calls.length
    bytes += row.sources.length + JSON.stringify(row.attributes).length
    if (bytes > PAGE_BYTES) break
  }
  const last = rows.at(-1)
  const more = last !== undefined && (rows.length === PAGE_ROWS || bytes > PAGE_BYTES)
  return { rows, next: more ? { trace: last.trace_hash, span: last.span_id, id: last.id } : undefined }
}

async function findingsOf(store: StoreClient, { day, tenant }: Group, ids: string[]): Promise<Finding[]> {
  const rows = await rowsOf<FindingRow>(
    store,
    `SELECT ${FINDING_COLUMNS} FROM ${store.database}.findings
     WHERE day = {day:Date} AND tenant = {tenant:String} AND interaction_id IN {ids:Array(String)}
     ORDER BY interaction_id, direction, message, part, field, range_start, id`,
    { day, tenant, ids },
  )
  return rows.map(findingOf)
}
