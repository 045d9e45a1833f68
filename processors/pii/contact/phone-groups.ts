import { codeAt, isDigitCode } from '../finder.ts'

/* Digits in groups, as they stand in a text from some place on. */

export interface Groups {
  /** Where the number begins, with its `+` and brackets. */
  readonly start: number
  readonly plus: boolean
  /** Where each group begins and ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const MOST_GROUPS = 8
const MOST_DIGITS = 16
const PLUS = 43
const OPEN = 40

const SPACE = 32
const FULL_STOP = 46

/** `-`, brackets, `.` and `/`. */
export const isGroupMark = (code: number): boolean => code === 40 || code === 41 || (code >= 45 && code <= 47)

/**
 * Where the next group begins behind one that ends at `end`: behind two marks or brackets at most, with single spaces
 * around. `end` itself when none does, or a sentence ends between.
 */
function nextGroup(content: string, end: number): number {
  let at = end
  if (codeAt(content, at) === SPACE) at++
  for (let marks = 0; marks < 2 && isGroupMark(codeAt(content, at)); marks++) at++
  if (codeAt(content, at) === SPACE) at++
  if (!isDigitCode(codeAt(content, at))) return end
  return codeAt(content, at - 1) === SPACE && codeAt(content, at - 2) === FULL_STOP && at - 2 >= end ? end : at
}

/** The groups from the digit at `first` on. */
export function groupsFrom(content: string, first: number): Groups {
  const starts: number[] = []
  const ends: number[] = []
  let at = first
  let digits = 0
  while (starts.length < MOST_GROUPS) {
    const from = at
    while (isDigitCode(codeAt(content, at))) at++
    digits += at - from
    if (digits > MOST_DIGITS && starts.length > 0) break
    starts.push(from)
    ends.push(at)
    const next = nextGroup(content, at)
    if (next === at) break
    at = next
  }
  const before = codeAt(content, first - 1)
  if (before !== OPEN && before !== PLUS) return { start: first, plus: false, starts, ends }
  const { start, plus } = leadBefore(content, first, ends)
  return { start, plus, starts, ends }
}

/** A `+` before the first digit, and a bracket that is closed inside the number. */
function leadBefore(content: string, first: number, ends: readonly number[]): { start: number; plus: boolean } {
  let start = first
  const bracket = codeAt(content, start - 1) === OPEN
  if (bracket) start--
  const plus = codeAt(content, start - 1) === PLUS
  if (plus) start--
  const number = content.slice(first, ends[ends.length - 1])
  const opensBefore = plus && !bracket && codeAt(content, start - 1) === OPEN
  if (opensBefore && number.includes(')') && !number.includes('(')) start--
  if (bracket && !number.includes(')')) start = plus ? start : first
  return { start, plus }
}

/** The digits of the first groups, without a 0 in brackets: it is dialled only inside the country. */
export function digitsOf(content: string, { starts, ends, plus }: Groups, groups: number): string {
  let digits = ''
  for (let group = 0; group < groups; group++) {
    const part = content.slice(starts[group], ends[group])
    const bracketed = codeAt(content, starts[group]! - 1) === OPEN && content[ends[group]!] === ')'
    if (!(part === '0' && group > 0 && bracketed && (plus || digits.startsWith('00')))) digits += part
  }
  return digits
}

/** The counts of digits and what stands between: `(3) 3-4`. */
export function shapeOf(content: string, { start, starts, ends }: Groups, groups: number): string {
  let shape = content.slice(start, starts[0])
  for (let group = 0; group < groups; group++) {
    shape += ends[group]! - starts[group]!
    if (group + 1 < groups) shape += content.slice(ends[group], starts[group + 1])
  }
  return shape
}
