import { NUMBER } from '../../scan/index.ts'
import { codeAt, isDigitCode, isLetterCode, isWordCode, matchesAt, type Finder, type Sighting } from '../finder.ts'
import { meant } from '../shapes/misread.ts'
import { IBAN_COUNTRIES } from './iban-countries.ts'

/* International bank account numbers: glued, in groups, in either case. Country, structure and check digits must agree. */

export const IBAN_CODE = 'IBAN_CODE'

const SURE = 0.95
/** `IBANDE89...`: the word runs into the number. */
const GLUED_WORD = /iban(?=[a-z]{2}\d\d)/iy
const LETTER_I = 105

/** Of the number as its letters' values, 10 to 35, after the first four characters went to the end. */
export function passesMod97(iban: string): boolean {
  let rest = 0
  for (let at = 4; at < iban.length + 4; at++) {
    const code = iban.charCodeAt(at % iban.length)
    rest = isDigitCode(code) ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest === 1
}

/** The compact form when it is an IBAN. */
export function ibanOf(value: string): string | undefined {
  const compact = value.replace(/[ .-]/g, '').toUpperCase()
  const country = IBAN_COUNTRIES.get(compact.slice(0, 2))
  if (country === undefined || compact.length !== country.length) return undefined
  if (country.structure.test(compact)) return passesMod97(compact) ? compact : undefined
  return LIKE_DIGITS.test(compact) ? misreadIban(value.replace(/[ .-]/g, ''), country.structure) : undefined
}

/** Letters that look like digits, and a bank's own before them. */
const LIKE_DIGITS = /^[A-Z]{2}\d\d(?:[A-Z]{4})?[\dOILZSB]+$/

/** `DE89 37O4 0044 ...`: with a letter for a digit, as read off paper. */
function misreadIban(written: string, structure: RegExp): string | undefined {
  for (const from of [4, 8]) {
    const read = written.slice(0, from).toUpperCase() + meant(written.slice(from))
    if (structure.test(read)) return passesMod97(read) ? read : undefined
  }
  return undefined
}

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 46

/** Where a number of so many letters and digits ends, with at most one separator between two; -1 when it does not. */
function endOf(content: string, start: number, length: number): number {
  let at = start
  for (let seen = 0; seen < length; at++) {
    const code = codeAt(content, at)
    if (isWordCode(code)) seen++
    else if (!isSeparator(code) || !isWordCode(codeAt(content, at + 1))) return -1
  }
  return isWordCode(codeAt(content, at)) ? -1 : at
}

function ibanAt(content: string, start: number): Sighting | undefined {
  const first = codeAt(content, start)
  if (!isLetterCode(first) || !isLetterCode(codeAt(content, start + 1))) return undefined
  const check = codeAt(content, start + 2) === 32 ? start + 3 : start + 2
  if (!isDigitCode(codeAt(content, check)) || !isDigitCode(codeAt(content, check + 1))) return undefined
  const country = IBAN_COUNTRIES.get(content.slice(start, start + 2).toUpperCase())
  if (country === undefined) return undefined
  const end = endOf(content, start, country.length)
  if (end === -1) return undefined
  const normal = ibanOf(content.slice(start, end))
  return normal === undefined ? undefined : { type: IBAN_CODE, start, end, confidence: SURE, normal }
}

/** `GB 29 NWBK ...`: the token of the check digits has the country before it. */
function countryBefore(content: string, start: number): number {
  if (codeAt(content, start - 1) !== 32 || isWordCode(codeAt(content, start - 4))) return start
  return start - 3
}

/** Scripts without gaps run on into the number: `IBANはDE89...`. */
function lastAscii(content: string, start: number, end: number): number {
  let at = end
  while (at > start && codeAt(content, at - 1) > 127) at--
  while (at > start && codeAt(content, at - 1) < 128) at--
  return at
}

export const ibanFinder: Finder = {
  types: [{ name: IBAN_CODE, why: 'country, length and check digits', normal: (value) => ibanOf(value.trim()) }],
  kinds: [NUMBER],
  wants: (length, digits) => digits === 0 || length === 2,
  find({ content }, _mark, report, token) {
    const { end } = token
    let start = token.mixed ? lastAscii(content, token.start, end) : token.start
    if (end - start === 2) start = countryBefore(content, start)
    else if (isDigitCode(codeAt(content, start))) return
    else if ((codeAt(content, start) | 32) === LETTER_I && matchesAt(GLUED_WORD, content, start)) start += 'iban'.length
    const iban = ibanAt(content, start)
    if (iban !== undefined) report(iban)
  },
}
