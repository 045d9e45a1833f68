import { NUMBER } from '../../scan/index.ts'
import { codeAt, isDigitCode, type Finder, type Report, type Sighting } from '../finder.ts'
import { findRuns, isDecimal, LEAST_DIGITS, mayHoldRun, standsAlone, type Run } from './runs.ts'
import { isInList, leftNeighbour, rightNeighbour, type Neighbour } from './neighbours.ts'
import { issuerOf, mayBeIssued } from './issuers.ts'
import { passesLuhn } from '../luhn.ts'
import { isInDump } from '../around/dumps.ts'

export const CREDIT_CARD = 'CREDIT_CARD'

const MOST_DIGITS = 19
const COMMON_DIGITS = 16

/** Checksum, issuer and layout agree. Short numbers meet by chance more often; the rest needs a person's eye. */
/** Just below an identifier that a word names and a check proves: the same digits are then that. */
const SURE = 0.94
const SHORT = 0.85
const UNUSUAL = 0.6

const SHORT_DIGITS = 13
/** Two numbers of more digits are two numbers. */
const MOST_SPREAD = 8

/** One candidate taken apart. Groups are counted from 0; every array has one entry per group. */
interface Groups {
  /** All digits of the candidate, ASCII. */
  digits: string
  /** Where in `digits` the group begins. */
  from: number[]
  /** Where in the text it begins and ends. */
  start: number[]
  end: number[]
  /** The character before the group, 0 before the first. */
  separator: number[]
}

function groupsOf(text: string, run: Run): Groups {
  const groups: Groups = { digits: '', from: [], start: [], end: [], separator: [] }
  let separator = 0
  for (let at = run.start; at < run.end; at++) {
    const code = codeAt(text, at)
    if (!isDigitCode(code)) {
      separator = code
      continue
    }
    const from = at
    while (at + 1 < run.end && isDigitCode(codeAt(text, at + 1))) at++
    groups.from.push(groups.digits.length)
    groups.start.push(from)
    groups.end.push(at + 1)
    groups.separator.push(separator)
    groups.digits += text.slice(from, at + 1)
  }
  return groups
}

const sizeOf = ({ from, digits }: Groups, group: number): number => (from[group + 1] ?? digits.length) - from[group]!

/**
 * How the digits of cards are laid out: in one piece, in fours (the last may be shorter), 4-6-5, 4-6-4 and 6-13. Returns the
 * groups at which a number that begins at `first` may end. Sixteen digits come first, being by far the most common: what
 * follows them is rather a security code than the rest of a longer number.
 */
function lastGroups(groups: Groups, first: number): number[] {
  const size = (group: number): number => (group < groups.from.length ? sizeOf(groups, group) : 0)
  const one = size(first)
  if (one >= LEAST_DIGITS) return one <= MOST_DIGITS ? [first] : []
  if (one === 6 && size(first + 1) === 13) return [first + 1]
  if (one !== 4) return []
  if (size(first + 1) === 6) return size(first + 2) === 5 || size(first + 2) === 4 ? [first + 2] : []
  let fours = 1
  while (fours < 5 && size(first + fours) === 4) fours++
  const rest = size(first + fours)
  const digits = fours * 4 + (rest < 4 ? rest : 0)
  const last = first + fours - (rest > 0 && rest < 4 ? 0 : 1)
  const ends = fours >= 4 ? [first + 3] : []
  return digits >= LEAST_DIGITS && digits <= MOST_DIGITS && digits !== COMMON_DIGITS ? [...ends, last] : ends
}

/** One kind all through; a space, a tab and their kin are one kind. */
function oneSeparator({ separator }: Groups, first: number, last: number): boolean {
  const kind = (group: number): string => String.fromCharCode(separator[group]!).replace(/\s/, ' ')
  for (let group = first + 2; group <= last; group++) if (kind(group) !== kind(first + 1)) return false
  return true
}

const isOneDigit = (digits: string): boolean => digits === digits[0]!.repeat(digits.length)

/** The digits as a card number's normal form, or undefined when they are none. */
export function cardNumber(digits: string): string | undefined {
  return issuerOf(digits) !== undefined && passesLuhn(digits) && !isOneDigit(digits) ? digits : undefined
}

const confidenceOf = (digits: string, left: Neighbour, right: Neighbour): number => {
  if (left === 'word' || right === 'word') return UNUSUAL
  return digits.length <= SHORT_DIGITS ? SHORT : SURE
}

const partsOf = (text: string, { start, end }: Groups, first: number, last: number): string[] =>
  start.slice(first, last + 1).map((from, at) => text.slice(from, end[first + at]))

function cardAt(text: string, groups: Groups, first: number, last: number): Sighting | undefined {
  const digits = groups.digits.slice(groups.from[first], groups.from[last]! + sizeOf(groups, last))
  const normal = cardNumber(digits)
  if (normal === undefined || !oneSeparator(groups, first, last)) return undefined
  const start = groups.start[first]!
  const end = groups.end[last]!
  const left = leftNeighbour(text, start, digits.length)
  const right = rightNeighbour(text, end)
  if (left === 'joined' || right === 'joined') return undefined
  if (last > first && isInList(text, start, end, partsOf(text, groups, first, last))) return undefined
  if (isInDump(text, start)) return undefined
  return { type: CREDIT_CARD, start, end, confidence: confidenceOf(digits, left, right), normal }
}

/** Digits spread evenly over the whole run (`41 11 11 ...`, `4 1 1 1 ...`): no card looks so, but people hide them so. */
function spreadCard(text: string, groups: Groups): Sighting | undefined {
  const last = groups.from.length - 1
  if (last < 1 || groups.digits.length < LEAST_DIGITS || groups.digits.length > MOST_DIGITS) return undefined
  const size = sizeOf(groups, 0)
  if (size > MOST_SPREAD) return undefined
  for (let group = 1; group < last; group++) if (sizeOf(groups, group) !== size) return undefined
  if (sizeOf(groups, last) > size) return undefined
  const card = cardAt(text, groups, 0, last)
  return card && { ...card, confidence: UNUSUAL }
}

/** Every payment card number in a run, left to right, none inside another. */
function reportCards(text: string, run: Run, report: Report): void {
  const groups = groupsOf(text, run)
  let found = false
  for (let first = 0; first < groups.from.length; first++) {
    for (const last of lastGroups(groups, first)) {
      const card = cardAt(text, groups, first, last)
      if (card === undefined) continue
      report(card)
      found = true
      first = last
      break
    }
  }
  const spread = found ? undefined : spreadCard(text, groups)
  if (spread !== undefined) report(spread)
}

function normalOf(value: string): string | undefined {
  const digits = value.trim().replace(/[ \-.\t]/g, '')
  return /^\d+$/.test(digits) ? cardNumber(digits) : undefined
}

export const cardFinder: Finder = {
  types: [{ name: CREDIT_CARD, why: 'an issuer, its length and the Luhn check', normal: normalOf }],
  kinds: [NUMBER],
  wants: (length, _digits, behind) => length >= LEAST_DIGITS || ' -.\t'.includes(behind || 'x'),
  find({ content, marks }, mark, report, { start, end, digits }) {
    const isPiece = digits >= LEAST_DIGITS && start + digits === end
    if (isPiece && !mayBeIssued(content, start) && standsAlone(content, start, end)) return
    const token = { start: marks[mark + 1]!, end }
    if (digits < LEAST_DIGITS && isDecimal(content, start + digits)) return
    if (!mayHoldRun(content, token)) return
    for (const run of findRuns(content, token)) reportCards(content, run, report)
  },
}
