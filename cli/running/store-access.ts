import { hostname } from 'node:os'
import { parseListen } from '../../core/config/index.ts'
import { WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import type { Config } from '../../schemas/config.ts'
import { createStoreClient, type StoreClient, type StoreConnection } from '../../sinks/clickhouse/index.ts'
import { startEmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import { join } from 'node:path'

/** The store as configured: the embedded one, started here, or a server. */
export interface OpenStore {
  writer: StoreConnection
  reader: StoreConnection
  version: string
  /** Process id of the store's child, where there is one. */
  childPid: () => number | undefined
  restarts: () => number
  close(): Promise<void>
}

export async function openStore(config: Config, logger: Logger): Promise<OpenStore> {
  return config.store.kind === 'server' ? openServer(config) : openEmbedded(config, logger)
}

async function openEmbedded(config: Config, logger: Logger): Promise<OpenStore> {
  const { host, port } = parseListen(config.store.listen)
  const store = await startEmbeddedStore({
    directory: join(config.dataDirectory, 'store'),
    host,
    port,
    database: config.store.database,
    hostNames: [hostname()],
    limits: { engineBytes: config.store.memoryMb * 1_000_000 },
    onExit: ({ pid, code, signal, restartInMs }) =>
      logger.error('the store ended and is started again; nothing acknowledged is lost', {
        pid,
        ...(code !== null && { exitCode: code }),
        ...(signal !== null && { reason: signal }),
        ms: restartInMs,
      }),
    onRestart: ({ pid, restarts }) => logger.info('the store is back', { pid, count: restarts }),
  })
  const { database, requestTimeoutMs } = config.store
  const shared = { url: store.url, database, requestTimeoutMs }
  return {
    writer: { ...shared, ...store.writer },
    reader: { ...shared, user: store.reader.user, password: '' },
    version: store.engineVersion,
    childPid: () => store.pid,
    restarts: () => store.restarts,
    close: () => store.close(),
  }
}

export function openServer(config: Config): OpenStore {
  const { url, user, password, reader, readerPassword, database, requestTimeoutMs } = config.store
  const shared = { url: url!, database, requestTimeoutMs }
  const writer = { ...shared, user: user ?? 'default', password: password ?? '' }
  return {
    writer,
    reader: reader ? { ...shared, user: reader, password: readerPassword ?? '' } : writer,
    version: 'server',
    childPid: () => undefined,
    restarts: () => 0,
    close: async () => {},
  }
}

/** How long a command waits for the first sign of life; a query may take longer. */
const ANSWER_MS = 10_000

/** A client of a store that answers just now: who asks a store that hangs is told so, and soon. */
export async function answeringClient(connection: StoreConnection): Promise<StoreClient> {
  const limitMs = Math.min(ANSWER_MS, connection.requestTimeoutMs)
  const probe = createStoreClient({ ...connection, requestTimeoutMs: limitMs })
  const answers = await probe.ping()
  await probe.close()
  if (answers) return createStoreClient(connection)
  const { protocol, host } = new URL(connection.url)
  throw new WeirError(
    'WEIR_STORE_UNREACHABLE',
    `The store at ${protocol}//${host} does not answer (waited up to ${limitMs / 1000} s). See \`weir status\` and Weir's log.`,
  )
}
