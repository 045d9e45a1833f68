import type { NameType } from './labels.ts'
import type { NamedRange } from './mentions.ts'
import { tabledNames } from './tables.ts'

/*
 * Where a text says itself that a name stands: behind the key of a form or an export (`"last_name": "Ní Dhomhnaill"`),
 * behind a title (`Ms Okonkwo`), and in registers, which put the surname first (`NGUYEN, Thi Mai`).
 */

const OWNER =
  '(?:first|last|middle|given|family|maiden|full|legal|patient|employee|student|guest|tenant|applicant|candidate|' +
  'passenger|spouse|mother|father|parent|guardian|cardholder|nurse|physician|doctor)'
/** Keys that name things as often as people, `name` and `customer`, are left to the tagger. */
const KEY =
  `(?:${OWNER}(?:'?s)?[ _-]?name|surname|forename|vorname|nachname|familienname|pr[eé]nom|apellidos?|cognome|sobrenome|` +
  'apelido|voornaam|achternaam|f[oö]rnamn|efternamn|fornavn|efternavn|etternavn|imi[eę]|nazwisko|soyad[ıi]?)'
const PLACE_KEY =
  '(?:city|town|country|birthplace|place[ _]of[ _]birth|wohnort|geburtsort|ville|ciudad|citt[aà]|cidade|woonplaats|miasto|' +
  '[sş]ehir|pa[ií]s)'
const FIRM_KEY =
  '(?:(?:company|employer|org|organi[sz]ation|insurer)(?:[ _-]?name)?|arbeitgeber|empresa|entreprise|soci[eé]t[eé]|azienda|bedrijf|' +
  'f[oö]retag|[sş]irket)'
const LETTER = String.raw`[\p{L}\d]`
const WORD = String.raw`\p{L}(?:[\p{L}\p{M}.'’-]{0,30}[\p{L}\p{M}.])?`

/**
 * A key, what stands between, and a value of up to four words that ends where a value ends. The key is looked for behind
 * the colon: most texts have few.
 */
const KEYED = new RegExp(
  String.raw`[:=>](?<=(?<!${LETTER})(?:(?<person>${KEY})|(?<place>${PLACE_KEY})|(?<firm>${FIRM_KEY}))["']?[ \t]{0,2}[:=>])` +
    String.raw`[ \t]{0,2}(?<quote>["']?)(?<value>${WORD}(?:,? ${WORD}){0,3})(?=[ \t]{0,9}(?:["'<,;|\n\r&)\]}]|$))`,
  'giu',
)

/** What stands in place of a name, or describes it. */
const NO_VALUE =
  /^(?:null|none|nil|undefined|unknown|anonymous|n\.?a|string|str|text|varchar|char|true|false|required|optional|missing|empty|redacted|hidden|withheld|see|not|same|as|the|this|your|my|our)(?!\p{L})|name/iu

const TITLED =
  /(?:(?:Mrs?|Ms|Mx)\.?|Miss|Frau|Herrn?|Mme|Mlle|[Mm]adame|[Mm]onsieur|[Ss]ig\.ra|[Ss]ignora?|[Ss]eñora?|[Ss]enhora?|[Dd]oña|[Dd]ona|[Mm]evrouw|[Mm]eneer|Mevr\.|[Dd]hr\.|[Pp]ani|[Pp]anie|[Pp]ana|[Pp]anem|[Pp]anią)[ \u00a0](?:(?:Dr|Prof)\.? ){0,2}((?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]a|[Dd]i|[Aa]l|[Ee]l|[Bb]in|[Ll]e|[Ll]a) ){0,2}(?:\p{Lu}['’])?\p{Lu}\p{Ll}[\p{L}'’]{0,30}(?:[ -]\p{Lu}[\p{L}'’]{1,30}){0,2})(?![\p{L}\d])/gu
/** `Mr President`, `Miss World`, `Frau Doktor` */
const NO_SURNAME =
  /^(?:Dr|Prof|President|Chairman|Chairwoman|Chair|Speaker|Minister|Secretary|Ambassador|Justice|Judge|Mayor|Universe|World|America|Doktor|Professor|Präsident(?:in)?|Kanzler(?:in)?|Minister(?:in)?|Direktor(?:in)?|Ministre|Président|Directeur|Presidente|Ministro|Director|Doctor)$/

const KEYED_CONFIDENCE = 0.9
const TITLED_CONFIDENCE = 0.8

/** Those that touch none of `taken`; both in order. */
function apart(ranges: readonly NamedRange[], taken: readonly NamedRange[]): NamedRange[] {
  let at = 0
  return ranges.filter(({ start, end }) => {
    while (at < taken.length && taken[at]!.end <= start) at++
    return at === taken.length || taken[at]!.start >= end
  })
}

/** A key or a title is no end of another word. */
const isWhole = (text: string, at: number): boolean => at === 0 || !/[\p{L}\d]/u.test(text[at - 1]!)

const inOrder = (ranges: readonly NamedRange[]): NamedRange[] => ranges.toSorted((a, b) => a.start - b.start)

/** Each match of `pattern`, whose last group ends where it ends, with that group. */
function eachMatch(
  pattern: RegExp,
  text: string,
  found: (match: RegExpExecArray, value: string, end: number) => void,
): void {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    found(match, match.at(-1) ?? '', pattern.lastIndex)
}

/** Whose key it is; where places and firms are announced without quotes, the tagger knows as well as the key. */
function typeOfKey({ person, place, quote }: Readonly<Record<string, string | undefined>>): NameType | undefined {
  if (person !== undefined) return 'PERSON'
  if (quote === '') return undefined
  return place === undefined ? 'ORGANIZATION' : 'LOCATION'
}

function keyedNames(text: string): NamedRange[] {
  const ranges: NamedRange[] = []
  eachMatch(KEYED, text, ({ groups = {} }, value, end) => {
    const type = typeOfKey(groups)
    // Without a quote a small word may be any, and so it may where things have names.
    const shown = (groups['quote'] !== '' && type === 'PERSON') || /^\p{Lu}/u.test(value)
    if (type === undefined || !shown || value.length < (type === 'PERSON' ? 2 : 3) || NO_VALUE.test(value)) return
    ranges.push({ type, start: end - value.length, end, confidence: KEYED_CONFIDENCE })
  })
  return ranges
}

function titledNames(text: string): NamedRange[] {
  const ranges: NamedRange[] = []
  eachMatch(TITLED, text, ({ index }, name, end) => {
    if (isWhole(text, index) && !NO_SURNAME.test(name))
      ranges.push({ type: 'PERSON', start: end - name.length, end, confidence: TITLED_CONFIDENCE })
  })
  return ranges
}

const GIVEN_BEHIND = /^, ?\p{Lu}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’.-]{0,30}){0,2}(?=\s{0,3}(?:$|[\n\r;|(<"]| {2}))/u
const SURNAME_BEFORE = /(?:^|[\n:;|>"] ?)(\p{Lu}[\p{Lu}'’-]{1,30}(?: \p{Lu}[\p{Lu}'’-]{1,30})?), ?$/u
const UPPER = /^\p{Lu}[\p{Lu} '’-]+$/u
/** A surname and its surroundings are not longer than this. */
const NEAR = 70

/** Cheap: most names are not. */
const isBesideComma = (text: string, { start, end }: NamedRange): boolean =>
  text.startsWith(',', end) || text.startsWith(',', start - 1) || text.startsWith(', ', start - 2)

/** `NGUYEN, Thi Mai` of `NGUYEN` or of `Thi Mai`. */
function wholeEntry(text: string, range: NamedRange): NamedRange {
  if (range.type !== 'PERSON' || !isBesideComma(text, range)) return range
  if (UPPER.test(text.slice(range.start, range.end))) {
    const given = GIVEN_BEHIND.exec(text.slice(range.end, range.end + 2 * NEAR))?.[0] ?? ''
    return { ...range, end: range.end + given.length }
  }
  const before = SURNAME_BEFORE.exec(text.slice(Math.max(0, range.start - NEAR), range.start))
  if (before === null) return range
  return { ...range, start: range.start - before[0].length + before[0].indexOf(before[1]!) }
}

/** The names that were found with those that the text announces, in order and without overlap. */
export function withCued(text: string, found: readonly NamedRange[]): readonly NamedRange[] {
  const fields = keyedNames(text)
  const keyed = inOrder([...fields, ...apart(tabledNames(text, found), fields)])
  const titles = titledNames(text)
  if (found.length === 0 && keyed.length === 0 && titles.length === 0) return found
  const known = inOrder([...apart(found, keyed), ...keyed])
  const titled = apart(titles, known)
  const all: NamedRange[] = []
  for (const range of inOrder([...known, ...titled]).map((one) => wholeEntry(text, one))) {
    const before = all.at(-1)
    if (before === undefined || before.end <= range.start) all.push(range)
    else if (before.type === 'PERSON' && range.type === 'PERSON')
      all[all.length - 1] = { ...before, end: Math.max(before.end, range.end) }
    else if (range.type === 'PERSON') all[all.length - 1] = range
  }
  return all
}
