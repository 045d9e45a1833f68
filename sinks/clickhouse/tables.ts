import type { Batch } from '../../core/seam.ts'
import type { DeadOutcome, StoredOutcome } from '../../core/stages/outcome.ts'
import type { Finding } from '../../schemas/finding.ts'
import type { AttributeValue, Message } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'

/*
 * Which column holds what. A name and its value stand side by side, so that the order in which they are inserted cannot
 * be got wrong. Tables and types: schemas/clickhouse.
 */

/** What every row of a batch shares. */
export interface BatchMark {
  /** UTC day of the batch's first record, `YYYY-MM-DD`: the partition. */
  day: string
  first: number
}

type Column<T> = readonly [name: string, value: (of: T, mark: BatchMark) => unknown]

export interface Table<T> {
  readonly name: string
  readonly columns: readonly string[]
  /** One JSONCompactEachRow line. */
  line(of: T, mark: BatchMark): string
}

function table<T>(name: string, columns: readonly Column<T>[]): Table<T> {
  const values = columns.map(([, value]) => value)
  return {
    name,
    columns: columns.map(([column]) => column),
    line: (of, mark) => JSON.stringify(values.map((value) => value(of, mark))),
  }
}

const originColumns = <T>(originOf: (of: T) => Origin): readonly Column<T>[] => [
  ['origin_topic', (of) => originOf(of).topic],
  ['origin_epoch', (of) => originOf(of).epoch],
  ['origin_partition', (of) => originOf(of).partition],
  ['origin_offset', (of) => originOf(of).offset],
  ['origin_batch', (_of, mark) => mark.first],
]

export const INTERACTIONS: Table<StoredOutcome> = table('interactions', [
  ['id', ({ interaction: i }) => i.id],
  ['tenant', ({ interaction: i }) => i.tenant],
  ['kind', ({ interaction: i }) => i.kind],
  ['day', (_, mark) => mark.day],
  ['received_at', ({ interaction: i }) => seconds(i.arrival.receivedAt)],
  ['started_at', ({ interaction: i }) => seconds(storable(i.startedAt))],
  ['time_implausible', ({ interaction: i }) => i.timeImplausible ?? false],
  ['duration_us', ({ interaction: i }) => i.durationUs],
  ['trace_id', ({ interaction: i }) => i.traceId],
  ['span_id', ({ interaction: i }) => i.spanId],
  ['parent_span_id', ({ interaction: i }) => i.parentSpanId ?? ''],
  ['conversation_id', ({ interaction: i }) => i.conversationId ?? ''],
  ['name', ({ interaction: i }) => i.name],
  ['operation', ({ interaction: i }) => i.operation],
  ['service', ({ interaction: i }) => i.service.name],
  ['service_version', ({ interaction: i }) => i.service.version ?? ''],
  ['service_instance', ({ interaction: i }) => i.service.instance ?? ''],
  ['environment', ({ interaction: i }) => i.service.environment ?? ''],
  ['actor_user', ({ interaction: i }) => i.actor.user ?? ''],
  ['actor_agent', ({ interaction: i }) => i.actor.agent ?? ''],
  ['actor_on_behalf_of', ({ interaction: i }) => i.actor.onBehalfOf ?? ''],
  ['actor_token_id', ({ interaction: i }) => i.actor.tokenId ?? ''],
  ['release', ({ release }) => release],
  ['route', ({ interaction: i }) => i.release.route ?? ''],
  ['provider', ({ interaction: i }) => i.release.provider ?? ''],
  ['requested_model', ({ interaction: i }) => i.release.requestedModel ?? ''],
  ['model', ({ interaction: i }) => i.release.model ?? ''],
  ['fingerprint', ({ interaction: i }) => i.release.fingerprint ?? ''],
  ['prompt_name', ({ interaction: i }) => i.release.promptName ?? ''],
  ['prompt_version', ({ interaction: i }) => i.release.promptVersion ?? ''],
  ['system', ({ interaction: i }) => list(i.system)],
  ['input', ({ interaction: i }) => list(i.input)],
  ['output', ({ interaction: i }) => list(i.output)],
  ['tools', ({ interaction: i }) => list(i.tools)],
  ['tool_calls', ({ interaction: i }) => list(i.toolCalls)],
  ['sources', ({ interaction: i }) => list(i.sources)],
  ['source_ids', ({ interaction: i }) => i.sources.map((source) => source.id ?? source.uri ?? '')],
  ['input_tokens', ({ interaction: i }) => tokens(i.usage.input)],
  ['output_tokens', ({ interaction: i }) => tokens(i.usage.output)],
  ['cached_input_tokens', ({ interaction: i }) => tokens(i.usage.cachedInput)],
  ['cache_write_tokens', ({ interaction: i }) => tokens(i.usage.cacheWrite)],
  ['reasoning_tokens', ({ interaction: i }) => tokens(i.usage.reasoning)],
  ['cost', ({ interaction: i }) => i.cost ?? null],
  ['price_version', ({ interaction: i }) => i.priceVersion ?? ''],
  ['finish_reasons', ({ interaction: i }) => i.finishReasons],
  ['error_type', ({ interaction: i }) => i.error?.type ?? ''],
  ['error_message', ({ interaction: i }) => i.error?.message ?? ''],
  ['evaluations', ({ interaction: i }) => list(i.evaluations)],
  ['capture_input', ({ interaction: i }) => i.capture.input],
  ['capture_output', ({ interaction: i }) => i.capture.output],
  ['capture_reason', ({ interaction: i }) => i.capture.reason ?? ''],
  ['dialect', ({ interaction: i }) => i.arrival.dialect],
  ['collector', ({ interaction: i }) => i.arrival.collector],
  ['schema_url', ({ interaction: i }) => i.arrival.schemaUrl ?? ''],
  ['scope', ({ interaction: i }) => i.arrival.scope ?? ''],
  ['scope_version', ({ interaction: i }) => i.arrival.scopeVersion ?? ''],
  ['decision', ({ interaction: i }) => i.decision?.action ?? ''],
  ['decision_rule', ({ interaction: i }) => i.decision?.rule ?? ''],
  ['decision_reason', ({ interaction: i }) => i.decision?.reason ?? ''],
  ['attributes', ({ interaction: i }) => texts(i.attributes)],
  ['unscanned', ({ unscanned }) => unscanned],
  ['signal_key', ({ signal }) => signal.key],
  ['signal_input_chars', ({ signal }) => signal.values.inputChars],
  ['signal_output_chars', ({ signal }) => signal.values.outputChars],
  ['signal_error', ({ signal }) => signal.values.error],
  ['signal_leak', ({ signal }) => signal.values.leak],
  ['signal_findings', ({ signal }) => signal.values.findings],
  ['signal_tool_calls', ({ signal }) => signal.values.toolCalls],
  ['signal_unscanned', ({ signal }) => signal.values.unscanned],
  ['signal_finish_reason', ({ signal }) => signal.values.finishReason],
  ...originColumns<StoredOutcome>(({ origin }) => origin),
])

export const FINDINGS: Table<Finding> = table('findings', [
  ['id', (f) => f.id],
  ['tenant', (f) => f.tenant],
  ['kind', (f) => f.kind],
  ['day', (_, mark) => mark.day],
  ['received_at', (f) => seconds(f.receivedAt)],
  ['interaction_id', (f) => f.interactionId],
  ['trace_id', (f) => f.traceId],
  ['span_id', (f) => f.spanId],
  ['release', (f) => f.release],
  ['route', (f) => f.route],
  ['service', (f) => f.service],
  ['detector', (f) => f.detector],
  ['detector_version', (f) => f.detectorVersion],
  ['type', (f) => f.type],
  ['confidence', (f) => f.confidence],
  ['severity', (f) => f.severity],
  ['provenance', (f) => f.provenance],
  ['direction', (f) => f.place.direction],
  ['message', (f) => f.place.message],
  ['part', (f) => f.place.part],
  ['field', (f) => f.place.field],
  ['range_start', (f) => f.range.start],
  ['range_end', (f) => f.range.end],
  ['token_start', (f) => f.tokens?.start ?? null],
  ['token_end', (f) => f.tokens?.end ?? null],
  ['tokenizer', (f) => f.tokens?.tokenizer ?? ''],
  ['token_estimate', (f) => f.tokens?.estimate ?? false],
  ['value_hash', (f) => f.valueHash],
  ['hash_key', (f) => f.hashKey],
  ['snippet', (f) => f.snippet],
  ...originColumns<Finding>((f) => f.origin),
])

/** Only outcomes that keep an original. */
export const ORIGINALS: Table<StoredOutcome> = table('originals', [
  ['interaction_id', ({ interaction }) => interaction.id],
  ['tenant', ({ interaction }) => interaction.tenant],
  ['day', (_, mark) => mark.day],
  ['received_at', ({ interaction }) => seconds(interaction.arrival.receivedAt)],
  ['key_id', ({ original }) => original!.keyId],
  ['sealed', ({ original }) => original!.envelope.toString('base64')],
  ...originColumns<StoredOutcome>(({ origin }) => origin),
])

export const DEAD_LETTERS: Table<DeadOutcome> = table('dead_letters', [
  ['id', (dead) => dead.id],
  ['tenant', (dead) => dead.tenant],
  ['day', (_, mark) => mark.day],
  ['received_at', (dead) => seconds(dead.receivedAt)],
  ['topic', (dead) => dead.origin.topic],
  ['reason', (dead) => dead.reason],
  ['key_id', (dead) => dead.sealed.keyId],
  ['sealed', (dead) => dead.sealed.envelope.toString('base64')],
  ...originColumns<DeadOutcome>(({ origin }) => origin),
])

/** What became of a batch as a whole. */
export interface LedgerEntry {
  batch: Omit<Batch<unknown>, 'records'>
  writtenAtMs: number
  stored: number
  dead: number
  duplicates: readonly number[]
  /** Offsets of an unfinished batch of which nothing is stored. */
  unanswered: readonly number[]
  /** How many offsets the log holds no record at. */
  empty: number
  /** Its process died in it; the next one wrote down what was stored of it. */
  unfinished: boolean
  findings: number
  originals: number
}

export const LEDGER: Table<LedgerEntry> = table('ledger', [
  ['topic', ({ batch }) => batch.topic],
  ['epoch', ({ batch }) => batch.epoch],
  ['partition', ({ batch }) => batch.partition],
  ['first', ({ batch }) => batch.first],
  ['last', ({ batch }) => batch.last],
  ['day', (_, mark) => mark.day],
  ['written_at', ({ writtenAtMs }) => seconds(writtenAtMs * 1000)],
  ['token', ({ batch }) => batch.token],
  ['stored', ({ stored }) => stored],
  ['dead', ({ dead }) => dead],
  ['duplicates', ({ duplicates }) => duplicates],
  ['joined', () => []],
  ['refused', () => []],
  ['unanswered', ({ unanswered }) => unanswered],
  ['empty', ({ empty }) => empty],
  ['unfinished', ({ unfinished }) => unfinished],
  ['findings', ({ findings }) => findings],
  ['originals', ({ originals }) => originals],
])

/**
 * DateTime64 reads a decimal number of seconds exactly; a double would not survive. Ten digits, because a shorter number
 * is taken for a calendar date.
 */
export function seconds(us: number): string {
  const whole = Math.floor(us / 1_000_000)
  return `${String(whole).padStart(10, '0')}.${String(us - whole * 1_000_000).padStart(6, '0')}`
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

/** Columns of JSON text, empty when there is nothing. The store keeps a nested value's text as it stands in the line. */
function list(value: readonly (Message | object)[]): string | readonly object[] {
  return value.length === 0 ? '' : value
}

/** Inherits nothing, so every name is a field. Made by a class, because JSON of what Object.create(null) gives is slow. */
class Texts {}
Object.setPrototypeOf(Texts.prototype, null)
delete (Texts.prototype as { constructor?: unknown }).constructor

function texts(attributes: Readonly<Record<string, AttributeValue>>): Record<string, string> {
  const all = new Texts() as Record<string, string>
  for (const key in attributes) all[key] = String(attributes[key])
  return all
}
