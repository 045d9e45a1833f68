import type { View } from '../../../core/seam.ts'
import { MARK_SIZE, spellings, type Vocabulary, type WordId } from '../../scan/index.ts'
import { OTHER_THINGS } from './other-things.ts'
import { cellAt } from '../tables/tables.ts'
import type { RuleWords } from './rule-words.ts'
import { WordSet } from './word-set.ts'
import { codeAt } from '../finder.ts'

/*
 * What the words around a value say it is. A word before it counts as far as a line of text goes; one behind it only in
 * the same breath, `123456789 (SSN)`, since what follows a comma names the next thing.
 */

const BEFORE = 80
const BEHIND = 30
/** Words that are weighed, at most. */
export const MOST_WORDS = 16

/**
 * The vocabulary's words near a value, nearest first within each side. One list serves all finders, one after another: it
 * holds until somebody asks for the words near another range.
 */
export class Nearby {
  count = 0
  readonly words: Int32Array = new Int32Array(MOST_WORDS)
  /** Characters between the word and the value. */
  readonly distances: Int32Array = new Int32Array(MOST_WORDS)
  readonly lengths: Int32Array = new Int32Array(MOST_WORDS)
  /** The first so many stand before the value. */
  before = 0
  private view: View | undefined
  private start = 0
  private end = 0

  isOf(view: View, start: number, end: number): boolean {
    return this.view === view && this.start === start && this.end === end
  }

  begin(view: View | undefined, start: number, end: number): void {
    this.view = view
    this.start = start
    this.end = end
    this.count = 0
    this.before = 0
  }

  add(word: WordId, distance: number, length: number): void {
    this.words[this.count] = word
    this.distances[this.count] = distance
    this.lengths[this.count++] = length
  }

  get full(): boolean {
    return this.count === MOST_WORDS
  }
}

const nearby = new Nearby()

/** Lets go of the text that was looked at last. */
export const forgetWords = (): void => nearby.begin(undefined, 0, 0)

/** The last mark that ends in a value, from one before its end on. */
export function lastMarkBefore({ marks }: View, mark: number, end: number): number {
  while (mark + MARK_SIZE < marks.length && marks[mark + MARK_SIZE + 2]! <= end) mark += MARK_SIZE
  return mark
}

/** The words near a range. `mark` is one that ends in the range, or the last before its end. */
export function wordsNear(view: View, mark: number, start: number, end: number): Nearby {
  if (nearby.isOf(view, start, end)) return nearby
  const { marks } = view
  nearby.begin(view, start, end)
  const cell = cellAt(view, start, end)
  const least = cell?.start ?? start - BEFORE
  if (cell !== undefined) {
    for (const { word, length } of cell.words) if (!nearby.full) nearby.add(word, 1, length)
  }
  for (let at = mark; at >= 0 && !nearby.full; at -= MARK_SIZE) {
    const wordEnd = marks[at + 2]!
    if (wordEnd <= least) break
    if (marks[at]! >= 0 && wordEnd <= start) nearby.add(marks[at]!, start - wordEnd, wordEnd - marks[at + 1]!)
  }
  nearby.before = nearby.count
  if (cell === undefined) addBehind(view, mark, end)
  return nearby
}

function addBehind({ content, marks }: View, mark: number, end: number): void {
  let clear = end
  for (let at = mark + MARK_SIZE; at < marks.length && !nearby.full; at += MARK_SIZE) {
    const wordStart = marks[at + 1]!
    if (wordStart - end > BEHIND) return
    if (marks[at]! < 0 || wordStart < end) continue
    for (; clear < wordStart; clear++) if (endsPart(content, clear, wordStart)) return
    nearby.add(marks[at]!, wordStart - end, marks[at + 2]! - wordStart)
  }
}

/** Whether a part of a sentence ends at a character: a comma, a full stop with a space behind it, a line, a field. */
function endsPart(content: string, at: number, until: number): boolean {
  switch (codeAt(content, at)) {
    case 10:
    case 44:
    case 59:
    case 123:
    case 124:
    case 125:
      return true
    case 33:
    case 46:
    case 63:
      return at + 1 < until && /\s/.test(content[at + 1]!)
    case 34:
      return at + 1 < until && codeAt(content, at + 1) === 58
    default:
      return false
  }
}

/** Cheap: whether `wordsNear` may hold a word that names some rule. */
export function mayBeNamed(view: View, mark: number, start: number, end: number, words: RuleWords): boolean {
  const { marks } = view
  for (let at = mark; at >= 0 && marks[at + 2]! > start - BEFORE; at -= MARK_SIZE)
    if (words.rowOf(marks[at]!) > 0) return true
  for (let at = mark + MARK_SIZE; at < marks.length && marks[at + 1]! <= end + BEHIND; at += MARK_SIZE)
    if (words.rowOf(marks[at]!) > 0) return true
  return cellAt(view, start, end) !== undefined
}

/** Whether one of the words stands at most `reach` characters before a value, or names its column. */
export function namedWithin(view: View, mark: number, start: number, reach: number, words: WordSet): boolean {
  const { marks } = view
  for (let at = mark - MARK_SIZE; at >= 0; at -= MARK_SIZE) {
    const wordEnd = marks[at + 2]!
    if (start - wordEnd > reach) break
    if (marks[at]! >= 0 && wordEnd <= start && words.has(marks[at]!)) return true
  }
  return cellAt(view, start, start)?.words.some(({ word }) => words.has(word)) ?? false
}

/** How near the nearest of the words stands to a value; Infinity when none does. */
export function nearest({ count, words, distances }: Nearby, wanted: WordSet): number {
  let least = Infinity
  for (let at = 0; at < count; at++) if (distances[at]! < least && wanted.has(words[at]!)) least = distances[at]!
  return least
}

/** The one who is asked answers in the next line: `your phone number?\ncustomer: 030 1234567`. */
const ASKED =
  /[^\n]{0,60}(?:\?|please|bitte|svp|por favor|per favore|alstublieft|proszę|lütfen|tack)[^\n\p{L}]{0,8}\n\s*[>*-]? ?\**[\p{L}][\p{L}\d ]{0,15}\**\s?:/iu
const ANSWERED =
  /\s*\n\s*[>*-]? ?\**(?:customer|client|user|caller|patient|member|guest|applicant|human|me|a|answer|kunde|kundin|anrufer|nutzer|patientin|cliente|usuario|paciente|utente|paziente|patiente?|klant|klient|kund|müşteri)\**\s?:/iu

/** `{"name":"dob","value":"..."}` */
const FIELD_VALUE = /["']\s*,\s*["'](?:value|val|answer|content|text|data)["']\s*:/i

/** What stands between a word and a value without what ties them: the next turn of a talk, the key of a field's value. */
export const withoutTie = (gap: string): string =>
  gap.includes('\n') ? gap.replace(ASKED, '').replace(ANSWERED, '') : gap.replace(FIELD_VALUE, '')

export const learn = (vocabulary: Vocabulary, words: readonly string[]): WordSet =>
  new WordSet(words.flatMap(spellings).map((word) => vocabulary.phrase(word)))

/** Words that say a number is something else: an order, a build, a time. */
export const learnOtherThings = (vocabulary: Vocabulary): WordSet => learn(vocabulary, OTHER_THINGS)
