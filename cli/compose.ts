import { access, constants, mkdir } from 'node:fs/promises'
import { systemClock } from '../core/clock.ts'
import { WeirError } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { createTelemetry } from '../core/telemetry/index.ts'
import type { Config } from '../schemas/config.ts'
import { startPipeline, type Parts } from './pipeline.ts'
import { removeRunFile, writeRunFile } from './run-file.ts'
import { openStore, type OpenStore } from './store-access.ts'
import { createStoreClient } from '../sinks/clickhouse/index.ts'
import { version } from './version.ts'

export interface RunningWeir {
  readonly otlp: string
  readonly telemetry: string
  readonly store: OpenStore
  /** Collectors first, sinks last; resolves when everything has ended. Safe to call twice. */
  stop(): Promise<void>
}

/** Puts one process together: sinks first, collectors last, and the other way round when it stops. */
export async function startWeir(config: Config, logger: Logger, parts: Parts = {}): Promise<RunningWeir> {
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
    const store = await openStore(config, logger)
    closing.push(() => store.close())
    await listening
    const ours = createStoreClient(store.writer)
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
