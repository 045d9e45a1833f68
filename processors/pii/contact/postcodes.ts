import { NUMBER, type Vocabulary } from '../../scan/index.ts'
import type { View } from '../../../core/seam.ts'
import { learn, namedWithin } from '../context.ts'
import { isDigitCode, isWordCode, matchesAt, type Finder } from '../finder.ts'

/*
 * Postal codes. Those of Britain, Canada and the Netherlands show by their form what they are; digits alone need a word,
 * or the state that stands before them in America. Soft: no check decides it.
 */

export const POSTCODE = 'POSTCODE'

const NAMED = 0.85
const FORMED = 0.7
const PLACED = 0.6

const WORDS =
  'postcode|post code|postal code|postalcode|zip|zipcode|zip code|postal|plz|postleitzahl|code postal|cp|codigo postal|cap|' +
  'codice postale|cep|codigo postal|postnummer|postnr|postinumero|kod pocztowy|posta kodu|psc|iranyitoszam|cod postal|' +
  'eircode|индекс|почтовый индекс|邮编|邮政编码|郵便番号|우편번호|الرمز البريدي|पिन कोड'
/** In India, of six digits; elsewhere what opens a card. */
const INDIAN_WORDS = 'pin code|pincode'
const INDIAN_DIGITS = 6

const BRITAIN =
  /(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])/iy
const CANADA = /[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9])/iy
const NETHERLANDS = /[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z0-9])/y
/** What two capitals behind four digits are otherwise. */
const NOT_DUTCH =
  /(?:AM|PM|AD|BC|CE|EU|US|UK|UN|MB|GB|KB|TB|KM|CM|MM|KG|MG|ML|CC|HP|OK|ID|IP|PC|TV|CD|PT|EX|CT|ET|UT|ST)$/
const DIGITS = /(?:\d{5}-\d{3,4}|\d{2}-\d{3}|\d{3}-\d{4}|\d{3} \d{2}|\d{4,6})(?![A-Za-z0-9])/y
/** `, IL 62704` */
const STATE =
  /(?:^|[\s,])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) $/
const CITY = / \p{Lu}\p{Ll}{2,}/uy
const STREET_BEFORE = /\d[A-Za-z]?, ?$/
const WORD_REACH = 16

export function createPostcodeFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  const indian = new Set([...words, ...learn(vocabulary, INDIAN_WORDS.split('|'))])
  return {
    types: [{ name: POSTCODE, normal: normalOf }],
    kinds: [NUMBER],
    find(view, mark, report, { digits }) {
      const { content, marks } = view
      const start = marks[mark + 1]!
      if (marks[mark + 2]! - start > MOST_TOKEN || isTooShort(content, start, digits) || isJoined(content, start))
        return
      const found = isDigitCode(content.charCodeAt(start))
        ? numeric(view, mark, start, words, indian)
        : lettered(content, start)
      if (found === undefined || continues(content, found.end)) return
      report({ type: POSTCODE, start, ...found, normal: compact(content.slice(start, found.end)) })
    },
  }
}

const MOST_TOKEN = 7

/** Two or three digits go on behind a hyphen or space. */
function isTooShort(content: string, start: number, digits: number): boolean {
  if (digits === 0 || digits > 3) return false
  const behind = content.charCodeAt(start + digits)
  return digits === 1 || (behind !== 32 && behind !== 45)
}

const compact = (value: string): string => value.replace(/[\s-]/g, '').toUpperCase()

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const whole = [BRITAIN, CANADA, NETHERLANDS, DIGITS].some(
    (form) => matchesAt(form, text, 0) && form.lastIndex === text.length,
  )
  return whole ? compact(text) : undefined
}

const isJoined = (content: string, start: number): boolean => '-./_#$€£+'.includes(content.charAt(start - 1) || ' ')

const continues = (content: string, end: number): boolean =>
  content[end] === '_' || ('-./,:'.includes(content.charAt(end) || ' ') && isWordCode(content.charCodeAt(end + 1)))

interface Found {
  readonly end: number
  readonly confidence: number
}

function capitalBehind(content: string, at: number): boolean {
  const code = content.charCodeAt(content.charCodeAt(at) === 32 ? at + 1 : at)
  return code >= 65 && code <= 90
}

/** In capitals, as one writes them, and in two parts. */
function lettered(content: string, start: number): Found | undefined {
  const letter = content.charCodeAt(start)
  if (letter < 65 || letter > 90) return undefined
  for (const form of [BRITAIN, CANADA]) {
    if (!matchesAt(form, content, start)) continue
    const end = form.lastIndex
    const code = content.slice(start, end)
    if (code === code.toUpperCase() && code.includes(' ')) return { end, confidence: FORMED }
  }
  return undefined
}

function numeric(
  view: View,
  mark: number,
  start: number,
  words: ReadonlySet<number>,
  indian: ReadonlySet<number>,
): Found | undefined {
  const { content } = view
  if (
    capitalBehind(content, start + 4) &&
    matchesAt(NETHERLANDS, content, start) &&
    !NOT_DUTCH.test(content.slice(start, NETHERLANDS.lastIndex))
  )
    return { end: NETHERLANDS.lastIndex, confidence: FORMED }
  if (!matchesAt(DIGITS, content, start)) return undefined
  const end = DIGITS.lastIndex
  const before = content.slice(Math.max(0, start - 4), start)
  if (end - start >= 5 && STATE.test(before)) return { end, confidence: NAMED }
  if (namedWithin(view, mark, start, WORD_REACH, end - start === INDIAN_DIGITS ? indian : words))
    return { end, confidence: NAMED }
  const placed = STREET_BEFORE.test(before) && matchesAt(CITY, content, end)
  return placed ? { end, confidence: PLACED } : undefined
}
