import { inflateRawSync } from 'node:zlib'
import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import { ATTRIBUTE_PREFIX } from '../../core/mask/index.ts'
import type { Detector, Hit, HitType, Inspection, Scan, ScanText, View } from '../../core/seam.ts'
import { plainText } from '../scan/index.ts'
import { withCued } from './cued.ts'
import { TYPES, type Mention, type NameLook, type NameType } from './labels.ts'
import { LISTS } from './lists.generated.ts'
import { unpackEntries, WordTable } from './lists.ts'
import { joinPersons, normalName, rangeOf, type NamedRange } from './mentions.ts'
import { unpackModel } from './model.ts'
import { isOfProgram } from './programs.ts'
import { Tagger } from './tagger.ts'
import { tokenise } from './tokens.ts'
import { WEIGHTS } from './weights.generated.ts'

/** Added where a name begins, by type: to miss a person is worse than to find one too many. */
const BIAS = [0.85, 1.35, 1.15]
/** What the tagger is less sure about is no hit: how a name is written, and of what type it is, say how sure it must be. */
const LEAST: Readonly<Record<NameLook, Readonly<Record<NameType, number>>>> = {
  usual: { PERSON: 0.28, LOCATION: 0.28, ORGANIZATION: 0.28 },
  shouted: { PERSON: 0.5, LOCATION: 0.28, ORGANIZATION: 0.28 },
  allSmall: { PERSON: 0.45, LOCATION: 0.55, ORGANIZATION: 0.5 },
  small: { PERSON: 0.7, LOCATION: 0.8, ORGANIZATION: 0.8 },
}

/** Many tokens, `Ji-woo Park`, are one name as a whole though one of them is unsure. */
const MANY = 4
const LEAST_OF_MANY = 0.2

const leastFor = ({ look, type, first, end }: Mention): number =>
  look === 'usual' && type === 'PERSON' && end - first >= MANY ? LEAST_OF_MANY : LEAST[look][type]

/** Numbers are other detectors' to name; a name that takes one in would hide it. */
const NUMBERED = /(?<!\\u|\\u\d)\d{2}/

let shared: Tagger | undefined

/** The trained tagger; unpacked at the first use and kept. */
export function sharedTagger(): Tagger {
  if (shared !== undefined) return shared
  const table = new WordTable(unpackEntries(Buffer.from(LISTS, 'base64')))
  shared = new Tagger(unpackModel(inflateRawSync(Buffer.from(WEIGHTS, 'base64'))), table, BIAS)
  return shared
}

/** The names in one text, in order. */
export function namesIn(text: string, tagger: Tagger = sharedTagger()): readonly NamedRange[] {
  const tokens = tokenise(text)
  const ranges: NamedRange[] = []
  for (const mention of tagger.tag(text, tokens)) {
    if (mention.confidence < leastFor(mention)) continue
    const range = rangeOf(text, tokens, mention)
    if (range === undefined || NUMBERED.test(text.slice(range.start, range.end))) continue
    if (isOfProgram(text, range.start, range.end)) continue
    // A name in two parts may have taken in what the tagger saw as the next one.
    if (range.start >= (ranges.at(-1)?.end ?? 0)) ranges.push(range)
  }
  return withCued(text, joinPersons(text, ranges))
}

const types: readonly HitType[] = TYPES.map((name) => ({
  name,
  why: 'a name among its words, as trained',
  normal: (value) => normalName(plainText(value)) || undefined,
}))

/** What people and models say. Labels are full of names that are nobody's: of providers, models, tools and services. */
const SPOKEN_FIELDS: ReadonlySet<string> = new Set([
  'content',
  'toolCalls.arguments',
  'toolCalls.result',
  'sources.content',
  'error.message',
  'evaluations.explanation',
])
/** An attribute is read when it is a sentence rather than a label. */
const SENTENCE = /\s\S+\s+\S+\s/

const isSpoken = ({ place, text }: ScanText): boolean =>
  SPOKEN_FIELDS.has(place.field) || (place.field.startsWith(ATTRIBUTE_PREFIX) && SENTENCE.test(text))

/** More digits would say more than is known. */
const inPercent = (confidence: number): number => Math.round(confidence * 100) / 100

type Reading = Pick<View, 'text' | 'content' | 'original'>

/** The readings of all texts, those of answers first; a text in which the scan saw nothing to mark is read as it stands. */
function readingsOf({ texts, views }: Scan): readonly Reading[] {
  const spoken = texts.map(isSpoken)
  const seen = new Set(views.map(({ text }) => text))
  const plain = texts.flatMap(({ text: content }, text): Reading[] =>
    seen.has(text) || !spoken[text] ? [] : [{ text, content, original: (start, end) => ({ start, end }) }],
  )
  const isAnswer = ({ text }: Reading): boolean => texts[text]!.place.direction === 'output'
  const all = [...views.filter(({ text }) => spoken[text]), ...plain]
  return [...all.filter(isAnswer), ...all.filter((reading) => !isAnswer(reading))]
}

function inspect(scan: Scan): Inspection {
  const hits: Hit[] = []
  const crowded = new Set<number>()
  for (const reading of readingsOf(scan)) {
    const { text, content } = reading
    if (hits.length >= MAX_HITS) {
      crowded.add(text)
      continue
    }
    for (const { type, start, end, confidence } of namesIn(content)) {
      if (hits.length >= MAX_HITS) crowded.add(text)
      else {
        const normal = normalName(content.slice(start, end))
        hits.push({ type, text, ...reading.original(start, end), confidence: inPercent(confidence), normal })
      }
    }
  }
  return { hits, unscanned: Array.from(crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

/** Names of people, places and organisations, by a small tagger over all words. */
export function createNamesDetector(): Detector {
  return { name: 'names', version: '4', types, guesses: true, inspect: (_interaction, scan) => inspect(scan) }
}
