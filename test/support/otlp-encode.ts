/*
 * OTLP requests as bytes, written from the protocol's field numbers and sharing nothing with Weir's reader: what the
 * fault tests send must not be built by the code under test.
 */

export type Sent = string | number | boolean | readonly Sent[] | { readonly [key: string]: Sent }
export type SentAttributes = Readonly<Record<string, Sent>>

export interface SpanToSend {
  /** Hex. */
  traceId: string
  spanId: string
  parentSpanId?: string
  traceState?: string
  name: string
  kind: number
  startMs: number
  durationUs: number
  attributes: SentAttributes
  events?: readonly { name: string; attributes: SentAttributes }[]
  links?: readonly { attributes: SentAttributes; traceState: string }[]
  status?: { code: number; message: string }
}

export interface LogToSend {
  /** Hex; empty where it names no span. */
  traceId: string
  spanId: string
  timeMs: number
  /** Sent as the attribute `event.name`, where exporters before OTLP 1.5 put it. */
  eventName: string
  body: Sent
  attributes: SentAttributes
}

interface Envelope {
  resource: SentAttributes
  scope: { name: string; version: string; attributes: SentAttributes }
  schemaUrl: string
}

export interface TraceRequest extends Envelope {
  spans: readonly SpanToSend[]
}

export interface LogsRequest extends Envelope {
  logs: readonly LogToSend[]
}

const LENGTH_DELIMITED = 2
const FIXED64 = 1
const VARINT = 0

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let left = BigInt.asUintN(64, BigInt(value))
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128)
    left >>= 7n
  }
  bytes.push(Number(left))
  return Buffer.from(bytes)
}

const tag = (field: number, type: number): Buffer => varint((field << 3) | type)

const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([tag(field, LENGTH_DELIMITED), varint(value.length), value])

const text = (field: number, value: string): Buffer =>
  value === '' ? Buffer.alloc(0) : bytes(field, Buffer.from(value))

const whole = (field: number, value: number): Buffer => Buffer.concat([tag(field, VARINT), varint(value)])

function fixed64(field: number, value: bigint): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(value)
  return Buffer.concat([tag(field, FIXED64), buffer])
}

function double(field: number, value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeDoubleLE(value)
  return Buffer.concat([tag(field, FIXED64), buffer])
}

function anyValue(value: Sent): Buffer {
  if (typeof value === 'string') return bytes(1, Buffer.from(value))
  if (typeof value === 'boolean') return whole(2, value ? 1 : 0)
  if (typeof value === 'number') return Number.isInteger(value) ? whole(3, value) : double(4, value)
  if (Array.isArray(value))
    return bytes(5, Buffer.concat((value as readonly Sent[]).map((item) => bytes(1, anyValue(item)))))
  return bytes(6, keyValues(1, value as SentAttributes))
}

const keyValues = (field: number, attributes: SentAttributes): Buffer =>
  Buffer.concat(
    Object.entries(attributes).map(([key, value]) =>
      bytes(field, Buffer.concat([text(1, key), bytes(2, anyValue(value))])),
    ),
  )

const nanos = (ms: number, plusUs = 0): bigint => BigInt(ms) * 1_000_000n + BigInt(plusUs) * 1_000n

function spanBytes(span: SpanToSend): Buffer {
  const { events = [], links = [], status } = span
  return Buffer.concat([
    bytes(1, Buffer.from(span.traceId, 'hex')),
    bytes(2, Buffer.from(span.spanId, 'hex')),
    text(3, span.traceState ?? ''),
    span.parentSpanId === undefined ? Buffer.alloc(0) : bytes(4, Buffer.from(span.parentSpanId, 'hex')),
    text(5, span.name),
    whole(6, span.kind),
    fixed64(7, nanos(span.startMs)),
    fixed64(8, nanos(span.startMs, span.durationUs)),
    keyValues(9, span.attributes),
    ...events.map((event) =>
      bytes(11, Buffer.concat([fixed64(1, nanos(span.startMs)), text(2, event.name), keyValues(3, event.attributes)])),
    ),
    ...links.map((link) => bytes(13, Buffer.concat([text(3, link.traceState), keyValues(4, link.attributes)]))),
    status === undefined ? Buffer.alloc(0) : bytes(15, Buffer.concat([text(2, status.message), whole(3, status.code)])),
  ])
}

function logBytes({ traceId, spanId, timeMs, eventName, body, attributes }: LogToSend): Buffer {
  return Buffer.concat([
    fixed64(1, nanos(timeMs)),
    bytes(5, anyValue(body)),
    keyValues(6, { 'event.name': eventName, ...attributes }),
    traceId === '' ? Buffer.alloc(0) : bytes(9, Buffer.from(traceId, 'hex')),
    spanId === '' ? Buffer.alloc(0) : bytes(10, Buffer.from(spanId, 'hex')),
  ])
}

/** Requests for traces and for logs have the same fields around their records. */
function enveloped({ resource, scope, schemaUrl }: Envelope, records: readonly Buffer[]): Buffer {
  const scopeBytes = Buffer.concat([text(1, scope.name), text(2, scope.version), keyValues(3, scope.attributes)])
  const ofScope = [bytes(1, scopeBytes), ...records.map((record) => bytes(2, record)), text(3, schemaUrl)]
  const ofResource = [bytes(1, keyValues(1, resource)), bytes(2, Buffer.concat(ofScope)), text(3, schemaUrl)]
  return bytes(1, Buffer.concat(ofResource))
}

export const protobufRequest = (request: TraceRequest): Buffer => enveloped(request, request.spans.map(spanBytes))
export const protobufLogs = (request: LogsRequest): Buffer => enveloped(request, request.logs.map(logBytes))

function jsonValue(value: Sent): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: (value as readonly Sent[]).map(jsonValue) } }
  return { kvlistValue: { values: jsonAttributes(value as SentAttributes) } }
}

const jsonAttributes = (attributes: SentAttributes): object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: jsonValue(value) }))

function jsonSpan(span: SpanToSend): object {
  const { events = [], links = [], status } = span
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    ...(span.traceState !== undefined && { traceState: span.traceState }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(nanos(span.startMs)),
    endTimeUnixNano: String(nanos(span.startMs, span.durationUs)),
    attributes: jsonAttributes(span.attributes),
    events: events.map((event) => ({
      timeUnixNano: String(nanos(span.startMs)),
      name: event.name,
      attributes: jsonAttributes(event.attributes),
    })),
    links: links.map((link) => ({ traceState: link.traceState, attributes: jsonAttributes(link.attributes) })),
    ...(status !== undefined && { status }),
  }
}

export function jsonRequest({ resource, scope, schemaUrl, spans }: TraceRequest): Buffer {
  const scopeSpans = [
    { scope: { ...scope, attributes: jsonAttributes(scope.attributes) }, spans: spans.map(jsonSpan), schemaUrl },
  ]
  const resourceSpans = [{ resource: { attributes: jsonAttributes(resource) }, scopeSpans, schemaUrl }]
  return Buffer.from(JSON.stringify({ resourceSpans }))
}

function jsonLog({ traceId, spanId, timeMs, eventName, body, attributes }: LogToSend): object {
  return {
    timeUnixNano: String(nanos(timeMs)),
    body: jsonValue(body),
    attributes: jsonAttributes({ 'event.name': eventName, ...attributes }),
    traceId,
    spanId,
  }
}

export function jsonLogs({ resource, scope, schemaUrl, logs }: LogsRequest): Buffer {
  const scopeLogs = [
    { scope: { ...scope, attributes: jsonAttributes(scope.attributes) }, logRecords: logs.map(jsonLog), schemaUrl },
  ]
  const resourceLogs = [{ resource: { attributes: jsonAttributes(resource) }, scopeLogs, schemaUrl }]
  return Buffer.from(JSON.stringify({ resourceLogs }))
}

/** How many records an OTLP answer says were refused, and why. An empty protobuf answer means none. */
export function partialSuccess(type: string, body: Buffer): { rejected: number; message: string } {
  if (type.startsWith('application/json')) {
    const { partialSuccess: said } = JSON.parse(body.toString() || '{}') as {
      partialSuccess?: { rejectedSpans?: string; rejectedLogRecords?: string; errorMessage?: string }
    }
    return { rejected: Number(said?.rejectedSpans ?? said?.rejectedLogRecords ?? 0), message: said?.errorMessage ?? '' }
  }
  const answer = fieldsOf(body).get(1)
  if (!Buffer.isBuffer(answer)) return { rejected: 0, message: '' }
  const said = fieldsOf(answer)
  const message = said.get(2)
  return { rejected: Number(said.get(1) ?? 0), message: Buffer.isBuffer(message) ? message.toString() : '' }
}

/** The last value of each field of a message of varints and length-delimited fields. */
function fieldsOf(message: Buffer): Map<number, number | Buffer> {
  const fields = new Map<number, number | Buffer>()
  let at = 0
  const next = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++]
      if (byte === undefined) throw new Error('the OTLP answer is cut off')
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = next()
    const value = next()
    if ((key & 7) === VARINT) fields.set(key >>> 3, value)
    else {
      fields.set(key >>> 3, message.subarray(at, at + value))
      at += value
    }
  }
  return fields
}
