import { valueAt } from './digits.ts'

/*
 * Verhoeff's check works in the dihedral group of order ten, which is why it tells every single wrong digit and every
 * swap of neighbours. 0 to 4 are rotations of a pentagon, 5 to 9 its reflections.
 */

function multiply(left: number, right: number): number {
  if (left < 5) return right < 5 ? (left + right) % 5 : 5 + ((left + right) % 5)
  return right < 5 ? 5 + ((left - right) % 5) : (left - right + 5) % 5
}

/** How a digit is replaced, once for each place counted from the right. */
const REPLACED = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const CYCLE = 8

function replaced(digit: number, times: number): number {
  for (let time = times % CYCLE; time > 0; time--) digit = REPLACED[digit]!
  return digit
}

export function holdsVerhoeff(digits: string): boolean {
  let product = 0
  for (let place = 0; place < digits.length; place++)
    product = multiply(product, replaced(valueAt(digits, digits.length - 1 - place), place))
  return product === 0
}
