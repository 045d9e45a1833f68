import { LABELS, OUTSIDE } from './labels.ts'
import type { Context } from './features.ts'
import { LOOK, LOOK_SIZE, SHAPE } from './words.ts'

/*
 * The best chain leaves out a word that may be a person, a place or a company and is none of them for certain: each way to
 * read it is less likely than that it names nothing, and all together are not. A word with a capital is then what it is
 * likeliest to be.
 */

/** How likely it must be that such a word names anything, by the type that is likeliest. */
const LEAST: readonly number[] = [0.32, 0.4, 0.42]
/** Added for words that everybody uses, and for those of no list. */
const COMMON = 0.1
const UNKNOWN = 0.12

/** Of what is known of names: first and last names. */
const PERSON_BITS = 0xf

export function isCapital({ looks, start }: Context, at: number): boolean {
  const shape = looks[(start + at) * LOOK_SIZE + LOOK.shape]!
  return shape === SHAPE.capital || shape === SHAPE.inner || shape === SHAPE.upper
}

/** What is added by what the lists know of the word. */
function surcharge({ looks, start }: Context, at: number): number {
  const look = (start + at) * LOOK_SIZE
  if (looks[look + LOOK.common]! > 1) return COMMON
  return (looks[look + LOOK.names]! & PERSON_BITS) === 0 ? UNKNOWN : 0
}

/** Tokens that may be names, from `first` to `last`; `likely` says how likely each label is from the token `from` on. */
export interface Stretch {
  readonly labels: Uint8Array
  readonly likely: Float64Array
  readonly from: number
  readonly first: number
  readonly last: number
}

/** Writes to the labels. */
export function lookAgain(context: Context, { labels, likely, from, first, last }: Stretch): void {
  for (let at = first; at <= last; at++) {
    if (labels[at] !== OUTSIDE || !isCapital(context, at)) continue
    const of = (at - from) * LABELS
    let begin = 1
    for (let label = 3; label < LABELS; label += 2)
      if (likely[of + label]! + likely[of + label + 1]! > likely[of + begin]! + likely[of + begin + 1]!) begin = label
    const least = LEAST[(begin - 1) / 2]! + surcharge(context, at)
    if (1 - likely[of + OUTSIDE]! < least) continue
    const before = labels[at - 1] ?? OUTSIDE
    const goesOn = (before === begin || before === begin + 1) && likely[of + begin + 1]! > likely[of + begin]!
    labels[at] = goesOn ? begin + 1 : begin
  }
}

/** Whether a second look may find a name at the token: by itself some label is better than none. */
export function isNear(scores: Int32Array, at: number): boolean {
  const none = scores[at * LABELS + OUTSIDE]!
  for (let label = 1; label < LABELS; label++) if (scores[at * LABELS + label]! > none) return true
  return false
}
