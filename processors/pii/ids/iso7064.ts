import { valueAt } from './digits.ts'

/** The check systems of ISO/IEC 7064, over a text that ends in its check characters. */

/** Hybrid system mod 11,10: one check digit. */
export function holdsMod11And10(digits: string): boolean {
  let product = 10
  for (let at = 0; at < digits.length - 1; at++) {
    const sum = (valueAt(digits, at) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (product + valueAt(digits, digits.length - 1)) % 10 === 1
}

/** Pure system mod 11-2: a check digit or X, which stands for ten. */
export function holdsMod11And2(text: string): boolean {
  const last = text.length - 1
  let sum = 0
  for (let at = 0; at < last; at++) sum = ((sum + valueAt(text, at)) * 2) % 11
  return (sum + (text[last] === 'X' ? 10 : valueAt(text, last))) % 11 === 1
}

/** The remainder by 97 of a text whose letters are written as two digits, 10 to 35. Mod 97-10 holds when it is 1. */
export function remainder97(text: string): number {
  let rest = 0
  for (let at = 0; at < text.length; at++) {
    const value = valueAt(text, at)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
