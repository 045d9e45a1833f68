import { ASCII_COLUMN, AT_SIGN, COMBINING, DIGIT, folds, LOOKALIKES, OTHER_LETTER, wideColumn } from './chars.ts'
import { COLUMN_BITS, ROOT, type WordId, type WordTree } from './vocabulary.ts'

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
    const { text } = this
    const { length } = text
    let at = 0
    while (at < length) {
      const code = text.charCodeAt(at)
      const column = code < 128 ? ASCII_COLUMN[code]! : this.wide(code, at)
      if (column === 0) at++
      else if (column === AT_SIGN) this.marks.push(AT, at, ++at)
      else at = this.token(at)
    }
  }

  /** Follows one token from its first character; returns its end. */
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
      let code = text.charCodeAt(at)
      if (node === 0 && code > 96 && code < 123) {
        // Most words leave the tree early: the rest of their letters says nothing.
        do code = ++at < length ? text.charCodeAt(at) : 0
        while (code > 96 && code < 123)
        afterLower = true
        if (at === length) break
      }
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
    if (!this.disguised && folds(code)) this.disguised = !this.amongItsOwn(code, at)
    return wideColumn(code)
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
