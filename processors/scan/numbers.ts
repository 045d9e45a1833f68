import type { Candidate } from '../../core/seam.ts'
import { digitValue, isInvisible, isSeparator } from './chars.ts'

/** Fewer digits make no number worth a detector's look. */
export const LEAST_DIGITS = 12

const isAsciiMark = (code: number): boolean => code === 32 || code === 45 || code === 46 || code === 9

const inNumber = (code: number): boolean =>
  code < 128
    ? (code >= 48 && code <= 57) || isAsciiMark(code)
    : digitValue(code) !== -1 || isSeparator(code) || isInvisible(code)

/** Whether the character at `at` can stand in the middle of a number: most spaces cannot, for lack of a digit after them. */
function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code > 57) return code > 127 && inNumber(code)
  if (code >= 48) return true
  return isAsciiMark(code) && (beginsDigits(text, at + 1) || beginsDigits(text, at + 2))
}

function beginsDigits(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 48 && code <= 57) || code > 127
}

const DIGIT = '[0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]'
const FOUR = `${DIGIT}{4}(?!${DIGIT})`
const GAP = '[ \\t\u00a0]{1,2}'
/** Groups of four with dots between them, or with one or two blanks. */
const FOURS = new RegExp(`(?<!${DIGIT})${FOUR}(?:(?:\\.${FOUR})+|(?:${GAP}${FOUR})+)`, 'g')
const FOUR_FOURS = 19
const MOST_FOUR_FOURS = 22
/** What only a widely spaced number has: everything else is in a run. */
const WIDE = /[.\t]|[ \u00a0]{2}/

/** Exactly four groups of four, apart by more than runs allow. With a fifth group they are rather a table's columns. */
function widelySpaced(text: string, index: number, from: number, to: number, found: Candidate[]): void {
  if (to - from < FOUR_FOURS) return
  const block = text.slice(from, to)
  if (!WIDE.test(block)) return
  for (const { 0: fours, index: at } of block.matchAll(FOURS)) {
    if (fours.length > MOST_FOUR_FOURS || fours.length < FOUR_FOURS || !WIDE.test(fours)) continue
    found.push({ text: index, class: 'digits', start: from + at, end: from + at + fours.length })
  }
}

/** The runs inside a block of digits, separators, dots, tabs and invisible characters: at most one separator between two digits. */
function runsInBlock(text: string, index: number, from: number, to: number, found: Candidate[]): void {
  let start = from
  let end = from
  let digits = 0
  let separated = false
  const close = (): void => {
    if (digits >= LEAST_DIGITS) found.push({ text: index, class: 'digits', start, end })
    digits = 0
  }
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (digitValue(code) !== -1) {
      if (digits === 0) start = at
      digits++
      end = at + 1
      separated = false
    } else if (isSeparator(code)) {
      if (separated) close()
      separated = true
    } else if (!isInvisible(code)) close()
  }
  close()
}

/**
 * Finds every longest run of 12 and more digits with single separators between them, and four groups of four that stand
 * further apart. Either covers at least 12 characters in a row, so it is enough to probe each twelfth and to look closer
 * only where a probe lands in something like a number.
 */
export function findNumbers(text: string, index: number, found: Candidate[]): void {
  let done = 0
  for (let probe = LEAST_DIGITS - 1; probe < text.length; probe += LEAST_DIGITS) {
    if (!isInside(text, probe)) continue
    let from = probe
    while (from > done && inNumber(text.charCodeAt(from - 1))) from--
    let to = probe + 1
    while (to < text.length && inNumber(text.charCodeAt(to))) to++
    if (to - from >= LEAST_DIGITS) runsInBlock(text, index, from, to, found)
    widelySpaced(text, index, from, to, found)
    done = to
    probe = to
  }
}
