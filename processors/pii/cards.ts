import type { Candidate, Hit } from '../../core/seam.ts'
import { digitValue, isInvisible, isSeparator, LEAST_DIGITS } from '../scan/index.ts'
import { leftNeighbour, rightNeighbour, type Neighbour } from './neighbours.ts'
import { issuerOf } from './issuers.ts'
import { passesLuhn } from './luhn.ts'

export const CREDIT_CARD = 'CREDIT_CARD'

const MOST_DIGITS = 19
const COMMON_DIGITS = 16

/** Checksum, issuer and layout agree. Short numbers meet by chance more often; the rest needs a person's eye. */
const SURE = 0.95
const SHORT = 0.85
const UNUSUAL = 0.6

const SHORT_DIGITS = 13

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

/** How many leading digits belong to an escape (`%20`, `\u0020`) and not to the number. */
function escapeDigits(text: string, start: number): number {
  if (text[start - 1] === '%') return 2
  return text[start - 1] === 'u' && text[start - 2] === '\\' ? 4 : 0
}

function groupsOf(text: string, candidate: Candidate): Groups {
  const groups: Groups = { digits: '', from: [], start: [], end: [], separator: [] }
  let separator = 0
  let open = false
  for (let at = candidate.start + escapeDigits(text, candidate.start); at < candidate.end; at++) {
    const code = text.charCodeAt(at)
    const value = digitValue(code)
    if (value !== -1) {
      if (!open) {
        groups.from.push(groups.digits.length)
        groups.start.push(at)
        groups.end.push(at)
        groups.separator.push(separator)
        open = true
      }
      groups.digits += String(value)
      groups.end[groups.end.length - 1] = at + 1
    } else if (isSeparator(code) && !isInvisible(code)) {
      separator = groups.start.length === 0 ? 0 : code
      open = false
    }
  }
  return groups
}

const sizeOf = ({ from, digits }: Groups, group: number): number => (from[group + 1] ?? digits.length) - from[group]!

/** How the digits of cards are laid out: in one piece, in fours (the last may be shorter), 4-6-5 and 4-6-4. */
function lastGroups(groups: Groups, first: number): number[] {
  const sizes = (count: number): number[] =>
    Array.from({ length: Math.min(count, groups.from.length - first) }, (_, at) => sizeOf(groups, first + at))
  const [one = 0, two = 0, three = 0] = sizes(3)
  if (one >= LEAST_DIGITS) return one <= MOST_DIGITS ? [first] : []
  if (one !== 4) return []
  if (two === 6) return three === 5 || three === 4 ? [first + 2] : []
  const fours = sizes(5)
  const full = fours.findIndex((size) => size !== 4)
  const run = full === -1 ? fours.length : full
  const lasts: number[] = []
  // A shorter group may only be the last; sixteen digits come first, being by far the most common.
  for (let last = Math.min(run + 1, fours.length) - 1; last >= 2; last--) {
    if (fours[last]! <= 4 && last <= run) lasts.push(first + last)
  }
  const digitsTo = (last: number): number => groups.from[last]! + sizeOf(groups, last) - groups.from[first]!
  return lasts
    .filter((last) => digitsTo(last) >= LEAST_DIGITS && digitsTo(last) <= MOST_DIGITS)
    .toSorted((a, b) => Number(digitsTo(b) === COMMON_DIGITS) - Number(digitsTo(a) === COMMON_DIGITS) || b - a)
}

function oneSeparator({ separator }: Groups, first: number, last: number): boolean {
  for (let group = first + 2; group <= last; group++) if (separator[group] !== separator[first + 1]) return false
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

function cardAt(text: string, index: number, groups: Groups, first: number, last: number): Hit | undefined {
  const digits = groups.digits.slice(groups.from[first], groups.from[last]! + sizeOf(groups, last))
  const normal = cardNumber(digits)
  if (normal === undefined || !oneSeparator(groups, first, last)) return undefined
  const start = groups.start[first]!
  const end = groups.end[last]!
  const left = leftNeighbour(text, start)
  const right = rightNeighbour(text, end)
  if (left === 'joined' || right === 'joined') return undefined
  return { type: CREDIT_CARD, text: index, start, end, confidence: confidenceOf(digits, left, right), normal }
}

/** Digits spread evenly over the whole candidate (`41 11 11 ...`, `4 1 1 1 ...`): no card looks so, but people hide them so. */
function spreadCard(text: string, index: number, groups: Groups): Hit | undefined {
  const last = groups.from.length - 1
  if (last < 1 || groups.digits.length < LEAST_DIGITS || groups.digits.length > MOST_DIGITS) return undefined
  const size = sizeOf(groups, 0)
  for (let group = 1; group < last; group++) if (sizeOf(groups, group) !== size) return undefined
  if (sizeOf(groups, last) > size) return undefined
  const hit = cardAt(text, index, groups, 0, last)
  return hit && { ...hit, confidence: UNUSUAL }
}

/** Every payment card number in a candidate, left to right, none inside another. */
export function findCards(text: string, candidate: Candidate, hits: Hit[]): void {
  const groups = groupsOf(text, candidate)
  const before = hits.length
  for (let first = 0; first < groups.from.length; first++) {
    for (const last of lastGroups(groups, first)) {
      const hit = cardAt(text, candidate.text, groups, first, last)
      if (hit === undefined) continue
      hits.push(hit)
      first = last
      break
    }
  }
  const spread = hits.length === before ? spreadCard(text, candidate.text, groups) : undefined
  if (spread !== undefined) hits.push(spread)
}
