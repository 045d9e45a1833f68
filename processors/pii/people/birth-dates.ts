import { MARK_SIZE, NUMBER, type Vocabulary } from '../../scan/index.ts'
import type { View } from '../../../core/seam.ts'
import { learn, namedWithin, withoutTie, wordsNear, type Nearby } from '../around/context.ts'
import { codeAt, isLetterCode, isWideCode, isWordCode, matchesAt, type Finder } from '../finder.ts'
import { dateAt, type WrittenDate } from './dates.ts'
import { BIRTH_WORDS, OTHER_DATES } from './birth-words.ts'
import { WordSet } from '../around/word-set.ts'

/* Dates of birth: any date that words nearby call one, and no words for other dates stand nearer. */

export const DATE_OF_BIRTH = 'DATE_OF_BIRTH'

const NAMED = 0.95
/** Told by two digits of a year, or by a word that stands behind. */
const LESS_SURE = 0.85

const REACH = 48
const REACH_BEHIND = 28
/** Between a word and its date: no other number, no other sentence or field. */
const BREAKS = /\d|[{}]|"\s*,|[.!?]\s+\p{Lu}|\n\s*[^\s:]/u
/** A sentence that goes on about what the one before named: `... my date of birth. It is 3 March 1985`. */
const GOES_ON =
  /[.!?]\s+(?:It|That|This|Es|Das|C['’]est|Il|È|É|Het|Dat|To|Bu|Det|Se|Sure|Yes|Okay|Ok|Mine|Here|Recorded|Listed|Mein|Meins|Ja|Oui|Sí|Sì|Sim|Tak|Evet)(?:['’]s)?(?=[\s,:])/u
const CLOSE = 8
const LEAST_DATE = 6
const MOST_DATE = 24
/** `*12.03.1985`, `(* 12.03.1985)` and `(b. 12 March 1985)`, as genealogists and encyclopaedias write it. */
const SIGNED = /(?:[\p{L})][ ,(]{1,2}\*|[\p{L})],? ?\(\* |[(,] ?b\. ?)$/u
/** The same before a month's name. */
const SIGNED_MONTH = /[(,] ?b\. ?\p{L}{3,9}\.? $/u

/** A first group of one, two, four or eight digits, and behind it what goes on in a date. */
function mayBeDate(content: string, start: number, digits: number): boolean {
  const at = start + digits
  if (digits === 8) return !isWordCode(codeAt(content, at))
  if (digits !== 1 && digits !== 2 && digits !== 4) return false
  const next = codeAt(content, at)
  const beyond = codeAt(content, at + 1)
  if (next === 45 || next === 46 || next === 47) return isWordCode(beyond) || beyond === 32
  if (next === 32 || next === 44)
    return isWordCode(beyond) || beyond === 32 || isWideCode(beyond) || (beyond >= 45 && beyond <= 47)
  return isWideCode(next) || (digits < 4 && isLetterCode(next))
}

interface Words {
  readonly birth: WordSet
  readonly others: WordSet
}

/** Cheap: most numbers have no such word around. */
function mayBeNamed(view: View, mark: number, start: number, { birth }: Words): boolean {
  if (namedWithin(view, mark, start, REACH, birth)) return true
  const { marks } = view
  for (
    let at = mark + MARK_SIZE;
    at < marks.length && marks[at + 1]! - start <= MOST_DATE + REACH_BEHIND;
    at += MARK_SIZE
  )
    if (birth.has(marks[at]!)) return true
  return false
}

/** Another date follows, and the word is that one's. */
const NEXT_DATE = /^[^\n]{0,12}\d/
const NEXT_REACH = 14

function reaches(content: string, { start, end }: WrittenDate, near: Nearby, at: number): boolean {
  const distance = near.distances[at]!
  if (at >= near.before) {
    const wordEnd = end + distance + near.lengths[at]!
    if (content[end + distance - 1] === '(') return distance <= CLOSE
    return distance <= REACH_BEHIND && !NEXT_DATE.test(content.slice(wordEnd, wordEnd + NEXT_REACH))
  }
  if (distance > REACH) return false
  const gap = content.slice(start - distance, start)
  return gap.length <= CLOSE ? !/\d/.test(gap) : !BREAKS.test(withoutTie(gap).replace(GOES_ON, ''))
}

/** Which of the words near the date is the nearest that calls it one of birth; -1 when none does. */
function birthWord(content: string, near: Nearby, date: WrittenDate, { birth }: Words): number {
  let nearest = -1
  for (let at = 0; at < near.count; at++) {
    if (!birth.has(near.words[at]!) || (nearest !== -1 && near.distances[at]! >= near.distances[nearest]!)) continue
    if (reaches(content, date, near, at)) nearest = at
  }
  return nearest
}

const SENTENCE_END = /[.!?]\s+\p{Lu}/u

/** In the sentence before, or in brackets: `date of birth (as registered): ...`. */
const isApart = (gap: string): boolean => SENTENCE_END.test(gap) || (gap.includes(')') && !gap.includes('('))

/** `date of birth, updated to ...`, `birthday registered as ...`: said of the date of birth itself. */
const isDoneToDate = (content: string, at: number): boolean =>
  /^ (?:as|to|als|en tant que|como|come|jako)\s/.test(content.slice(at, at + 16))

/** Whether a word for another date stands nearer: before it in the same sentence, or in brackets behind. */
function isOther(
  content: string,
  { start, end }: WrittenDate,
  near: Nearby,
  word: number,
  others: Words['others'],
): boolean {
  for (let at = 0; at < near.count; at++) {
    const distance = near.distances[at]!
    if (distance >= near.distances[word]! || !others.has(near.words[at]!)) continue
    if (
      at >= near.before
        ? content.slice(end, end + distance).includes('(')
        : !isApart(content.slice(start - distance, start)) && !isDoneToDate(content, start - distance)
    )
      return true
  }
  return false
}

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const at = /\d/.exec(text)?.index
  const date = at === undefined ? undefined : dateAt(text, at)
  return date?.start === 0 && date.end === text.length ? date.normal : undefined
}

/** What is written right behind a date, in the date's own token or with an ending of its own. */
const BORN_BEHIND = / ?(?:生まれ|生れ|生(?!\p{L})|생(?!\p{L})|出生|г\. ?р\.|doğumlu)/uy
/** One of its letters: 生, 생, г and ğ. */
const isBornLetter = (code: number): boolean => code === 0x751f || code === 0xc0dd || code === 0x433 || code === 0x11f

/** `Ann Smith (03/04/1985, F)`: a name before, and the sex behind. */
const NAME_OPENS = /\p{L}{2} \($/u
const SEX_BEHIND = /[,;/] ?(?:[FMWfmw]|male|female|woman|man|weiblich|männlich)\)/uy

const isOfPerson = (content: string, start: number, end: number): boolean =>
  NAME_OPENS.test(content.slice(Math.max(0, start - 4), start)) && matchesAt(SEX_BEHIND, content, end)

function mayBeBornBehind(content: string, start: number): boolean {
  for (let at = start + LEAST_DATE; at < start + MOST_DATE; at++) if (isBornLetter(codeAt(content, at))) return true
  return false
}

function isSigned(content: string, start: number): boolean {
  const before = codeAt(content, start - 1)
  const sign = before === SPACE ? codeAt(content, start - 2) : before
  if ((sign === STAR || sign === FULL_STOP) && SIGNED.test(content.slice(Math.max(0, start - 5), start))) return true
  return before === SPACE && SIGNED_MONTH.test(content.slice(Math.max(0, start - MONTH_REACH), start))
}

/** ` Birth: 2023-09-16 10:03:58.000000000 +0000`: when a file was made. */
const NANOSECONDS = / \d\d:\d\d:\d\d\.\d{9}(?!\d)/y

const SPACE = 32
const STAR = 42
const FULL_STOP = 46
const MONTH_REACH = 16

/** How sure the words around make it; 0 when none calls it one, or another is nearer. */
function naming(view: View, mark: number, date: WrittenDate, words: Words): number {
  const near = wordsNear(view, mark, date.start, date.end)
  const word = birthWord(view.content, near, date, words)
  if (word === -1 || isOther(view.content, date, near, word, words.others)) return 0
  return word >= near.before ? LESS_SURE : NAMED
}

export function createBirthDateFinder(vocabulary: Vocabulary): Finder {
  const birth = learn(vocabulary, BIRTH_WORDS)
  const words = {
    birth,
    others: new WordSet([...learn(vocabulary, OTHER_DATES)].filter((word) => !birth.has(word))),
  }
  return {
    types: [{ name: DATE_OF_BIRTH, why: 'a date beside a word for birth', normal: normalOf }],
    kinds: [NUMBER],
    wants: (length, digits, behind) =>
      digits === 8 ||
      ([1, 2, 4].includes(digits) && (digits < length ? digits < 4 : behind > '~' || ' ,-./'.includes(behind || 'x'))),
    wantsAfter: (before) => !'-./'.includes(before || 'x'),
    find(view, mark, report, { start, digits }) {
      const { content } = view
      if (!mayBeDate(content, start, digits) || '-./'.includes(content.charAt(start - 1) || '_')) return
      const signed = isSigned(content, start)
      const mayBeBorn = mayBeBornBehind(content, start)
      const opened = content[start - 1] === '('
      if (!signed && !mayBeBorn && !opened && !mayBeNamed(view, mark, start, words)) return
      const date = dateAt(content, start)
      if (date === undefined || isWordCode(codeAt(content, date.end)) || matchesAt(NANOSECONDS, content, date.end))
        return
      const born = signed || (mayBeBorn && matchesAt(BORN_BEHIND, content, date.end))
      const told = born || (opened && isOfPerson(content, start, date.end))
      const named = told ? LESS_SURE : naming(view, mark, date, words)
      if (named === 0 || matchesAt(NANOSECONDS, content, date.end)) return
      const confidence = /\d{4}/.test(content.slice(start, date.end)) ? named : LESS_SURE
      report({ type: DATE_OF_BIRTH, ...date, confidence })
    },
  }
}
