import type { HitType, View } from '../../core/seam.ts'
import { MARK_SIZE, NUMBER, type Vocabulary, type WordId } from '../scan/index.ts'
import { capitalsAround } from './capitals.ts'
import { Choice } from './choice.ts'
import { learn, nearest, wordsNear } from './context.ts'
import { isDigitCode, isLetterCode, isWordCode, type Finder, type Report, type Token } from './finder.ts'
import type { IdRule } from './rule.ts'
import { compares, LONGEST_TOKEN, separatorStep, ShapeTree, type Shapes } from './shape-tree.ts'

/*
 * Finds the values of rules: what has the shape of one, holds its check, and is named by the words around it. Of rules
 * that claim the same characters one is meant (`choice.ts`).
 */

/** Tokens of letters before the first digits: `RSS MRA 85T10 A562S`. */
const MOST_LEADS = 3

export const compactOf = (value: string): string => value.replace(/[^0-9A-Za-z]+/g, '').toUpperCase()

interface Search {
  readonly tree: ShapeTree
  readonly otherThings: ReadonlySet<WordId>
  /** Letters in a token before the first digits, at most. */
  readonly longestLead: number
}

export function createShapesFinder(
  rules: readonly IdRule[],
  vocabulary: Vocabulary,
  otherThings: ReadonlySet<WordId>,
): Finder {
  const tree = new ShapeTree()
  const words = new Set<WordId>()
  for (const [order, rule] of rules.entries()) {
    const claim = { rule, words: learn(vocabulary, rule.words), order }
    for (const pattern of rule.shapes) tree.add(pattern, claim)
    if (rule.capitals === true) for (const word of claim.words) words.add(word)
  }
  const search = { tree, otherThings, longestLead: longestLead(rules) }
  const lengths = capitalLengths(rules)
  const find = (view: View, mark: number, report: Report, token: Token): void => {
    if (view.marks[mark] === NUMBER) findAtNumber(search, view, mark, token, report)
    else
      capitalsAround(view, mark, words, lengths, (start, last) => {
        if (!continuesLeft(view.content, start)) walk(search, view, last, start, true, report)
      })
  }
  return { types: hitTypes(rules), kinds: [NUMBER, ...words], find }
}

const capitalLengths = (rules: readonly IdRule[]): Set<number> =>
  new Set(
    rules
      .filter(({ capitals }) => capitals === true)
      .flatMap(({ shapes }) => shapes.map((shape) => shape.split(/[ \-./]/)[0]!.length)),
  )

/** Of the tokens that stand before a shape's first digit. */
const longestLead = (rules: readonly IdRule[]): number =>
  Math.max(0, ...rules.filter(({ capitals }) => capitals !== true).flatMap(({ shapes }) => shapes.flatMap(leadLengths)))

function leadLengths(shape: string): number[] {
  const tokens = shape.split(/[ \-./]/)
  const first = tokens.findIndex((token) => token.includes('9'))
  return tokens.slice(0, Math.max(first, 0)).map(({ length }) => length)
}

function findAtNumber(search: Search, view: View, mark: number, token: Token, report: Report): void {
  const { content } = view
  let lead = token.start
  for (let leads = 0; leads < MOST_LEADS; leads++) {
    const before = leadBefore(content, lead, search.longestLead)
    if (before === lead) break
    lead = before
    if (!continuesLeft(content, lead)) walk(search, view, mark, lead, false, report)
  }
  if (!continuesLeft(content, token.start)) walk(search, view, mark, token.start, false, report)
  if (!token.mixed) return
  // Scripts without gaps run into what they name: `身份证号11010519491231002X`.
  for (let start = token.start + 1; start < token.end; start++) {
    if (!isWordCode(content.charCodeAt(start)) || isWordCode(content.charCodeAt(start - 1))) continue
    if (!continuesLeft(content, start)) walk(search, view, mark, start, false, report)
  }
}

/** Follows the tree from `start` and reports what it meets. */
function walk(search: Search, view: View, mark: number, start: number, capitals: boolean, report: Report): void {
  const { content } = view
  const { tree } = search
  let node = 0
  let at = start
  for (;;) {
    let step = separatorStep(content.charCodeAt(at))
    if (step > 0) at++
    else {
      const tokenStart = at
      while (isWordCode(content.charCodeAt(at))) at++
      step = at - tokenStart
      if (step === 0 || step > LONGEST_TOKEN) return
    }
    node = tree.follow(node, step)
    if (node === 0) return
    const ends = tree.shapesAt(node)
    if (ends !== undefined && !continuesRight(content, at))
      tryShapes(search, ends, { view, mark, start, end: at, capitals }, report)
  }
}

/** Characters that have the lengths of some shapes. */
interface Value {
  readonly view: View
  readonly mark: number
  readonly start: number
  readonly end: number
  /** It was looked for as letters alone. */
  readonly capitals: boolean
}

function tryShapes(search: Search, ends: Shapes, value: Value, report: Report): void {
  const { view, start, end, capitals } = value
  let choice: Choice | undefined
  let named = false
  for (const shape of isDigitCode(view.content.charCodeAt(start)) ? ends.digitFirst : ends.letterFirst) {
    if ((capitals && !shape.capitals) || !compares(view.content, start, shape.pattern)) continue
    if (choice === undefined) {
      const near = wordsNear(view, lastMarkBefore(view, value.mark, end), start, end)
      named = nearest(near, ends.words) < Infinity
      if (!named && !ends.alone) return
      const text = view.content.slice(start, end)
      choice = new Choice(shape.digits ? text : compactOf(text), near, search.otherThings)
    }
    if (named) choice.hearNamed(shape, capitals)
    if (!capitals) for (const claim of shape.alone) choice.hear(claim)
  }
  if (choice?.claim === undefined) return
  report({ type: choice.claim.rule.type, start, end, confidence: choice.confidence, normal: choice.normal })
}

/** The last mark that ends in a value, from one before its end on. */
function lastMarkBefore({ marks }: View, mark: number, end: number): number {
  while (mark + MARK_SIZE < marks.length && marks[mark + MARK_SIZE + 2]! <= end) mark += MARK_SIZE
  return mark
}

/** Where a short letter token before `start` begins, with one separator between; `start` when there is none. */
function leadBefore(content: string, start: number, longest: number): number {
  const separator = content.charCodeAt(start - 1)
  if (separator !== 32 && (separator < 45 || separator > 47)) return start
  let at = start - 1
  while (start - at <= longest + 1 && isLetterCode(content.charCodeAt(at - 1))) at--
  const length = start - 1 - at
  return length === 0 || length > longest || isDigitCode(content.charCodeAt(at - 1)) ? start : at
}

const isCurrency = (code: number): boolean =>
  code === 0x24 || (code > 127 && (code === 0x20ac || code === 0xa3 || code === 0xa5 || code === 0x20b9))

/** `+`, `,`, `-`, `.`, `/` and `:`. */
const joins = (code: number): boolean => (code >= 43 && code <= 47) || code === 58

/** What stands before makes the value a piece of something longer. */
export function continuesLeft(content: string, start: number): boolean {
  const before = content.charCodeAt(start - 1)
  return isCurrency(before) || (joins(before) && isDigitCode(content.charCodeAt(start - 2)))
}

/** What stands behind does: `%`, `@`, `_`, or a separator and a digit. */
export function continuesRight(content: string, end: number): boolean {
  const behind = content.charCodeAt(end)
  if (behind === 37 || behind === 64 || behind === 95) return true
  return behind !== 43 && joins(behind) && isDigitCode(content.charCodeAt(end + 1))
}

function hitTypes(rules: readonly IdRule[]): HitType[] {
  const byType = new Map<string, IdRule[]>()
  for (const rule of rules) byType.set(rule.type, [...(byType.get(rule.type) ?? []), rule])
  return [...byType].map(([name, own]) => ({ name, normal: (value) => normalOf(own, value.trim()) }))
}

function normalOf(rules: readonly IdRule[], value: string): string | undefined {
  const written = rules.find(({ shapes }) =>
    shapes.some((pattern) => pattern.length === value.length && compares(value, 0, pattern)),
  )
  const normal = compactOf(value)
  return written === undefined || written.check(normal) === 'invalid' ? undefined : normal
}
