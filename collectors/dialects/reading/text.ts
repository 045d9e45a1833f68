import type { AnyValue } from '../record.ts'

/** Node 20 has it; the library types of ES2023 do not. */
interface WellFormable {
  toWellFormed(): string
}

/** Lone surrogates become U+FFFD: what Weir hands on must be valid UTF-8 wherever it is written. */
export function wellFormed(text: string): string {
  return (text as unknown as WellFormable).toWellFormed()
}

/** A value's text: a string as it is, anything else as JSON. Bytes must have been made plain before. */
export function textOf(value: AnyValue): string {
  return typeof value === 'string' ? wellFormed(value) : JSON.stringify(value)
}

export type Fields = { [key: string]: AnyValue }

export function fieldsOf(value: AnyValue | undefined): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    return undefined
  }
  return value
}

/** A field's text when it is a non-empty string or a number (ids are sometimes numbers). */
export function fieldText(value: AnyValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : wellFormed(value)
  return typeof value === 'number' ? String(value) : undefined
}

/** Nothing is said by null, an empty string, an empty list or an empty object. */
export function isEmpty(value: AnyValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  const fields = fieldsOf(value)
  return fields !== undefined && Object.keys(fields).length === 0
}

/** The same value as JSON can hold it: bytes as base64, NaN and infinities as words. Copies only what it must change. */
export function plain(value: AnyValue): AnyValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  }
  return Array.isArray(value) ? plainList(value) : plainFields(value)
}

function plainList(list: AnyValue[]): AnyValue[] {
  let copy: AnyValue[] | undefined
  for (let index = 0; index < list.length; index++) {
    const item = list[index] as AnyValue
    const made = plain(item)
    if (made !== item) (copy ??= list.slice())[index] = made
  }
  return copy ?? list
}

function plainFields(fields: Fields): Fields {
  let copy: Fields | undefined
  for (const key of Object.keys(fields)) {
    const item = fields[key] as AnyValue
    const made = plain(item)
    if (made === item) continue
    copy ??= { ...fields }
    // Assigning to a key `__proto__` would set nothing.
    Object.defineProperty(copy, key, { value: made, enumerable: true, configurable: true, writable: true })
  }
  return copy ?? fields
}

const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b
const SPACE = 0x20

/** What a JSON text of an object or a list holds; undefined for any other text. */
export function parseStructure(text: string): AnyValue | undefined {
  let at = 0
  while (at < text.length && text.charCodeAt(at) <= SPACE) at++
  const first = text.charCodeAt(at)
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return undefined
  try {
    return JSON.parse(text) as AnyValue
  } catch {
    return undefined
  }
}

/** Some write every value as JSON, so a text comes in quotes; the text in them, or the value as it is. */
export function unquoted(value: AnyValue): AnyValue {
  if (typeof value !== 'string' || value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value
  try {
    const text = JSON.parse(value) as AnyValue
    return typeof text === 'string' && text !== '' ? text : value
  } catch {
    return value
  }
}

/** A value that may be structured, or the JSON text of a structure, as a structure. */
export function structureOf(value: AnyValue | undefined): AnyValue | undefined {
  if (typeof value === 'string') return parseStructure(value)
  return typeof value === 'object' && value !== null ? plain(value) : undefined
}

/** A structure as a list: a single object counts as a list of one. */
export function listOf(value: AnyValue | undefined): AnyValue[] | undefined {
  const structure = structureOf(value)
  if (Array.isArray(structure)) return structure
  return fieldsOf(structure) === undefined ? undefined : [structure as AnyValue]
}
