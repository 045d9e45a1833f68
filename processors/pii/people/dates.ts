import { monthOf } from './months.ts'

/* Dates with a year, in the forms people write them. */

export interface WrittenDate {
  readonly start: number
  readonly end: number
  /** Year, month and day as in ISO 8601; when the order of day and month is open, the day comes first. */
  readonly normal: string
}

const YEAR_FIRST =
  /((?:18|19|20)\d\d)( ?[-./] ?|[年년] ?)(\d{1,2})(?:\2|[月월] ?)(\d{1,2})(?:[日일])?(?!\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?/y
const YEAR_LAST = /(\d{1,2})( ?[-./] ?|\. | )(\d{1,2})(?:\2| ?[-./] ?)((?:18|19|20)\d\d|\d\d)(?![\d])/y
const COMPACT = /((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/y
const COMPACT_YEAR_LAST = /(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)/y
const ERA_YEAR = /(\d{1,2})年 ?(\d{1,2})月 ?(\d{1,2})日?/y
/** Emperors of Japan and the republic that Taiwan counts by: the year before their first. */
const ERAS: Readonly<Record<string, number>> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  民國: 1911,
  民国: 1911,
}
const NAMED =
  /(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª|e|-?го)?(?: (?:of|de|di|del)(?= )|,)?[ ./-]?(\p{L}[\p{L}\p{M}]{2,12})\.?(?: ?\/ ?\p{L}{3,12}\.?)?(?: de| del| di|,)?[ /-]?((?:18|19|20)\d\d|2[45]\d\d|'?\d\d)(?!\d)/uy
const MONTH_FIRST = /(\d{1,2})(?:st|nd|rd|th)?,? ((?:18|19|20)\d\d)(?!\d)/y
/** Scripts without spaces run into the name of a month. */
const MONTH_BEFORE = /(?<!\p{Script=Latin}|\p{M})(\p{Script=Latin}[\p{Script=Latin}\p{M}]{2,12})\.? $/u
/** `1990 January 2`, `1990-Jan-02` */
const YEAR_NAMED = /((?:18|19|20)\d\d)[ ,./-]{1,2}(\p{L}[\p{L}\p{M}]{2,12})\.?[ ./-](\d{1,2})(?!\d)/uy
const BUDDHIST = /(\d{1,2})[/-](\d{1,2})[/-](2[45]\d\d)(?!\d)/y

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Thailand counts from the death of the Buddha. */
const BUDDHIST_YEARS = 2400
/** The second of two digits that a year of this century may have; later ones are of the century before. */
const YOUNGEST = 26

function isoDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]!) return undefined
  const full = year < 100 ? year + (year > YOUNGEST ? 1900 : 2000) : year > BUDDHIST_YEARS ? year - 543 : year
  return `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function exec(pattern: RegExp, content: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(content)
}

const yearOf = (text: string): number => Number(text.replace("'", ''))

/** The date whose first number begins at `at`. */
export function dateAt(content: string, at: number): WrittenDate | undefined {
  const numeric = numericDate(content, at)
  if (numeric !== undefined) return numeric
  const named = exec(NAMED, content, at)
  if (named !== null) {
    const month = monthOf(named[2]!)
    const normal = month === undefined ? undefined : isoDate(yearOf(named[3]!), month, Number(named[1]))
    if (normal !== undefined) return { start: at, end: at + named[0].length, normal }
  }
  const yearNamed = exec(YEAR_NAMED, content, at)
  if (yearNamed !== null) {
    const month = monthOf(yearNamed[2]!)
    const normal = month === undefined ? undefined : isoDate(Number(yearNamed[1]), month, Number(yearNamed[3]))
    if (normal !== undefined) return dated(at, yearNamed[0], normal)
  }
  const first = exec(MONTH_FIRST, content, at)
  const before = first === null ? null : MONTH_BEFORE.exec(content.slice(Math.max(0, at - 16), at))
  const month = before === null ? undefined : monthOf(before[1]!)
  const normal = month === undefined ? undefined : isoDate(Number(first![2]), month, Number(first![1]))
  return normal === undefined ? undefined : { start: at - before![0].length, end: at + first![0].length, normal }
}

function numericDate(content: string, at: number): WrittenDate | undefined {
  const yearFirst = exec(YEAR_FIRST, content, at)
  if (yearFirst !== null) {
    const [whole, year, , month, day] = yearFirst
    return dated(at, whole, isoDate(Number(year), Number(month), Number(day)))
  }
  const yearLast = exec(YEAR_LAST, content, at) ?? exec(BUDDHIST, content, at)
  if (yearLast !== null) {
    const [whole] = yearLast
    const [first, second, year] = yearLast
      .slice(1)
      .filter((part) => /\d/.test(part))
      .map(Number) as [number, number, number]
    return dated(at, whole, isoDate(year, second, first) ?? isoDate(year, first, second))
  }
  return compactDate(content, at) ?? eraDate(content, at)
}

function compactDate(content: string, at: number): WrittenDate | undefined {
  const yearFirst = exec(COMPACT, content, at)
  if (yearFirst !== null) {
    const normal = isoDate(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
    if (normal !== undefined) return dated(at, yearFirst[0], normal)
  }
  const yearLast = exec(COMPACT_YEAR_LAST, content, at)
  if (yearLast === null) return undefined
  const [first, second, year] = yearLast.slice(1).map(Number) as [number, number, number]
  return dated(at, yearLast[0], isoDate(year, second, first) ?? isoDate(year, first, second))
}

function eraDate(content: string, at: number): WrittenDate | undefined {
  const before = ERAS[content.slice(Math.max(0, at - 2), at)]
  const date = before === undefined ? null : exec(ERA_YEAR, content, at)
  if (date === null) return undefined
  const normal = isoDate(before! + Number(date[1]), Number(date[2]), Number(date[3]))
  return normal === undefined ? undefined : { start: at - 2, end: at + date[0].length, normal }
}

const dated = (start: number, whole: string, normal: string | undefined): WrittenDate | undefined =>
  normal === undefined ? undefined : { start, end: start + whole.length, normal }
