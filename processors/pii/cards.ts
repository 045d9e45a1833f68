import type { Candidate, Hit } from '../../core/seam.ts'
import { digitValue, isInvisible, LEAST_DIGITS } from '../scan/index.ts'
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
  /** The first group begins right behind an escape. */
  escaped: boolean
}

/** How many leading digits belong to an escape (`%20`, `\u0020`) and not to the number. */
function escapeDigits(text: string, start: number): number {
  if (text[start - 1] === '%') return 2
  return text[start - 1] === 'u' && text[start - 2] === '\\' ? 4 : 0
}

function groupsOf(text: string, candidate: Candidate): Groups {
  const skip = escapeDigits(text, candidate.start)
  const groups: Groups = { digits: '', from: [], start: [], end: [], separator: [], escaped: skip > 0 }
  let separator = 0
  let open = false
  for (let at = candidate.start + skip; at < candidate.end; at++) {
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
    } else if (!isInvisible(code)) {
      separator = groups.start.length === 0 ? 0 : code
      open = false
    }
  }
  return groups
}

const sizeOf = ({ from, digits }: Groups, group: number): number => (from[group + 1] ?? digits.length) - from[group]!

/**
 * How the digits of cards are laid out: in one piece, in fours (the last may be shorter), 4-6-5 and 4-6-4. Returns the
 * groups at which a number that begins at `first` may end. Sixteen digits come first, being by far the most common: what
 * follows them is rather a security code than the rest of a longer number.
 */
function lastGroups(groups: Groups, first: number): number[] {
  const size = (group: number): number => (group < groups.from.length ? sizeOf(groups, group) : 0)
  const one = size(first)
  if (one >= LEAST_DIGITS) return one <= MOST_DIGITS ? [first] : []
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

function cardAt(text: string, index: number, groups: Groups, first: number, last: number): Hit | undefined {
  const digits = groups.digits.slice(groups.from[first], groups.from[last]! + sizeOf(groups, last))
  const normal = cardNumber(digits)
  if (normal === undefined || !oneSeparator(groups, first, last)) return undefined
  const start = groups.start[first]!
  const end = groups.end[last]!
  const left = first === 0 && groups.escaped ? 'free' : leftNeighbour(text, start, digits.length)
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

/**
 * Every payment card number in a candidate, left to right, none inside another. False when it stopped because there are
 * `most` hits already.
 */
export function findCards(text: string, candidate: Candidate, hits: Hit[], most: number): boolean {
  const groups = groupsOf(text, candidate)
  const before = hits.length
  for (let first = 0; first < groups.from.length; first++) {
    if (hits.length >= most) return false
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
  return true
}
