import { OFFSETS, REGIMES, wordRows } from './features.ts'
import type { WordTable } from './lists.ts'
import { addPacked, PARTS, SUMS_SIZE } from './packed.ts'
import type { Token, TokenKind } from './tokens.ts'
import { describe, LOOK_SIZE, OUTSIDE_WORD, spelling, writeLook, type WordInfo } from './words.ts'

/** Words kept; beyond it all are forgotten, which costs time and changes nothing. */
const MAX_WORDS = 16_000

/** Tokens that are alike to the tagger have the same key. */
function keyOf(spelt: string, kind: TokenKind): string {
  if (kind === 'word' || kind === 'mark') return spelt
  if (kind === 'tag') return `#${spelt}`
  return kind === 'number' ? '0'.repeat(spelt.length) : ` ${kind}`
}

/** The words met so far: what they look like, and the sums of their own rows by regime and offset. */
export class WordStore {
  readonly #table: WordTable
  readonly #packed: Int32Array
  readonly #ids = new Map<string, number>()
  readonly #infos: WordInfo[] = []
  readonly #looks = new Int32Array((MAX_WORDS + 1) * LOOK_SIZE)
  readonly #filled = new Uint8Array((MAX_WORDS + 1) * REGIMES)
  readonly sums: Int32Array = new Int32Array((MAX_WORDS + 1) * REGIMES * SUMS_SIZE)

  constructor(table: WordTable, packed: Int32Array) {
    this.#table = table
    this.#packed = packed
    this.#forget()
  }

  /** The outside is the first word. */
  #forget(): void {
    this.#ids.clear()
    this.#infos.length = 0
    this.#filled.fill(0)
    this.#add(OUTSIDE_WORD)
  }

  #add(info: WordInfo): number {
    const id = this.#infos.push(info) - 1
    writeLook(info, id, this.#looks, id)
    return id
  }

  /** What is seen of a block of tokens, and of the outside behind them. Good until the next call. */
  looksOf(text: string, tokens: readonly Token[]): Int32Array {
    if (this.#infos.length + tokens.length > MAX_WORDS) this.#forget()
    const looks = new Int32Array((tokens.length + 1) * LOOK_SIZE)
    tokens.forEach((token, index) => {
      const from = this.#find(spelling(text, token), token.kind) * LOOK_SIZE
      for (let part = 0; part < LOOK_SIZE; part++) looks[index * LOOK_SIZE + part] = this.#looks[from + part]!
    })
    writeLook(OUTSIDE_WORD, 0, looks, tokens.length)
    return looks
  }

  #find(spelt: string, kind: TokenKind): number {
    const key = keyOf(spelt, kind)
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#add(describe(spelt, kind, this.#table))
    this.#ids.set(key, id)
    return id
  }

  /** Where the sums of a word lie. */
  sumsAt(word: number, regime: number): number {
    const place = word * REGIMES + regime
    const at = place * SUMS_SIZE
    if (this.#filled[place] === 1) return at
    this.#filled[place] = 1
    this.sums.fill(0, at, at + SUMS_SIZE)
    OFFSETS.forEach((offset, index) => {
      const rows: number[] = []
      wordRows(this.#infos[word]!, offset, regime, rows)
      for (const row of rows) addPacked(this.#packed, row, this.sums, at + index * PARTS)
    })
    return at
  }
}
