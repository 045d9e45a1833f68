import type { Detector } from '../core/seam.ts'
import { createPiiDetector } from '../processors/pii/index.ts'
import type { Config } from '../schemas/config.ts'

/** Every detector that runs. */
export function createDetectors(config: Config): Detector[] {
  const detectors: Detector[] = []
  if (config.detectors.pii.enabled) detectors.push(createPiiDetector())
  return detectors
}
