import { chain, Rewriting, type Rewritten } from './rewriting.ts'

/*
 * Takes away the escapes of strings (`\n`, `\u0040`), URLs (`%40`) and HTML (`&#64;`), and again what they held escaped:
 * JSON is often found in a string of other JSON.
 */

const MOST_PASSES = 3

export function decode(text: string): Rewritten | undefined {
  let decoded: Rewritten | undefined
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = decodeOnce(decoded?.text ?? text)
    if (next === undefined) break
    decoded = chain(decoded, next)
  }
  return decoded
}

interface Unit {
  readonly end: number
  readonly plain: string
}

type ReadUnit = (text: string, at: number) => Unit | undefined

const READERS: readonly (readonly [sign: string, read: ReadUnit])[] = [
  ['\\', backslash],
  ['%', percent],
  ['&', entity],
]

function decodeOnce(text: string): Rewritten | undefined {
  if (!text.includes('\\') && !text.includes('%') && !text.includes('&')) return undefined
  const signs = READERS.map(([sign, read]) => ({ sign, read, at: text.indexOf(sign) })).filter(({ at }) => at !== -1)
  if (signs.length === 0) return undefined
  const rewriting = new Rewriting(text)
  for (;;) {
    let first = signs[0]
    for (const sign of signs) if (first === undefined || sign.at < first.at) first = sign
    if (first === undefined || first.at === NOWHERE) return rewriting.finish()
    const unit = first.read(text, first.at)
    if (unit !== undefined) rewriting.replace(first.at, unit.end, unit.plain)
    const from = unit?.end ?? first.at + 1
    for (const sign of signs) {
      if (sign.at >= from) continue
      const at = text.indexOf(sign.sign, from)
      sign.at = at === -1 ? NOWHERE : at
    }
  }
}

const NOWHERE = Number.MAX_SAFE_INTEGER

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  b: '\b',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
}

function backslash(text: string, at: number): Unit | undefined {
  const letter = text[at + 1]
  if (letter === undefined) return undefined
  const simple = SIMPLE[letter]
  if (simple !== undefined) return { end: at + 2, plain: simple }
  if (letter === 'x') return hexUnit(text, at + 2, 2)
  if (letter !== 'u') return undefined
  if (text[at + 2] === '{') {
    const digits = text.slice(at + 3, at + 10).indexOf('}')
    const unit = hexUnit(text, at + 3, digits)
    return unit && { plain: unit.plain, end: unit.end + 1 }
  }
  return hexUnit(text, at + 2, 4)
}

function hexUnit(text: string, start: number, digits: number): Unit | undefined {
  const code = hexNumber(text, start, digits)
  return code === undefined || code > 0x10ffff ? undefined : { end: start + digits, plain: String.fromCodePoint(code) }
}

function hexNumber(text: string, start: number, digits: number): number | undefined {
  let number = 0
  for (let at = start; at < start + digits; at++) {
    const value = hexDigit(text.charCodeAt(at))
    if (value === -1) return undefined
    number = number * 16 + value
  }
  return digits < 1 ? undefined : number
}

export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** One character of UTF-8, each byte a triple. */
function percent(text: string, at: number): Unit | undefined {
  const lead = hexNumber(text, at + 1, 2)
  if (lead === undefined) return undefined
  if (lead < 0x80) return { end: at + 3, plain: String.fromCharCode(lead) }
  const bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  const end = at + bytes * 3
  try {
    return { end, plain: decodeURIComponent(text.slice(at, end)) }
  } catch {
    return undefined
  }
}

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  comma: ',',
  colon: ':',
  hyphen: '-',
  dash: '-',
  lowbar: '_',
  plus: '+',
  num: '#',
  sol: '/',
  bsol: '\\',
  lpar: '(',
  rpar: ')',
  shy: '',
  zwj: '',
  zwnj: '',
}

function entity(text: string, at: number): Unit | undefined {
  ENTITY.lastIndex = at
  const match = ENTITY.exec(text)
  if (match === null) return undefined
  const [whole, decimal, hex, name] = match
  const end = at + whole.length
  if (name !== undefined) {
    const plain = NAMED[name]
    return plain === undefined ? undefined : { end, plain }
  }
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(decimal, 10)
  return code > 0x10ffff ? undefined : { end, plain: String.fromCodePoint(code) }
}
