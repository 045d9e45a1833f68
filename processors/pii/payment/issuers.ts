import { codeAt } from '../finder.ts'
/*
 * Who issues card numbers, by how they begin and how long they are. Ranges are over the first six digits. Prefix 1 (UATP)
 * is left out on purpose: timestamps in micro- and nanoseconds begin with it.
 */

interface Issuer {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly lengths: readonly number[]
}

const PREFIX_DIGITS = 6

const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** `prefixes` as `4`, `51-55`: shorter than six digits means every number that begins so. */
const issuer = (name: string, lengths: readonly number[], ...prefixes: string[]): Issuer[] =>
  prefixes.map((prefix) => {
    const [low = '', high = low] = prefix.split('-')
    return { name, from: Number(low.padEnd(PREFIX_DIGITS, '0')), to: Number(high.padEnd(PREFIX_DIGITS, '9')), lengths }
  })

export const ISSUERS: readonly Issuer[] = [
  issuer('visa', [13, 16, 19], '4'),
  issuer('mastercard', [16], '51-55', '2221-2720'),
  issuer('american express', [15], '34', '37'),
  issuer('diners club', span(14, 19), '300-305', '3095', '36', '38-39'),
  issuer('discover', span(16, 19), '6011', '644-649', '65'),
  issuer('jcb', span(16, 19), '3528-3589'),
  issuer('unionpay', span(16, 19), '62', '8100-8171'),
  issuer('mir', span(16, 19), '2200-2204'),
  issuer('rupay', [16], '508', '60', '81-82', '353', '356'),
  issuer('maestro', span(12, 19), '5018', '5020', '5038', '5893', '6304', '6759', '6761-6763', '6706', '6709', '6771'),
  issuer('dankort', [16], '5019'),
  issuer('elo', [16], '5066-5067', '509', '636297', '636368'),
  issuer('verve', [16, 18, 19], '506099-506198', '507865-507964'),
  issuer('interpayment', span(16, 19), '636'),
  issuer('instapayment', [16], '637-639'),
  issuer('troy', [16], '9792'),
].flat()

/** Whose number it is, or undefined when nobody issues numbers that begin so at that length. */
export function issuerOf(digits: string): string | undefined {
  const prefix = Number(digits.slice(0, PREFIX_DIGITS))
  return ISSUERS.find(({ from, to, lengths }) => prefix >= from && prefix <= to && lengths.includes(digits.length))
    ?.name
}

/** By the first two digits. */
const FIRST_TWO = Uint8Array.from({ length: 100 }, (_, two) =>
  ISSUERS.some(({ from, to }) => two >= Math.floor(from / 10_000) && two <= Math.floor(to / 10_000)) ? 1 : 0,
)

/** Cheap: whether somebody's numbers begin as the digits at `start` do. */
export const mayBeIssued = (text: string, start: number): boolean =>
  FIRST_TWO[(codeAt(text, start) - 48) * 10 + codeAt(text, start + 1) - 48] === 1
