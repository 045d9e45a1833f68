import type { Family, Lang } from '../values/kind.ts'

/** Development may be looked at while detectors are made; the blind half is only ever scored. */
export type Half = 'development' | 'blind'

export type ByLang = Partial<Readonly<Record<Lang, readonly string[]>>>

/**
 * Sentences with places: {v} the value, {l} its name in the language ({L} with a capital), {k} and {c} the name of its
 * field in snake and in camel case, {name} a person, {ts} a time, {hex} eight hex digits, {n} a small number.
 */
export interface Templates {
  /** Any value beside its name. */
  readonly labelled: ByLang
  /** JSON, CSV, logs, code. */
  readonly machine: readonly string[]
  /** For one family of types only, beside the common ones. */
  readonly families: Partial<Readonly<Record<Family, ByLang>>>
  /** No word tells what it is: only for values that structure proves. */
  readonly bare: readonly string[]
  /** Clearly something else: an order, a build, a part. */
  readonly elsewhere: ByLang
  /** Nothing tells what it is, and structure does not prove it. */
  readonly noHint: readonly string[]
}

/** Families whose values stand in sentences of their own only. */
export const OWN_ONLY: readonly Family[] = ['mrz', 'url']
