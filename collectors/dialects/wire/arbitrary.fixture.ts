import fc from 'fast-check'

/* Any OTLP request, and any request damaged on its way. */

const id = (size: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes.map((byte) => byte | 1)))
const nanos = fc.bigInt(0n, 2n ** 64n - 1n).map(String)
const string = fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constant('__proto__'))
const { any, entries } = fc.letrec<{ any: object; entries: object[] }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    string.map((stringValue) => ({ stringValue })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((int) => ({ intValue: String(int) })),
    fc.integer().map((int) => ({ intValue: String(int) })),
    fc.double().map((doubleValue) => ({ doubleValue })),
    fc.uint8Array().map((bytes) => ({ bytesValue: Buffer.from(bytes) })),
    fc.constant({}),
    fc.array(tie('any'), { maxLength: 4 }).map((values) => ({ arrayValue: { values } })),
    tie('entries').map((values) => ({ kvlistValue: { values } })),
  ),
  entries: fc.array(fc.record({ key: string, value: tie('any') }, { requiredKeys: ['key'] }), { maxLength: 6 }),
}))
const optional = { requiredKeys: [] as [] }
const spanArbitrary = fc.record(
  {
    traceId: id(16),
    spanId: id(8),
    parentSpanId: fc.oneof(id(8), fc.constant(Buffer.alloc(0))),
    traceState: string,
    name: string,
    kind: fc.integer(),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: entries,
    droppedAttributesCount: fc.nat(),
    events: fc.array(fc.record({ timeUnixNano: nanos, name: string, attributes: entries }, optional), { maxLength: 3 }),
    links: fc.array(fc.record({ traceId: id(16), attributes: entries }, optional), { maxLength: 2 }),
    status: fc.record({ code: fc.integer(), message: string }, optional),
    flags: fc.nat(),
  },
  { requiredKeys: ['traceId', 'spanId'] },
)
const logArbitrary = fc.record(
  {
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    severityNumber: fc.nat(24),
    severityText: string,
    body: any,
    attributes: entries,
    traceId: fc.oneof(id(16), fc.constant(Buffer.alloc(0)), fc.constant(Buffer.alloc(16))),
    spanId: fc.oneof(id(8), fc.constant(Buffer.alloc(0))),
    eventName: string,
    flags: fc.nat(),
  },
  optional,
)
const scope = fc.record({ name: string, version: string, attributes: entries }, optional)
const groups = <T>(scopes: string, records: string, record: fc.Arbitrary<T>): fc.Arbitrary<object[]> => {
  const inner = fc.record({ scope, schemaUrl: string, [records]: fc.array(record, { maxLength: 4 }) }, optional)
  const resource = fc.record({ attributes: entries }, optional)
  return fc.array(fc.record({ resource, schemaUrl: string, [scopes]: fc.array(inner, { maxLength: 3 }) }, optional), {
    maxLength: 3,
  })
}
export const traceRequests: fc.Arbitrary<object> = groups('scopeSpans', 'spans', spanArbitrary).map(
  (resourceSpans) => ({ resourceSpans }),
)
export const logRequests: fc.Arbitrary<object> = groups('scopeLogs', 'logRecords', logArbitrary).map(
  (resourceLogs) => ({ resourceLogs }),
)

/** Bytes that were once a request: flipped, cut, doubled, removed, or overwritten with what lengths are made of. */
export const damaged = (requests: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      requests,
      fc.array(fc.tuple(fc.constantFrom('flip', 'cut', 'insert', 'remove', 'long'), fc.nat(), fc.nat(255)), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([bytes, damages]) => {
      let result = bytes
      for (const [how, where, what] of damages) {
        const at = result.length === 0 ? 0 : where % result.length
        const head = result.subarray(0, at)
        if (how === 'cut') result = head
        else if (how === 'remove') result = Buffer.concat([head, result.subarray(at + 1)])
        else if (how === 'insert') result = Buffer.concat([head, Buffer.from([what]), result.subarray(at)])
        else if (how === 'flip') result = Buffer.concat([head, Buffer.from([what]), result.subarray(at + 1)])
        else result = Buffer.concat([head, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07]), result.subarray(at + 1)])
      }
      return result
    })
