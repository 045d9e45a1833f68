import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import { serve } from '../support/worker.ts'
import { BareStore } from './bare-store.ts'
import { makeRequests, type Request } from './traffic.ts'

/*
 * The least that anyone must do to bring these interactions into this store: decode the bytes they come in, insert the
 * rows they become.
 */

const SEED = 11

let store: BareStore | undefined
let requests: Request[] = []

async function prepare(ask: {
  bytes: number
  requests: number
  spansPerRequest: number
  config: string
}): Promise<void> {
  store = await BareStore.open(ask.config)
  requests = makeRequests({ ...ask, seed: SEED })
}

async function makeRows({ requestsPerInsert }: { requestsPerInsert: number }): Promise<void> {
  store!.makeRows(requests, requestsPerInsert)
}

/** At least so many interactions: decoding goes on while the batch before it is inserted. */
async function run({ interactions }: { interactions: number }): Promise<{ interactions: number }> {
  let done = 0
  let inserting = Promise.resolve()
  while (done < interactions) {
    const batch = store!.next
    let spans = 0
    for (const request of batch.requests) spans += readTraces(request.body).records.length
    if (spans !== batch.rows) throw new Error(`${spans} records were decoded for ${batch.rows} rows`)
    await inserting
    inserting = store!.insert()
    done += batch.rows
  }
  await inserting
  return { interactions: done }
}

const close = async (): Promise<void> => store?.close()

serve({ prepare, makeRows, run, close })
