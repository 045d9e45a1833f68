import { NUMBER, type Vocabulary, type WordId } from '../../scan/index.ts'
import type { View } from '../../../core/seam.ts'
import { learn, namedWithin, wordsNear, type Nearby } from '../context.ts'
import { isLetterCode, isWordCode, type Finder } from '../finder.ts'
import { dateAt } from './dates.ts'
import { BIRTH_WORDS, OTHER_DATES } from './birth-words.ts'

/* Dates of birth: any date that words nearby call one, and no words for other dates stand nearer. */

export const DATE_OF_BIRTH = 'DATE_OF_BIRTH'

const NAMED = 0.95
/** Told by two digits of a year, or by a word that stands behind. */
const LESS_SURE = 0.85

const REACH = 48
const REACH_BEHIND = 14
/** Between a word and its date: no other number, no other sentence or field. */
const BREAKS = /\d|[{}]|"\s*,|[.!?]\s+\p{Lu}|\n\s*[^\s:]/u
const CLOSE = 8
const MOST_DATE = 24

/** A first group of one, two, four or eight digits, and behind it what goes on in a date. */
function mayBeDate(content: string, start: number, digits: number): boolean {
  const at = start + digits
  if (digits === 8) return !isWordCode(content.charCodeAt(at))
  if (digits !== 1 && digits !== 2 && digits !== 4) return false
  const next = content.charCodeAt(at)
  const beyond = content.charCodeAt(at + 1)
  if (next === 45 || next === 46 || next === 47) return isWordCode(beyond) || beyond === 32
  if (next === 32 || next === 44) return isWordCode(beyond) || beyond === 32 || beyond > 127
  return next > 127 || (digits < 4 && isLetterCode(next))
}

/** Cheap: most numbers have no such word around. One behind is only looked for after a date that is closed in brackets. */
const mayBeNamed = (view: View, mark: number, start: number, words: ReadonlySet<WordId>): boolean =>
  namedWithin(view, mark, start, REACH, words) || view.content.slice(start, start + MOST_DATE).includes('(')

/** The date begins at `from`, which may be a month's name before the number at `start`. */
function reaches(content: string, start: number, from: number, near: Nearby, at: number): boolean {
  const distance = near.distances[at]!
  if (at >= near.before) return distance <= REACH_BEHIND
  if (distance > REACH) return false
  const gap = content.slice(start - distance, from)
  return gap.length <= CLOSE ? !/\d/.test(gap) : !BREAKS.test(gap)
}

/** Which of the words near the date is the nearest that calls it one of birth; -1 when none does. */
function birthWord(view: View, near: Nearby, start: number, from: number, words: ReadonlySet<WordId>): number {
  let nearest = -1
  for (let at = 0; at < near.count; at++) {
    if (!words.has(near.words[at]!) || (nearest !== -1 && near.distances[at]! >= near.distances[nearest]!)) continue
    if (reaches(view.content, start, from, near, at)) nearest = at
  }
  return nearest
}

function isNearer(near: Nearby, word: number, others: ReadonlySet<WordId>): boolean {
  for (let at = 0; at < near.count; at++)
    if (near.distances[at]! < near.distances[word]! && others.has(near.words[at]!)) return true
  return false
}

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const at = /\d/.exec(text)?.index
  const date = at === undefined ? undefined : dateAt(text, at)
  return date?.start === 0 && date.end === text.length ? date.normal : undefined
}

export function createBirthDateFinder(vocabulary: Vocabulary): Finder {
  const birth = learn(vocabulary, BIRTH_WORDS)
  const others = new Set([...learn(vocabulary, OTHER_DATES)].filter((word) => !birth.has(word)))
  return {
    types: [{ name: DATE_OF_BIRTH, normal: normalOf }],
    kinds: [NUMBER],
    find(view, mark, report, { start, end, digits }) {
      const { content } = view
      if (!mayBeDate(content, start, digits) || '-./'.includes(content.charAt(start - 1) || '_')) return
      if (!mayBeNamed(view, mark, start, birth)) return
      const date = dateAt(content, start)
      if (date === undefined || isWordCode(content.charCodeAt(date.end))) return
      const near = wordsNear(view, mark, start, end)
      const word = birthWord(view, near, start, date.start, birth)
      if (word === -1 || isNearer(near, word, others)) return
      const behind = word >= near.before
      const confidence = behind || !/\d{4}/.test(content.slice(start, date.end)) ? LESS_SURE : NAMED
      report({ type: DATE_OF_BIRTH, start: date.start, end: date.end, confidence, normal: date.normal })
    },
  }
}
