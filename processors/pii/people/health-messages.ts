import type { View } from '../../../core/seam.ts'
import type { Vocabulary } from '../../scan/index.ts'
import { ADDRESS } from '../contact/addresses.ts'
import { PHONE_NUMBER } from '../contact/phones.ts'
import type { Finder, Report } from '../finder.ts'
import { ID_RULES } from '../ids/index.ts'
import { DATE_OF_BIRTH } from './birth-dates.ts'
import { dateAt } from './dates.ts'

/*
 * Messages that health services exchange: what a field holds is told by its place, in lines of HL7 version 2
 * (`PID|1||4711^^^H^MR||MOSS^ANN||19620320|F`) and in segments of X12 (`NM1*IL*1*MOSS*ANN****MI*...~DMG*D8*19620320*F~`).
 */

const SURE = 0.9
/** A line is read so far. */
const MOST_LINE = 3000
const MOST_FOLLOWING = 30

type Field = 'ids' | 'birth' | 'address' | 'phone' | 'ssn'

/** By segment, what its fields hold. */
const SEGMENTS: Readonly<Record<string, Readonly<Record<number, Field>>>> = {
  PID: { 2: 'ids', 3: 'ids', 4: 'ids', 7: 'birth', 11: 'address', 13: 'phone', 14: 'phone', 19: 'ssn' },
  NK1: { 4: 'address', 5: 'phone', 6: 'phone', 16: 'birth', 32: 'address', 37: 'ssn' },
  GT1: { 5: 'address', 6: 'phone', 7: 'phone', 8: 'birth', 12: 'ssn' },
  IN1: { 18: 'birth', 19: 'address' },
  IN2: { 2: 'ssn' },
}

/** By what says in a patient's identifier which it is. */
const KINDS: Readonly<Record<string, string>> = {
  MR: 'MEDICAL_RECORD_NUMBER',
  PI: 'MEDICAL_RECORD_NUMBER',
  PT: 'MEDICAL_RECORD_NUMBER',
  SS: 'US_SSN',
  NH: 'UK_NHS',
  NHS: 'UK_NHS',
  MC: 'US_MBI',
  NPI: 'US_NPI',
}

interface Piece {
  readonly start: number
  readonly text: string
}

function split({ start, text }: Piece, sign: string): Piece[] {
  let from = start
  return text.split(sign).map((part) => {
    const piece = { start: from, text: part }
    from += part.length + sign.length
    return piece
  })
}

function say(type: string, { start, text }: Piece, normal: string, report: Report): void {
  report({ type, start, end: start + text.length, confidence: SURE, why: 'its place in a message', normal })
}

const compact = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toUpperCase()

/** Where some rule of the type says that it may be one. */
function sayId(type: string, piece: Piece, report: Report): void {
  const normal = compact(piece.text)
  const rules = ID_RULES.filter((rule) => rule.type === type)
  const fits = ({ shapes }: (typeof rules)[number]): boolean =>
    shapes.some((shape) => compact(shape).length === normal.length)
  if (rules.some((rule) => fits(rule) && rule.check(normal) !== 'invalid')) say(type, piece, normal, report)
}

/** `4711^^^H^MR~402-10-8837^^^USSSA^SS` */
function sayIds(field: Piece, report: Report): void {
  for (const repeated of split(field, '~')) {
    const parts = split(repeated, '^')
    const kind = KINDS[parts[4]?.text ?? '']
    if (kind !== undefined && /\d/.test(parts[0]!.text)) sayId(kind, parts[0]!, report)
  }
}

function sayBirth(field: Piece, report: Report): void {
  const date = dateAt(field.text.slice(0, 8), 0)
  if (date !== undefined) say(DATE_OF_BIRTH, { start: field.start, text: field.text.slice(0, 8) }, date.normal, report)
}

const HOUSE = /^(?=.*\p{L}{2})(?=.*\d)[\p{L}\p{M}\d .,'’/#-]{5,80}$/u

function sayAddress(field: Piece, report: Report): void {
  for (const repeated of split(field, '~')) {
    const street = split(repeated, '^')[0]!
    if (HOUSE.test(street.text)) say(ADDRESS, street, street.text.toLowerCase(), report)
  }
}

const NUMBER = /^\+?[\d().\s-]{7,24}(?: ?[xX] ?\d{1,6})?$/

/** `(206)555-0142`, `^PRN^PH^^1^206^5550142` */
function sayPhone(field: Piece, report: Report): void {
  for (const repeated of split(field, '~')) {
    const parts = split(repeated, '^')
    const first = parts[0]!
    const digits = first.text.replace(/\D/g, '')
    if (NUMBER.test(first.text) && digits.length > 6) say(PHONE_NUMBER, first, digits, report)
    const [area, local] = [parts[5], parts[6]]
    if (local === undefined || !/^[\d-]{5,10}$/.test(local.text)) continue
    const start = area !== undefined && /^\d{1,5}$/.test(area.text) ? area.start : local.start
    const text = repeated.text.slice(start - repeated.start, local.start + local.text.length - repeated.start)
    say(PHONE_NUMBER, { start, text }, text.replace(/\D/g, ''), report)
  }
}

const SAY: Readonly<Record<Field, (field: Piece, report: Report) => void>> = {
  ids: sayIds,
  birth: sayBirth,
  address: sayAddress,
  phone: sayPhone,
  ssn: (field, report) => sayId('US_SSN', field, report),
}

function sayLine(line: Piece, report: Report): void {
  const fields = split(line, '|')
  const known = SEGMENTS[fields[0]!.text]
  for (const [at, field] of Object.entries(known ?? {})) {
    const piece = fields[Number(at)]
    if (piece !== undefined && piece.text !== '') SAY[field](piece, report)
  }
}

const LINE_END = /[\r\n]|\\[rn](?=[A-Z][A-Z0-9]{2}\|)/g

/** The line from `start` on, and where the next one begins. */
function lineAt(content: string, start: number): { line: Piece; next: number } {
  const text = content.slice(start, start + MOST_LINE)
  LINE_END.lastIndex = 0
  const end = LINE_END.exec(text)
  if (end === null) return { line: { start, text }, next: content.length }
  return { line: { start, text: text.slice(0, end.index) }, next: start + end.index + end[0].length }
}

const FOLLOWING = /\n?(?=IN[12]\||PD1\||PV[12]\||DG1\||AL1\||OBX\||NTE\||NK1\||GT1\|)/y

/** Insurances stand some lines behind the patient; the next of kin and guarantors announce themselves. */
function readHl7(content: string, start: number, report: Report): void {
  const { line, next } = lineAt(content, start)
  sayLine(line, report)
  if (!line.text.startsWith('PID')) return
  let at = next
  for (let count = 0; count < MOST_FOLLOWING; count++) {
    FOLLOWING.lastIndex = at
    if (!FOLLOWING.test(content)) return
    const following = lineAt(content, FOLLOWING.lastIndex)
    if (following.line.text.startsWith('IN')) sayLine(following.line, report)
    at = following.next
  }
}

/** By what stands before an identifier of a person or provider. */
const QUALIFIERS: Readonly<Record<string, string>> = { XX: 'US_NPI', MI: 'US_MBI', '34': 'US_SSN', SY: 'US_SSN' }
const FOLLOWS = /^(?:N2|N3|N4|DMG|REF|PER|INS|DTP|SBR|PAT)$/

function readX12(content: string, start: number, report: Report): void {
  let at = start
  for (let count = 0; count < MOST_FOLLOWING; count++) {
    const ahead = content.slice(at, at + MOST_LINE)
    const length = ahead.indexOf('~')
    if (length === -1) return
    const text = ahead.slice(0, length)
    const elements = split({ start: at + text.length - text.trimStart().length, text: text.trim() }, '*')
    const name = elements[0]!.text
    if (count > 0 && !FOLLOWS.test(name)) return
    if (name === 'DMG' && elements[1]?.text === 'D8' && elements[2] !== undefined) sayBirth(elements[2], report)
    if (name === 'N3' && elements[1] !== undefined) sayAddress(elements[1], report)
    if (name === 'NM1' || name === 'REF' || name === 'PER')
      for (const [place, { text: sign }] of elements.entries()) {
        const value = elements[place + 1]
        const type = QUALIFIERS[sign]
        if (value === undefined) break
        if (name === 'PER' && /^(?:TE|FX|HP|CP|WP)$/.test(sign)) sayPhone(value, report)
        else if (type !== undefined && name !== 'PER') sayId(type, value, report)
      }
    at += length + 1
  }
}

const isLineStart = ({ content }: View, start: number): boolean =>
  start === 0 || /[\s"'`~>\v]/.test(content[start - 1]!) || /\\[rn]$/.test(content.slice(Math.max(0, start - 2), start))

/** Their identifiers are none but of the types that rules have. */
export function createHealthMessageFinder(vocabulary: Vocabulary): Finder {
  const kinds = ['pid', 'nk', 'gt', 'nm'].map((name) => vocabulary.phrase(name))
  return {
    types: [],
    kinds,
    find(view, mark, report) {
      const { content } = view
      const start = view.marks[mark + 1]!
      const sign = content[start + 3]
      if ((sign !== '|' && sign !== '*') || !isLineStart(view, start)) return
      const name = content.slice(start, start + 3)
      if (sign === '*') {
        if (name === 'NM1') readX12(content, start, report)
      } else if (SEGMENTS[name] !== undefined) readHl7(content, start, report)
    },
  }
}
