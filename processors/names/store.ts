import { OFFSETS, REGIMES, wordRows } from './features.ts'
import type { WordTable } from './lists.ts'
import { addPacked, PARTS, SUMS_SIZE } from './packed.ts'
import type { Token, TokenKind } from './tokens.ts'
import { describe, LOOK_SIZE, OUTSIDE_WORD, spelling, writeLook, type WordInfo } from './words.ts'

/*
 * What is kept has bounds; at any of them all of it is forgotten, which costs time and changes nothing. How words are
 * spelt is kept as numbers: a piece of a text would keep the whole text.
 */
const MAX_WORDS = 1 << 15
const MAX_UNITS = 12 * MAX_WORDS
/** Most words are met in one regime. */
const MAX_SUMS = MAX_WORDS + MAX_WORDS / 2
/** Places to look for a word: at most a quarter is filled. */
const SLOTS = 4 * MAX_WORDS

/** Tokens of these kinds are alike to the tagger, whatever they are. */
type AlikeKind = Exclude<TokenKind, 'word' | 'mark' | 'tag' | 'number'>

/** The words met so far: what they look like, and the sums of their own rows by regime and offset. */
export class WordStore {
  readonly #table: WordTable
  readonly #packed: Int32Array
  readonly #infos: WordInfo[] = []
  readonly #looks = new Int32Array((MAX_WORDS + 1) * LOOK_SIZE)
  /** By hash of the spelling: the word, 0 for none. */
  readonly #slots = new Int32Array(SLOTS)
  /** By word: where its spelling begins in `#units`; it ends where the next one's does. */
  readonly #spellings = new Int32Array(MAX_WORDS + 2)
  readonly #units = new Uint16Array(MAX_UNITS)
  readonly #alike = new Map<AlikeKind, number>()
  /** Numbers differ by their length alone. */
  readonly #numbers: number[] = []
  /** By word and regime: which of the sums are its own, 0 for none yet. */
  readonly #summed = new Int32Array((MAX_WORDS + 1) * REGIMES)
  #sumsCount = 0
  readonly sums: Int32Array = new Int32Array((MAX_SUMS + 1) * SUMS_SIZE)

  constructor(table: WordTable, packed: Int32Array) {
    this.#table = table
    this.#packed = packed
    this.#forget()
  }

  /** The outside is the first word. */
  #forget(): void {
    this.#slots.fill(0)
    this.#alike.clear()
    this.#numbers.length = 0
    this.#infos.length = 0
    this.#summed.fill(0)
    this.#sumsCount = 0
    this.#add(OUTSIDE_WORD)
  }

  #add(info: WordInfo): number {
    const id = this.#infos.push(info) - 1
    writeLook(info, id, this.#looks, id)
    this.#spellings[id + 1] = this.#spellings[id]!
    return id
  }

  /** What is seen of a block of tokens, and of the outside behind them. Good until the next call. */
  looksOf(text: string, tokens: readonly Token[]): Int32Array {
    this.#makeRoom(tokens)
    const looks = new Int32Array((tokens.length + 1) * LOOK_SIZE)
    for (let index = 0; index < tokens.length; index++) {
      const from = this.#find(text, tokens[index]!) * LOOK_SIZE
      for (let part = 0; part < LOOK_SIZE; part++) looks[index * LOOK_SIZE + part] = this.#looks[from + part]!
    }
    writeLook(OUTSIDE_WORD, 0, looks, tokens.length)
    return looks
  }

  /** Whatever the tokens are, they will be kept until the next ones come. */
  #makeRoom(tokens: readonly Token[]): void {
    const units = tokens.length === 0 ? 0 : tokens.at(-1)!.end - tokens[0]!.start
    const known = this.#infos.length
    const isFull =
      known + tokens.length > MAX_WORDS ||
      this.#spellings[known]! + units > MAX_UNITS ||
      this.#sumsCount + tokens.length + REGIMES > MAX_SUMS
    if (isFull) this.#forget()
  }

  #find(text: string, token: Token): number {
    const { kind, start, end } = token
    if (kind === 'word' || kind === 'mark' || kind === 'tag') return this.#findSpelt(text, token)
    if (kind === 'number') return (this.#numbers[end - start] ??= this.#describe('0'.repeat(end - start), kind))
    const known = this.#alike.get(kind)
    if (known !== undefined) return known
    const id = this.#describe('', kind)
    this.#alike.set(kind, id)
    return id
  }

  #describe(spelt: string, kind: TokenKind): number {
    return this.#add(describe(spelt, kind, this.#table))
  }

  #findSpelt(text: string, token: Token): number {
    const { start, end } = token
    let hash = 0
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    for (let id = this.#slots[slot]!; id !== 0; id = this.#slots[slot]!) {
      if (this.#isSpelt(id, text, start, end)) return id
      slot = (slot + 1) & (SLOTS - 1)
    }
    const id = this.#describe(spelling(text, token), token.kind)
    this.#slots[slot] = id
    const from = this.#spellings[id]!
    for (let at = start; at < end; at++) this.#units[from + at - start] = text.charCodeAt(at)
    this.#spellings[id + 1] = from + end - start
    return id
  }

  #isSpelt(id: number, text: string, start: number, end: number): boolean {
    const from = this.#spellings[id]!
    if (this.#spellings[id + 1]! - from !== end - start) return false
    for (let at = start; at < end; at++) if (this.#units[from + at - start] !== text.charCodeAt(at)) return false
    return true
  }

  /** Where the sums of a word lie. */
  sumsAt(word: number, regime: number): number {
    const place = word * REGIMES + regime
    const known = this.#summed[place]!
    if (known !== 0) return known * SUMS_SIZE
    const at = ++this.#sumsCount * SUMS_SIZE
    this.#summed[place] = this.#sumsCount
    this.sums.fill(0, at, at + SUMS_SIZE)
    OFFSETS.forEach((offset, index) => {
      const rows: number[] = []
      wordRows(this.#infos[word]!, offset, regime, rows)
      for (const row of rows) addPacked(this.#packed, row, this.sums, at + index * PARTS)
    })
    return at
  }
}
