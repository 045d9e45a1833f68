import type { View } from '../../core/seam.ts'
import { MARK_SIZE, type Vocabulary, type WordId } from '../scan/index.ts'
import { OTHER_THINGS } from './other-things.ts'
import { cellAt } from './tables.ts'

/*
 * What the words around a value say it is. A word before it counts as far as a line of text goes; one behind it only in
 * the same breath, `123456789 (SSN)`, since what follows a comma names the next thing.
 */

const BEFORE = 80
const BEHIND = 30
/** Words that are weighed, at most. */
const MOST_WORDS = 16

/** A word of a vocabulary near a value. */
export interface Near {
  readonly word: WordId
  /** Characters between it and the value. */
  readonly distance: number
  readonly behind: boolean
}

/** The vocabulary's words near a range, nearest first within each side. `mark` is one that ends in the range. */
export function wordsNear(view: View, mark: number, start: number, end: number): Near[] {
  const { content, marks } = view
  const cell = cellAt(view, start, end)
  const near: Near[] = cell?.words.map((word) => ({ word, distance: 1, behind: false })) ?? []
  const least = cell?.start ?? start - BEFORE
  for (let at = mark - MARK_SIZE; at >= 0 && near.length < MOST_WORDS; at -= MARK_SIZE) {
    const wordEnd = marks[at + 2]!
    if (wordEnd <= least) break
    if (marks[at]! >= 0 && wordEnd <= start) near.push({ word: marks[at]!, distance: start - wordEnd, behind: false })
  }
  if (cell !== undefined) return near
  for (let at = mark + MARK_SIZE; at < marks.length && near.length < MOST_WORDS; at += MARK_SIZE) {
    const wordStart = marks[at + 1]!
    if (wordStart - end > BEHIND) break
    if (marks[at]! < 0 || wordStart < end) continue
    if (SENTENCE_PART.test(content.slice(end, wordStart))) break
    near.push({ word: marks[at]!, distance: wordStart - end, behind: true })
  }
  return near
}

/** Whether one of the words stands at most `reach` characters before a value, or names its column. */
export function namedWithin(
  view: View,
  mark: number,
  start: number,
  reach: number,
  words: ReadonlySet<WordId>,
): boolean {
  const { marks } = view
  for (let at = mark - MARK_SIZE; at >= 0; at -= MARK_SIZE) {
    const wordEnd = marks[at + 2]!
    if (start - wordEnd > reach) break
    if (marks[at]! >= 0 && wordEnd <= start && words.has(marks[at]!)) return true
  }
  return cellAt(view, start, start)?.words.some((word) => words.has(word)) ?? false
}

const SENTENCE_PART = /[,;|\n{}]|[.!?]\s|":/

/** Which of the words around a value speak for a type, and how near; Infinity when none does. */
export function nearest(near: readonly Near[], words: ReadonlySet<WordId>): number {
  let least = Infinity
  for (const { word, distance } of near) if (distance < least && words.has(word)) least = distance
  return least
}

/** Latin letters are heard in either case; in other scripts a word at the start of a sentence is another spelling. */
const spellings = (word: string): readonly string[] => {
  const capital = word[0]!.toUpperCase()
  return word[0]! > LAST_LATIN && capital !== word[0] ? [word, capital + word.slice(1)] : [word]
}
const LAST_LATIN = '\u024f'

export const learn = (vocabulary: Vocabulary, words: readonly string[]): Set<WordId> =>
  new Set(words.flatMap(spellings).map((word) => vocabulary.phrase(word)))

/** Words that say a number is something else: an order, a build, a time. */
export const learnOtherThings = (vocabulary: Vocabulary): Set<WordId> => learn(vocabulary, OTHER_THINGS)
