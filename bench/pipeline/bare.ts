import { randomBytes } from 'node:crypto'
import { openStore, type OpenStore } from '../../cli/store-access.ts'
import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import { silentLogger } from '../../core/log.ts'
import { loadConfig } from '../../core/config/index.ts'
import { createStoreClient, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { migrate } from '../../sinks/clickhouse/migrate.ts'
import { INTERACTIONS } from '../../sinks/clickhouse/tables.ts'
import { serve } from '../support/worker.ts'
import { batchesOf, type RowBatch } from './rows.ts'
import { makeRequests, type Request } from './traffic.ts'

/*
 * The least that anyone must do to bring these interactions into this store: decode the bytes they come in, insert the
 * rows they become. The rows are ready before the clock starts, exactly as Weir would make them; the store is another
 * child of the same kind, with the same schema and the same client.
 */

const SEED = 11

let store: OpenStore | undefined
let client: StoreClient | undefined
let requests: Request[] = []
let batches: RowBatch[] = []
/** Hex digits that ids are written over with, so that every row has its own. */
const HEX = Buffer.from(randomBytes(1 << 19).toString('hex'))
let hexAt = 0
let inserts = 0

async function prepare(ask: {
  bytes: number
  requests: number
  spansPerRequest: number
  config: string
}): Promise<void> {
  const { config } = await loadConfig({ path: ask.config, env: {} })
  store = await openStore(config, silentLogger)
  client = createStoreClient(store.writer)
  const { fsync, retentionDays } = config.store
  const { originalsRetentionDays } = config.sealing
  await migrate(client, { engine: 'MergeTree', fsync, retentionDays, originalsRetentionDays })
  requests = makeRequests({ ...ask, seed: SEED })
}

/** Makes the rows in batches of so many requests' interactions. */
async function makeRows({ requestsPerInsert }: { requestsPerInsert: number }): Promise<number> {
  batches = batchesOf(requests, requestsPerInsert)
  return batches[0]!.bytes.length
}

function stamp({ bytes, ids }: RowBatch): void {
  for (const { at, digits } of ids) {
    if (hexAt + digits > HEX.length) hexAt = inserts % 101
    HEX.copy(bytes, at, hexAt, hexAt + digits)
    hexAt += digits
  }
}

/** At least so many interactions: decoding goes on while the batch before it is inserted. */
async function run({ interactions }: { interactions: number }): Promise<{ interactions: number }> {
  let done = 0
  let inserting = Promise.resolve()
  for (let n = 0; done < interactions; n++) {
    const batch = batches[n % batches.length]!
    let spans = 0
    for (const request of batch.requests) spans += readTraces(request.body).records.length
    if (spans !== batch.rows) throw new Error(`${spans} records were decoded for ${batch.rows} rows`)
    await inserting
    stamp(batch)
    inserting = client!.insert('interactions', INTERACTIONS.columns, batch.bytes, `bare-${inserts++}`)
    done += batch.rows
  }
  await inserting
  return { interactions: done }
}

async function close(): Promise<void> {
  await client?.close()
  await store?.close()
}

serve({ prepare, makeRows, run, close })
