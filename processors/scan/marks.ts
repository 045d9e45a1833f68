import {
  ASCII_COLUMN,
  AT_SIGN,
  COMBINING,
  DIGIT,
  folds,
  foldsToMark,
  LOOKALIKES,
  OTHER_LETTER,
  wideColumn,
} from './chars.ts'
import { COLUMN_BITS, LETTER_BITS, letterColumn, ROOT, type WordId, type WordTree } from './vocabulary.ts'

/*
 * The one pass over a text. It cuts tokens (runs of letters and digits), follows the vocabulary's tree through each word,
 * and notes what a detector may want to look at. Words end where a token ends, where digits begin, and at the capital of
 * `camelCase`.
 */

/** Marks are triples of kind, start and end, in the order of their ends. A kind of 0 or more is a vocabulary id. */
export const MARK_SIZE = 3
/** A token that holds a digit. */
export const NUMBER = -1
export const AT = -2
/** A token of at least so many characters, digits or not. */
export const LONG = -3
export const LONG_LENGTH = 16

export interface Marked {
  readonly marks: readonly number[]
  /** Something in the text has a plainer spelling. */
  readonly disguised: boolean
}

/** Characters between two words of one phrase, at most. */
const PHRASE_GAP = 2
/** Phrases that are open at once, at most: as many as `openNodes` has room for. */
const OPEN_PHRASES = 4
const NONE = -1

export function markText(text: string, tree: WordTree): Marked {
  const pass = new Pass(text, tree)
  pass.run()
  return pass
}

/*
 * Most time goes into finding where words begin and end. Texts are cut into segments of one kind by a loop without a
 * branch that a processor could guess wrong; everything after it works by segment.
 */
const GAP = 0
const LOWER = 1
const UPPER = 2
const DIGITS = 3
const SIGN = 4
const WIDE = 5
const KIND_BITS = 3
const KIND_MASK = 7

const ASCII_KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const column = ASCII_COLUMN[code]!
  if (column === DIGIT) return DIGITS
  if (column === AT_SIGN) return SIGN
  return column === 0 ? GAP : code < 97 ? UPPER : LOWER
})

/** 1 where two kinds differ: looked up, since a comparison would be a branch. */
const CHANGED = Uint8Array.from({ length: 64 }, (_, kinds) => Number(kinds >> KIND_BITS !== (kinds & KIND_MASK)))

/** Where each segment begins, and its kind; one more stands behind the last. Used again by every text. */
let segments = new Uint32Array(1 << 12)
const LEAST_SEGMENTS_KEPT = 1 << 20

/** Returns how many segments there are. */
function cutSegments(text: string): number {
  const { length } = text
  if (segments.length < length + 2 || segments.length > LEAST_SEGMENTS_KEPT) {
    segments = new Uint32Array(Math.max(1 << 12, length + 2))
  }
  const starts = segments
  let last = KIND_MASK
  let count = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? ASCII_KIND[code]! : WIDE
    starts[count] = (at << KIND_BITS) | kind
    count += CHANGED[(last << KIND_BITS) | kind]!
    last = kind
  }
  starts[count] = (length << KIND_BITS) | GAP
  return count
}

class Pass implements Marked {
  readonly marks: number[] = []
  disguised = false
  private readonly text: string
  private readonly tree: WordTree
  /** Phrases that have begun: where in the tree they are, and where in the text they began. */
  private readonly openNodes: number[] = [0, 0, 0, 0]
  private readonly openStarts: number[] = [0, 0, 0, 0]
  private open = 0
  private lastWordEnd = -1

  constructor(text: string, tree: WordTree) {
    this.text = text
    this.tree = tree
  }

  run(): void {
    const { text, marks } = this
    const count = cutSegments(text)
    let segment = 0
    while (segment < count) {
      const start = segments[segment]! >>> KIND_BITS
      const kind = segments[segment]! & KIND_MASK
      if (kind === GAP) segment++
      else if (kind === SIGN) {
        segment++
        const end = segments[segment]! >>> KIND_BITS
        for (let at = start; at < end; at++) marks.push(AT, at, at + 1)
      } else segment = this.asciiToken(segment)
    }
  }

  /** Follows a token from its first segment, word by word; returns the segment behind it. */
  private asciiToken(first: number): number {
    const { text, tree, marks } = this
    const marked = marks.length
    const start = segments[first]! >>> KIND_BITS
    let digits = false
    let segment = first
    let at = start
    for (;;) {
      const kind = segments[segment]! & KIND_MASK
      if (kind === GAP || kind === SIGN) break
      if (kind === WIDE) {
        marks.length = marked
        return this.wideTokens(start, segment + 1)
      }
      if (kind === DIGITS) digits = true
      else {
        // A capital begins a word, and small letters go on with it.
        if (kind === UPPER && (segments[segment + 1]! & KIND_MASK) === LOWER) segment++
        const end = segments[segment + 1]! >>> KIND_BITS
        if (tree.mayHold(text, at, end)) this.heard(at, end)
      }
      segment++
      at = segments[segment]! >>> KIND_BITS
    }
    if (digits) marks.push(NUMBER, start, at)
    if (at - start >= LONG_LENGTH) marks.push(LONG, start, at)
    return segment
  }

  /** Reads on character by character from `start`, at least to where `segment` begins; returns the segment behind. */
  private wideTokens(start: number, segment: number): number {
    const { text } = this
    const end = segments[segment]! >>> KIND_BITS
    let at = start
    while (at < end) {
      const code = text.charCodeAt(at)
      const column = code < 128 ? ASCII_COLUMN[code]! : this.wide(code, at)
      if (column === 0) at++
      else if (column === AT_SIGN) this.marks.push(AT, at, ++at)
      else at = this.token(at)
    }
    while (segments[segment]! >>> KIND_BITS < at) segment++
    return segment
  }

  /** Looks a word up, and what it begins with. */
  private heard(start: number, end: number): void {
    const { text, tree } = this
    const { next, prefixes } = tree
    let node = ROOT
    for (let at = start; node !== 0; at++) {
      if (at === end) {
        // A prefix may end in a capital: `eyJ`.
        const column = at < text.length ? letterColumn(text.charCodeAt(at)) : 0
        const over = column === 0 ? NONE : prefixes[next[(node << COLUMN_BITS) | column]!]!
        if (over !== NONE) this.marks.push(over, start, at + 1)
        this.word(node, start, end)
        return
      }
      node = next[(node << COLUMN_BITS) | (text.charCodeAt(at) & LETTER_BITS)]!
      if (prefixes[node] !== NONE) this.marks.push(prefixes[node]!, start, at + 1)
    }
  }

  /** Follows a token in which letters beyond ASCII stand; returns its end. */
  private token(start: number): number {
    const { text, tree } = this
    const { length } = text
    const { next, prefixes } = tree
    let at = start
    let node = ROOT
    let wordStart = start
    let afterLower = false
    let digits = false
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      const column = code < 128 ? ASCII_COLUMN[code]! : this.wide(code, at)
      if (column === 0 || column === AT_SIGN) break
      if (column === DIGIT) {
        if (node !== 0) this.word(node, wordStart, at)
        digits = true
        while (isDigit(text.charCodeAt(at + 1))) at++
        node = ROOT
        wordStart = at + 1
        afterLower = false
      } else if (column >= OTHER_LETTER) {
        if (column === COMBINING) continue
        node = 0
        this.otherScript(at)
      } else {
        if (afterLower && code < 91) {
          if (node !== 0) {
            // A prefix may end in a capital: `eyJ`.
            const over = prefixes[next[(node << COLUMN_BITS) | column]!]!
            if (over !== NONE) this.marks.push(over, wordStart, at + 1)
            this.word(node, wordStart, at)
          }
          node = ROOT
          wordStart = at
        }
        if (code < 128) afterLower = code > 96
        if (node === 0) continue
        node = next[(node << COLUMN_BITS) | column]!
        if (prefixes[node] !== NONE) this.marks.push(prefixes[node]!, wordStart, at + 1)
      }
    }
    if (node !== 0) this.word(node, wordStart, at)
    if (digits) this.marks.push(NUMBER, start, at)
    if (at - start >= LONG_LENGTH) this.marks.push(LONG, start, at)
    return at
  }

  private wide(code: number, at: number): number {
    if (!this.disguised)
      this.disguised = folds(code) ? !this.amongItsOwn(code, at) : foldsToMark(code) && this.besideDigit(at)
    return wideColumn(code)
  }

  private besideDigit(at: number): boolean {
    return isDigit(this.text.charCodeAt(at - 1)) || isDigit(this.text.charCodeAt(at + 1))
  }

  /** Letters of another script disguise nothing unless ASCII stands beside them. */
  private amongItsOwn(code: number, at: number): boolean {
    if (!LOOKALIKES.has(code)) return false
    return !isVisibleAscii(this.text.charCodeAt(at - 1)) && !isVisibleAscii(this.text.charCodeAt(at + 1))
  }

  /** A word ends. If the tree knows it, it may be a phrase, go on with one, or begin one. */
  private word(node: number, start: number, end: number): void {
    const { tree, openNodes, openStarts } = this
    if (tree.words[node] === NONE) return
    let kept = 0
    if (this.open > 0 && start - this.lastWordEnd <= PHRASE_GAP) {
      for (let index = 0; index < this.open; index++) {
        const phrase = tree.follow(openNodes[index]!, node)
        if (phrase === 0) continue
        const from = openStarts[index]!
        if (tree.phrases[phrase] !== NONE) this.marks.push(tree.phrases[phrase]!, from, end)
        openNodes[kept] = phrase
        openStarts[kept++] = from
      }
    }
    const first = tree.firsts[node]!
    if (first !== 0 && tree.phrases[first] !== NONE) this.marks.push(tree.phrases[first]!, start, end)
    if (first !== 0 && kept < OPEN_PHRASES && tree.goesOn[first] === true) {
      openNodes[kept] = first
      openStarts[kept++] = start
    }
    this.open = kept
    this.lastWordEnd = end
  }

  /** Scripts without columns have few words to find and, some of them, no gaps between words. */
  private otherScript(at: number): void {
    const words = this.tree.otherScripts.get(this.text[at]!)
    if (words === undefined) return
    for (const { word, id } of words) {
      if (!this.text.startsWith(word, at) || !this.standsAlone(at, at + word.length)) continue
      this.marks.push(id, at, at + word.length)
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
