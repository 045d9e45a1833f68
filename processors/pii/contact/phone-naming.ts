import type { View } from '../../../core/seam.ts'
import { MARK_SIZE } from '../../scan/index.ts'
import { withoutTie, wordsNear, type Nearby } from '../around/context.ts'
import { cellAt } from '../tables/tables.ts'
import type { Groups } from './phone-groups.ts'
import type { WordSet } from '../around/word-set.ts'
import { codeAt, isLetterCode } from '../finder.ts'

/* What the words around digits say of them. */

export interface Words {
  readonly phone: WordSet
  readonly call: WordSet
  /** Of these, those that say so only with a sign behind: `home: 9123 4567`. */
  readonly label: WordSet
  readonly other: WordSet
}

export interface Candidate {
  readonly view: View
  readonly mark: number
  readonly groups: Groups
  readonly words: Words
}

/**
 * What the words around say: a telephone; perhaps one, right beside the word (`call`) or in the same breath (`mention`);
 * nothing; or that it is something else.
 */
export type Naming = 'phone' | 'call' | 'mention' | 'nothing' | 'other'

const PHONE_REACH = 60
const CALL_REACH = 25
const OTHER_REACH = 40
const OTHER_BEHIND = 3
/** A solid layout is another thing only right beside that thing's name. */
const SOLID_REACH = 12
/** So much nearer a word that may mean a telephone must be than another thing. */
const CALL_LEAD = 15

/** A letter for the kind of telephone, and what stands before it, if anything does. */
const LABELS = 'tmpfcd'
/** `a/c: ...` */
const ACCOUNT = /(?:^|\W)a\/c$/i
const BEFORE_LABEL = /[\s|,;(/]/

/** `T: 030...`, `(m) 0170...` */
function isLabelled(content: string, start: number): boolean {
  let at = start - 1
  if (codeAt(content, at) === SPACE) at--
  const sign = codeAt(content, at)
  if ((sign !== FULL_STOP && sign !== COLON && sign !== CLOSING) || at === 0) return false
  if (!isLetterCode(codeAt(content, at - 1)) || !LABELS.includes(content[at - 1]!.toLowerCase())) return false
  if (ACCOUNT.test(content.slice(Math.max(0, at - 3), at))) return false
  return at === 1 || BEFORE_LABEL.test(content[at - 2]!)
}

const SPACE = 32
const CLOSING = 41
const FULL_STOP = 46
const COLON = 58

/** `parcel 4471 for ann (07700 900413)`: the word has its number already, and a word or bracket stands between. */
const ITS_OWN = /^\D{0,6}\d{3,}[^\d\n]*[\p{L}(;]/u

const hasItsOwn = (content: string, start: number, distance: number): boolean =>
  ITS_OWN.test(content.slice(start - distance, start))

/** `the phone number linked to my account is ...`: what the telephone belongs to. */
const OWNER =
  /\b(?:phone|mobile|cell|telephone|contact|fax|call ?back) (?:numbers? |nos?\.? )?(?:(?:is |was )?[a-z]{2,12} ){0,2}(?:with|on|for|to|in|of|under) (?:your|my|the|this|that|his|her|their|our|an?|[a-z]{2,9}['’]s) $/i
const OWNER_REACH = 64

const isOwner = (content: string, start: number): boolean =>
  OWNER.test(content.slice(Math.max(0, start - OWNER_REACH), start))

export function naming({ view, mark, groups, words }: Candidate, end: number, solid = false): Naming {
  const { content } = view
  const near = wordsNear(view, mark, groups.start, end)
  const phone = nearestThat(
    near,
    words.phone,
    (at) => near.distances[at]! <= PHONE_REACH && reaches(content, groups, near, at),
  )
  const other = nearestThat(near, words.other, (at) =>
    at < near.before
      ? near.distances[at]! <= OTHER_REACH &&
        !hasItsOwn(content, groups.start, near.distances[at]!) &&
        !isOwner(content, groups.start - near.distances[at]! - near.lengths[at]!)
      : near.distances[at]! <= OTHER_BEHIND,
  )
  if (phone <= other && phone < Infinity) return 'phone'
  if (isLabelled(content, groups.start)) return 'phone'
  if (other <= (solid ? SOLID_REACH : OTHER_REACH)) {
    const call = nearestThat(near, words.call, (at) => near.distances[at]! <= CALL_REACH)
    if (call + CALL_LEAD >= other) return 'other'
  }
  return callNaming({ view, mark, groups, words }, end, near)
}

function callNaming({ view, groups, words }: Candidate, end: number, near: Nearby): 'call' | 'mention' | 'nothing' {
  let mentioned = false
  for (let at = 0; at < near.count; at++) {
    if (near.distances[at]! > CALL_REACH || !words.call.has(near.words[at]!)) continue
    if (!reaches(view.content, groups, near, at)) continue
    if (isTied(view, words.label, groups.start, end, near, at)) return 'call'
    mentioned = true
  }
  return mentioned ? 'mention' : 'nothing'
}

/** `call me at`, `Kontakt:`, `contact, au`: nothing between but signs and the small words that lead from one to the other. */
const TIE =
  /^[\s:=,"'“”«»‘’()[\]#.–—-]{0,4}(?:(?:is|are|was|at|on|to|via|by|me|mich|uns|ihn|moi|nous|mij|mig|meg|us|him|her|them|our|my|his|line|ist|lautet|unter|pelo|pela|per|an|die|der|est|le|au|sur|es|al|el|en|la|è|il|é|o|no|ao|op|jest|pod|na|är|på|er)[\s:]{1,2}){0,3}[("'“«]?$/i
/** Scripts without spaces put a sign or two between. */
const WIDE_TIE = /^\s?[^\p{ASCII}]{0,3}[\s:]{0,2}$/u
/** `call Ann Smith at`, `reach out to Dr. Berger (`. */
const NAME_TIE =
  /^ (?:out to |with |to |up )?(?:(?:Mr|Mrs|Ms|Dr|Prof|Frau|Herrn?|Mme|M|Sr|Sra|Sig)\.? )?(?:\p{Lu}[\p{L}\p{M}'’.-]+ ){1,3}(?:(?:at|on|via|under|unter|au|al|op|na|pod|no|em) )?\(?$/u
const TIE_BEHIND = /^(?:\s?[([]|\s[-–—]\s)$/
const SIGN = /^\s?(?:[:=.(–-]|is |ist |est |es |jest |är |er )/

function isTied(view: View, labels: WordSet, start: number, end: number, near: Nearby, at: number): boolean {
  const { content } = view
  const distance = near.distances[at]!
  if (at >= near.before) return TIE_BEHIND.test(content.slice(end, end + distance))
  if (cellAt(view, start, end) !== undefined) return true
  const gap = content.slice(start - distance, start)
  if (labels.has(near.words[at]!) && !SIGN.test(gap)) return false
  return TIE.test(gap) || WIDE_TIE.test(gap) || NAME_TIE.test(gap)
}

/** How far behind its first digit a number may end. */
const MOST_LENGTH = 40

/** Cheap: whether some word that may name a number at `first` is near. */
export function mayBeNamed(view: View, mark: number, first: number, words: Words): boolean {
  const { content, marks } = view
  const names = (at: number): boolean => marks[at]! >= 0 && (words.phone.has(marks[at]!) || words.call.has(marks[at]!))
  for (let at = mark - MARK_SIZE; at >= 0 && first - marks[at + 2]! <= PHONE_REACH; at -= MARK_SIZE)
    if (names(at)) return true
  for (let at = mark + MARK_SIZE; at < marks.length && marks[at + 1]! - first <= MOST_LENGTH; at += MARK_SIZE)
    if (names(at)) return true
  return isLabelled(content, first) || cellAt(view, first, first) !== undefined
}

function nearestThat(near: Nearby, wanted: WordSet, holds: (at: number) => boolean): number {
  let least = Infinity
  for (let at = 0; at < near.count; at++)
    if (near.distances[at]! < least && wanted.has(near.words[at]!) && holds(at)) least = near.distances[at]!
  return least
}

/** Behind a number, a word belongs to it only right there. */
const BEHIND_REACH = 12
/** So near a word, nothing between can mean anything else. */
const CLOSE = 10
const LINE_END = /\n\s*[^\s:]/
const SENTENCE_END = /[.!?]\s+\p{Lu}|[{}]|"\s*,/u
/** `030 1234567 or`: another number in groups, and few short words. */
const LIST = /^[^\p{L}\n]*(?:(?:\p{L}{1,4}|eller|oppure)\.?[^\p{L}\n]*){0,2}$/u
/** The same before digits in one piece, which are more easily something else: a whole number before them, and `or`. */
const ANOTHER =
  /^[^\p{L}\n]*(?:\p{L}{1,4}\.?[^\p{L}\n]*)?\d[\d ()./-]{6,20},?(?: (?:or|and|oder|und|ou|et|o|y|e|of|en|lub|i|eller|och|og|veya|ve|oppure|или|и) | ?\/ ?)$/u

/** Whether what stands between the word and the number lets the one speak for the other. */
function reaches(content: string, { start, ends }: Groups, near: Nearby, at: number): boolean {
  const distance = near.distances[at]!
  if (at >= near.before) return distance <= BEHIND_REACH
  const gap = withoutTie(content.slice(start - distance, start))
  if (LINE_END.test(gap)) return false
  if (distance <= CLOSE) return true
  if (SENTENCE_END.test(gap)) return false
  return !/\d{3}/.test(gap) || (ends.length > 1 ? LIST : ANOTHER).test(gap)
}
