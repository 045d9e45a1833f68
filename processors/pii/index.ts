import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan, View } from '../../core/seam.ts'
import { MARK_SIZE, plainText, type Vocabulary } from '../scan/index.ts'
import { cardFinder } from './cards.ts'
import { learnOtherThings } from './context.ts'
import { emailFinder } from './emails.ts'
import type { Finder, Report } from './finder.ts'
import { ID_RULES } from './ids/index.ts'
import { createShapesFinder } from './shapes.ts'

export { CREDIT_CARD } from './cards.ts'
export { EMAIL_ADDRESS } from './emails.ts'

/** Kinds of marks begin below 0. */
const LOWEST_KIND = -8

/** The finders of each kind of mark, by kind. */
function findersByKind(finders: readonly Finder[]): (readonly Finder[] | undefined)[] {
  const byKind: Finder[][] = []
  for (const finder of finders) for (const kind of finder.kinds) (byKind[kind - LOWEST_KIND] ??= []).push(finder)
  return byKind
}

class Inspector {
  readonly hits: Hit[] = []
  readonly crowded: Set<number> = new Set()
  private readonly byKind: (readonly Finder[] | undefined)[]
  private view: View | undefined
  private readonly report: Report = ({ type, start, end, confidence, normal }) => {
    const { text } = this.view!
    if (this.hits.length >= MAX_HITS) this.crowded.add(text)
    else this.hits.push({ type, text, ...this.view!.original(start, end), confidence, normal })
  }
  constructor(byKind: (readonly Finder[] | undefined)[]) {
    this.byKind = byKind
  }

  inspect(view: View): void {
    const { marks, text } = view
    this.view = view
    for (let mark = 0; mark < marks.length; mark += MARK_SIZE) {
      const finders = this.byKind[marks[mark]! - LOWEST_KIND]
      if (finders === undefined) continue
      if (this.hits.length >= MAX_HITS) {
        this.crowded.add(text)
        return
      }
      for (const finder of finders) finder.find(view, mark, this.report)
    }
  }
}

/**
 * Looks at views, those of answers first, until there are as many hits as an interaction may have: a text that is nothing
 * but values must not hold up the others. The texts of the marks left are unscanned.
 */
function inspectViews({ texts, views }: Scan, byKind: (readonly Finder[] | undefined)[]): Inspection {
  const inspector = new Inspector(byKind)
  const isAnswer = (view: View): boolean => texts[view.text]!.place.direction === 'output'
  for (const view of views) if (isAnswer(view)) inspector.inspect(view)
  for (const view of views) if (!isAnswer(view)) inspector.inspect(view)
  return { hits: inspector.hits, unscanned: Array.from(inspector.crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

/** Personal data that its form, a check or the words around it give away. */
export function createPiiDetector(vocabulary: Vocabulary): Detector {
  const otherThings = learnOtherThings(vocabulary)
  const finders = [cardFinder, emailFinder, createShapesFinder(ID_RULES, vocabulary, otherThings)]
  const byKind = findersByKind(finders)
  return {
    name: 'pii',
    version: '2',
    types: finders.flatMap(({ types }) =>
      types.map(({ name, normal }) => ({ name, normal: (value: string) => normal(plainText(value)) })),
    ),
    inspect: (_interaction, scan) => inspectViews(scan, byKind),
  }
}
