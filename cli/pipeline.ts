import { createNormaliser } from '../collectors/dialects/index.ts'
import { createOtlpCollector, type OtlpCollector } from '../collectors/otlp/index.ts'
import { createOtlpKafkaCollector } from '../collectors/otlp-kafka/index.ts'
import { systemClock, systemRandom } from '../core/clock.ts'
import { WeirError } from '../core/errors.ts'
import { createExaminer } from '../core/examine/index.ts'
import type { Logger } from '../core/log.ts'
import { createValueHasher, loadMasterKeys, type MasterKeys } from '../core/sealing/index.ts'
import { TOPICS, type Collector, type Consumer, type Emit } from '../core/seam.ts'
import { createBuryStage } from '../core/stages/bury.ts'
import { createEmit } from '../core/stages/collect.ts'
import { createDetectStage, type KnownIds } from '../core/stages/detect.ts'
import type { OutcomeSink } from '../core/stages/outcome.ts'
import { createRespondStage } from '../core/stages/respond.ts'
import { createWatchStage } from '../core/stages/watch.ts'
import type { Telemetry } from '../core/telemetry/index.ts'
import { tokenRanges } from '../core/tokens/index.ts'
import { scan } from '../processors/scan/index.ts'
import type { Config } from '../schemas/config.ts'
import type { Interaction } from '../schemas/interaction.ts'
import {
  createDeadSink,
  createOutcomeSink,
  endEarlierInserts,
  openEpoch,
  StoredIds,
  type StoreClient,
} from '../sinks/clickhouse/index.ts'
import { createDetectors } from './detectors.ts'
import { openInline } from './streams/inline.ts'
import type { OpenStream } from './streams/open-stream.ts'

/** Parts that a test may put in place of ours. */
export interface Parts {
  client?: (ours: StoreClient) => StoreClient
  emit?: (ours: Emit<Interaction>) => Emit<Interaction>
  sink?: (ours: OutcomeSink) => OutcomeSink
  known?: (ours: KnownIds) => KnownIds
  respond?: Consumer
  epoch?: (ours: number) => number
}

export const STAGES = ['collect', 'detect', 'watch', 'respond'] as const
export type StageName = (typeof STAGES)[number]

/** The stages that write to the store, or read from it. */
export const STAGES_WITH_STORE: ReadonlySet<StageName> = new Set(['detect'])

export interface Surroundings {
  /** Undefined where no stage of this process needs it. */
  client: StoreClient | undefined
  logger: Logger
  telemetry: Telemetry
  parts: Parts
}

export interface Pipeline {
  /** Where OTLP is received, by a process that collects. */
  address: { host: string; port: number } | undefined
  /** The collector first, then detect, then the stages that read what it writes. */
  stop(): Promise<void>
}

/** The given stages in this process; others may run in other processes where the stream is Kafka. */
export async function startPipeline(
  config: Config,
  around: Surroundings,
  names: readonly StageName[] = STAGES,
): Promise<Pipeline> {
  const { telemetry, parts } = around
  const { meter } = telemetry
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger: around.logger })
  const { open, written } = await openBoth(config, masterKeys, around)
  const { stream } = open
  const running: RunningStage[] = []
  const start = (run: (signal: AbortSignal) => Promise<void>): void => void running.push(startStage(run))

  if (names.includes('watch'))
    start((signal) => stream.subscribe(TOPICS.signals, 'watch', createWatchStage(meter), signal))
  if (names.includes('respond')) {
    const respond = parts.respond ?? createRespondStage(meter)
    start((signal) => stream.subscribe(TOPICS.findings, 'respond', respond, signal))
  }
  if (names.includes('detect')) {
    const detect = createDetect(config, masterKeys, written!, open, around)
    start((signal) => stream.subscribe(TOPICS.interactions, 'detect', detect, signal))
    if (config.stream.kind === 'kafka') {
      const sink = createDeadSink(around.client!)
      const bury = createBuryStage({ sink, keys: open.keys, random: systemRandom, meter })
      start((signal) => stream.subscribe(TOPICS.dead, 'detect', bury, signal))
    }
  }
  const collector =
    names.includes('collect') && config.collectors.otlp.enabled ? createCollector(config, around) : undefined
  const ours = createEmit(stream, meter)
  const emit = parts.emit?.(ours) ?? ours
  if (collector) start((signal) => collector.run(emit, signal))
  if (names.includes('collect') && config.collectors.otlpKafka.enabled) {
    const topics = await createTopicCollector(config, around)
    start((signal) => topics.run(emit, signal))
  }
  const stop = async (): Promise<void> => {
    for (const stage of running.toReversed()) await stage.stop()
    await open.close()
  }
  try {
    await collector?.ready
  } catch (error) {
    await stop()
    throw error
  }
  return { address: collector?.address(), stop }
}

/** What must be known of what is stored already before detect writes. */
interface Written {
  storedIds: StoredIds
  leftOver: ReadonlySet<string>
}

async function openBoth(
  config: Config,
  masterKeys: MasterKeys,
  around: Surroundings,
): Promise<{ open: OpenStream; written: Written | undefined }> {
  const { client, telemetry, parts } = around
  const storedIds = client && createStoredIds(config, client, telemetry)
  if (config.stream.kind === 'kafka') {
    const { openKafka } = await import('./streams/kafka.ts')
    const open = await openKafka(config, { ...around, masterKeys, client })
    return { open, written: storedIds && { storedIds, leftOver: new Set() } }
  }
  if (!client || !storedIds) throw new WeirError('WEIR_BUG', 'the inline stream needs the store')
  if (config.store.kind === 'server') await endEarlierInserts(client)
  const { epoch, leftOver } = await openEpoch(client, TOPICS.interactions, systemClock)
  await storedIds.load()
  const open = openInline(config, { ...around, masterKeys, client, epoch: parts.epoch?.(epoch) ?? epoch })
  return { open, written: { storedIds, leftOver } }
}

function createStoredIds(config: Config, client: StoreClient, { meter }: Telemetry): StoredIds {
  const onFilterDropped = (): void => meter.add('weir_duplicates_filter_dropped_total', 1)
  return new StoredIds({ client, clock: systemClock, windowHours: config.store.duplicateWindowHours, onFilterDropped })
}

function createDetect(
  config: Config,
  masterKeys: MasterKeys,
  { storedIds, leftOver }: Written,
  { stream, keys }: OpenStream,
  { client, logger, telemetry, parts }: Surroundings,
): Consumer {
  const sink = createOutcomeSink({ client: client!, clock: systemClock, leftOver })
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
    keys,
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

async function createTopicCollector(config: Config, { logger, telemetry }: Surroundings): Promise<Collector> {
  const { createTopicReader } = await import('./streams/kafka.ts')
  return createOtlpKafkaCollector(config.collectors.otlpKafka, {
    read: createTopicReader(config, logger, telemetry),
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
