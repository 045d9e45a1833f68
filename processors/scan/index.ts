import type { Candidate, Scan, ScanText } from '../../core/seam.ts'
import { digitValue, isInvisible, isSeparator } from './chars.ts'

export { digitValue, isInvisible, isSeparator } from './chars.ts'

/** Fewer digits make no number worth a detector's look. */
export const LEAST_DIGITS = 12

/** Nothing shorter can hold an e-mail address (`a@b.cc`). */
const LEAST_TEXT = 6

/** The spellings of `@`: itself, full-width, percent-encoded, escaped in JSON. */
const ATS: readonly string[] = ['@', '\uff20', '%40', '\\u0040']

const inNumber = (code: number): boolean =>
  code < 128
    ? (code >= 48 && code <= 57) || code === 32 || code === 45
    : digitValue(code) !== -1 || isSeparator(code) || isInvisible(code)

/** Digits with at most one separator between two of them; invisible characters may stand anywhere inside. */
class NumberRun {
  start = 0
  end = 0
  digits = 0

  /** Grows the run around `at`, no further left than `floor`. Zero digits: there is no run. */
  around(text: string, at: number, floor: number): void {
    this.digits = 0
    this.start = this.end = at
    this.#grow(text, at, floor)
    this.#shrinkTo(text)
  }

  #grow(text: string, at: number, floor: number): void {
    let separated = false
    let left = at
    for (; left > floor; left--) {
      const code = text.charCodeAt(left - 1)
      if (digitValue(code) !== -1) {
        this.digits++
        separated = false
      } else if (isSeparator(code)) {
        if (separated) break
        separated = true
      } else if (!isInvisible(code)) break
    }
    // The character at `at` may itself be the separator that follows the left half's last digit.
    separated = left < at && isSeparator(this.#visibleBefore(text, at, left))
    let right = at
    for (; right < text.length; right++) {
      const code = text.charCodeAt(right)
      if (digitValue(code) !== -1) {
        this.digits++
        separated = false
      } else if (isSeparator(code)) {
        if (separated) break
        separated = true
      } else if (!isInvisible(code)) break
    }
    this.start = left
    this.end = right
  }

  #visibleBefore(text: string, at: number, floor: number): number {
    let before = at - 1
    while (before > floor && isInvisible(text.charCodeAt(before))) before--
    return text.charCodeAt(before)
  }

  /** A run begins and ends with a digit. */
  #shrinkTo(text: string): void {
    if (this.digits === 0) return
    while (digitValue(text.charCodeAt(this.start)) === -1) this.start++
    while (digitValue(text.charCodeAt(this.end - 1)) === -1) this.end--
  }
}
