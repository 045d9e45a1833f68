import { rowsOf, type StoreClient } from './client.ts'

/** A dead letter as people see it; what it holds stays sealed. */
export interface DeadLetterRow {
  id: string
  tenant: string
  received_at: string
  topic: string
  reason: string
  state: 'kept' | 'replayed' | 'dropped'
  epoch: number
  partition: number
  offset: number
  /** Of the sealed record. */
  bytes: number
}

const COLUMNS = `id, tenant, received_at, topic, reason, state, origin_epoch AS epoch, origin_partition AS partition,
  toFloat64(origin_offset) AS offset, toFloat64(length(sealed)) * 3 / 4 AS bytes`
const MOST_LISTED = 1_000

/** The newest, or those with the given ids. */
export function deadLetters(client: StoreClient, ids?: readonly string[]): Promise<DeadLetterRow[]> {
  const { database } = client
  const where = ids === undefined ? '' : 'WHERE id IN {ids:Array(String)}'
  return rowsOf<DeadLetterRow>(
    client,
    `SELECT ${COLUMNS} FROM ${database}.dead_letters ${where} ORDER BY dead_letters.received_at DESC LIMIT ${MOST_LISTED}`,
    ids === undefined ? {} : { ids },
  )
}

/** Ids of the letters that are kept for a reason, the oldest first. */
export async function keptDead(client: StoreClient, reason: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    client,
    `SELECT id FROM ${client.database}.dead_letters WHERE reason = {reason:String} AND state = 'kept'
     GROUP BY id ORDER BY min(received_at), id`,
    { reason },
  )
  return rows.map(({ id }) => id)
}

export interface SealedDead {
  id: string
  tenant: string
  topic: string
  state: DeadLetterRow['state']
  keyId: string
  envelope: Buffer
}

export async function sealedDead(client: StoreClient, ids: readonly string[]): Promise<SealedDead[]> {
  const rows = await rowsOf<Omit<SealedDead, 'envelope'> & { sealed: string }>(
    client,
    `SELECT id, tenant, topic, state, key_id AS keyId, sealed FROM ${client.database}.dead_letters
     WHERE id IN {ids:Array(String)}`,
    { ids },
  )
  return rows.map(({ sealed, ...row }) => ({ ...row, envelope: Buffer.from(sealed, 'base64') }))
}

/** From now on a record of that id is a new one: said before it is sent again, or it would count as a retry. */
export function setReplayed(client: StoreClient, ids: readonly string[]): Promise<void> {
  return update(client, "state = 'replayed'", ids)
}

/** The content goes; that there was a record stays, for the ledger. */
export function dropDead(client: StoreClient, ids: readonly string[]): Promise<void> {
  return update(client, "state = 'dropped', sealed = ''", ids)
}

function update(client: StoreClient, what: string, ids: readonly string[]): Promise<void> {
  return client.command(
    `ALTER TABLE ${client.database}.dead_letters UPDATE ${what} WHERE id IN {ids:Array(String)} SETTINGS mutations_sync = 1`,
    { ids },
  )
}
