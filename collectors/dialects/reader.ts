import type { AnyValue, Attributes, SpanEvent, SpanRecord } from './record.ts'
import { wellFormed } from './text.ts'

/**
 * Reads attributes and remembers which were taken; what is left over is kept as it came. A value that does not have the
 * asked form is not taken, so it is kept too.
 */
export class AttributeReader {
  readonly #attributes: Attributes
  readonly #taken = new Set<string>()

  constructor(attributes: Attributes) {
    this.#attributes = attributes
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
    const number = numberOf(value)
    if (number === undefined || number < 0 || !Number.isSafeInteger(number)) return undefined
    this.#taken.add(key)
    return number
  }

  number(key: string): number | undefined {
    const value = this.#attributes[key]
    if (value === undefined) return undefined
    const number = numberOf(value)
    if (number !== undefined) this.#taken.add(key)
    return number
  }

  /** Any key that starts so. */
  hasPrefix(prefix: string): boolean {
    for (const key in this.#attributes) if (key.startsWith(prefix)) return true
    return false
  }

  forEachLeft(visit: (key: string, value: AnyValue) => void): void {
    for (const key of Object.keys(this.#attributes)) {
      if (!this.#taken.has(key)) visit(key, this.#attributes[key] as AnyValue)
    }
  }
}

/** A span event. Its name counts as taken once a dialect has `used` it. */
export class EventReader extends AttributeReader {
  readonly name: string
  readonly timeUs: number
  used = false

  constructor(event: SpanEvent) {
    super(event.attributes)
    this.name = event.name
    this.timeUs = event.timeUs
  }
}

export class SpanReader extends AttributeReader {
  readonly record: SpanRecord
  readonly events: EventReader[]

  constructor(record: SpanRecord) {
    super(record.attributes)
    this.record = record
    this.events = record.events.map((event) => new EventReader(event))
  }
}

/** A number, or a string that writes one. */
export function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '' || value.length > 32 || value.trim() !== value) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
