import type { Candidate } from '../../core/seam.ts'
import { digitValue, isInvisible, isSeparator } from './chars.ts'

/** Fewer digits make no number worth a detector's look. */
export const LEAST_DIGITS = 12

const inNumber = (code: number): boolean =>
  code < 128
    ? (code >= 48 && code <= 57) || code === 32 || code === 45
    : digitValue(code) !== -1 || isSeparator(code) || isInvisible(code)

/** Whether the character at `at` can stand in the middle of a run: most spaces cannot, for lack of a digit after them. */
function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code > 57) return code > 127 && inNumber(code)
  if (code >= 48) return true
  if (code !== 32 && code !== 45) return false
  const next = text.charCodeAt(at + 1)
  return (next >= 48 && next <= 57) || next > 127
}

/** The runs inside a block of digits, separators and invisible characters: at most one separator between two digits. */
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
    }
  }
  close()
}

/**
 * Finds every longest run of 12 and more digits with single separators between them. A run covers at least 12 characters
 * in a row, so it is enough to probe each twelfth and to look closer only where a probe lands in something like a number.
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
    done = to
    probe = to
  }
}
