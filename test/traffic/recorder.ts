import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  connect,
  createServer as createHttp2Server,
  type ClientHttp2Session,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** One export as an exporter sent it, and whether Weir took it. */
export interface Captured {
  readonly signal: 'traces' | 'logs'
  readonly encoding: 'protobuf' | 'json'
  readonly transport: 'HTTP' | 'gRPC'
  readonly body: Buffer
  readonly accepted: boolean
}

/** Stands between an exporter and Weir: hands everything on, and keeps what was really sent. */
export interface Recorder {
  readonly http: string
  readonly grpc: string
  readonly captured: readonly Captured[]
  close(): Promise<void>
}

const BODY_BYTES_MAX = 64 * 1024 * 1024
const EXPORTS_MAX = 10_000

export async function startRecorder(weir: { http: string; grpc: string }): Promise<Recorder> {
  const captured: Captured[] = []
  const keep = (one: Captured): void => {
    if (captured.push(one) > EXPORTS_MAX) throw new Error('too many exports')
  }
  const http = createServer((request, response) => {
    forwardHttp(request, response, weir.http, keep).catch(() => response.destroy())
  })
  const upstream = connect(weir.grpc)
  upstream.on('error', () => {}) // each call tells its own failure
  const grpc = createHttp2Server()
  grpc.on('stream', (stream, headers) => {
    forwardGrpc(stream, headers, upstream, keep).catch(() => stream.destroy())
  })
  await Promise.all([listening(http), listening(grpc)])
  return { http: urlOf(http), grpc: urlOf(grpc), captured, close: () => closeAll(http, grpc, upstream) }
}

const urlOf = (server: NetServer): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

function listening(server: NetServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

async function closeAll(http: Server, grpc: Http2Server, upstream: ClientHttp2Session): Promise<void> {
  upstream.destroy()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
  grpc.close() // ends with its sessions, which end with the exporter's process
}

async function bytesOf(from: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of from) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) throw new Error('the export is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

type Keep = (one: Captured) => void

async function forwardHttp(request: IncomingMessage, response: ServerResponse, to: string, keep: Keep): Promise<void> {
  const sent = await bytesOf(request)
  const headers: Record<string, string> = {}
  for (const name of ['content-type', 'content-encoding']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  const answer = await fetch(`${to}${request.url}`, { method: 'POST', headers, body: new Uint8Array(sent) })
  const said = Buffer.from(await answer.arrayBuffer())
  if (!request.url?.endsWith('metrics'))
    keep({
      signal: request.url?.endsWith('logs') ? 'logs' : 'traces',
      encoding: headers['content-type']?.includes('json') ? 'json' : 'protobuf',
      transport: 'HTTP',
      body: headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent,
      accepted: answer.status === 200,
    })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(said)
}

/** A call with one message each way; the status stands in the trailers. */
async function forwardGrpc(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  upstream: ClientHttp2Session,
  keep: Keep,
): Promise<void> {
  const sent = await bytesOf(stream)
  const path = String(headers[':path'])
  const call = upstream.request({
    ...{ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' },
    ...(headers['grpc-encoding'] !== undefined && { 'grpc-encoding': headers['grpc-encoding'] }),
  })
  let trailers: IncomingHttpHeaders = {}
  call.on('response', (answered) => (trailers = { ...trailers, ...answered }))
  call.on('trailers', (told) => (trailers = { ...trailers, ...told }))
  call.end(sent)
  const said = await bytesOf(call)
  const status = String(trailers['grpc-status'] ?? '2')
  if (!path.includes('Metrics'))
    keep({
      signal: path.includes('Logs') ? 'logs' : 'traces',
      encoding: 'protobuf',
      transport: 'gRPC',
      body: messageIn(sent),
      accepted: status === '0',
    })
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }))
  stream.end(said)
}

/** After one byte that says whether it is compressed and four with the length. */
const messageIn = (sent: Buffer): Buffer => (sent[0] === 1 ? gunzipSync(sent.subarray(5)) : sent.subarray(5))
