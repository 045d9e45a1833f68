/*
 * Check digits, written from the public definition of each scheme and apart from the detector's own: one mistake must not
 * hide the other. All functions take the body without its check characters and return what must follow it.
 */

const at = (text: string, index: number): number => text.charCodeAt(index) - 48

/** Sum of digit times weight; weights are repeated when there are fewer than digits. */
export function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let n = 0; n < digits.length; n++) sum += at(digits, n) * weights[n % weights.length]!
  return sum
}

const crossSum = (value: number): number => (value > 9 ? Math.floor(value / 10) + (value % 10) : value)

/** ISO/IEC 7812: from the right, every second digit doubled. */
export function luhn(body: string): number {
  let sum = 0
  for (let n = 0; n < body.length; n++) {
    const digit = at(body, body.length - 1 - n)
    sum += n % 2 === 0 ? crossSum(digit * 2) : digit
  }
  return (10 - (sum % 10)) % 10
}

/** As luhn, weights 1 and 2 from the left, cross sums: Germany's health insurance, Israel's identity number. */
export function crossSummed(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let n = 0; n < digits.length; n++) {
    const product = at(digits, n) * weights[n % weights.length]!
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum
}

/** Letters as 10 to 35, as IBAN, LEI and ISIN have it. */
export const expandLetters = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))

export function mod97(digits: string): number {
  let rest = 0
  for (let n = 0; n < digits.length; n++) rest = (rest * 10 + at(digits, n)) % 97
  return rest
}

/** ISO/IEC 7064 mod 11,10: Germany's tax number, Croatia's OIB. */
export function mod1110(body: string): number {
  let product = 10
  for (let n = 0; n < body.length; n++) {
    const sum = (at(body, n) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10
}

const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]
const INVERSE = '0432156789'

export function verhoeff(body: string): number {
  let state = 0
  for (let n = 0; n < body.length; n++) {
    const digit = at(body, body.length - 1 - n)
    const permuted = at(PERMUTED[(n + 1) % 8]!, digit)
    state = at(DIHEDRAL[state]!, permuted)
  }
  return at(INVERSE, state)
}

/** ICAO 9303: weights 7, 3, 1; letters are 10 to 35, the filler is 0. */
export function icao(text: string): number {
  let sum = 0
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n)
    const value = code >= 65 ? code - 55 : code === 60 ? 0 : code - 48
    sum += value * [7, 3, 1][n % 3]!
  }
  return sum % 10
}

/** 11 minus the rest; 10 and 11 become 0: Brazil, Portugal, New Zealand and others. */
export function elevenMinus(sum: number): number {
  const check = 11 - (sum % 11)
  return check > 9 ? 0 : check
}

export const down = (from: number, to: number): number[] => Array.from({ length: from - to + 1 }, (_, n) => from - n)
