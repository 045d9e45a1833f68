import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan, View } from '../../core/seam.ts'
import { MARK_SIZE, NUMBER, plainText, type Vocabulary } from '../scan/index.ts'
import { createAddressFinder } from './contact/addresses.ts'
import { emailFinder } from './contact/emails.ts'
import { createPostcodeFinder } from './contact/postcodes.ts'
import { createSpeltEmailFinder } from './contact/spelt-emails.ts'
import { createPhoneFinder } from './contact/phones.ts'
import { forgetWords, learn, learnOtherThings } from './context.ts'
import { Token, type Finder, type Report } from './finder.ts'
import { ID_RULES } from './ids/index.ts'
import { mrzFinder } from './ids/mrz.ts'
import { createIpFinder } from './network/ip.ts'
import { createMacFinder } from './network/mac.ts'
import { urlCredentialsFinder } from './network/url-credentials.ts'
import { createAgeFinder } from './people/ages.ts'
import { createBirthDateFinder } from './people/birth-dates.ts'
import { createSpecialFinders } from './people/special-categories.ts'
import { createUsernameFinder } from './people/usernames.ts'
import { cardFinder } from './payment/cards.ts'
import { createCryptoFinder } from './payment/crypto.ts'
import { ibanFinder } from './payment/iban.ts'
import { createShapesFinder } from './shapes.ts'
import { forgetTable } from './tables.ts'

export { CREDIT_CARD } from './payment/cards.ts'
export { EMAIL_ADDRESS } from './contact/emails.ts'

/** Kinds of marks begin below 0. */
const LOWEST_KIND = -8

type ByKind = readonly (readonly Finder[] | undefined)[]

/** The finders of each kind of mark, by kind. */
function findersByKind(finders: readonly Finder[]): ByKind {
  const byKind: Finder[][] = []
  for (const finder of finders) for (const kind of finder.kinds) (byKind[kind - LOWEST_KIND] ??= []).push(finder)
  return byKind
}

/** By kind: whether a finder looks at it. Marks are many, and most of them are words that no finder begins at. */
const heardKinds = (byKind: ByKind): Uint8Array => Uint8Array.from(byKind, (finders) => (finders === undefined ? 0 : 1))

class Inspector {
  readonly hits: Hit[] = []
  readonly crowded: Set<number> = new Set()
  private readonly byKind: ByKind
  private readonly heard: Uint8Array
  private readonly token = new Token()
  private view: View | undefined
  private readonly report: Report = ({ type, start, end, confidence, normal }) => {
    const { text } = this.view!
    if (this.hits.length >= MAX_HITS) this.crowded.add(text)
    else this.hits.push({ type, text, ...this.view!.original(start, end), confidence, normal })
  }
  constructor(byKind: ByKind, heard: Uint8Array) {
    this.byKind = byKind
    this.heard = heard
  }

  inspect(view: View): void {
    const { marks, text } = view
    this.view = view
    for (let mark = 0; mark < marks.length; mark += MARK_SIZE) {
      const kind = marks[mark]! - LOWEST_KIND
      if (this.heard[kind] !== 1) continue
      const finders = this.byKind[kind]!
      if (this.hits.length >= MAX_HITS) {
        this.crowded.add(text)
        return
      }
      if (marks[mark] === NUMBER) this.token.read(view.content, marks[mark + 1]!, marks[mark + 2]!)
      for (const finder of finders) finder.find(view, mark, this.report, this.token)
    }
  }
}

/**
 * Looks at views, those of answers first, until there are as many hits as an interaction may have: a text that is nothing
 * but values must not hold up the others. The texts of the marks left are unscanned.
 */
function inspectViews({ texts, views }: Scan, byKind: ByKind, heard: Uint8Array): Inspection {
  const inspector = new Inspector(byKind, heard)
  const isAnswer = (view: View): boolean => texts[view.text]!.place.direction === 'output'
  for (const view of views) if (isAnswer(view)) inspector.inspect(view)
  for (const view of views) if (!isAnswer(view)) inspector.inspect(view)
  forgetWords()
  forgetTable()
  return { hits: inspector.hits, unscanned: Array.from(inspector.crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

function createFinders(vocabulary: Vocabulary): readonly Finder[] {
  const otherThings = learnOtherThings(vocabulary)
  const ids = learn(
    vocabulary,
    ID_RULES.flatMap(({ words }) => words),
  )
  return [
    cardFinder,
    ibanFinder,
    createCryptoFinder(vocabulary, otherThings),
    emailFinder,
    createPhoneFinder(vocabulary, new Set([...otherThings, ...ids])),
    createIpFinder(vocabulary),
    createMacFinder(vocabulary),
    urlCredentialsFinder,
    createSpeltEmailFinder(vocabulary),
    createBirthDateFinder(vocabulary),
    createAgeFinder(vocabulary),
    createUsernameFinder(vocabulary),
    createAddressFinder(vocabulary),
    createPostcodeFinder(vocabulary),
    ...createSpecialFinders(vocabulary),
    createShapesFinder(ID_RULES, vocabulary, otherThings),
    mrzFinder,
  ]
}

/** Personal data that its form, a check or the words around it give away. */
export function createPiiDetector(vocabulary: Vocabulary): Detector {
  const finders = createFinders(vocabulary)
  const byKind = findersByKind(finders)
  const heard = heardKinds(byKind)
  return {
    name: 'pii',
    version: '3',
    types: finders.flatMap(({ types }) =>
      types.map((type) => ({ name: type.name, normal: (value: string) => type.normal(plainText(value)) })),
    ),
    inspect: (_interaction, scan) => inspectViews(scan, byKind, heard),
  }
}
