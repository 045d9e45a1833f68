import { MOST_WORDS, type Nearby } from '../around/context.ts'
import type { IdRule, Verdict } from './rule.ts'
import type { RuleChecks } from './rule-checks.ts'
import type { RuleWords } from '../around/rule-words.ts'
import type { Shape } from './shape-tree.ts'
import type { WordSet } from '../around/word-set.ts'

/*
 * Which of the rules that claim the same characters is meant: of those named by a word the one whose word is nearest, or
 * longest where several end together, then the surest, then the earliest. A rule that needs no word wins only when surer.
 */

/** Named by a word, with a check that holds. */
const SURE = 0.95
/** Named by a word, by a scheme without a check. */
const LIKELY = 0.75
export const NAMED_AND_CHECKED = 'a word beside it, and its check holds'
const NAMED = 'its form and a word beside it'
export const CHECKED = 'its form, and its check holds'
/** How near a word for another thing must stand to take away what a shape says alone, unless that leaves no doubt. */
const OTHER_REACH = 40
const BEYOND_DOUBT = 0.93
/** A word behind a value says less than one before it, unless it stands right there, as in brackets. */
const BEHIND_PENALTY = 10
const RIGHT_BEHIND = 2
/** As if it stood so far before: what has `name: ` before it is named. */
const NEAR_BEHIND = 3
/** How near words stand that count only there. */
const CLOSE = 4
const NOWHERE = -1

function weighed({ before, distances }: Nearby, at: number): number {
  const distance = distances[at]!
  if (at < before) return distance
  return distance <= RIGHT_BEHIND ? NEAR_BEHIND : distance + BEHIND_PENALTY
}

/** Whether the word at one index says more than that at another: it is nearer by, or as near and longer. */
function saysMore(near: Nearby, one: number, other: number): boolean {
  const closer = weighed(near, other) - weighed(near, one)
  return closer > 0 || (closer === 0 && near.lengths[one]! > near.lengths[other]!)
}

/** Of the words for another thing the one that says most. */
function otherWord(near: Nearby, otherThings: WordSet): number {
  let most = NOWHERE
  for (let at = 0; at < near.count; at++)
    if (otherThings.has(near.words[at]!) && (most === NOWHERE || saysMore(near, at, most))) most = at
  return most
}

/** Made once and begun anew for each value. */
export class Choice {
  rule: IdRule | undefined
  confidence = 0
  why = ''
  normal = ''
  private readonly rules: readonly IdRule[]
  private readonly checks: RuleChecks
  private readonly ruleWords: RuleWords
  private readonly otherThings: WordSet
  private readonly closeWords: WordSet
  private near: Nearby | undefined
  /** The word for another thing that says most, and how near it stands. */
  private otherAt = NOWHERE
  private other = Infinity
  /** The number of the rule that is chosen: of two that say the same the first is meant. */
  private number = NOWHERE
  /** Of what a word names: how far that reaches back, and how near it stands. */
  private reach = 0
  private distance = Infinity
  /** Indexes of near words that name rules, those that say most first; and by index the word's row. */
  private readonly order: Int32Array = new Int32Array(MOST_WORDS)
  private readonly rows: Int32Array = new Int32Array(MOST_WORDS)
  private count = 0

  constructor(
    rules: readonly IdRule[],
    checks: RuleChecks,
    ruleWords: RuleWords,
    otherThings: WordSet,
    closeWords: WordSet,
  ) {
    this.closeWords = closeWords
    this.rules = rules
    this.checks = checks
    this.ruleWords = ruleWords
    this.otherThings = otherThings
  }

  begin(near: Nearby, normal: string): void {
    this.otherAt = otherWord(near, this.otherThings)
    this.other = this.otherAt === NOWHERE ? Infinity : weighed(near, this.otherAt)
    this.near = near
    this.normal = normal
    this.rule = undefined
    this.confidence = 0
    this.number = NOWHERE
    this.reach = 0
    this.distance = Infinity
    this.count = 0
    for (let at = 0; at < near.count; at++) {
      this.rows[at] = this.ruleWords.rowOf(near.words[at]!)
      if (this.rows[at] !== 0) this.addWord(at)
    }
  }

  private addWord(at: number): void {
    const { order } = this
    if (this.closeWords.has(this.near!.words[at]!) && weighed(this.near!, at) > CLOSE) return
    let place = this.count++
    for (; place > 0 && saysMore(this.near!, at, order[place - 1]!); place--) order[place] = order[place - 1]!
    order[place] = at
  }

  /** What the words near the value may mean by it, the nearest first, if it has the first `fits` of the shapes. */
  hearNamed(shapes: readonly Shape[], fits: number, capitals: boolean): void {
    for (let place = 0; place < this.count; place++) {
      const distance = weighed(this.near!, this.order[place]!)
      if (distance > this.distance || this.meansOther(this.order[place]!)) return
      for (let shape = 0; shape < fits; shape++) {
        const { rules } = shapes[shape]!
        for (let part = 0; part < rules.length; part++) this.hearPart(rules, part, place, distance, capitals)
      }
    }
  }

  /** Whether a word for another thing says more: `safety pin` than `pin`. */
  private meansOther(at: number): boolean {
    return this.otherAt !== NOWHERE && saysMore(this.near!, this.otherAt, at)
  }

  /** 32 of a shape's rules. */
  private hearPart(rules: Int32Array, part: number, place: number, distance: number, capitals: boolean): void {
    const at = this.order[place]!
    let named = this.ruleWords.namedOf(this.rows[at]!, rules, part)
    while (named !== 0) {
      const number = part * 32 + 31 - Math.clz32(named & -named)
      named &= named - 1
      if ((!capitals || this.checks.ofCapitals(number)) && !this.wasHeard(number, place))
        this.hearAt(number, at, distance)
    }
  }

  /** A word that says more names it too. */
  private wasHeard(number: number, place: number): boolean {
    for (let earlier = 0; earlier < place; earlier++)
      if (this.ruleWords.names(this.rows[this.order[earlier]!]!, number)) return true
    return false
  }

  private hearAt(number: number, at: number, distance: number): void {
    if (distance > this.checks.reach(number)) return
    // Many rules share a word, and most of them say nothing new.
    const reach = this.count === 1 ? 0 : this.reachOf(number, at)
    if (this.rule !== undefined && !this.mayBeBetter(number, reach)) return
    const confidence = confidenceOf(this.checks.verdict(number, this.normal))
    if (confidence === 0 || (this.rule !== undefined && !this.isBetter(number, reach, confidence))) return
    this.take(number, confidence, confidence === SURE ? NAMED_AND_CHECKED : NAMED)
    this.reach = reach
    this.distance = distance
  }

  /** How far a name reaches back from its last word: `uk passport` and `passport number` overlap to one longer name. */
  private reachOf(number: number, nearest: number): number {
    const { count, before, distances, lengths } = this.near!
    let reach = distances[nearest]! + lengths[nearest]!
    const side = nearest < before ? before : count
    for (let at = nearest + 1; at < side; at++)
      if (distances[at]! <= reach && this.ruleWords.names(this.rows[at]!, number))
        reach = Math.max(reach, distances[at]! + lengths[at]!)
    return reach
  }

  /** However sure it is. */
  private mayBeBetter(number: number, reach: number): boolean {
    return reach > this.reach || (reach === this.reach && (number < this.number || this.confidence < SURE))
  }

  private isBetter(number: number, reach: number, confidence: number): boolean {
    if (reach !== this.reach) return reach > this.reach
    return confidence > this.confidence || (confidence === this.confidence && number < this.number)
  }

  /** What the shape may be without any word for it. */
  hearAlone({ alone }: Shape): void {
    const elsewhere = this.other <= OTHER_REACH
    for (const number of alone) {
      const confidence = this.checks.alone(number)
      if (elsewhere && confidence < BEYOND_DOUBT) continue
      if (this.rule !== undefined) {
        if (confidence < this.confidence || (confidence === this.confidence && number > this.number)) continue
        if (this.isNamed(number)) continue
      }
      if (this.checks.verdict(number, this.normal) === 'valid') this.take(number, confidence, CHECKED)
    }
  }

  private isNamed(number: number): boolean {
    for (let place = 0; place < this.count; place++) {
      const at = this.order[place]!
      if (this.ruleWords.names(this.rows[at]!, number)) return !this.meansOther(at)
    }
    return false
  }

  private take(number: number, confidence: number, why: string): void {
    this.rule = this.rules[number]!
    this.number = number
    this.confidence = confidence
    this.why = why
  }
}

/** Of what a word names. */
function confidenceOf(verdict: Verdict): number {
  if (verdict === 'invalid') return 0
  return verdict === 'valid' ? SURE : LIKELY
}
