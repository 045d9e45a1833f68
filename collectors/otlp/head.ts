import type { IncomingMessage } from 'node:http'
import { HttpFailure } from './failure.ts'
import type { Tokens } from './tokens.ts'
import type { Encoding, Signal } from '../dialects/wire/index.ts'

const ROUTES = new Map<string, Signal>([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
  ['/v1/metrics', 'metrics'],
])
const ENCODINGS = new Map<string, Encoding>([
  ['application/x-protobuf', 'protobuf'],
  ['application/json', 'json'],
])

/** What a request's head says, once nothing in it is wrong. */
/** How a body is compressed: all that OpenTelemetry's own exporters know. */
export type Coding = 'gzip' | 'deflate'

export interface Head {
  signal: Signal
  encoding: Encoding
  coding: Coding | undefined
  tenant: string
}

/** The encoding of the answer; JSON, which people can read, for senders that speak neither. */
export const answerEncoding = (request: IncomingMessage): Encoding => encodingOf(request) ?? 'json'

export const signalOf = (request: IncomingMessage): Signal | undefined => ROUTES.get((request.url ?? '').split('?')[0]!)

/** Everything that can be said against a request before its body is read. */
export function checkHead(request: IncomingMessage, tokens: Tokens, maxBytes: number): Head {
  const signal = signalOf(request)
  if (signal === undefined) throw new HttpFailure(404, `no such path; OTLP is at ${[...ROUTES.keys()].join(', ')}`)
  if (request.method !== 'POST') throw new HttpFailure(405, 'OTLP requests are POST', { Allow: 'POST' })
  const tenant = tokens.tenantOf(request.headers.authorization)
  if (tenant === undefined) {
    const said = request.headers.authorization === undefined ? 'no token' : 'a token that is not valid'
    throw new HttpFailure(401, `the request carries ${said}: send Authorization: Bearer <token>`, {
      'WWW-Authenticate': 'Bearer realm="weir"',
    })
  }
  const encoding = encodingOf(request)
  if (encoding === undefined) {
    throw new HttpFailure(415, `Content-Type must be one of ${[...ENCODINGS.keys()].join(', ')}, in UTF-8`)
  }
  const coding = codingOf(request)
  checkLength(request, maxBytes)
  return { signal, encoding, coding, tenant }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='))
  if (charset !== undefined && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset)) return undefined
  return ENCODINGS.get(type!.trim())
}

function codingOf(request: IncomingMessage): Coding | undefined {
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (coding === 'gzip' || coding === 'x-gzip') return 'gzip'
  if (coding === 'deflate') return coding
  if (coding === 'identity' || coding === '') return undefined
  const accepted = { 'Accept-Encoding': 'gzip, deflate, identity' }
  throw new HttpFailure(415, 'Content-Encoding must be gzip, deflate or identity', accepted)
}

function checkLength(request: IncomingMessage, maxBytes: number): void {
  const length = request.headers['content-length']
  if (length === undefined && request.headers['transfer-encoding'] === undefined) {
    throw new HttpFailure(411, 'send Content-Length or a chunked body')
  }
  if (length !== undefined && Number(length) > maxBytes) throw tooLarge(maxBytes)
}

export const tooLarge = (maxBytes: number): HttpFailure =>
  new HttpFailure(413, `the request is larger than ${maxBytes} bytes: send smaller batches`)
