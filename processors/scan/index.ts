import type { Candidate, Scan, ScanText } from '../../core/seam.ts'
import { findAts } from './ats.ts'
import { findNumbers } from './numbers.ts'

export { digitValue, isInvisible, isSeparator } from './chars.ts'
export { LEAST_DIGITS } from './numbers.ts'

/** One linear pass over an interaction's texts for all detectors: where something may stand, by its cheapest mark. */
export function scan(texts: readonly ScanText[]): Scan {
  const candidates: Candidate[] = []
  for (let index = 0; index < texts.length; index++) {
    const { text } = texts[index]!
    findAts(text, index, candidates)
    findNumbers(text, index, candidates)
  }
  return { texts, candidates }
}
