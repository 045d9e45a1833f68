import type { Message } from '../../schemas/interaction.ts'
import type { WeirHome } from '../support/weir.ts'
import type { SentRecord } from './sent.ts'

/** A call as Weir shows it: a span with what its log records say, or one of them alone. */
export interface StoredRow {
  readonly id: string
  readonly kind: 'span' | 'log'
  /** The log records in it. */
  readonly halves: readonly string[]
  readonly trace: string
  readonly span: string
  readonly startMs: number
  readonly operation: string
  readonly dialect: string
  readonly requestedModel: string
  readonly model: string
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly cachedTokens: number | null
  readonly reasoningTokens: number | null
  readonly error: string
  readonly system: Message[]
  readonly input: Message[]
  readonly output: Message[]
  readonly toolCalls: { name: string; arguments?: string; result?: string }[]
}

/** One call of a provider: what is billed, and every row that saw it. */
export interface StoredCall {
  readonly billed: StoredRow
  readonly text: StoredRow
  readonly views: readonly StoredRow[]
}

const quoted = (texts: readonly string[]): string =>
  texts.map((text) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`).join(',')
const JSON_COLUMNS = ['system', 'input', 'output', 'toolCalls'] as const
const IDS_MAX = 5_000

/** Some log records name no trace: they are known by who sent them, and when. */
export const isRowOf = (row: StoredRow, { kind, traceId, spanId, startMs }: SentRecord): boolean =>
  (row.kind === kind || (kind === 'log' && row.halves.length > 0)) &&
  row.trace === traceId &&
  row.span === spanId &&
  (traceId !== '' || Math.abs(row.startMs - startMs) < 1)

/** What is stored of what was sent. */
export async function storedOf(
  home: WeirHome,
  sent: readonly SentRecord[],
): Promise<{ rows: StoredRow[]; calls: StoredCall[] }> {
  const lone = sent.filter(({ traceId }) => traceId === '')
  const where = whereOf(
    sent.map(({ traceId }) => traceId),
    lone.map(({ service }) => service),
  )
  const found = await home.query<Record<string, unknown>>(`
    SELECT id, kind, halves, trace_id AS trace, span_id AS span, toUnixTimestamp64Micro(started_at) / 1000 AS startMs, operation,
      toString(dialect) AS dialect, requested_model AS requestedModel, model, input_tokens AS inputTokens,
      output_tokens AS outputTokens, cached_input_tokens AS cachedTokens, reasoning_tokens AS reasoningTokens,
      error_type AS error, system, input, output, tool_calls AS toolCalls
    FROM calls WHERE ${where} ORDER BY started_at, id`)
  const rows = found.map(rowOf).filter((row) => row.trace !== '' || lone.some((record) => isRowOf(row, record)))
  const byId = new Map(rows.flatMap((row) => [row.id, ...row.halves].map((id) => [id, row] as const)))
  const billed = await home.query<{ id: string; text_id: string; views: string[] }>(
    `SELECT id, text_id, views FROM billable_calls WHERE ${where} ORDER BY started_at, id`,
  )
  const calls = billed.flatMap(({ id, text_id: textId, views }): StoredCall[] => {
    const own = new Set(views.flatMap((view) => byId.get(view) ?? []))
    return own.size === 0 ? [] : [{ billed: byId.get(id)!, text: byId.get(textId)!, views: [...own] }]
  })
  return { rows, calls }
}

function whereOf(traces: readonly string[], services: readonly string[]): string {
  const named = new Set(traces)
  if (named.size > IDS_MAX) throw new Error('too many traces')
  const isOwn = `trace_id != '' OR service IN (${quoted(['', ...new Set(services)])})`
  return `trace_id IN (${quoted(['', ...named])}) AND (${isOwn})`
}

function rowOf(row: Record<string, unknown>): StoredRow {
  const parsed = Object.fromEntries(JSON_COLUMNS.map((name) => [name, parse(row[name])]))
  return { ...(row as unknown as StoredRow), ...parsed, startMs: Number(row['startMs']) }
}

const parse = (text: unknown): unknown => (typeof text === 'string' && text !== '' ? JSON.parse(text) : [])
