import { fold, hashText } from '../hashing.ts'
import { FACTS, factOf, withFact, type FactName, type ListEntry } from '../lists.ts'

/** Brings entries of many sources together: the strongest of each fact wins, the first spelling of a word stays. */
export class Gatherer {
  readonly #byFold = new Map<string, { surface: string; facts: number }>()

  add(surface: string, name: FactName, value: number): void {
    const clean = surface.trim().replaceAll(/\s+/g, ' ')
    if (!usable(clean)) return
    const key = fold(clean)
    const entry = this.#byFold.get(key) ?? { surface: clean, facts: 0 }
    const strongest = name === 'cue' ? value : Math.max(value, factOf(entry.facts, name))
    if (entry.surface === entry.surface.toLowerCase() && clean !== clean.toLowerCase()) entry.surface = clean
    entry.facts = withFact(entry.facts, name, strongest)
    this.#byFold.set(key, entry)
  }

  get(surface: string): number {
    return this.#byFold.get(fold(surface))?.facts ?? 0
  }

  /** Takes out about one in `parts` of the rare names that are nothing else, always the same ones. */
  withhold(parts: number): string[] {
    const withheld: string[] = []
    for (const [key, { surface, facts }] of this.#byFold) {
      if (!isRareName(surface, facts) || (hashText(`withheld ${key}`) >>> 0) % parts !== 0) continue
      withheld.push(surface)
      this.#byFold.delete(key)
    }
    return withheld.toSorted()
  }

  entries(): ListEntry[] {
    return [...this.#byFold.values()].toSorted((a, b) => (a.surface < b.surface ? -1 : 1))
  }
}

const USABLE = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d '’.&-]{2,40}$/u

function usable(surface: string): boolean {
  return USABLE.test(surface) && /\p{L}/u.test(surface) && surface.split(' ').length <= 4 && !surface.includes('  ')
}

function isRareName(surface: string, facts: number): boolean {
  const others = facts & ~((FACTS.first.mask << FACTS.first.shift) | (FACTS.last.mask << FACTS.last.shift))
  const strongest = Math.max(factOf(facts, 'first'), factOf(facts, 'last'))
  return others === 0 && strongest === 1 && /^[\p{Script=Latin}]{4,12}$/u.test(surface)
}
