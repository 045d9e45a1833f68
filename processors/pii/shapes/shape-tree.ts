import { codeAt, isDigitCode, isLetterCode, isWordCode } from '../finder.ts'
import type { IdRule } from './rule.ts'
import { addRule, noRules } from '../around/rule-words.ts'

/*
 * All shapes in one tree, looked up by what their tokens are (digits, letters, both) and how long, and what separates
 * them. Where one ends, digits and letters are compared as bits.
 */

/** A shape and the rules that have it. */
export interface Shape {
  readonly pattern: string
  /** A bit for each. */
  readonly rules: Int32Array
  /** The numbers of those that need no word. */
  readonly alone: number[]
  /** A bit for each character, from the first on: it must be a digit, or a letter. */
  readonly digits: number
  readonly letters: number
  /** Some characters must be certain ones. */
  readonly fixed: boolean
  /** Blanks part a token of letters alone from the rest. */
  readonly parted: boolean
  /** Some rule wants its letters to be capitals. */
  capitals: boolean
}

/** The shapes whose tokens and separators are the same. */
export interface Shapes {
  readonly shapes: readonly Shape[]
  /** Some of them is found without a word. */
  readonly alone: boolean
}

/** What a token is made of. */
export const OF_DIGITS = 0
export const OF_LETTERS = 1
export const OF_BOTH = 2

const LENGTH_BITS = 5
/** Longer tokens have no shape. */
export const LONGEST_TOKEN = 31
const STEP_BITS = 7
const SEPARATORS = ' -./+()'
const FIRST_SEPARATOR = 3 << LENGTH_BITS
/** One bit for each character of a shape, and none for the sign. */
const LONGEST_SHAPE = 31

/** By character: the step of a separator, 0 when it is none. */
const SEPARATOR_STEPS = Uint8Array.from({ length: 128 }, (_, code) => {
  const separator = SEPARATORS.indexOf(String.fromCharCode(code))
  return separator === -1 ? 0 : FIRST_SEPARATOR + separator
})

export const separatorStep = (code: number): number => (code < 128 ? SEPARATOR_STEPS[code]! : 0)
export const tokenStep = (kind: number, length: number): number => (kind << LENGTH_BITS) | length

/** What a token of a shape may be made of. */
function kindsOf(token: string): number[] {
  const digits = /[0-9]/.test(token)
  const letters = /[A-Z]/.test(token)
  if (digits && letters) return [OF_BOTH]
  if (!token.includes('*')) return [digits ? OF_DIGITS : OF_LETTERS]
  const both = token.length > 1 ? [OF_BOTH] : []
  return [...both, ...(letters ? [] : [OF_DIGITS]), ...(digits ? [] : [OF_LETTERS])]
}

/** Every way through the tree that a shape's values may take. */
function pathsOf(pattern: string): number[][] {
  let paths: number[][] = [[]]
  for (const part of pattern.split(/([ \-./+()])/).filter((one) => one !== '')) {
    if (part.length > LONGEST_TOKEN) throw new RangeError(`a token of a shape has at most ${LONGEST_TOKEN}: ${pattern}`)
    const separator = separatorStep(part.charCodeAt(0))
    const steps = separator > 0 ? [separator] : kindsOf(part).map((kind) => tokenStep(kind, part.length))
    paths = paths.flatMap((path) => steps.map((step) => [...path, step]))
  }
  return paths
}

const bitsOf = (pattern: string, wanted: RegExp): number =>
  Array.from(pattern).reduce((bits, char, at) => (wanted.test(char) ? bits | (1 << at) : bits), 0)

/** In a step's target: shapes end there. */
const ENDS = 0x8000
const NODE = 0x7fff

export class ShapeTree {
  /** By node. */
  private readonly ends: (Shapes | undefined)[] = [undefined]
  private next = new Uint16Array(1 << (STEP_BITS + 9))
  private readonly byPattern = new Map<string, Shape>()

  constructor(rules: readonly IdRule[]) {
    for (const [number, rule] of rules.entries())
      for (const pattern of rule.shapes) {
        const shape = this.byPattern.get(pattern) ?? this.addShape(pattern, rules.length)
        addRule(shape.rules, number)
        if (rule.alone !== undefined) shape.alone.push(number)
        if (rule.capitals === true) shape.capitals = true
        for (const path of pathsOf(pattern)) this.endAt(path, shape)
      }
  }

  private addShape(pattern: string, rules: number): Shape {
    if (pattern.length > LONGEST_SHAPE) throw new RangeError(`a shape has at most ${LONGEST_SHAPE}: ${pattern}`)
    const shape: Shape = {
      pattern,
      rules: noRules(rules),
      alone: [],
      digits: bitsOf(pattern, /[0-9]/),
      letters: bitsOf(pattern, /[A-Z]/),
      fixed: /[0-8B-Z]/.test(pattern),
      parted: /(?:^| )[A-Z*]+ | [A-Z*]+$/.test(pattern),
      capitals: false,
    }
    this.byPattern.set(pattern, shape)
    return shape
  }

  private endAt(path: readonly number[], shape: Shape): void {
    let node = 0
    let last = 0
    for (const step of path) {
      last = (node << STEP_BITS) | step
      node = this.follow(node, step) & NODE || this.link(node, step)
    }
    this.next[last]! |= ENDS
    const known = this.ends[node]
    const shapes = known?.shapes ?? []
    this.ends[node] = {
      shapes: shapes.includes(shape) ? shapes : [...shapes, shape],
      alone: known?.alone === true || shape.alone.length > 0,
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
    const to = this.ends.push(undefined) - 1
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
    if (!fits(codeAt(content, start + index), pattern.charCodeAt(index))) return false
  return true
}

function fits(code: number, wanted: number): boolean {
  if (wanted === NINE) return isDigitCode(code)
  if (wanted === LETTER_A) return isLetterCode(code)
  if (wanted === STAR) return isWordCode(code)
  return code === wanted || (isLetterCode(code) && (code & ~32) === wanted)
}
