/*
 * The words that detectors want to hear of, in one table for all of them. A phrase is one or more words; a prefix is how a
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

const MOST_WORDS = 0xffff
const COLUMN_BITS = 5
const FILTER_BITS = 17

/** The hash of a word, letter by letter, from 0 on. The scan counts it up while it cuts words. */
export const HASH_FACTOR: number = 0x9e3779b1 | 0
export const hashOf = (columns: Iterable<number>): number => {
  let hash = 0
  for (const column of columns) hash = (Math.imul(hash, HASH_FACTOR) + column) | 0
  return hash
}

const MIX_FACTOR = 0x85ebca6b | 0
const mixed = (hash: number): number => Math.imul(hash ^ (hash >>> 15), MIX_FACTOR)

/** A bit for each hash that was added: never wrong when it says no, and small enough to be near at all times. */
class Filter {
  private readonly bits = new Uint8Array(1 << (FILTER_BITS - 3))
  add(hash: number): void {
    const at = mixed(hash) >>> (32 - FILTER_BITS)
    this.bits[at >> 3]! |= 1 << (at & 7)
  }
  mayHold(hash: number): boolean {
    const at = mixed(hash) >>> (32 - FILTER_BITS)
    return (this.bits[at >> 3]! & (1 << (at & 7))) !== 0
  }
}

const ENTRY_BITS = 2

/**
 * From a pair of numbers to a number above 0; 0 for all other pairs. Open addressing, at most half full; pair and value lie
 * side by side, since reaching for memory is what a look costs.
 */
class PairTable {
  private entries = new Int32Array(1 << 14)
  private count = 0

  get(one: number, other: number): number {
    return this.entries[this.entryOf(one, other) + 2]!
  }

  set(one: number, other: number, value: number): void {
    if (this.get(one, other) === 0 && ++this.count << (ENTRY_BITS + 1) > this.entries.length) this.grow()
    this.put(one, other, value)
  }

  private put(one: number, other: number, value: number): void {
    const entry = this.entryOf(one, other)
    this.entries[entry] = one
    this.entries[entry + 1] = other
    this.entries[entry + 2] = value
  }

  /** Where the pair stands, or would. */
  private entryOf(one: number, other: number): number {
    const { entries } = this
    const mask = entries.length - 1
    let entry = (mixed(Math.imul(one, HASH_FACTOR) + other) << ENTRY_BITS) & mask
    while (entries[entry + 2] !== 0 && (entries[entry] !== one || entries[entry + 1] !== other))
      entry = (entry + (1 << ENTRY_BITS)) & mask
    return entry
  }

  private grow(): void {
    const { entries } = this
    this.entries = new Int32Array(entries.length * 2)
    for (let entry = 0; entry < entries.length; entry += 1 << ENTRY_BITS)
      if (entries[entry + 2] !== 0) this.put(entries[entry]!, entries[entry + 1]!, entries[entry + 2]!)
  }
}

/** Words by their hash and letters; a sequence of them is a phrase. */
export class WordTable implements Vocabulary {
  /** By word, from 1 on: where its columns begin in `letters`, and the phrase node of the word as a phrase's first. */
  private readonly starts: number[] = [0, 0]
  readonly firsts: number[] = [0]
  private letters = new Uint8Array(1 << 12)
  private readonly byLetters = new Map<string, number>()
  /** Hash and length to the word that was learned last with both, and from each word to the one before; 0 ends it. */
  private readonly byHash = new PairTable()
  private readonly befores: number[] = [0]
  /** All words, and those that begin a phrase. */
  private readonly known = new Filter()
  private readonly beginning = new Filter()
  /** Words in scripts that this table has no columns for, by their first character; and a bit for each such character. */
  readonly otherScripts: Map<string, { readonly word: string; readonly id: WordId }[]> = new Map()
  private readonly otherFirsts = new Uint8Array(0x10000 >> 3)
  /** Phrase node and word to phrase node. */
  private readonly sequences = new PairTable()
  /** By phrase node: the phrase that ends here, and whether a longer one goes on. */
  readonly phrases: WordId[] = [NO_WORD]
  readonly goesOn: boolean[] = [false]
  private readonly ids = new Map<string, WordId>()
  /** A bit for the first three columns of each prefix, and a tree of their letters. */
  private readonly prefixBits = new Uint8Array(1 << (3 * COLUMN_BITS - 3))
  private readonly prefixTree: PairTable = new PairTable()
  private prefixNodes = 1
  /** By node: the prefix that ends here. */
  readonly prefixes: WordId[] = [NO_WORD, NO_WORD]

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
    const columns = columnsOf(letters)
    let node = PREFIX_ROOT
    for (const column of columns) node = this.afterPrefix(node, column) || this.addPrefixNode(node, column)
    this.prefixes[node] = id
    // What a short prefix leaves open may be any letter, or none.
    for (const second of columns.length > 1 ? [columns[1]!] : ANY_COLUMN)
      for (const third of columns.length > 2 ? [columns[2]!] : ANY_COLUMN) {
        const at = firstThree(columns[0]!, second, third)
        this.prefixBits[at >> 3]! |= 1 << (at & 7)
      }
    return id
  }

  /** Whether a prefix may begin with three columns. */
  mayBePrefix(first: number, second: number, third: number): boolean {
    const at = firstThree(first, second, third)
    return (this.prefixBits[at >> 3]! & (1 << (at & 7))) !== 0
  }

  /** The node of a letter behind `node` in the tree of prefixes; 0 when none goes on so. */
  afterPrefix(node: number, column: number): number {
    return this.prefixTree.get(node, column)
  }

  private addPrefixNode(node: number, column: number): number {
    this.prefixTree.set(node, column, ++this.prefixNodes)
    this.prefixes.push(NO_WORD)
    return this.prefixNodes
  }

  /** Whether a word may be known, or begin a phrase. Never wrong when it says no, which it does of most words. */
  mayHold(hash: number): boolean {
    return this.known.mayHold(hash)
  }
  mayBegin(hash: number): boolean {
    return this.beginning.mayHold(hash)
  }

  /** A word with a hash and so many letters, and the next one; 0 for none. Their letters are still to be compared. */
  wordWith(hash: number, length: number): number {
    return this.byHash.get(hash, length)
  }
  wordBefore(word: number): number {
    return this.befores[word]!
  }

  /** The column of a word's letter. */
  columnAt(word: number, at: number): number {
    return this.letters[this.starts[word]! + at]!
  }

  /** The phrase node after a word follows `node`; 0 when no phrase goes on so. */
  follow(node: number, word: number): number {
    return this.sequences.get(node, word)
  }

  /** Whether some word of another script begins with a character. */
  mayBeginOther(code: number): boolean {
    return (this.otherFirsts[code >> 3]! & (1 << (code & 7))) !== 0
  }

  private learnOther(words: string, id: WordId): void {
    const first = words[0]!
    const code = words.charCodeAt(0)
    this.otherFirsts[code >> 3]! |= 1 << (code & 7)
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
      const word = this.wordOf(part)
      const known = sequence === 0 ? this.firsts[word]! : this.follow(sequence, word)
      const after = known === 0 ? this.addPhraseNode() : known
      if (sequence === 0) {
        this.firsts[word] = after
        this.beginning.add(hashOf(columnsOf(part)))
      } else if (known === 0) this.sequences.set(sequence, word, after)
      this.goesOn[sequence] = true
      sequence = after
    }
    this.phrases[sequence] = id
  }

  private addPhraseNode(): number {
    this.goesOn.push(false)
    return this.phrases.push(NO_WORD) - 1
  }

  private wordOf(letters: string): number {
    const columns = columnsOf(letters)
    const key = String.fromCharCode(...columns)
    return this.byLetters.get(key) ?? this.addWord(key, columns)
  }

  private addWord(key: string, columns: readonly number[]): number {
    const word = this.firsts.push(0) - 1
    if (word > MOST_WORDS) throw new RangeError('the vocabulary is full')
    this.byLetters.set(key, word)
    const start = this.starts[word]!
    this.starts.push(start + columns.length)
    if (start + columns.length > this.letters.length) {
      const grown = new Uint8Array(this.letters.length * 2)
      grown.set(this.letters)
      this.letters = grown
    }
    this.letters.set(columns, start)
    const hash = hashOf(columns)
    this.befores.push(this.byHash.get(hash, columns.length))
    this.byHash.set(hash, columns.length, word)
    this.known.add(hash)
    return word
  }
}

export const PREFIX_ROOT = 1
const ANY_COLUMN: readonly number[] = Array.from({ length: 1 << COLUMN_BITS }, (_, column) => column)

const firstThree = (first: number, second: number, third: number): number =>
  first | (second << COLUMN_BITS) | (third << (2 * COLUMN_BITS))

const columnsOf = (word: string): number[] => Array.from(word, (letter) => letterColumn(letter.charCodeAt(0)))

const isLatin = (word: string): boolean => word !== '' && columnsOf(word).every((column) => column > 0)
