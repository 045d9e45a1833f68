import { randomBytes } from 'node:crypto'
import { openStore, type OpenStore } from '../../cli/running/store-access.ts'
import { loadConfig } from '../../core/config/index.ts'
import { silentLogger } from '../../core/log.ts'
import { createStoreClient, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { migrate } from '../../sinks/clickhouse/migrate.ts'
import { INTERACTIONS } from '../../sinks/clickhouse/tables.ts'
import { batchesOf, type RowBatch } from './rows.ts'
import type { Request } from './traffic.ts'

/**
 * Where the bare loops insert: a store of the same kind as Weir's, with the same schema and the same client. The rows are
 * ready before the clock starts, exactly as Weir would make them.
 */
export class BareStore {
  readonly #store: OpenStore
  readonly #client: StoreClient
  #batches: RowBatch[] = []
  /** Hex digits that ids are written over with, so that every row has its own. */
  readonly #hex = Buffer.from(randomBytes(1 << 19).toString('hex'))
  #hexAt = 0
  #inserts = 0

  private constructor(store: OpenStore, client: StoreClient) {
    this.#store = store
    this.#client = client
  }

  static async open(file: string): Promise<BareStore> {
    const { config } = await loadConfig({ path: file, env: {} })
    const store = await openStore(config, silentLogger)
    const client = createStoreClient(store.writer)
    const { fsync, retentionDays } = config.store
    const { originalsRetentionDays } = config.sealing
    await migrate(client, { engine: 'MergeTree', fsync, retentionDays, originalsRetentionDays })
    return new BareStore(store, client)
  }

  /** Makes the rows in batches of so many requests' interactions. */
  makeRows(requests: readonly Request[], requestsPerInsert: number): void {
    this.#batches = batchesOf(requests, requestsPerInsert)
  }

  /** What is inserted next. */
  get next(): RowBatch {
    return this.#batches[this.#inserts % this.#batches.length]!
  }

  /** Inserts the next batch. */
  insert(): Promise<void> {
    const batch = this.next
    this.#stamp(batch)
    return this.#client.insert('interactions', INTERACTIONS.columns, batch.bytes, `bare-${this.#inserts++}`)
  }

  #stamp({ bytes, ids }: RowBatch): void {
    for (const { at, digits } of ids) {
      if (this.#hexAt + digits > this.#hex.length) this.#hexAt = this.#inserts % 101
      this.#hex.copy(bytes, at, this.#hexAt, this.#hexAt + digits)
      this.#hexAt += digits
    }
  }

  async close(): Promise<void> {
    await this.#client.close()
    await this.#store.close()
  }
}
