import { systemClock } from '../../core/clock.ts'
import type { Meter } from '../../core/meter.ts'
import { deadlineOf, Workers } from '../../core/pool/index.ts'
import { runnable } from '../../core/runnable.ts'
import { createOwnTextExaminer } from '../detectors.ts'
import type { Batch } from './batches.ts'
import { inOrder } from './in-order.ts'
import { scanLines, type Scanned } from './scan-lines.ts'
import type { ScanSettings } from './scan-worker.ts'

/** A short input is scanned sooner than a worker has started. */
const HERE_CHARACTERS = 1 << 20
const BATCHES_PER_WORKER = 4
const CHARACTERS_IN_HAND = 1 << 26
const IDLE_MS = 60_000

export interface Scanner {
  scan(batches: AsyncIterable<Batch>): AsyncIterable<Scanned>
  close(): Promise<void>
}

const unheard: Meter = { add: () => {} }

/** Scans batches, long inputs by so many workers. What is found is the same, in the same order. */
export function createScanner(settings: ScanSettings, jobs: number, meter: Meter = unheard): Scanner {
  const examine = createOwnTextExaminer(settings.texts)
  const here = (batch: Batch): Scanned => scanLines(batch, settings.asked, examine)
  const workers = new Workers<Batch, Scanned>({
    entry: runnable('./scan-worker.ts', import.meta.url),
    settings,
    size: jobs,
    maxWaiting: jobs * BATCHES_PER_WORKER,
    idleMs: IDLE_MS,
    clock: systemClock,
    meter,
  })
  let read = 0
  const work = async (batch: Batch): Promise<Scanned> => {
    read += batch.characters
    if (jobs === 1 || read <= HERE_CHARACTERS) return here(batch)
    const answer = await workers.run(batch, deadlineOf(batch.characters))
    // What a worker died of, or threw, is seen here.
    return typeof answer !== 'string' && answer.kind === 'made' ? answer.made : here(batch)
  }
  return {
    scan: (batches) => inOrder(batches, work, { atOnce: jobs * BATCHES_PER_WORKER, characters: CHARACTERS_IN_HAND }),
    close: () => workers.close(),
  }
}
