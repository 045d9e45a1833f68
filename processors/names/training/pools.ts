import { factOf, type ListEntry } from '../lists.ts'
import { CUES } from './cues.ts'
import type { Random } from './random.ts'

/* What the slots of templates are filled with: the lists by kind and script, and names that nobody has. */

export type Script = 'latin' | 'cyrillic' | 'greek'

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
]
export const scriptOf = (text: string): Script => SCRIPTS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'latin'

/** Names by how well known they are; the better known turn up more often. */
type Ranked = readonly (readonly string[])[]

interface NamePools {
  readonly first: Ranked
  readonly last: Ranked
  readonly city: Ranked
  readonly country: readonly string[]
  readonly region: readonly string[]
  readonly inventFirst: Inventor
  readonly inventLast: Inventor
}

const BEGIN = '\u0002'

/** Makes words that look like those it was shown, three letters at a time. */
export class Inventor {
  readonly #next = new Map<string, string>()

  constructor(words: readonly string[]) {
    for (const word of words) {
      if (!/^\p{L}{3,14}$/u.test(word)) continue
      const padded = `${BEGIN}${BEGIN}${BEGIN}${word.toLowerCase()}${BEGIN}`
      for (let at = 3; at < padded.length; at++) {
        const key = padded.slice(at - 3, at)
        this.#next.set(key, (this.#next.get(key) ?? '') + padded[at]!)
      }
    }
  }

  make(random: Random): string {
    for (let attempt = 0; attempt < 20; attempt++) {
      let word = `${BEGIN}${BEGIN}${BEGIN}`
      while (word.length < 18) {
        const choices = this.#next.get(word.slice(-3)) ?? BEGIN
        const letter = choices[random.below(choices.length)]!
        if (letter === BEGIN) break
        word += letter
      }
      const made = word.slice(3)
      if (made.length >= 4 && made.length <= 11) return made[0]!.toUpperCase() + made.slice(1)
    }
    return 'Velmora'
  }
}

export interface Pools {
  readonly names: Readonly<Record<Script, NamePools>>
  readonly organisations: readonly string[]
  /** Common words that are no names. */
  readonly words: readonly string[]
  /** Words of other languages that are no names. */
  readonly foreign: readonly string[]
  readonly products: readonly string[]
  readonly inventWord: Inventor
  readonly inventForeign: Inventor
}

const ranked = (entries: readonly ListEntry[], name: 'first' | 'last' | 'city'): Ranked =>
  [1, 2, 3].map((level) => entries.filter(({ facts }) => factOf(facts, name) === level).map(({ surface }) => surface))

function namePools(entries: readonly ListEntry[]): NamePools {
  const first = ranked(entries, 'first')
  const last = ranked(entries, 'last')
  return {
    first,
    last,
    city: ranked(
      entries.filter(({ surface }) => surface.length > 2),
      'city',
    ),
    country: entries.filter(({ facts }) => factOf(facts, 'region') === 3).map(({ surface }) => surface),
    region: entries.filter(({ facts }) => factOf(facts, 'region') === 2).map(({ surface }) => surface),
    inventFirst: new Inventor(first.flat()),
    inventLast: new Inventor(last.flat()),
  }
}

export function poolsOf(all: readonly ListEntry[]): Pools {
  const cased = all.filter(({ surface }) => surface !== surface.toLowerCase())
  const by = (script: Script): NamePools => namePools(cased.filter(({ surface }) => scriptOf(surface) === script))
  const plain = all.filter(({ surface, facts }) => /^[\p{Ll}]{3,14}$/u.test(surface) && (facts & 0x1ff) === 0)
  const products = CUES.find(([name]) => name === 'product')?.[1].split(/\s+/) ?? []
  const words = plain.filter(({ facts }) => [2, 3, 4].includes(factOf(facts, 'common'))).map(({ surface }) => surface)
  const foreign = plain
    .filter(({ facts, surface }) => factOf(facts, 'common') > 5 && scriptOf(surface) === 'latin')
    .map(({ surface }) => surface)
  return {
    names: { latin: by('latin'), cyrillic: by('cyrillic'), greek: by('greek') },
    organisations: cased.filter(({ facts }) => factOf(facts, 'organisation') === 1).map(({ surface }) => surface),
    words,
    foreign,
    inventWord: new Inventor(words),
    inventForeign: new Inventor(foreign),
    products: products.map((word) => word[0]!.toUpperCase() + word.slice(1)),
  }
}
