import { access, constants, mkdir } from 'node:fs/promises'
import { createDoor, type DoorKey } from '../../collectors/file/index.ts'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import type { Emit } from '../../core/seam.ts'
import { createTelemetry } from '../../core/telemetry/index.ts'
import type { Config } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { STAGES, STAGES_WITH_STORE, startPipeline, type Parts, type StageName } from './pipeline.ts'
import { removeRunFile, writeRunFile } from './run-file.ts'
import { openStore, type OpenStore } from './store-access.ts'
import { assertSchema, createStoreClient, migrate, type StoreClient } from '../../sinks/clickhouse/index.ts'
import { version } from './version.ts'

/** Some stages, running in this process. */
export interface RunningStages {
  /** Of a process that collects. */
  readonly otlp: string | undefined
  readonly otlpGrpc: string | undefined
  readonly telemetry: string
  readonly emit: Emit<Interaction>
  /** Of a process with a stage that needs it. */
  readonly store: OpenStore | undefined
  /** Collectors first, sinks last; resolves when everything has ended. Safe to call twice. */
  stop(): Promise<void>
}

/** All four of them. */
export interface RunningWeir extends RunningStages {
  /** Empty where it is switched off. */
  readonly otlp: string
  readonly store: OpenStore
}

export interface StageOptions {
  readonly stages: readonly StageName[]
  /** Bring the store's schema up to date; otherwise an older one is refused. */
  readonly migrate: boolean
  readonly parts?: Parts
}

/** Weir in one process, as `weir up` runs it. Commands on this machine find it by its run file. */
export async function startWeir(config: Config, logger: Logger, parts: Parts = {}): Promise<RunningWeir> {
  const running = await startStages(config, logger, { stages: STAGES, migrate: true, parts })
  const { otlp = '', store } = running
  if (store === undefined) throw new WeirError('WEIR_BUG', 'detect has a store')
  const weir = { ...running, otlp, store }
  const door = createDoor({ clock: systemClock, random: systemRandom, deadlineMs: config.collectors.otlp.deadlineMs })
  try {
    await announce(config, weir, await door.open(running.emit))
  } catch (error) {
    await door.close()
    await weir.stop()
    throw error
  }
  const stop = once(async () => {
    await removeRunFile(config, process.pid).catch((error: unknown) =>
      logger.error('a part did not close cleanly', { error }),
    )
    await door.close()
    await running.stop()
  })
  return { ...weir, stop }
}

/** Puts one process together: sinks first, collectors last, and the other way round when it stops. */
export async function startStages(config: Config, logger: Logger, options: StageOptions): Promise<RunningStages> {
  const { stages, parts = {} } = options
  const closing: (() => Promise<void>)[] = []
  const stop = once(async () => {
    for (const close of closing.toReversed())
      await close().catch((error: unknown) => logger.error('a part did not close cleanly', { error }))
  })
  try {
    await makeDataDirectory(config.dataDirectory)
    const telemetry = createTelemetry(config.telemetry, { logger, clock: systemClock, version: version() })
    closing.push(() => telemetry.close())
    const listening = telemetry.start() // beside the store: loading the SDK takes as long as opening it
    listening.catch(() => {})
    const needsStore = config.stream.kind === 'inline' || stages.some((name) => STAGES_WITH_STORE.has(name))
    const store = needsStore ? await openStore(config, logger) : undefined
    if (store) closing.push(() => store.close())
    await listening
    const client = store && withParts(createStoreClient(store.writer), parts)
    if (client) {
      closing.push(() => client.close())
      if (options.migrate) await bringUpToDate(client, config, logger)
      await assertSchema(client)
    }
    const pipeline = await startPipeline(config, { client, logger, telemetry, parts }, stages)
    closing.push(() => pipeline.stop())
    if (client)
      telemetry.addCheck({ name: 'store', check: async () => ((await client.ping()) ? undefined : 'does not answer') })
    const health = telemetry.address()
    const scheme = config.collectors.otlp.tls ? 'https' : 'http'
    return {
      otlp: pipeline.address && urlOf(scheme, pipeline.address),
      otlpGrpc: pipeline.grpcAddress && urlOf(scheme, pipeline.grpcAddress),
      telemetry: health ? urlOf('http', health) : '',
      emit: pipeline.emit,
      store,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const withParts = (ours: StoreClient, parts: Parts): StoreClient => parts.client?.(ours) ?? ours

/** Applies the migrations that are missing; says how many there were. */
export async function bringUpToDate(client: StoreClient, config: Config, logger: Logger): Promise<number> {
  const { retentionDays, fsync } = config.store
  const { originalsRetentionDays } = config.sealing
  const applied = await migrate(client, { engine: 'MergeTree', fsync, retentionDays, originalsRetentionDays })
  if (applied.length > 0) logger.info('the schema is ready', { migrations: applied.length })
  return applied.length
}

async function makeDataDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.W_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const text = `dataDirectory ${path} cannot be written (${code}): choose another, or give this user the right to it`
    throw new WeirError('WEIR_CONFIG_INVALID', text, { cause: error })
  }
}

function urlOf(scheme: string, { host, port }: { host: string; port: number }): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function announce(config: Config, running: RunningWeir, door: DoorKey): Promise<void> {
  const { writer, reader } = running.store
  const user = ({ user, password }: { user: string; password: string }) => ({ user, password })
  await writeRunFile(config, {
    pid: process.pid,
    startedAt: new Date(systemClock.now()).toISOString(),
    version: version(),
    otlp: running.otlp,
    ...(running.otlpGrpc !== undefined && { otlpGrpc: running.otlpGrpc }),
    telemetry: running.telemetry,
    door,
    store: { url: writer.url, database: writer.database, writer: user(writer), reader: user(reader) },
  })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
