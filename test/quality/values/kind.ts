import type { Rng } from '../rng.ts'

/** Languages of templates. The first ten have the most. */
export type Lang =
  | ('en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'pl' | 'tr' | 'sv')
  | ('da' | 'nb' | 'fi' | 'is' | 'cs' | 'ro' | 'hr' | 'bg' | 'el' | 'hu' | 'et' | 'lt' | 'lv')
  | ('ja' | 'zh' | 'ko' | 'hi' | 'th' | 'vi' | 'id' | 'ms' | 'he' | 'ar' | 'ru' | 'uk')

export const MAIN_LANGS: readonly Lang[] = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'sv']

/** Kinds of templates: which sentences people write such a value in. */
export type Family =
  | 'id'
  | 'health'
  | 'company'
  | 'bank'
  | 'card'
  | 'email'
  | 'phone'
  | 'network'
  | 'url'
  | 'crypto'
  | 'mrz'
  | 'birth'
  | 'code'

/** One type: how it is written, what it is called, what only looks like it. */
export interface Kind {
  readonly type: string
  readonly family: Family
  /** Names of the value in running text, without article. */
  readonly labels: Partial<Readonly<Record<Lang, readonly string[]>>>
  /** Names of fields, in snake case. */
  readonly keys: readonly string[]
  /** Valid, as people who write the language write it. */
  value(rng: Rng, lang?: Lang): string
  /** The same shape, not valid; for a type without a check, what a word around it must tell apart. */
  broken(rng: Rng): string
  /** Valid and proven by itself. Absent when the type needs a word beside it. */
  bare?(rng: Rng): string
  /** The part that must not be left: what follows it, a version of the card, gives nobody away. */
  readonly core?: RegExp
  /** Types whose values look alike: their labelled values are hard negatives of this one. */
  readonly neighbours: readonly string[]
}

/** A compact value. `wrong` asks for one whose check or structure does not hold. */
export type Make = (rng: Rng, wrong: boolean) => string

export interface Described {
  readonly type: string
  readonly family?: Family
  readonly labels: Kind['labels']
  readonly keys: readonly string[]
  readonly make: Make
  /** Layouts: `#` is a character of the compact value, '' is as it is. Repeated ones are more frequent. */
  readonly forms?: readonly string[]
  /** Layouts that prove the value without a word beside it. */
  readonly bare?: readonly string[]
  readonly core?: RegExp
  readonly neighbours?: readonly string[]
}

/** The compact value laid out; characters that the layout has no place for follow it. */
export function layOut(compact: string, layout: string): string {
  if (layout === '') return compact
  let at = 0
  const laid = layout.replace(/#/g, () => compact[at++] ?? '')
  return laid + compact.slice(at)
}

export function kind(described: Described): Kind {
  const { type, family = 'id', labels, keys, make, forms = [''], bare, core, neighbours = [] } = described
  const write = (rng: Rng, layouts: readonly string[], wrong: boolean): string => {
    // A layout is for one length only: other lengths are written in one piece.
    const compact = make(rng, wrong)
    const fitting = layouts.filter((layout) => layout === '' || layout.split('#').length - 1 === compact.length)
    return layOut(compact, fitting.length === 0 ? '' : rng.pick(fitting))
  }
  return {
    type,
    family,
    labels,
    keys,
    neighbours,
    ...(core === undefined ? {} : { core }),
    value: (rng) => write(rng, forms, false),
    broken: (rng) => write(rng, forms, true),
    ...(bare === undefined ? {} : { bare: (rng: Rng) => write(rng, bare, false) }),
  }
}

/** A check digit, or another digit when a wrong one is asked for. */
export function checked(rng: Rng, check: number, wrong: boolean): string {
  return String(wrong ? (check + rng.int(1, 9)) % 10 : check)
}

/** Two check digits below 97, or two others. */
export const checkedPair = (rng: Rng, check: number, wrong: boolean): string =>
  two(wrong ? (check + rng.int(1, 96)) % 97 : check)

/** One character of an alphabet, or another one. */
export function checkedChar(rng: Rng, alphabet: string, index: number, wrong: boolean): string {
  return alphabet[wrong ? (index + rng.int(1, alphabet.length - 1)) % alphabet.length : index]!
}

export interface Day {
  readonly year: number
  readonly yyyy: string
  readonly yy: string
  readonly mm: string
  readonly dd: string
}

export const two = (value: number): string => String(value).padStart(2, '0')

export function dayIn(rng: Rng, from: number, to: number): Day {
  const year = rng.int(from, to)
  return { year, yyyy: String(year), yy: two(year % 100), mm: two(rng.int(1, 12)), dd: two(rng.int(1, 28)) }
}

/** A day on which someone who writes to a service today may have been born. */
export const birthday = (rng: Rng): Day => dayIn(rng, 1938, 2007)

/** Makes bodies until one has a check: some schemes leave numbers out. */
export function until<T>(make: () => T | undefined): T {
  for (let tries = 0; tries < 1000; tries++) {
    const made = make()
    if (made !== undefined) return made
  }
  throw new Error('no value of this scheme came out in a thousand tries')
}
