import type { Batch } from '../../core/seam.ts'
import type { DeadOutcome, StoredOutcome } from '../../core/stages/outcome.ts'
import type { Finding } from '../../schemas/finding.ts'
import type { Interaction, Message } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'

/** What every row of a batch shares. */
export interface BatchMark {
  /** UTC day of the batch's first record, `YYYY-MM-DD`: the partition. */
  day: string
  first: number
}

export const INTERACTION_COLUMNS: readonly string[] = [
  'id',
  'tenant',
  'kind',
  'day',
  'received_at',
  'started_at',
  'time_implausible',
  'duration_us',
  'trace_id',
  'span_id',
  'parent_span_id',
  'conversation_id',
  'name',
  'operation',
  'service',
  'service_version',
  'service_instance',
  'environment',
  'actor_user',
  'actor_agent',
  'actor_on_behalf_of',
  'actor_token_id',
  'release',
  'route',
  'provider',
  'requested_model',
  'model',
  'fingerprint',
  'prompt_name',
  'prompt_version',
  'system',
  'input',
  'output',
  'tools',
  'tool_calls',
  'sources',
  'source_ids',
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'cost',
  'finish_reasons',
  'error_type',
  'error_message',
  'evaluations',
  'capture_input',
  'capture_output',
  'capture_reason',
  'dialect',
  'collector',
  'schema_url',
  'scope',
  'scope_version',
  'decision',
  'decision_rule',
  'decision_reason',
  'attributes',
  'unscanned',
  'signal_key',
  'signal_input_chars',
  'signal_output_chars',
  'signal_error',
  'signal_leak',
  'signal_findings',
  'signal_tool_calls',
  'signal_unscanned',
  'signal_finish_reason',
  'origin_topic',
  'origin_epoch',
  'origin_partition',
  'origin_offset',
  'origin_batch',
]

/** One JSONCompactEachRow line, in the order of INTERACTION_COLUMNS. */
export function interactionRow(outcome: StoredOutcome, mark: BatchMark): string {
  const i = outcome.interaction
  const { service, actor, release, usage, arrival } = i
  const s = outcome.signal.values
  return JSON.stringify([
    i.id,
    i.tenant,
    i.kind,
    mark.day,
    seconds(arrival.receivedAt),
    seconds(storable(i.startedAt)),
    i.timeImplausible ?? false,
    i.durationUs,
    i.traceId,
    i.spanId,
    i.parentSpanId ?? '',
    i.conversationId ?? '',
    i.name,
    i.operation,
    service.name,
    service.version ?? '',
    service.instance ?? '',
    service.environment ?? '',
    actor.user ?? '',
    actor.agent ?? '',
    actor.onBehalfOf ?? '',
    actor.tokenId ?? '',
    outcome.release,
    release.route ?? '',
    release.provider ?? '',
    release.requestedModel ?? '',
    release.model ?? '',
    release.fingerprint ?? '',
    release.promptName ?? '',
    release.promptVersion ?? '',
    messages(i.system),
    messages(i.input),
    messages(i.output),
    list(i.tools),
    list(i.toolCalls),
    list(i.sources),
    i.sources.map((source) => source.id ?? source.uri ?? ''),
    tokens(usage.input),
    tokens(usage.output),
    tokens(usage.cachedInput),
    tokens(usage.cacheWrite),
    tokens(usage.reasoning),
    i.cost ?? null,
    i.finishReasons,
    i.error?.type ?? '',
    i.error?.message ?? '',
    list(i.evaluations),
    i.capture.input,
    i.capture.output,
    i.capture.reason ?? '',
    arrival.dialect,
    arrival.collector,
    arrival.schemaUrl ?? '',
    arrival.scope ?? '',
    arrival.scopeVersion ?? '',
    i.decision?.action ?? '',
    i.decision?.rule ?? '',
    i.decision?.reason ?? '',
    attributes(i),
    outcome.unscanned,
    outcome.signal.key,
    s.inputChars,
    s.outputChars,
    s.error,
    s.leak,
    s.findings,
    s.toolCalls,
    s.unscanned,
    s.finishReason,
    ...origin(outcome.origin, mark),
  ])
}

export const FINDING_COLUMNS: readonly string[] = [
  'id',
  'tenant',
  'kind',
  'day',
  'received_at',
  'interaction_id',
  'trace_id',
  'span_id',
  'release',
  'route',
  'service',
  'detector',
  'detector_version',
  'type',
  'confidence',
  'severity',
  'provenance',
  'direction',
  'message',
  'part',
  'field',
  'range_start',
  'range_end',
  'token_start',
  'token_end',
  'tokenizer',
  'token_estimate',
  'value_hash',
  'hash_key',
  'snippet',
  'origin_topic',
  'origin_epoch',
  'origin_partition',
  'origin_offset',
  'origin_batch',
]

export function findingRow(f: Finding, mark: BatchMark): string {
  return JSON.stringify([
    f.id,
    f.tenant,
    f.kind,
    mark.day,
    seconds(f.receivedAt),
    f.interactionId,
    f.traceId,
    f.spanId,
    f.release,
    f.route,
    f.service,
    f.detector,
    f.detectorVersion,
    f.type,
    f.confidence,
    f.severity,
    f.provenance,
    f.place.direction,
    f.place.message,
    f.place.part,
    f.place.field,
    f.range.start,
    f.range.end,
    f.tokens?.start ?? null,
    f.tokens?.end ?? null,
    f.tokens?.tokenizer ?? '',
    f.tokens?.estimate ?? false,
    f.valueHash,
    f.hashKey,
    f.snippet,
    ...origin(f.origin, mark),
  ])
}

export const ORIGINAL_COLUMNS: readonly string[] = [
  'interaction_id',
  'tenant',
  'day',
  'received_at',
  'key_id',
  'sealed',
  'origin_topic',
  'origin_epoch',
  'origin_partition',
  'origin_offset',
  'origin_batch',
]

export function originalRow(outcome: StoredOutcome, mark: BatchMark): string {
  const { id, tenant, arrival } = outcome.interaction
  const { keyId, envelope } = outcome.original!
  return JSON.stringify([
    id,
    tenant,
    mark.day,
    seconds(arrival.receivedAt),
    keyId,
    envelope.toString('base64'),
    ...origin(outcome.origin, mark),
  ])
}

export const DEAD_COLUMNS: readonly string[] = [
  'id',
  'tenant',
  'day',
  'received_at',
  'topic',
  'reason',
  'key_id',
  'sealed',
  'origin_topic',
  'origin_epoch',
  'origin_partition',
  'origin_offset',
  'origin_batch',
]

export function deadRow(dead: DeadOutcome, mark: BatchMark): string {
  return JSON.stringify([
    dead.id,
    dead.tenant,
    mark.day,
    seconds(dead.receivedAt),
    dead.origin.topic,
    dead.reason,
    dead.sealed.keyId,
    dead.sealed.envelope.toString('base64'),
    ...origin(dead.origin, mark),
  ])
}

export const LEDGER_COLUMNS: readonly string[] = [
  'topic',
  'epoch',
  'partition',
  'first',
  'last',
  'day',
  'written_at',
  'token',
  'stored',
  'dead',
  'duplicates',
  'joined',
  'refused',
  'findings',
  'originals',
]

export interface LedgerEntry {
  stored: number
  dead: number
  duplicates: readonly number[]
  findings: number
  originals: number
}

export function ledgerRow(batch: Batch<unknown>, entry: LedgerEntry, mark: BatchMark, nowMs: number): string {
  return JSON.stringify([
    batch.topic,
    batch.epoch,
    batch.partition,
    batch.first,
    batch.last,
    mark.day,
    seconds(nowMs * 1000),
    batch.token,
    entry.stored,
    entry.dead,
    entry.duplicates,
    [],
    [],
    entry.findings,
    entry.originals,
  ])
}

/** DateTime64 reads a decimal number of seconds exactly; a double would not survive. */
export function seconds(us: number): string {
  const whole = Math.floor(us / 1_000_000)
  return `${whole}.${String(us - whole * 1_000_000).padStart(6, '0')}`
}

const EARLIEST_US = 0
const LATEST_US = 8_000_000_000 * 1_000_000 // the year 2223: within what every engine version holds

/** An absurd sender's clock must not cost the row; `time_implausible` says that the time is not to be trusted. */
function storable(us: number): number {
  return Math.min(Math.max(us, EARLIEST_US), LATEST_US)
}

const UINT32_MAX = 4_294_967_295

function tokens(count: number | undefined): number | null {
  return count === undefined ? null : Math.min(count, UINT32_MAX)
}

function messages(value: readonly Message[]): string {
  return value.length === 0 ? '' : JSON.stringify(value)
}

function list(value: readonly unknown[]): string {
  return value.length === 0 ? '' : JSON.stringify(value)
}

function attributes(interaction: Interaction): Record<string, string> {
  const texts: Record<string, string> = Object.create(null) as Record<string, string>
  for (const key in interaction.attributes) texts[key] = String(interaction.attributes[key])
  return texts
}

function origin(from: Origin, mark: BatchMark): (string | number)[] {
  return [from.topic, from.epoch, from.partition, from.offset, mark.first]
}
