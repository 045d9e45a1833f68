import { createNormaliser } from '../collectors/dialects/index.ts'
import { createOtlpCollector, type OtlpCollector } from '../collectors/otlp/index.ts'
import { systemClock, systemRandom } from '../core/clock.ts'
import { createExaminer } from '../core/examine/index.ts'
import type { Logger } from '../core/log.ts'
import { createValueHasher, DataKeys, loadMasterKeys, type MasterKeys } from '../core/sealing/index.ts'
import { TOPICS, type Consumer, type Emit } from '../core/seam.ts'
import { createEmit } from '../core/stages/collect.ts'
import { createDetectStage, type KnownIds } from '../core/stages/detect.ts'
import type { OutcomeSink } from '../core/stages/outcome.ts'
import { createRespondStage } from '../core/stages/respond.ts'
import { createWatchStage } from '../core/stages/watch.ts'
import { createInlineStream, type InlineStream } from '../core/streams/inline/index.ts'
import type { Telemetry } from '../core/telemetry/index.ts'
import { tokenRanges } from '../core/tokens/index.ts'
import { scan } from '../processors/scan/index.ts'
import type { Config } from '../schemas/config.ts'
import type { Interaction } from '../schemas/interaction.ts'
import {
  assertSchema,
  createKeyStore,
  createOutcomeSink,
  createRecovery,
  endEarlierInserts,
  migrate,
  openEpoch,
  StoredIds,
  type Opening,
  type StoreClient,
} from '../sinks/clickhouse/index.ts'
import { createDetectors } from './detectors.ts'

/** Parts that a test may put in place of ours. */
export interface Parts {
  client?: (ours: StoreClient) => StoreClient
  emit?: (ours: Emit<Interaction>) => Emit<Interaction>
  sink?: (ours: OutcomeSink) => OutcomeSink
  known?: (ours: KnownIds) => KnownIds
  respond?: Consumer
  epoch?: (ours: number) => number
}

export interface Surroundings {
  client: StoreClient
  logger: Logger
  telemetry: Telemetry
  parts: Parts
}

export interface Pipeline {
  address: { host: string; port: number }
  /** The collector first, then detect, then the stages that read what it writes. */
  stop(): Promise<void>
}

/** How long a stage may go on with what it holds once it is told to stop. */
const DRAIN_MS = 15_000

/** A batch that fails for this long means not ready. */
const FAILING_MS = 3_000

/** All four stages in this process, over the inline stream. */
export async function startPipeline(config: Config, around: Surroundings): Promise<Pipeline> {
  const { telemetry, parts } = around
  const { meter } = telemetry
  const ready = await prepare(config, around)
  const stream = openStream(config, ready.opening.epoch, around)
  const detect = createDetect(config, ready, stream, around)
  const collector = createCollector(config, around)
  const emit = createEmit(stream, meter)

  const stages = [
    startStage((signal) => stream.subscribe(TOPICS.signals, 'watch', createWatchStage(meter), signal)),
    startStage((signal) =>
      stream.subscribe(TOPICS.findings, 'respond', parts.respond ?? createRespondStage(meter), signal),
    ),
    startStage((signal) => stream.subscribe(TOPICS.interactions, 'detect', detect, signal)),
    startStage((signal) => collector.run(parts.emit?.(emit) ?? emit, signal)),
  ]
  const stop = async (): Promise<void> => {
    for (const stage of stages.toReversed()) await stage.stop()
  }
  try {
    await collector.ready
  } catch (error) {
    await stop()
    throw error
  }
  return { address: collector.address(), stop }
}

interface Prepared {
  masterKeys: MasterKeys
  opening: Opening
  storedIds: StoredIds
}

/** What must be known of the store before the first record is taken. */
async function prepare(config: Config, { client, logger, telemetry, parts }: Surroundings): Promise<Prepared> {
  if (config.store.kind === 'server') await endEarlierInserts(client)
  const { retentionDays, fsync, duplicateWindowHours } = config.store
  const { originalsRetentionDays } = config.sealing
  const applied = await migrate(client, { engine: 'MergeTree', fsync, retentionDays, originalsRetentionDays })
  await assertSchema(client)
  if (applied.length > 0) logger.info('the schema is ready', { migrations: applied.length })
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger })
  const opening = await openEpoch(client, TOPICS.interactions, systemClock)
  const onFilterDropped = (): void => telemetry.meter.add('weir_duplicates_filter_dropped_total', 1)
  const storedIds = new StoredIds({ client, clock: systemClock, windowHours: duplicateWindowHours, onFilterDropped })
  await storedIds.load()
  return { masterKeys, storedIds, opening: { ...opening, epoch: parts.epoch?.(opening.epoch) ?? opening.epoch } }
}

function openStream(config: Config, epoch: number, { client, logger, telemetry }: Surroundings): InlineStream {
  const { meter } = telemetry
  const stream = createInlineStream({
    epoch,
    limits: config.stream,
    drainMs: DRAIN_MS,
    recovery: createRecovery(client, systemClock),
    clock: systemClock,
    onOverflow: (topic) => meter.add('weir_stream_overflow_total', 1, { topic }),
    onJoined: (topic, records) => meter.add('weir_stream_joined_total', records, { topic }),
    onError: (topic, error) => {
      meter.add('weir_stream_errors_total', 1, { topic })
      logger.warn('a batch could not be handled and is tried again', { topic, error })
    },
  })
  telemetry.addCheck({
    name: 'stream',
    check: async () => {
      const failingMs = stream.failingMs()
      return failingMs > FAILING_MS ? `nothing could be stored for ${Math.round(failingMs / 1000)} s` : undefined
    },
  })
  telemetry.gauge('weir_stream_queued_records', () => stream.depth().records)
  telemetry.gauge('weir_stream_queued_bytes', () => stream.depth().bytes)
  return stream
}

function createDetect(config: Config, ready: Prepared, stream: InlineStream, around: Surroundings): Consumer {
  const { client, logger, telemetry, parts } = around
  const { masterKeys, opening, storedIds } = ready
  const sink = createOutcomeSink({ client, clock: systemClock, leftOver: opening.leftOver })
  return createDetectStage({
    examine: createExaminer({
      detectors: createDetectors(config),
      scan,
      hash: createValueHasher(masterKeys),
      identity: config.identity.user,
      tokenRanges,
    }),
    known: parts.known?.(storedIds) ?? storedIds,
    sink: parts.sink?.(sink) ?? sink,
    stream,
    keys: new DataKeys({ masterKeys, store: createKeyStore(client, systemClock), random: systemRandom }),
    originals: config.sealing.originals,
    random: systemRandom,
    meter: telemetry.meter,
    logger,
  })
}

function createCollector(config: Config, { logger, telemetry }: Surroundings): OtlpCollector {
  return createOtlpCollector(config.collectors.otlp, {
    normalise: createNormaliser(),
    meter: telemetry.meter,
    clock: systemClock,
    logger,
  })
}

interface RunningStage {
  stop(): Promise<void>
}

function startStage(run: (signal: AbortSignal) => Promise<void>): RunningStage {
  const controller = new AbortController()
  const done = run(controller.signal)
  done.catch(() => {}) // reported by stop, or by who waits for readiness
  return {
    stop: async () => {
      controller.abort()
      await done.catch(() => {})
    },
  }
}
