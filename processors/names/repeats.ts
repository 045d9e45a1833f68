import type { Mention, NameType } from './labels.ts'
import { LOOK_SIZE, SHAPE } from './words.ts'

/*
 * Who is named once with certainty is the same person further on: `Anna Kowalska` makes every later `Kowalska` a name,
 * also where the sentence alone would not. Places and organisations of one word are known again, too.
 */

const CERTAIN = 0.85
/** How sure a name is that only repeats another. */
const REPEATED = 0.6

const NAME_SHAPES: ReadonlySet<number> = new Set([SHAPE.capital, SHAPE.inner, SHAPE.upper])

/** Of the token at `at`: its hash when it names somebody by itself, and is not a word that everybody uses; else 0. */
function telling(looks: Int32Array, at: number): number {
  const from = at * LOOK_SIZE
  return NAME_SHAPES.has(looks[from + 1]!) && looks[from + 4]! <= 1 ? looks[from]! : 0
}

/** `looks` are those of `count` tokens. */
export function withRepeats(looks: Int32Array, count: number, mentions: readonly Mention[]): readonly Mention[] {
  const known = new Map<number, NameType>()
  for (const { type, first, end, confidence } of mentions) {
    if (confidence < CERTAIN || (type !== 'PERSON' && end - first > 1)) continue
    for (let index = first; index < end; index++) {
      const hash = telling(looks, index)
      if (hash !== 0 && !known.has(hash)) known.set(hash, type)
    }
  }
  if (known.size === 0) return mentions
  const all: Mention[] = []
  let at = 0
  const addBetween = (end: number): void => {
    for (; at < end; at++) {
      const type = known.get(telling(looks, at))
      if (type === undefined) continue
      const first = at
      while (at + 1 < end && type === 'PERSON' && known.get(telling(looks, at + 1)) === type) at++
      all.push({ type, first, end: at + 1, confidence: REPEATED, look: 'usual' })
    }
  }
  // `Wojciechowska stands on the label` is no place when she was named before.
  const retyped = (mention: Mention): Mention => {
    const isPerson = mention.end - mention.first === 1 && known.get(telling(looks, mention.first)) === 'PERSON'
    return isPerson && mention.type !== 'PERSON' && mention.confidence < CERTAIN
      ? { ...mention, type: 'PERSON' }
      : mention
  }
  for (const mention of mentions) {
    addBetween(mention.first)
    all.push(retyped(mention))
    at = mention.end
  }
  addBetween(count)
  return all
}
