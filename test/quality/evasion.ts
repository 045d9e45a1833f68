import { positive, type Case } from './cases.ts'
import type { Detection } from './detect.ts'
import { createRng, type Rng } from './rng.ts'
import { covers, overlaps } from './score.ts'
import type { Half } from './templates/templates.ts'
import { KINDS } from './values/index.ts'
import type { Kind } from './values/kind.ts'

/** A text whose value is disguised, and where the disguised value stands. */
export interface Disguised {
  readonly type: string
  readonly disguise: string
  readonly text: string
  readonly start: number
  readonly end: number
  /** The value is inside a larger encoded unit, so that touching it is finding it. */
  readonly inside?: boolean
}

type Placed = Pick<Disguised, 'text' | 'start' | 'end' | 'inside'>
/** Undefined where the disguise changes nothing: there is no letter to look alike in a number. */
type Disguise = (text: string, value: { start: number; end: number }, rng: Rng, kind: Kind) => Placed | undefined

/** Rewrites the value only. */
function onValue(rewrite: (value: string, rng: Rng) => string): Disguise {
  return (text, { start, end }, rng) => {
    const value = text.slice(start, end)
    const changed = rewrite(value, rng)
    if (changed === value) return undefined
    return { text: text.slice(0, start) + changed + text.slice(end), start, end: start + changed.length }
  }
}

const eachChar = (value: string, change: (char: string) => string): string => Array.from(value).map(change).join('')

const LOOK_ALIKE = new Map(
  Object.entries({
    ...{ A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х' },
    ...{ a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', i: 'і', s: 'ѕ', j: 'ј' },
    ...{ I: 'Ι', N: 'Ν', Z: 'Ζ', Y: 'Υ' },
  }),
)

function insertInside(value: string, mark: string, rng: Rng): string {
  const chars = Array.from(value)
  const times = Math.min(rng.int(1, 3), chars.length - 1)
  for (let n = 0; n < times; n++) chars.splice(rng.int(1, chars.length - 1), 0, mark)
  return chars.join('')
}

/** The value's place in a text that was written as a JSON string. */
function inJson(write: (text: string) => string, text: string, value: { start: number; end: number }): Placed {
  const marked = `${text.slice(0, value.start)}\u0001${text.slice(value.start, value.end)}\u0002${text.slice(value.end)}`
  const written = write(marked)
  const [before, rest] = written.split(/\\+u0001/) as [string, string]
  const [inner, after] = rest.split(/\\+u0002/) as [string, string]
  return { text: before + inner + after, start: before.length, end: before.length + inner.length }
}

/** The whole text encoded: the unit is what is to be masked. */
function encoded(encode: (text: string) => string, around: readonly string[]): Disguise {
  return (text, _value, rng) => {
    const unit = encode(text)
    const frame = rng.pick(around)
    const start = frame.indexOf('*')
    return { text: frame.replace('*', () => unit), start, end: start + unit.length, inside: true }
  }
}

const hexCode = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0')
const astral = (base: number, char: string, first: string): string =>
  String.fromCodePoint(base + char.charCodeAt(0) - first.charCodeAt(0))

/** Base58 tells capitals from small letters: in another case it is another value. */
const cased =
  (change: (text: string) => string): Disguise =>
  (text, { start, end }, _rng, { type }) => {
    const changed = change(text)
    // Some letters change length with their case; such a text would have another place for its value.
    if (type === 'CRYPTO' || type === 'MRZ' || changed === text || changed.length !== text.length) return undefined
    return { text: changed, start, end }
  }

export const DISGUISES: Readonly<Record<string, Disguise>> = {
  'full width': onValue((value) =>
    eachChar(value, (char) => (/[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)),
  ),
  'mathematical characters': onValue((value) =>
    eachChar(value, (char) => {
      if (/\d/.test(char)) return astral(0x1d7ce, char, '0')
      if (/[A-Z]/.test(char)) return astral(0x1d400, char, 'A')
      return /[a-z]/.test(char) ? astral(0x1d41a, char, 'a') : char
    }),
  ),
  'zero width': onValue((value, rng) =>
    insertInside(value, rng.pick(['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e']), rng),
  ),
  'soft hyphen': onValue((value, rng) => insertInside(value, '\u00ad', rng)),
  'look-alike letters': onValue((value) => eachChar(value, (char) => LOOK_ALIKE.get(char) ?? char)),
  'non-breaking spaces': onValue((value, rng) =>
    value.replaceAll(' ', rng.pick(['\u00a0', '\u202f'])).replaceAll('-', '\u2011'),
  ),
  percent: onValue((value) =>
    eachChar(value, (char) =>
      [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    ),
  ),
  'HTML entities': onValue((value, rng) => {
    const asHex = rng.chance(0.5)
    return eachChar(value, (char) => (asHex ? `&#x${char.codePointAt(0)!.toString(16)};` : `&#${char.codePointAt(0)};`))
  }),
  'JSON escapes': (text, value) =>
    inJson(
      (marked) => {
        const [before, rest] = marked.split('\u0001') as [string, string]
        const [inner, after] = rest.split('\u0002') as [string, string]
        const escaped = inner.replace(/[^]/g, (char) => `\\u${hexCode(char)}`)
        const quoted = (part: string): string => JSON.stringify(part).slice(1, -1)
        return `{"note":"${quoted(before)}\\u0001${escaped}\\u0002${quoted(after)}"}`
      },
      text,
      value,
    ),
  'JSON in JSON': (text, value) =>
    inJson((marked) => JSON.stringify({ event: 'note', body: JSON.stringify({ text: marked }) }), text, value),
  'tool arguments': (text, value) =>
    inJson(
      (marked) => `{"name":"save","arguments":${JSON.stringify(JSON.stringify({ input: { text: marked } }))}}`,
      text,
      value,
    ),
  base64: encoded(
    (text) => Buffer.from(text).toString('base64'),
    ['decode this: *', '{"payload":"*"}', 'data:text/plain;base64,*', 'body=*'],
  ),
  'base64 for URLs': encoded(
    (text) => Buffer.from(text).toString('base64url'),
    ['https://app.harborline.io/?state=*', 'token *'],
  ),
  hex: encoded((text) => Buffer.from(text).toString('hex'), ['hex dump *', '{"raw":"*"}', '0x*']),
  'upper case': cased((text) => text.toUpperCase()),
  'lower case': cased((text) => text.toLowerCase()),
}

/** Every structured type in every disguise that changes it. */
export function disguisedCases(half: Half, each: number): Disguised[] {
  return KINDS.flatMap((kind) => {
    const rng = createRng(`${half} evasion ${kind.type}`)
    return Object.entries(DISGUISES).flatMap(([disguise, apply]) =>
      Array.from({ length: each }, (): Disguised[] => {
        const { text, gold } = positive(rng, kind, half) as Required<Case>
        const placed = apply(text, gold, rng, kind)
        return placed === undefined ? [] : [{ type: kind.type, disguise, ...placed }]
      }).flat(),
    )
  })
}

/** Found is what would not leave: by any structured type, the whole of it. */
export function found(one: Disguised, detections: readonly Detection[], structured: ReadonlySet<string>): boolean {
  return detections.some(
    (detection) =>
      (structured.has(detection.type) || detection.type === 'SECRET') &&
      (one.inside === true ? overlaps(detection, one) : covers(one.text, detection, one)),
  )
}
