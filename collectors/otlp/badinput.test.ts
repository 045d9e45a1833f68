import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  attribute,
  decode,
  encode,
  JSON_TYPE,
  protobufTraces,
  send,
  sendJson,
  span,
  start,
  stopAll,
  times,
  traces,
  wire,
  type Answer,
  type Running,
} from './client.fixture.ts'

/* Whatever is sent: the answer is what the specification says, what was good beside it is taken, and memory stays flat. */

const MIB = 1024 * 1024
const JSON_HEADERS = { 'Content-Type': JSON_TYPE }
const GZIP_JSON = { ...JSON_HEADERS, 'Content-Encoding': 'gzip' }

const genai = attribute('gen_ai.operation.name', 'chat')
const nested = (depth: number): object =>
  depth === 0 ? { stringValue: 'deep' } : { arrayValue: { values: [nested(depth - 1)] } }
const withValue = (value: unknown): object => ({ attributes: [genai, { key: 'a', value }] })

/** One span that cannot be taken, sent as JSON between two that can. */
const BAD_SPANS: [what: string, more: object, reason: RegExp][] = [
  ['a trace id of 7 bytes', { traceId: '01020304050607' }, /trace id must be 32 hex digits/],
  ['a trace id of 15 bytes', { traceId: 'a'.repeat(30) }, /trace id must be 32 hex digits/],
  ['a trace id that is not hex', { traceId: 'g'.repeat(32) }, /trace id must be 32 hex digits/],
  ['a trace id of zeros', { traceId: '0'.repeat(32) }, /trace id is missing or all zeros/],
  ['no trace id', { traceId: '' }, /trace id is missing or all zeros/],
  ['a trace id that is a number', { traceId: 7 }, /trace id must be 32 hex digits/],
  ['a span id of 9 bytes', { spanId: '1'.repeat(18) }, /span id must be 16 hex digits/],
  ['a span id of zeros', { spanId: '0'.repeat(16) }, /span id is missing or all zeros/],
  ['a span id as bytes out of range', { spanId: [1, 2, 3, 4, 5, 6, 7, 256] }, /span id must be 16 hex digits/],
  ['a parent id of 3 bytes', { parentSpanId: 'abcdef' }, /parent span id must be 16 hex digits/],
  ['attributes as an object', { attributes: { 'gen_ai.operation.name': 'chat' } }, /attributes must be an array/],
  ['attributes as a text', { attributes: 'chat' }, /attributes must be an array/],
  ['an attribute that is null', { attributes: [genai, null] }, /objects with key and value/],
  ['an attribute that is a text', { attributes: [genai, 'chat'] }, /objects with key and value/],
  ['a key that is a number', { attributes: [genai, { key: 7 }] }, /a key in attributes must be a string/],
  ['a value that is a bare text', withValue('chat'), /must be an object such as/],
  ['a value that is an array', withValue(['chat']), /must be an object such as/],
  ['a value of two kinds', withValue({ stringValue: 'a', intValue: '1' }), /has both stringValue and intValue/],
  ['a stringValue that is an object', withValue({ stringValue: {} }), /stringValue in attributes must be a string/],
  ['a boolValue that is a text', withValue({ boolValue: 'true' }), /boolValue in attributes must be true or false/],
  ['an intValue with a fraction', withValue({ intValue: 1.5 }), /intValue in attributes must be an integer/],
  ['an intValue beyond 64 bits', withValue({ intValue: '9223372036854775808' }), /must fit in 64 bits/],
  ['an intValue that is no number', withValue({ intValue: '0x10' }), /must be an integer/],
  ['a doubleValue that is no number', withValue({ doubleValue: 'many' }), /must be a number/],
  ['a bytesValue that is not base64', withValue({ bytesValue: '***' }), /must be base64/],
  ['an arrayValue that is an array', withValue({ arrayValue: [] }), /arrayValue in attributes must be an object/],
  ['values that are an object', withValue({ arrayValue: { values: {} } }), /must be an array/],
  ['values nested 33 deep', withValue(nested(33)), /nests deeper than 32/],
  ['an array of 65,537 elements', withValue({ arrayValue: { values: times(65_537, {}) } }), /65536 elements/],
  ['16,385 attributes', { attributes: times(16_385, { key: 'k' }) }, /16384 attributes/],
  ['4,097 events', { events: times(4_097, {}) }, /4096 events/],
  ['events that are an object', { events: {} }, /events must be an array/],
  ['an event that is a text', { events: ['x'] }, /events must hold objects/],
  ['a name that is an object', { name: {} }, /name must be a string/],
  ['a kind nobody knows by that name', { kind: 'SPAN_KIND_SIDEWAYS' }, /kind must be an integer/],
  ['a status that is a text', { status: 'OK' }, /status must be an object/],
  ['a negative time', { startTimeUnixNano: '-1' }, /whole number of nanoseconds/],
  ['a time in words', { startTimeUnixNano: 'now' }, /whole number of nanoseconds/],
]

/** One span that looks wrong and is taken all the same. */
const ODD_SPANS: [what: string, more: object, startedAt: number | undefined][] = [
  [
    'ids as base64',
    { traceId: Buffer.alloc(16, 7).toString('base64'), spanId: Buffer.alloc(8, 7).toString('base64') },
    undefined,
  ],
  ['ids as byte arrays', { traceId: times(16, 9), spanId: times(8, 9) }, undefined],
  ['a kind by its name', { kind: 'SPAN_KIND_CLIENT' }, undefined],
  ['a status code by its name', { status: { code: 'STATUS_CODE_ERROR' } }, undefined],
  ['nulls everywhere', { parentSpanId: null, events: null, status: null, kind: null, name: null }, undefined],
  ['a value without a kind', withValue({}), undefined],
  ['NaN as text', withValue({ doubleValue: 'NaN' }), undefined],
  ['the year 1970', { startTimeUnixNano: '1000' }, 1],
  ['the year 2300', { startTimeUnixNano: '10413792000000000000' }, 10_413_792_000_000_000],
  ['the last time there is', { startTimeUnixNano: '18446744073709551615' }, 18_446_744_073_709_552],
  ['no time', { startTimeUnixNano: undefined }, 0],
  ['an end before its start', { endTimeUnixNano: '1' }, undefined],
  [
    'the keys of what objects inherit',
    { attributes: [genai, attribute('__proto__', 'x'), attribute('constructor', 'x')] },
    undefined,
  ],
]

/** Requests that are refused whole. */
const BAD_REQUESTS: [
  what: string,
  make: () => { body: Buffer | string; headers?: Record<string, string> },
  status: number,
  reason: RegExp,
][] = [
  ['protobuf: text', () => ({ body: 'this is not protobuf' }), 400, /protobuf: .* at byte/],
  ['protobuf: cut in the middle', () => ({ body: protobufTraces([span(1)]).subarray(0, 60) }), 400, /that has only/],
  [
    'protobuf: a length of gigabytes',
    () => ({ body: Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]) }),
    400,
    /4294967295 bytes/,
  ],
  ['protobuf: a number without end', () => ({ body: Buffer.alloc(100, 0xff) }), 400, /does not end/],
  ['protobuf: groups 100,000 deep', () => ({ body: Buffer.alloc(100_000, 0x0b) }), 400, /./],
  [
    'protobuf: values nested in a resource',
    () => ({
      body: encode('ExportTraceServiceRequest', {
        resourceSpans: [{ resource: { attributes: [{ key: 'a', value: nested(40) }] } }],
      }),
    }),
    400,
    /in a resource or scope: an attribute nests deeper/,
  ],
  ['JSON sent as protobuf', () => ({ body: JSON.stringify(traces([span(1)])) }), 400, /protobuf/],
  ['protobuf sent as JSON', () => ({ body: protobufTraces([span(1)]), headers: JSON_HEADERS }), 400, /not valid JSON/],
  ['JSON: nothing', () => ({ body: '', headers: JSON_HEADERS }), 400, /not valid JSON/],
  [
    'JSON: cut in the middle',
    () => ({ body: JSON.stringify(traces([span(1)])).slice(0, 80), headers: JSON_HEADERS }),
    400,
    /not valid JSON/,
  ],
  ['JSON: a text', () => ({ body: '"spans"', headers: JSON_HEADERS }), 400, /must be an object/],
  ['JSON: an array', () => ({ body: '[]', headers: JSON_HEADERS }), 400, /must be an object/],
  [
    'JSON: collections that are objects',
    () => ({ body: '{"resourceSpans":{"scopeSpans":[]}}', headers: JSON_HEADERS }),
    400,
    /resourceSpans must be an array/,
  ],
  [
    'JSON: spans that are an object',
    () => ({ body: '{"resourceSpans":[{"scopeSpans":[{"spans":{}}]}]}', headers: JSON_HEADERS }),
    400,
    /spans must be an array/,
  ],
  [
    'JSON: groups that are texts',
    () => ({ body: '{"resourceSpans":["x"]}', headers: JSON_HEADERS }),
    400,
    /resourceSpans must hold objects/,
  ],
  [
    'JSON: resource attributes as an object',
    () => ({ body: '{"resourceSpans":[{"resource":{"attributes":{}}}]}', headers: JSON_HEADERS }),
    400,
    /resource attributes must be an array/,
  ],
  ['JSON: a million brackets', () => ({ body: '['.repeat(MIB), headers: JSON_HEADERS }), 400, /not valid JSON/],
  [
    'JSON: two million empty objects and a few',
    () => ({ body: `[${'{},'.repeat(2 * MIB)}{}]`, headers: JSON_HEADERS }),
    413,
    /more than 2000000 values/,
  ],
  [
    'JSON: UTF-16',
    () => ({ body: Buffer.from('{"resourceSpans":[]}', 'utf16le'), headers: JSON_HEADERS }),
    400,
    /not valid JSON/,
  ],
  [
    'gzip: not gzip',
    () => ({ body: protobufTraces([span(1)]), headers: { 'Content-Encoding': 'gzip' } }),
    400,
    /not valid gzip/,
  ],
  [
    'gzip: cut in the middle',
    () => ({ body: gzipSync(protobufTraces([span(1)])).subarray(0, 50), headers: { 'Content-Encoding': 'gzip' } }),
    400,
    /not valid gzip/,
  ],
  [
    'gzip: a wrong checksum',
    () => {
      const body = gzipSync('{}')
      body[body.length - 8]! ^= 1
      return { body, headers: GZIP_JSON }
    },
    400,
    /not valid gzip/,
  ],
  [
    'deflate: not deflate',
    () => ({ body: protobufTraces([span(1)]), headers: { 'Content-Encoding': 'deflate' } }),
    400,
    /not valid deflate/,
  ],
  [
    'deflate: a bomb of 64 MiB',
    () => ({ body: deflateSync(Buffer.alloc(64 * MIB)), headers: { ...JSON_HEADERS, 'Content-Encoding': 'deflate' } }),
    413,
    /larger than 20971520 bytes/,
  ],
  ['gzip: a bomb of 1 GiB', () => ({ body: bomb(), headers: GZIP_JSON }), 413, /larger than 20971520 bytes/],
  ['gzip: a bomb in a bomb', () => ({ body: gzipSync(bomb()), headers: GZIP_JSON }), 400, /not valid JSON/],
  [
    '50,001 spans',
    () => ({ body: encode('ExportTraceServiceRequest', traces(times(50_001, {}))) }),
    413,
    /more than 50000 records/,
  ],
]

let cached: Buffer | undefined
/** 1 GiB of zeros, compressed once: gzip members may follow each other. */
const bomb = (): Buffer => (cached ??= Buffer.concat(times(16, gzipSync(Buffer.alloc(64 * MIB)))))

const reason = (answer: Answer): string => {
  const json = answer.headers['content-type'] === JSON_TYPE
  const status = json ? (JSON.parse(answer.body.toString()) as object) : decode('RpcStatus', answer.body)
  return (status as { message: string }).message
}
const names = (running: Running): string[] => running.taken.map((one) => one.name)

let running: Running
beforeEach(async () => {
  running = await start()
})
afterEach(stopAll)

/** The receiver is none the worse for what it was sent. */
async function stillWell(): Promise<void> {
  running.taken.length = 0
  expect((await send(running.port, { body: protobufTraces([span(7)]) })).status).toBe(200)
  expect(names(running)).toEqual(['chat 7'])
  expect(running.collector.heldBytes).toBe(0)
}

describe('one bad span: it is refused, the others are taken', () => {
  test.each(BAD_SPANS)('%s', async (_, more, why) => {
    const answer = await sendJson(running.port, traces([span(1), { ...span(2), ...more }, span(3)]))
    expect(answer.status).toBe(200)
    const { partialSuccess } = JSON.parse(answer.body.toString()) as { partialSuccess: Record<string, string> }
    expect(partialSuccess['rejectedSpans']).toBe('1')
    expect(partialSuccess['errorMessage']).toMatch(/^1 of 3 spans refused: \[1\] /)
    expect(partialSuccess['errorMessage']).toMatch(why)
    expect(names(running)).toEqual(['chat 1', 'chat 3'])
  })

  test.each([
    ['null', null],
    ['a text', 'span'],
    ['an array', []],
  ])('a span that is %s', async (_, bad) => {
    const answer = await sendJson(running.port, traces([span(1), bad, span(3)]))
    expect(answer.body.toString()).toContain('"rejectedSpans":"1"')
    expect(names(running)).toEqual(['chat 1', 'chat 3'])
  })

  test('unknown fields nested beyond what the stack holds', async () => {
    const [before, after] = JSON.stringify(traces([span(1), span(2), span(3)])).split('"name":"chat 2"')
    const deep = `"future":${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const answer = await sendJson(running.port, `${before}${deep}${after}`)
    expect(answer.body.toString()).toContain('[1] nested too deeply')
    expect(names(running)).toEqual(['chat 1', 'chat 3'])
  })

  test('wrong ids in protobuf', async () => {
    const answer = await send(running.port, {
      body: protobufTraces([span(1), span(2, { traceId: '01020304050607' }), span(3, { spanId: '' }), span(4)]),
    })
    expect(decode('ExportServiceResponse', answer.body)).toEqual({
      partialSuccess: {
        rejected: 2,
        errorMessage:
          '2 of 4 spans refused: [1] the trace id must be 16 bytes, it has 7; [2] the span id is missing or all zeros.',
      },
    })
    expect(names(running)).toEqual(['chat 1', 'chat 4'])
  })

  test('five hundred bad spans: the answer stays short', async () => {
    const bad = Array.from({ length: 500 }, (_, n) => span(n, { traceId: 'x' }))
    const answer = await sendJson(running.port, traces([...bad, span(9)]))
    expect(answer.body.length).toBeLessThan(1000)
    expect(answer.body.toString()).toContain('and 495 more')
    expect(names(running)).toEqual(['chat 9'])
  })
})

describe('one odd span: it is taken too', () => {
  test.each(ODD_SPANS)('%s', async (_, more, startedAt) => {
    const answer = await sendJson(running.port, traces([span(1), { ...span(2), ...more }, span(3)]))
    expect([answer.status, answer.body.toString()]).toEqual([200, '{}'])
    expect(running.taken.length).toBe(3)
    if (startedAt !== undefined) expect(running.taken[1]?.startedAt).toBe(startedAt)
  })

  test('120 days in one request', async () => {
    const day = 86_400_000_000_000n
    const starts = Array.from({ length: 120 }, (_, n) => 1_763_700_000_000_000_000n - day * BigInt(n))
    const spans = starts.map((time, n) => span(n + 1, { startTimeUnixNano: String(time) }))
    expect((await send(running.port, { body: protobufTraces(spans) })).body.length).toBe(0)
    expect(running.taken.map((one) => one.startedAt)).toEqual(starts.map((time) => Number(time / 1000n)))
  })

  test('invalid UTF-8 is replaced and counted, in both encodings', async () => {
    const body = protobufTraces([span(1, { name: 'caf?' })])
    body[body.indexOf('caf?') + 3] = 0xe9
    const json = Buffer.from(JSON.stringify(traces([span(1, { name: 'caf?' })])))
    json[json.indexOf('caf?') + 3] = 0xe9
    expect((await send(running.port, { body })).status).toBe(200)
    expect((await send(running.port, { body: json, headers: JSON_HEADERS })).status).toBe(200)
    expect(names(running)).toEqual(['caf\ufffd', 'caf\ufffd'])
    expect(running.counts.get('otlp.invalid_utf8 traces')).toBe(2)
  })

  test('a prompt of 18 MB', async () => {
    const body = protobufTraces([
      span(1, { attributes: [genai, attribute('gen_ai.input.messages', 'x'.repeat(18 * MIB))] }),
    ])
    expect((await send(running.port, { body })).status).toBe(200)
    expect(running.taken.length).toBe(1)
  })
})

describe('requests that are refused whole', () => {
  test.each(BAD_REQUESTS)('%s', async (_, make, status, why) => {
    const answer = await send(running.port, make())
    expect([answer.status, reason(answer)]).toEqual([status, expect.stringMatching(why)])
    expect(answer.headers['retry-after']).toBeUndefined()
    expect(running.taken).toEqual([])
    await stillWell()
  })

  test('an answer never quotes what was sent', async () => {
    const answer = await sendJson(running.port, '{"resourceSpans": "my secret is 4111111111111111" oops')
    expect(answer.body.toString()).not.toMatch(/secret|4111/)
  })

  test.each([
    ['with a length', { 'Content-Length': String(50 * MIB) }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('a prompt of 50 MB, %s: 413 reaches a sender that is still sending', async (_, headers) => {
    const { socket, until, closed } = await wire(running.port)
    const lines = Object.entries({ Host: 'x', ...JSON_HEADERS, ...headers }).map(
      ([key, value]) => `${key}: ${value}\r\n`,
    )
    socket.write(`POST /v1/traces HTTP/1.1\r\n${lines.join('')}\r\n`)
    const piece = Buffer.alloc(MIB, 'x')
    const framed =
      'Transfer-Encoding' in headers ? Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]) : piece
    for (let sent = 0; sent < 50 && !socket.destroyed; sent++) {
      if (!socket.write(framed)) await Promise.race([new Promise((done) => socket.once('drain', done)), closed])
    }
    expect(await until(/send smaller batches/)).toMatch(/^HTTP\/1\.1 413/)
    await closed
    await stillWell()
  })

  test('text that is not HTTP', async () => {
    const { socket, closed, received } = await wire(running.port)
    socket.write('\x16\x03\x01 is a TLS hello\r\n\r\n')
    await closed
    expect(received()).toMatch(/^HTTP\/1\.1 400/)
    await stillWell()
  })
})

describe('senders that do not behave', () => {
  const HEAD = 'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n'
  beforeEach(async () => {
    await running.stop()
    running = await start({ protection: { headersTimeoutMs: 300, bodyTimeoutMs: 300, lingerMs: 200 } })
  })

  test('a connection that says nothing is closed', async () => {
    const { closed } = await wire(running.port)
    await closed
    await stillWell()
  })

  test('headers that come too slowly: 408', async () => {
    const { socket, closed, received } = await wire(running.port)
    const drip = setInterval(() => socket.write('X'), 50)
    socket.write('POST /v1/traces HTTP/1.1\r\nX-Slow: ')
    await closed
    clearInterval(drip)
    expect(received()).toMatch(/^HTTP\/1\.1 408/)
    await stillWell()
  })

  test('a body that comes too slowly: 503, so that nothing is lost, and the connection ends', async () => {
    const { socket, closed, received } = await wire(running.port)
    socket.write(HEAD)
    const drip = setInterval(() => socket.write(' '), 50)
    await closed
    clearInterval(drip)
    expect(received()).toMatch(/^HTTP\/1\.1 503[^]*Retry-After: 1[^]*did not arrive within 300 ms/)
    await stillWell()
  })

  test('a sender that vanishes in the middle of a body', async () => {
    const { socket } = await wire(running.port)
    socket.write(`${HEAD}{"resourceSpans":`)
    await expect.poll(() => running.collector.heldBytes).toBeGreaterThan(0)
    socket.destroy()
    await expect.poll(() => running.counts.get('otlp.requests traces gone')).toBe(1)
    await stillWell()
  })

  test('a sender that closes its half in the middle of a body', async () => {
    const { socket, closed } = await wire(running.port)
    socket.end(`${HEAD}{"resourceSpans":`)
    await closed
    await stillWell()
  })

  test('a sender that closes its half behind a whole request gets its answer', async () => {
    const { socket, closed, received } = await wire(running.port)
    const body = JSON.stringify(traces([span(1)]))
    socket.end(HEAD.replace('100', String(body.length)) + body)
    await closed
    expect(received()).toMatch(/^HTTP\/1\.1 200/)
    expect(names(running)).toEqual(['chat 1'])
  })

  test('a sender that vanishes before its answer: the records are taken', async () => {
    const { socket } = await wire(running.port)
    const body = JSON.stringify(traces([span(1)]))
    socket.write(HEAD.replace('100', String(body.length)) + body, () => socket.resetAndDestroy())
    await expect
      .poll(() => running.counts.get('otlp.requests traces 200') ?? running.counts.get('otlp.requests traces gone'))
      .toBe(1)
    await stillWell()
  })

  test('more connections than allowed: the newest is closed and counted', async () => {
    await running.stop()
    running = await start({ config: { maxConnections: 3 } })
    const wires = await Promise.all([1, 2, 3].map(() => wire(running.port)))
    await (
      await wire(running.port)
    ).closed
    expect(running.counts.get('otlp.connections_dropped')).toBe(1)
    for (const one of wires) one.socket.destroy()
    await Promise.all(wires.map((one) => one.closed))
    await expect
      .poll(() =>
        send(running.port, {}).then(
          (answer) => answer.status,
          () => 0,
        ),
      )
      .toBe(200)
  })

  test('a thousand requests on one connection without waiting: each is answered', async () => {
    const { socket, received } = await wire(running.port)
    const body = JSON.stringify(traces([span(1)]))
    socket.write((HEAD.replace('100', String(body.length)) + body).repeat(1000))
    await expect.poll(() => received().split('HTTP/1.1 200 OK').length - 1, { timeout: 20_000 }).toBe(1000)
    socket.destroy()
    await stillWell()
  })
})

test('memory stays flat, however often all of it is sent', async () => {
  const requests = BAD_REQUESTS.map(([, make]) => make())
  for (const [, more] of BAD_SPANS) {
    requests.push({ body: JSON.stringify(traces([span(1), { ...span(2), ...more }])), headers: JSON_HEADERS })
  }
  const attack = async (): Promise<void> => {
    for (const request of requests) await send(running.port, request)
    running.taken.length = 0
  }
  const ROUNDS = 3
  for (let round = 0; round < ROUNDS; round++) await attack()
  const before = process.memoryUsage().rss
  for (let round = 0; round < ROUNDS; round++) await attack()
  const grown = process.memoryUsage().rss - before
  expect(running.collector.heldBytes).toBe(0)
  // One round alone sends and builds several hundred MiB: what is kept of it would show.
  expect(grown).toBeLessThan(200 * MIB)
}, 120_000)
