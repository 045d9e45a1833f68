import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import type { LogRecord, SpanRecord } from '../record.ts'
import { logRequests, traceRequests } from './arbitrary.fixture.ts'
import { decodeRequest, type Decoded, type Signal } from './index.ts'
import { OTLP_PROTO } from './otlp.fixture.ts'

const { root } = protobuf.parse(OTLP_PROTO)
const TYPES = {
  traces: 'ExportTraceServiceRequest',
  logs: 'ExportLogsServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
}

function asProtobuf(signal: Signal, request: object): Decoded {
  const type = root.lookupType(`otlp.${TYPES[signal]}`)
  return decodeRequest(signal, 'protobuf', Buffer.from(type.encode(type.fromObject(request)).finish()))
}

/** The request in OTLP's JSON: ids in hex, other bytes in base64, what JSON has no number for as text. */
function asJson(signal: Signal, request: object): Decoded {
  const text = JSON.stringify(request, function (this: Record<string, unknown>, key, value: unknown) {
    const given = this[key]
    if (Buffer.isBuffer(given)) return given.toString(key.endsWith('Id') ? 'hex' : 'base64')
    if (typeof given === 'number' && (!Number.isFinite(given) || Object.is(given, -0)))
      return Object.is(given, -0) ? '-0' : String(given)
    return value
  })
  return decodeRequest(signal, 'json', Buffer.from(text))
}

const withoutRaw = (records: readonly (SpanRecord | LogRecord)[]): object[] =>
  records.map(({ raw: _, ...rest }) => rest)
// Enums are unsigned on the one way and signed on the other; only nonsense is negative.
const unsigned = (decoded: Decoded): object[] =>
  withoutRaw(decoded.records).map((record) => {
    const numbers = record as { spanKind?: number; statusCode?: number }
    if (numbers.spanKind === undefined) return record
    return { ...record, spanKind: numbers.spanKind >>> 0, statusCode: numbers.statusCode! >>> 0 }
  })

describe('JSON and protobuf of one request are read alike', () => {
  test.each([
    ['traces', traceRequests],
    ['logs', logRequests],
  ] as const)('%s', (signal, requests) => {
    fc.assert(
      fc.property(requests, (request) => {
        const json = asJson(signal, request)
        expect(json.refused).toEqual([])
        expect(unsigned(json)).toEqual(unsigned(asProtobuf(signal, request)))
      }),
      { numRuns: 300 },
    )
  })

  test('metrics', () => {
    const points = (count: number): object => ({ dataPoints: Array.from({ length: count }, () => ({})) })
    const metrics = [
      { gauge: points(1) },
      { sum: points(2) },
      { histogram: points(4) },
      { exponentialHistogram: points(8) },
      { summary: points(16) },
      {},
    ]
    const request = { resourceMetrics: [{ scopeMetrics: [{ metrics }, {}] }, {}] }
    expect(asJson('metrics', request).total).toBe(31)
    expect(asProtobuf('metrics', request).total).toBe(31)
  })
})

test('any JSON at all is read or refused as undecodable, and nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom<Signal>('traces', 'logs', 'metrics'), (value, signal) => {
      for (const shape of [
        value,
        { resourceSpans: value },
        { resourceSpans: [{ scopeSpans: [{ spans: [value] }] }] },
      ]) {
        const text = JSON.stringify(shape).replaceAll(
          'resourceSpans',
          signal === 'logs' ? 'resourceLogs' : 'resourceSpans',
        )
        try {
          const decoded = decodeRequest(signal, 'json', Buffer.from(text))
          if (signal !== 'metrics') expect(decoded.records.length + decoded.refused.length).toBe(decoded.total)
        } catch (error) {
          expect(error).toMatchObject({ code: 'WEIR_DECODE' })
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

test('any damage to the fields of a span costs that span and no other', () => {
  const fields = [
    'traceId',
    'spanId',
    'parentSpanId',
    'name',
    'kind',
    'startTimeUnixNano',
    'endTimeUnixNano',
    'attributes',
    'events',
    'status',
  ]
  const good = { traceId: '01'.repeat(16), spanId: '02'.repeat(8), name: 'good' }
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      const spans = [good, { ...good, name: 'bad', [field]: value }, good]
      const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
      const { records, refused, total } = decodeRequest('traces', 'json', body)
      expect([total, records.length + refused.length]).toEqual([3, 3])
      expect(records.filter((record) => (record as SpanRecord).name === 'good').length).toBeGreaterThanOrEqual(2)
      for (const one of refused) expect(one.index).toBe(1)
    }),
    { numRuns: 1_000 },
  )
})

test('raw is the same text for the same span, however the request was spaced', () => {
  const request = {
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: '01'.repeat(16), spanId: '02'.repeat(8), x: [1] }] }] }],
  }
  const raw = (text: string): unknown => decodeRequest('traces', 'json', Buffer.from(text)).records[0]!.raw
  expect(raw(JSON.stringify(request, null, 4))).toBe(raw(JSON.stringify(request)))
})
