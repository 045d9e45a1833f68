import type { Clock } from '../../core/seam.ts'
import { rowsOf, type StoreClient } from './client.ts'
import { insertRows } from './insert.ts'
import { LEDGER, type LedgerEntry } from './tables.ts'

/*
 * What a process that died left of the batch it was in. Its senders were not answered and come again: what is stored of
 * the batch then makes their records duplicates, so it must be accounted for like everything else that was acknowledged.
 */

const RECENT_DAYS = 3

/** Rows of batches that have no ledger row, or one that was written for a dead process. */
const ofBatches = (database: string, ledgerRows: string): string =>
  `origin_topic = {topic:String} AND day >= today() - ${RECENT_DAYS}
   AND (origin_epoch, origin_partition, origin_batch) NOT IN (
     SELECT epoch, partition, first FROM ${database}.ledger
     WHERE topic = {topic:String} AND day >= today() - ${RECENT_DAYS} - 1 ${ledgerRows})`

/** Ids of findings and of the interactions of originals: when their record comes again, they are not written again. */
export async function leftOverIds(client: StoreClient, topic: string): Promise<Set<string>> {
  const { database } = client
  const where = ofBatches(database, 'AND NOT unfinished')
  const ids = await rowsOf<{ id: string }>(
    client,
    `SELECT id FROM ${database}.findings WHERE ${where}
     UNION ALL SELECT interaction_id AS id FROM ${database}.originals WHERE ${where}`,
    { topic },
  )
  return new Set(ids.map(({ id }) => id))
}

interface LeftRow {
  what: 'interactions' | 'dead_letters' | 'findings' | 'originals'
  epoch: number
  partition: number
  batch: number
  cut_on: string
  offsets: number[]
}

/** Writes the ledger row of every batch that a dead process left with records stored: what there is, and nothing else. */
export async function closeUnfinished(client: StoreClient, topic: string, clock: Clock): Promise<void> {
  const { database } = client
  const left = (what: LeftRow['what']): string =>
    `SELECT '${what}' AS what, origin_epoch AS epoch, origin_partition AS partition, toFloat64(origin_batch) AS batch,
       toString(any(day)) AS cut_on, groupArray(toFloat64(origin_offset)) AS offsets
     FROM ${database}.${what} WHERE ${ofBatches(database, '')} GROUP BY epoch, partition, batch`
  const tables: LeftRow['what'][] = ['interactions', 'dead_letters', 'findings', 'originals']
  const rows = await rowsOf<LeftRow>(client, tables.map(left).join(' UNION ALL '), { topic })
  const batches = new Map<string, LeftRow[]>()
  for (const row of rows) {
    const key = `${row.epoch}:${row.partition}:${row.batch}`
    batches.set(key, [...(batches.get(key) ?? []), row])
  }
  for (const of of batches.values()) {
    const entry = entryOf(topic, of, clock)
    if (entry === undefined) continue
    const { batch } = entry
    await insertRows(client, LEDGER, [entry], { day: of[0]!.cut_on, first: batch.first }, batch.token)
  }
}

/** Undefined while nothing of the batch but findings and originals is stored: its records are as good as never seen. */
function entryOf(topic: string, rows: readonly LeftRow[], clock: Clock): LedgerEntry | undefined {
  const offsetsOf = (what: LeftRow['what']): number[] => rows.find((row) => row.what === what)?.offsets ?? []
  const [stored, dead] = [offsetsOf('interactions'), offsetsOf('dead_letters')]
  const accounted = new Set([...stored, ...dead])
  if (accounted.size === 0) return undefined
  const { epoch, partition, batch: first } = rows[0]!
  const last = [...accounted].reduce((a, b) => Math.max(a, b))
  const offsets = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  return {
    batch: {
      topic: topic as LedgerEntry['batch']['topic'],
      epoch,
      partition,
      first,
      last,
      token: `unfinished:${topic}:${epoch}:${partition}:${first}`,
    },
    writtenAtMs: clock.now(),
    stored: stored.length,
    dead: dead.length,
    duplicates: [],
    unanswered: offsets.filter((offset) => !accounted.has(offset)),
    empty: 0,
    unfinished: true,
    findings: offsetsOf('findings').length,
    originals: offsetsOf('originals').length,
  }
}
