import { fold } from './hashing.ts'
import type { Mention, NameType } from './labels.ts'
import { isNoName } from './no-names.ts'
import type { Token } from './tokens.ts'

/* From what the tagger says about tokens to ranges of the text: without titles, possessives and marks at the ends. */

export interface NamedRange {
  readonly type: NameType
  readonly start: number
  readonly end: number
  readonly confidence: number
}

const TITLE =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|rev|capt|lt|sgt|col|gen|hon|herr|herrn|frau|hr|fr|sr|sra|srta|senor|senora|don|dona|dra|mme|mlle|monsieur|madame|mademoiselle|maitre|signor|signora|sig|dott|dottssa|ing|senhor|senhora|meneer|mevrouw|dhr|mevr|pan|pani|hi|hello|hey|dear|hallo|hola|president|minister|senator|officer|detective|captain)$/

/** Nobody is called by a number. */
function cutNumber(tokens: readonly Token[], first: number, end: number): number {
  for (let index = first; index < end; index++) if (tokens[index]!.kind === 'number') return index
  return end
}

/** A title alone is nobody's name; other titles may be one. */
const BARE_TITLE =
  /^(?:mr|mrs|ms|miss|dr|prof|professor|sir|herr|herrn|frau|senor|senora|monsieur|madame|signora|pani)$/

/** Marks that may end a name: an initial's dot and a closing bracket of its own. */
const isMark = (text: string, { start, kind }: Token): boolean =>
  kind === 'break' || (kind === 'mark' && !/[&]/.test(text[start]!))

/** Marks that no name goes on behind. */
const ENDS_NAME = /[\t=<>{}[\];|:\\"“”«»*`~^_+%$!?#@•]/

/** Words of queries. */
const CLAUSE = /^(?:WHERE|FROM|JOIN|GROUP|ORDER|VALUES|LIMIT|HAVING|UNION)$/

/** Where a name ends at the latest: before such a mark, a gap, a line break or a tag, or at a dot between two words. */
function cutEnd(text: string, tokens: readonly Token[], first: number, end: number): number {
  for (let index = first + 1; index < end; index++) {
    const { kind, start, end: stop } = tokens[index]!
    if (start - tokens[index - 1]!.end > 1) return index
    if (kind === 'break' || kind === 'tag' || kind === 'link') return index
    if (kind === 'word' && CLAUSE.test(text.slice(start, stop))) return index
    if (kind !== 'mark') continue
    if (ENDS_NAME.test(text[start]!)) return index
    const glued = text[start] === '.' && tokens[index - 1]!.end === start && tokens[index + 1]?.start === stop
    if (glued) return index
  }
  return end
}

/** `max(`, `Math.pi`, `Foo::`: what stands directly behind a word makes it one of a program. */
const CODE_BEHIND = /^(?:\(|\.\p{Ll}|::|->|\[)/u
const CODE_BEFORE = /(?:[\p{L}\d)\]]\.|::|->|\$)$/u
const GOES_ON = /^[.(;[=]/
/** `o.CustomerId` */
const INNER = /\p{Ll}\p{Lu}/u
const CAMEL = /^\p{Ll}+\p{Lu}/u
/** Words that programs begin a line with. */
const KEYWORD =
  /^(?:def|class|func|fn|function|const|let|var|import|from|return|public|private|static|void|int|string|select|insert|update|delete|await|async|new|print|echo|export)$/
/** German writes every noun with a capital, and these are none's name. */
const NOUN = /^\p{Lu}[\p{L}-]*\p{Ll}{3}(?:nummer|konto|nr|datum|adresse|vertrag|rechnung|versicherung|karte)$/u
const COMMON_NOUN =
  /^\p{Lu}[\p{L}-]*\p{Ll}{4}(?:ung|heit|keit|schaft|tion|ismus|ienz|enz|krankheit|schmerzen|störung|erkrankung)$/u

/** A common noun of German; organisations are called by some of them. */
const isNoun = (word: string, type: NameType): boolean =>
  NOUN.test(word) || (type !== 'ORGANIZATION' && COMMON_NOUN.test(word))

/** Words that machines shout. */
const SHOUTED = /^(?:INFO|DEBUG|NOTICE|WARN|WARNING|ERROR|TRACE|FATAL|NULL|TRUE|FALSE|OK)$/

/** A single word that is a name of something in a program, or a single letter. */
function looksLikeCode(text: string, start: number, end: number, type: NameType): boolean {
  if (end - start === 1 || SHOUTED.test(text.slice(start, end))) return true
  const behind = text.slice(end, end + 2)
  const goesOn = GOES_ON.test(behind) || INNER.test(text.slice(start, end))
  if (CODE_BEHIND.test(behind) || (goesOn && CODE_BEFORE.test(text.slice(Math.max(0, start - 2), start)))) return true
  return type === 'PERSON' && CAMEL.test(text.slice(start, end))
}

/** `Ji` of `Ji-woo Park`, `Anna` of `Anna-Lena`: the rest of a name in two parts; but not `Nixon-era Washington`. */
const HYPHENATED =
  /-(?:\p{Lu}\p{Ll}+|(?!(?:era|style|like|based|led|born|backed|run|owned|only|free|related|esque|ish|and|or)\b)\p{Ll}{2,10} \p{Lu}\p{Ll}+)(?![\p{L}\d])/uy

function hyphenatedEnd(text: string, end: number): number {
  HYPHENATED.lastIndex = end
  return HYPHENATED.test(text) ? HYPHENATED.lastIndex : end
}

/** `2 kg`, `30 mins` */
const MEASURE = /^\d+ \p{Ll}+$/u

export function rangeOf(text: string, tokens: readonly Token[], mention: Mention): NamedRange | undefined {
  let { first, end } = mention
  const word = (index: number): string => text.slice(tokens[index]!.start, tokens[index]!.end)
  while (first < end && isMark(text, tokens[first]!)) first++
  end = cutEnd(text, tokens, first, end)
  if (mention.type === 'PERSON') end = cutNumber(tokens, first, end)
  if (mention.type === 'PERSON') {
    while (end - first > 1 && TITLE.test(fold(word(first)).replaceAll('.', ''))) {
      first++
      while (end - first > 1 && isMark(text, tokens[first]!)) first++
    }
  }
  while (end > first && (isMark(text, tokens[end - 1]!) || isPossessive(text, tokens, first, end))) end--
  if (first >= end || (mention.type === 'PERSON' && end - first === 1 && BARE_TITLE.test(fold(word(first)))))
    return undefined
  const start = tokens[first]!.kind === 'tag' ? tokens[first]!.start + 1 : tokens[first]!.start
  const last = mention.type === 'PERSON' ? hyphenatedEnd(text, tokens[end - 1]!.end) : tokens[end - 1]!.end
  if (end - first === 1 && looksLikeCode(text, start, last, mention.type)) return undefined
  if (KEYWORD.test(word(first)) || MEASURE.test(text.slice(start, last))) return undefined
  if (isNoun(text.slice(start, last), mention.type)) return undefined
  if (tokens.slice(first, end).every((_, index) => isNoName(fold(word(first + index)), mention.type))) return undefined
  return { type: mention.type, start, end: last, confidence: mention.confidence }
}

/** The `s` of `Anna's`. */
function isPossessive(text: string, tokens: readonly Token[], first: number, end: number): boolean {
  if (end - first < 3) return false
  const { start, end: stop } = tokens[end - 1]!
  const before = tokens[end - 2]!
  return stop - start === 1 && /[sS]/.test(text[start]!) && before.end === start && /['’]/.test(text[before.start]!)
}

/** Names are the same however they are written: case, accents, dots and spaces do not count. */
export const normalName = (value: string): string =>
  fold(value.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))))
    .replaceAll(/[.,"“”#]/g, ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .trim()

/** Small words inside names: `Femke de Vries`. */
const PARTICLES = new Set(
  'de del della di da do dos das von vom zu van der den ten ter la le al bin ibn ben el af av'.split(' '),
)
/** A place that the tagger is less sure of belongs to the name before it: `Ana de Toledo`. */
const SURE_PLACE = 0.8

/** What stands between two ranges lets them be one name: a space, or particles. */
function bridges(between: string): boolean {
  const words = between.split(' ')
  if (words.length < 2 || words.length > 4 || words[0] !== '' || words.at(-1) !== '') return false
  return words.slice(1, -1).every((word) => PARTICLES.has(word.toLowerCase()))
}

/** Persons that the tagger cut in two are one again. Ranges are in order. */
export function joinPersons(text: string, ranges: readonly NamedRange[]): NamedRange[] {
  const joined: NamedRange[] = []
  for (const range of ranges) {
    const before = joined.at(-1)
    const between = before === undefined ? '' : text.slice(before.end, range.start)
    const goesOn =
      before?.type === 'PERSON' &&
      (range.type === 'PERSON' || (between.length > 1 && range.type === 'LOCATION' && range.confidence < SURE_PLACE))
    if (before === undefined || !goesOn || !bridges(between)) joined.push(range)
    else
      joined[joined.length - 1] = {
        ...before,
        end: range.end,
        confidence: Math.min(before.confidence, range.confidence),
      }
  }
  return joined
}
