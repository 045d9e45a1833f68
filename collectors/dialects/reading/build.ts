import { interactionId } from '../../../core/ids.ts'
import type { Actor, Arrival, AttributeValue, Interaction, Release } from '../../../schemas/interaction.ts'
import { captureOf } from './capture.ts'
import type { Dialect, Draft } from '../dialect.ts'
import type { EventReader, RecordReader } from './reader.ts'
import type { AnyValue, SpanRecord } from '../record.ts'
import { safeKey, scalarOf, type Shared } from './shared.ts'
import { plain, textOf, wellFormed } from './text.ts'
import { usageOf } from './usage.ts'

export interface NormaliseContext {
  tenant: string
  collector: string
  /** Microseconds since 1970. */
  receivedAt: number
}

const FIRST_PLAUSIBLE_US = Date.UTC(2015, 0, 1) * 1000
const DAY_US = 86_400_000_000
const SPAN_KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer']

/** What is left of more events than this is kept as one JSON text. */
const MAX_EVENTS = 1_000

export function buildInteraction(
  reader: RecordReader,
  draft: Draft,
  dialect: Dialect,
  shared: Shared,
  context: NormaliseContext,
): Interaction {
  const { record } = reader
  const operation = draft.operation ?? 'unknown'
  const startedAt = wholeMicros(record.kind === 'span' ? record.startUs : record.timeUs)
  const endedAt = record.kind === 'span' ? wholeMicros(record.endUs) : startedAt
  const interaction: Interaction = {
    version: 1,
    id: interactionId(context.tenant, record.traceId, record.spanId, record.kind, record.raw),
    tenant: context.tenant,
    kind: record.kind,
    traceId: record.traceId,
    spanId: record.spanId,
    name: wellFormed(reader.name),
    operation,
    startedAt,
    durationUs: Math.max(0, Math.min(endedAt - startedAt, Number.MAX_SAFE_INTEGER)),
    service: shared.service,
    actor: actorOf(draft),
    release: releaseOf(draft, shared),
    system: draft.system,
    input: draft.input,
    output: draft.output,
    tools: draft.tools,
    toolCalls: draft.toolCalls,
    sources: draft.sources,
    usage: usageOf(draft),
    finishReasons: draft.finishReasons,
    evaluations: draft.evaluations,
    capture: captureOf(reader, draft, operation, dialect.remedy),
    arrival: arrivalOf(dialect.name, shared, context),
    attributes: attributesOf(reader, draft, shared),
  }
  if (record.kind === 'span' && record.parentSpanId !== '') interaction.parentSpanId = record.parentSpanId
  if (draft.conversationId !== undefined) interaction.conversationId = draft.conversationId
  if (draft.error !== undefined) interaction.error = draft.error
  if (startedAt < FIRST_PLAUSIBLE_US || startedAt > context.receivedAt + DAY_US || endedAt < startedAt) {
    interaction.timeImplausible = true
  }
  return interaction
}

function wholeMicros(us: number): number {
  if (Number.isSafeInteger(us)) return us
  return us > 0 ? Math.floor(Math.min(us, Number.MAX_SAFE_INTEGER)) : 0
}

function actorOf(draft: Draft): Actor {
  const actor: Actor = {}
  if (draft.user !== undefined) actor.user = draft.user
  if (draft.agent !== undefined) actor.agent = draft.agent
  if (draft.onBehalfOf !== undefined) actor.onBehalfOf = draft.onBehalfOf
  return actor
}

function releaseOf(draft: Draft, shared: Shared): Release {
  const release: Release = {}
  const route = draft.route ?? shared.route
  if (route !== undefined) release.route = route
  if (draft.provider !== undefined) release.provider = draft.provider
  if (draft.requestedModel !== undefined) release.requestedModel = draft.requestedModel
  if (draft.model !== undefined) release.model = draft.model
  if (draft.fingerprint !== undefined) release.fingerprint = draft.fingerprint
  if (draft.promptName !== undefined) release.promptName = draft.promptName
  if (draft.promptVersion !== undefined) release.promptVersion = draft.promptVersion
  return release
}

function arrivalOf(dialect: string, shared: Shared, context: NormaliseContext): Arrival {
  const arrival: Arrival = { dialect, collector: context.collector, receivedAt: context.receivedAt }
  if (shared.schemaUrl !== '') arrival.schemaUrl = shared.schemaUrl
  if (shared.scope !== '') arrival.scope = shared.scope
  if (shared.scopeVersion !== '') arrival.scopeVersion = shared.scopeVersion
  return arrival
}

/** Everything that no field took. The sender's own keys come first, so ours give way where they meet. */
function attributesOf(reader: RecordReader, draft: Draft, shared: Shared): Record<string, AttributeValue> {
  const { record } = reader
  const kept: Record<string, AttributeValue> = {}
  const ownName = record.kind === 'log' ? 'event.name' : undefined
  reader.forEachLeft((key, value) => {
    if (key !== ownName) kept[safeKey(key)] = scalarOf(value)
  })
  if (record.kind === 'span') keepStatus(record, draft, kept)
  for (const [key, text] of draft.rest) keep(kept, safeKey(key), text)
  for (const [key, value] of shared.attributes) keep(kept, key, value)
  if (record.kind === 'span') keepEvents(reader, kept)
  return kept
}

function keepStatus(record: SpanRecord, draft: Draft, kept: Record<string, AttributeValue>): void {
  const kind = SPAN_KINDS[record.spanKind] ?? String(record.spanKind)
  if (kind !== '') keep(kept, 'span.kind', kind)
  const message = wellFormed(record.statusMessage)
  if (message !== '' && draft.error?.message !== message) keep(kept, 'span.status_message', message)
}

function keepEvents(span: RecordReader, kept: Record<string, AttributeValue>): void {
  const beyond: AnyValue[] = []
  for (let index = 0; index < span.events.length; index++) {
    const event = span.events[index] as EventReader
    const left: [string, AnyValue][] = []
    event.forEachLeft((key, value) => {
      if (!event.used || !repeats(span, event, key, value)) left.push([key, value])
    })
    if (event.used && left.length === 0) continue
    if (index >= MAX_EVENTS) {
      beyond.push({ name: event.name, time_us: wholeMicros(event.timeUs), attributes: Object.fromEntries(left) })
      continue
    }
    keep(kept, `event[${index}].name`, wellFormed(event.name))
    keep(kept, `event[${index}].time_us`, wholeMicros(event.timeUs))
    for (const [key, value] of left) keep(kept, `event[${index}].${wellFormed(key)}`, scalarOf(value))
  }
  if (beyond.length > 0) keep(kept, 'event.remainder', textOf(plain(beyond)))
}

/** Events repeat what their span says, provider and operation above all; that is kept once. */
const repeats = (span: RecordReader, event: EventReader, key: string, value: AnyValue): boolean =>
  value === (key === 'event.name' ? event.name : span.peek(key))

function keep(kept: Record<string, AttributeValue>, key: string, value: AttributeValue): void {
  let free = key
  while (Object.hasOwn(kept, free)) free += '_'
  kept[free] = value
}
