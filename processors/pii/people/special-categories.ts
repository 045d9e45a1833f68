import type { HitType } from '../../../core/seam.ts'
import { createScan, MARK_SIZE, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../context.ts'
import type { Finder } from '../finder.ts'
import { HEALTH_NOUNS, HEALTH_SIGNS, HEALTH_WORDS } from './health-words.ts'
import { GROUP_NAMES, GROUP_WORDS } from './group-words.ts'
import { WordSet } from '../word-set.ts'
import { codeAt } from '../finder.ts'

/*
 * What the law calls special categories: nationality, religion and politics (NRP), and health. Words alone do not say
 * whose they are, so they are counted with a low confidence and no more is made of them.
 */

export const NRP = 'NRP'
export const HEALTH = 'HEALTH'

const COUNTED = 0.5
/** None of the words is longer. */
const MOST_LENGTH = 64

interface Spellings {
  readonly any: readonly string[]
  /** Only with a capital: `polish`, `swede`. */
  readonly capital: readonly string[]
  /** Only in capitals: `als`, `aids`. */
  readonly capitals: readonly string[]
}

const PLACE = { direction: 'input', message: 0, part: 0, field: 'content' } as const

/** Of these words alone, in every spelling that is heard in a text. */
function typeOf(name: string, vocabulary: Vocabulary, wanted: WordSet): HitType {
  const scan = createScan(vocabulary)
  const isWhole = (text: string): boolean => {
    const marks = scan([{ place: PLACE, text }]).views[0]?.marks ?? []
    for (let at = 0; at < marks.length; at += MARK_SIZE)
      if (wanted.has(marks[at]!) && marks[at + 1] === 0 && marks[at + 2] === text.length) return true
    return false
  }
  return {
    name,
    why: 'a word of the list',
    normal: (value) => {
      const text = value.trim()
      return text.length <= MOST_LENGTH && isWhole(text) ? text.toLowerCase() : undefined
    },
  }
}

const isSmall = (code: number): boolean => code >= 97 && code <= 122

function wordsFinder(name: string, spellings: Spellings, vocabulary: Vocabulary): Finder {
  const { any, capital, capitals } = spellings
  const [anyIds, capitalIds, capitalsIds] = [any, capital, capitals].map((list) => learn(vocabulary, list)) as [
    WordSet,
    WordSet,
    WordSet,
  ]
  const wanted = new WordSet([...anyIds, ...capitalIds, ...capitalsIds])
  return {
    types: [typeOf(name, vocabulary, wanted)],
    kinds: [...wanted],
    find({ content, marks }, mark, report) {
      const start = marks[mark + 1]!
      const end = marks[mark + 2]!
      const small = isSmall(codeAt(content, start))
      if (small && !anyIds.has(marks[mark]!)) return
      if (capitalsIds.has(marks[mark]!) && isSmall(codeAt(content, end - 1))) return
      report({ type: name, start, end, confidence: COUNTED, normal: content.slice(start, end).toLowerCase() })
    },
  }
}

export const createSpecialFinders = (vocabulary: Vocabulary): readonly Finder[] => [
  wordsFinder(NRP, { any: GROUP_WORDS, capital: GROUP_NAMES, capitals: [] }, vocabulary),
  wordsFinder(HEALTH, { any: HEALTH_WORDS, capital: HEALTH_NOUNS, capitals: HEALTH_SIGNS }, vocabulary),
]
