import type { Clock } from '../../core/seam.ts'
import { insertIdPrefix, rowsOf, type StoreClient } from './client.ts'
import { closeUnfinished, leftOverIds } from './unfinished.ts'

export interface Opening {
  /** One above any epoch stored: offsets may start at 0 again. */
  epoch: number
  /** Ids of findings and originals whose batch was never finished. Their record was not acknowledged and may come again. */
  leftOver: Set<string>
}

const TABLES = ['interactions', 'findings', 'originals', 'dead_letters']

/** What a process must know before it writes to a topic that earlier processes wrote to. */
export async function openEpoch(client: StoreClient, topic: string, clock: Clock): Promise<Opening> {
  const { database } = client
  const maxima = TABLES.map(
    (table) => `SELECT max(origin_epoch) AS epoch FROM ${database}.${table} WHERE origin_topic = {topic:String}`,
  )
  maxima.push(`SELECT max(epoch) AS epoch FROM ${database}.ledger WHERE topic = {topic:String}`)
  const [row] = await rowsOf<{ epoch: number }>(
    client,
    `SELECT max(epoch) AS epoch FROM (${maxima.join(' UNION ALL ')})`,
    { topic },
  )

  const leftOver = await leftOverIds(client, topic)
  await closeUnfinished(client, topic, clock)
  return { epoch: (row?.epoch ?? 0) + 1, leftOver }
}

/** Against a server, an insert of a process that died may still be running; it must end before its records come again. */
export async function endEarlierInserts(client: StoreClient): Promise<void> {
  await client.command(`KILL QUERY WHERE startsWith(query_id, {prefix:String}) SYNC`, {
    prefix: insertIdPrefix(client.database),
  })
}
