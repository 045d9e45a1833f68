import type { Detector } from '../core/seam.ts'
import { createPiiDetector } from '../processors/pii/index.ts'
import { createScan, createVocabulary, type ScanTexts } from '../processors/scan/index.ts'
import type { Config } from '../schemas/config.ts'

/** Every detector that runs, and the scan that marks what they look at. */
export interface Detection {
  readonly detectors: readonly Detector[]
  readonly scan: ScanTexts
}

export function createDetection(config: Config): Detection {
  const vocabulary = createVocabulary()
  const detectors: Detector[] = []
  if (config.detectors.pii.enabled) detectors.push(createPiiDetector(vocabulary))
  return { detectors, scan: createScan(vocabulary) }
}
