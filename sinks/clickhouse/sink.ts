import type { Batch, Clock, Sink } from '../../core/seam.ts'
import { dayOf } from '../../core/sealing/index.ts'
import type { DeadOutcome, Outcome, StoredOutcome } from '../../core/stages/outcome.ts'
import type { StoreClient } from './client.ts'
import { insertLines } from './insert.ts'
import {
  DEAD_COLUMNS,
  deadRow,
  FINDING_COLUMNS,
  findingRow,
  INTERACTION_COLUMNS,
  interactionRow,
  LEDGER_COLUMNS,
  ledgerRow,
  ORIGINAL_COLUMNS,
  originalRow,
  type BatchMark,
} from './rows.ts'

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
export function createOutcomeSink(options: OutcomeSinkOptions): Sink<Outcome> {
  const { client, clock, leftOver } = options

  return {
    async write(batch: Batch<Outcome>): Promise<void> {
      const { stored, dead, duplicates } = sort(batch.records)
      const mark = { day: dayOf(receivedAtMs(batch)), first: batch.first }

      const findings = await writeFindings(batch.token, stored, mark)
      const originals = await writeOriginals(batch.token, stored, mark)
      const refused = await writeInteractions(batch.token, stored, mark)
      for (const outcome of refused) dead.push(outcome.bury(REFUSED_ROW))
      await insertLines(
        client,
        'dead_letters',
        DEAD_COLUMNS,
        dead.map((d) => deadRow(d, mark)),
        batch.token,
      )

      const entry = { stored: stored.length - refused.length, dead: dead.length, duplicates, findings, originals }
      const line = ledgerRow(batch, entry, mark, clock.now())
      await insertLines(client, 'ledger', LEDGER_COLUMNS, [line], batch.token)
    },
  }

  async function writeFindings(token: string, stored: readonly StoredOutcome[], mark: BatchMark): Promise<number> {
    const lines: string[] = []
    for (const outcome of stored)
      for (const finding of outcome.findings) if (!leftOver.has(finding.id)) lines.push(findingRow(finding, mark))
    const refused = await insertLines(client, 'findings', FINDING_COLUMNS, lines, token)
    return lines.length - refused.length
  }

  async function writeOriginals(token: string, stored: readonly StoredOutcome[], mark: BatchMark): Promise<number> {
    const lines: string[] = []
    for (const outcome of stored)
      if (outcome.original && !leftOver.has(outcome.interaction.id)) lines.push(originalRow(outcome, mark))
    const refused = await insertLines(client, 'originals', ORIGINAL_COLUMNS, lines, token)
    return lines.length - refused.length
  }

  async function writeInteractions(
    token: string,
    stored: readonly StoredOutcome[],
    mark: BatchMark,
  ): Promise<StoredOutcome[]> {
    const lines = stored.map((outcome) => interactionRow(outcome, mark))
    const refused = await insertLines(client, 'interactions', INTERACTION_COLUMNS, lines, token)
    return refused.map((index) => stored[index]!)
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
