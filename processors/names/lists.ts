import { inflateRawSync } from 'node:zlib'
import { fold, hashText, mix } from './hashing.ts'
import { tokenise } from './tokens.ts'

/*
 * What is known about words beforehand: names, places, organisations, common words. A word's facts are packed into one
 * number, and all words into one table of hashes, so that a look-up makes no object.
 */

/** Bits of a word's facts: shift and mask. */
export const FACTS = {
  /** A first name: 3 frequent, 2 known, 1 rare. */
  first: { shift: 0, mask: 3 },
  last: { shift: 2, mask: 3 },
  /** A city: 3 above a million people, 2 above a hundred thousand, 1 smaller. */
  city: { shift: 4, mask: 3 },
  /** 3 country, 2 region, 1 people or language. */
  region: { shift: 6, mask: 3 },
  organisation: { shift: 8, mask: 1 },
  /** Index of the list of cue words, from 1. */
  cue: { shift: 9, mask: 15 },
  /** 5 most frequent to 1 rare English word; 7 most frequent, 6 other word of another language. */
  common: { shift: 13, mask: 7 },
  /** Some entry goes on behind it. */
  opens: { shift: 16, mask: 1 },
} as const
export type FactName = keyof typeof FACTS

export const factOf = (facts: number, name: FactName): number => (facts >>> FACTS[name].shift) & FACTS[name].mask

/** Whether anything is known of a run of words but that entries go on behind it. */
export const isEntry = (facts: number): boolean => withFact(facts, 'opens', 0) !== 0

export function withFact(facts: number, name: FactName, value: number): number {
  const { shift, mask } = FACTS[name]
  return (facts & ~(mask << shift)) | ((value & mask) << shift)
}

export interface ListEntry {
  /** As it is written, with capitals; several words with spaces between. */
  readonly surface: string
  readonly facts: number
}

/** Entries in the order of their surfaces: shared lengths, the rests of the surfaces, facts. */
export function packEntries(entries: readonly ListEntry[]): Buffer {
  const shared = Buffer.alloc(entries.length)
  const facts = Buffer.alloc(entries.length * 2)
  const rests: string[] = []
  let before = ''
  entries.forEach(({ surface, facts: value }, index) => {
    let same = 0
    while (same < 255 && same < before.length && same < surface.length && before[same] === surface[same]) same++
    shared[index] = same
    facts.writeUInt16LE(value & 0xffff, index * 2)
    rests.push(surface.slice(same))
    before = surface
  })
  const head = Buffer.alloc(4)
  head.writeUInt32LE(entries.length)
  return Buffer.concat([head, shared, facts, Buffer.from(rests.join('\n'))])
}

export function unpackEntries(packed: Uint8Array): ListEntry[] {
  const bytes = inflateRawSync(packed)
  const count = bytes.readUInt32LE()
  const rests = bytes.toString('utf8', 4 + count * 3).split('\n')
  const entries: ListEntry[] = []
  let before = ''
  for (let index = 0; index < count; index++) {
    before = before.slice(0, bytes[4 + index]) + (rests[index] ?? '')
    entries.push({ surface: before, facts: bytes.readUInt16LE(4 + count + index * 2) })
  }
  return entries
}

const SEED = 0x2545f491
/** The hash of a run of words, from the hashes of the words. */
export const joinHashes = (run: number, word: number): number => mix(run ^ SEED, word)

/** Most tokens of an entry that are looked up together. */
export const LONGEST_ENTRY = 6

const ONE_WORD = /^[\p{L}]+$/u

/** The folded tokens of an entry: a text is looked up by its tokens. */
export function wordsOf(surface: string): string[] {
  if (ONE_WORD.test(surface)) return [fold(surface)]
  return tokenise(surface).map(({ start, end }) => fold(surface.slice(start, end)))
}

/** A table of hashes with open addressing. Two words with the same 32-bit hash count as one. */
export class WordTable {
  readonly #keys: Int32Array
  readonly #facts: Int32Array
  readonly #mask: number

  constructor(entries: readonly ListEntry[]) {
    let size = 1024
    while (size < entries.length * 1.5) size *= 2
    this.#keys = new Int32Array(size)
    this.#facts = new Int32Array(size)
    this.#mask = size - 1
    for (const { surface, facts } of entries) this.#add(wordsOf(surface).map(hashText), facts)
  }

  #add(words: readonly number[], facts: number): void {
    const [head = 0, ...rest] = words
    if (rest.length === 0) {
      this.#set(head, this.find(head) | facts)
      return
    }
    let run = head
    for (const word of rest) {
      this.#set(run, withFact(this.find(run), 'opens', 1))
      run = joinHashes(run, word)
    }
    this.#set(run, this.find(run) | facts)
  }

  #slot(hash: number): number {
    let slot = mix(hash, SEED) & this.#mask
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== hash) slot = (slot + 1) & this.#mask
    return slot
  }

  #set(hash: number, facts: number): void {
    const slot = this.#slot(hash)
    this.#keys[slot] = hash
    this.#facts[slot] = facts
  }

  /** The facts of a word or a run of words by its hash; 0 for what is not known. */
  find(hash: number): number {
    return this.#facts[this.#slot(hash)] ?? 0
  }
}
