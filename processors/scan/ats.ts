import type { Candidate } from '../../core/seam.ts'

/** Nothing shorter can hold an e-mail address (`a@b.cc`). */
const LEAST_TEXT = 6

/** Below this a loop over the characters is cheaper than one search for each spelling. */
const SHORT_TEXT = 64

const AT = 64
const PERCENT = 37
const BACKSLASH = 92

/** The spellings of `@`: itself, full-width, percent-encoded, escaped in JSON. */
const SPELLINGS: readonly string[] = ['@', '\uff20', '%40', '\\u0040']

function mayHoldAt(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === AT || code === PERCENT || code === BACKSLASH || code > 255) return true
  }
  return false
}

/** An address has a visible character on both sides. */
const isBlank = (code: number): boolean => !(code > 32) || code === AT

/** Finds every `@` that may stand in an e-mail address, however it is spelt. */
export function findAts(text: string, index: number, found: Candidate[]): void {
  if (text.length < LEAST_TEXT || (text.length < SHORT_TEXT && !mayHoldAt(text))) return
  for (const spelling of SPELLINGS) {
    for (let start = text.indexOf(spelling, 1); start !== -1; start = text.indexOf(spelling, start + 1)) {
      const end = start + spelling.length
      if (isBlank(text.charCodeAt(start - 1)) || isBlank(text.charCodeAt(end))) continue
      found.push({ text: index, class: 'at', start, end })
    }
  }
}
