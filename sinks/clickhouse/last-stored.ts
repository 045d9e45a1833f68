import { rowsOf, type StoreClient } from './client.ts'

/** The last row stored of a partition, and the last offset that is accounted for. */
export interface LastStoredRow {
  epoch: number
  offset: number
  id: string
  last: number
}

/** What the store knows of a partition when nobody else does. The ledger has a row a batch, so it is asked first. */
export async function lastStored(
  client: StoreClient,
  topic: string,
  partition: number,
): Promise<LastStoredRow | undefined> {
  const { database } = client
  const [row] = await rowsOf<{ epoch: number; from: number; to: number; cut_on: string; end: number }>(
    client,
    `SELECT epoch, maxIf((first, last, day), stored > 0) AS newest, toFloat64(newest.1) AS from, toFloat64(newest.2) AS to,
       toString(newest.3) AS cut_on, toFloat64(max(last)) AS end
     FROM ${database}.ledger WHERE topic = {topic:String} AND partition = {partition:UInt32}
     GROUP BY epoch HAVING countIf(stored > 0) > 0 ORDER BY epoch DESC LIMIT 1`,
    { topic, partition },
  )
  if (row === undefined) return undefined
  const { epoch, from, to, cut_on, end } = row
  const [newest] = await rowsOf<{ id: string; offset: number }>(
    client,
    `SELECT id, toFloat64(origin_offset) AS offset FROM ${database}.interactions
     WHERE day = {cut_on:Date} AND origin_topic = {topic:String} AND origin_epoch = {epoch:UInt32}
       AND origin_partition = {partition:UInt32} AND origin_offset BETWEEN {from:UInt64} AND {to:UInt64}
     ORDER BY origin_offset DESC LIMIT 1`,
    { cut_on, topic, epoch, partition, from, to },
  )
  return newest && { epoch, ...newest, last: end }
}
