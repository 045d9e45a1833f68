import type { Hit } from '../../core/seam.ts'
import { REGEXES } from './regexes.ts'

/* Speed without equal findings is worth nothing: what the regexes find and the detector does not, and why. */

export interface Parity {
  /** Findings of the regex. */
  found: number
  /** Of those, touched by a hit of the detector. */
  detected: number
  /** Of those that are not, how many are no value, by reason. */
  excused: Record<string, number>
  /** The rest: what the detector should explain. */
  unexplained: number
}

export function parityOf(
  documents: readonly string[],
  hitsOf: (document: string) => readonly Hit[],
): Record<string, Parity> {
  const all = REGEXES.map(({ name }): [string, Parity] => [
    name,
    { found: 0, detected: 0, excused: {}, unexplained: 0 },
  ])
  for (const document of documents) {
    const hits = hitsOf(document)
    REGEXES.forEach(({ pattern, excuse }, index) => {
      const parity = all[index]![1]
      for (const { 0: value, index: start } of document.matchAll(pattern)) {
        parity.found++
        const touched = hits.some((hit) => hit.start < start + value.length && hit.end > start)
        const why = touched
          ? undefined
          : excuse(
              value,
              document.slice(Math.max(0, start - 20), start),
              document.slice(start + value.length, start + value.length + 2),
            )
        if (touched) parity.detected++
        else if (why === undefined) parity.unexplained++
        else parity.excused[why] = (parity.excused[why] ?? 0) + 1
      }
    })
  }
  return Object.fromEntries(all)
}
