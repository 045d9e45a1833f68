import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdRule, Verdict } from '../shapes/rule.ts'

/*
 * Tests of rules: what is known to be valid or not, and numbers made here from the schemes' definitions, by sums of their
 * own and not by the code under test.
 */

export type Made = fc.Arbitrary<string>

export interface Expected {
  /** As people write them. */
  readonly valid?: readonly string[]
  readonly unknown?: readonly string[]
  readonly invalid?: readonly string[]
  /** Valid numbers, without separators. */
  readonly made?: Made
  /** Numbers of the right form that nothing proves. Together with the valid ones they meet every shape of the type. */
  readonly unproven?: Made
  /** The share of changes of a single digit that the scheme tells: all, unless its definition lets some through. */
  readonly caught?: number
  /** Places that no check covers. */
  readonly open?: readonly number[]
}

const RANK: readonly Verdict[] = ['invalid', 'unknown', 'valid']
const bare = (text: string): string => text.replace(/[ \-./+()]/g, '')

const meets = (character: string, wanted: string): boolean => {
  if (wanted === '9') return /\d/.test(character)
  if (wanted === 'A') return /[A-Za-z]/.test(character)
  return wanted === '*' ? /[0-9A-Za-z]/.test(character) : character.toUpperCase() === wanted
}

export const fits = (text: string, shape: string): boolean =>
  text.length === shape.length && Array.from(shape).every((wanted, at) => meets(text[at]!, wanted))

/** A compact value with the separators of a shape. */
export function written(compact: string, shape: string): string {
  let at = 0
  return Array.from(shape, (wanted) => (bare(wanted) === '' ? wanted : compact[at++])).join('')
}

/** The best that any rule of the type says; undefined when none has the shape. */
export function verdictOf(rules: readonly IdRule[], type: string, text: string): Verdict | undefined {
  const verdicts = rules
    .filter((rule) => rule.type === type && rule.shapes.some((shape) => fits(text, shape)))
    .map(({ check }) => check(bare(text).toUpperCase()))
  return RANK.toReversed().find((verdict) => verdicts.includes(verdict))
}

const shapesOf = (rules: readonly IdRule[], type: string): string[] =>
  rules.filter((rule) => rule.type === type).flatMap(({ shapes }) => shapes)

const shapesFor = (rules: readonly IdRule[], type: string, compact: string): string[] =>
  shapesOf(rules, type).filter((shape) => fits(compact, bare(shape)))

function expectMade(rules: readonly IdRule[], type: string, made: Made, verdict: Verdict): void {
  fc.assert(
    fc.property(made, (compact) => {
      const shapes = shapesFor(rules, type, compact)
      if (shapes.length === 0) throw new Error(`${compact} has no shape`)
      for (const shape of shapes) {
        const text = written(compact, shape)
        if (verdictOf(rules, type, text) !== verdict) throw new Error(`${text} is not ${verdict}`)
      }
    }),
    { numRuns: 150 },
  )
}

/** From a seed, so that a shape that chance leaves out is not missed today and met tomorrow. */
const SEED = 6

function shapesMet(rules: readonly IdRule[], type: string, made: readonly (Made | undefined)[]): string[] {
  const numRuns = Math.max(400, 10 * shapesOf(rules, type).length)
  const met = made.flatMap((one) => (one === undefined ? [] : fc.sample(one, { numRuns, seed: SEED })))
  return Array.from(new Set(met.flatMap((compact) => shapesFor(rules, type, compact))))
}

function shareCaught(rules: readonly IdRule[], type: string, made: Made, open: readonly number[]): number {
  let changes = 0
  let caught = 0
  for (const compact of fc.sample(made, { numRuns: 40, seed: SEED })) {
    for (let at = 0; at < compact.length; at++) {
      if (!/\d/.test(compact[at]!) || open.includes(at)) continue
      for (const digit of '0123456789') {
        if (digit === compact[at]) continue
        changes++
        const changed = compact.slice(0, at) + digit + compact.slice(at + 1)
        const shape = shapesOf(rules, type).find((candidate) => fits(changed, bare(candidate)))
        if (shape === undefined || verdictOf(rules, type, written(changed, shape)) !== 'valid') caught++
      }
    }
  }
  return caught / changes
}

/** Tests every type of the rules; a type without expectations fails. */
export function describeIds(rules: readonly IdRule[], expected: Readonly<Record<string, Expected>>): void {
  it('has expectations for every type', () => {
    expect(Object.keys(expected).toSorted()).toEqual([...new Set(rules.map(({ type }) => type))].toSorted())
  })
  describe.each(Object.entries(expected))('%s', (type, expectation) => {
    for (const verdict of RANK)
      it.each(expectation[verdict] ?? [])(`%s is ${verdict}`, (text) => {
        expect(verdictOf(rules, type, text) ?? 'invalid').toBe(verdict)
      })
    const { made, unproven, caught = 1, open = [] } = expectation
    it('holds for made numbers in every shape', () => {
      if (made !== undefined) expectMade(rules, type, made, 'valid')
      if (unproven !== undefined) expectMade(rules, type, unproven, 'unknown')
      expect(shapesMet(rules, type, [made, unproven]).toSorted()).toEqual(shapesOf(rules, type).toSorted())
    })
    const checked = made === undefined || caught === 0 ? [] : [[caught, made] as const]
    it.each(checked)('tells wrong digits: %d of them', (share, valid) => {
      expect(shareCaught(rules, type, valid, open)).toBeGreaterThanOrEqual(share)
    })
  })
}

export const chars = (alphabet: string, length: number): Made =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: length, maxLength: length })

export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const digits = (length: number): Made => chars('0123456789', length)
export const letters = (length: number): Made => chars(LETTERS, length)
export const oneOf = (...texts: string[]): Made => fc.constantFrom(...texts)
export const anyOf = (...made: Made[]): Made => fc.oneof(...made)

export const join = (...parts: (string | Made)[]): Made =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(''))

/** What a shape means, filled by chance. */
export const shaped = (shape: string): Made =>
  join(
    ...Array.from(bare(shape), (wanted) =>
      wanted === '9'
        ? digits(1)
        : wanted === 'A'
          ? letters(1)
          : wanted === '*'
            ? chars(`0123456789${LETTERS}`, 1)
            : wanted,
    ),
  )
export const anyShape = (rules: readonly IdRule[], type: string): Made => anyOf(...shapesOf(rules, type).map(shaped))

/** Bodies that have no check character are left out, as their offices do. */
export const complete = (body: Made, whole: (body: string) => string | undefined): Made =>
  body.map(whole).filter((text) => text !== undefined)

/** Numbers whose first digit is as often any as another, so that long runs of zeros are rare. */
export const numberUpTo = (most: number, length: number): Made =>
  fc.integer({ min: 1, max: most }).map((value) => String(value).padStart(length, '0'))

export const two = (value: number): string => String(value % 100).padStart(2, '0')

/** A day of the calendar, spelt by `spell`. */
export const dated = (
  spell: (year: number, month: number, day: number) => string,
  from = '1930-01-01',
  to = '1999-12-31',
): Made =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => spell(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()))
export const yymmdd: Made = dated((year, month, day) => two(year) + two(month) + two(day))
export const ddmmyy: Made = dated((year, month, day) => two(day) + two(month) + two(year))

const ORDER = `0123456789${LETTERS}`
export const valueOf = (character: string): number => ORDER.indexOf(character)

export const sumOf = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * valueOf(text[at]!), 0)

/** The digit that Luhn's check asks for behind a body. */
export function luhnDigit(body: string): string {
  const doubled = '0246813579'
  const sum = Array.from(body)
    .toReversed()
    .reduce((all, digit, at) => all + Number(at % 2 === 0 ? doubled[Number(digit)] : digit), 0)
  return String((1000 - sum) % 10)
}
export const withLuhn = (body: Made): Made => body.map((text) => text + luhnDigit(text))

/** The remainder of a long decimal. */
export const modulo = (decimal: string, by: number): number => Number(BigInt(decimal) % BigInt(by))
