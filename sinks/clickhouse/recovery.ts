import type { Clock, Incoming, ParamValue, Position, Topic } from '../../core/seam.ts'
import { TOPICS } from '../../core/seam.ts'
import type { Recovery } from '../../core/streams/inline/index.ts'
import type { Finding } from '../../schemas/finding.ts'
import type { Signal } from '../../schemas/signal.ts'
import { rowsOf, type StoreClient } from './client.ts'
import { FINDING_COLUMNS, findingOf, ORIGIN, originOf, type FindingRow, type OriginRow } from './read-rows.ts'
import { seconds } from './tables.ts'

const PAGE = 5_000

/** Positions of reading stages, and records read again from the rows that they were made of. */
export function createRecovery(client: StoreClient, clock: Clock): Recovery {
  const { database } = client

  return {
    async load(topic: Topic, group: string): Promise<Position | undefined> {
      const [row] = await rowsOf<{ epoch: number; offset: number }>(
        client,
        `SELECT epoch, toFloat64(position) AS offset FROM ${database}.positions
         WHERE topic = {topic:String} AND consumer = {group:String} ORDER BY epoch DESC, position DESC LIMIT 1`,
        { topic, group },
      )
      return row
    },

    async save(topic: Topic, group: string, { epoch, offset }: Position): Promise<void> {
      const line = JSON.stringify([topic, group, epoch, offset, seconds(clock.now() * 1000)])
      await client.insert(
        'positions',
        ['topic', 'consumer', 'epoch', 'position', 'saved_at'],
        Buffer.from(line),
        `${topic}:${group}:${epoch}:${offset}`,
      )
    },

    async readAfter(topic: Topic, position: Position | undefined): Promise<Incoming[]> {
      if (topic === TOPICS.signals) return (await page<SignalRow>(SIGNALS, 'interactions', position)).map(signalRecord)
      return (await page<FindingRow>(FINDING_COLUMNS, 'findings', position)).map(findingOf).map(findingRecord)
    },
  }

  /** WITH TIES: never some but not all rows of one position. */
  function page<R>(columns: string, table: string, position: Position | undefined): Promise<R[]> {
    const params: Record<string, ParamValue> = { page: PAGE }
    let where = ''
    if (position) {
      where = `WHERE origin_epoch > {epoch:UInt32} OR (origin_epoch = {epoch:UInt32} AND origin_offset > {offset:UInt64})`
      Object.assign(params, position)
    }
    return rowsOf<R>(
      client,
      `SELECT ${columns} FROM ${database}.${table} ${where}
       ORDER BY origin_epoch, origin_offset LIMIT {page:UInt32} WITH TIES`,
      params,
    )
  }
}

const SIGNALS = `id, tenant, signal_key, toFloat64(toUnixTimestamp64Micro(started_at)) AS started,
  toFloat64(duration_us) AS duration, signal_input_chars, signal_output_chars, input_tokens, output_tokens, signal_error,
  signal_leak, signal_findings, signal_tool_calls, signal_unscanned, signal_finish_reason, ${ORIGIN}`

interface SignalRow extends OriginRow {
  id: string
  tenant: string
  signal_key: string
  started: number
  duration: number
  signal_input_chars: number
  signal_output_chars: number
  input_tokens: number | null
  output_tokens: number | null
  signal_error: boolean
  signal_leak: boolean
  signal_findings: number
  signal_tool_calls: number
  signal_unscanned: number
  signal_finish_reason: string
}

function signalRecord(row: SignalRow): Incoming<Signal> {
  const value: Signal = {
    version: 1,
    interactionId: row.id,
    tenant: row.tenant,
    key: row.signal_key,
    startedAt: row.started,
    origin: originOf(row),
    values: {
      durationUs: row.duration,
      inputChars: row.signal_input_chars,
      outputChars: row.signal_output_chars,
      ...(row.input_tokens !== null && { inputTokens: row.input_tokens }),
      ...(row.output_tokens !== null && { outputTokens: row.output_tokens }),
      error: row.signal_error,
      leak: row.signal_leak,
      findings: row.signal_findings,
      toolCalls: row.signal_tool_calls,
      unscanned: row.signal_unscanned,
      finishReason: row.signal_finish_reason,
    },
  }
  return { id: row.id, tenant: row.tenant, value, origin: value.origin }
}

const findingRecord = (value: Finding): Incoming<Finding> => {
  const { id, tenant, origin } = value
  return { id, tenant, value, origin }
}
