import { plausible, random } from './plausible.ts'

/* What secrets and passwords look like by themselves. */

const LEAST_PASSWORD = 4
const LEAST_SECRET = 16

/** Words that are as well others of a sentence: what follows them must be stranger. */
const AMBIGUOUS = /^(?:pass|clave|parola|parool|sifre)$/i
/** Versions, standards and methods, measures, files, places in a program, addresses. */
const NO_PASSWORD =
  /^(?:o?auth|base|sha|md\d|pbkdf|bcrypt|scrypt|argon|web|https?|ios|windows|python|utf|ipv|rfc|iso|nist|ntlm|v?\d+(?:[.-]\d+)*[a-z]{0,3}$)|:\/\/|^[\w.+-]+@[\w-]+\.[a-z]|\.[A-Za-z]{1,5}(?::\d+)?$|^\d+[- ]?[a-z]+$/i
/** `isValidToken2`: what programs name. */
const NAMED_IN_CODE = /^[a-z]{2,}(?:[A-Z][a-z]{2,})+\d?$/
const LEAST_STRONG = 7

/** Small and capital letters, digits and marks: three of these, as in no word. */
export function isStrong(text: string, name: string, bracketed = false): boolean {
  if (
    text.length < LEAST_STRONG ||
    NO_PASSWORD.test(text) ||
    NAMED_IN_CODE.test(text) ||
    !plausible(bracketed ? text.replace(/[()[\]{}]/g, '') : text) ||
    !/\d/.test(text)
  )
    return false
  const mark = /[!@#$%^&*+=?~]/.test(text)
  const kinds = Number(/[a-z]/.test(text)) + Number(/[A-Z]/.test(text)) + 1 + Number(mark)
  return kinds >= 3 && (mark || /\d\D*\d/.test(text) || !AMBIGUOUS.test(name))
}

/** `API_SECRET 8f3a...`, and what mixes all kinds of letters in any sentence. */
export const isEvidentSecret = (text: string, name: string): boolean =>
  isMachineMade(text) &&
  (/^[A-Z][A-Z_]+$/.test(name) || (text.length > 23 && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d.*\d/.test(text)))

/** What an announced secret looks like. */
export const isMachineMade = (value: string): boolean =>
  !/[\s"]|^[a-z]{2,10}:\/\//i.test(value) && value.length >= LEAST_SECRET && random(value) && plausible(value)

const MOST_VALUE = 400
const LEAST_WORDS = 4

/** What an announced password looks like: few words with nothing but letters are rather a sentence. */
export function mayBeChosen(value: string): boolean {
  if (value.length > MOST_VALUE || !plausible(value) || !passwordLike(value, false, true)) return false
  const words = value.split(/\s+/)
  return words.length === 1 || words.length >= LEAST_WORDS || /[\d\W_]/.test(value.replace(/\s/g, ''))
}

/** In a sentence, and without quotes, a word alone is rather the sentence's. */
export function passwordLike(text: string, spoken: boolean, quoted: boolean): boolean {
  if (text.length < LEAST_PASSWORD || /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|\$2[aby]\$.*)$/i.test(text))
    return false
  const mixed = /[^\p{L}\p{M}“”„«»‘’]/u.test(text.slice(0, -1)) || /[a-z][A-Z]/.test(text)
  return spoken && !quoted ? mixed : mixed || text.length >= 6
}
