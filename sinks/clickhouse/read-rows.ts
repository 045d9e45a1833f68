import type { Finding } from '../../schemas/finding.ts'
import type { Origin } from '../../schemas/origin.ts'

/* Stored rows as what they were before. */

export const ORIGIN: string = 'origin_topic, origin_epoch, origin_partition, toFloat64(origin_offset) AS offset'

export interface OriginRow {
  origin_topic: string
  origin_epoch: number
  origin_partition: number
  offset: number
}

export function originOf(row: OriginRow): Origin {
  return { topic: row.origin_topic, epoch: row.origin_epoch, partition: row.origin_partition, offset: row.offset }
}

/** Columns of `findings`, from which `findingOf` makes what was written. */
export const FINDING_COLUMNS: string = `id, tenant, kind, toFloat64(toUnixTimestamp64Micro(received_at)) AS received, interaction_id, trace_id, span_id,
  release, route, service, detector, detector_version, type, confidence, severity, provenance, direction, message, part,
  field, toFloat64(range_start) AS start, toFloat64(range_end) AS end, toFloat64(token_start) AS t_start,
  toFloat64(token_end) AS t_end, tokenizer, token_estimate, value_hash, hash_key, snippet, ${ORIGIN}`

export interface FindingRow extends OriginRow {
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

export function findingOf(row: FindingRow): Finding {
  const { t_start, t_end } = row
  return {
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
}
