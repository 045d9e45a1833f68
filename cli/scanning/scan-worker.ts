import { workerData } from 'node:worker_threads'
import { serve } from '../../core/pool/index.ts'
import { createOwnTextExaminer, type OwnTexts } from '../detectors.ts'
import type { Batch } from './batches.ts'
import { scanLines, type ScanAsked, type Scanned } from './scan-lines.ts'

/* Run as a worker of `weir scan`. */

export interface ScanSettings {
  readonly asked: ScanAsked
  readonly texts: OwnTexts
}

const { asked, texts } = workerData as ScanSettings
const examine = createOwnTextExaminer(texts)

serve((batch: Batch): Scanned => scanLines(batch, asked, examine))
