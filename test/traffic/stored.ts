import type { Message } from '../../schemas/interaction.ts'
import type { WeirHome } from '../support/weir.ts'

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

const quoted = (ids: readonly string[]): string => ids.map((id) => `'${id}'`).join(',')
const JSON_COLUMNS = ['system', 'input', 'output', 'toolCalls'] as const
const IDS_MAX = 5_000

export async function storedOf(
  home: WeirHome,
  traceIds: readonly string[],
): Promise<{ rows: StoredRow[]; calls: StoredCall[] }> {
  if (traceIds.length === 0) return { rows: [], calls: [] }
  if (traceIds.length > IDS_MAX) throw new Error('too many traces')
  const where = `trace_id IN (${quoted(traceIds)})`
  const found = await home.query<Record<string, unknown>>(`
    SELECT id, kind, halves, trace_id AS trace, span_id AS span, toUnixTimestamp64Micro(started_at) / 1000 AS startMs, operation,
      toString(dialect) AS dialect, requested_model AS requestedModel, model, input_tokens AS inputTokens,
      output_tokens AS outputTokens, cached_input_tokens AS cachedTokens, reasoning_tokens AS reasoningTokens,
      error_type AS error, system, input, output, tool_calls AS toolCalls
    FROM calls WHERE ${where} ORDER BY started_at, id`)
  const rows = found.map((row): StoredRow => {
    const parsed = Object.fromEntries(JSON_COLUMNS.map((name) => [name, parse(row[name])]))
    return { ...(row as unknown as StoredRow), ...parsed, startMs: Number(row['startMs']) }
  })
  const byId = new Map(rows.flatMap((row) => [row.id, ...row.halves].map((id) => [id, row] as const)))
  const billed = await home.query<{ id: string; text_id: string; views: string[] }>(
    `SELECT id, text_id, views FROM billable_calls WHERE ${where} ORDER BY started_at, id`,
  )
  const calls = billed.map(({ id, text_id: textId, views }): StoredCall => {
    const own = new Set(views.flatMap((view) => byId.get(view) ?? []))
    return { billed: byId.get(id)!, text: byId.get(textId)!, views: [...own] }
  })
  return { rows, calls }
}

const parse = (text: unknown): unknown => (typeof text === 'string' && text !== '' ? JSON.parse(text) : [])
