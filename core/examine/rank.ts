import type { Provenance, Severity } from '../../schemas/finding.ts'
import { isLeak, type Circumstances } from '../policy/index.ts'
import type { ScanText } from '../seam.ts'
import type { MaskedHits } from './findings.ts'
import type { Provenances } from './provenance.ts'

/* What of the found matters most: whether it is a leak, and what is recorded when there is more than can be. */

const RANKS: readonly Provenance[] = ['introduced', 'unknown', 'retrieved', 'echoed', 'none']

const countHits = ({ clusters }: MaskedHits): number =>
  clusters.reduce((count, { winners }) => count + winners.length, 0)

export const totalHits = (found: readonly MaskedHits[]): number =>
  found.reduce((count, hits) => count + countHits(hits), 0)

/** Over every hit, recorded or not. */
export function holdsLeak(
  found: readonly MaskedHits[],
  texts: readonly ScanText[],
  provenances: Provenances,
  severity: (circumstances: Circumstances) => Severity,
): boolean {
  return found.some(({ text, clusters }) => {
    const { direction } = texts[text]!.place
    return clusters.some(({ winners }) =>
      winners.some(({ type, normal, confidence, treatment }) => {
        const provenance = provenances(direction, type, normal)
        return isLeak(provenance, treatment.severity ?? severity({ direction, provenance, confidence }))
      }),
    )
  })
}

/** Answers first, then in the order of the texts. */
function answersFirst(found: readonly MaskedHits[], texts: readonly ScanText[]): MaskedHits[] {
  const rank = ({ text }: MaskedHits): number => (texts[text]!.place.direction === 'output' ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b) || a.text - b.text)
}

/** By cluster: the place in RANKS of the worst of its winners. */
function ranksOf({ text, clusters }: MaskedHits, texts: readonly ScanText[], provenances: Provenances): number[] {
  const { direction } = texts[text]!.place
  return clusters.map(({ winners }) =>
    Math.min(...winners.map(({ type, normal }) => RANKS.indexOf(provenances(direction, type, normal)))),
  )
}

/**
 * As many of the found as may be recorded, answers first. When that is not all, what an answer brought in, or may have,
 * goes before what it retrieved, that before what it echoes, and everything else comes last.
 */
export function recordable(
  found: readonly MaskedHits[],
  texts: readonly ScanText[],
  provenances: Provenances,
  most: number,
): MaskedHits[] {
  const sorted = answersFirst(found, texts)
  if (totalHits(sorted) <= most) return sorted
  const ranks = sorted.map((hits) => ranksOf(hits, texts, provenances))
  const recorded = sorted.map((): number[] => [])
  let room = most
  for (const rank of RANKS.keys()) {
    for (const [at, { clusters }] of sorted.entries()) {
      for (const [index, { winners }] of clusters.entries()) {
        if (ranks[at]![index] !== rank) continue
        room -= winners.length
        if (room >= 0) recorded[at]!.push(index)
      }
    }
  }
  return sorted
    .map((hits, at) => ({ ...hits, recorded: recorded[at]!.toSorted((a, b) => a - b) }))
    .filter((hits) => hits.recorded.length > 0)
}
