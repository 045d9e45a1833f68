import { mkdir } from 'node:fs/promises'
import { createNormaliser } from '../collectors/dialects/index.ts'
import { createOtlpCollector } from '../collectors/otlp/index.ts'
import { systemClock, systemRandom } from '../core/clock.ts'
import { createExaminer } from '../core/examine/index.ts'
import type { Logger } from '../core/log.ts'
import { createValueHasher, DataKeys, loadMasterKeys } from '../core/sealing/index.ts'
import { TOPICS, type Consumer, type Emit, type Sink } from '../core/seam.ts'
import { createEmit } from '../core/stages/collect.ts'
import { createDetectStage, type KnownIds } from '../core/stages/detect.ts'
import type { Outcome } from '../core/stages/outcome.ts'
import { createRespondStage } from '../core/stages/respond.ts'
import { createWatchStage } from '../core/stages/watch.ts'
import { createInlineStream } from '../core/streams/inline/index.ts'
import { createTelemetry, type Telemetry } from '../core/telemetry/index.ts'
import { tokenRanges } from '../core/tokens/index.ts'
import { createPiiDetector } from '../processors/pii/index.ts'
import { scan } from '../processors/scan/index.ts'
import type { Config } from '../schemas/config.ts'
import type { Interaction } from '../schemas/interaction.ts'
import type { StoreClient } from '../sinks/clickhouse/client.ts'
import { endEarlierInserts, openEpoch } from '../sinks/clickhouse/epoch.ts'
import { createKeyStore } from '../sinks/clickhouse/key-store.ts'
import { StoredIds } from '../sinks/clickhouse/known-ids.ts'
import { migrate } from '../sinks/clickhouse/migrate.ts'
import { createRecovery } from '../sinks/clickhouse/recovery.ts'
import { createOutcomeSink } from '../sinks/clickhouse/sink.ts'
import { removeRunFile, writeRunFile } from './run-file.ts'
import { clientFor, openStore, type OpenStore } from './store-access.ts'
import { version } from './version.ts'

/** Parts that a test may put in place of ours. */
export interface Parts {
  client?: (ours: StoreClient) => StoreClient
  emit?: (ours: Emit<Interaction>) => Emit<Interaction>
  sink?: (ours: Sink<Outcome>) => Sink<Outcome>
  known?: (ours: KnownIds) => KnownIds
  respond?: Consumer
  epoch?: (ours: number) => number
}

export interface RunningWeir {
  readonly otlp: string
  readonly telemetry: string
  readonly store: OpenStore
  /** Collectors first, sinks last; resolves when everything has ended. Safe to call twice. */
  stop(): Promise<void>
}

/** How long a stage may go on with what it holds once it is told to stop. */
const DRAIN_MS = 15_000

/** Puts one process together: sinks first, collectors last, and the other way round when it stops. */
export async function startWeir(config: Config, logger: Logger, parts: Parts = {}): Promise<RunningWeir> {
  const closing: (() => Promise<void>)[] = []
  const stop = once(async () => {
    for (const close of closing.reverse()) await close()
  })
  try {
    await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
    const telemetry = createTelemetry(config.telemetry, { logger, clock: systemClock, version: version() })
    closing.push(() => telemetry.close())
    const listening = telemetry.start() // beside the store: loading the SDK takes as long as opening it
    listening.catch(() => {})
    const store = await openStore(config, logger)
    closing.push(() => store.close())
    await listening
    const ours = clientFor(store.writer)
    const client = parts.client?.(ours) ?? ours
    closing.push(() => client.close())
    const pipeline = await startPipeline(config, { client, logger, telemetry, parts })
    closing.push(() => pipeline.stop())
    telemetry.addCheck({ name: 'store', check: async () => ((await client.ping()) ? undefined : 'does not answer') })
    const health = telemetry.address()
    const running = {
      otlp: urlOf(config.collectors.otlp.tls ? 'https' : 'http', pipeline.address),
      telemetry: health ? urlOf('http', health) : '',
      store,
      stop,
    }
    await announce(config, running)
    closing.push(() => removeRunFile(config, process.pid))
    return running
  } catch (error) {
    await stop()
    throw error
  }
}

interface Surroundings {
  client: StoreClient
  logger: Logger
  telemetry: Telemetry
  parts: Parts
}

interface Pipeline {
  address: { host: string; port: number }
  stop(): Promise<void>
}

async function startPipeline(config: Config, around: Surroundings): Promise<Pipeline> {
  const { client, logger, telemetry, parts } = around
  const { meter } = telemetry
  if (config.store.kind === 'server') await endEarlierInserts(client)
  const { retentionDays, fsync, duplicateWindowHours } = config.store
  const { originalsRetentionDays } = config.sealing
  const applied = await migrate(client, { engine: 'MergeTree', fsync, retentionDays, originalsRetentionDays })
  if (applied.length > 0) logger.info('the schema is ready', { migrations: applied.length })
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger })
  const { epoch: nextEpoch, leftOver } = await openEpoch(client, TOPICS.interactions)
  const epoch = parts.epoch?.(nextEpoch) ?? nextEpoch
  const onFilterDropped = (): void => meter.add('weir_duplicates_filter_dropped_total', 1)
  const storedIds = new StoredIds({ client, clock: systemClock, windowHours: duplicateWindowHours, onFilterDropped })
  await storedIds.load()

  const stream = createInlineStream({
    epoch,
    limits: config.stream,
    drainMs: DRAIN_MS,
    recovery: createRecovery(client, systemClock),
    clock: systemClock,
    onOverflow: (topic) => meter.add('weir_stream_overflow_total', 1, { topic }),
    onError: (topic, error) => {
      meter.add('weir_stream_errors_total', 1, { topic })
      logger.warn('a batch could not be handled and is tried again', { topic, error })
    },
  })
  telemetry.gauge('weir_stream_queued_records', () => stream.depth().records)
  telemetry.gauge('weir_stream_queued_bytes', () => stream.depth().bytes)

  const sink = createOutcomeSink({ client, clock: systemClock, leftOver })
  const detect = createDetectStage({
    examine: createExaminer({
      detectors: config.detectors.pii.enabled ? [createPiiDetector()] : [],
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
    meter,
  })
  const stages = [
    startStage((signal) => stream.subscribe(TOPICS.signals, 'watch', createWatchStage(meter), signal)),
    startStage((signal) =>
      stream.subscribe(TOPICS.findings, 'respond', parts.respond ?? createRespondStage(meter), signal),
    ),
    startStage((signal) => stream.subscribe(TOPICS.interactions, 'detect', detect, signal)),
  ]
  const collector = createOtlpCollector(config.collectors.otlp, {
    normalise: createNormaliser(),
    meter,
    clock: systemClock,
    warn: (message) => logger.warn(message),
  })
  const emit = createEmit(stream, meter)
  stages.push(startStage((signal) => collector.run(parts.emit?.(emit) ?? emit, signal)))
  const stop = async (): Promise<void> => {
    for (const stage of stages.reverse()) await stage.stop()
  }
  try {
    await collector.ready
  } catch (error) {
    await stop()
    throw error
  }
  return { address: collector.address(), stop }
}

function urlOf(scheme: string, { host, port }: { host: string; port: number }): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
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

async function announce(config: Config, running: RunningWeir): Promise<void> {
  const { writer, reader } = running.store
  const user = ({ user, password }: { user: string; password: string }) => ({ user, password })
  await writeRunFile(config, {
    pid: process.pid,
    startedAt: new Date(systemClock.now()).toISOString(),
    version: version(),
    otlp: running.otlp,
    telemetry: running.telemetry,
    store: { url: writer.url, database: writer.database, writer: user(writer), reader: user(reader) },
  })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
