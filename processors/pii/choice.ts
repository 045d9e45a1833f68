import type { WordId } from '../scan/index.ts'
import type { Nearby } from './context.ts'
import type { Verdict } from './rule.ts'
import type { Claim, Shape } from './shape-tree.ts'

/*
 * Which of the rules that claim the same characters is meant: of those named by a word the one whose word is nearest, or
 * longest where several end together, then the surest, then the earliest. A rule that needs no word wins only when surer.
 */

/** Named by a word, with a check that holds. */
const SURE = 0.95
/** Named by a word, by a scheme without a check. */
const LIKELY = 0.75
/** How near a word for another thing must stand to take away what a shape says alone. */
const OTHER_REACH = 40
/** A word behind a value says less than one before it, unless it stands right there, as in brackets. */
const BEHIND_PENALTY = 10
const RIGHT_BEHIND = 2

function weighed({ before, distances }: Nearby, at: number): number {
  const distance = distances[at]!
  return at < before || distance <= RIGHT_BEHIND ? distance : distance + BEHIND_PENALTY
}

/** The index of the word that is nearest by, and longest; -1 when none of the words is near. */
function nearestAt(near: Nearby, words: ReadonlySet<WordId>): number {
  let nearest = -1
  for (let at = 0; at < near.count; at++) {
    if (!words.has(near.words[at]!)) continue
    const closer = nearest === -1 ? 1 : weighed(near, nearest) - weighed(near, at)
    if (closer > 0 || (closer === 0 && near.lengths[at]! > near.lengths[nearest]!)) nearest = at
  }
  return nearest
}

/** How far a name reaches back from its last word: `uk passport` and `passport number` overlap to one longer name. */
function reachOf(
  { count, before, words, distances, lengths }: Nearby,
  nearest: number,
  wanted: ReadonlySet<WordId>,
): number {
  let reach = distances[nearest]! + lengths[nearest]!
  const side = nearest < before ? before : count
  for (let at = nearest + 1; at < side; at++)
    if (distances[at]! <= reach && wanted.has(words[at]!)) reach = Math.max(reach, distances[at]! + lengths[at]!)
  return reach
}

export class Choice {
  claim: Claim | undefined
  confidence = 0
  readonly normal: string
  private readonly near: Nearby
  private readonly other: number
  private distance = Infinity
  private reach = 0

  constructor(normal: string, near: Nearby, otherThings: ReadonlySet<WordId>) {
    this.normal = normal
    this.near = near
    const other = nearestAt(near, otherThings)
    this.other = other === -1 ? Infinity : weighed(near, other)
  }

  /** What some word near the value may mean by it. */
  hearNamed({ byWord }: Shape, capitals: boolean): void {
    const { count, words } = this.near
    for (let at = 0; at < count; at++)
      for (const claim of byWord.get(words[at]!) ?? NONE)
        if (!capitals || claim.rule.capitals === true) this.hear(claim)
  }

  hear(claim: Claim): void {
    const { rule, words } = claim
    const at = nearestAt(this.near, words)
    const distance = at === -1 ? Infinity : weighed(this.near, at)
    const named = distance < Infinity && distance <= this.other
    if (!named && (rule.alone === undefined || this.other <= OTHER_REACH)) return
    const verdict = rule.check(this.normal)
    const confidence = confidenceOf(verdict, named, rule.alone)
    if (confidence === 0) return
    const reach = named ? reachOf(this.near, at, words) : 0
    if (!this.isBetter(named ? distance : Infinity, reach, confidence, claim.order)) return
    this.claim = claim
    this.confidence = confidence
    this.distance = named ? distance : Infinity
    this.reach = reach
  }

  private isBetter(distance: number, reach: number, confidence: number, order: number): boolean {
    if (this.claim === undefined) return true
    if (distance < Infinity && this.distance < Infinity) {
      if (distance !== this.distance) return distance < this.distance
      if (reach !== this.reach) return reach > this.reach
    }
    if (confidence !== this.confidence) return confidence > this.confidence
    return order < this.claim.order
  }
}

const NONE: readonly Claim[] = []

function confidenceOf(verdict: Verdict, named: boolean, alone: number | undefined): number {
  if (verdict === 'invalid') return 0
  if (named) return verdict === 'valid' ? SURE : LIKELY
  return verdict === 'valid' ? alone! : 0
}
