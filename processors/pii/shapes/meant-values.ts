import type { View } from '../../../core/seam.ts'
import { NAMED_AND_CHECKED, type Choice } from './choice.ts'
import { lastMarkBefore, mayBeNamed, wordsNear } from '../around/context.ts'
import { codeAt, isDigitCode, type Report } from '../finder.ts'
import { isLaidOutAsCard, meantAt } from './misread.ts'
import { cardNumber, CREDIT_CARD } from '../payment/cards.ts'
import type { RuleWords } from '../around/rule-words.ts'
import { compares, OF_DIGITS, separatorStep, type Shape, type ShapeTree, tokenStep } from './shape-tree.ts'

/* Values whose digits are not written as such: a word must name them, and their check hold. */

const MEANT = 0.75

const withoutSeparators = (digits: string): string => digits.replace(/\D/g, '')

export class MeantValues {
  private readonly tree: ShapeTree
  private readonly choice: Choice
  private readonly ruleWords: RuleWords

  constructor(tree: ShapeTree, choice: Choice, ruleWords: RuleWords) {
    this.tree = tree
    this.choice = choice
    this.ruleWords = ruleWords
  }

  /** Letters stand for digits in a number that begins at `start`; it may end before any of its separators. */
  atMisread(view: View, mark: number, start: number, report: Report): void {
    const { content } = view
    for (let digits = meantAt(content, start); digits !== undefined; digits = withoutLast(digits)) {
      const end = start + digits.length
      const card = isLaidOutAsCard(content, start, digits) ? cardNumber(withoutSeparators(digits)) : undefined
      if (card !== undefined) return report({ type: CREDIT_CARD, start, end, confidence: MEANT, normal: card })
      if (this.find(view, mark, start, end, digits, report)) return
    }
  }

  /** Whether a range that means the digits is some rule's. */
  private find(view: View, mark: number, start: number, end: number, digits: string, report: Report): boolean {
    const { choice } = this
    const shapes = this.shapesOf(digits)
    if (shapes.length === 0) return false
    const last = lastMarkBefore(view, mark, end)
    if (!mayBeNamed(view, last, start, end, this.ruleWords)) return false
    choice.begin(wordsNear(view, last, start, end), withoutSeparators(digits))
    choice.hearNamed(shapes, shapes.length, false)
    const { rule, why, normal } = choice
    if (rule === undefined || why !== NAMED_AND_CHECKED) return false
    report({ type: rule.type, start, end, confidence: MEANT, why, normal })
    return true
  }

  private shapesOf(digits: string): readonly Shape[] {
    let node = 0
    for (let at = 0; at < digits.length;) {
      const from = at
      let step = separatorStep(codeAt(digits, at++))
      if (step === 0) {
        while (isDigitCode(codeAt(digits, at))) at++
        step = tokenStep(OF_DIGITS, at - from)
      }
      node = this.tree.follow(node, step)
      if (node === 0) return []
    }
    return this.tree.shapesAt(node)?.shapes.filter(({ pattern }) => compares(digits, 0, pattern)) ?? []
  }
}

/** Without its last group. */
function withoutLast(digits: string): string | undefined {
  const groups = /^(.*\d)[ ./-]\d+$/.exec(digits)
  return groups === null ? undefined : groups[1]
}
