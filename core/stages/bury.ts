import type { DeadLetter } from '../streams/kafka/index.ts'
import { dayOf, seal, type DataKeys } from '../sealing/index.ts'
import type { Batch, Consumer, Incoming, RandomBytes } from '../seam.ts'
import type { Meter } from '../meter.ts'
import type { DeadOutcome } from './outcome.ts'

/** A record that no stage could be given, as its row. */
export interface Buried extends DeadOutcome {
  /** First offset of the batch whose ledger row counts it. */
  batch: number
}

/** Resolves when all are durable, each once: a letter may come twice. Throws Retryable. */
export interface DeadSink {
  write(letters: readonly Buried[], token: string): Promise<void>
}

export interface BuryStageOptions {
  sink: DeadSink
  keys: DataKeys
  random: RandomBytes
  meter: Meter
}

/** Drains `weir.dead` into the table that people read. */
export function createBuryStage({ sink, keys, random, meter }: BuryStageOptions): Consumer {
  return {
    async handle(batch: Batch<Incoming>): Promise<void> {
      const letters: Buried[] = []
      for (const { tenant, value } of batch.records as readonly Incoming<DeadLetter>[]) {
        const key = await keys.forDay(tenant, dayOf(value.diedAt))
        letters.push({
          kind: 'dead',
          origin: value.origin,
          batch: value.batch,
          id: value.id,
          tenant,
          receivedAt: value.diedAt * 1000,
          reason: value.reason,
          sealed: seal(key, value.id, 'dead', Buffer.from(JSON.stringify(value)), random),
        })
      }
      await sink.write(letters, batch.token)
      meter.add('weir_dead_letters_total', letters.length)
    },
  }
}
