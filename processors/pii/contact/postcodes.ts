import { MARK_SIZE, NUMBER, type Vocabulary } from '../../scan/index.ts'
import type { View } from '../../../core/seam.ts'
import { learn } from '../around/context.ts'
import { codeAt, isDigitCode, isWordCode, matchesAt, type Finder } from '../finder.ts'
import { cellAt } from '../tables/tables.ts'
import type { WordSet } from '../around/word-set.ts'

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
  'c p|cod postal|zip postal|pin zip|eircode|индекс|почтовый индекс|邮编|邮政编码|郵便番号|우편번호|الرمز البريدي|पिन कोड'
/** `〒 100-0001` */
const POSTAL_MARK = 0x3012
/** In India, of six digits; elsewhere what opens a card, unless an address stands before. */
const INDIAN_WORDS = 'pin code|pincode|pin|pin no'
const INDIAN_DIGITS = 6
const INDIAN_PLACE =
  /\b(?:india|road|rd|street|st|nagar|colony|sector|phase|layout|lane|marg|dist|district|state|city|town|village|taluk|tehsil|address|pradesh|bengal|kerala|karnataka|maharashtra|gujarat|rajasthan|punjab|haryana|bihar|assam|odisha|goa|tamil nadu|telangana|mumbai|delhi|bengaluru|bangalore|chennai|kolkata|hyderabad|pune|ahmedabad|jaipur|lucknow)\b|पता|नगर/i
const PLACE_REACH = 80

const BRITAIN =
  /(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])/iy
const CANADA = /[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9])/iy
/** Behind a place alone: `Dublin 2, D02 YX88`. */
const IRELAND = /[AC-FHKNPRTV-Y]\d[0-9W] (?=[A-Z]*\d)(?=\d*[A-Z])[0-9AC-FHKNPRTV-Y]{4}(?![A-Za-z0-9])/y
const IRISH_PLACE = /(?:Dublin(?: \d{1,2})?|Ireland|Co\.? \p{Lu}\p{L}+|\p{Lu}\p{Ll}{3,}),? $/u
const NETHERLANDS = /[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z0-9])/y
/** What two capitals behind four digits are otherwise. */
const NOT_DUTCH =
  /(?:AM|PM|AD|BC|CE|EU|US|UK|UN|MB|GB|KB|TB|KM|CM|MM|KG|MG|ML|CC|HP|OK|ID|IP|PC|TV|CD|PT|EX|CT|ET|UT|ST)$/
/** `sum(x) / 1000 AS mean`, `2017 RC`, `1000UL`: of programs. */
const OF_CODE = /[=+*/<>(] ?$/
/** `BTC 9001AH`: a model of some make. */
const MAKE = /(?:^|[^\p{L}])(?!NL )[A-Z]{2,5} $/u
const isOfCode = (content: string, start: number, code: string): boolean =>
  (!code.includes(' ') && MAKE.test(content.slice(Math.max(0, start - 7), start))) ||
  /^20\d\d ?RC$|\dUL$/.test(code) ||
  (code.endsWith(' AS') && OF_CODE.test(content.slice(Math.max(0, start - 2), start)))
const DIGITS = /(?:\d{5}-\d{3,4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}-\d{4}|\d{3} \d{2}|\d{4,6})(?![A-Za-z0-9])/y
/** `, IL 62704`, `Pittsburgh PA 15213` */
const STATE =
  /(?:^|,\s?|\p{Lu}\p{Ll}+\.?,?\s)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|(?<=,\s?)ID|I[ALN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s$/u
const CITY = / \p{Lu}\p{Ll}{2,}/uy
const STREET_BEFORE =
  /(?:\d[A-Za-z]?|\d ?[ºª°oa]\.? ?(?:[A-Z]|[Dd]cha\.?|[Ii]zq\.?|[Ii]zda\.?|[Ee]sq\.?|[Dd]to\.?)?), ?$/
const STREET_REACH = 12
/** `2021, 2022 Ann Smith`, `Oct 15, 2000 Ann Smith`. */
const YEAR = /^(?:19|20)\d\d$/
const YEAR_OF_RIGHTS = /(?:copyright:?|\(c\)|©|(?:19|20)\d\d[,–-]) ?$/i
const WORD_REACH = 16
const STATE_REACH = 24

export function createPostcodeFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  const indian = learn(vocabulary, INDIAN_WORDS.split('|'))
  return {
    types: [{ name: POSTCODE, why: 'the form of a postcode, with a place or a word beside it', normal: normalOf }],
    kinds: [NUMBER],
    wants: (length, digits, behind) =>
      length <= MOST_TOKEN &&
      (digits === 0 || digits > 3 || (digits > 1 && digits === length && (behind === ' ' || behind === '-'))),
    wantsAfter: (before) => !'-./_#$+'.includes(before || 'x'),
    find(view, mark, report, { start, digits }) {
      const { content, marks } = view
      if (marks[mark + 2]! - start > MOST_TOKEN || isTooShort(content, start, digits) || isJoined(content, start))
        return
      const found = isDigitCode(codeAt(content, start))
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
  const behind = codeAt(content, start + digits)
  return digits === 1 || (behind !== 32 && behind !== 45)
}

const compact = (value: string): string => value.replace(/[\s-]/g, '').toUpperCase()

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const whole = [BRITAIN, CANADA, IRELAND, NETHERLANDS, DIGITS].some(
    (form) => matchesAt(form, text, 0) && form.lastIndex === text.length,
  )
  return whole ? compact(text) : undefined
}

const isJoined = (content: string, start: number): boolean => '-./_#$€£+'.includes(content.charAt(start - 1) || ' ')

const continues = (content: string, end: number): boolean =>
  content[end] === '_' || ('-./,:'.includes(content.charAt(end) || ' ') && isWordCode(codeAt(content, end + 1)))

interface Found {
  readonly end: number
  readonly confidence: number
}

const COMMA = 44

const isCapitalCode = (code: number): boolean => code >= 65 && code <= 90

const capitalBehind = (content: string, at: number): boolean =>
  isCapitalCode(codeAt(content, codeAt(content, at) === 32 ? at + 1 : at))

/** Where the last character before `start` stands, but for one space. */
const lastCharBefore = (content: string, start: number): number =>
  codeAt(content, start - 1) === 32 ? start - 2 : start - 1

/** In capitals, as one writes them, and in two parts. */
function lettered(content: string, start: number): Found | undefined {
  const letter = codeAt(content, start)
  if (letter < 65 || letter > 90) return undefined
  if (matchesAt(IRELAND, content, start) && IRISH_PLACE.test(content.slice(Math.max(0, start - STATE_REACH), start)))
    return { end: IRELAND.lastIndex, confidence: FORMED }
  for (const form of [BRITAIN, CANADA]) {
    if (!matchesAt(form, content, start)) continue
    const end = form.lastIndex
    const code = content.slice(start, end)
    if (code === code.toUpperCase() && code.includes(' ')) return { end, confidence: FORMED }
  }
  return undefined
}

/** Between the word and the digits: signs, and at most a word that leads from one to the other. */
const TIE =
  /^(?: ?\/ ?(?:ort|wohnort|stadt|city|town|ville|commune|ciudad|localidad|città|citta|comune|plaats|cidade|localidade|miasto))?[\s:="'`*,.#()[\]>-]{0,8}(?:(?:is|ist|est|es|è|é|no|nr|number|code)[\s:="'.]{1,3})?$/i
/** Scripts without spaces lead over with a sign or two. */
const WIDE_TIE = /^[^\p{ASCII}]{1,3}\s?$/u

function isNamed(view: View, mark: number, start: number, words: WordSet): boolean {
  const { content, marks } = view
  for (let at = mark - MARK_SIZE; at >= 0 && start - marks[at + 2]! <= WORD_REACH; at -= MARK_SIZE) {
    if (!words.has(marks[at]!) || marks[at + 2]! > start) continue
    const gap = content.slice(marks[at + 2], start)
    if (TIE.test(gap) || WIDE_TIE.test(gap)) return !isCodePage(content, marks[at + 1]!, marks[at + 2]!, start)
  }
  return cellAt(view, start, start)?.words.some(({ word }) => words.has(word)) ?? false
}

/** `cp 1047`, `NID_id_cp 1238`: five digits make it the code of a post office. */
const isCodePage = (content: string, from: number, to: number, start: number): boolean =>
  content.slice(from, to).toLowerCase() === 'cp' && !/^\d{5}/.test(content.slice(start, start + 5))

/** `Portland, Oregon, 97204`, `Singapore 560221` */
const STATE_NAME =
  /(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming),? $/
const SINGAPORE = /Singapore $/

function isBehindState(content: string, start: number, end: number): boolean {
  if (codeAt(content, start - 1) !== 32) return false
  const before = content.slice(Math.max(0, start - STATE_REACH), start)
  return isDigitCode(codeAt(content, start + 5)) && end - start === 6
    ? SINGAPORE.test(before)
    : end - start !== 6 && end - start >= 5 && STATE_NAME.test(before)
}

function numeric(view: View, mark: number, start: number, words: WordSet, indian: WordSet): Found | undefined {
  const { content } = view
  if (
    capitalBehind(content, start + 4) &&
    matchesAt(NETHERLANDS, content, start) &&
    !NOT_DUTCH.test(content.slice(start, NETHERLANDS.lastIndex)) &&
    !isOfCode(content, start, content.slice(start, NETHERLANDS.lastIndex)) &&
    !YEAR_OF_RIGHTS.test(content.slice(Math.max(0, start - 12), start))
  )
    return { end: NETHERLANDS.lastIndex, confidence: FORMED }
  if (!matchesAt(DIGITS, content, start)) return undefined
  const end = DIGITS.lastIndex
  if (
    end - start >= 5 &&
    isCapitalCode(codeAt(content, start - 2)) &&
    STATE.test(content.slice(Math.max(0, start - STATE_REACH), start))
  )
    return { end, confidence: NAMED }
  if (codeAt(content, lastCharBefore(content, start)) === POSTAL_MARK || isNamed(view, mark, start, words))
    return { end, confidence: NAMED }
  if (isBehindState(content, start, end)) return { end, confidence: NAMED }
  if (end - start === INDIAN_DIGITS && isNamed(view, mark, start, indian)) {
    const isPlace = INDIAN_PLACE.test(content.slice(Math.max(0, start - PLACE_REACH), start))
    return { end, confidence: isPlace ? NAMED : FORMED }
  }
  if (codeAt(content, lastCharBefore(content, start)) !== COMMA) return undefined
  const before = content.slice(Math.max(0, start - STREET_REACH), start)
  const placed = STREET_BEFORE.test(before) && !YEAR.test(content.slice(start, end)) && matchesAt(CITY, content, end)
  return placed ? { end, confidence: PLACED } : undefined
}
