/*
 * The words that detectors want to hear of, in one tree for all of them. A phrase is one or more words; a prefix is how a
 * token begins, such as the first letters of a vendor's keys. Case and diacritics do not count.
 */

/** The id of a phrase or prefix, as marks carry it. */
export type WordId = number

export interface Vocabulary {
  /** A phrase of whole words, single spaces between them. Learned twice it has one id. */
  phrase(words: string): WordId
  /** What a token begins with: letters only. */
  prefix(letters: string): WordId
}

/** A node's columns are `next[(node << COLUMN_BITS) | column]`. */
export const COLUMN_BITS = 5
const COLUMNS = 1 << COLUMN_BITS
export const ROOT = 1
/** Of an ASCII letter's code in either case: its column. */
export const LETTER_BITS = 31
const MOST_NODES = 0xffff

const NO_WORD = -1

/** The column of a letter, 1 to 26; 0 for everything else. Accented letters stand in the column of their base. */
export function letterColumn(code: number): number {
  if (code < 128) {
    const lower = code | 32
    return lower >= 97 && lower <= 122 ? lower - 96 : 0
  }
  return ACCENTED.get(code) ?? 0
}

/** Letters beyond ASCII that are a Latin letter with a mark, by their code. */
const ACCENTED: ReadonlyMap<number, number> = accentedLetters()

function accentedLetters(): Map<number, number> {
  const columns = new Map<number, number>()
  const unmarked: Record<string, string> = { ß: 's', ł: 'l', Ł: 'l', ø: 'o', Ø: 'o', đ: 'd', Đ: 'd', ı: 'i', æ: 'a' }
  for (let code = 0xc0; code < 0x250; code++) {
    const letter = String.fromCharCode(code)
    const base = (unmarked[letter] ?? letter.normalize('NFD'))[0]!.toLowerCase().charCodeAt(0) - 96
    if (base >= 1 && base <= 26) columns.set(code, base)
  }
  for (let code = 0x1e00; code < 0x1f00; code++) {
    const base = String.fromCharCode(code).normalize('NFD')[0]!.toLowerCase().charCodeAt(0) - 96
    if (base >= 1 && base <= 26) columns.set(code, base)
  }
  return columns
}

/** Words of one node each; a sequence of them is a phrase. */
export class WordTree implements Vocabulary {
  /** Node and column to node; 0 where no word goes on. */
  next: Uint16Array = new Uint16Array(COLUMNS * 1024)
  private nodes = 2
  /** By node: itself where a word ends, else -1. */
  readonly words: number[] = [NO_WORD, NO_WORD]
  /** By node: the prefix that ends here. Nothing ends at node 0, where words are that the tree does not know. */
  readonly prefixes: WordId[] = [NO_WORD, NO_WORD]
  /** By node: the phrase node of the word that ends here as a phrase's first. */
  readonly firsts: number[] = [0, 0]
  /** Words in scripts that this tree has no columns for, by their first character. */
  readonly otherScripts: Map<string, { readonly word: string; readonly id: WordId }[]> = new Map()
  /** Phrase node and word to phrase node. */
  private readonly sequences = new Map<number, number>()
  /** By phrase node: the phrase that ends here, and whether a longer one goes on. */
  readonly phrases: WordId[] = [NO_WORD]
  readonly goesOn: boolean[] = [false]
  private readonly ids = new Map<string, WordId>()
  /** A bit for each word, by a few of its letters and its length; and one for the first three letters of prefixes. */
  private readonly wordBits = new Uint8Array(1 << (WORD_BITS - 3))
  private readonly prefixBits = new Uint8Array(1 << (3 * COLUMN_BITS - 3))

  phrase(words: string): WordId {
    const known = this.ids.get(words)
    if (known !== undefined) return known
    const id = this.ids.size
    this.ids.set(words, id)
    const parts = words.split(' ')
    if (parts.every(isLatin)) this.learnLatin(parts, id)
    else if (words.charCodeAt(0) > 127) this.learnOther(words, id)
    else throw new RangeError(`a word is made of letters alone, with single spaces between words: ${words}`)
    return id
  }

  prefix(letters: string): WordId {
    if (!isLatin(letters)) throw new RangeError(`a prefix is made of letters: ${letters}`)
    const name = `${letters}…`
    const known = this.ids.get(name)
    if (known !== undefined) return known
    const id = this.ids.size
    this.ids.set(name, id)
    this.prefixes[this.nodeOf(letters)] = id
    for (let third = 0; third < COLUMNS; third++) {
      const column = letters.length > 2 ? letterColumn(letters.charCodeAt(2)) : third
      setBit(
        this.prefixBits,
        firstThree(letterColumn(letters.charCodeAt(0)), letterColumn(letters.charCodeAt(1)), column),
      )
    }
    return id
  }

  /**
   * Whether a word of ASCII letters may be in the tree or begin with a prefix. Never wrong when it says no, which it does
   * of most words without a step through the tree, whose nodes are spread over more memory than is near.
   */
  mayHold(text: string, start: number, end: number): boolean {
    const length = end - start
    const first = text.charCodeAt(start) & LETTER_BITS
    const second = length > 1 ? text.charCodeAt(start + 1) & LETTER_BITS : 0
    // A prefix may go on where the word ends.
    const third = start + 2 < text.length ? text.charCodeAt(start + 2) & LETTER_BITS : 0
    if (hasBit(this.prefixBits, firstThree(first, second, third))) return true
    const fourth = length > 3 ? text.charCodeAt(start + 3) & LETTER_BITS : 0
    const last = text.charCodeAt(end - 1) & LETTER_BITS
    return hasBit(this.wordBits, wordBit(first, second, length > 2 ? third : 0, fourth, last, length))
  }

  /** The phrase node after a word follows `node`; 0 when no phrase goes on so. */
  follow(node: number, word: number): number {
    return this.sequences.get(node * MOST_NODES + word) ?? 0
  }

  private learnOther(words: string, id: WordId): void {
    const first = words[0]!
    const list = this.otherScripts.get(first) ?? []
    list.push({ word: words, id })
    // Longest first, so that a word's longer form is what is heard.
    this.otherScripts.set(
      first,
      list.toSorted((a, b) => b.word.length - a.word.length),
    )
  }

  private learnLatin(parts: readonly string[], id: WordId): void {
    let sequence = 0
    for (const part of parts) {
      const node = this.nodeOf(part)
      this.words[node] = node
      this.setWordBit(part)
      const known = sequence === 0 ? this.firsts[node]! : this.follow(sequence, node)
      const after = known === 0 ? this.addPhraseNode() : known
      if (sequence === 0) this.firsts[node] = after
      else this.sequences.set(sequence * MOST_NODES + node, after)
      this.goesOn[sequence] = true
      sequence = after
    }
    this.phrases[sequence] = id
  }

  private setWordBit(word: string): void {
    const { length } = word
    const column = (at: number): number => (at < length ? letterColumn(word.charCodeAt(at)) : 0)
    setBit(this.wordBits, wordBit(column(0), column(1), column(2), column(3), column(length - 1), length))
  }

  private addPhraseNode(): number {
    this.goesOn.push(false)
    return this.phrases.push(NO_WORD) - 1
  }

  private nodeOf(letters: string): number {
    let node = ROOT
    for (const letter of letters) {
      const at = (node << COLUMN_BITS) | letterColumn(letter.charCodeAt(0))
      if (this.next[at] === 0) this.next[at] = this.addNode()
      node = this.next[at]!
    }
    return node
  }

  private addNode(): number {
    const node = this.nodes++
    if (node > MOST_NODES) throw new RangeError('the vocabulary is full')
    if (this.nodes * COLUMNS > this.next.length) {
      const grown = new Uint16Array(this.next.length * 2)
      grown.set(this.next)
      this.next = grown
    }
    this.words.push(NO_WORD)
    this.prefixes.push(NO_WORD)
    this.firsts.push(0)
    return node
  }
}

const WORD_BITS = 17

const firstThree = (first: number, second: number, third: number): number =>
  first | (second << COLUMN_BITS) | (third << (2 * COLUMN_BITS))

const wordBit = (first: number, second: number, third: number, fourth: number, last: number, length: number): number =>
  Math.imul(firstThree(first, second, third) | (fourth << 15) | (last << 20) | (length << 25), 0x9e3779b1) >>>
  (32 - WORD_BITS)

const setBit = (bits: Uint8Array, at: number): void => void (bits[at >> 3]! |= 1 << (at & 7))
const hasBit = (bits: Uint8Array, at: number): boolean => (bits[at >> 3]! & (1 << (at & 7))) !== 0

const isLatin = (word: string): boolean =>
  word !== '' && Array.from(word).every((letter) => letterColumn(letter.charCodeAt(0)) > 0)
