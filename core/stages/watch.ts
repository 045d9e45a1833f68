import type { Meter } from '../meter.ts'
import type { Batch, Consumer, Incoming } from '../seam.ts'

/** Reads signals. Monitors move in here; until then it follows the stream and counts. */
export function createWatchStage(meter: Meter): Consumer {
  return {
    handle: async (batch: Batch<Incoming>): Promise<void> => {
      meter.add('weir_watch_signals_total', batch.records.length)
    },
  }
}
