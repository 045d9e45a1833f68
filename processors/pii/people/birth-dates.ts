import { NUMBER, type Vocabulary, type WordId } from '../../scan/index.ts'
import type { View } from '../../../core/seam.ts'
import { learn, namedWithin, wordsNear, type Near } from '../context.ts'
import { isDigitCode, isLetterCode, isWordCode, type Finder } from '../finder.ts'
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
function mayBeDate(content: string, start: number): boolean {
  let at = start
  while (at - start < 9 && isDigitCode(content.charCodeAt(at))) at++
  const digits = at - start
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

function reaches(content: string, start: number, { distance, behind }: Near): boolean {
  if (behind) return distance <= REACH_BEHIND
  if (distance > REACH) return false
  const gap = content.slice(start - distance, start)
  return distance <= CLOSE ? !/\d/.test(gap) : !BREAKS.test(gap)
}

function birthDistance(view: View, near: readonly Near[], start: number, words: ReadonlySet<WordId>): Near | undefined {
  let nearest: Near | undefined
  for (const one of near)
    if (words.has(one.word) && one.distance < (nearest?.distance ?? Infinity) && reaches(view.content, start, one))
      nearest = one
  return nearest
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
    find(view, mark, report) {
      const { content, marks } = view
      let start = marks[mark + 1]!
      while (content.charCodeAt(start) > 127) start++
      if (!mayBeDate(content, start) || '-./'.includes(content.charAt(start - 1) || '_')) return
      if (!mayBeNamed(view, mark, start, birth)) return
      const near = wordsNear(view, mark, start, marks[mark + 2]!)
      const word = birthDistance(view, near, start, birth)
      if (word === undefined || near.some((one) => others.has(one.word) && one.distance < word.distance)) return
      const date = dateAt(content, start)
      if (date === undefined || isWordCode(content.charCodeAt(date.end))) return
      const confidence = word.behind || !/\d{4}/.test(content.slice(start, date.end)) ? LESS_SURE : NAMED
      report({ type: DATE_OF_BIRTH, start: date.start, end: date.end, confidence, normal: date.normal })
    },
  }
}
