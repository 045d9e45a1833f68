import type { ScanText, Unscanned } from '../seam.ts'
import type { FoundHit, Inspected } from './inspect.ts'

/** Hits of one interaction that are worked on: each is kept, hashed and masked, so a text of nothing else must not set the cost. */
export const MAX_HITS = 20_000
export const TOO_MANY_HITS = 'too many hits'

/**
 * At most so many hits of one interaction, answers before everything else. A text with hits beyond is not wholly looked
 * at: it is withheld, and what is left of its hits still says what stood there.
 */
export function withinHits({ hits, unscanned }: Inspected, texts: readonly ScanText[], most: number): Inspected {
  if (hits.length <= most) return { hits, unscanned }
  const isAnswer = texts.map(({ place }) => place.direction === 'output')
  const kept: FoundHit[] = []
  const crowded = new Set<number>()
  for (const answers of [true, false]) {
    for (const hit of hits) {
      if (isAnswer[hit.text] !== answers) continue
      if (kept.length < most) kept.push(hit)
      else crowded.add(hit.text)
    }
  }
  const beyond = Array.from(crowded, (text): Unscanned => ({ text, reason: TOO_MANY_HITS }))
  return { hits: kept, unscanned: [...unscanned, ...beyond] }
}
