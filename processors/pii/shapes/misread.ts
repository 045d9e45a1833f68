import { codeAt, isDigitCode, isWordCode, type Token } from '../finder.ts'

/*
 * Numbers that a machine read off paper, or somebody typed as on an old typewriter: letters stand for digits like them,
 * `4O2-1O-8837`. They are looked for only where a token has such a letter right behind its first digits.
 */

const DIGITS: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1', Z: '2', S: '5', B: '8' }
const LOOKS_LIKE = Uint8Array.from({ length: 128 }, (_, code) => Number(String.fromCharCode(code) in DIGITS))
const isLike = (code: number): boolean => code < 128 && LOOKS_LIKE[code] === 1

const LEAST = 8
const MOST = 27
/** At most one in so many is misread. */
const READ_WELL = 3

/** Cheap: whether a token's first letter looks like a digit. */
export const mayBeMisread = (content: string, { start, digits, end }: Token): boolean =>
  start + digits < end && isLike(codeAt(content, start + digits))

/** Digits as they were meant, with the separators between: as long as what is written. */
export function meantAt(content: string, start: number): string | undefined {
  let read = 0
  let like = 0
  let at = start
  for (; at - start <= MOST; at++) {
    const code = codeAt(content, at)
    if (isDigitCode(code)) read++
    else if (isLike(code)) like++
    else if (!isGap(code) || !isPart(codeAt(content, at + 1))) break
  }
  if (isWordCode(codeAt(content, at))) return undefined
  if (read + like < LEAST || like === 0 || like * READ_WELL > read) return undefined
  return meant(content.slice(start, at))
}

/** Where the number that a token goes on with begins: groups of digits stand before it, none of them misread. */
export function misreadStart(content: string, start: number): number {
  let from = start
  for (let at = start - 1; at >= start - MOST && isGap(codeAt(content, at)); at--) {
    const group = at
    while (isDigitCode(codeAt(content, at - 1))) at--
    if (at === group || isWordCode(codeAt(content, at - 1))) break
    from = at
  }
  return from
}

const isGap = (code: number): boolean => code === 32 || (code >= 45 && code <= 47)
const isPart = (code: number): boolean => isDigitCode(code) || isLike(code)

/** With digits for the letters that look like them. */
export const meant = (written: string): string => written.replace(/[OoIlZSB]/g, (letter) => DIGITS[letter]!)

const FOURS = /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/
const CARD_BEFORE =
  /(?:card|karte|kartennummer|carte|tarjeta|carta|cart[aã]o|kart|kort|kaart|visa|mastercard|amex|pan)\W{0,4}(?:(?:n[or°.]*|number|nummer|#|is)\W{0,3}){0,2}$/i
const CARD_REACH = 36

/** Whether digits are laid out as a card's, or called one's. */
export const isLaidOutAsCard = (content: string, start: number, digits: string): boolean =>
  FOURS.test(digits) ||
  (/^\d{15,16}$/.test(digits) && CARD_BEFORE.test(content.slice(Math.max(0, start - CARD_REACH), start)))
