/** An OTLP record as a transport decoded it, before any convention is applied. Shared by all transports. */

/** 64-bit integers beyond 2^53 come as decimal strings. */
export type AnyValue = string | number | boolean | null | Uint8Array | AnyValue[] | { [key: string]: AnyValue }
export type Attributes = Record<string, AnyValue>

/** What a batch of records shares; one object per resource and scope, never copied per record. */
export interface RecordContext {
  resource: Attributes
  scopeName: string
  scopeVersion: string
  scopeAttributes: Attributes
  /** The scope's schema URL, else the resource's, else empty. */
  schemaUrl: string
}

export interface SpanEvent {
  name: string
  timeUs: number
  attributes: Attributes
}

export interface SpanRecord {
  kind: 'span'
  context: RecordContext
  /** 32 lower-case hex digits. */
  traceId: string
  /** 16 lower-case hex digits. */
  spanId: string
  /** 16 lower-case hex digits, or empty. */
  parentSpanId: string
  name: string
  /** As numbered by OTLP: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  spanKind: number
  startUs: number
  endUs: number
  /** 0 unset, 1 ok, 2 error. */
  statusCode: number
  statusMessage: string
  attributes: Attributes
  events: SpanEvent[]
  /** The record as sent (protobuf bytes of the span, or its JSON text): what the interaction's id is a hash of. */
  raw: Uint8Array | string
}

export interface LogRecord {
  kind: 'log'
  context: RecordContext
  traceId: string
  spanId: string
  timeUs: number
  eventName: string
  severityNumber: number
  body: AnyValue
  attributes: Attributes
  raw: Uint8Array | string
}
