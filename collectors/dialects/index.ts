import type { Interaction } from '../../schemas/interaction.ts'
import { buildInteraction, type NormaliseContext } from './build.ts'
import { readError } from './call-error.ts'
import { hasText, newDraft, type Dialect, type Draft } from './dialect.ts'
import { otelGenai127 } from './otel-genai-1.27.ts'
import { otelGenai136 } from './otel-genai-1.36.ts'
import { otelGenaiLatest } from './otel-genai-latest.ts'
import { SpanReader } from './reader.ts'
import type { LogRecord, RecordContext, SpanRecord } from './record.ts'
import { sharedOf, type Shared } from './shared.ts'
import { inferOperation, readStandard, readUse } from './standard.ts'

export type { NormaliseContext } from './build.ts'
export type { Dialect, Draft } from './dialect.ts'

/** Why a record gave no interaction. Each is counted at the door. */
export type IgnoreReason = 'not_genai' | 'log_content_not_joined'
export type Normalised = Interaction | { ignored: IgnoreReason }

export type Normalise = (record: SpanRecord | LogRecord, context: NormaliseContext) => Normalised

/** Every dialect Weir reads, in the order in which they win over each other. */
export const DIALECTS: readonly Dialect[] = [otelGenaiLatest, otelGenai136, otelGenai127]

/** Kept on an interaction whose text no dialect could read to its end: it has its original attributes and nothing else. */
export const UNREAD = 'weir.unread'

export function createNormaliser(options: { dialects?: readonly Dialect[] } = {}): Normalise {
  const dialects = options.dialects ?? DIALECTS
  const sharedParts = new WeakMap<RecordContext, Shared>()
  return (record, context) => {
    if (record.kind === 'log') return { ignored: isGenaiLog(record) ? 'log_content_not_joined' : 'not_genai' }
    let span = new SpanReader(record)
    const matching = dialects.filter((dialect) => dialect.matches(span))
    const first = matching[0]
    if (first === undefined) return { ignored: 'not_genai' }
    let shared = sharedParts.get(record.context)
    if (shared === undefined) sharedParts.set(record.context, (shared = sharedOf(record.context)))
    let draft = newDraft()
    let dialect = first.name
    try {
      dialect = readAll(span, draft, matching)
    } catch (error) {
      // One record that a dialect cannot read must not cost the others of its request, nor be lost itself.
      span = new SpanReader(record)
      draft = newDraft()
      draft.rest.push([UNREAD, error instanceof Error ? error.name : 'unknown'])
    }
    return buildInteraction(span, draft, dialect, shared, context)
  }
}

/** Returns the dialect the text came in, or the first that matched where there was no text. */
function readAll(span: SpanReader, draft: Draft, dialects: readonly Dialect[]): string {
  let name: string | undefined
  readStandard(span, draft)
  for (const dialect of dialects) {
    dialect.read(span, draft)
    if (name === undefined && hasText(draft)) name = dialect.name
  }
  draft.operation ??= inferOperation(span, draft)
  readUse(span, draft)
  readError(span, draft)
  if (draft.finishReasons.length === 0) {
    for (const { finishReason } of draft.output) if (finishReason !== undefined) draft.finishReasons.push(finishReason)
  }
  return name ?? dialects[0]?.name ?? 'none'
}

function isGenaiLog(record: LogRecord): boolean {
  const name = record.eventName === '' ? record.attributes['event.name'] : record.eventName
  if (typeof name === 'string' && name.startsWith('gen_ai.')) return true
  for (const key in record.attributes) if (key.startsWith('gen_ai.')) return true
  return false
}
