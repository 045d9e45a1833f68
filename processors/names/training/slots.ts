import {
  FILES,
  FILE_HEADS,
  HEADS,
  MONTHS,
  NAME_KEYS,
  PARTICLES,
  STREETS,
  STREETS_OF,
  STREET_NAMES,
  SUFFIXES,
  TAILS,
  TITLES,
} from './parts.ts'
import type { NameType } from '../labels.ts'
import type { Pools, Script } from './pools.ts'
import type { Random } from './random.ts'

/* Fills one slot of a template: a name of some form, or something that only looks like one. */

export interface Filling {
  readonly text: string
  readonly type?: NameType
}

type Ranked = readonly (readonly string[])[]

const upperFirst = (word: string): string => (word[0] ?? '').toUpperCase() + word.slice(1)

export class Filler {
  readonly #pools: Pools
  readonly #random: Random

  constructor(pools: Pools, random: Random) {
    this.#pools = pools
    this.#random = random
  }

  fill(slot: string, language: string, script: Script): Filling {
    switch (slot) {
      case 'p':
        return { text: this.#person(language, script), type: 'PERSON' }
      case 'f':
        return { text: this.#first(script), type: 'PERSON' }
      case 'l':
        return { text: this.#surname(language, script), type: 'PERSON' }
      case 'fl':
        return { text: `${this.#first(script)} ${this.#surname(language, script)}`, type: 'PERSON' }
      case 'lf':
        return { text: `${this.#last(script)}, ${this.#first(script)}`, type: 'PERSON' }
      case 'il':
        return { text: this.#initialled(this.#surname(language, script)), type: 'PERSON' }
      case 'up':
        return { text: this.#surname(language, script).toUpperCase(), type: 'PERSON' }
      case 'lower':
        return { text: this.#person(language, script).toLowerCase(), type: 'PERSON' }
      case 'c':
        return { text: this.#city(script), type: 'LOCATION' }
      case 'k':
        return {
          text: this.#random.pick(
            this.#random.chance(0.75) ? this.#pools.names[script].country : this.#regions(script),
          ),
          type: 'LOCATION',
        }
      case 'loc':
        return {
          text: this.#random.chance(0.5) ? this.#random.pick(this.#regions(script)) : this.#city(script),
          type: 'LOCATION',
        }
      case 's':
        return { text: this.#street(language, script), type: 'LOCATION' }
      case 'o':
        return { text: this.#organisation(script), type: 'ORGANIZATION' }
      // A name that stands for a thing: Markov chain, Crohn's disease.
      case 'e':
        return { text: this.#last(script) }
      default:
        return { text: this.#plain(slot, language) }
    }
  }

  strangeWord(): string {
    if (this.#random.chance(0.45)) return this.#random.pick(this.#pools.foreign)
    if (this.#random.chance(0.15)) return this.#random.pick(this.#pools.words)
    const { inventWord, inventForeign } = this.#pools
    return (this.#random.chance(0.25) ? inventWord : inventForeign).make(this.#random).toLowerCase()
  }

  /** Another name of the same type, for a name that stands in a real text. */
  another(type: NameType, words: number): string {
    const script = 'latin'
    if (type === 'PERSON') {
      if (words > 1) return this.#person('en', script)
      return this.#random.chance(0.5) ? this.#first(script) : this.#last(script)
    }
    if (type === 'ORGANIZATION') return this.#organisation(script)
    return this.#random.chance(0.7) ? this.#city(script) : this.fill('k', 'en', script).text
  }

  #ranked(lists: Ranked, shares: readonly number[]): string {
    let at = this.#random.next()
    let level = 0
    while (level < lists.length - 1 && at >= shares[level]!) at -= shares[level++]!
    const list = lists[level]!.length > 0 ? lists[level]! : lists.flat()
    return this.#random.pick(list)
  }

  #first(script: Script): string {
    const { first, inventFirst } = this.#pools.names[script]
    if (this.#random.chance(0.12)) return inventFirst.make(this.#random)
    const name = this.#ranked(first, [0.1, 0.45])
    if (!this.#random.chance(0.04)) return name
    const second = this.#ranked(first, [0.1, 0.45])
    return `${name}-${this.#random.chance(0.5) ? second : second.toLowerCase()}`
  }

  #last(script: Script): string {
    const { last, inventLast } = this.#pools.names[script]
    if (this.#random.chance(0.15)) return inventLast.make(this.#random)
    return this.#ranked(last, [0.25, 0.45])
  }

  #surname(language: string, script: Script): string {
    const last = this.#last(script)
    if (script !== 'latin') return last
    if (this.#random.chance(0.08)) {
      const particle = this.#random.pick(PARTICLES)
      return /['’]$|Mc|Mac/.test(particle) ? particle + last : `${particle} ${last}`
    }
    if (this.#random.chance(0.04)) return `${last}-${this.#last(script)}`
    const double = language === 'es' || language === 'pt' ? 0.25 : 0.02
    return this.#random.chance(double) ? `${last} ${this.#last(script)}` : last
  }

  #person(language: string, script: Script): string {
    const first = this.#first(script)
    const last = this.#surname(language, script)
    const form = this.#random.below(100)
    const letter = (): string => (script === 'latin' ? 'ABCDEFGHJKLMNPRSTVW' : 'АВЕКМНОРСТ')[this.#random.below(10)]!
    if (form < 56) return `${first} ${last}`
    if (form < 58) return `${last.toUpperCase()} ${first}`
    if (form < 60) return `${last}, ${first}`
    if (form < 72) return first
    if (form < 76) return `${letter()}. ${last}`
    if (form < 81) return `${first} ${letter()}. ${last}`
    if (form < 87) return `${first} ${this.#first(script)} ${last}`
    if (form < 89) return `${letter()}. ${letter()}. ${last}`
    if (form < 91) return `${first} ${letter()}.`
    if (form < 93) return `${last} ${first}`
    if (form < 94) return `${first} ${last} Jr.`
    return form < 96 ? last : `${first} ${last}`
  }

  /** `J. Smith`, `j smith`, `A.B. Smith` */
  #initialled(last: string): string {
    const random = this.#random
    const letter = (): string => 'ABCDEFGHJKLMNPRSTVW'[random.below(19)]!
    const letters = random.pick([`${letter()}.`, `${letter()}.`, letter(), `${letter()}.${letter()}.`])
    const name = `${letters} ${last}`
    return random.chance(0.2) ? name.toLowerCase() : name
  }

  #city(script: Script): string {
    const { city, inventLast } = this.#pools.names[script]
    if (this.#random.chance(0.06))
      return inventLast.make(this.#random) + this.#random.pick(['', 'ville', 'burg', 'ton', 'stadt', 'ford'])
    const name = this.#ranked(city, [0.35, 0.35])
    return script === 'latin' && this.#random.chance(0.04)
      ? `${this.#random.pick(['North', 'South', 'New', 'West', 'San', 'Saint', 'Bad', 'Port', 'St.'])} ${name}`
      : name
  }

  #regions(script: Script): readonly string[] {
    const { region, country } = this.#pools.names[script]
    return region.length > 0 ? region : country
  }

  #street(language: string, script: Script): string {
    const name = this.#random.chance(0.5) ? this.#last(script) : this.#random.pick(STREET_NAMES)
    const own = STREETS_OF[language]
    if (own === undefined) return `${name} ${this.#random.pick(STREETS)}`
    return this.#random.pick(own).replace('@', this.#random.chance(0.3) ? this.#first(script) : this.#last(script))
  }

  #organisation(script: Script): string {
    const { organisations, words } = this.#pools
    const form = this.#random.below(100)
    const word = (): string => upperFirst(this.#random.pick(words))
    if (script !== 'latin' || form < 68) return this.#random.pick(organisations)
    if (form < 76) return `${this.#last(script)} ${this.#random.pick(SUFFIXES)}`
    if (form < 82) return `${word()} ${this.#random.pick(SUFFIXES)}`
    if (form < 85) return `${word()}${this.#random.pick(words)} ${this.#random.pick(SUFFIXES)}`
    if (form < 89) return `${this.#random.pick(HEADS)} ${this.#city(script)}`
    if (form < 94) return `${this.#city(script)} ${this.#random.pick(TAILS)}`
    if (form < 96) return `${this.#last(script)} & ${this.#last(script)}`
    if (form < 98) return `St. ${this.#first(script)} ${this.#random.pick(TAILS)}`
    return `${word()} ${word()} ${this.#random.pick(SUFFIXES)}`
  }

  #digits(most: number): string {
    return String(1 + this.#random.below(10 ** (1 + this.#random.below(most)) - 1))
  }

  #word(language: string): string {
    const foreign = language !== 'en' && this.#random.chance(0.7)
    return this.#random.pick(foreign ? this.#pools.foreign : this.#pools.words)
  }

  #plain(slot: string, language: string): string {
    const random = this.#random
    const word = (): string => this.#word(language)
    switch (slot) {
      case 'n':
        return this.#digits(4)
      case 'd':
        return random.pick([
          `2024-0${1 + random.below(9)}-1${random.below(10)}`,
          `${1 + random.below(28)}.${1 + random.below(12)}.19${10 + random.below(90)}`,
          `${random.pick(MONTHS)} ${1 + random.below(28)}`,
          `${1 + random.below(28)} ${random.pick(MONTHS)} 202${random.below(7)}`,
          'Monday',
          'Friday',
          '03/11/2025',
        ])
      case 't':
        return `${10 + random.below(14)}:${10 + random.below(50)}${random.chance(0.3) ? `:${10 + random.below(50)}` : ''}`
      case 'm':
        return `${word()}.${word()}@${word()}.${random.pick(['com', 'de', 'org', 'co.uk'])}`
      case 'tel':
        return `+${10 + random.below(80)} ${this.#digits(3)} ${1_000_000 + random.below(8_000_000)}`
      case 'id':
        return random.pick([
          `#${this.#digits(6)}`,
          random.below(2 ** 31).toString(16),
          `INC-${this.#digits(5)}`,
          `${random.below(2 ** 31).toString(16)}-${random.below(65_536).toString(16)}`,
        ])
      case 'h':
        return `${word()}${random.chance(0.5) ? this.#digits(2) : upperFirst(word())}`
      case 'v':
        return `${random.below(20)}.${random.below(30)}.${random.below(10)}`
      case 'url':
        return `https://${word()}.example.com/${word()}/${this.#digits(3)}`
      case 'mr':
        return random.pick(TITLES)
      case 'key':
        return random.pick(NAME_KEYS)
      case 'prod':
        return random.chance(0.15) ? random.pick(this.#pools.products).toLowerCase() : random.pick(this.#pools.products)
      default:
        return this.#identifier(slot, word)
    }
  }

  #identifier(slot: string, word: () => string): string {
    const random = this.#random
    switch (slot) {
      case 'w':
        return word()
      case 'W':
        return upperFirst(word())
      case 'C':
        return Array.from({ length: 1 + random.below(3) }, () => upperFirst(word())).join('')
      case 'c0':
        return word() + Array.from({ length: 1 + random.below(2) }, () => upperFirst(word())).join('')
      case 'x':
        return `${word()}_${word()}`
      case 'X':
        return word().toUpperCase()
      case 'file':
        return `${random.chance(0.4) ? random.pick(FILE_HEADS) : random.chance(0.3) ? upperFirst(word()) : word()}.${random.pick(FILES)}`
      default:
        return `{${slot}}`
    }
  }
}
