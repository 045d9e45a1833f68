import { HEX, type Rng } from './rng.ts'

const NAMES =
  `Anna Schuster,James Whitaker,Claire Fontaine,Lucía Romero,Marco Bellini,Inês Carvalho,Sanne de Wit,Katarzyna Nowak,Emre Aydın,Linnea Bergström,Priya Raman,Kenji Watanabe,Olivia Grant,Tomáš Dvořák,Eszter Varga,Nils Hagen,Aino Laine,Omar Haddad,Grace Adeyemi,Peter Novak`.split(
    ',',
  )

export interface Slots {
  readonly v: string
  readonly l?: string
  readonly k?: string
}

export interface Filled {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Constants in capitals stay as they are. */
const camel = (key: string): string =>
  /[a-z]/.test(key) ? key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) : key
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function time(rng: Rng): string {
  const two = (low: number, high: number): string => String(rng.int(low, high)).padStart(2, '0')
  return `2026-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z`
}

/** A sentence with its places filled, and where the value came to stand. */
export function fill(rng: Rng, sentence: string, { v, l = '', k = '' }: Slots): Filled {
  const makers: Readonly<Record<string, () => string>> = {
    l: () => l,
    L: () => capital(l),
    k: () => k,
    c: () => camel(k),
    name: () => rng.pick(NAMES),
    ts: () => time(rng),
    hex: () => rng.text(8, HEX),
    n: () => String(rng.int(2, 9)),
  }
  let text = ''
  let start = -1
  let from = 0
  for (const { 0: whole, 1: slot, index } of sentence.matchAll(/\{(v|l|L|k|c|name|ts|hex|n)\}/g)) {
    text += sentence.slice(from, index)
    if (slot === 'v') start = text.length
    text += slot === 'v' ? v : makers[slot!]!()
    from = index + whole.length
  }
  if (start < 0) return { text: text + sentence.slice(from), start: 0, end: 0 }
  return { text: text + sentence.slice(from), start, end: start + v.length }
}
