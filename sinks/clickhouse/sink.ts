import type { Batch, Clock, Skipped } from '../../core/seam.ts'
import { dayOf } from '../../core/sealing/index.ts'
import type { DeadOutcome, Outcome, OutcomeSink, StoredOutcome } from '../../core/stages/outcome.ts'
import { rowsOf, type StoreClient } from './client.ts'
import { insertRows } from './insert.ts'
import { DEAD_LETTERS, FINDINGS, INTERACTIONS, LEDGER, ORIGINALS, type LedgerEntry } from './tables.ts'

export interface OutcomeSinkOptions {
  client: StoreClient
  clock: Clock
  /** Ids of findings and originals left by a batch that was never finished: their record comes again, they do not. */
  leftOver: ReadonlySet<string>
}

interface Written {
  refused: StoredOutcome[]
  findings: number
  originals: number
}

const REFUSED_ROW = 'row_refused_by_store'

/**
 * Writes what became of a batch: findings and originals first, then the interactions, whose rows therefore mean that all
 * of it is stored, and last the ledger's row. Every insert carries the batch's token, so the whole may be repeated.
 */
export function createOutcomeSink({ client, clock, leftOver }: OutcomeSinkOptions): OutcomeSink {
  return {
    async write(batch: Batch<Outcome>): Promise<readonly StoredOutcome[]> {
      const { token } = batch
      const mark = { day: dayOf(receivedAtMs(batch)), first: batch.first }
      const { stored, dead: died, duplicates } = sort(batch.records)
      const wrote = isStored(stored) ? await countStored(client, batch) : await writeStored(stored)
      const dead = [...died, ...wrote.refused.map((outcome) => outcome.bury(REFUSED_ROW))]
      await insertRows(client, DEAD_LETTERS, dead, mark, token)
      const entry: LedgerEntry = {
        batch,
        writtenAtMs: clock.now(),
        stored: stored.length - wrote.refused.length,
        dead: dead.length + skippedOf(batch, 'dead'),
        duplicates,
        unanswered: [],
        empty: skippedOf(batch, 'empty'),
        unfinished: false,
        findings: wrote.findings,
        originals: wrote.originals,
      }
      await insertRows(client, LEDGER, [entry], mark, token)
      return wrote.refused

      async function writeStored(outcomes: readonly StoredOutcome[]): Promise<Written> {
        const findings = outcomes.flatMap((outcome) => outcome.findings).filter(({ id }) => !leftOver.has(id))
        const originals = outcomes.filter(({ original, interaction }) => original && !leftOver.has(interaction.id))
        const noFindings = await insertRows(client, FINDINGS, findings, mark, token)
        const noOriginals = await insertRows(client, ORIGINALS, originals, mark, token)
        return {
          refused: await insertRows(client, INTERACTIONS, outcomes, mark, token),
          findings: findings.length - noFindings.length,
          originals: originals.length - noOriginals.length,
        }
      }
    },
  }
}

/** The replay of a batch whose rows are all there, however long ago: what was found in it at first is what counts. */
const isStored = (stored: readonly StoredOutcome[]): boolean =>
  stored.length > 0 && stored.every(({ again }) => again === true)

async function countStored(client: StoreClient, batch: Batch<Outcome>): Promise<Written> {
  const { topic, epoch, partition, first } = batch
  const count = (table: string): string =>
    `(SELECT toFloat64(count()) FROM ${client.database}.${table} WHERE origin_topic = {topic:String}
      AND origin_epoch = {epoch:UInt32} AND origin_partition = {partition:UInt32} AND origin_batch = {first:UInt64})`
  const [counted] = await rowsOf<{ findings: number; originals: number }>(
    client,
    `SELECT ${count('findings')} AS findings, ${count('originals')} AS originals`,
    { topic, epoch, partition, first },
  )
  return { refused: [], ...counted! }
}

const skippedOf = ({ skipped = [] }: Batch<Outcome>, reason: Skipped['reason']): number =>
  skipped.reduce((sum, range) => sum + (range.reason === reason ? range.last - range.first + 1 : 0), 0)

function sort(outcomes: readonly Outcome[]): { stored: StoredOutcome[]; dead: DeadOutcome[]; duplicates: number[] } {
  const stored: StoredOutcome[] = []
  const dead: DeadOutcome[] = []
  const duplicates: number[] = []
  for (const outcome of outcomes) {
    if (outcome.kind === 'stored') stored.push(outcome)
    else if (outcome.kind === 'dead') dead.push(outcome)
    else duplicates.push(outcome.origin.offset)
  }
  return { stored, dead, duplicates }
}

/** From the first record, not from the clock: a repeat of the batch must land in the same partition. */
function receivedAtMs(batch: Batch<Outcome>): number {
  const first = batch.records[0]!
  return (first.kind === 'stored' ? first.interaction.arrival.receivedAt : first.receivedAt) / 1000
}
