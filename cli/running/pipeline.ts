import { createNormaliser } from '../../collectors/dialects/index.ts'
import type { ReadRequest, Request } from '../../collectors/dialects/intake.ts'
import { createBodyBudget, createOtlpCollector, type OtlpCollector } from '../../collectors/otlp/index.ts'
import { createOtlpKafkaCollector } from '../../collectors/otlp-kafka/index.ts'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { grpcListen, type ListenAddress } from '../../core/config/listen.ts'
import { WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import { createPricer } from '../../core/prices.ts'
import { loadMasterKeys, type MasterKeys } from '../../core/sealing/index.ts'
import { TOPICS, type Collector, type Consumer, type Emit } from '../../core/seam.ts'
import type { LongTexts } from '../../core/pool/index.ts'
import { createBuryStage } from '../../core/stages/bury.ts'
import { createEmit } from '../../core/stages/collect.ts'
import { createDetectStage, type KnownIds } from '../../core/stages/detect.ts'
import type { OutcomeSink } from '../../core/stages/outcome.ts'
import { createRespondStage } from '../../core/stages/respond.ts'
import { createWatchStage } from '../../core/stages/watch.ts'
import type { Telemetry } from '../../core/telemetry/index.ts'
import type { Config } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import {
  createDeadSink,
  createOutcomeSink,
  endEarlierInserts,
  openEpoch,
  StoredIds,
  type StoreClient,
} from '../../sinks/clickhouse/index.ts'
import { LedgerWatch } from './ledger-watch.ts'
import { longTextsOf, openWorkers, readElsewhere, type LongWorkers } from './long-texts.ts'
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
  address: ListenAddress | undefined
  /** The same over gRPC. */
  grpcAddress: ListenAddress | undefined
  /** What collectors are given, for interactions whose price is settled. */
  emit: Emit<Interaction>
  /** Collectors first, then detect, then the stages that read what it writes. */
  stop(): Promise<void>
}

/** The given stages in this process; others may run in other processes where the stream is Kafka. */
export async function startPipeline(
  config: Config,
  around: Surroundings,
  names: readonly StageName[] = STAGES,
): Promise<Pipeline> {
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger: around.logger })
  const workers = openWorkers(config, around.telemetry)
  const longTexts = names.includes('detect') ? longTextsOf(config, masterKeys, workers) : undefined
  const { open, stored } = await openStream(config, masterKeys, longTexts, around)
  const running: RunningStage[][] = [[], [], []]
  const [collectors, writers, readers] = running as [RunningStage[], RunningStage[], RunningStage[]]
  const stop = async (): Promise<void> => {
    for (const stages of running) await Promise.all(stages.map((stage) => stage.stop()))
    await workers.close()
    await open.close()
  }
  try {
    if (names.includes('watch')) readers.push(startWatch(open, around))
    if (names.includes('respond')) readers.push(startRespond(open, around))
    if (longTexts) writers.push(...startDetect(config, longTexts, open, stored, around))
    const ours = createEmit(open.stream, around.telemetry.meter)
    const emit = around.parts.emit?.(ours) ?? ours
    const listening = names.includes('collect') ? await startCollect(config, emit, workers, around, collectors) : []
    await Promise.all(listening.map(({ ready }) => ready))
    const [http, grpc] = listening
    return { address: http?.address(), grpcAddress: grpc?.address(), emit, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The store, and what must be known of what is in it before detect writes. */
interface Stored {
  client: StoreClient
  ids: StoredIds
  leftOver: ReadonlySet<string>
}

async function openStream(
  config: Config,
  masterKeys: MasterKeys,
  longTexts: LongTexts | undefined,
  around: Surroundings,
): Promise<{ open: OpenStream; stored: Stored | undefined }> {
  const { client, telemetry, parts } = around
  const ids = client && createStoredIds(config, client, telemetry)
  if (config.stream.kind === 'kafka') {
    const { openKafka } = await import('./streams/kafka.ts')
    const open = await openKafka(config, { ...around, masterKeys, client })
    return { open, stored: client && ids && { client, ids, leftOver: new Set() } }
  }
  if (!client || !ids) throw new WeirError('WEIR_BUG', 'the inline stream needs the store')
  if (config.store.kind === 'server') await endEarlierInserts(client)
  const { epoch, leftOver } = await openEpoch(client, TOPICS.interactions, systemClock)
  await ids.load()
  const prepare = (value: unknown): Promise<void> | undefined => longTexts?.prepare(value as Interaction)
  const open = openInline(config, { ...around, masterKeys, client, epoch: parts.epoch?.(epoch) ?? epoch, prepare })
  return { open, stored: { client, ids, leftOver } }
}

function startWatch({ stream }: OpenStream, { telemetry }: Surroundings): RunningStage {
  const watch = createWatchStage(telemetry.meter)
  return startStage((signal) => stream.subscribe(TOPICS.signals, 'watch', watch, signal))
}

function startRespond({ stream }: OpenStream, { telemetry, parts }: Surroundings): RunningStage {
  const respond = parts.respond ?? createRespondStage(telemetry.meter)
  return startStage((signal) => stream.subscribe(TOPICS.findings, 'respond', respond, signal))
}

/** On Kafka it also writes down what no stage could read. */
function startDetect(
  config: Config,
  longTexts: LongTexts,
  open: OpenStream,
  stored: Stored | undefined,
  around: Surroundings,
): RunningStage[] {
  if (!stored) throw new WeirError('WEIR_BUG', 'detect needs the store')
  const { stream, keys } = open
  const detect = createDetect(config, longTexts, stored, open, around)
  const stages = [startStage((signal) => stream.subscribe(TOPICS.interactions, 'detect', detect, signal))]
  const ledger = createLedgerWatch(config, stored.client, open, around)
  if (config.stream.kind === 'kafka') {
    const { meter } = around.telemetry
    const bury = createBuryStage({ sink: createDeadSink(stored.client), keys, random: systemRandom, meter })
    const buryAndWatch = ledger.withTurnOf(bury)
    stages.push(startStage((signal) => stream.subscribe(TOPICS.dead, 'detect', buryAndWatch, signal)))
  } else ledger.begin()
  stages.push({ stop: async () => ledger.end() })
  return stages
}

const LEDGER_DAYS = 2

function createLedgerWatch(
  { store, sealing }: Config,
  client: StoreClient,
  { undrained }: OpenStream,
  { telemetry, logger }: Surroundings,
): LedgerWatch {
  return new LedgerWatch({
    ...{ store: client, database: client.database, telemetry, logger, clock: systemClock },
    days: Math.min(LEDGER_DAYS, store.retentionDays),
    originalsDays: Math.min(LEDGER_DAYS, sealing.originalsRetentionDays),
    ...(undrained && { undrained }),
  })
}

/** Adds the collectors that are switched on; gives back those that listen, OTLP/HTTP first. */
async function startCollect(
  config: Config,
  durable: Emit<Interaction>,
  workers: LongWorkers,
  around: Surroundings,
  collectors: RunningStage[],
): Promise<OtlpCollector[]> {
  const emit = priced(config, durable)
  const listening = config.collectors.otlp.enabled ? await createReceivers(config, workers, around) : []
  const reading = config.collectors.otlpKafka.enabled ? await createTopicCollector(config, around) : undefined
  for (const collector of [...listening, reading])
    if (collector) collectors.push(startStage((signal) => collector.run(emit, signal)))
  return listening
}

function priced({ prices }: Config, emit: Emit<Interaction>): Emit<Interaction> {
  if (Object.keys(prices.models).length === 0) return emit
  const price = createPricer(prices)
  return (batch) => {
    for (const interaction of batch) price(interaction)
    return emit(batch)
  }
}

function createStoredIds(config: Config, client: StoreClient, { meter }: Telemetry): StoredIds {
  const onFilterDropped = (): void => meter.add('weir_duplicates_filter_dropped_total', 1)
  return new StoredIds({ client, clock: systemClock, windowHours: config.store.duplicateWindowHours, onFilterDropped })
}

function createDetect(
  config: Config,
  { examine, atOnce }: LongTexts,
  { client, ids, leftOver }: Stored,
  { stream, keys }: OpenStream,
  { logger, telemetry, parts }: Surroundings,
): Consumer {
  const sink = createOutcomeSink({ client, clock: systemClock, leftOver })
  return createDetectStage({
    examine,
    atOnce,
    known: parts.known?.(ids) ?? ids,
    sink: parts.sink?.(sink) ?? sink,
    stream,
    keys,
    originals: config.sealing.originals,
    random: systemRandom,
    meter: telemetry.meter,
    logger,
  })
}

/** OTLP over HTTP, and over gRPC where that has an address. What they hold together has one bound. */
async function createReceivers(
  config: Config,
  workers: LongWorkers,
  { logger, telemetry }: Surroundings,
): Promise<OtlpCollector[]> {
  const { otlp } = config.collectors
  const { meter } = telemetry
  const elsewhere = (request: Request): Promise<ReadRequest> => readElsewhere(workers, request)
  const shared = { meter, clock: systemClock, logger, budget: createBodyBudget() }
  const deps = { normalise: createNormaliser(), elsewhere, ...shared }
  const http = createOtlpCollector(otlp, deps)
  if (grpcListen(otlp) === undefined) return [http]
  const { createOtlpGrpcCollector } = await import('../../collectors/otlp/grpc/index.ts')
  return [http, createOtlpGrpcCollector(otlp, deps)]
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
