import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { WeirError } from '../../../core/errors.ts'
import type { AnyValue, LogRecord, SpanRecord } from '../record.ts'
import { damaged, logRequests, traceRequests } from './arbitrary.fixture.ts'
import { LIMITS } from './decoded.ts'
import { decodeRequest } from './index.ts'
import { OTLP_PROTO } from './otlp.fixture.ts'
import { readLogs, readTraces } from './protobuf.ts'

const { root } = protobuf.parse(OTLP_PROTO)
const TRACES = root.lookupType('otlp.ExportTraceServiceRequest')
const LOGS = root.lookupType('otlp.ExportLogsServiceRequest')
const encode = (type: protobuf.Type, value: object): Buffer => Buffer.from(type.encode(type.fromObject(value)).finish())

// What the oracle's objects look like once they are plain.
interface Value {
  stringValue?: string
  boolValue?: boolean
  intValue?: string
  doubleValue?: number
  arrayValue?: { values?: Value[] }
  kvlistValue?: { values?: Entry[] }
  bytesValue?: Uint8Array
}
interface Entry {
  key?: string
  value?: Value
}
interface Plain {
  traceId?: Uint8Array
  spanId?: Uint8Array
  parentSpanId?: Uint8Array
  name?: string
  kind?: number
  startTimeUnixNano?: string
  endTimeUnixNano?: string
  attributes?: Entry[]
  events?: { timeUnixNano?: string; name?: string; attributes?: Entry[] }[]
  status?: { code?: number; message?: string }
  timeUnixNano?: string
  observedTimeUnixNano?: string
  severityNumber?: number
  body?: Value
  eventName?: string
}
interface Group {
  resource?: { attributes?: Entry[] }
  schemaUrl?: string
  scopeSpans?: Scope[]
  scopeLogs?: Scope[]
}
interface Scope {
  scope?: { name?: string; version?: string; attributes?: Entry[] }
  schemaUrl?: string
  spans?: Plain[]
  logRecords?: Plain[]
}

function value(given: Value | undefined): AnyValue {
  if (given === undefined) return null
  if (given.stringValue !== undefined) return given.stringValue
  if (given.boolValue !== undefined) return given.boolValue
  if (given.intValue !== undefined) {
    const number = Number(given.intValue)
    return Number.isSafeInteger(number) ? number : given.intValue
  }
  if (given.doubleValue !== undefined) return given.doubleValue
  if (given.arrayValue !== undefined) return (given.arrayValue.values ?? []).map(value)
  if (given.kvlistValue !== undefined) return map(given.kvlistValue.values)
  return given.bytesValue === undefined ? null : new Uint8Array(given.bytesValue)
}
const map = (entries: Entry[] = []): Record<string, AnyValue> => {
  const result = Object.create(null) as Record<string, AnyValue>
  for (const entry of entries) result[entry.key ?? ''] = value(entry.value)
  return result
}
const hex = (id: Uint8Array = new Uint8Array()): string =>
  id.every((byte) => byte === 0) ? '' : Buffer.from(id).toString('hex')
const micros = (nanos = '0'): number => Number(BigInt(nanos) / 1000n)

/** What the reader should make of a message, by way of the oracle and of nothing that the reader uses. */
function expected(type: protobuf.Type, bytes: Uint8Array): object[] {
  const plain = type.toObject(type.decode(bytes), { longs: String }) as Record<string, Group[]>
  const records: object[] = []
  for (const group of plain['resourceSpans'] ?? plain['resourceLogs'] ?? []) {
    for (const scope of group.scopeSpans ?? group.scopeLogs ?? []) {
      const context = {
        resource: map(group.resource?.attributes),
        scopeName: scope.scope?.name ?? '',
        scopeVersion: scope.scope?.version ?? '',
        scopeAttributes: map(scope.scope?.attributes),
        schemaUrl: scope.schemaUrl || group.schemaUrl || '',
      }
      for (const one of scope.spans ?? []) records.push({ context, ...spanOf(one) })
      for (const one of scope.logRecords ?? []) records.push({ context, ...logOf(one) })
    }
  }
  return records
}
const spanOf = (one: Plain): object => ({
  kind: 'span',
  traceId: hex(one.traceId),
  spanId: hex(one.spanId),
  parentSpanId: hex(one.parentSpanId),
  name: one.name ?? '',
  spanKind: (one.kind ?? 0) >>> 0,
  startUs: micros(one.startTimeUnixNano),
  endUs: micros(one.endTimeUnixNano),
  statusCode: (one.status?.code ?? 0) >>> 0,
  statusMessage: one.status?.message ?? '',
  attributes: map(one.attributes),
  events: (one.events ?? []).map((event) => ({
    name: event.name ?? '',
    timeUs: micros(event.timeUnixNano),
    attributes: map(event.attributes),
  })),
})
const logOf = (one: Plain): object => ({
  kind: 'log',
  traceId: hex(one.traceId),
  spanId: hex(one.spanId),
  timeUs: micros(one.timeUnixNano) || micros(one.observedTimeUnixNano),
  eventName: one.eventName ?? '',
  severityNumber: (one.severityNumber ?? 0) >>> 0,
  body: value(one.body),
  attributes: map(one.attributes),
})

const withoutRaw = (records: readonly (SpanRecord | LogRecord)[]): object[] =>
  records.map(({ raw: _, ...rest }) => rest)

describe('against protobufjs', () => {
  test('any trace request is read as the oracle reads it', () => {
    fc.assert(
      fc.property(traceRequests, (request) => {
        const bytes = encode(TRACES, request)
        const decoded = readTraces(bytes)
        expect(decoded.refused).toEqual([])
        expect(withoutRaw(decoded.records)).toEqual(expected(TRACES, bytes))
      }),
      { numRuns: 200 },
    )
  })

  test('any log request is read as the oracle reads it', () => {
    fc.assert(
      fc.property(logRequests, (request) => {
        const bytes = encode(LOGS, request)
        const decoded = readLogs(bytes)
        expect(decoded.refused).toEqual([])
        expect(withoutRaw(decoded.records)).toEqual(expected(LOGS, bytes))
      }),
      { numRuns: 200 },
    )
  })

  test('raw is the record as it was sent, without a copy', () => {
    const bytes = encode(TRACES, {
      resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2) }] }] }],
    })
    const [record] = readTraces(bytes).records
    const raw = record!.raw as Buffer
    expect(raw.buffer).toBe(bytes.buffer)
    expect(root.lookupType('otlp.Span').decode(raw)).toMatchObject({ spanId: Buffer.alloc(8, 2) })
  })
})

describe('damaged requests', () => {
  test.each(['traces', 'logs'] as const)('%s: read or refused as undecodable, and nothing else', (signal) => {
    const [arbitrary, type] = signal === 'traces' ? [traceRequests, TRACES] : [logRequests, LOGS]
    let read = 0
    let refused = 0
    fc.assert(
      fc.property(damaged(arbitrary.map((one) => encode(type, one))), (bytes) => {
        try {
          const decoded = decodeRequest(signal, 'protobuf', bytes)
          expect(decoded.records.length + decoded.refused.length).toBe(decoded.total)
          read++
        } catch (error) {
          expect(error).toBeInstanceOf(WeirError)
          expect((error as WeirError).code).toBe('WEIR_DECODE')
          expect((error as WeirError).message).toMatch(/at byte \d+ of \d+$/)
          refused++
        }
      }),
      { numRuns: 1_500 },
    )
    // The test would show nothing if all damage were of one kind.
    expect(Math.min(read, refused)).toBeGreaterThan(100)
  })

  test('what the oracle can still read and write again is read alike', () => {
    fc.assert(
      fc.property(damaged(traceRequests.map((one) => encode(TRACES, one))), (bytes) => {
        let again: Buffer
        try {
          again = Buffer.from(TRACES.encode(TRACES.decode(bytes)).finish())
        } catch {
          return
        }
        const decoded = readTraces(again)
        const taken = expected(TRACES, again).filter((_, index) => !decoded.refused.some((one) => one.index === index))
        expect(withoutRaw(decoded.records)).toEqual(taken)
      }),
      { numRuns: 500 },
    )
  })

  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('traces', 'logs', 'metrics'), (bytes, signal) => {
        try {
          decodeRequest(signal as 'traces', 'protobuf', Buffer.from(bytes))
        } catch (error) {
          expect(error).toMatchObject({ code: 'WEIR_DECODE' })
        }
      }),
      { numRuns: 1_500 },
    )
  })

  test('every prefix of a request ends cleanly', () => {
    const bytes = encode(TRACES, {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
          scopeSpans: [
            { spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2), startTimeUnixNano: '1' }] },
          ],
        },
      ],
    })
    for (let length = 1; length < bytes.length; length++) {
      expect(() => readTraces(bytes.subarray(0, length))).toThrow(/^protobuf: /)
    }
  })

  test('a length that promises gigabytes allocates nothing', () => {
    const before = process.memoryUsage().arrayBuffers
    for (const tag of [0x0a, 0x12, 0x1a, 0x7a]) {
      const bytes = Buffer.from([tag, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3])
      expect(() => readTraces(bytes)).toThrow(/a field of 4294967295 bytes that has only 3/)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024)
  })
})

describe('limits', () => {
  const oneSpan = (more: object): Buffer =>
    encode(TRACES, {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2), ...more }] }] },
      ],
    })
  const nested = (depth: number): object =>
    depth === 0 ? { stringValue: 'deep' } : { arrayValue: { values: [nested(depth - 1)] } }

  test.each([
    ['nesting', { attributes: [{ key: 'a', value: nested(LIMITS.depth + 1) }] }, /nests deeper than 32/],
    [
      'elements',
      {
        attributes: [
          { key: 'a', value: { arrayValue: { values: Array.from({ length: LIMITS.elements + 1 }, () => ({})) } } },
        ],
      },
      /65536 elements/,
    ],
    [
      'attributes',
      { attributes: Array.from({ length: LIMITS.entries + 1 }, (_, n) => ({ key: `k${n}` })) },
      /16384 attributes/,
    ],
    ['events', { events: Array.from({ length: LIMITS.events + 1 }, () => ({})) }, /4096 events/],
  ])('%s: the span is refused', (_, more, message) => {
    const { records, refused } = readTraces(oneSpan(more))
    expect(records).toEqual([])
    expect(refused).toEqual([{ index: 0, message: expect.stringMatching(message) }])
  })

  test('a value may nest as deep as the limit', () => {
    expect(readTraces(oneSpan({ attributes: [{ key: 'a', value: nested(LIMITS.depth) }] })).refused).toEqual([])
  })

  test('records and values: the request is refused', () => {
    // 0x12 0x00 is an empty span, 0x0a 0x00 an empty value.
    const many = Buffer.alloc((LIMITS.records + 1) * 2, Buffer.from([0x12, 0x00]))
    const wrap = (tag: number, inner: Buffer): Buffer => {
      const length = protobuf.Writer.create().uint32(tag).uint32(inner.length).finish()
      return Buffer.concat([length, inner])
    }
    expect(() => readTraces(wrap(0x0a, wrap(0x12, many)))).toThrow(/more than 50000 records/)
    const array = wrap(0x0a, wrap(0x2a, Buffer.alloc(60_000 * 2, Buffer.from([0x0a, 0x00]))))
    const attribute = wrap(0x4a, wrap(0x12, wrap(0x2a, Buffer.concat(Array.from({ length: 40 }, () => array)))))
    expect(() => readTraces(wrap(0x0a, wrap(0x12, wrap(0x12, attribute))))).toThrow(/more than 2000000 values/)
  })
})

describe('texts', () => {
  const named = (name: Buffer): Buffer => {
    const span = Buffer.concat([
      Buffer.from([0x0a, 16]),
      Buffer.alloc(16, 1),
      Buffer.from([0x12, 8]),
      Buffer.alloc(8, 2),
      Buffer.from([0x2a, name.length]),
      name,
    ])
    const scopeSpans = Buffer.concat([Buffer.from([0x12, span.length]), span])
    const group = Buffer.concat([Buffer.from([0x12, scopeSpans.length]), scopeSpans])
    return Buffer.concat([Buffer.from([0x0a, group.length]), group])
  }

  test('invalid UTF-8 is replaced and counted', () => {
    const decoded = readTraces(named(Buffer.from([0x61, 0xff, 0x62])))
    expect(decoded.records[0]).toMatchObject({ name: 'a\ufffdb' })
    expect(decoded.invalidUtf8).toBe(1)
  })

  test('a replacement character that was sent is not counted', () => {
    const decoded = readTraces(named(Buffer.from('a\ufffdb')))
    expect(decoded.records[0]).toMatchObject({ name: 'a\ufffdb' })
    expect(decoded.invalidUtf8).toBe(0)
  })

  test('keys with the names of what objects inherit are keys like any other', () => {
    const keys = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '0', '4294967295', '']
    const attributes = keys.map((key) => ({ key, value: { stringValue: `value of ${key}` } }))
    const body = encode(TRACES, {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2), attributes }] }] },
      ],
    })
    const made = readTraces(body).records[0]!.attributes
    expect(Object.keys(made).toSorted()).toEqual(keys.toSorted())
    for (const key of keys) expect(made[key]).toBe(`value of ${key}`)
    expect(made['valueOf']).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['value of __proto__']).toBeUndefined()
  })
})
