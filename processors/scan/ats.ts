import type { Candidate } from '../../core/seam.ts'

/** Nothing shorter can hold an e-mail address (`a@b.cc`). */
const LEAST_TEXT = 6

const AT = 64

/** These escaped spellings of `@` end in `40`, which one search finds. */
const ESCAPED = ['%40', '\\u0040', '\\x40']
const WHOLE = ['@', '\uff20', '&#64;', '&#x40;']

/** An address has a visible character on both sides. */
const isBlank = (code: number): boolean => !(code > 32) || code === AT

function add(text: string, index: number, start: number, end: number, found: Candidate[]): void {
  if (isBlank(text.charCodeAt(start - 1)) || isBlank(text.charCodeAt(end))) return
  found.push({ text: index, class: 'at', start, end })
}

function findSign(text: string, index: number, sign: string, found: Candidate[]): void {
  const { length } = sign
  for (let at = text.indexOf(sign, 1); at !== -1; at = text.indexOf(sign, at + 1))
    add(text, index, at, at + length, found)
}

function findEscaped(text: string, index: number, found: Candidate[]): void {
  for (let at = text.indexOf('40', 2); at !== -1; at = text.indexOf('40', at + 2)) {
    const end = at + 2
    for (const spelling of ESCAPED)
      if (text.endsWith(spelling, end)) add(text, index, end - spelling.length, end, found)
  }
}

/** Finds every `@` that may stand in an e-mail address: itself, full-width, percent-encoded, escaped in a string or an HTML number. */
export function findAts(text: string, index: number, found: Candidate[]): void {
  if (text.length < LEAST_TEXT) return
  for (const sign of WHOLE) findSign(text, index, sign, found)
  findEscaped(text, index, found)
}
