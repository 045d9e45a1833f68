import type { HitType, View } from '../../../core/seam.ts'
import { MARK_SIZE, NUMBER, type Vocabulary } from '../../scan/index.ts'
import { capitalsAround, readsAsWords } from './capitals.ts'
import { CHECKED, Choice } from './choice.ts'
import { isAmongFigures, isInDump } from '../around/dumps.ts'
import { lastMarkBefore, learn, mayBeNamed, wordsNear } from '../around/context.ts'
import {
  codeAt,
  isDigitCode,
  isLetterCode,
  isWordCode,
  NO_CODE,
  type Finder,
  type Report,
  type Token,
} from '../finder.ts'
import { continuesLeft, continuesRight } from './edges.ts'
import { MeantValues } from './meant-values.ts'
import { mayBeMisread, misreadStart } from './misread.ts'
import type { IdRule } from './rule.ts'
import {
  compares,
  LONGEST_TOKEN,
  OF_BOTH,
  OF_DIGITS,
  OF_LETTERS,
  separatorStep,
  ShapeTree,
  tokenStep,
  type Shape,
  type Shapes,
} from './shape-tree.ts'
import { RuleChecks } from './rule-checks.ts'
import { RuleWords } from '../around/rule-words.ts'
import { WordSet } from '../around/word-set.ts'

/*
 * Finds the values of rules: what has the shape of one, holds its check, and is named by the words around it. Of rules
 * that claim the same characters one is meant (`choice.ts`).
 */

/** Tokens of letters before the first digits: `RSS MRA 85T10 A562S`. */
const MOST_LEADS = 3

export const compactOf = (value: string): string => compactAt(value, 0, value.length)

/** Letters and digits of a part of a text, in capitals. Most values are in one piece, or a few. */
function compactAt(content: string, start: number, end: number): string {
  let compact = ''
  let small = false
  let from = start
  for (let at = start; at <= end; at++) {
    const code = at < end ? codeAt(content, at) : NO_CODE
    if (isWordCode(code)) {
      if (code > LAST_CAPITAL) small = true
      continue
    }
    if (at > from) compact += content.slice(from, at)
    from = at + 1
  }
  return small ? compact.toUpperCase() : compact
}

const LAST_CAPITAL = 90

export function createShapesFinder(rules: readonly IdRule[], vocabulary: Vocabulary, otherThings: WordSet): Finder {
  const search = new ShapeSearch(rules, vocabulary, otherThings)
  const { capitalWords } = search
  const lengths = capitalLengths(rules)
  const amongCapitals = (view: View, mark: number, report: Report): void =>
    capitalsAround(view, mark, capitalWords, lengths, (start, last) => {
      if (!continuesLeft(view.content, start)) search.atCapitals(view, last, start, report)
    })
  // Apart, so that nothing is made for a number: they are many.
  const find = (view: View, mark: number, report: Report, token: Token): void =>
    view.marks[mark] === NUMBER ? search.atNumber(view, mark, token, report) : amongCapitals(view, mark, report)
  return { types: hitTypes(rules), kinds: [NUMBER, ...capitalWords], find }
}

const capitalLengths = (rules: readonly IdRule[]): Set<number> =>
  new Set(
    rules
      .filter(({ capitals }) => capitals === true)
      .flatMap(({ shapes }) => shapes.map((shape) => shape.split(/[ \-./]/)[0]!.length)),
  )

/**
 * Of the tokens of letters that may stand before a shape's first digit: their lengths as bits, by how many stand between
 * them and it.
 */
function leadLengths(rules: readonly IdRule[]): number[] {
  const lengths = Array<number>(MOST_LEADS).fill(0)
  for (const shape of rules.flatMap(({ shapes }) => shapes)) {
    const tokens = shape.split(/[ \-./+()]+/)
    for (let first = 1; first < tokens.length && !/[0-9]/.test(tokens[first - 1]!); first++)
      for (let lead = 0; lead < Math.min(first, MOST_LEADS); lead++)
        lengths[lead]! |= 1 << tokens[first - 1 - lead]!.length
  }
  return lengths
}

class ShapeSearch {
  /** Words of rules whose values may be letters alone. */
  readonly capitalWords: WordSet
  private readonly gluedWords: WordSet
  private readonly checks: RuleChecks
  private readonly tree: ShapeTree
  private readonly ruleWords: RuleWords
  private readonly leads: readonly number[]
  /** The same of rules whose letters are capitals. */
  private readonly capitalLeads: readonly number[]
  private readonly longestLead: number
  private readonly choice: Choice
  private readonly meant: MeantValues
  /** The shapes of the value that is looked at: the first so many. */
  private readonly fitting: Shape[] = []
  private fits = 0

  constructor(rules: readonly IdRule[], vocabulary: Vocabulary, otherThings: WordSet) {
    const words = rules.map(({ words: own, close = [] }) => learn(vocabulary, [...own, ...close]))
    const ofRules = (read: (rule: IdRule) => readonly string[] | undefined): WordSet =>
      learn(
        vocabulary,
        rules.flatMap((rule) => read(rule) ?? []),
      )
    this.gluedWords = ofRules(({ glued }) => glued)
    this.capitalWords = new WordSet(words.flatMap((own, rule) => (rules[rule]!.capitals === true ? [...own] : [])))
    this.checks = new RuleChecks(rules)
    this.tree = new ShapeTree(rules)
    this.ruleWords = new RuleWords(words)
    this.choice = new Choice(
      rules,
      this.checks,
      this.ruleWords,
      otherThings,
      ofRules(({ close }) => close),
    )
    this.meant = new MeantValues(this.tree, this.choice, this.ruleWords)
    this.leads = leadLengths(rules.filter(({ upright }) => !upright))
    this.capitalLeads = leadLengths(rules.filter(({ upright }) => upright))
    this.longestLead = Math.max(...[...this.leads, ...this.capitalLeads].map((lengths) => 31 - Math.clz32(lengths)))
  }

  atNumber(view: View, mark: number, token: Token, report: Report): void {
    const { content } = view
    let start = token.start
    for (let more = 0; more < MOST_LEADS; more++) {
      const lead = leadBefore(content, start, this.longestLead)
      const length = start - 1 - lead
      if (((this.leads[more]! >> length) & 1) === 0)
        if (((this.capitalLeads[more]! >> length) & 1) === 0 || codeAt(content, lead) > LAST_CAPITAL) break
      start = lead
      if (!continuesLeft(content, start)) this.walk(view, mark, start, false, report)
    }
    if (!continuesLeft(content, token.start)) this.walk(view, mark, token.start, false, report)
    if (token.digits === 0 && mark > 0) this.atGlued(view, mark, token, report)
    if (mayBeMisread(content, token)) this.atMisread(view, mark, misreadStart(content, token.start), report)
    if (!token.mixed) return
    // Scripts without gaps run into what they name: `身份证号11010519491231002X`.
    for (let at = token.start + 1; at < token.end; at++) {
      if (!isWordCode(codeAt(content, at)) || isWordCode(codeAt(content, at - 1))) continue
      if (!continuesLeft(content, at)) this.walk(view, mark, at, false, report)
    }
  }

  /** Letters stand for digits. */
  private atMisread(view: View, mark: number, start: number, report: Report): void {
    if (!continuesLeft(view.content, start)) this.meant.atMisread(view, mark, start, report)
  }

  /** Behind a word that ends where its first digit stands. */
  private atGlued(view: View, mark: number, { start }: Token, report: Report): void {
    const { marks, content } = view
    const word = mark - MARK_SIZE
    if (!this.gluedWords.has(marks[word]!) || marks[word + 1] !== start) return
    const end = marks[word + 2]!
    if (isDigitCode(codeAt(content, end))) this.walk(view, mark, end, false, report)
  }

  atCapitals(view: View, mark: number, start: number, report: Report): void {
    this.walk(view, mark, start, true, report)
  }

  /** Follows the tree from `start` and reports what it meets. `capitals`: values are looked for as letters alone. */
  private walk(view: View, mark: number, start: number, capitals: boolean, report: Report): void {
    const { content } = view
    const { tree } = this
    let node = 0
    let at = start
    /** A bit for each character: it is a digit. */
    let digits = 0
    for (;;) {
      let step = separatorStep(codeAt(content, at))
      if (step > 0) at++
      else {
        const from = at
        let kinds = 0
        for (let kind = wordKind(codeAt(content, at)); kind > 0; kind = wordKind(codeAt(content, ++at))) {
          kinds |= kind
          digits |= (kind & A_DIGIT) << (at - start)
        }
        if (kinds === 0 || at - from > LONGEST_TOKEN) return
        step = tokenStep(KIND_OF[kinds]!, at - from)
      }
      node = tree.follow(node, step)
      if (node === 0) return
      const ends = tree.shapesAt(node)
      if (ends === undefined || continuesRight(content, at)) continue
      if (this.collect(content, start, ends, digits, capitals))
        this.decide(view, mark, start, at, ends, capitals, report)
    }
  }

  /** The shapes that the characters from `start` have; false when there is none. */
  private collect(content: string, start: number, ends: Shapes, digits: number, capitals: boolean): boolean {
    const { fitting } = this
    let count = 0
    for (const shape of ends.shapes) {
      if ((digits & shape.digits) !== shape.digits || (digits & shape.letters) !== 0) continue
      if ((capitals && !shape.capitals) || (shape.fixed && !compares(content, start, shape.pattern))) continue
      fitting[count++] = shape
    }
    this.fits = count
    return count > 0
  }

  /** Cheap: whether the characters hold some check that proves them without a word. */
  private mayStandAlone(content: string, start: number, end: number): boolean {
    const compact = compactAt(content, start, end)
    for (let at = 0; at < this.fits; at++)
      for (const rule of this.fitting[at]!.alone) if (this.checks.verdict(rule, compact) === 'valid') return true
    return false
  }

  /** Reports characters that have some shapes if the words around, or they themselves, say what they are. */
  private decide(
    view: View,
    mark: number,
    start: number,
    end: number,
    { alone }: Shapes,
    capitals: boolean,
    report: Report,
  ): void {
    const { choice, fitting, fits, ruleWords } = this
    const last = lastMarkBefore(view, mark, end)
    if (!mayBeNamed(view, last, start, end, ruleWords) && !(alone && this.mayStandAlone(view.content, start, end)))
      return
    const near = wordsNear(view, last, start, end)
    let named = false
    for (let at = 0; at < near.count && !named; at++) named = ruleWords.rowOf(near.words[at]!) > 0
    if (!named && !alone) return
    const { content } = view
    choice.begin(near, compactAt(content, start, end))
    if (named) choice.hearNamed(fitting, fits, capitals)
    for (let at = 0; at < fits && !capitals; at++) {
      const shape = fitting[at]!
      if (shape.alone.length > 0 && !(shape.parted && readsAsWords(content, start, end))) choice.hearAlone(shape)
    }
    const { rule, confidence, why, normal } = choice
    if (rule === undefined || (!rule.capitals && isNumberedWord(content, start, end))) return
    if (rule.upright && readsAsWords(content, start, end)) return
    if (isInDump(content, start) || (why === CHECKED && isAmongFigures(content, start))) return
    report({ type: rule.type, start, end, confidence, why, normal })
  }
}

/** `Strategy2`: a word of a text or program, and which one; no value that may be letters alone. */
const NUMBERED_WORD = /^[A-Za-z][a-z]{4,}\d{1,6}$/
const isNumberedWord = (content: string, start: number, end: number): boolean =>
  isLetterCode(codeAt(content, start + 4)) && NUMBERED_WORD.test(content.slice(start, end))

const A_DIGIT = 1
const A_LETTER = 2
const WORD_KINDS = Uint8Array.from({ length: 128 }, (_, code) =>
  isDigitCode(code) ? A_DIGIT : isLetterCode(code) ? A_LETTER : 0,
)
const wordKind = (code: number): number => (code < 128 ? WORD_KINDS[code]! : 0)
/** By what was met in a token. */
const KIND_OF = [0, OF_DIGITS, OF_LETTERS, OF_BOTH]

/** Where a short letter token before `start` begins, with one separator between; `start` when there is none. */
function leadBefore(content: string, start: number, longest: number): number {
  const separator = codeAt(content, start - 1)
  if (separator !== 32 && (separator < 45 || separator > 47)) return start
  let at = start - 1
  while (start - at <= longest + 1 && isLetterCode(codeAt(content, at - 1))) at--
  const length = start - 1 - at
  return length === 0 || length > longest || isDigitCode(codeAt(content, at - 1)) ? start : at
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
