import { isUtf8 } from 'node:buffer'
import { messageOf, WeirError } from '../../../core/errors.ts'
import type { LogRecord, RecordContext, SpanEvent, SpanRecord } from '../record.ts'
import { LIMITS, RecordRefused, type Decoded, type Signal } from './decoded.ts'
import { absent, anyValue, attributes, isObject, list, object, text, type JsonObject } from './jsonvalues.ts'

/*
 * OTLP/JSON: protobuf's JSON with hex ids, integer enums and lowerCamelCase names; unknown names are ignored. What the
 * specification forbids but senders do (ids as base64 or byte arrays, enums by name) is understood where it is unambiguous.
 */

/** The collections of each signal's request. */
const NAMES = {
  traces: { groups: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  logs: { groups: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
  metrics: { groups: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
} as const

export function readJson(signal: Signal, body: Buffer): Decoded {
  const request = parse(body)
  const decoded: Decoded = { records: [], refused: [], total: 0, invalidUtf8: isUtf8(body) ? 0 : 1 }
  const names = NAMES[signal]
  try {
    for (const group of objects(request[names.groups], names.groups)) {
      const resource = object(group['resource'], 'resource')
      const shared = {
        attributes: attributes(resource['attributes'], 'the resource attributes'),
        url: group['schemaUrl'],
      }
      for (const scopeGroup of objects(group[names.scopes], names.scopes)) {
        readScopeGroup(signal, scopeGroup, shared, decoded)
      }
    }
  } catch (error) {
    // Only what records share gets here: the shape of the request, a resource, a scope.
    if (error instanceof RecordRefused) throw new WeirError('WEIR_DECODE', `JSON: ${error.message}`)
    throw error
  }
  return decoded
}

function parse(body: Buffer): JsonObject {
  checkSize(body)
  let request: unknown
  try {
    request = JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new WeirError('WEIR_DECODE', `JSON: ${withoutContent(messageOf(error))} in a body of ${body.length} bytes`)
  }
  if (!isObject(request)) throw new WeirError('WEIR_DECODE', 'JSON: the request must be an object')
  return request
}

/** V8 quotes the text around the error; an answer or a log must not. */
function withoutContent(message: string): string {
  const position = /at position \d+/.exec(message)?.[0]
  return position === undefined ? 'not valid JSON' : `not valid JSON ${position}`
}

const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b

/** An object costs far more memory than the two bytes that open and close it, so their number is bounded before parsing. */
function checkSize(body: Buffer): void {
  if (body.length <= LIMITS.values) return
  let open = 0
  for (const byte of body) if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) open++
  if (open > LIMITS.values) {
    throw new WeirError('WEIR_TOO_LARGE', `the request holds more than ${LIMITS.values} values: send smaller batches`)
  }
}

function objects(value: unknown, what: string): JsonObject[] {
  const items = list(value, what)
  for (const item of items) if (!isObject(item)) throw new RecordRefused(`${what} must hold objects`)
  return items as JsonObject[]
}

function readScopeGroup(
  signal: Signal,
  group: JsonObject,
  shared: { attributes: RecordContext['resource']; url: unknown },
  decoded: Decoded,
): void {
  const scope = object(group['scope'], 'scope')
  const context: RecordContext = {
    resource: shared.attributes,
    scopeName: text(scope['name'], 'the name of a scope'),
    scopeVersion: text(scope['version'], 'the version of a scope'),
    scopeAttributes: attributes(scope['attributes'], 'the attributes of a scope'),
    schemaUrl: text(group['schemaUrl'], 'schemaUrl') || text(shared.url, 'schemaUrl'),
  }
  const { records } = NAMES[signal]
  for (const item of list(group[records], records)) {
    if (signal === 'metrics') decoded.total += dataPoints(item)
    else readRecord(signal, item, context, decoded)
  }
}

function readRecord(signal: 'traces' | 'logs', item: unknown, context: RecordContext, decoded: Decoded): void {
  const index = decoded.total++
  if (index === LIMITS.records) {
    throw new WeirError('WEIR_TOO_LARGE', `the request holds more than ${LIMITS.records} records: send smaller batches`)
  }
  try {
    if (!isObject(item)) throw new RecordRefused('a record must be an object')
    decoded.records.push(signal === 'traces' ? readSpan(item, context) : readLog(item, context))
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error
    decoded.refused.push({ index, message: error.message })
  }
}

function readSpan(span: JsonObject, context: RecordContext): SpanRecord {
  const status = object(span['status'], 'status')
  const traceId = id(span['traceId'], 16, 'trace id')
  if (traceId === '') throw new RecordRefused('the trace id is missing or all zeros')
  const spanId = id(span['spanId'], 8, 'span id')
  if (spanId === '') throw new RecordRefused('the span id is missing or all zeros')
  return {
    kind: 'span',
    context,
    traceId,
    spanId,
    parentSpanId: id(span['parentSpanId'], 8, 'parent span id'),
    name: text(span['name'], 'name'),
    spanKind: enumeration(span['kind'], SPAN_KINDS, 'kind'),
    startUs: microseconds(span['startTimeUnixNano'], 'startTimeUnixNano'),
    endUs: microseconds(span['endTimeUnixNano'], 'endTimeUnixNano'),
    statusCode: enumeration(status['code'], STATUS_CODES, 'status code'),
    statusMessage: text(status['message'], 'the status message'),
    attributes: attributes(span['attributes'], 'attributes'),
    events: events(span['events']),
    raw: asSent(span),
  }
}

function events(value: unknown): SpanEvent[] {
  const items = list(value, 'events')
  if (items.length > LIMITS.events) throw new RecordRefused(`more than ${LIMITS.events} events`)
  return items.map((event) => {
    if (!isObject(event)) throw new RecordRefused('events must hold objects')
    return {
      name: text(event['name'], 'the name of an event'),
      timeUs: microseconds(event['timeUnixNano'], 'timeUnixNano of an event'),
      attributes: attributes(event['attributes'], 'the attributes of an event'),
    }
  })
}

function readLog(log: JsonObject, context: RecordContext): LogRecord {
  return {
    kind: 'log',
    context,
    traceId: id(log['traceId'], 16, 'trace id'),
    spanId: id(log['spanId'], 8, 'span id'),
    timeUs:
      microseconds(log['timeUnixNano'], 'timeUnixNano') ||
      microseconds(log['observedTimeUnixNano'], 'observedTimeUnixNano'),
    eventName: text(log['eventName'], 'eventName'),
    severityNumber: enumeration(log['severityNumber'], {}, 'severityNumber'),
    body: anyValue(log['body'], 'body', 0),
    attributes: attributes(log['attributes'], 'attributes'),
    raw: asSent(log),
  }
}

function asSent(record: JsonObject): string {
  try {
    return JSON.stringify(record)
  } catch {
    // The only way to fail: fields that we do not know, nested beyond what the stack can hold.
    throw new RecordRefused('nested too deeply')
  }
}

const SPAN_KINDS: Record<string, number> = {
  SPAN_KIND_UNSPECIFIED: 0,
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
}
const STATUS_CODES: Record<string, number> = { STATUS_CODE_UNSET: 0, STATUS_CODE_OK: 1, STATUS_CODE_ERROR: 2 }

function enumeration(value: unknown, names: Record<string, number>, what: string): number {
  if (absent(value)) return 0
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && Object.hasOwn(names, value)) return names[value]!
  throw new RecordRefused(`${what} must be an integer`)
}

const HEX = /^[0-9a-fA-F]+$/
const ZEROS = /^0*$/
const BASE64_ID = /^[A-Za-z0-9+/_-]+={1,2}$/

/** Hex digits of an id; empty when it is absent or all zeros, which OTLP means to be no id. */
function id(value: unknown, size: number, what: string): string {
  if (absent(value) || value === '') return ''
  const hex = typeof value === 'string' ? idText(value, size) : idBytes(value, size)
  if (hex === undefined) throw new RecordRefused(`the ${what} must be ${size * 2} hex digits`)
  return ZEROS.test(hex) ? '' : hex
}

function idText(value: string, size: number): string | undefined {
  if (value.length === size * 2 && HEX.test(value)) return value.toLowerCase()
  // Base64 of 8 or 16 bytes is padded and of another length: never mistaken for hex.
  if (value.length !== Math.ceil(size / 3) * 4 || !BASE64_ID.test(value)) return undefined
  const bytes = Buffer.from(value, 'base64')
  return bytes.length === size ? bytes.toString('hex') : undefined
}

function idBytes(value: unknown, size: number): string | undefined {
  if (!Array.isArray(value) || value.length !== size) return undefined
  const isByte = (byte: unknown): boolean => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) <= 255
  return value.every(isByte) ? Buffer.from(value as number[]).toString('hex') : undefined
}

const NANOSECONDS = /^\d{1,20}$/

function microseconds(value: unknown, what: string): number {
  if (absent(value)) return 0
  if (typeof value === 'string' && NANOSECONDS.test(value)) return Number(value.slice(0, -3))
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return Math.floor(value / 1000)
  throw new RecordRefused(`${what} must be a whole number of nanoseconds`)
}

/** The data points of one metric, whatever its kind; what is not a metric has none. */
function dataPoints(metric: unknown): number {
  if (!isObject(metric)) throw new RecordRefused('metrics must hold objects')
  let count = 0
  for (const kind of ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']) {
    const data = metric[kind]
    if (isObject(data)) count += list(data['dataPoints'], 'dataPoints').length
  }
  return count
}
