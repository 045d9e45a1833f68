import * as chars from './chars.ts'
import * as vocabulary from './vocabulary.ts'
import type { WordId, WordTable } from './vocabulary.ts'

/*
 * The one pass over a text. It cuts tokens (runs of letters and digits), looks each word up in the vocabulary, and notes
 * what a detector may want to look at. Words end where a token ends, where digits begin, and at the capital of `camelCase`.
 */

/* What is imported is fetched anew at each use, which for each character is too often: here it is the module's own. */
const { CHARS, GAP, LOWER, UPPER, DIGITS, SIGN, OTHER_LETTER, COMBINING } = chars
const { COLUMN_BITS, COLUMN_MASK, KIND_MASK, FOLDS, FOLDS_TO_MARK, UNKNOWN } = chars
const { HASH_FACTOR, PREFIX_ROOT } = vocabulary

/** Marks are triples of kind, start and end, in the order of their ends. A kind of 0 or more is a vocabulary id. */
export const MARK_SIZE = 3
/** A token that holds a digit. */
export const NUMBER = -1
export const AT = -2
/** A token of at least so many characters, digits or not. */
export const LONG = -3
export const LONG_LENGTH = 16
/** For tables by kind. */
export const LOWEST_KIND: number = LONG

export interface Marked {
  readonly marks: Int32Array
  /** Something in the text has a plainer spelling. */
  readonly disguised: boolean
}

/** Characters between two words of one phrase, at most. */
const PHRASE_GAP = 2
/** Phrases that are open at once, at most. */
const OPEN_PHRASES = 4
const NONE = -1
/** What stands before a text is of no kind. */
const NO_KIND = 8

export function markText(text: string, words: WordTable): Marked {
  const pass = new Pass(text, words)
  pass.run()
  return { marks: pass.marks(), disguised: pass.disguised }
}

/*
 * Most time goes into finding where words begin and end, and which they are. Texts are cut into segments of one kind, and
 * their letters are hashed, by a loop without a branch that a processor could guess wrong; everything after it works by
 * segment. What the loop writes is used again by every text.
 */

const KIND_BITS = 3
const PAIR = 2
const LEAST_ROOM = 1 << 12
/** More than this is let go of again by the next text that needs less. */
const MOST_ROOM_KEPT = 1 << 20
/** Most texts of a call are names and ids: for these the way out of the engine costs more than it saves. */
const SHORT = 32
const NO_MARKS = new Int32Array(0)

/** Where a text's characters and segments are laid out. */
class Room {
  readonly size: number
  /** UTF-16 units of the text, as bytes and as numbers: reading these is cheaper than asking the string each time. */
  readonly bytes: Buffer
  readonly codes: Uint16Array
  /**
   * Pairs: where a segment begins, with its kind, and the hash of the word that ends there. One more stands behind the last.
   */
  readonly segments: Int32Array
  marks: Int32Array = new Int32Array(LEAST_ROOM)
  constructor(size: number) {
    this.size = size
    this.codes = new Uint16Array(size)
    this.bytes = Buffer.from(this.codes.buffer)
    this.segments = new Int32Array(size * 2)
  }

  growMarks(): void {
    const grown = new Int32Array(this.marks.length * 2)
    grown.set(this.marks)
    this.marks = grown
  }
}

let room = new Room(LEAST_ROOM)

/** Lays a text out in the room, which is made larger when it has to be. */
function layOut(text: string): Room {
  const needed = text.length + 2
  const spare = Math.max(room.size, room.marks.length) > MOST_ROOM_KEPT && needed <= LEAST_ROOM
  if (room.size < needed || spare) room = new Room(Math.max(LEAST_ROOM, needed + (needed >> 1)))
  if (text.length > SHORT) room.bytes.write(text, 0, 'utf16le')
  else for (let at = 0; at < text.length; at++) room.codes[at] = text.charCodeAt(at)
  return room
}

class Pass {
  disguised = false
  private readonly text: string
  private readonly words: WordTable
  private readonly room: Room
  /** Segments, and numbers in the room's marks. */
  private count = 0
  private marked = 0
  /** All bits of what the characters are. */
  private seen = 0
  /** Phrases that have begun: their nodes, and where in the text they began. */
  private readonly openNodes: number[] = [0, 0, 0, 0]
  private readonly openStarts: number[] = [0, 0, 0, 0]
  private open = 0
  private lastWordEnd = -1

  constructor(text: string, words: WordTable) {
    this.text = text
    this.words = words
    this.room = layOut(text)
  }

  run(): void {
    this.cut()
    if ((this.seen & UNKNOWN) !== 0) {
      chars.completeChars()
      this.cut()
    }
    this.tokens()
    this.disguised = (this.seen & (FOLDS | FOLDS_TO_MARK)) !== 0 && this.isDisguised()
  }

  /**
   * Without a branch, by what two numbers differ in: segments where a character's kind is not that of the one before, and
   * the hash goes on where it is, or where small letters follow a capital, whose kind is one above theirs.
   */
  private cut(): void {
    const { codes, segments } = this.room
    const { length } = this.text
    let seen = 0
    let last = NO_KIND
    let count = 0
    let hash = 0
    for (let at = 0; at < length; at++) {
      const char = CHARS[codes[at]!]!
      const kind = (char >> COLUMN_BITS) & KIND_MASK
      segments[count] = (at << KIND_BITS) | kind
      segments[count + 1] = hash
      const step = last - kind
      const leap = step & ~1
      count += ((step | -step) >>> 30) & PAIR
      hash = (Math.imul(hash & ~((leap | -leap) >> 31), HASH_FACTOR) + (char & COLUMN_MASK)) | 0
      seen |= char
      last = kind
    }
    segments[count] = (length << KIND_BITS) | GAP
    segments[count + 1] = hash
    this.count = count
    this.seen = seen
  }

  private tokens(): void {
    const { count } = this
    const { segments } = this.room
    let token = NONE
    let digits = false
    for (let segment = 0; segment <= count; segment += PAIR) {
      const kind = segments[segment]! & KIND_MASK
      const start = segments[segment]! >>> KIND_BITS
      if (kind === GAP || kind === SIGN) {
        if (token !== NONE) {
          if (digits) this.mark(NUMBER, token, start)
          if (start - token >= LONG_LENGTH) this.mark(LONG, token, start)
          token = NONE
          digits = false
        }
        if (kind === SIGN) this.signs(start, segments[segment + PAIR]! >>> KIND_BITS)
        continue
      }
      if (token === NONE) token = start
      if (kind === DIGITS) digits = true
      else if (kind <= UPPER) this.letters(segment)
      else if (kind === OTHER_LETTER) this.otherLetters(start, segments[segment + PAIR]! >>> KIND_BITS)
    }
  }

  /** A copy: what is in the room is written over by the next text. */
  marks(): Int32Array {
    return this.marked === 0 ? NO_MARKS : this.room.marks.slice(0, this.marked)
  }

  private mark(kind: number, start: number, end: number): void {
    const { marks } = this.room
    const at = this.marked
    marks[at] = kind
    marks[at + 1] = start
    marks[at + 2] = end
    this.marked = at + MARK_SIZE
    if (this.marked + MARK_SIZE > marks.length) this.room.growMarks()
  }

  private signs(start: number, end: number): void {
    for (let at = start; at < end; at++) this.mark(AT, at, at + 1)
  }

  /** A segment of letters is a word, or the end of one whose capitals stand before. */
  private letters(segment: number): void {
    const { words } = this
    const { segments } = this.room
    let first = segment
    const next = segments[segment + PAIR]! & KIND_MASK
    if ((segments[segment]! & KIND_MASK) === LOWER) {
      if (segment > 0 && (segments[segment - PAIR]! & KIND_MASK) === UPPER) first -= PAIR
    } else if (next === LOWER) return
    const start = segments[first]! >>> KIND_BITS
    const end = segments[segment + PAIR]! >>> KIND_BITS
    const before = first === 0 ? GAP : segments[first - PAIR]! & KIND_MASK
    if (before >= OTHER_LETTER || next >= OTHER_LETTER) this.amongOthers(before, start, end, next)
    else {
      if (words.mayBePrefix(this.column(start), this.column(start + 1), this.column(start + 2))) this.begun(start, end)
      const hash = segments[segment + PAIR + 1]!
      if (this.open > 0 && start - this.lastWordEnd > PHRASE_GAP) this.open = 0
      if (this.open > 0 ? words.mayHold(hash) : words.mayBegin(hash)) this.heard(hash, start, end, end - start)
    }
  }

  private column(at: number): number {
    return CHARS[this.room.codes[at]!]! & COLUMN_MASK
  }

  /** Letters of another script make it another word; marks that sit on letters do not count. */
  private amongOthers(before: number, start: number, end: number, next: number): void {
    if (before >= OTHER_LETTER) return
    this.begun(start, end)
    if (next !== COMBINING) return
    const { codes } = this.room
    let hash = 0
    let length = 0
    let at = start
    for (let kind = LOWER; at < this.text.length; at++) {
      const last = kind
      const char = CHARS[codes[at]!]!
      kind = (char >> COLUMN_BITS) & KIND_MASK
      if (kind === OTHER_LETTER) return
      if (kind === COMBINING) kind = last
      else if (kind !== LOWER && kind !== UPPER) break
      else if (kind === UPPER && last === LOWER && length > 0) break
      else {
        hash = (Math.imul(hash, HASH_FACTOR) + (char & COLUMN_MASK)) | 0
        length++
      }
    }
    if (this.words.mayHold(hash)) this.heard(hash, start, at, length)
  }

  /** Notes the prefixes that a word begins with. One may end in the capital behind the word: `eyJ`. */
  private begun(start: number, end: number): void {
    const { words } = this
    let node = PREFIX_ROOT
    for (let at = start; at <= end && at < this.text.length; at++) {
      node = words.afterPrefix(node, this.column(at))
      if (node === 0) return
      const prefix = words.prefixes[node]!
      if (prefix !== NONE) this.mark(prefix, start, at + 1)
    }
  }

  /** A word may be known: if so, it may be a phrase, go on with one, or begin one. */
  private heard(hash: number, start: number, end: number, length: number): void {
    const { words } = this
    for (let word = words.wordWith(hash, length); word !== 0; word = words.wordBefore(word))
      if (this.isSpelt(word, start, end)) return this.word(word, start, end)
  }

  private isSpelt(word: number, start: number, end: number): boolean {
    const { words } = this
    let letter = 0
    for (let at = start; at < end; at++) {
      const column = this.column(at)
      if (column > 0 && column !== words.columnAt(word, letter++)) return false
    }
    return true
  }

  private word(word: number, start: number, end: number): void {
    const { words, openNodes, openStarts } = this
    let kept = 0
    if (start - this.lastWordEnd <= PHRASE_GAP) {
      for (let index = 0; index < this.open; index++) {
        const phrase = words.follow(openNodes[index]!, word)
        if (phrase === 0) continue
        const from = openStarts[index]!
        if (words.phrases[phrase] !== NONE) this.mark(words.phrases[phrase]!, from, end)
        openNodes[kept] = phrase
        openStarts[kept++] = from
      }
    }
    const first = words.firsts[word]!
    if (first !== 0 && words.phrases[first] !== NONE) this.mark(words.phrases[first]!, start, end)
    if (first !== 0 && kept < OPEN_PHRASES && words.goesOn[first] === true) {
      openNodes[kept] = first
      openStarts[kept++] = start
    }
    this.open = kept
    this.lastWordEnd = end
  }

  private otherLetters(start: number, end: number): void {
    const { codes } = this.room
    for (let at = start; at < end; at++) if (this.words.mayBeginOther(codes[at]!)) this.otherScript(at)
  }

  /** Whether some character disguises a plain one where it stands. */
  private isDisguised(): boolean {
    const { codes } = this.room
    for (let at = 0; at < this.text.length; at++) {
      const char = CHARS[codes[at]!]!
      if ((char & FOLDS) !== 0 && !this.amongItsOwn(codes[at]!, at)) return true
      if ((char & FOLDS_TO_MARK) !== 0 && (this.isDigit(at - 1) || this.isDigit(at + 1))) return true
    }
    return false
  }

  private isDigit(at: number): boolean {
    return isDigit(this.text.charCodeAt(at))
  }

  /** Letters of another script disguise nothing unless ASCII stands beside them. */
  private amongItsOwn(code: number, at: number): boolean {
    const { text } = this
    if (!chars.LOOKALIKES.has(code)) return false
    if (isVisibleAscii(text.charCodeAt(at - 1)) || isVisibleAscii(text.charCodeAt(at + 1))) return false
    return !chars.isSeriesOfCard(text, at)
  }

  /** Scripts without columns have few words to find and, some of them, no gaps between words. */
  private otherScript(at: number): void {
    for (const { word, id } of this.words.otherScripts.get(this.text[at]!)!) {
      if (!this.text.startsWith(word, at) || !this.standsAlone(at, at + word.length)) continue
      this.mark(id, at, at + word.length)
      return
    }
  }

  /** Chinese, Japanese, Korean and Thai write words without gaps, or with endings; elsewhere a word ends at a gap. */
  private standsAlone(start: number, end: number): boolean {
    if (UNSPACED.test(this.text[start]!)) return true
    return !LETTER.test(this.text[start - 1] ?? '') && !LETTER.test(this.text[end] ?? '')
  }
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u
const LETTER = /\p{L}/u

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isVisibleAscii = (code: number): boolean => code > 32 && code < 127

/** The mark of a vocabulary word, prefix or phrase. */
export const isWord = (kind: number): kind is WordId => kind >= 0
