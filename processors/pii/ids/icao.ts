import { valueAt } from './digits.ts'

const WEIGHTS = [7, 3, 1]

/** The check digit that passports and identity cards carry behind their numbers (ICAO Doc 9303). */
export function holdsTravelCheck(text: string): boolean {
  const last = text.length - 1
  let sum = 0
  for (let at = 0; at < last; at++) sum += valueAt(text, at) * WEIGHTS[at % 3]!
  return sum % 10 === valueAt(text, last)
}
