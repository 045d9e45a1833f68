import type { CharRange, TokenRange } from '../../schemas/finding.ts'
import { encodingOf } from './models.ts'
import { vocabulary, type Vocabulary } from './vocabulary.ts'

export { encodingOf, type Encoding, type ModelEncoding } from './models.ts'

/*
 * Where a range of a text stands as the model counts it. Only what stands before a range's end is encoded, piece by piece
 * as the encoding cuts the text, because nothing behind a piece can change it.
 */

/** Beyond this, the tokens before a range are estimated from their density so far. */
const MOST_ENCODED = 64 * 1024

/** Merging is quadratic in a piece's length: longer ones are cut, and the counts after it are estimates. */
const LONGEST_PIECE = 512

class Walk {
  readonly #text: string
  readonly #vocabulary: Vocabulary
  /** The piece under the walk, in UTF-16 units, and where its tokens begin, in bytes of the piece. */
  #start = 0
  #end = 0
  /** Where the encoding's own piece ends; a long one is walked in several. */
  #pieceEnd = 0
  #starts: readonly number[] = []
  /** Tokens before the piece. */
  #before = 0
  estimate = false

  constructor(text: string, known: Vocabulary) {
    // A piece may be as long as the text, and finding its end takes memory by its length.
    this.#text = text.slice(0, MOST_ENCODED + LONGEST_PIECE)
    this.#vocabulary = known
  }

  /** Which token holds the character at `offset`; offsets come in ascending order. */
  tokenAt(offset: number): number {
    if (offset >= MOST_ENCODED) return this.#estimated(offset)
    while (this.#end <= offset) this.#next()
    const bytes = Buffer.byteLength(this.#text.slice(this.#start, offset))
    let token = 0
    while (token + 1 < this.#starts.length && this.#starts[token + 1]! <= bytes) token++
    return this.#before + token
  }

  #next(): void {
    this.#before += this.#starts.length
    this.#start = this.#end
    if (this.#end === this.#pieceEnd) this.#pieceEnd = this.#endOfPiece()
    this.#end = Math.min(this.#pieceEnd, this.#start + LONGEST_PIECE)
    if (this.#end < this.#pieceEnd) this.estimate = true
    const { pieces, ranks } = this.#vocabulary
    this.#starts = pieces.startsOf(this.#text.slice(this.#start, this.#end), ranks)
  }

  #endOfPiece(): number {
    const { piece } = this.#vocabulary
    piece.lastIndex = this.#start
    // Every character begins some piece; should a vocabulary forget one, it is a piece by itself.
    return piece.test(this.#text) ? piece.lastIndex : this.#start + 1
  }

  #estimated(offset: number): number {
    while (this.#end < MOST_ENCODED) this.#next()
    this.estimate = true
    return Math.floor((offset / this.#end) * (this.#before + this.#starts.length))
  }
}

/** Token ranges of UTF-16 ranges that ascend and do not overlap, in their order. Undefined when no model is named. */
export function tokenRanges(model: string, text: string, ranges: readonly CharRange[]): TokenRange[] | undefined {
  const known = encodingOf(model)
  if (known === undefined) return undefined
  const walk = new Walk(text, vocabulary(known.encoding))
  return ranges.map(({ start, end }) => {
    const first = walk.tokenAt(start)
    const last = walk.tokenAt(end - 1)
    return { start: first, end: last + 1, tokenizer: known.encoding, estimate: known.estimate || walk.estimate }
  })
}

/** The same for one range. */
export const tokenRange = (model: string, text: string, start: number, end: number): TokenRange | undefined =>
  tokenRanges(model, text, [{ start, end }])?.[0]
