import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, HitType, Inspection, Scan } from '../../core/seam.ts'
import { digitValue, isInvisible, isSeparator, scan } from '../scan/index.ts'
import { cardNumber, CREDIT_CARD, findCards } from './cards.ts'
import { EMAIL_ADDRESS, emailAt } from './emails.ts'

export { CREDIT_CARD } from './cards.ts'
export { EMAIL_ADDRESS } from './emails.ts'

const NOTHING: Inspection = { hits: [], unscanned: [] }

const creditCard: HitType = {
  name: CREDIT_CARD,
  normal(value) {
    let digits = ''
    for (const char of value.trim()) {
      const code = char.charCodeAt(0)
      if (digitValue(code) !== -1) digits += String(digitValue(code))
      else if (!isSeparator(code) && !isInvisible(code) && char !== '.' && char !== '\t') return undefined
    }
    return cardNumber(digits)
  },
}

/** What people paste around an address. */
const WRAPPED = /^\s*<?(?:mailto:)?|>?\s*$/gi

const email: HitType = {
  name: EMAIL_ADDRESS,
  normal(value) {
    const text = value.replace(WRAPPED, '')
    const place = { direction: 'meta', message: 0, part: 0, field: '' } as const
    const whole = scan([{ place, text }])
      .candidates.filter((candidate) => candidate.class === 'at')
      .map((candidate) => emailAt(text, candidate))
      .find((hit) => hit?.start === 0 && hit.end === text.length)
    return whole?.normal
  },
}

/**
 * Looks at candidates, those of answers first, until there are as many hits as an interaction may have: a text that is
 * nothing but values must not hold up the others. The texts of the candidates left are unscanned.
 */
function inspectCandidates({ texts, candidates }: Scan): Inspection {
  const hits: Hit[] = []
  const crowded = new Set<number>()
  const isAnswer = texts.map(({ place }) => place.direction === 'output')
  for (const answers of [true, false]) {
    for (const candidate of candidates) {
      if (isAnswer[candidate.text] !== answers) continue
      if (hits.length >= MAX_HITS) {
        crowded.add(candidate.text)
        continue
      }
      const { text } = texts[candidate.text]!
      if (candidate.class === 'digits') {
        if (!findCards(text, candidate, hits, MAX_HITS)) crowded.add(candidate.text)
        continue
      }
      const hit = emailAt(text, candidate)
      if (hit !== undefined) hits.push(hit)
    }
  }
  return { hits, unscanned: Array.from(crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

/** Payment card numbers and e-mail addresses. */
export function createPiiDetector(): Detector {
  return {
    name: 'pii',
    version: '1',
    types: [creditCard, email],
    inspect: (_interaction, found) => (found.candidates.length === 0 ? NOTHING : inspectCandidates(found)),
  }
}
