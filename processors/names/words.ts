import { fold, hashText, mix } from './hashing.ts'
import { factOf, type WordTable } from './lists.ts'
import type { Token, TokenKind } from './tokens.ts'

/*
 * What a word looks like and what is known about it, whatever stands around it. Words recur, so this is worked out once
 * per word and kept.
 */

/** The looks of a word. The numbers are part of the trained weights: add at the end, never reorder. */
export const SHAPE = {
  lower: 0,
  capital: 1,
  letter: 2,
  upper: 3,
  inner: 4,
  camel: 5,
  initial: 6,
  abbreviation: 7,
  number: 8,
  lowerNumber: 9,
  upperNumber: 10,
  identifier: 11,
  mark: 12,
  break: 13,
  handle: 14,
  tag: 15,
  lowerTag: 16,
  link: 17,
  mail: 18,
  uncased: 19,
  upperPlural: 20,
  smallLetter: 21,
  outside: 22,
} as const

export interface WordInfo {
  readonly hash: number
  readonly prefix3: number
  readonly prefix2: number
  readonly suffix2: number
  readonly suffix3: number
  readonly suffix4: number
  readonly shape: number
  readonly facts: number
  /** Some entry goes on behind it. */
  readonly opens: boolean
  /** The facts about names only. */
  readonly names: number
  readonly cue: number
  readonly common: number
  /** Names, cue and common, coarse enough to be put beside those of neighbours. */
  readonly brief: number
}

const KIND_SHAPE: Readonly<Partial<Record<TokenKind, number>>> = {
  number: SHAPE.number,
  mark: SHAPE.mark,
  break: SHAPE.break,
  handle: SHAPE.handle,
  link: SHAPE.link,
  mail: SHAPE.mail,
}

const LOOKS: readonly (readonly [RegExp, number])[] = [
  [/^\p{Ll}$/u, SHAPE.smallLetter],
  [/^\p{Lu}$/u, SHAPE.letter],
  [/^[\p{Ll}’']+$/u, SHAPE.lower],
  [/^\p{Lu}[\p{Ll}]+$/u, SHAPE.capital],
  [/^[\p{Lu}’']{2,}$/u, SHAPE.upper],
  [/^\p{Lu}\.$/u, SHAPE.initial],
  [/^(?:\p{L}\.)+\p{L}?$/u, SHAPE.abbreviation],
  [/^\p{Lu}{2,}s$/u, SHAPE.upperPlural],
  [/_/, SHAPE.identifier],
  [/^[\p{Ll}\d]+$/u, SHAPE.lowerNumber],
  [/^(?=.*\d)[\p{L}\d]+$/u, SHAPE.upperNumber],
  [/^\p{Ll}.*\p{Lu}/u, SHAPE.camel],
  [/^\p{Lu}.*\p{Lu}/u, SHAPE.inner],
]

function shapeOf(word: string, kind: TokenKind): number {
  const fixed = KIND_SHAPE[kind]
  if (fixed !== undefined) return fixed
  if (kind === 'tag') return /\p{Lu}/u.test(word) ? SHAPE.tag : SHAPE.lowerTag
  return LOOKS.find(([pattern]) => pattern.test(word))?.[1] ?? SHAPE.uncased
}

const ESCAPED = /\\u([0-9a-f]{4})/gi

/** The word as it is meant: escapes decoded, the `#` of a tag left out. */
export function spelling(text: string, { start, end, kind }: Token): string {
  const raw = text.slice(kind === 'tag' ? start + 1 : start, end)
  if (kind !== 'word' || !raw.includes('\\')) return raw
  return raw.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

const NAME_BITS = 0x1ff

const COMMON_CLASS = [0, 1, 1, 2, 2, 3, 4, 5]
const yes = (value: number): number => (value > 0 ? 1 : 0)

function briefOf(facts: number): number {
  const common = COMMON_CLASS[factOf(facts, 'common')]!
  const first = factOf(facts, 'first')
  const last = factOf(facts, 'last')
  const place = yes(factOf(facts, 'city')) | (yes(factOf(facts, 'region')) << 1)
  const person = (first > 1 ? 2 : first) * 3 + (last > 1 ? 2 : last)
  return ((person * 4 + place) * 2 + factOf(facts, 'organisation')) * 6 + common
}

/** What all tokens of a kind share: no address is like another, and each is treated alike. */
const KIND_WORD: Readonly<Partial<Record<TokenKind, string>>> = { handle: '@', link: '://', mail: '@.', break: '\n' }

export function describe(spelt: string, kind: TokenKind, table: WordTable): WordInfo {
  const word = KIND_WORD[kind] ?? fold(spelt)
  const hash = hashText(word)
  const shape = shapeOf(spelt, kind)
  const facts = shape === SHAPE.identifier ? 0 : table.find(hash)
  const cue = factOf(facts, 'cue')
  return {
    hash,
    prefix2: hashText(word.slice(0, 2)),
    prefix3: hashText(word.slice(0, 3)),
    suffix2: hashText(word.slice(-2)),
    suffix3: hashText(word.slice(-3)),
    suffix4: hashText(word.slice(-4)),
    shape,
    facts,
    opens: factOf(facts, 'opens') === 1,
    names: facts & NAME_BITS,
    cue,
    common: factOf(facts, 'common'),
    brief: mix(briefOf(facts), 7),
  }
}

/*
 * What the tagger sees of each token of a text lies in one array, a few numbers per token: reading objects that lie all
 * over the memory would take most of the time.
 */
export const LOOK = { hash: 0, shape: 1, names: 2, cue: 3, common: 4, brief: 5, opens: 6, word: 7 } as const
export const LOOK_SIZE = 8
/** The cue of words such as `server`: training/cues.ts. */
export const TECHNICAL_CUE = 13

/** `word` is whatever the caller wants to find the word by. */
export function writeLook(info: WordInfo, word: number, looks: Int32Array, at: number): void {
  const to = at * LOOK_SIZE
  looks[to] = info.hash
  looks[to + 1] = info.shape
  looks[to + 2] = info.names
  looks[to + 3] = info.cue
  looks[to + 4] = info.common
  looks[to + 5] = info.brief
  looks[to + 6] = info.opens ? 1 : 0
  looks[to + 7] = word
}

/** Stands before the beginning and behind the end of a sequence. */
export const OUTSIDE_WORD: WordInfo = {
  hash: 0,
  prefix2: 0,
  prefix3: 0,
  suffix2: 0,
  suffix3: 0,
  suffix4: 0,
  shape: SHAPE.outside,
  facts: 0,
  opens: false,
  names: 0,
  cue: 0,
  common: 0,
  brief: 0,
}
