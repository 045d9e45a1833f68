import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan, View } from '../../core/seam.ts'
import { MARK_SIZE, NUMBER, plainText, type Vocabulary } from '../scan/index.ts'
import { createAddressFinder } from './contact/addresses.ts'
import { emailFinder } from './contact/emails.ts'
import { createPostcodeFinder } from './contact/postcodes.ts'
import { createSpeltEmailFinder } from './contact/spelt-emails.ts'
import { createPhoneFinder } from './contact/phones.ts'
import { forgetWords, learn, learnOtherThings } from './around/context.ts'
import { Dispatch } from './dispatch.ts'
import { Token, type Finder, type Report, type Sighting } from './finder.ts'
import { ID_RULES } from './ids/index.ts'
import { mrzFinder } from './ids/mrz.ts'
import { createIpFinder } from './network/ip.ts'
import { createMacFinder } from './network/mac.ts'
import { urlCredentialsFinder } from './network/url-credentials.ts'
import { createAgeFinder } from './people/ages.ts'
import { createBirthDateFinder } from './people/birth-dates.ts'
import { createHealthMessageFinder } from './people/health-messages.ts'
import { createProfileFinder } from './people/profiles.ts'
import { createSpecialFinders } from './people/special-categories.ts'
import { createUsernameFinder } from './people/usernames.ts'
import { cardFinder } from './payment/cards.ts'
import { createCryptoFinder } from './payment/crypto.ts'
import { ibanFinder } from './payment/iban.ts'
import { swiftFinder } from './payment/swift.ts'
import { createShapesFinder } from './shapes/shapes.ts'
import { createStatementFinder, forgetStatements } from './tables/statements.ts'
import { forgetTable } from './tables/tables.ts'
import { WordSet } from './around/word-set.ts'

export { CREDIT_CARD } from './payment/cards.ts'
export { EMAIL_ADDRESS } from './contact/emails.ts'

function hitOf(view: View, { type, start: from, end: to, confidence, why, normal }: Sighting): Hit {
  const { text } = view
  const { start, end } = view.original(from, to)
  return why === undefined
    ? { type, text, start, end, confidence, normal }
    : { type, text, start, end, confidence, normal, why }
}

class Inspector {
  readonly hits: Hit[] = []
  readonly crowded: Set<number> = new Set()
  private readonly dispatch: Dispatch
  private readonly token = new Token()
  private view: View | undefined
  private readonly report: Report = (sighting) => {
    const { text } = this.view!
    if (this.hits.length >= MAX_HITS) this.crowded.add(text)
    else this.hits.push(hitOf(this.view!, sighting))
  }
  constructor(dispatch: Dispatch) {
    this.dispatch = dispatch
  }

  inspect(view: View): void {
    const { marks, text } = view
    const { dispatch } = this
    this.view = view
    for (let mark = 0; mark < marks.length; mark += MARK_SIZE) {
      const kind = marks[mark]!
      if (!dispatch.isHeard(kind)) continue
      if (this.hits.length >= MAX_HITS) {
        this.crowded.add(text)
        return
      }
      if (kind === NUMBER) this.inspectNumber(view, mark)
      else for (const find of dispatch.findersOf(kind)) find(view, mark, this.report, this.token)
    }
  }

  private inspectNumber(view: View, mark: number): void {
    const { token, dispatch } = this
    token.read(view.content, view.marks[mark + 1]!, view.marks[mark + 2]!)
    let wanting = dispatch.wanting(view.content, token)
    const { numbers } = dispatch
    for (let index = 0; wanting !== 0 && index < numbers.length; index++, wanting >>>= 1)
      if ((wanting & 1) !== 0) numbers[index]!(view, mark, this.report, token)
  }
}

/**
 * Looks at views, those of answers first, until there are as many hits as an interaction may have: a text that is nothing
 * but values must not hold up the others. The texts of the marks left are unscanned.
 */
function inspectViews({ texts, views }: Scan, dispatch: Dispatch): Inspection {
  const inspector = new Inspector(dispatch)
  const isAnswer = (view: View): boolean => texts[view.text]!.place.direction === 'output'
  for (const view of views) if (isAnswer(view)) inspector.inspect(view)
  for (const view of views) if (!isAnswer(view)) inspector.inspect(view)
  forgetWords()
  forgetTable()
  forgetStatements()
  return { hits: inspector.hits, unscanned: Array.from(inspector.crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

/** Everything that is looked for. */
export function createFinders(vocabulary: Vocabulary): readonly Finder[] {
  const otherThings = learnOtherThings(vocabulary)
  const ids = learn(
    vocabulary,
    ID_RULES.flatMap(({ words }) => words),
  )
  return [
    createStatementFinder(vocabulary),
    cardFinder,
    ibanFinder,
    createCryptoFinder(vocabulary, otherThings),
    emailFinder,
    createPhoneFinder(vocabulary, new WordSet([...otherThings, ...ids])),
    createIpFinder(vocabulary),
    createMacFinder(vocabulary),
    urlCredentialsFinder,
    createSpeltEmailFinder(vocabulary),
    createBirthDateFinder(vocabulary),
    createAgeFinder(vocabulary),
    createUsernameFinder(vocabulary),
    createProfileFinder(vocabulary),
    createHealthMessageFinder(vocabulary),
    createAddressFinder(vocabulary),
    createPostcodeFinder(vocabulary),
    ...createSpecialFinders(vocabulary),
    createShapesFinder(ID_RULES, vocabulary, otherThings),
    mrzFinder,
    swiftFinder,
  ]
}

/** Personal data that its form, a check or the words around it give away. */
export function createPiiDetector(vocabulary: Vocabulary): Detector {
  const finders = createFinders(vocabulary)
  const dispatch = new Dispatch(finders)
  return {
    name: 'pii',
    version: '5',
    types: finders.flatMap(({ types }) =>
      types.map((type) => ({ ...type, normal: (value: string) => type.normal(plainText(value)) })),
    ),
    inspect: (_interaction, scan) => inspectViews(scan, dispatch),
  }
}
