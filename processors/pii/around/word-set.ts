import type { WordId } from '../../scan/index.ts'

/** Words of the vocabulary, one bit each: most marks near a number are asked whether they matter, and most do not. */
export class WordSet {
  private readonly bits: Uint32Array

  /** In the order in which they were given. */
  private readonly all: readonly WordId[]

  constructor(words: Iterable<WordId>) {
    const all = [...new Set(words)]
    this.all = all
    this.bits = new Uint32Array((Math.max(0, ...all) >> 5) + 1)
    for (const word of all) this.bits[word >> 5]! |= 1 << (word & 31)
  }

  [Symbol.iterator](): Iterator<WordId> {
    return this.all[Symbol.iterator]()
  }

  /** Of any mark's kind: those below 0 are no words. */
  has(kind: number): boolean {
    const at = kind >> 5
    return at >= 0 && at < this.bits.length && (this.bits[at]! & (1 << (kind & 31))) !== 0
  }
}
