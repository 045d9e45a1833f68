import type { AnyValue, Attributes, LogRecord, SpanEvent, SpanRecord } from '../record.ts'
import { newAttributes } from '../wire/attributes.ts'
import { fieldsOf, isEmpty, parseStructure, wellFormed } from './text.ts'

/**
 * Reads attributes and remembers which were taken; what is left over is kept as it came. A value that does not have the
 * asked form is not taken, so it is kept too.
 */
export class AttributeReader {
  readonly #attributes: Attributes
  readonly #taken: Set<string>

  /** With another reader it is a second view of the same attributes. */
  constructor(attributes: Attributes, other?: AttributeReader) {
    this.#attributes = attributes
    this.#taken = other === undefined ? new Set() : other.#taken
  }

  has(key: string): boolean {
    return this.#attributes[key] !== undefined
  }

  /** Looks without taking. */
  peek(key: string): AnyValue | undefined {
    return this.#attributes[key]
  }

  /** Takes the value as it is, unless it says nothing. */
  take(key: string): AnyValue | undefined {
    const value = this.#attributes[key]
    if (value === undefined || value === null || value === '') return undefined
    this.#taken.add(key)
    return value
  }

  /** A string, or a number or boolean as text. */
  text(key: string): string | undefined {
    const value = this.#attributes[key]
    if (value === undefined || value === '' || value === null || typeof value === 'object') return undefined
    this.#taken.add(key)
    return typeof value === 'string' ? wellFormed(value) : String(value)
  }

  /** A whole number from 0 up, also written as a string, as OTLP/JSON writes 64-bit integers. */
  count(key: string): number | undefined {
    const value = this.#attributes[key]
    if (value === undefined) return undefined
    const number = countOf(value)
    if (number !== undefined) this.#taken.add(key)
    return number
  }

  number(key: string): number | undefined {
    const value = this.#attributes[key]
    if (value === undefined) return undefined
    const number = numberOf(value)
    if (number !== undefined) this.#taken.add(key)
    return number
  }

  isTaken(key: string): boolean {
    return this.#taken.has(key)
  }

  /** Every key that starts so and is not taken yet, with its value. */
  forEachWith(prefix: string, visit: (key: string, value: AnyValue) => void): void {
    for (const key in this.#attributes) {
      if (key.startsWith(prefix) && !this.#taken.has(key)) visit(key, this.#attributes[key] as AnyValue)
    }
  }

  forEachLeft(visit: (key: string, value: AnyValue) => void): void {
    for (const key of Object.keys(this.#attributes)) {
      if (!this.#taken.has(key)) visit(key, this.#attributes[key] as AnyValue)
    }
  }
}

/** A span event, or what a log record tells. Its name counts as taken once a dialect has `used` it. */
export class EventReader extends AttributeReader {
  readonly name: string
  readonly timeUs: number
  used = false

  constructor(event: SpanEvent, other?: AttributeReader) {
    super(event.attributes, other)
    this.name = event.name
    this.timeUs = event.timeUs
  }
}

/**
 * A span with its events. A log record reads like a span that is nothing but one event: its attributes and the fields of
 * its body are the event's.
 */
export class RecordReader extends AttributeReader {
  readonly record: SpanRecord | LogRecord
  readonly name: string
  readonly events: readonly EventReader[]

  constructor(record: SpanRecord | LogRecord) {
    const attributes = record.kind === 'span' ? record.attributes : withBody(record)
    super(attributes)
    this.record = record
    this.name = record.kind === 'span' ? record.name : eventNameOf(record)
    this.events =
      record.kind === 'span'
        ? record.events.map((event) => new EventReader(event))
        : [new EventReader({ name: this.name, timeUs: record.timeUs, attributes }, this)]
  }
}

/** Older SDKs write the event's name as an attribute. */
export function eventNameOf(record: LogRecord): string {
  if (record.eventName !== '') return record.eventName
  const name = record.attributes['event.name']
  return typeof name === 'string' ? name : ''
}

function withBody(record: LogRecord): Attributes {
  const { body } = record
  const merged = Object.assign(newAttributes(), record.attributes)
  // Handlers of ordinary logs write the body of an event as JSON text.
  const fields = fieldsOf(typeof body === 'string' ? parseStructure(body) : body)
  if (fields !== undefined) {
    for (const key of Object.keys(fields)) merged[key in merged ? `body.${key}` : key] = fields[key] as AnyValue
  } else if (!isEmpty(body) && body !== eventNameOf(record)) merged['body' in merged ? 'body.body' : 'body'] = body
  return merged
}

/** A number, or a string that writes one. */
export function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '' || value.length > 32 || value.trim() !== value) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

export function countOf(value: AnyValue | undefined): number | undefined {
  const number = numberOf(value)
  return number !== undefined && number >= 0 && Number.isSafeInteger(number) ? number : undefined
}
