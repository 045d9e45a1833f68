/*
 * Byte pair encoding of one piece, with the ranks of a published vocabulary. Bytes are kept as Latin-1 characters, so that
 * any run of them is a string and a key.
 */

export type Ranks = ReadonlyMap<string, number>

/** gpt-tokenizer's table: the index is the rank; a token that is not UTF-8 by itself comes as bytes. */
export type RankTable = readonly (string | readonly number[] | undefined)[]

const BEYOND_ASCII = /\P{ASCII}/u

/** The UTF-8 bytes of a text as Latin-1 characters: the same string where all is ASCII. */
export const bytesOf = (text: string): string => (BEYOND_ASCII.test(text) ? Buffer.from(text).toString('latin1') : text)

export function ranksOf(table: RankTable): Ranks {
  const ranks = new Map<string, number>()
  table.forEach((token, rank) => {
    if (token === undefined) return
    ranks.set(typeof token === 'string' ? bytesOf(token) : String.fromCharCode(...token), rank)
  })
  return ranks
}

/** Pieces that came before, with where their tokens begin: texts repeat their words. */
export class PieceMemory {
  #known = new Map<string, readonly number[]>()

  startsOf(piece: string, ranks: Ranks): readonly number[] {
    if (piece.length > LONGEST_KEPT) return tokenStarts(bytesOf(piece), ranks)
    const known = this.#known.get(piece)
    if (known !== undefined) return known
    const starts = tokenStarts(bytesOf(piece), ranks)
    if (this.#known.size >= MOST_KEPT) this.#known = new Map()
    this.#known.set(piece, starts)
    return starts
  }
}

const MOST_KEPT = 50_000
/** A longer slice of a string keeps the whole string in memory. */
const LONGEST_KEPT = 12

const NO_RANK = Number.POSITIVE_INFINITY

/**
 * Where each token of a piece begins, in bytes. Quadratic in the length of the piece, as merging in order of rank is when
 * done simply: the caller bounds it.
 */
export function tokenStarts(piece: string, ranks: Ranks): number[] {
  if (ranks.has(piece)) return [0]
  const starts: number[] = []
  for (let at = 0; at <= piece.length; at++) starts.push(at)
  const rankAt = (index: number): number => {
    const end = starts[index + 2]
    return end === undefined ? NO_RANK : (ranks.get(piece.slice(starts[index], end)) ?? NO_RANK)
  }
  const pairs = starts.map((_, index) => rankAt(index))
  for (;;) {
    let best = NO_RANK
    let lowest = -1
    for (let index = 0; index < pairs.length; index++) {
      if (pairs[index]! < best) {
        best = pairs[index]!
        lowest = index
      }
    }
    if (lowest === -1) break
    starts.splice(lowest + 1, 1)
    pairs.splice(lowest + 1, 1)
    pairs[lowest] = rankAt(lowest)
    if (lowest > 0) pairs[lowest - 1] = rankAt(lowest - 1)
  }
  starts.pop()
  return starts
}
