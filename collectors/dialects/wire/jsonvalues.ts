import type { AnyValue, Attributes } from '../record.ts'
import { newAttributes } from './attributes.ts'
import { RecordRefused } from './decoded.ts'
import { checkDepth, checkEntries, checkElements } from './values.ts'

export type JsonObject = Record<string, unknown>

/** Undefined for what is absent: protobuf's JSON says that null is the default value. */
export const absent = (value: unknown): value is null | undefined => value === undefined || value === null

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(value: unknown, what: string): string {
  if (absent(value)) return ''
  if (typeof value !== 'string') throw new RecordRefused(`${what} must be a string`)
  return value
}

export function list(value: unknown, what: string): unknown[] {
  if (absent(value)) return []
  if (!Array.isArray(value)) throw new RecordRefused(`${what} must be an array`)
  return value
}

/** A message; an absent one is empty. */
export function object(value: unknown, what: string): JsonObject {
  if (absent(value)) return {}
  if (!isObject(value)) throw new RecordRefused(`${what} must be an object`)
  return value
}

/** `attributes`: an array of `{key, value}`. */
export function attributes(value: unknown, what: string): Attributes {
  return entries(list(value, what), what, 0)
}

function entries(items: unknown[], what: string, depth: number): Attributes {
  checkEntries(items.length)
  const map = newAttributes()
  for (const item of items) {
    if (!isObject(item)) throw new RecordRefused(`${what} must hold objects with key and value`)
    map[text(item['key'], `a key in ${what}`)] = anyValue(item['value'], what, depth)
  }
  return map
}

const KINDS = [
  'stringValue',
  'boolValue',
  'intValue',
  'doubleValue',
  'arrayValue',
  'kvlistValue',
  'bytesValue',
] as const
type Kind = (typeof KINDS)[number]

/** An AnyValue: an object with at most one of the seven kinds. */
export function anyValue(value: unknown, what: string, depth: number): AnyValue {
  if (absent(value)) return null
  if (!isObject(value)) throw new RecordRefused(`a value in ${what} must be an object such as {"stringValue": "..."}`)
  let found: Kind | undefined
  for (const kind of KINDS) {
    if (absent(value[kind])) continue
    if (found !== undefined) throw new RecordRefused(`a value in ${what} has both ${found} and ${kind}`)
    found = kind
  }
  return found === undefined ? null : valueOf(found, value[found], what, depth)
}

function valueOf(kind: Kind, value: unknown, what: string, depth: number): AnyValue {
  switch (kind) {
    case 'stringValue':
      return text(value, `a stringValue in ${what}`)
    case 'boolValue':
      if (typeof value !== 'boolean') throw new RecordRefused(`a boolValue in ${what} must be true or false`)
      return value
    case 'intValue':
      return int64(value, `an intValue in ${what}`)
    case 'doubleValue':
      return double(value, `a doubleValue in ${what}`)
    case 'bytesValue':
      return base64(value, `a bytesValue in ${what}`)
    default:
      return nested(kind, value, what, depth + 1)
  }
}

function nested(kind: 'arrayValue' | 'kvlistValue', value: unknown, what: string, depth: number): AnyValue {
  checkDepth(depth)
  const values = list(object(value, `an ${kind} in ${what}`)['values'], `the values of an ${kind} in ${what}`)
  if (kind === 'kvlistValue') return entries(values, what, depth)
  checkElements(values.length)
  return values.map((item) => anyValue(item, what, depth))
}

const INT64 = /^-?\d{1,20}$/

/** A 64-bit integer, as number or decimal string; beyond 2^53 it stays a string. */
export function int64(value: unknown, what: string): number | string {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return Number.isSafeInteger(value) ? value : inRange(BigInt(value), what)
  }
  if (typeof value !== 'string' || !INT64.test(value)) throw new RecordRefused(`${what} must be an integer`)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number + 0 : inRange(BigInt(value), what)
}

function inRange(value: bigint, what: string): string {
  if (BigInt.asIntN(64, value) !== value) throw new RecordRefused(`${what} must fit in 64 bits`)
  return value.toString()
}

function double(value: unknown, what: string): number {
  if (typeof value === 'number') return value
  if (value === 'NaN') return Number.NaN
  if (value === 'Infinity') return Number.POSITIVE_INFINITY
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (Number.isNaN(number)) throw new RecordRefused(`${what} must be a number`)
  return number
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/

export function base64(value: unknown, what: string): Uint8Array {
  if (typeof value !== 'string' || !BASE64.test(value)) throw new RecordRefused(`${what} must be base64`)
  return new Uint8Array(Buffer.from(value, 'base64'))
}
