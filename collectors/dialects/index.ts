import type { Interaction } from '../../schemas/interaction.ts'
import { hasText, newDraft, type Dialect, type Draft } from './dialect.ts'
import { DIALECTS } from './list-of-dialects.ts'
import { buildInteraction, type NormaliseContext } from './reading/build.ts'
import { readError } from './reading/call-error.ts'
import { createChooser, type Chosen } from './reading/choose.ts'
import { fieldFiller, type FillFields } from './reading/fields.ts'
import { RecordReader } from './reading/reader.ts'
import { sharedOf, type Shared } from './reading/shared.ts'
import { inferOperation, nameToolCall, readStandard, readUse } from './reading/standard.ts'
import { dropChildrensUsage, includeDetails } from './reading/usage.ts'
import type { LogRecord, RecordContext, SpanRecord } from './record.ts'

export { DIALECTS } from './list-of-dialects.ts'
export type { NormaliseContext } from './reading/build.ts'
export type { Dialect, Draft } from './dialect.ts'

/** Why a record gave no interaction. Each is counted at the door. */
export type IgnoreReason = 'not_genai' | 'log_without_content'
export type Normalised = Interaction | { ignored: IgnoreReason }

export type Normalise = (record: SpanRecord | LogRecord, context: NormaliseContext) => Normalised

export interface NormaliserOptions {
  dialects?: readonly Dialect[]
}

/** Kept on an interaction whose text no dialect could read to its end: it has its original attributes and nothing else. */
export const UNREAD = 'weir.unread'

interface Compiled {
  dialect: Dialect
  fill: FillFields | undefined
}

/** What records of the same signs have in common. */
interface Reading {
  matching: readonly Compiled[]
  /** Gives its name to text that OpenTelemetry's conventions hold, if one does. */
  accent: Dialect | undefined
  /** Gives its name to a record without text. */
  textless: Dialect
}

/** Different readings that are kept. Senders show the same few dozen. */
const MOST_READINGS = 1_024

export function createNormaliser(options: NormaliserOptions = {}): Normalise {
  const dialects = options.dialects ?? DIALECTS
  const choose = createChooser(dialects)
  const readingOf = rememberedReadings(dialects)
  const sharedParts = new WeakMap<RecordContext, Shared>()
  return (record, context) => {
    const chosen = choose(record)
    if (chosen.all === 0) return { ignored: 'not_genai' }
    let shared = sharedParts.get(record.context)
    if (shared === undefined) sharedParts.set(record.context, (shared = sharedOf(record.context)))
    const reading = readingOf(chosen)
    let reader = new RecordReader(record)
    let draft = newDraft()
    let dialect = reading.textless
    try {
      dialect = named(reading, readAll(reader, draft, reading.matching))
    } catch (error) {
      // One record that a dialect cannot read must not cost the others of its request, nor be lost itself.
      reader = new RecordReader(record)
      draft = newDraft()
      draft.rest.push([UNREAD, error instanceof Error ? error.name : 'unknown'])
    }
    if (record.kind === 'log' && saysNothing(draft)) return { ignored: 'log_without_content' }
    return buildInteraction(reader, draft, dialect, shared, context)
  }
}

/** Returns the dialect the text came in, if there was text. */
function readAll(reader: RecordReader, draft: Draft, matching: readonly Compiled[]): Dialect | undefined {
  let source: Dialect | undefined
  readStandard(reader, draft)
  readUse(reader, draft)
  for (const { dialect, fill } of matching) {
    fill?.(reader, draft)
    dialect.read?.(reader, draft)
    if (source === undefined && hasText(draft)) source = dialect
  }
  draft.operation ??= inferOperation(reader, draft)
  nameToolCall(reader, draft)
  includeDetails(reader, draft)
  dropChildrensUsage(reader, draft)
  readError(reader, draft)
  if (draft.finishReasons.length === 0) {
    for (const { finishReason } of draft.output) if (finishReason !== undefined) draft.finishReasons.push(finishReason)
  }
  return source
}

/** Made once for each pair of signs and hints; when there are too many, all are forgotten. */
function rememberedReadings(dialects: readonly Dialect[]): (chosen: Chosen) => Reading {
  const compiled = dialects.map((dialect): Compiled => {
    return { dialect, fill: dialect.fields === undefined ? undefined : fieldFiller(dialect.fields) }
  })
  const known = new Map<number, Map<number, Reading>>()
  let count = 0
  return (chosen) => {
    const found = known.get(chosen.all)?.get(chosen.signs)
    if (found !== undefined) return found
    if (++count > MOST_READINGS) {
      known.clear()
      count = 1
    }
    const made = readingOf(compiled, chosen)
    const beside = known.get(chosen.all)
    if (beside === undefined) known.set(chosen.all, new Map([[chosen.signs, made]]))
    else beside.set(chosen.signs, made)
    return made
  }
}

function readingOf(compiled: readonly Compiled[], { signs, all }: Chosen): Reading {
  const among = (bits: number): Compiled[] => compiled.filter((_, index) => (bits & (1 << index)) !== 0)
  const matching = among(all)
  const read = matching.map(({ dialect }) => dialect)
  const shown = among(signs).map(({ dialect }) => dialect)
  const vendor = shown.find((dialect) => !isOpenTelemetry(dialect))
  // Of hints the oldest convention's says most: the newest takes whatever speaks of GenAI.
  const textless = vendor ?? shown[0] ?? read.findLast(isOpenTelemetry) ?? (read[0] as Dialect)
  return { matching, accent: shown.find((dialect) => dialect.isAccent === true), textless }
}

/**
 * The dialect a record is said to speak: the one whose text it is; where that is OpenTelemetry's own, an accent of it; where
 * there is no text, the first that shows a sign, a vendor's before OpenTelemetry's.
 */
function named(reading: Reading, source: Dialect | undefined): Dialect {
  if (source === undefined) return reading.textless
  return isOpenTelemetry(source) ? (reading.accent ?? source) : source
}

const isOpenTelemetry = (dialect: Dialect): boolean => dialect.name.startsWith('otel-')

const saysNothing = (draft: Draft): boolean =>
  !hasText(draft) &&
  draft.toolCalls.length === 0 &&
  draft.sources.length === 0 &&
  draft.evaluations.length === 0 &&
  draft.error === undefined &&
  draft.outputTokens === undefined &&
  draft.rest.length === 0
