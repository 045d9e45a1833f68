import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, afterEach, expect, test } from 'vitest'
import { systemClock } from '../../../core/clock.ts'
import { Retryable } from '../../../core/errors.ts'
import type { Emit } from '../../../core/seam.ts'
import type { OtlpConfig } from '../../../schemas/config.ts'
import type { Interaction } from '../../../schemas/interaction.ts'
import { CONFIG, decode, encode, normalise, protobufTraces, span } from '../client.fixture.ts'
import type { OtlpCollector } from '../index.ts'
import type { Protection } from '../deps.ts'
import { Gate } from './gate.ts'
import { createOtlpGrpcCollector } from './index.ts'

/* Every duty of the HTTP receiver, asked by real gRPC clients. */

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export'
const METRICS = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export'

const folder = mkdtempSync(join(tmpdir(), 'weir-grpc-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Running {
  collector: OtlpCollector
  port: number
  taken: Interaction[]
  counts: Map<string, number>
  warnings: string[]
  stop: () => Promise<void>
}

const open = new Set<{ stop: () => Promise<void> } | Client>()
afterEach(async () => {
  for (const one of open) await ('stop' in one ? one.stop() : one.close())
  open.clear()
})

interface Options {
  config?: Partial<OtlpConfig>
  protection?: Partial<Protection>
  emit?: Emit<Interaction>
}

function create({ config, protection = {} }: Options, counts = new Map<string, number>(), warnings: string[] = []) {
  const add = (name: string, value: number, labels: Record<string, string> = {}): void => {
    const key = [name, ...Object.values(labels)].join(' ')
    counts.set(key, (counts.get(key) ?? 0) + value)
  }
  const logger = { warn: (text: string) => warnings.push(text) }
  const grpc = { enabled: true, listen: '127.0.0.1:0' }
  const deps = { normalise, meter: { add }, clock: systemClock, logger, protection }
  return createOtlpGrpcCollector({ ...CONFIG, grpc, ...config }, deps)
}

async function start(options: Options = {}): Promise<Running> {
  const taken: Interaction[] = []
  const counts = new Map<string, number>()
  const warnings: string[] = []
  const collector = create(options, counts, warnings)
  const keep: Emit<Interaction> = async (batch) => {
    taken.push(...batch)
    return []
  }
  const stopping = new AbortController()
  const ended = collector.run(options.emit ?? keep, stopping.signal)
  await collector.ready
  const stop = (): Promise<void> => {
    stopping.abort()
    return ended
  }
  const running = { collector, port: collector.address().port, taken, counts, warnings, stop }
  open.add(running)
  return running
}

interface Answer {
  code: number
  details: string
  body: Buffer
  metadata: Metadata
}

function clientOf(port: number, creds = credentials.createInsecure(), options = {}): Client {
  const client = new Client(`localhost:${port}`, creds, options)
  open.add(client)
  return client
}

const asIs = (bytes: Buffer): Buffer => bytes

function send(
  to: number | Client,
  body: Buffer,
  { path = TRACES, token, headers = {} }: { path?: string; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const client = typeof to === 'number' ? clientOf(to) : to
  const metadata = new Metadata()
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value)
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, asIs, asIs, body, metadata, { deadline: Date.now() + 20_000 }, (error, answer) => {
      const failure: Partial<ServiceError> = error ?? {}
      resolve({
        ...{ code: failure.code ?? status.OK, details: failure.details ?? '', body: answer ?? Buffer.alloc(0) },
        metadata: failure.metadata ?? new Metadata(),
      })
    })
  })
}

/** The google.rpc.Status in the details, and whether a RetryInfo is in it. */
function described(answer: Answer): { text: string; retry: boolean } {
  const [bytes] = answer.metadata.get('grpc-status-details-bin')
  const text = Buffer.from(bytes ?? '').toString('latin1')
  return { text, retry: text.includes('type.googleapis.com/google.rpc.RetryInfo') }
}

test('spans, log records and metrics are taken, and answered as over HTTP', async () => {
  const { port, taken, counts } = await start()
  const client = clientOf(port)
  expect(await send(client, protobufTraces([span(1), span(2, { attributes: [] })]))).toMatchObject({
    code: 0,
    body: Buffer.alloc(0),
  })
  expect(taken.map(({ name, tenant }) => [name, tenant])).toEqual([['chat 1', 'default']])
  const record = { attributes: [{ key: 'event.name', value: { stringValue: 'gen_ai.choice' } }] }
  const logs = encode('ExportLogsServiceRequest', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })
  const answer = await send(client, logs, { path: LOGS })
  expect(decode('ExportServiceResponse', answer.body)).toMatchObject({
    partialSuccess: { errorMessage: '1 of 1 log records ignored: log_without_content.' },
  })
  expect((await send(client, Buffer.alloc(0), { path: METRICS })).code).toBe(0)
  expect(counts.get('otlp.requests traces grpc_0')).toBe(1)
  expect(counts.get('otlp.records traces taken none')).toBe(1)
})

test.each([
  ['none', CompressionAlgorithm.NONE],
  ['gzip', CompressionAlgorithm.GZIP],
])("OpenTelemetry's own exporter, compression %s", async (_, compression) => {
  const { port, taken } = await start()
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}`, compression })
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  provider
    .getTracer('x')
    .startSpan('chat 7', { attributes: { 'gen_ai.operation.name': 'chat' } })
    .end()
  await provider.forceFlush()
  await provider.shutdown()
  expect(taken.map(({ name }) => name)).toEqual(['chat 7'])
})

test('what is refused for good is told with its place; the others are taken', async () => {
  const emit: Emit<Interaction> = async () => [{ index: 1, reason: 'too_large', message: 'larger than allowed' }]
  const { port } = await start({ emit })
  const answer = await send(port, protobufTraces([span(1), span(2)]))
  expect(decode('ExportServiceResponse', answer.body)).toMatchObject({
    partialSuccess: { rejected: 1, errorMessage: '1 of 2 spans refused: [1] larger than allowed.' },
  })
})

test('bad data is INVALID_ARGUMENT, for good, and the operator is told', async () => {
  const { port, warnings } = await start()
  const answer = await send(port, Buffer.from([0xff, 0xff, 0xff]))
  expect(answer.code).toBe(status.INVALID_ARGUMENT)
  expect(described(answer)).toMatchObject({ retry: false, text: expect.stringContaining('BadRequest') as string })
  expect(warnings).toEqual(['OTLP requests are refused; senders are told why'])
})

test('everything temporary is UNAVAILABLE with RetryInfo', async () => {
  const refusing = await start({ emit: () => Promise.reject(new Retryable('WEIR_QUEUE_FULL', 'the queue is full')) })
  const full = await send(refusing.port, protobufTraces([span(1)]))
  expect({ ...described(full), code: full.code }).toMatchObject({ code: status.UNAVAILABLE, retry: true })
  expect(full.details).toBe('the queue is full')
  const never = await start({ emit: () => new Promise(() => {}), config: { deadlineMs: 200 } })
  const late = await send(never.port, protobufTraces([span(1)]))
  expect({ ...described(late), code: late.code }).toMatchObject({ code: status.UNAVAILABLE, retry: true })
  expect(never.counts.get('otlp.records traces deferred unavailable')).toBe(1)
  const crowded = await start({ protection: { bodyBytesHeld: 1_000 } })
  expect((await send(crowded.port, protobufTraces([span(1)]))).code).toBe(status.UNAVAILABLE)
})

test('too large is RESOURCE_EXHAUSTED without RetryInfo, also after inflating, and the next request is taken', async () => {
  const { port, taken, counts } = await start({ config: { maxRequestBytes: 4_096 } })
  const client = clientOf(port, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 })
  const large = await send(client, Buffer.alloc(5_000))
  expect({ ...described(large), code: large.code }).toMatchObject({ code: status.RESOURCE_EXHAUSTED, retry: false })
  const zipping = clientOf(port, credentials.createInsecure(), { 'grpc.default_compression_algorithm': 2 })
  const bomb = Buffer.alloc(2_000_000)
  expect(gzipSync(bomb).length).toBeLessThan(4_096)
  expect((await send(zipping, bomb)).code).toBe(status.RESOURCE_EXHAUSTED)
  expect((await send(client, protobufTraces([span(1)]))).code).toBe(0)
  expect(taken).toHaveLength(1)
  expect(counts.get('otlp.requests traces grpc_8')).toBe(2)
  expect(counts.get('otlp.requests traces grpc_gone')).toBeUndefined()
})

test('tokens decide the tenant; without one UNAUTHENTICATED comes before the message is read', async () => {
  const line = (tenant: string, token: string): string =>
    `${tenant} ${createHash('sha256').update(token).digest('hex')}`
  const { port, taken, counts } = await start({
    config: { tokens: { inline: `${line('acme', 'a')}\n${line('zoo', 'z')}` } },
  })
  const client = clientOf(port)
  for (const token of [undefined, 'wrong']) {
    const answer = await send(client, protobufTraces([span(1)]), token === undefined ? {} : { token })
    expect(answer.code).toBe(status.UNAUTHENTICATED)
    expect(answer.details).toContain('send authorization: Bearer <token>')
  }
  expect(counts.has('otlp.received_bytes traces')).toBe(false)
  await send(client, protobufTraces([span(1)]), { token: 'z' })
  expect(taken.map(({ tenant }) => tenant)).toEqual(['zoo'])
})

test('a method that is not OTLP is UNIMPLEMENTED', async () => {
  const { port } = await start()
  expect((await send(port, Buffer.alloc(0), { path: '/x.Y/Export' })).code).toBe(status.UNIMPLEMENTED)
})

test('another address than loopback needs tokens and TLS', () => {
  expect(() => create({ config: { grpc: { enabled: true, listen: '0.0.0.0:0' } } })).toThrow(
    /collectors\.otlp\.grpc\.listen: .*tokens/,
  )
})

test('a port that is taken is said with the key to change', async () => {
  const { port } = await start()
  const second = create({ config: { grpc: { enabled: true, listen: `127.0.0.1:${port}` } } })
  await expect(second.run(async () => [], new AbortController().signal)).rejects.toThrow(
    /free the port or change collectors\.otlp\.grpc\.listen/,
  )
})

test('TLS with the certificate of OTLP/HTTP', async () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync(
    'openssl',
    [...'req -x509 -newkey rsa:2048 -nodes -days 2'.split(' '), '-keyout', key, '-out', certificate, ...subject],
    { stdio: 'ignore' },
  )
  const { port, taken } = await start({ config: { tls: { certificate, key } } })
  const trusting = clientOf(port, credentials.createSsl(readFileSync(certificate)))
  expect((await send(trusting, protobufTraces([span(1)]))).code).toBe(0)
  expect(taken).toHaveLength(1)
  const broken = join(folder, 'broken.pem')
  writeFileSync(broken, 'no certificate')
  expect(() => create({ config: { tls: { certificate: broken, key } } })).toThrow(/^collectors\.otlp\.tls: /)
})

test('connections beyond the limit are closed and counted; a silent one does not keep its place', async () => {
  const { port, counts } = await start({ config: { maxConnections: 1 }, protection: { headersTimeoutMs: 150 } })
  const silent = connect(port, '127.0.0.1').resume()
  await new Promise((resolve) => silent.once('connect', resolve))
  const refused = connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .resume()
  await new Promise((resolve) => refused.once('close', resolve))
  await new Promise((resolve) => (silent.closed ? resolve(undefined) : silent.once('close', resolve)))
  expect(counts.get('otlp.connections_dropped')).toBe(1)
  expect((await send(port, protobufTraces([span(1)]))).code).toBe(0)
})

test('a connection that has spoken is kept, however long its call takes', async () => {
  const emit: Emit<Interaction> = async () => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    return []
  }
  const { port } = await start({ emit, protection: { headersTimeoutMs: 100 } })
  expect((await send(port, protobufTraces([span(1)]))).code).toBe(0)
})

test('a message that does not arrive is UNAVAILABLE, and lets others be read', async () => {
  const { port } = await start({
    config: { maxRequestBytes: 1_000_000 },
    protection: { bodyTimeoutMs: 300, bodyBytesHeld: 1_000_000 },
  })
  const client = clientOf(port)
  const stalled = new Promise<number>((resolve) => {
    const call = client.makeClientStreamRequest(TRACES, asIs, asIs, new Metadata(), (error) =>
      resolve(error?.code ?? 0),
    )
    call.on('error', () => undefined)
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await send(client, protobufTraces([span(1)]))).code).toBeOneOf([0, status.UNAVAILABLE])
  expect(await stalled).toBe(status.UNAVAILABLE)
  expect((await send(client, protobufTraces([span(2)]))).code).toBe(0)
})

test('stopping: what is in flight is finished, what comes then is told to come back, what is late is given up', async () => {
  let finish: () => void = () => undefined
  const { port, stop, collector } = await start({
    emit: () => new Promise((resolve) => (finish = () => resolve([]))),
  })
  const client = clientOf(port)
  const inFlight = send(client, protobufTraces([span(1)]))
  await until(() => collector.heldBytes > 0)
  const stopped = stop()
  const next = await send(client, protobufTraces([span(2)]))
  expect({ ...described(next), code: next.code }).toMatchObject({ code: status.UNAVAILABLE, retry: true })
  finish()
  expect((await inFlight).code).toBe(0)
  await stopped
  const hanging = await start({ emit: () => new Promise(() => {}), protection: { drainMs: 50 } })
  const given = send(hanging.port, protobufTraces([span(1)]))
  await until(() => hanging.collector.heldBytes > 0)
  await hanging.stop()
  expect((await given).code).toBe(status.UNAVAILABLE)
  expect(hanging.warnings).toEqual(['requests were not finished in time; their senders were told to retry'])
})

test('the gate lets a few through, the others in order, and forgets who leaves', () => {
  const gate = new Gate(1, 2)
  const seen: string[] = []
  const enter = (name: string) => gate.open(() => seen.push(name))
  const [first, second, third] = [enter('a'), enter('b'), enter('c')]
  expect(enter('d')).toBeUndefined()
  second!()
  first!()
  first!()
  expect(seen).toEqual(['a', 'c'])
  third!()
  enter('e')
  expect(seen).toEqual(['a', 'c', 'e'])
})

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; !is() && tries < 500; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(is()).toBe(true)
}
