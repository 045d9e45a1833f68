import type { Config } from '../../schemas/config.ts'
import type { StoreConnection } from '../../sinks/clickhouse/index.ts'
import { readRunFile, type RunFile } from './run-file.ts'
import { openServer } from './store-access.ts'

/** How a command finds what it asks. */
export interface Reach {
  /** Of the `weir up` on this machine; there is none where the stages run as processes of their own. */
  run: RunFile | undefined
  writer: StoreConnection
  reader: StoreConnection
}

/** By the run file of a Weir on this machine, or where the configuration says: a server is there without us. */
export async function reachStore(config: Config): Promise<Reach> {
  if (config.store.kind === 'server') {
    const { writer, reader } = openServer(config)
    return { run: await readRunFile(config).catch(() => undefined), writer, reader }
  }
  const run = await readRunFile(config)
  const { url, database, writer, reader } = run.store
  const shared = { url, database, requestTimeoutMs: config.store.requestTimeoutMs }
  return { run, writer: { ...shared, ...writer }, reader: { ...shared, ...reader } }
}
