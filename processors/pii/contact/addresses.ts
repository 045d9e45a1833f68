import type { View } from '../../../core/seam.ts'
import { NUMBER, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import { codeAt, isDigitCode, isLetterCode, isWideCode, type Finder, type Report } from '../finder.ts'
import { ADDRESS_LABELS, behindLabel, inCell } from './labelled-addresses.ts'
import { STREET_ENDINGS, STREET_FIRST, STREET_LAST } from './street-words.ts'
import type { WordSet } from '../around/word-set.ts'

/* Streets with the number of a house, in the common forms of Europe and America. Soft: no structure decides it. */

export const ADDRESS = 'ADDRESS'

const LIKELY = 0.75
const POSSIBLE = 0.6

const NAME = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}"
const LINK =
  "(?:de la|de las|de los|de|del|della|delle|dei|des|du|da|do|dos|das|di|la|le|les|l'|d'|von|der|den|van|św\\.?)"
/** A letter behind a space is the house's when no sentence goes on with it: `15 w Krakowie`, `8 a Milano`. */
const HOUSE =
  '\\d{1,5}(?:(?: ?[-/–] ?\\d{1,4})?(?:[A-Za-z]| [A-Z]| [b-h])?(?![\\p{L}\\d]))(?: ?(?:bis|ter)(?![\\p{L}]))?'
/** Without a dot, behind which a sentence may begin. */
const PLACE = "\\p{Lu}[\\p{L}\\p{M}'’-]{1,30}"
const UNIT =
  '(?:,? (?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Ff]loor|[Ff]l|[Rr]oom|[Rr]m|APT|STE|UNIT|P\\.?O\\.? Box|#)\\.? ?#?[A-Za-z0-9-]{1,6})?'

/** `12 `, `221B ` and up to three names before the word. */
const NUMBER_FIRST = new RegExp(
  `(?<![\\p{L}\\d.,$€£#:/-])(\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4})? (?:[NSEW]\\.? |North |South |East |West )?(?:${NAME} |\\d{1,3}(?:st|nd|rd|th) ){1,3})$`,
  'u',
)
const AFTER_LAST = new RegExp(`\\.?(?: [NSEW]{1,2}(?![\\p{L}]))?${UNIT}`, 'uy')
const US_PLACE = new RegExp(`, ${NAME}(?: ${NAME}){0,2},? [A-Z]{2}(?: \\d{5}(?:-\\d{4})?)?(?![\\p{L}\\d])`, 'uy')
/** The name behind the word, and the number behind or before it. */
const AFTER_FIRST = new RegExp(
  `\\.?(?: ${LINK}| (?=\\p{Lu})|['’])* ?(${NAME}(?: (?:${LINK} )?${NAME}){0,3})((?:, ?| )(?:n(?:[.ºo°]*|[uú]m(?:ero)?\\.?) ?)?${HOUSE})?`,
  'uy',
)
const HOUSE_BEFORE = new RegExp(`(?<![\\p{L}\\d.,$€£#:/-])(${HOUSE},? )$`, 'u')
/** A name with a street's ending before the number. */
const NAME_BEFORE = new RegExp(
  `(?<![\\p{L}])((?:(?:${NAME}|Am|An der|In der|Im|Zum|Zur|Auf dem|Unter den) ?-?){0,2}${NAME}) $`,
  'u',
)
const HOUSE_HERE = new RegExp(`${HOUSE}(?![.,:]\\d)`, 'uy')
const PLACE_BEHIND = new RegExp(`,? \\d{4,5} ?(?:[A-Z]{2} )?${PLACE}(?:[ -]${PLACE})?`, 'uy')

const REACH = 64
const LEAST_NAME = 5
/** No name at all. */
const STREET = /^(?:stra(?:ß|ss)e|platz|allee|gasse|straat|plein|gata|gatan|vägen|hof|ring|ufer)$/i

interface Kinds {
  readonly last: WordSet
  readonly first: WordSet
}

export function createAddressFinder(vocabulary: Vocabulary): Finder {
  const labels = learn(vocabulary, ADDRESS_LABELS)
  const kinds: Kinds = { last: learn(vocabulary, STREET_LAST), first: learn(vocabulary, STREET_FIRST) }
  return {
    types: [{ name: ADDRESS, why: 'a street with its number', normal: normalOf }],
    wants: (length, digits) => digits > 0 && length <= 6,
    wantsAfter: (before) => ' .:,;|	'.includes(before || 'x'),
    kinds: [NUMBER, ...new Set([...kinds.last, ...kinds.first, ...labels])],
    find(view, mark, report, token) {
      const kind = view.marks[mark]!
      const found = (start: number, end: number): void => say(view, start, end, POSSIBLE, report)
      if (kind === NUMBER) {
        endingBefore(view, mark, report)
        return inCell(view, token.start, token.end, labels, found)
      }
      if (labels.has(kind)) behindLabel(view, view.marks[mark + 2]!, found)
      if (kinds.last.has(kind) && numberFirst(view, mark, report)) return
      if (kinds.first.has(kind)) wordFirst(view, mark, report)
    },
  }
}

/** Scripts without blanks. */
const UNPARTED = /[\p{Script=Han}\p{Script=Hangul}]/u

const normalOf = (value: string): string | undefined => {
  const text = value
    .trim()
    .toLowerCase()
    .replace(/[\s,.]+/g, ' ')
  const parted = text.includes(' ') || UNPARTED.test(text)
  return parted && /\d/.test(text) && /\p{L}{2}/u.test(text) ? text : undefined
}

function say({ content }: View, start: number, end: number, confidence: number, report: Report): void {
  const normal = normalOf(content.slice(start, end))
  if (normal !== undefined) report({ type: ADDRESS, start, end, confidence, normal })
}

function matchEnd(pattern: RegExp, content: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(content) ? pattern.lastIndex : at
}

/** `Copyright (C) 2008-2019, 2022 Anthony Green`: the year of what follows. */
const YEAR = /(?:\d{4}[-–])?(?:19|20)\d\d(?!\d)/y
const YEAR_BEFORE = /(?:copyright:?|\(c\)|©|(?:19|20)\d\d[,–-]) ?$/i

function isYear(content: string, start: number): boolean {
  YEAR.lastIndex = start
  return YEAR.test(content) && YEAR_BEFORE.test(content.slice(Math.max(0, start - 12), start))
}

/** `12 Main Street, Springfield, IL 62704`. */
function numberFirst(view: View, mark: number, report: Report): boolean {
  const { content, marks } = view
  const start = marks[mark + 1]!
  // Cheap: a word or its name stands right before, and all of it begins with a capital.
  if (codeAt(content, start - 1) !== 32 || codeAt(content, start) > 90) return false
  const before = NUMBER_FIRST.exec(content.slice(Math.max(0, start - REACH), start))?.[1]
  if (before === undefined) return false
  if (isYear(content, start - before.length) || content.startsWith(' <', marks[mark + 2]!)) return true
  const street = matchEnd(AFTER_LAST, content, marks[mark + 2]!)
  const end = matchEnd(US_PLACE, content, street)
  say(view, start - before.length, end, LIKELY, report)
  return true
}

/** `C/ Mayor 14`, as Spaniards write it: a letter is a word for a street with its slash alone. */
const isCalle = (content: string, start: number, end: number): boolean =>
  content[end] === '/' && (start === 0 || /[\s:;,(>"']/.test(content[start - 1]!))

/** Where a word for a street ends, with what belongs to it; nothing where no name of one follows. */
function endOfStreetWord(content: string, start: number, end: number): number | undefined {
  if (end - start === 1) return isCalle(content, start, end) ? end + 1 : undefined
  return content[end] === ' ' || content[end] === '.' ? end : undefined
}

/** `12 rue de la Paix`, `Via Roma 10`. */
function wordFirst(view: View, mark: number, report: Report): void {
  const { content, marks } = view
  const start = marks[mark + 1]!
  const from = endOfStreetWord(content, start, marks[mark + 2]!)
  if (from === undefined) return
  AFTER_FIRST.lastIndex = from
  const name = AFTER_FIRST.exec(content)
  if (name === null) return
  const house = HOUSE_BEFORE.exec(content.slice(Math.max(0, start - 14), start))?.[1]
  if (house === undefined && name[2] === undefined) return
  // `os.Signal, 1`, `AMIC_UL PDM`: names of a program.
  if (content[start - 1] === '_' || (/^\.\S/.test(name[0]) && name[2]?.startsWith(',') === true)) return
  if (house !== undefined && isYear(content, start - house.length)) return
  const whole = from + name[0].length
  const end = house === undefined ? whole : whole - (name[2]?.length ?? 0)
  if (house === undefined && '.,:'.includes(content.charAt(end) || '_') && isDigitCode(codeAt(content, end + 1))) return
  say(view, start - (house?.length ?? 0), matchEnd(PLACE_BEHIND, content, end), LIKELY, report)
}

/** `Atatürk Caddesi No: 20` */
const HOUSE_SIGN = /(?<=\s)(?:No|Nr)(?:\.|:)? ?$/i
const LETTER_O = 111
const LETTER_R = 114

/** How long the sign before a house's number is. */
function signLength(content: string, start: number): number {
  let at = start - 1
  if (codeAt(content, at) === 32) at--
  if (codeAt(content, at) === 46 || codeAt(content, at) === 58) at--
  const last = codeAt(content, at) | 32
  if (last !== LETTER_O && last !== LETTER_R) return 0
  return HOUSE_SIGN.exec(content.slice(Math.max(0, start - 6), start))?.[0].length ?? 0
}

const MOST_NAME = 31

/** Cheap: whether what ends at `end` may be a name, which begins with a capital. */
function mayBeName(content: string, end: number): boolean {
  for (let at = end - 1; at >= end - MOST_NAME; at--) {
    const code = codeAt(content, at)
    if ((code >= 65 && code <= 90) || isWideCode(code)) return true
    if (!isLetterCode(code) && code !== 39 && code !== 45 && code !== 46) return false
  }
  return false
}

/** `Hauptstraße 12, 10115 Berlin`. */
function endingBefore(view: View, mark: number, report: Report): void {
  const { content, marks } = view
  const start = marks[mark + 1]!
  if (marks[mark + 2]! - start > 6 || !isDigitCode(codeAt(content, start))) return
  const nameEnd = start - signLength(content, start)
  const last = codeAt(content, nameEnd - 2)
  if (codeAt(content, nameEnd - 1) !== 32 || !(last > 96 || last === 46)) return
  if (!mayBeName(content, nameEnd - 1)) return
  if (!STREET_ENDINGS.test(content.slice(Math.max(0, nameEnd - 12), nameEnd - 1))) return
  const name = NAME_BEFORE.exec(content.slice(Math.max(0, nameEnd - REACH), nameEnd))?.[1]
  const house = matchEnd(HOUSE_HERE, content, start)
  if (name === undefined || name.length < LEAST_NAME || house === start || STREET.test(name)) return
  const end = matchEnd(PLACE_BEHIND, content, house)
  say(view, nameEnd - 1 - name.length, end, end > house ? LIKELY : POSSIBLE, report)
}
