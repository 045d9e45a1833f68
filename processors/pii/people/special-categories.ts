import type { HitType } from '../../../core/seam.ts'
import { createScan, MARK_SIZE, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import type { Finder } from '../finder.ts'
import { HEALTH_NOUNS, HEALTH_SIGNS, HEALTH_WORDS } from './health-words.ts'
import { GROUP_NAMES, GROUP_WORDS } from './group-words.ts'
import { WordSet } from '../around/word-set.ts'
import { codeAt, isDigitCode, isLetterCode } from '../finder.ts'

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

const UNDERSCORE = 95

/** `TKN_U32_IBS`, `getGerman`, `thai_stem`, `STD3`: of a name in a program. */
const isOfProgram = (content: string, start: number, end: number): boolean =>
  codeAt(content, start - 1) === UNDERSCORE ||
  isLetterCode(codeAt(content, start - 1)) ||
  codeAt(content, end) === UNDERSCORE ||
  isDigitCode(codeAt(content, end))

/** What is said of a language or its letters, and of nobody. */
const OF_LANGUAGE =
  /^[ -](?:languages?|translations?|translators?|locales?|alphabet|keyboard|dictionary|grammar|spelling|subtitles|version|text|script|characters?|digits?|letters?|layout|fonts?|encodings?|Encodings?|debconf|man ?pages?|manpage|collation|CHARACTER|DIGIT|VOWEL|CURRENCY|NUMERAL|(?:SMALL |CAPITAL )?LETTER|small letter|capital letter|translation team)\b/
/** `LATIN SMALL LETTER O WITH STROKE`, `"stroke": "#ff8"`, `stroke-width`. */
const LETTER_WITH = /(?:WITH|SHORT|LONG) $/
const DRAWN = /^(?:-(?:width|opacity|line\w+|miterlimit|dash\w+|color|origin|position|repeat)|["']?[:=] ?["'#])/i

/** `Language-Team: Dutch`, `language "Swedish"`, `Simplified Chinese`. */
const LANGUAGE_BEFORE = /(?:Language-Team: ?|\blanguage["']?(?: ?[:=])? *["']|(?:Simplified|Traditional) )$/i
const LANGUAGE_REACH = 20
/** First names that are such words: `Christian Linhart`. */
const FIRST_NAME = /^(?:christian|chad|dane)$/i
const FAMILY_NAME =
  /^ (?!Church|Democrat|Union|Science|Faith|Right|Orthodox|Brother|Bible|Aid|Communit|Association|School|Universit|Party|Council|Arab|Copt|Fellowship|Values|Women|Men|Social)\p{Lu}\p{Ll}/u

function isOtherSense(content: string, start: number, end: number): boolean {
  if (LANGUAGE_BEFORE.test(content.slice(Math.max(0, start - LANGUAGE_REACH), start))) return true
  if (FIRST_NAME.test(content.slice(start, end)) && FAMILY_NAME.test(content.slice(end, end + 16))) return true
  const behind = codeAt(content, end)
  if (behind === SPACE || behind === HYPHEN) {
    if (OF_LANGUAGE.test(content.slice(end, end + 18))) return true
  }
  if (content.slice(start, end).toLowerCase() !== 'stroke') return false
  if (codeAt(content, start - 1) === HYPHEN && codeAt(content, end) === HYPHEN) return true
  return LETTER_WITH.test(content.slice(Math.max(0, start - 6), start)) || DRAWN.test(content.slice(end, end + 12))
}

const SPACE = 32
const HYPHEN = 45

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
      if (isOfProgram(content, start, end) || isOtherSense(content, start, end)) return
      report({ type: name, start, end, confidence: COUNTED, normal: content.slice(start, end).toLowerCase() })
    },
  }
}

export const createSpecialFinders = (vocabulary: Vocabulary): readonly Finder[] => [
  wordsFinder(NRP, { any: GROUP_WORDS, capital: GROUP_NAMES, capitals: [] }, vocabulary),
  wordsFinder(HEALTH, { any: HEALTH_WORDS, capital: HEALTH_NOUNS, capitals: HEALTH_SIGNS }, vocabulary),
]
