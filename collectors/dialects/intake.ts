import type { Meter } from '../../core/meter.ts'
import type { Refusal } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { NormaliseContext } from './reading/build.ts'
import type { LogRecord, SpanRecord } from './record.ts'
import { decodeRequest, type Decoded, type Encoding, type RefusedRecord, type Signal } from './wire/index.ts'

/**
 * Makes an interaction of a record, or says in a word why there is none to make. The bytes of the record's `raw` are good
 * only during the call.
 */
export interface Normalise {
  (record: SpanRecord | LogRecord, context: NormaliseContext): Interaction | { ignored: string }
}

/** The word for records that have nothing to do with generative AI: the one that senders are not told about. */
const NOT_GENAI = 'not_genai'

/** How many refused records an answer describes one by one. */
const MAX_DESCRIBED = 5

const UNITS = { traces: 'spans', logs: 'log records', metrics: 'data points' } as const

/** What became of a request's records before they were emitted. */
export interface Intake {
  signal: Signal
  batch: Interaction[]
  /** For each of the batch, which record of the request it was. */
  positions: number[]
  refused: RefusedRecord[]
  /** Reason to number. */
  ignored: Map<string, number>
  total: number
}

export interface Outcome {
  rejected: number
  message: string
}

/** The bytes of a request, and whose they are. */
export interface Request {
  readonly signal: Signal
  readonly encoding: Encoding
  readonly body: Buffer
  readonly context: NormaliseContext
}

export interface ReadRequest {
  readonly intake: Intake
  /** Texts with invalid UTF-8. */
  readonly invalidUtf8: number
}

/** From bytes to interactions. Throws what decoding throws. */
export function readRequest(normalise: Normalise, { signal, encoding, body, context }: Request): ReadRequest {
  const decoded = decodeRequest(signal, encoding, body)
  return { intake: takeIn(signal, decoded, normalise, context), invalidUtf8: decoded.invalidUtf8 }
}

export function takeIn(signal: Signal, decoded: Decoded, normalise: Normalise, context: NormaliseContext): Intake {
  const { total } = decoded
  const intake: Intake = { signal, batch: [], positions: [], refused: [...decoded.refused], ignored: new Map(), total }
  const refusedAt = new Set(decoded.refused.map((refused) => refused.index))
  let index = 0
  for (const record of decoded.records) {
    while (refusedAt.has(index)) index++
    takeRecord(intake, index++, record, normalise, context)
  }
  return intake
}

function takeRecord(
  intake: Intake,
  index: number,
  record: SpanRecord | LogRecord,
  normalise: Normalise,
  context: NormaliseContext,
): void {
  let made: ReturnType<Normalise>
  try {
    made = normalise(record, context)
  } catch (error) {
    // A mistake of ours about one record must not cost the others.
    intake.refused.push({
      index,
      message: `could not be understood (${error instanceof Error ? error.name : 'error'})`,
    })
    return
  }
  if ('ignored' in made) intake.ignored.set(made.ignored, (intake.ignored.get(made.ignored) ?? 0) + 1)
  else {
    intake.batch.push(made)
    intake.positions.push(index)
  }
}

/** What the sender is told, once it is known what could not be stored. */
export function outcomeOf(intake: Intake, refusals: readonly Refusal[]): Outcome {
  const refused = [...intake.refused]
  for (const refusal of refusals)
    refused.push({ index: intake.positions[refusal.index] ?? -1, message: refusal.message })
  const unit = UNITS[intake.signal]
  const sentences: string[] = []
  if (refused.length > 0) {
    const described = refused.slice(0, MAX_DESCRIBED).map(({ index, message }) => `[${index}] ${message}`)
    if (refused.length > MAX_DESCRIBED) described.push(`and ${refused.length - MAX_DESCRIBED} more`)
    sentences.push(`${refused.length} of ${intake.total} ${unit} refused: ${described.join('; ')}.`)
  }
  for (const [reason, count] of intake.ignored) {
    if (reason !== NOT_GENAI) sentences.push(`${count} of ${intake.total} ${unit} ignored: ${reason}.`)
  }
  return { rejected: refused.length, message: sentences.join(' ') }
}

/** Every record of a request in exactly one count. */
export function countIntake(meter: Meter, intake: Intake, refusals: readonly Refusal[]): void {
  const { signal } = intake
  const count = (outcome: string, reason: string, value: number): void => {
    if (value > 0) meter.add('otlp.records', value, { signal, outcome, reason })
  }
  count('taken', 'none', intake.batch.length - refusals.length)
  count('refused', 'invalid', intake.refused.length)
  for (const refusal of refusals) count('refused', refusal.reason, 1)
  for (const [reason, value] of intake.ignored) count('ignored', reason, value)
}
