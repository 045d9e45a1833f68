import { newAttributes } from '../../collectors/dialects/wire/attributes.ts'
import type { AnyValue, Attributes } from '../../collectors/dialects/record.ts'
import { otlp } from './static/otlp.ts'

interface Value {
  stringValue?: string
  boolValue?: boolean
  intValue?: number | { toNumber(): number }
  doubleValue?: number
  arrayValue?: { values: Value[] }
  kvlistValue?: { values: Entry[] }
  bytesValue?: Uint8Array
}
interface Entry {
  key: string
  value: Value | null
}
interface Span {
  attributes: Entry[]
}
interface Request {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
}

/** The static decoder alone. */
export const decodeOnly = (body: Buffer): Request => otlp.ExportTraceServiceRequest.decode(body) as Request

/** The static decoder and, as every reader of attributes needs it, the attribute map of each span. */
export function decodeWithMaps(body: Buffer): Attributes[] {
  const maps: Attributes[] = []
  for (const group of decodeOnly(body).resourceSpans) {
    for (const scope of group.scopeSpans) for (const span of scope.spans) maps.push(toMap(span.attributes))
  }
  return maps
}

function toMap(entries: Entry[]): Attributes {
  const map = newAttributes()
  for (const entry of entries) map[entry.key] = entry.value === null ? null : toValue(entry.value)
  return map
}

function toValue(value: Value): AnyValue {
  if (value.stringValue !== undefined && value.stringValue !== null) return value.stringValue
  if (value.intValue !== undefined && value.intValue !== null) {
    return typeof value.intValue === 'number' ? value.intValue : value.intValue.toNumber()
  }
  if (value.doubleValue !== undefined && value.doubleValue !== null) return value.doubleValue
  if (value.boolValue !== undefined && value.boolValue !== null) return value.boolValue
  if (value.arrayValue) return value.arrayValue.values.map(toValue)
  if (value.kvlistValue) return toMap(value.kvlistValue.values)
  return value.bytesValue ?? null
}
