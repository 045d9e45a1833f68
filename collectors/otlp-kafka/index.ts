import { setImmediate } from 'node:timers/promises'
import { WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import type { Meter } from '../../core/meter.ts'
import type { Clock, Collector, Emit, Refusal } from '../../core/seam.ts'
import type { ForeignRecord } from '../../core/streams/kafka/index.ts'
import type { OtlpKafkaConfig } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { countIntake, takeIn, type Intake, type Normalise } from '../dialects/intake.ts'
import { decodeRequest, type Signal } from '../dialects/wire/index.ts'

/** Reads topics until the signal aborts; tries `handle` again until it resolves, and only then goes on. */
export type ReadTopics = (
  topics: readonly string[],
  handle: (records: readonly ForeignRecord[]) => Promise<void>,
  signal: AbortSignal,
) => Promise<void>

export interface OtlpKafkaDeps {
  readonly read: ReadTopics
  readonly normalise: Normalise
  readonly meter: Meter
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
}

/** Interactions are emitted in lots of about so many: a batch of the topic may hold any number. */
const MOST_AT_ONCE = 1_000

/** The topics that are read. */
export const sourceTopics = ({ tracesTopic, logsTopic }: OtlpKafkaConfig): string[] =>
  logsTopic === '' ? [tracesTopic] : [tracesTopic, logsTopic]

/** What whoever reads topics of others must know: empty while none are read. */
export function plaintextWarnings(config: OtlpKafkaConfig): string[] {
  if (!config.enabled) return []
  const topics = sourceTopics(config)
  return [
    `${topics.join(', ')}: a Collector's topics hold what apps sent, unmasked and unsealed, and so does the Collector's own ` +
      'queue on disk: keep the retention of both short and restrict who may read them, or have the Collector send OTLP ' +
      'to Weir, which seals what it writes',
  ]
}

/**
 * Reads the topics that an OpenTelemetry Collector's Kafka exporter writes: one export request a record. An offset is
 * committed when its spans are durable. Nobody waits for an answer here, so what is refused is counted and logged.
 */
export function createOtlpKafkaCollector(config: OtlpKafkaConfig, deps: OtlpKafkaDeps): Collector {
  const signals = new Map(
    sourceTopics(config).map((topic, at): [string, Signal] => [topic, at === 0 ? 'traces' : 'logs']),
  )
  return {
    async run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
      const handle = (records: readonly ForeignRecord[]): Promise<void> => takeAll(records, signals, config, deps, emit)
      await deps.read([...signals.keys()], handle, signal)
    },
  }
}

async function takeAll(
  records: readonly ForeignRecord[],
  signals: ReadonlyMap<string, Signal>,
  config: OtlpKafkaConfig,
  deps: OtlpKafkaDeps,
  emit: Emit<Interaction>,
): Promise<void> {
  let waiting: Intake[] = []
  const flush = async (): Promise<void> => {
    const lot = waiting
    waiting = []
    await emitLot(lot, deps, emit)
  }
  for (const record of records) {
    const intake = decode(record, signals.get(record.topic)!, config, deps)
    if (intake === undefined) continue
    waiting.push(intake)
    if (sizeOf(waiting) >= MOST_AT_ONCE) await flush()
    else await setImmediate() // decoding a large batch must not keep the heartbeats waiting
  }
  await flush()
}

const sizeOf = (lot: readonly Intake[]): number => lot.reduce((sum, { batch }) => sum + batch.length, 0)

/** Undefined for what is no export request: it would never be one, so it is passed over. */
function decode(
  record: ForeignRecord,
  signal: Signal,
  config: OtlpKafkaConfig,
  deps: OtlpKafkaDeps,
): Intake | undefined {
  const { meter, clock, logger, normalise } = deps
  const { topic, partition, offset, value } = record
  meter.add('otlp_kafka.received_bytes', value.length, { signal })
  try {
    const decoded = decodeRequest(signal, config.encoding, value)
    if (decoded.invalidUtf8 > 0) meter.add('otlp.invalid_utf8', decoded.invalidUtf8, { signal })
    const context = { tenant: config.tenant, collector: 'otlp-kafka', receivedAt: clock.now() * 1000 }
    return takeIn(signal, decoded, normalise, context)
  } catch (error) {
    const code = error instanceof WeirError ? error.code : 'WEIR_BUG'
    meter.add('otlp_kafka.undecodable', 1, { signal })
    logger.warn('a record of a topic is no OTLP request and is passed over', { topic, partition, offset, code })
    return undefined
  }
}

async function emitLot(lot: readonly Intake[], deps: OtlpKafkaDeps, emit: Emit<Interaction>): Promise<void> {
  const all = lot.flatMap(({ batch }) => batch)
  const refusals = all.length === 0 ? [] : await emit(all)
  let first = 0
  for (const intake of lot) {
    const end = first + intake.batch.length
    const own = refusals.filter(({ index }) => index >= first && index < end)
    countIntake(
      deps.meter,
      intake,
      own.map((refusal): Refusal => ({ ...refusal, index: refusal.index - first })),
    )
    const refused = own.length + intake.refused.length
    if (refused > 0) deps.logger.warn('spans of a topic were refused', { refused })
    first = end
  }
}
