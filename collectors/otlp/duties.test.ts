import { Agent } from 'node:http'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { WeirError } from '../../core/errors.ts'
import {
  attribute,
  decode,
  encode,
  hexId,
  JSON_TYPE,
  PROTOBUF,
  protobufTraces,
  send,
  sendJson,
  span,
  start,
  stopAll,
  traces,
  wire,
  type Answer,
  type Running,
} from './client.fixture.ts'

/*
 * The duties of a server by the OTLP/HTTP part of opentelemetry-proto's docs/specification.md, one line each: what the
 * specification says, and what shows that it is so. Below them stand those of HTTP itself that senders meet.
 */

afterEach(stopAll)

const JSON_HEADERS = { 'Content-Type': JSON_TYPE }
interface Rpc {
  code: number
  message: string
  details?: unknown[]
}
const rpc = (answer: Answer): Rpc => {
  const json = answer.headers['content-type'] === JSON_TYPE
  return (json ? JSON.parse(answer.body.toString()) : decode('RpcStatus', answer.body)) as Rpc
}
const text = (answer: Answer): string => answer.body.toString()
const names = (running: Running): string[] => running.taken.map((one) => one.name)
const refusing = (code: ConstructorParameters<typeof WeirError>[0]) => () =>
  Promise.reject(new WeirError(code, 'not now'))
const metrics = {
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            { name: 'm', sum: { dataPoints: [{}, {}] } },
            { name: 'n', gauge: { dataPoints: [{}] } },
          ],
        },
      ],
    },
  ],
}
const logs = (...attributes: object[]): object => ({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }] }] }],
})

type Duty = [level: 'MUST' | 'SHOULD' | 'MAY', duty: string, shown: () => Promise<void>]

const REQUESTS: Duty[] = [
  [
    'MUST',
    'traces are taken by POST at /v1/traces',
    async () => {
      const running = await start()
      expect((await send(running.port, { path: '/v1/traces', body: protobufTraces([span(1)]) })).status).toBe(200)
      expect(names(running)).toEqual(['chat 1'])
    },
  ],
  [
    'MUST',
    'logs are taken by POST at /v1/logs',
    async () => {
      const { port } = await start()
      const body = encode('ExportLogsServiceRequest', logs(attribute('event.name', 'app.log')))
      const answer = await send(port, { path: '/v1/logs', body })
      expect([answer.status, answer.body.length]).toEqual([200, 0])
    },
  ],
  [
    'MUST',
    'metrics are taken by POST at /v1/metrics, and their data points counted',
    async () => {
      const { port, counts } = await start()
      const body = encode('ExportMetricsServiceRequest', metrics)
      expect((await send(port, { path: '/v1/metrics', body })).body.length).toBe(0)
      expect(text(await sendJson(port, metrics, '/v1/metrics'))).toBe('{}')
      expect(counts.get('otlp.data_points')).toBe(6)
    },
  ],
  [
    'SHOULD',
    'binary and JSON payloads are accepted on the same port, told apart by Content-Type',
    async () => {
      const running = await start()
      await send(running.port, { body: protobufTraces([span(1)]) })
      await sendJson(running.port, traces([span(2)]))
      expect(names(running)).toEqual(['chat 1', 'chat 2'])
    },
  ],
  [
    'MUST',
    'a body without compression is accepted, also when that is said (Content-Encoding: identity)',
    async () => {
      const { port } = await start()
      const headers = { 'Content-Encoding': 'identity' }
      expect((await send(port, { body: protobufTraces([span(1)]), headers })).status).toBe(200)
    },
  ],
  [
    'MUST',
    'a body compressed with gzip or deflate is accepted, in both encodings',
    async () => {
      for (const [coding, compress] of [
        ['gzip', gzipSync],
        ['deflate', deflateSync],
      ] as const) {
        const running = await start()
        const headers = { 'Content-Encoding': coding }
        await send(running.port, { body: compress(protobufTraces([span(1)])), headers })
        const body = compress(JSON.stringify(traces([span(2)])))
        await send(running.port, { body, headers: { ...headers, ...JSON_HEADERS } })
        expect(names(running)).toEqual(['chat 1', 'chat 2'])
      }
    },
  ],
  [
    'SHOULD',
    'the size of a request is limited, and the limit holds after decompression',
    async () => {
      const { port, collector } = await start({ config: { maxRequestBytes: 64 * 1024 } })
      const large = protobufTraces([span(1, { name: 'x'.repeat(100_000) })])
      expect((await send(port, { body: large })).status).toBe(413)
      const answer = await send(port, { body: gzipSync(large), headers: { 'Content-Encoding': 'gzip' } })
      expect([answer.status, answer.headers['retry-after']]).toEqual([413, undefined])
      expect(rpc(answer).message).toMatch(/larger than 65536 bytes: send smaller batches/)
      expect(collector.heldBytes).toBe(0)
    },
  ],
  [
    'SHOULD',
    'an empty request, one without telemetry, succeeds',
    async () => {
      const { port } = await start()
      expect((await send(port, {})).status).toBe(200)
      expect(text(await sendJson(port, {}))).toBe('{}')
      expect(text(await sendJson(port, { resourceSpans: [] }))).toBe('{}')
      expect(text(await sendJson(port, traces([])))).toBe('{}')
    },
  ],
  [
    'MUST',
    'protobuf fields that are not known are ignored',
    async () => {
      const running = await start()
      const unknown = Buffer.from([0xfa, 0x3e, 3, 1, 2, 3, 0xf8, 0x3e, 5])
      const body = Buffer.concat([unknown, protobufTraces([span(1)]), unknown])
      expect((await send(running.port, { body })).status).toBe(200)
      expect(names(running)).toEqual(['chat 1'])
    },
  ],
]

const JSON_ENCODING: Duty[] = [
  [
    'MUST',
    'traceId and spanId are hex and not base64, in either case',
    async () => {
      const running = await start()
      await sendJson(running.port, traces([span(1, { spanId: 'ABCDEF0123456789', traceId: 'abCD'.repeat(8) })]))
      expect(running.taken[0]?.id).toBe('abcdef0123456789')
    },
  ],
  [
    'MUST',
    'enums are integers',
    async () => {
      const { port } = await start()
      expect(text(await sendJson(port, traces([span(1, { kind: 3, status: { code: 2 } })])))).toBe('{}')
    },
  ],
  [
    'MUST',
    'fields with unknown names are ignored',
    async () => {
      const running = await start()
      const answer = await sendJson(running.port, { ...traces([span(1, { future: { a: [1] } })]), more: true })
      expect(text(answer)).toBe('{}')
      expect(names(running)).toEqual(['chat 1'])
    },
  ],
  [
    'MUST',
    'names are lowerCamelCase; the names of the .proto files are unknown names',
    async () => {
      const running = await start()
      expect(text(await sendJson(running.port, { resource_spans: traces([span(1)]).resourceSpans }))).toBe('{}')
      expect(running.taken).toEqual([])
    },
  ],
  [
    'MUST',
    '64-bit integers are taken as decimal strings and as numbers',
    async () => {
      const running = await start()
      const times = ['1763700000000000000', 1763700000000000000]
      await sendJson(running.port, traces(times.map((time, n) => span(n + 1, { startTimeUnixNano: time }))))
      expect(running.taken.map((one) => one.startedAt)).toEqual([1763700000000000, 1763700000000000])
    },
  ],
]

const ANSWERS: Duty[] = [
  [
    'MUST',
    'success is 200 with an Export*ServiceResponse whose partial_success is not set',
    async () => {
      const { port } = await start()
      const answer = await send(port, { body: protobufTraces([span(1)]) })
      expect([answer.status, decode('ExportServiceResponse', answer.body)]).toEqual([200, {}])
    },
  ],
  [
    'MUST',
    'the answer has the Content-Type of the request: binary',
    async () => {
      const { port } = await start()
      expect((await send(port, { body: protobufTraces([span(1)]) })).headers['content-type']).toBe(PROTOBUF)
      expect((await send(port, { body: 'rubbish' })).headers['content-type']).toBe(PROTOBUF)
    },
  ],
  [
    'MUST',
    'the answer has the Content-Type of the request: JSON, also with a charset',
    async () => {
      const { port } = await start()
      const headers = { 'Content-Type': 'application/json; charset=UTF-8' }
      expect((await send(port, { body: '{}', headers })).headers['content-type']).toBe(JSON_TYPE)
      expect((await send(port, { body: '{', headers })).headers['content-type']).toBe(JSON_TYPE)
    },
  ],
  [
    'MUST',
    'partial success is 200 with partial_success set and the number of rejected spans',
    async () => {
      const running = await start()
      const bad = span(2, { traceId: 'abc' })
      const answer = await sendJson(running.port, traces([span(1), bad, span(3)]))
      expect(JSON.parse(text(answer)).partialSuccess.rejectedSpans).toBe('1')
      const binary = await send(running.port, { body: protobufTraces([span(4), bad]) })
      expect(decode('ExportServiceResponse', binary.body)).toMatchObject({ partialSuccess: { rejected: 1 } })
      expect(names(running)).toEqual(['chat 1', 'chat 3', 'chat 4'])
    },
  ],
  [
    'SHOULD',
    'partial success says in error_message which records and why',
    async () => {
      const { port } = await start()
      const answer = await sendJson(port, traces([span(1), span(2, { traceId: 'abc' })]))
      expect(JSON.parse(text(answer)).partialSuccess.errorMessage).toBe(
        '1 of 2 spans refused: [1] the trace id must be 32 hex digits.',
      )
    },
  ],
  [
    'MUST',
    'partial success names what the next stage refused for good, by its place in the request',
    async () => {
      const emit = () => Promise.resolve([{ index: 1, reason: 'too_large' as const, message: '9 MB; at most 8 MB' }])
      const { port } = await start({ emit })
      const http = span(2, { attributes: [] })
      const answer = await sendJson(port, traces([span(1), http, span(3)]))
      expect(JSON.parse(text(answer)).partialSuccess).toEqual({
        rejectedSpans: '1',
        errorMessage: '1 of 3 spans refused: [2] 9 MB; at most 8 MB.',
      })
    },
  ],
  [
    'MUST',
    'a warning is partial_success with 0 rejected and a message: a log record that says nothing of a call',
    async () => {
      const { port } = await start()
      const answer = await sendJson(port, logs(attribute('event.name', 'gen_ai.user.message')), '/v1/logs')
      expect(JSON.parse(text(answer)).partialSuccess).toEqual({
        rejectedLogRecords: '0',
        errorMessage: '1 of 1 log records ignored: log_without_content.',
      })
    },
  ],
  [
    'MAY',
    'records that have nothing to do with generative AI are ignored without a word, and counted',
    async () => {
      const { port, counts } = await start()
      expect(text(await sendJson(port, traces([span(1, { attributes: [] })])))).toBe('{}')
      expect(counts.get('otlp.records traces ignored not_genai')).toBe(1)
    },
  ],
  [
    'MUST',
    'a failure is 4xx or 5xx with a google.rpc.Status in the encoding of the request',
    async () => {
      const { port } = await start({ emit: refusing('WEIR_QUEUE_FULL') })
      expect(rpc(await send(port, { body: 'rubbish' }))).toMatchObject({ code: 3 })
      expect(rpc(await sendJson(port, '{'))).toMatchObject({ code: 3 })
      expect(rpc(await send(port, { body: protobufTraces([span(1)]) }))).toEqual({ code: 14, message: 'not now' })
      expect(rpc(await sendJson(port, traces([span(1)])))).toEqual({ code: 14, message: 'not now' })
    },
  ],
  [
    'MUST',
    'what cannot be decoded is 400',
    async () => {
      const { port } = await start()
      expect((await send(port, { body: Buffer.from([0x0a, 5, 1]) })).status).toBe(400)
      expect((await sendJson(port, '{"resourceSpans":[')).status).toBe(400)
      expect((await sendJson(port, '{"resourceSpans":{}}')).status).toBe(400)
    },
  ],
  [
    'SHOULD',
    'bad data is described by a BadRequest in the details of the Status',
    async () => {
      const { port } = await start()
      const message = 'protobuf: a field of 5 bytes that has only 1 at byte 2 of 3'
      const binary = rpc(await send(port, { body: Buffer.from([0x0a, 5, 1]) }))
      expect(binary.message).toBe(message)
      expect(binary.details).toEqual([
        {
          typeUrl: 'type.googleapis.com/google.rpc.BadRequest',
          value: { fieldViolations: [{ field: 'request', description: message }] },
        },
      ])
      const json = rpc(await sendJson(port, '{"a":'))
      expect(json.details).toMatchObject([{ '@type': 'type.googleapis.com/google.rpc.BadRequest' }])
    },
  ],
]

const RETRYABLE = [429, 502, 503, 504]

const LATER: Duty[] = [
  [
    'SHOULD',
    'an overloaded server answers 503 (or 429) and may say Retry-After in seconds',
    async () => {
      const { port } = await start({ emit: refusing('WEIR_QUEUE_FULL') })
      const answer = await send(port, { body: protobufTraces([span(1)]) })
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1'])
    },
  ],
  [
    'MUST',
    'what is temporary is retryable: stopping, deadline, store, memory, and errors nobody named',
    async () => {
      for (const emit of [
        refusing('WEIR_STOPPING'),
        refusing('WEIR_DEADLINE'),
        refusing('WEIR_STORE_UNREACHABLE'),
        () => Promise.reject(new Error('boom')),
        () => new Promise<never>(() => undefined),
        () => {
          throw new Error('boom')
        },
      ]) {
        const { port, stop } = await start({ emit, config: { deadlineMs: 100 } })
        const answer = await send(port, { body: protobufTraces([span(1)]) })
        expect(RETRYABLE).toContain(answer.status)
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
        expect(rpc(answer).message).not.toContain('boom')
        await stop()
      }
      const { port } = await start({ protection: { bodyBytesHeld: 20_000 } })
      const answer = await send(port, { body: protobufTraces([span(1, { name: 'x'.repeat(10_000) })]) })
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1'])
    },
  ],
  [
    'MUST',
    'what is permanent is not retryable',
    async () => {
      const { port } = await start({ config: { maxRequestBytes: 2048 } })
      const permanent = [
        await send(port, { body: 'rubbish' }),
        await send(port, { body: Buffer.alloc(4096) }),
        await send(port, { headers: { 'Content-Type': 'text/plain' } }),
        await send(port, { headers: { 'Content-Encoding': 'br' } }),
        await send(port, { path: '/v1/profiles' }),
        await send(port, { method: 'PUT' }),
      ]
      expect(permanent.map((answer) => answer.status)).toEqual([400, 413, 415, 415, 404, 405])
      for (const answer of permanent) expect(answer.headers['retry-after']).toBeUndefined()
    },
  ],
  [
    'MUST',
    'an answer that was too late does not undo the work: the records go on, the retry is recognised by id',
    async () => {
      const given: string[] = []
      let finish: (() => void) | undefined
      const slow = new Promise<void>((resolve) => {
        finish = resolve
      })
      const emit = async (batch: readonly { id: string }[]): Promise<[]> => {
        await slow
        given.push(...batch.map((one) => one.id))
        return []
      }
      const { port, collector } = await start({ emit, config: { deadlineMs: 100 } })
      const body = protobufTraces([span(1)])
      expect((await send(port, { body })).status).toBe(503)
      expect(collector.heldBytes).toBeGreaterThan(0)
      finish!()
      expect((await send(port, { body })).status).toBe(200)
      expect(given).toEqual([hexId(1, 8), hexId(1, 8)])
      expect(collector.heldBytes).toBe(0)
    },
  ],
  [
    'SHOULD',
    'a refused record does not cost the retryable rest: temporary failure refuses nothing',
    async () => {
      const { port } = await start({ emit: refusing('WEIR_QUEUE_FULL') })
      const answer = await sendJson(port, traces([span(1), span(2, { traceId: 'abc' })]))
      expect(answer.status).toBe(503)
      expect(rpc(answer).message).toBe('not now')
    },
  ],
]

const CONNECTIONS: Duty[] = [
  [
    'SHOULD',
    'connections are kept alive between requests',
    async () => {
      const { port } = await start()
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const ports = new Set<number | undefined>()
      agent.on('free', (socket: { localPort?: number }) => ports.add(socket.localPort))
      for (let n = 1; n <= 5; n++) {
        const answer = await send(port, { body: n === 3 ? 'rubbish' : protobufTraces([span(n)]), agent })
        expect(answer.headers.connection).toBe('keep-alive')
      }
      expect(ports.size).toBe(1)
      agent.destroy()
    },
  ],
  [
    'SHOULD',
    'requests on several connections are served at the same time',
    async () => {
      let waiting = 0
      let all: (() => void) | undefined
      const together = new Promise<void>((resolve) => {
        all = resolve
      })
      const emit = async (): Promise<[]> => {
        if (++waiting === 20) all!()
        await together
        return []
      }
      const { port } = await start({ emit })
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => send(port, { body: protobufTraces([span(n + 1)]) })),
      )
      expect(answers.every((answer) => answer.status === 200)).toBe(true)
    },
  ],
  [
    'MUST',
    'requests sent in one go on one connection are answered each, in order (HTTP pipelining)',
    async () => {
      const running = await start({ config: { maxRequestBytes: 4096 } })
      const { socket, until } = await wire(running.port)
      const request = (path: string, body: string): string =>
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      const one = JSON.stringify(traces([span(1)]))
      socket.write(
        request('/v1/traces', one) + request('/v1/traces', '{') + request('/nothing', '') + request('/v1/traces', one),
      )
      const received = await until(/404[^]*HTTP[^]*\{\}$/)
      expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual([
        'HTTP/1.1 200',
        'HTTP/1.1 400',
        'HTTP/1.1 404',
        'HTTP/1.1 200',
      ])
      expect(running.taken.length).toBe(2)
      socket.destroy()
    },
  ],
  [
    'MAY',
    'Expect: 100-continue is answered, or the final status at once where the head is already wrong',
    async () => {
      const running = await start()
      const body = JSON.stringify(traces([span(1)]))
      const head = (path: string): string =>
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`
      const good = await wire(running.port)
      good.socket.write(head('/v1/traces'))
      await good.until(/100 Continue/)
      good.socket.write(body)
      expect(await good.until(/\{\}$/)).toMatch(/200 OK/)
      good.socket.destroy()
      const bad = await wire(running.port)
      bad.socket.write(head('/nothing'))
      expect(await bad.until(/404/)).not.toMatch(/100 Continue/)
      bad.socket.destroy()
    },
  ],
]

const HTTP: Duty[] = [
  [
    'MUST',
    '401 names the scheme in WWW-Authenticate',
    async () => {
      const { port } = await start({ config: { tokens: { inline: `acme ${'0'.repeat(64)}` } } })
      const answer = await send(port, {})
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="weir"'])
      expect(rpc(answer)).toMatchObject({ code: 16, message: expect.stringContaining('Authorization: Bearer <token>') })
    },
  ],
  [
    'MUST',
    '404 for another path',
    async () => {
      const { port } = await start()
      const answer = await send(port, { path: '/v1/trace' })
      expect([answer.status, rpc(answer).message]).toEqual([
        404,
        expect.stringContaining('/v1/traces, /v1/logs, /v1/metrics'),
      ])
    },
  ],
  [
    'MUST',
    '405 names the method in Allow',
    async () => {
      const { port } = await start()
      for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
        const answer = await send(port, { method })
        expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
      }
    },
  ],
  [
    'MAY',
    '411 where neither a length nor chunks say what the body is',
    async () => {
      const { port } = await start()
      const { socket, until } = await wire(port)
      socket.write('POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\r\n')
      expect(await until(/\}$/)).toMatch(/^HTTP\/1\.1 411/)
      socket.destroy()
    },
  ],
  [
    'MUST',
    'a chunked body is taken, and measured while it comes',
    async () => {
      const running = await start({ config: { maxRequestBytes: 2048 } })
      const { socket, until } = await wire(running.port)
      const chunk = (bytes: string): string => `${bytes.length.toString(16)}\r\n${bytes}\r\n`
      const head =
        'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
      const body = JSON.stringify(traces([span(1)]))
      socket.write(head + chunk(body.slice(0, 20)) + chunk(body.slice(20)) + chunk(''))
      expect(await until(/\{\}$/)).toMatch(/200 OK/)
      socket.write(head + chunk('x'.repeat(1500)) + chunk('x'.repeat(1500)))
      expect(await until(/413/)).toMatch(/Connection: close/)
      socket.destroy()
    },
  ],
  [
    'MUST',
    '415 for another Content-Type or charset, in JSON, which people can read',
    async () => {
      const { port } = await start()
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', '']) {
        const answer = await send(port, { headers: { 'Content-Type': type } })
        expect([answer.status, answer.headers['content-type']]).toEqual([415, JSON_TYPE])
      }
    },
  ],
  [
    'SHOULD',
    '415 for another Content-Encoding names those that work',
    async () => {
      const { port } = await start()
      for (const coding of ['br', 'zstd', 'gzip, gzip']) {
        const answer = await send(port, { headers: { 'Content-Encoding': coding } })
        expect([answer.status, answer.headers['accept-encoding']]).toEqual([415, 'gzip, deflate, identity'])
      }
    },
  ],
]

const TABLE: [section: string, duties: Duty[]][] = [
  ['requests', REQUESTS],
  ['JSON', JSON_ENCODING],
  ['answers', ANSWERS],
  ['try again', LATER],
  ['connections', CONNECTIONS],
  ['HTTP', HTTP],
]

for (const [section, duties] of TABLE) {
  test.each(duties)(`${section}: %s: %s`, async (_level, _duty, shown) => {
    await shown()
  })
}
