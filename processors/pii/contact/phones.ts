import { NUMBER, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import type { Finder, Report } from '../finder.ts'
import {
  closing,
  endsInDate,
  endsInside,
  extensionEnd,
  hasDigits,
  holdsFraction,
  isDateOrAddress,
  isPosition,
  joinsLeft,
  joinsMore,
  LEAST_DIGITS,
  mayBegin,
} from './phone-edges.ts'
import { digitsOf, groupsFrom, isGroupMark, shapeOf, type Groups } from './phone-groups.ts'
import { LAYOUTS, type Layout } from './phone-layouts.ts'
import { mayBeNamed, naming, type Candidate, type Naming } from './phone-naming.ts'
import { isInternational, isNational, isNorthAmerican } from './phone-plans.ts'
import { CALL_WORDS, LABEL_WORDS, OTHER_NUMBERS, PHONE_WORDS, SMALL_WORDS } from './phone-words.ts'
import { WordSet } from '../around/word-set.ts'
import { codeAt } from '../finder.ts'
import { isInDump } from '../around/dumps.ts'

/*
 * Telephone numbers. A number with its country's code proves itself; some groupings say what they are; everything else
 * needs a word that names it, and none that names something else nearer by.
 */

export const PHONE_NUMBER = 'PHONE_NUMBER'

const INTERNATIONAL = 0.95
/** Named by a word: in groups, and as one run of digits. More than another number's, whose name stands further away. */
const NAMED = 0.78
const NAMED_RUN = 0.77
/** With a country's code that has no such numbers, or too few digits for an area. */
const DOUBTFUL = 0.6
/** `0044 20 ...` in groups and as one run; `030 1234567` of some country's plan. */
const DIALLED = 0.7
const DIALLED_RUN = 0.55
const NATIONAL = 0.65

const MOST_DIGITS = 15
const LEAST_NATIONAL = 9
const MOST_NATIONAL = 12
/** With the country's code in front and no sign of it. */
const MOST_WITH_CODE = 13

export function createPhoneFinder(vocabulary: Vocabulary, others: WordSet): Finder {
  const phone = learn(vocabulary, PHONE_WORDS)
  const call = new WordSet([...learn(vocabulary, CALL_WORDS)].filter((word) => !phone.has(word)))
  const small = learn(vocabulary, SMALL_WORDS)
  const all = [...others, ...learn(vocabulary, OTHER_NUMBERS)].filter((word) => !small.has(word))
  const label = learn(vocabulary, LABEL_WORDS)
  const words = { phone, call, label, other: new WordSet(all.filter((word) => !phone.has(word) && !call.has(word))) }
  return {
    types: [
      { name: PHONE_NUMBER, why: 'the numbering of a country, with its layout or a word beside it', normal: normalOf },
    ],
    kinds: [NUMBER],
    wants: (length, digits, behind) =>
      digits > 0 &&
      ((digits === length && ' -./()'.includes(behind || 'x')) ||
        (digits >= LEAST_DIGITS && digits <= MOST_DIGITS + 2)),
    wantsAfter: (before) => !'_$#~^'.includes(before || 'x'),
    find(view, mark, report, { start: first, digits }) {
      const { content } = view
      const single = isSingle(content, first + digits)
      if (digits === 0 || (single && (digits < LEAST_DIGITS || digits > MOST_DIGITS + 2))) return
      if (!mayBegin(view, first) || !hasDigits(content, first)) return
      if (needsWord(content, first, digits, single) && !mayBeNamed(view, mark, first, words)) return
      if (isDateOrAddress(content, first, digits) || isPosition(content, first)) return
      const groups = groupsFrom(content, first)
      reportPhone({ view, mark, groups, words }, report)
    },
  }
}

/** Whether the digits that end at `end` are surely all in one piece. */
function isSingle(content: string, end: number): boolean {
  const behind = codeAt(content, end)
  return behind !== SPACE && !isGroupMark(behind)
}

const SPACE = 32
const ZERO = 48
const FULL_STOP = 46

/** Digits in one piece and decimals are numbers only when a word says so. */
function needsWord(content: string, first: number, digits: number, single: boolean): boolean {
  const before = codeAt(content, first - 1)
  if (before === 43 || before === 40) return false
  if (single) return codeAt(content, first) !== ZERO
  // No layout goes on from one digit and a point with other than three digits and a point.
  return digits === 1 && codeAt(content, first + 1) === FULL_STOP && codeAt(content, first + 5) !== FULL_STOP
}

/** The longest number that its groups are, if any. */
function reportPhone(candidate: Candidate, report: Report): void {
  const { view, groups } = candidate
  const { content } = view
  if (!groups.plus && isCard(groups)) return
  for (let count = groups.ends.length; count > 0; count--) {
    const digits = digitsOf(content, groups, count)
    if (digits.length < LEAST_DIGITS) return
    const end = groups.ends[count - 1]!
    if (digits.length > MOST_DIGITS + 2 || endsInside(view, end)) continue
    const found = groups.plus ? withPlus(candidate, digits, end) : withoutPlus(candidate, digits, count)
    if (found === undefined || found.confidence < 0.5) continue
    const number = content.slice(groups.start, end)
    if (endsInDate(number) || (count > 1 && holdsFraction(number)) || isInDump(content, groups.start)) return
    const closed = closing(content, groups.start, end)
    const last = extensionEnd(content, closed)
    const { confidence, normal } = found
    report({ type: PHONE_NUMBER, start: groups.start, end: last, confidence, normal })
    return
  }
}

/** Groups of four all through, four of them and more. */
const isCard = ({ starts, ends }: Groups): boolean =>
  ends.length >= 4 && starts.every((start, group) => group > 3 || ends[group]! - start === 4)

interface Found {
  readonly confidence: number
  readonly normal: string
}

function withPlus(candidate: Candidate, digits: string, end: number): Found | undefined {
  if (digits.length > MOST_DIGITS || digits.startsWith('0')) return undefined
  const normal = `+${digits}`
  if (isInternational(digits)) return { confidence: INTERNATIONAL, normal }
  if (digits.length < LEAST_DIGITS + 1 || joinsMore(candidate.view.content, end)) return undefined
  const named = naming(candidate, end)
  return named === 'nothing' || named === 'other' ? undefined : { confidence: DOUBTFUL, normal }
}

/** How long the digits are that are dialled before the code of another country; 0 without them. */
function dialledCode(digits: string): number {
  if (codeAt(digits, 0) !== ZERO) return 0
  return /^(?:00(?=[1-9])|011(?=[2-9]))/.exec(digits)?.[0].length ?? 0
}

function withoutPlus(candidate: Candidate, digits: string, count: number): Found | undefined {
  const { view, groups } = candidate
  const { content } = view
  const end = groups.ends[count - 1]!
  const code = dialledCode(digits)
  if (code > 0 && isInternational(digits.slice(code))) {
    const named = naming(candidate, end)
    const normal = `+${digits.slice(code)}`
    if (named === 'phone') return { confidence: INTERNATIONAL, normal }
    return named === 'other' ? undefined : { confidence: count > 2 ? DIALLED : DIALLED_RUN, normal }
  }
  const joined = joinsLeft(content, groups.start) || joinsMore(content, end)
  const layout = LAYOUTS.get(shapeOf(content, groups, count))?.find((one) => one.digits.test(digits))
  if (joined && layout?.solid !== true) return undefined
  const normal = nationalNormal(digits)
  if (layout !== undefined) {
    if (/^0+$/.test(digits)) return undefined
    const named = naming(candidate, end, layout.solid)
    return { confidence: layoutConfidence(layout, named), normal }
  }
  if (digits.length > MOST_DIGITS || /^0+$/.test(digits)) return undefined
  const confidence = count === 1 ? runConfidence(candidate, digits, end) : groupedConfidence(candidate, digits, count)
  return { confidence, normal }
}

function layoutConfidence({ alone, called }: Layout, named: Naming): number {
  switch (named) {
    case 'phone':
      return Math.max(called, NAMED)
    case 'call':
      return called
    // Two groups of digits somewhere behind `call` or `number` are any two numbers.
    case 'mention':
      return alone === 0 ? 0 : called
    case 'nothing':
      return alone
    case 'other':
      return 0
  }
}

const nationalNormal = (digits: string): string => {
  if (isNorthAmerican(digits)) return `+1${digits}`
  return digits.length === 11 && digits.startsWith('1') && isNorthAmerican(digits.slice(1)) ? `+${digits}` : digits
}

/** All digits in one piece. */
function runConfidence(candidate: Candidate, digits: string, end: number): number {
  const named = naming(candidate, end)
  if (named === 'phone') return NAMED_RUN
  if (named !== 'call' || /^(.)\1+$|^(?:21474836|42949672)/.test(digits)) return 0
  const whole = digits.length === 10 || digits.length === 11
  const called = whole && (isNorthAmerican(digits.slice(-10)) || /^1[3-9]\d{9}$/.test(digits))
  return called || (digits.length > LEAST_NATIONAL && isZeroLed(digits)) ? DIALLED_RUN : 0
}

const isZeroLed = (digits: string): boolean =>
  digits.startsWith('0') &&
  digits[1] !== '0' &&
  digits.length >= LEAST_NATIONAL &&
  digits.length <= MOST_NATIONAL &&
  isNational(digits)

/** Equal groups are rather columns or parts of something. */
const EVEN = /^\(?(\d)(?:[ .-]\1)+$/
/** `02110-1301` */
const LONG_ZIP = '5-4'
const LONE_DIGIT = /(?:^|\D)1(?:\D|$)/

/** In groups that no list has. */
function groupedConfidence(candidate: Candidate, digits: string, count: number): number {
  const { view, groups } = candidate
  const end = groups.ends[count - 1]!
  const shape = shapeOf(view.content, groups, count)
  const named = naming(candidate, end)
  if (named === 'other') return 0
  const zeroLed = isZeroLed(digits) && !shape.startsWith('1')
  if (named === 'phone') {
    if (digits.length <= MOST_NATIONAL || zeroLed) return NAMED
    return digits.length <= MOST_WITH_CODE ? DOUBTFUL : 0
  }
  if (!zeroLed || LONE_DIGIT.test(shape)) return 0
  if (named !== 'nothing') return DIALLED
  return EVEN.test(shape) || shape === LONG_ZIP || /\d\.\d| {2}/.test(shape) ? 0 : NATIONAL
}

/** Of a number that is nothing but one: with its country's code if it has one, without its extension. */
function normalOf(value: string): string | undefined {
  const text = value.trim()
  const first = /\d/.exec(text)?.index
  if (first === undefined || /[^+( ]/.test(text.slice(0, first))) return undefined
  const groups = groupsFrom(text, first)
  const end = groups.ends.at(-1)!
  if (extensionEnd(text, closing(text, 0, end)) !== text.length) return undefined
  const digits = digitsOf(text, groups, groups.ends.length)
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS + 2) return undefined
  if (groups.plus) return `+${digits}`
  const code = dialledCode(digits)
  if (code > 0 && isInternational(digits.slice(code))) return `+${digits.slice(code)}`
  return nationalNormal(digits)
}
