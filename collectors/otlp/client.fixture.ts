import { connect, type Socket } from 'node:net'
import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http'
import protobuf from 'protobufjs'
import { systemClock } from '../../core/clock.ts'
import type { Emit, Refusal } from '../../core/seam.ts'
import type { OtlpConfig } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Normalise } from '../dialects/intake.ts'
import { createOtlpCollector, type OtlpCollector, type OtlpDeps, type Protection } from './index.ts'
import { OTLP_PROTO } from '../dialects/wire/otlp.fixture.ts'

/* What the tests of the receiver share: a running receiver, a client that hides nothing, and requests to send. */

export const messages: protobuf.Root = protobuf.parse(OTLP_PROTO).root
export const PROTOBUF = 'application/x-protobuf'
export const JSON_TYPE = 'application/json'

export function encode(type: string, value: object): Buffer {
  const message = messages.lookupType(`otlp.${type}`)
  return Buffer.from(message.encode(message.fromObject(value)).finish())
}

export function decode(type: string, bytes: Uint8Array): Record<string, unknown> {
  return messages
    .lookupType(`otlp.${type}`)
    .toObject(messages.lookupType(`otlp.${type}`).decode(bytes), { longs: Number })
}

/** A stand-in for the normaliser: what it makes of a record is enough to see which record it was. */
export const normalise: Normalise = (record, context) => {
  if (record.kind === 'log') {
    return { ignored: record.attributes['event.name'] === 'app.log' ? 'not_genai' : 'log_without_content' }
  }
  if (record.attributes['gen_ai.operation.name'] === undefined) return { ignored: 'not_genai' }
  const made = { id: record.spanId, tenant: context.tenant, name: record.name, startedAt: record.startUs }
  return made as unknown as Interaction
}

export interface Running {
  collector: OtlpCollector
  port: number
  /** Everything emitted so far, in order. */
  taken: Interaction[]
  counts: Map<string, number>
  warnings: string[]
  stop: () => Promise<void>
}

export interface Options {
  config?: Partial<OtlpConfig>
  protection?: Partial<Protection>
  emit?: Emit<Interaction>
  normalise?: Normalise
  elsewhere?: OtlpDeps['elsewhere']
}

export const CONFIG: OtlpConfig = {
  enabled: true,
  grpc: { enabled: false },
  listen: '127.0.0.1:0',
  behindProxy: false,
  maxRequestBytes: 20 * 1024 * 1024,
  maxConnections: 1024,
  deadlineMs: 10_000,
  tokens: {},
}

const running = new Set<Running>()

export async function start(options: Options = {}): Promise<Running> {
  const taken: Interaction[] = []
  const counts = new Map<string, number>()
  const warnings: string[] = []
  const add = (name: string, value: number, labels: Record<string, string> = {}): void => {
    const key = [name, ...Object.values(labels)].filter((word) => word !== '').join(' ')
    counts.set(key, (counts.get(key) ?? 0) + value)
  }
  const collector = createOtlpCollector(
    { ...CONFIG, ...options.config },
    {
      normalise: options.normalise ?? normalise,
      elsewhere: options.elsewhere,
      meter: { add },
      clock: systemClock,
      logger: { warn: (text, fields) => warnings.push(`${text} ${JSON.stringify(fields)}`) },
      protection: options.protection ?? {},
    },
  )
  const stopping = new AbortController()
  const keep = async (batch: readonly Interaction[]): Promise<readonly Refusal[]> => {
    taken.push(...batch)
    return []
  }
  const ended = collector.run(options.emit ?? keep, stopping.signal)
  await collector.ready
  const stop = (): Promise<void> => {
    stopping.abort()
    running.delete(result)
    return ended
  }
  const result: Running = { collector, port: collector.address().port, taken, counts, warnings, stop }
  running.add(result)
  return result
}

/** For afterEach: no receiver outlives its test. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()))
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Sending {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: Buffer | string
  agent?: Agent
}

/** One request by node:http. */
export function send(port: number, sending: Sending): Promise<Answer> {
  const body = Buffer.from(sending.body ?? '')
  const headers = { 'Content-Type': PROTOBUF, 'Content-Length': String(body.length), ...sending.headers }
  return new Promise((resolve, reject) => {
    const path = sending.path ?? '/v1/traces'
    const agent = sending.agent ?? false
    const request = httpRequest({ host: '127.0.0.1', port, path, method: sending.method ?? 'POST', headers, agent })
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

export const sendJson = (port: number, value: unknown, path = '/v1/traces'): Promise<Answer> =>
  send(port, {
    path,
    body: typeof value === 'string' ? value : JSON.stringify(value),
    headers: { 'Content-Type': JSON_TYPE },
  })

/** A bare connection: what it is sent is what is written, and all that came back can be waited for. */
export interface Wire {
  socket: Socket
  received: () => string
  /** Resolves when the pattern was received or the other side closed. */
  until: (pattern: RegExp) => Promise<string>
  closed: Promise<void>
}

export function wire(port: number): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    const until = (pattern: RegExp): Promise<string> =>
      new Promise((done) => {
        const look = (): void => {
          if (pattern.test(text) || socket.closed) done(text)
        }
        socket.on('data', look).once('close', look)
        look()
      })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject).on('error', () => undefined)
      resolve({ socket, received: () => text, until, closed })
    })
  })
}

export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

export const hexId = (n: number, size: number): string => n.toString(16).padStart(size * 2, '0')

export const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } })

/** A GenAI span as OTLP/JSON; its span id tells which it is. */
export function span(n: number, more: object = {}): Record<string, unknown> {
  return {
    traceId: hexId(n, 16),
    spanId: hexId(n, 8),
    name: `chat ${n}`,
    kind: 3,
    startTimeUnixNano: '1763700000000000000',
    endTimeUnixNano: '1763700001000000000',
    attributes: [attribute('gen_ai.operation.name', 'chat')],
    ...more,
  }
}

export const traces = (spans: readonly unknown[]): { resourceSpans: object[] } => ({
  resourceSpans: [
    { resource: { attributes: [attribute('service.name', 'shop')] }, scopeSpans: [{ scope: { name: 'test' }, spans }] },
  ],
})

const idBytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : '', 'hex')

/** The same spans as protobuf. */
export function protobufTraces(spans: readonly Record<string, unknown>[]): Buffer {
  const binary = spans.map((one) => ({ ...one, traceId: idBytes(one['traceId']), spanId: idBytes(one['spanId']) }))
  return encode('ExportTraceServiceRequest', traces(binary))
}
