import { createHash } from 'node:crypto'
import { seeded } from '../../bench/support/random.ts'

/** Seeded randomness: the same seed makes the same corpus on every machine. */
export interface Rng {
  next(): number
  /** Both ends included. */
  int(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
  digits(count: number): string
  /** Characters of an alphabet. */
  text(count: number, alphabet: string): string
}

export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const LOWER = 'abcdefghijklmnopqrstuvwxyz'
export const DIGITS = '0123456789'
export const HEX = '0123456789abcdef'

export function createRng(seed: string): Rng {
  const next = seeded(createHash('sha256').update(seed).digest().readInt32LE(0))
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const text = (count: number, alphabet: string): string =>
    Array.from({ length: count }, () => alphabet[int(0, alphabet.length - 1)]).join('')
  return {
    next,
    int,
    text,
    pick: (list) => list[int(0, list.length - 1)]!,
    chance: (share) => next() < share,
    digits: (count) => text(count, DIGITS),
  }
}
