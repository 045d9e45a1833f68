import { isAddressWord } from './domain.ts'
import { codeAt } from '../finder.ts'

/* The half of an e-mail address before the `@`, found by walking left from it. */

/** The longest local part there is (RFC 5321). */
const MOST = 64

const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]$/u

/** Marks that may stand inside a local part. The rest of what the RFC allows is, in text, around addresses, not in them. */
const INNER = "._%+-'"
const UNDERSCORE = 95
const PERCENT = 37

const isInner = (code: number): boolean => code < 128 && INNER.includes(String.fromCharCode(code))
const isLocalChar = (code: number): boolean => isInner(code) || isAddressWord(code)

const isLatin = (code: number): boolean =>
  code < 128 || (!(code >= 0xd800 && code <= 0xdfff) && LATIN.test(String.fromCharCode(code)))

/** Leading marks belong to the text around (`'ann@x.org'`, `- ann@x.org`), and so does everything up to two dots. */
function trimmed(text: string, start: number, at: number, emphasised: boolean): number {
  const dots = text.slice(start, at).lastIndexOf('..')
  if (dots !== -1) start += dots + 2
  while (start < at) {
    const code = codeAt(text, start)
    const mark = isInner(code) && code !== UNDERSCORE && code !== PERCENT
    if (!mark && !(code === UNDERSCORE && emphasised)) break
    start++
  }
  return start
}

/** Where the local part that ends at `at` begins, or undefined when there is none. `emphasised`: an underscore follows the address. */
export function localBefore(text: string, at: number, emphasised: boolean): number | undefined {
  const foreign = !isLatin(codeAt(text, at - 1))
  let start = at
  while (start > 0 && at - start <= MOST) {
    const code = codeAt(text, start - 1)
    // A word in another script that runs into the address is not part of it, unless the address is in that script.
    if (!isLocalChar(code) || !(foreign || isLatin(code))) break
    start--
  }
  if (at - start > MOST) return undefined
  start = trimmed(text, start, at, emphasised)
  return start >= at ? undefined : start
}
