import { isInvisible } from '../scan/index.ts'
import { isAddressWord } from './domain.ts'

/*
 * The half of an e-mail address before the `@`, found by walking left from it. Escapes are walked over as a whole: a JSON
 * escape (`\n`, `<`) or a percent triple directly before an address is not part of it, unless it spells one of its
 * characters.
 */

/** The longest local part there is (RFC 5321), and a walk's bound when escapes make it longer. */
const MOST = 64
const MOST_RAW = 256

const BACKSLASH = 92
const PERCENT = 37
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]$/u

/** Marks that may stand inside a local part. The rest of what the RFC allows is, in text, around addresses, not in them. */
const INNER = "._%+-'"

const isHex = (text: string): boolean => /^[0-9a-fA-F]+$/.test(text)
const isInner = (code: number): boolean => code < 128 && INNER.includes(String.fromCharCode(code))
const isLocalChar = (code: number): boolean => isInner(code) || isAddressWord(code)

const isLatin = (code: number): boolean =>
  code < 128 || (!(code >= 0xd800 && code <= 0xdfff) && LATIN.test(String.fromCharCode(code)))

/** The escape that ends right before `at`... */
interface Escape {
  /** Where it begins. */
  readonly start: number
  /** It spells a character that belongs to the address. */
  readonly inside: boolean
  /** Where the address would begin if it does not. */
  readonly after: number
}

/** Backslashes end at `at`; the letters of their escape, if it is one, were taken for part of the address. */
function jsonEscape(text: string, at: number): Escape | undefined {
  const letter = text[at]!
  if (letter === 'u' && isHex(text.slice(at + 1, at + 5)) && at + 5 <= text.length) {
    let start = at
    while (start > 0 && text.charCodeAt(start - 1) === BACKSLASH) start--
    return { start, inside: isLocalChar(Number.parseInt(text.slice(at + 1, at + 5), 16)), after: at + 5 }
  }
  return 'nrtbf'.includes(letter) ? { start: at, inside: false, after: at + 1 } : undefined
}

function percentEscape(text: string, at: number): Escape | undefined {
  const hex = text.slice(at + 1, at + 3)
  if (hex.length < 2 || !isHex(hex)) return undefined
  const code = Number.parseInt(hex, 16)
  return { start: at, inside: code > 127 || isLocalChar(code), after: at + 3 }
}

/** Leading marks belong to the text around (`'ann@x.org'`, `- ann@x.org`), and so does everything up to two dots. */
function trimmed(text: string, start: number, at: number, emphasised: boolean): number {
  const dots = text.slice(start, at).lastIndexOf('..')
  if (dots !== -1) start += dots + 2
  while (start < at) {
    const code = text.charCodeAt(start)
    const marks = isInvisible(code) || (isInner(code) && code !== 95 && code !== PERCENT)
    if (!marks && !(code === 95 && emphasised)) break
    start++
  }
  return start
}

/** Where the local part that ends at `at` begins, or undefined when there is none. `emphasised`: an underscore follows the address. */
export function localBefore(text: string, at: number, emphasised: boolean): number | undefined {
  const foreign = !isLatin(text.charCodeAt(at - 1))
  let start = at
  let length = 0
  while (start > 0 && at - start < MOST_RAW) {
    const code = text.charCodeAt(start - 1)
    const escape =
      code === BACKSLASH ? jsonEscape(text, start) : code === PERCENT ? percentEscape(text, start - 1) : undefined
    if (escape !== undefined && escape.after <= at) {
      if (!escape.inside) {
        start = escape.after
        break
      }
      start = escape.start
    } else if (isInvisible(code)) start--
    // A word in another script that runs into the address is not part of it, unless the address is in that script.
    else if (isLocalChar(code) && (foreign || isLatin(code))) {
      start--
      length++
    } else break
  }
  start = trimmed(text, start, at, emphasised)
  return length > MOST || start >= at ? undefined : start
}
