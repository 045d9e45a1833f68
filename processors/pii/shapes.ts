import type { HitType, View } from '../../core/seam.ts'
import { MARK_SIZE, NUMBER, type Vocabulary, type WordId } from '../scan/index.ts'
import { learn, nearest, wordsNear, type Near } from './context.ts'
import { isDigitCode, isWordCode, type Finder, type Report } from './finder.ts'
import type { IdRule, Verdict } from './rule.ts'

/*
 * Finds the values of rules. A shape is looked up by the lengths of its tokens and the separators between them, in one
 * tree for all rules; what has the right lengths is compared character by character, and what compares is checked.
 */

/** Named by a word, with a check that holds. */
const SURE = 0.95
/** Named by a word, by a scheme without a check. */
const LIKELY = 0.75
/** How near a word for another thing must stand to take away what a shape says alone. */
const OTHER_REACH = 40

const LONGEST_TOKEN = 40
/** A letter token this short may be the first part of a number: `AB 12 34 56 C`. */
const LONGEST_LEAD = 4

interface Shape {
  readonly rule: IdRule
  readonly pattern: string
  readonly words: ReadonlySet<WordId>
}

/** Lengths and separators to the shapes that have them. */
class ShapeTree {
  readonly shapes: Shape[] = []
  private readonly next = new Map<string, ShapeTree>()

  add(shape: Shape, steps: readonly string[]): void {
    const [step, ...rest] = steps
    if (step === undefined) this.shapes.push(shape)
    else {
      const node = this.next.get(step) ?? new ShapeTree()
      this.next.set(step, node)
      node.add(shape, rest)
    }
  }

  compile(into: CompiledTree): number {
    const node = into.add(this.shapes)
    for (const [step, tree] of this.next) into.link(node, stepCode(step), tree.compile(into))
    return node
  }
}

const STEP_BITS = 7
const SEPARATORS = ' -./'
const FIRST_SEPARATOR = 100

/** Which separator a character is, or -1. Asked for every number: cheaper than to look it up in the text of them. */
function separatorOf(code: number): number {
  if (code === 32) return 0
  return code >= 45 && code <= 47 ? code - 44 : -1
}

/** Of a separator, or of a token's length. */
const stepCode = (step: string): number => {
  const separator = SEPARATORS.indexOf(step)
  return separator === -1 ? Number(step) : FIRST_SEPARATOR + separator
}

class CompiledTree {
  readonly shapes: (readonly Shape[])[] = []
  private next = new Uint16Array(1 << (STEP_BITS + 4))

  add(shapes: readonly Shape[]): number {
    const node = this.shapes.push(shapes) - 1
    if ((node + 1) << STEP_BITS > this.next.length) {
      const grown = new Uint16Array(this.next.length * 2)
      grown.set(this.next)
      this.next = grown
    }
    return node
  }

  link(node: number, step: number, to: number): void {
    this.next[(node << STEP_BITS) | step] = to
  }

  /** 0 is the root, to which nothing leads back. */
  follow(node: number, step: number): number {
    return this.next[(node << STEP_BITS) | step]!
  }
}

function compile(rules: readonly IdRule[], vocabulary: Vocabulary): CompiledTree {
  const tree = new ShapeTree()
  for (const rule of rules) {
    const words = learn(vocabulary, rule.words)
    for (const pattern of rule.shapes) {
      const steps = pattern.split(/([ \-./])/).map((part) => (SEPARATORS.includes(part) ? part : String(part.length)))
      tree.add({ rule, pattern, words }, steps)
    }
  }
  const compiled = new CompiledTree()
  tree.compile(compiled)
  return compiled
}

/** Whether a text's characters from `start` are those of a shape. */
function compares(content: string, start: number, pattern: string): boolean {
  for (let index = 0; index < pattern.length; index++) if (!fits(content[start + index]!, pattern[index]!)) return false
  return true
}

function fits(char: string, wanted: string): boolean {
  const code = char.charCodeAt(0)
  if (wanted === '9') return isDigitCode(code)
  if (wanted === 'A') return isWordCode(code) && !isDigitCode(code)
  return wanted === '*' ? isWordCode(code) : char.toUpperCase() === wanted
}

export const compactOf = (value: string): string => value.replace(/[^0-9A-Za-z]+/g, '').toUpperCase()

export function createShapesFinder(
  rules: readonly IdRule[],
  vocabulary: Vocabulary,
  otherThings: ReadonlySet<WordId>,
): Finder {
  const tree = compile(rules, vocabulary)
  const find = (view: View, mark: number, report: Report): void => {
    const { content, marks } = view
    const end = marks[mark + 2]!
    let start = marks[mark + 1]!
    const lead = leadBefore(content, start)
    if (lead !== start && !continuesLeft(content, lead)) walk(tree, view, mark, lead, otherThings, report)
    // Scripts without gaps run into what they name: `身份证号11010519491231002X`.
    for (; start < end; start++) {
      if (!isWordCode(content.charCodeAt(start)) || isWordCode(content.charCodeAt(start - 1))) continue
      if (!continuesLeft(content, start)) walk(tree, view, mark, start, otherThings, report)
    }
  }
  return { types: hitTypes(rules), kinds: [NUMBER], find }
}

/** Follows the tree from `start` and reports what it meets. */
function walk(
  tree: CompiledTree,
  view: View,
  mark: number,
  start: number,
  otherThings: ReadonlySet<WordId>,
  report: Report,
): void {
  const { content } = view
  let node = 0
  let at = start
  for (;;) {
    const tokenStart = at
    while (isWordCode(content.charCodeAt(at))) at++
    const length = at - tokenStart
    if (length === 0 || length > LONGEST_TOKEN) return
    node = tree.follow(node, length)
    if (node === 0) return
    const shapes = tree.shapes[node]!
    if (shapes.length > 0 && !continuesRight(content, at)) tryShapes(shapes, view, mark, start, at, otherThings, report)
    const separator = separatorOf(content.charCodeAt(at))
    if (separator === -1) return
    node = tree.follow(node, FIRST_SEPARATOR + separator)
    if (node === 0) return
    at++
  }
}

function tryShapes(
  shapes: readonly Shape[],
  view: View,
  mark: number,
  start: number,
  end: number,
  otherThings: ReadonlySet<WordId>,
  report: Report,
): void {
  let near: readonly Near[] | undefined
  let normal: string | undefined
  for (const { rule, pattern, words } of shapes) {
    if (!compares(view.content, start, pattern)) continue
    normal ??= compactOf(view.content.slice(start, end))
    const verdict = rule.check(normal)
    if (verdict === 'invalid') continue
    near ??= wordsNear(view, lastMarkBefore(view, mark, end), start, end)
    const confidence = confidenceOf(verdict, rule.alone, nearest(near, words), nearest(near, otherThings))
    if (confidence > 0) report({ type: rule.type, start, end, confidence, normal })
  }
}

/** The mark of the last token that a value of several tokens has. */
function lastMarkBefore({ marks }: View, mark: number, end: number): number {
  while (mark + MARK_SIZE < marks.length && marks[mark + MARK_SIZE + 2]! <= end) mark += MARK_SIZE
  return mark
}

function confidenceOf(verdict: Verdict, alone: number | undefined, named: number, other: number): number {
  if (named <= other && named < Infinity) return verdict === 'valid' ? SURE : LIKELY
  return verdict === 'valid' && alone !== undefined && other > OTHER_REACH ? alone : 0
}

/** Where a short letter token before `start` begins, with one separator between; `start` when there is none. */
function leadBefore(content: string, start: number): number {
  if (separatorOf(content.charCodeAt(start - 1)) === -1) return start
  let at = start - 1
  while (start - at <= LONGEST_LEAD + 1 && isWordCode(content.charCodeAt(at - 1))) at--
  const length = start - 1 - at
  if (length === 0 || length > LONGEST_LEAD) return start
  for (let index = at; index < start - 1; index++) if (isDigitCode(content.charCodeAt(index))) return start
  return at
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
