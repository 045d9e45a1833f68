import type { Meter } from '../meter.ts'
import type { Batch, Consumer, Incoming } from '../seam.ts'

/** Reads findings. Incidents and actions move in here; until then it follows the stream and counts. */
export function createRespondStage(meter: Meter): Consumer {
  return {
    handle: async (batch: Batch<Incoming>): Promise<void> => {
      meter.add('weir_respond_findings_total', batch.records.length)
    },
  }
}
