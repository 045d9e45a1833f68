import type { Batch, Clock } from '../../core/seam.ts'
import { dayOf } from '../../core/sealing/index.ts'
import type { DeadOutcome, Outcome, OutcomeSink, StoredOutcome } from '../../core/stages/outcome.ts'
import type { StoreClient } from './client.ts'
import { insertRows } from './insert.ts'
import { DEAD_LETTERS, FINDINGS, INTERACTIONS, LEDGER, ORIGINALS, type LedgerEntry } from './tables.ts'

export interface OutcomeSinkOptions {
  client: StoreClient
  clock: Clock
  /** Ids of findings and originals left by a batch that was never finished: their record comes again, they do not. */
  leftOver: ReadonlySet<string>
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
      const { stored, dead, duplicates } = sort(batch.records)
      const findings = stored.flatMap((outcome) => outcome.findings).filter(({ id }) => !leftOver.has(id))
      const originals = stored.filter(({ original, interaction }) => original && !leftOver.has(interaction.id))

      const noFindings = await insertRows(client, FINDINGS, findings, mark, token)
      const noOriginals = await insertRows(client, ORIGINALS, originals, mark, token)
      const refused = await insertRows(client, INTERACTIONS, stored, mark, token)
      dead.push(...refused.map((outcome) => outcome.bury(REFUSED_ROW)))
      await insertRows(client, DEAD_LETTERS, dead, mark, token)
      const entry: LedgerEntry = {
        batch,
        writtenAtMs: clock.now(),
        stored: stored.length - refused.length,
        dead: dead.length,
        duplicates,
        unanswered: [],
        unfinished: false,
        findings: findings.length - noFindings.length,
        originals: originals.length - noOriginals.length,
      }
      await insertRows(client, LEDGER, [entry], mark, token)
      return refused
    },
  }
}

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
