import type { HitType } from '../../../core/seam.ts'
import type { Vocabulary, WordId } from '../../scan/index.ts'
import { learn } from '../context.ts'
import type { Finder } from '../finder.ts'
import { HEALTH_WORDS } from './health-words.ts'
import { GROUP_NAMES, GROUP_WORDS } from './group-words.ts'

/*
 * What the law calls special categories: nationality, religion and politics (NRP), and health. Words alone do not say
 * whose they are, so they are counted with a low confidence and no more is made of them.
 */

export const NRP = 'NRP'
export const HEALTH = 'HEALTH'

const COUNTED = 0.5

const type = (name: string): HitType => ({ name, normal: (value) => value.trim().toLowerCase() || undefined })

function wordsFinder(name: string, words: ReadonlySet<WordId>, capitalised: ReadonlySet<WordId>): Finder {
  return {
    types: [type(name)],
    kinds: [...new Set([...words, ...capitalised])],
    find({ content, marks }, mark, report) {
      const start = marks[mark + 1]!
      const end = marks[mark + 2]!
      const code = content.charCodeAt(start)
      // In small letters these are other words: `polish`, `swede`.
      if (capitalised.has(marks[mark]!) && code >= 97 && code <= 122) return
      report({ type: name, start, end, confidence: COUNTED, normal: content.slice(start, end).toLowerCase() })
    },
  }
}

export const createSpecialFinders = (vocabulary: Vocabulary): readonly Finder[] => [
  wordsFinder(NRP, learn(vocabulary, GROUP_WORDS), learn(vocabulary, GROUP_NAMES)),
  wordsFinder(HEALTH, learn(vocabulary, HEALTH_WORDS), new Set()),
]
