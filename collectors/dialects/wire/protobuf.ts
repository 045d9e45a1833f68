import { WeirError } from '../../../core/errors.ts'
import type { Attributes, LogRecord, RecordContext, SpanEvent, SpanRecord } from '../record.ts'
import { newAttributes } from './attributes.ts'
import { Cursor } from './cursor.ts'
import { LIMITS, RecordRefused, type Decoded } from './decoded.ts'
import { checkEntries, readEntry, readValue } from './values.ts'

/*
 * A flat reader of the OTLP requests: from bytes to records in one pass, no message objects in between. The numbers are
 * the tags of opentelemetry-proto (field number << 3 | wire type); a field of another wire type is an unknown field.
 */

type ReadRecord<R> = (cursor: Cursor, end: number, context: RecordContext) => R

/** ExportTraceServiceRequest. */
export const readTraces = (body: Buffer): Decoded => readRequest(body, readSpan)
/** ExportLogsServiceRequest: the same shape, with log records where the spans are. */
export const readLogs = (body: Buffer): Decoded => readRequest(body, readLog)

function readRequest(body: Buffer, read: ReadRecord<SpanRecord | LogRecord>): Decoded {
  const cursor = new Cursor(body)
  const decoded: Decoded = { records: [], refused: [], total: 0, invalidUtf8: 0 }
  try {
    while (cursor.pos < body.length) {
      const tag = cursor.varint32()
      if (tag === 0x0a) readResourceGroup(cursor, cursor.end(body.length), read, decoded)
      else cursor.skip(tag, body.length)
    }
    cursor.close(body.length)
  } catch (error) {
    // Only what records share gets here: without its resource no record of the group is known.
    if (error instanceof RecordRefused) throw cursor.malformed(`in a resource or scope: ${error.message};`)
    throw error
  }
  decoded.invalidUtf8 = cursor.invalidUtf8
  return decoded
}

/** ResourceSpans or ResourceLogs. */
function readResourceGroup(
  cursor: Cursor,
  end: number,
  read: ReadRecord<SpanRecord | LogRecord>,
  decoded: Decoded,
): void {
  const resource = newAttributes()
  const contexts: RecordContext[] = []
  let schemaUrl = ''
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x0a) readAttributes(cursor, cursor.end(end), 0x0a, resource)
    else if (tag === 0x12) contexts.push(readScopeGroup(cursor, cursor.end(end), resource, read, decoded))
    else if (tag === 0x1a) schemaUrl = cursor.text(end)
    else cursor.skip(tag, end)
  }
  cursor.close(end)
  // The schema URL stands behind the spans it is about.
  if (schemaUrl !== '') for (const context of contexts) context.schemaUrl ||= schemaUrl
}

/** ScopeSpans or ScopeLogs. */
function readScopeGroup(
  cursor: Cursor,
  end: number,
  resource: Attributes,
  read: ReadRecord<SpanRecord | LogRecord>,
  decoded: Decoded,
): RecordContext {
  const context = { resource, scopeName: '', scopeVersion: '', scopeAttributes: newAttributes(), schemaUrl: '' }
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x12) readRecord(cursor, cursor.end(end), context, read, decoded)
    else if (tag === 0x0a) readScope(cursor, cursor.end(end), context)
    else if (tag === 0x1a) context.schemaUrl = cursor.text(end)
    else cursor.skip(tag, end)
  }
  cursor.close(end)
  return context
}

function readRecord(
  cursor: Cursor,
  end: number,
  context: RecordContext,
  read: ReadRecord<SpanRecord | LogRecord>,
  decoded: Decoded,
): void {
  const index = decoded.total++
  if (index === LIMITS.records) {
    throw new WeirError('WEIR_TOO_LARGE', `the request holds more than ${LIMITS.records} records: send smaller batches`)
  }
  try {
    decoded.records.push(read(cursor, end, context))
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error
    decoded.refused.push({ index, message: error.message })
    cursor.pos = end
  }
}

function readScope(cursor: Cursor, end: number, context: RecordContext): void {
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x0a) context.scopeName = cursor.text(end)
    else if (tag === 0x12) context.scopeVersion = cursor.text(end)
    else if (tag === 0x1a) {
      checkEntries(++count)
      readEntry(cursor, end, context.scopeAttributes, 0)
    } else cursor.skip(tag, end)
  }
  cursor.close(end)
}

/** A message of which only the attributes, under this tag, are of interest. */
function readAttributes(cursor: Cursor, end: number, attributesTag: number, into: Attributes): void {
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === attributesTag) {
      checkEntries(++count)
      readEntry(cursor, end, into, 0)
    } else cursor.skip(tag, end)
  }
  cursor.close(end)
}

function readSpan(cursor: Cursor, end: number, context: RecordContext): SpanRecord {
  const span: SpanRecord = {
    kind: 'span',
    context,
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    spanKind: 0,
    startUs: 0,
    endUs: 0,
    statusCode: 0,
    statusMessage: '',
    attributes: newAttributes(),
    events: [],
    raw: cursor.bytes.subarray(cursor.pos, end),
  }
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    switch (tag) {
      case 0x4a:
        checkEntries(++count)
        readEntry(cursor, end, span.attributes, 0)
        break
      case 0x0a:
        span.traceId = readId(cursor, end, 16, 'trace id')
        break
      case 0x12:
        span.spanId = readId(cursor, end, 8, 'span id')
        break
      case 0x22:
        span.parentSpanId = readId(cursor, end, 8, 'parent span id')
        break
      case 0x2a:
        span.name = cursor.text(end)
        break
      case 0x30:
        span.spanKind = cursor.varint32()
        break
      case 0x39:
        span.startUs = cursor.microseconds()
        break
      case 0x41:
        span.endUs = cursor.microseconds()
        break
      case 0x5a:
        span.events.push(readEvent(cursor, cursor.end(end), span.events.length))
        break
      case 0x7a:
        readStatus(cursor, cursor.end(end), span)
        break
      default:
        cursor.skip(tag, end)
    }
  }
  cursor.close(end)
  if (span.traceId === '') throw new RecordRefused('the trace id is missing or all zeros')
  if (span.spanId === '') throw new RecordRefused('the span id is missing or all zeros')
  return span
}

function readStatus(cursor: Cursor, end: number, span: SpanRecord): void {
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x12) span.statusMessage = cursor.text(end)
    else if (tag === 0x18) span.statusCode = cursor.varint32()
    else cursor.skip(tag, end)
  }
  cursor.close(end)
}

function readEvent(cursor: Cursor, end: number, before: number): SpanEvent {
  if (before === LIMITS.events) throw new RecordRefused(`more than ${LIMITS.events} events`)
  cursor.spend()
  const event: SpanEvent = { name: '', timeUs: 0, attributes: newAttributes() }
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x1a) {
      checkEntries(++count)
      readEntry(cursor, end, event.attributes, 0)
    } else if (tag === 0x12) event.name = cursor.text(end)
    else if (tag === 0x09) event.timeUs = cursor.microseconds()
    else cursor.skip(tag, end)
  }
  cursor.close(end)
  return event
}

function readLog(cursor: Cursor, end: number, context: RecordContext): LogRecord {
  const log: LogRecord = {
    kind: 'log',
    context,
    traceId: '',
    spanId: '',
    timeUs: 0,
    eventName: '',
    severityNumber: 0,
    body: null,
    attributes: newAttributes(),
    raw: cursor.bytes.subarray(cursor.pos, end),
  }
  let observedUs = 0
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    switch (tag) {
      case 0x32:
        checkEntries(++count)
        readEntry(cursor, end, log.attributes, 0)
        break
      case 0x09:
        log.timeUs = cursor.microseconds()
        break
      case 0x59:
        observedUs = cursor.microseconds()
        break
      case 0x10:
        log.severityNumber = cursor.varint32()
        break
      case 0x2a:
        cursor.spend()
        log.body = readValue(cursor, cursor.end(end), 0)
        break
      case 0x4a:
        log.traceId = readId(cursor, end, 16, 'trace id')
        break
      case 0x52:
        log.spanId = readId(cursor, end, 8, 'span id')
        break
      case 0x62:
        log.eventName = cursor.text(end)
        break
      default:
        cursor.skip(tag, end)
    }
  }
  cursor.close(end)
  if (log.timeUs === 0) log.timeUs = observedUs
  return log
}

/** Hex digits of an id; empty when it is empty or all zeros, which OTLP means to be no id. */
function readId(cursor: Cursor, limit: number, size: number, what: string): string {
  const end = cursor.end(limit)
  const start = cursor.pos
  cursor.pos = end
  if (end === start) return ''
  if (end - start !== size) throw new RecordRefused(`the ${what} must be ${size} bytes, it has ${end - start}`)
  for (let at = start; at < end; at++) if (cursor.bytes[at] !== 0) return cursor.slices.hexSlice(start, end)
  return ''
}
