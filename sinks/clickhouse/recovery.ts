import type { Clock, Incoming, ParamValue, Position, Topic } from '../../core/seam.ts'
import { TOPICS } from '../../core/seam.ts'
import type { Recovery } from '../../core/streams/inline/index.ts'
import type { Finding } from '../../schemas/finding.ts'
import type { Signal } from '../../schemas/signal.ts'
import { rowsOf, type StoreClient } from './client.ts'
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
      return (await page<FindingRow>(FINDINGS, 'findings', position)).map(findingRecord)
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

const ORIGIN = 'origin_topic, origin_epoch, origin_partition, toFloat64(origin_offset) AS offset'

interface OriginRow {
  origin_topic: string
  origin_epoch: number
  origin_partition: number
  offset: number
}

function originOf(row: OriginRow): Incoming['origin'] {
  return { topic: row.origin_topic, epoch: row.origin_epoch, partition: row.origin_partition, offset: row.offset }
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

const FINDINGS = `id, tenant, kind, toFloat64(toUnixTimestamp64Micro(received_at)) AS received, interaction_id, trace_id, span_id,
  release, route, service, detector, detector_version, type, confidence, severity, provenance, direction, message, part,
  field, toFloat64(range_start) AS start, toFloat64(range_end) AS end, toFloat64(token_start) AS t_start,
  toFloat64(token_end) AS t_end, tokenizer, token_estimate, value_hash, hash_key, snippet, ${ORIGIN}`

interface FindingRow extends OriginRow {
  id: string
  tenant: string
  kind: Finding['kind']
  received: number
  interaction_id: string
  trace_id: string
  span_id: string
  release: string
  route: string
  service: string
  detector: string
  detector_version: string
  type: string
  confidence: number
  severity: Finding['severity']
  provenance: Finding['provenance']
  direction: Finding['place']['direction']
  message: number
  part: number
  field: string
  start: number
  end: number
  t_start: number | null
  t_end: number | null
  tokenizer: string
  token_estimate: boolean
  value_hash: string
  hash_key: string
  snippet: string
}

function findingRecord(row: FindingRow): Incoming<Finding> {
  const { t_start, t_end } = row
  const value: Finding = {
    version: 1,
    id: row.id,
    tenant: row.tenant,
    kind: row.kind,
    interactionId: row.interaction_id,
    traceId: row.trace_id,
    spanId: row.span_id,
    release: row.release,
    route: row.route,
    service: row.service,
    detector: row.detector,
    detectorVersion: row.detector_version,
    type: row.type,
    confidence: row.confidence,
    severity: row.severity,
    provenance: row.provenance,
    place: { direction: row.direction, message: row.message, part: row.part, field: row.field },
    range: { start: row.start, end: row.end },
    ...(t_start !== null &&
      t_end !== null && {
        tokens: { start: t_start, end: t_end, tokenizer: row.tokenizer, estimate: row.token_estimate },
      }),
    valueHash: row.value_hash,
    hashKey: row.hash_key,
    snippet: row.snippet,
    receivedAt: row.received,
    origin: originOf(row),
  }
  return { id: row.id, tenant: row.tenant, value, origin: value.origin }
}
