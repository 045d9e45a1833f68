import { NUMBER } from '../../scan/index.ts'
import { codeAt, isWordCode, type Finder } from '../finder.ts'
import { holdsTravelCheck } from './icao.ts'

/*
 * The machine-readable zone of passports, identity cards and visas (ICAO Doc 9303): two or three lines of the same length,
 * filled up with `<`. The number, the birth date and the day of expiry bear check digits, and nothing else looks like it.
 */

export const MRZ = 'MRZ'

const CERTAIN = 0.99

/** Number, birth date, sex, expiry; in cards of credit-card size the number stands in the line before. */
const LONG_DATA = /[A-Z0-9<]{9}[0-9<][A-Z<]{3}[0-9<]{6}[0-9<][MFX<][0-9<]{6}[0-9<][A-Z0-9<]{8,16}/y
const SHORT_DATA = /[0-9<]{6}[0-9<][MFX<][0-9<]{6}[0-9<][A-Z<]{3}[A-Z0-9<]{11}[0-9<]/y
const LONG_NAME = /^[PVIAC][A-Z<][A-Z<]{34,42}$/
const SHORT_HEAD = /^[IAC][A-Z<][A-Z<]{3}[A-Z0-9<]{25}$/
const SHORT_NAME = /^[A-Z<]{30}$/
const LENGTHS: readonly number[] = [44, 36]
const SHORT_LENGTH = 30
/** Ends of lines as they are written, also where indented. */
const MOST_GAP = 12

const isZone = (code: number): boolean => code === 60 || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)

interface Line {
  readonly start: number
  readonly end: number
}

function lineFrom(content: string, start: number): Line {
  let end = start
  while (end - start < 46 && isZone(codeAt(content, end))) end++
  return { start, end }
}

/** The line that ends before `start`, with nothing but white space between. */
function lineBefore(content: string, start: number): Line | undefined {
  const end = start - gap(content, start - 1, -1)
  let from = end
  while (end - from < 46 && isZone(codeAt(content, from - 1))) from--
  return end === start || from === end ? undefined : { start: from, end }
}

function lineBehind(content: string, end: number): Line | undefined {
  const start = end + gap(content, end, 1)
  return start === end ? undefined : lineFrom(content, start)
}

function gap(content: string, from: number, step: 1 | -1): number {
  let length = 0
  while (length < MOST_GAP && codeAt(content, from + length * step) <= 32) length++
  return length
}

const textOf = (content: string, line: Line | undefined): string =>
  line === undefined ? '' : content.slice(line.start, line.end)

/** A field and its check digit; fillers count as 0. */
const holds = (field: string): boolean => holdsTravelCheck(field.replaceAll('<', '0'))

/** A passport's second line with the one before. */
function longZone(content: string, data: Line): Line | undefined {
  const text = textOf(content, data)
  const names = lineBefore(content, data.start)
  if (names === undefined || names.end - names.start !== text.length || !LONG_NAME.test(textOf(content, names))) {
    return undefined
  }
  const sure = holds(text.slice(0, 10)) && holds(text.slice(13, 20)) && holds(text.slice(21, 28))
  return sure ? { start: names.start, end: data.end } : undefined
}

/** A card's second line with those around it. */
function shortZone(content: string, data: Line): Line | undefined {
  const head = lineBefore(content, data.start)
  const first = textOf(content, head)
  const text = textOf(content, data)
  if (head === undefined || !SHORT_HEAD.test(first)) return undefined
  // A number too long for its field goes on behind a filler where its check digit would be.
  const numbered = first[14] === '<' || holds(first.slice(5, 15))
  if (!numbered || !holds(text.slice(0, 7)) || !holds(text.slice(8, 15))) return undefined
  const names = lineBehind(content, data.end)
  const named = names !== undefined && SHORT_NAME.test(textOf(content, names))
  return { start: head.start, end: named ? names.end : data.end }
}

function matches(pattern: RegExp, content: string, { start, end }: Line): boolean {
  pattern.lastIndex = start
  return pattern.test(content) && pattern.lastIndex === end
}

function zoneAt(content: string, start: number): Line | undefined {
  const data = lineFrom(content, start)
  const length = data.end - data.start
  if (LENGTHS.includes(length) && matches(LONG_DATA, content, data)) return longZone(content, data)
  if (length === SHORT_LENGTH && matches(SHORT_DATA, content, data)) return shortZone(content, data)
  return undefined
}

const lines = (value: string): readonly string[] => value.trim().split(/\s+/)

function normalOf(value: string): string | undefined {
  const zone = lines(value).join('\n').toUpperCase()
  const second = zone.indexOf('\n') + 1
  const found = second === 0 ? undefined : zoneAt(zone, second)
  return found === undefined ? undefined : zone
}

export const mrzFinder: Finder = {
  types: [{ name: MRZ, why: 'the lines of a passport with their check digits', normal: normalOf }],
  kinds: [NUMBER],
  wants: (length, _digits, behind) => length >= SHORT_LENGTH || behind === '<',
  wantsAfter: (before) => before === '' || before <= ' ',
  find({ content, marks }, mark, report) {
    let start = marks[mark + 1]!
    // The line of data begins a line; a number may begin with fillers only behind a letter or digit.
    if (!(start === 0 || codeAt(content, start - 1) <= 32) || !isWordCode(codeAt(content, start))) return
    const zone = zoneAt(content, start)
    if (zone === undefined) return
    start = zone.start
    const normal = lines(content.slice(start, zone.end)).join('\n')
    report({ type: MRZ, start, end: zone.end, confidence: CERTAIN, normal })
  },
}
