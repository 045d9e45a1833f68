import type { Verdict } from '../shapes/rule.ts'

/** What most checks are made of. Characters are ASCII digits and upper-case letters: `compact` in `rule.ts`. */

/** A digit's value; letters go on from 10 (A) to 35 (Z). */
export function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 65 ? code - 48 : code - 55
}

/** The first characters of a text, each times its weight. */
export function weigh(text: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += valueAt(text, at) * weights[at]!
  return sum
}

/** The same with the digits of each product added up: 7 * 2 counts as 1 + 4. */
export function weighCrossSums(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) {
    const product = valueAt(digits, at) * weights[at]!
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum
}

/** The number that `length` digits from `at` spell. */
export function numberAt(digits: string, at: number, length: number): number {
  let number = 0
  for (let place = at; place < at + length; place++) {
    const digit = digits.charCodeAt(place) - 48
    if (!(digit >= 0 && digit <= 9)) return NaN
    number = number * 10 + digit
  }
  return number
}

export const lastOf = (text: string): string => text.charAt(text.length - 1)

export function isOneDigit(text: string): boolean {
  for (let at = 1; at < text.length; at++) if (text.charCodeAt(at) !== text.charCodeAt(0)) return false
  return true
}

/** The letter's place in the alphabet as two digits: 01 to 26. */
export const twoDigits = (letter: string): string => String(valueAt(letter, 0) - 9).padStart(2, '0')

/** For schemes in which every number bears the check. */
export const proven = (holds: boolean): Verdict => (holds ? 'valid' : 'invalid')

/** For schemes with numbers, or whole series, that do not bear it. */
export const proves = (holds: boolean): Verdict => (holds ? 'valid' : 'unknown')

/** For schemes that have a form and no check. */
export const formed = (holds: boolean): Verdict => (holds ? 'unknown' : 'invalid')

/** For schemes without any rule but their shapes. */
export const unchecked = (): Verdict => 'unknown'
