import type { View } from '../../../core/seam.ts'
import { codeAt, isDigitCode, isLetterCode, isWideCode, isWordCode } from '../finder.ts'
import { cellAt } from '../tables/tables.ts'

/* Where a telephone number may begin and end, and what only looks like one. */

/** Fewer digits make no number. */
export const LEAST_DIGITS = 7

const MOST_GAP = 3
const isGap = (code: number): boolean =>
  code === 32 || (code >= 40 && code <= 47 && code !== 42 && code !== 43 && code !== 44)

/** Whether enough digits stand here, with little between them. */
export function hasDigits(content: string, first: number): boolean {
  let digits = 0
  let gap = 0
  for (let at = first; digits < LEAST_DIGITS; at++) {
    const code = codeAt(content, at)
    if (isDigitCode(code)) {
      digits++
      gap = 0
    } else if (!isGap(code) || ++gap > MOST_GAP) return false
  }
  return true
}

/** Not inside a number, a name with digits, or an amount. */
export function mayBegin(view: View, first: number): boolean {
  const { content } = view
  const before = codeAt(content, first - 1)
  const beyond = codeAt(content, first - 2)
  switch (before) {
    case HYPHEN:
      return !isDigitCode(beyond) && !isLetterCode(beyond)
    case 46: // `.`
    case 47: // `/`
    case 58: // `:`
    case 43: // `+`
    case CLOSING:
      return !isDigitCode(beyond)
    case 95: // `_`
    case 36: // `$`
    case 0x20ac: // `€`
    case 0x3012: // `〒`
    case 0xa3: // `£`
    case 35: // `#`
    case 126: // `~`
    case 94: // `^`
      return false
    case COMMA:
      return !isDigitCode(beyond) || cellAt(view, first, first) !== undefined
    case 40: // `(`
      return !isDigitCode(beyond === SPACE ? codeAt(content, first - 3) : beyond)
    case SPACE:
      if (beyond === CLOSING) return !isDigitCode(codeAt(content, first - 3))
      return !isDigitCode(beyond) || hyphenBehind(content, first)
    default:
      return true
  }
}

const HYPHEN = 45
const COMMA = 44
const CLOSING = 41
const SPACE = 32
const DOLLAR = 36
const PER_CENT = 37

/** Among other digits only what is tied by hyphens stands out. */
function hyphenBehind(content: string, first: number): boolean {
  let at = first
  while (at - first < 4 && isDigitCode(codeAt(content, at))) at++
  return content[at] === '-'
}

const DATE =
  /(?:(?:19|20)\d\d([-./ ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./ ])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)(?!\d)/y
/** `(c) 2014-2017` */
const YEARS = /(?:19|20)\d\d(?: ?[-–/]{1,2} ?| )(?:19|20)\d\d(?!\d)/y
const QUAD = /(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/y

/** `+4916-12307`, `-0308-06001`: degrees and minutes, north and east. */
const COORDINATES = /(\d\d)([0-5]\d)([0-5]\d)?[+-]([01]\d\d)([0-5]\d)([0-5]\d)?(?!\d)/y
const MOST_NORTH = 90
const MOST_EAST = 180

export function isPosition(content: string, first: number): boolean {
  const sign = content[first - 1]
  if (sign !== '+' && sign !== '-') return false
  COORDINATES.lastIndex = first
  const parts = COORDINATES.exec(content)
  if (parts === null || (parts[3] === undefined) !== (parts[6] === undefined)) return false
  return Number(parts[1]) <= MOST_NORTH && Number(parts[4]) <= MOST_EAST
}

/** `0 0.554688 -0.445312`, `05-.225-.313`: where lines of a drawing go. */
const FRACTION = /(?<![\d.])0\.\d{4,}(?!\.?\d)|\d-\.\d/

export const holdsFraction = (number: string): boolean => FRACTION.test(number)

/** `digits`: how many stand at `first`. */
export function isDateOrAddress(content: string, first: number, digits: number): boolean {
  const behind = codeAt(content, first + digits)
  if (digits > 4 || (behind !== SPACE && (behind < HYPHEN || behind > 47))) return false
  if (content[first - 1] === '+') return false
  DATE.lastIndex = QUAD.lastIndex = YEARS.lastIndex = first
  if (YEARS.test(content)) return !isDigitCode(content.charCodeAt(YEARS.lastIndex + 1))
  return DATE.test(content) || (QUAD.test(content) && isAddress(content.slice(first, QUAD.lastIndex)))
}

/** A date is among the digits: `1.6.0 / 17.10.2018`. */
const DATE_INSIDE = /(?:^|\D)\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d$/

export const endsInDate = (digits: string): boolean => DATE_INSIDE.test(digits)

const isByte = (part: string): boolean => Number(part) < 256 && (part === '0' || !part.startsWith('0'))
/** Four pairs are as well a number in Denmark or Norway. */
const isAddress = (quad: string): boolean => quad.split('.').every(isByte) && !/^\d\d(?:\.\d\d){3}$/.test(quad)

const AMOUNT = /^ ?(?:[€$£¥%°]|(?:eur|usd|gbp|kg|km|cm|mm|ms|mb|gb|kb|px|bytes?|zł|kr|tl)\b)/i

/** What begins none is told by its first character. */
function isAmount(content: string, end: number): boolean {
  const code = codeAt(content, codeAt(content, end) === SPACE ? end + 1 : end)
  const mayBe = isLetterCode(code) || isWideCode(code) || code === DOLLAR || code === PER_CENT
  return mayBe && AMOUNT.test(content.slice(end, end + 7))
}

const FILE = /^\.(?:pdf|docx?|xlsx?|csv|txt|jpe?g|png|gif|zip|json|xml|log|mp[34]|html?)(?![a-z])/i

/** The number goes on, or is an amount of something. */
export function endsInside(view: View, end: number): boolean {
  const { content } = view
  const code = codeAt(content, end)
  if (isWordCode(code)) return !isExtension(content, end)
  const char = content[end]
  if (char === '_' || char === '@' || char === '%') return true
  if ((char === '-' || char === '/') && isWordCode(codeAt(content, end + 1))) return true
  if ((char === '.' || char === ':') && isDigitCode(codeAt(content, end + 1))) return true
  if (char === ',' && isDigitCode(codeAt(content, end + 1))) return cellAt(view, end, end) === undefined
  return (char === '.' && FILE.test(content.slice(end, end + 6))) || isAmount(content, end)
}

const EXTENSION =
  / ?,? ?(?:x|ext\.?|extn\.?|extension|#|durchwahl|dw|poste|int\.?|interno|ramal|wew\.?|toestel|anexo) ?[.:#]? ?\d{1,6}(?![\dA-Za-z])/iy

function isExtension(content: string, end: number): boolean {
  EXTENSION.lastIndex = end
  return EXTENSION.test(content)
}

export const extensionEnd = (content: string, end: number): number =>
  isExtension(content, end) ? EXTENSION.lastIndex : end

/** A bracket that was opened in the number may be closed right behind its digits. */
export function closing(content: string, start: number, end: number): number {
  if (content[end] !== ')') return end
  const inside = content.slice(start, end)
  return inside.lastIndexOf('(') > inside.lastIndexOf(')') ? end + 1 : end
}

/** More digits follow after a space. */
export const joinsMore = (content: string, end: number): boolean =>
  content[end] === ' ' && isDigitCode(codeAt(content, end + 1))

export const joinsLeft = (content: string, start: number): boolean =>
  content[start - 1] === ' ' && isDigitCode(codeAt(content, start - 2))
