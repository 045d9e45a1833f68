import type { Finding } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Signal } from '../../schemas/signal.ts'
import type { Sealed } from '../sealing/index.ts'
import type { Batch } from '../seam.ts'

/** Takes a batch's outcomes out exactly as cut. Resolves when they are durable, with those whose row the store will never take:
 *  they were buried instead. Throws Retryable. */
export interface OutcomeSink {
  write(batch: Batch<Outcome>): Promise<readonly StoredOutcome[]>
}

/** What became of one record of a batch; every offset has exactly one. */
export type Outcome = StoredOutcome | DuplicateOutcome | DeadOutcome

export interface StoredOutcome {
  kind: 'stored'
  origin: Origin
  /** Masked. */
  interaction: Interaction
  release: string
  findings: readonly Finding[]
  signal: Signal
  /** What was not wholly looked at, and why. */
  unscanned: readonly string[]
  /** The interaction as it arrived, where configuration keeps it. */
  original?: Sealed
  /** Its row is there already: this is our own replay of it. */
  again?: true
  /** What becomes of it when the store will never take its row. */
  bury(reason: string): DeadOutcome
}

/** The retry of a record that is stored already. */
export interface DuplicateOutcome {
  kind: 'duplicate'
  origin: Origin
  id: string
  receivedAt: number
}

export interface DeadOutcome {
  kind: 'dead'
  origin: Origin
  id: string
  tenant: string
  receivedAt: number
  reason: string
  sealed: Sealed
}
