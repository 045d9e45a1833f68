import { isStrong } from './looks.ts'

/* Where a value behind a name begins and ends: in quotes, to the next blank, or with brackets and quotes of its own. */

export interface Part {
  readonly start: number
  readonly end: number
}

export interface Value extends Part {
  readonly quoted: boolean
  /** Strong with the brackets or quotes that are in it. */
  readonly proven?: true
}

const QUOTED = /(["'`])((?:(?!\1)[^\\\n]|\\.){1,400})\1/y
const BARE = /[^\s"'`<>,;(){}[\]，。、；「」『』（）【】]{1,400}/y

/** Of a query or form: `token=...&scope=all`. */
const NEXT_FIELD = /&[\w.%-]{1,40}=.*$/

/** Brackets and all, as machines make passwords. */
const WIDE = /[^\s"'`，。、；「」『』（）【】]{8,64}/y
const BRACKETS = ['()', '[]', '{}', '<>']

/** A call, or a path in a program's or a text's own markup. */
export const isExpression = (content: string, { start, end }: Value): boolean =>
  content[end] === '(' || content[start] === ':' || /^[a-z_]\w*\.[A-Za-z_.]+$/.test(content.slice(start, end))

export function valueAt(content: string, from: number): Value | undefined {
  QUOTED.lastIndex = from
  const quoted = QUOTED.exec(content)
  if (quoted !== null) return { start: from + 1, end: from + 1 + quoted[2]!.length, quoted: true }
  const end = endOf(BARE, content, from)
  if (end === undefined) return undefined
  const bare = content.slice(from, end).replace(NEXT_FIELD, '')
  return { start: from, end: from + bare.replace(/[.,!?:]+$/, '').length, quoted: false }
}

/** A call, a tag, a field of a query, a list. */
const OF_CODE = /<\/|^[A-Za-z_.]+[([{]|^\*+\w+\(|^[A-Za-z_]\w*(?:\.\w+)+\(|^[A-Za-z_]\w*\($|&\w+=|,/
/** A few letters in braces that no text is filled in with. */
const NO_GAP =
  /(?<![${<%])\{(?!(?:name|user|id|uid|env|host|port|pass|pw|pwd|key|val|value|year|month|day|date|time|ts|n|i|j|k|x|app|stage|zone|region|role|team|org|tier|num|idx|index|seed|rand|random|salt|suffix|prefix|secret|token|word|text|str|var|db|url|mode|city|slug|type|code|item|self|obj|data|arg|args|param|version|v|s|d|f)\})[A-Za-z]{1,6}\}/gi
/** What is left of a password without these. */
const MIXED = /^(?=.*\d)(?=.*[A-Z!@#$%^&*+=?~]).{5}/
/** Behind a pair a program goes on with a sign; and a pair around a name is a gap to be filled, around a class an expression. */
const PAIR_INSIDE = /^[^<>]*[)\]}](?:[A-Za-z0-9@#$^~]|[!%&*][A-Za-z0-9])/
const FILLED = /[${<%]\{|\{[A-Za-z_.]*\}|\[[^\]]*-[^\]]*\]|\\[dws]|\)[*+?]|,|=>|&\w+=|<\/|["'`]/

/** Without the brackets and signs of the text around; a brace that closes one inside belongs to the password. */
const withoutEnd = (text: string): string =>
  /^[^{}]*(?:\{[^{}]*\}[^{}]*)*\{[^{}]*\}$/.test(text) ? text : text.replace(/[)\]}>,;.:]+$/, '')

/** A password with brackets in it, unlike those of a program: not in pairs, or with more of it right behind one. */
function wideAt(content: string, from: number): Value | undefined {
  const end = endOf(WIDE, content, from)
  if (end === undefined) return undefined
  const text = withoutEnd(content.slice(from, end))
  const count = (sign: string): number => text.split(sign).length - 1
  const arePairs = BRACKETS.every((pair) => count(pair[0]!) === count(pair[1]!))
  const without = text.replace(NO_GAP, '')
  const isFilled = FILLED.test(MIXED.test(without) ? without : text)
  const isOfCode = arePairs ? !PAIR_INSIDE.test(text) || isFilled : OF_CODE.test(text)
  if (isOfCode || !isStrong(text, '', arePairs)) return undefined
  return { start: from, end: from + text.length, quoted: false, proven: true }
}

/** Behind a quote that is a part of it: `"p@"ss9!x"`, as escaped quotes are read, and `it's-R41ning`. */
const AFTER_QUOTE = /[A-Za-z0-9!@#$%^*_~-][^\s"'`<>,;:(){}[\]=]{0,40}/y
const CLOSES = /[\s,;)}\]>]|$/y

/** People end passwords with `!`, sentences with them seldom. */
function withMark(content: string, value: Value): Value {
  const { start, end, quoted } = value
  const marked = !quoted && content[end] === '!' && /\d/.test(content.slice(start, end))
  return marked && endOf(CLOSES, content, end + 1) !== undefined ? { start, end: end + 1, quoted } : value
}

/** A value with a quote in the midst of it, if what goes on behind the quote is no text of its own. */
function withQuote(content: string, value: Value): Value | undefined {
  const { start, end, quoted } = value
  const sign = content[end]!
  if (quoted ? sign !== content[start - 1] : sign !== "'" && sign !== '"') return undefined
  const last = endOf(AFTER_QUOTE, content, end + 1)
  if (last === undefined || (quoted && content[last] !== sign)) return undefined
  if (endOf(CLOSES, content, quoted ? last + 1 : last) === undefined) return undefined
  const text = content.slice(start, last).replace(/[.,!?:]+$/, quoted ? '$&' : '')
  return isStrong(text, '', true) ? { start, end: start + text.length, quoted, proven: true } : undefined
}

/** A password: what people choose may hold quotes and brackets. */
export function chosenAt(content: string, from: number): Value | undefined {
  const wide = wideAt(content, from)
  if (wide !== undefined) return wide
  const value = valueAt(content, from)
  return value && (withQuote(content, value) ?? withMark(content, value))
}

/** Where a sticky pattern that matches at `at` ends. */
export function endOf(pattern: RegExp, content: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(content) ? pattern.lastIndex : undefined
}
