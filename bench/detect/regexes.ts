import { expandLetters, luhn, mod97 } from '../../test/quality/checks/digits.ts'

/*
 * Sixteen plain regular expressions, as one finds them in tutorials and in many a product: what people would run instead.
 * They check nothing, so each says what makes a finding of its own no value.
 */

export interface PlainRegex {
  readonly name: string
  readonly pattern: RegExp
  /** Why the detector is right to say nothing, or undefined where it should have said something. */
  readonly excuse: (value: string, before: string, after: string) => string | undefined
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const never = (): undefined => undefined

const notLuhn = (value: string): string | undefined => {
  const digits = digitsOf(value)
  return Number(digits.at(-1)) === luhn(digits.slice(0, -1)) ? undefined : 'check digit'
}
const notMod97 = (value: string): string | undefined => {
  const compact = value.replace(/[ -]/g, '').toUpperCase()
  return mod97(expandLetters(compact.slice(4) + compact.slice(0, 4))) === 1 ? undefined : 'check digits'
}
const notPublic = (value: string, before: string): string | undefined => {
  if (/version\s*$|v$/i.test(before)) return 'a version'
  return /^(?:10|127|0|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(value) ? 'a private address' : undefined
}
/** Cut out of a longer word: a UUID, a decimal, an id. */
const isInside = (before: string, after: string): boolean =>
  /[\p{L}\d.,_-]$/u.test(before) || /^[\p{L}\d_-]/u.test(after)
const noCard = (value: string, before: string, after: string): string | undefined => {
  if (isInside(before, after)) return 'inside a longer word'
  return notLuhn(value) ?? (/^[4-6]|^3[0-9]|^2[2-7]/.test(value) ? undefined : 'no issuer')
}
const noPhone = (value: string, before: string, after: string): string | undefined => {
  if (isInside(before, after)) return 'inside a longer word'
  if (digitsOf(value).length < 9) return 'too few digits'
  if (/(?:order|invoice|tracking|id|ts|at|version|total|part|sku|ean|no\.?)["'\s:=#-]*$/i.test(before))
    return 'another number'
  return value.startsWith('+') || /^\(?0?\d{2,4}\)?[ -]/.test(value) ? undefined : 'a bare number'
}

export const REGEXES: readonly PlainRegex[] = [
  { name: 'email', pattern: /[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g, excuse: never },
  {
    name: 'card',
    pattern: /\b(?:\d[ -]?){12,18}\d\b/g,
    excuse: noCard,
  },
  {
    name: 'ssn',
    pattern: /\b\d{3}-\d{2}-\d{4}\b/g,
    excuse: (value) => (/^(?:000|666|9)|-00-|-0000$/.test(value) ? 'area or group' : undefined),
  },
  { name: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/g, excuse: notMod97 },
  { name: 'ipv4', pattern: /\b(?:\d{1,3}\.){3}\d{1,3}\b/g, excuse: notPublic },
  { name: 'ipv6', pattern: /\b(?:[A-Fa-f0-9]{1,4}:){7}[A-Fa-f0-9]{1,4}\b/g, excuse: never },
  { name: 'mac', pattern: /\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b/g, excuse: never },
  { name: 'phone', pattern: /\+?\(?\d{1,4}\)?(?:[ .-]?\(?\d{2,4}\)?){2,4}/g, excuse: noPhone },
  { name: 'url login', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@]+@[^\s/]+/g, excuse: never },
  { name: 'jwt', pattern: /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, excuse: never },
  { name: 'aws key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, excuse: never },
  { name: 'github token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g, excuse: never },
  { name: 'private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, excuse: never },
  {
    name: 'bitcoin',
    pattern: /\b(?:bc1|[13])[a-zA-HJ-NP-Z0-9]{25,59}\b/g,
    excuse: (value) => (/^bc1q|^bc1p/.test(value) ? undefined : 'perhaps a hash'),
  },
  { name: 'ethereum', pattern: /\b0x[a-fA-F0-9]{40}\b/g, excuse: never },
  { name: 'cpf', pattern: /\b\d{3}\.\d{3}\.\d{3}-\d{2}\b/g, excuse: never },
]
