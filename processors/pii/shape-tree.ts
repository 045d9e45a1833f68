import type { WordId } from '../scan/index.ts'
import { isDigitCode, isLetterCode, isWordCode } from './finder.ts'
import type { IdRule } from './rule.ts'

/*
 * All shapes in one tree, looked up by the lengths of their tokens and what separates them. What has the right lengths is
 * compared character by character.
 */

/** A rule that writes its values in a shape. */
export interface Claim {
  readonly rule: IdRule
  readonly words: ReadonlySet<WordId>
  /** Of two that say the same of a value the one that comes first is meant. */
  readonly order: number
}

/** A shape and the rules that have it. */
export interface Shape {
  readonly pattern: string
  /** By the words that name them. */
  readonly byWord: Map<WordId, Claim[]>
  /** Those that need no word. */
  readonly alone: Claim[]
  /** Nothing but digits. */
  readonly digits: boolean
  /** Some rule wants its letters to be capitals. */
  capitals: boolean
}

/** The shapes of the same lengths and separators. */
export interface Shapes {
  /** Those that may begin with a digit, and with a letter. */
  readonly digitFirst: readonly Shape[]
  readonly letterFirst: readonly Shape[]
  /** All words of their rules. */
  readonly words: ReadonlySet<WordId>
  /** Some of them is found without a word. */
  readonly alone: boolean
}

const STEP_BITS = 6
/** Longer tokens have no shape. */
export const LONGEST_TOKEN = 48
const SEPARATORS = ' -./+()'
const FIRST_SEPARATOR = LONGEST_TOKEN + 1

/** By character: the step of a separator, 0 when it is none. */
const SEPARATOR_STEPS = Uint8Array.from({ length: 128 }, (_, code) => {
  const separator = SEPARATORS.indexOf(String.fromCharCode(code))
  return separator === -1 ? 0 : FIRST_SEPARATOR + separator
})

export const separatorStep = (code: number): number => (code < 128 ? SEPARATOR_STEPS[code]! : 0)

/** Tokens' lengths and separators. */
const stepsOf = (pattern: string): number[] =>
  pattern
    .split(/([ \-./+()])/)
    .filter((part) => part !== '')
    .map((part) => separatorStep(part.charCodeAt(0)) || part.length)

const NONE: Shapes = { digitFirst: [], letterFirst: [], words: new Set(), alone: false }
/** In a step's target: shapes end there. */
const ENDS = 0x8000
const NODE = 0x7fff

export class ShapeTree {
  /** By node. */
  private readonly ends: Shapes[] = [NONE]
  private next = new Uint16Array(1 << (STEP_BITS + 9))
  private readonly byPattern = new Map<string, Shape>()

  add(pattern: string, claim: Claim): void {
    let node = 0
    let last = 0
    for (const step of stepsOf(pattern)) {
      last = (node << STEP_BITS) | step
      node = this.follow(node, step) & NODE || this.link(node, step)
    }
    this.next[last]! |= ENDS
    const { rule, words } = claim
    const known = this.byPattern.get(pattern)
    const shape = known ?? {
      pattern,
      byWord: new Map<WordId, Claim[]>(),
      alone: [],
      digits: /^9+$/.test(pattern),
      capitals: false,
    }
    for (const word of words) shape.byWord.set(word, [...(shape.byWord.get(word) ?? []), claim])
    if (rule.alone !== undefined) shape.alone.push(claim)
    if (rule.capitals === true) shape.capitals = true
    this.byPattern.set(pattern, shape)
    const { digitFirst, letterFirst, ...end } = this.ends[node]!
    const isNew = known === undefined
    this.ends[node] = {
      digitFirst: isNew && /^[0-9*]/.test(pattern) ? [...digitFirst, shape] : digitFirst,
      letterFirst: isNew && /^[A-Z*]/.test(pattern) ? [...letterFirst, shape] : letterFirst,
      words: new Set([...end.words, ...words]),
      alone: end.alone || shape.alone.length > 0,
    }
  }

  /** 0 is the root, to which nothing leads back. What it returns may be followed as it is. */
  follow(node: number, step: number): number {
    return this.next[((node & NODE) << STEP_BITS) | step]!
  }

  /** Of a node that was followed to: its shapes, if any end there. */
  shapesAt(node: number): Shapes | undefined {
    return (node & ENDS) === 0 ? undefined : this.ends[node & NODE]
  }

  private link(node: number, step: number): number {
    const to = this.ends.push(NONE) - 1
    if (to > NODE) throw new RangeError('there are too many shapes')
    if ((to + 1) << STEP_BITS > this.next.length) {
      const grown = new Uint16Array(this.next.length * 2)
      grown.set(this.next)
      this.next = grown
    }
    this.next[(node << STEP_BITS) | step] = to
    return to
  }
}

const NINE = 57
const LETTER_A = 65
const STAR = 42

/** Whether a text's characters from `start` are those of a shape. */
export function compares(content: string, start: number, pattern: string): boolean {
  for (let index = 0; index < pattern.length; index++)
    if (!fits(content.charCodeAt(start + index), pattern.charCodeAt(index))) return false
  return true
}

function fits(code: number, wanted: number): boolean {
  if (wanted === NINE) return isDigitCode(code)
  if (wanted === LETTER_A) return isLetterCode(code)
  if (wanted === STAR) return isWordCode(code)
  return code === wanted || (isLetterCode(code) && (code & ~32) === wanted)
}
