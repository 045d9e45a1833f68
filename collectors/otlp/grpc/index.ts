import { createServer, type Server as Listener, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { Server, ServerCredentials, type ConnectionInjector, type ServiceDefinition } from '@grpc/grpc-js'
import { grpcListen } from '../../../core/config/listen.ts'
import { messageOf, WeirError } from '../../../core/errors.ts'
import type { Emit } from '../../../core/seam.ts'
import type { OtlpConfig } from '../../../schemas/config.ts'
import type { Interaction } from '../../../schemas/interaction.ts'
import type { Signal } from '../../dialects/wire/index.ts'
import { PROTECTION, type OtlpCollector } from '../index.ts'
import { Life } from '../life.ts'
import { readTls } from '../listen.ts'
import { RefusalLog } from '../refusals.ts'
import type { OtlpDeps, Protection } from '../deps.ts'
import { admission } from './admit.ts'
import { ExportCall, type Calls } from './call.ts'
import { Gate } from './gate.ts'

/** Where its address is set, for messages. */
const KEY = 'collectors.otlp.grpc.listen'
const STREAMS_PER_CONNECTION = 128
/** Calls that wait until others' messages have arrived. */
const MAX_WAITING = 10_000
/** For the last answers to leave. */
const FLUSH_MS = 500

const METHODS: readonly [path: string, signal: Signal][] = [
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
]

/**
 * OTLP/gRPC, with the tokens, TLS, limits and answers of OTLP/HTTP. Throws at once when its address is unsafe
 * (WEIR_LISTEN_UNSAFE), or tokens or certificates cannot be read; `run` rejects with WEIR_LISTEN_FAILED when the port
 * cannot be had.
 */
export function createOtlpGrpcCollector(config: OtlpConfig, deps: OtlpDeps): OtlpCollector {
  const listen = grpcListen(config)
  if (listen === undefined)
    throw new WeirError('WEIR_CONFIG_INVALID', `${KEY} is needed: host:port, e.g. 127.0.0.1:4317`)
  const protection = { ...PROTECTION, drainMs: config.deadlineMs, ...deps.protection }
  return new GrpcReceiver({ ...config, listen }, deps, protection)
}

class GrpcReceiver extends Life {
  protected readonly listener: Listener
  private readonly credentials: ServerCredentials
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private injector: ConnectionInjector | undefined

  constructor(config: OtlpConfig, deps: OtlpDeps, protection: Protection) {
    super(config, deps, protection, { name: 'OTLP/gRPC', key: KEY })
    this.credentials = credentialsOf(config)
    this.listener = createServer({ keepAlive: true, keepAliveInitialDelay: protection.keepAliveTimeoutMs })
    this.listener.maxConnections = config.maxConnections
    this.listener.on('drop', () => deps.meter.add('otlp.connections_dropped', 1))
  }

  protected begin(emit: Emit<Interaction>, signal: AbortSignal): void {
    this.server = this.makeServer(emit, signal)
    const injector = this.server.createConnectionInjector(this.credentials)
    this.injector = injector
    this.listener.on('connection', (socket) => this.connected(socket, injector))
  }

  protected letGo(): void {
    this.injector?.drain(FLUSH_MS)
  }

  protected cut(): void {
    this.injector?.destroy()
    for (const socket of this.sockets) socket.destroy()
    this.server?.forceShutdown()
  }

  private makeServer(emit: Emit<Interaction>, signal: AbortSignal): Server {
    const { deps, config, protection, tokens, budget } = this
    const calls: Calls = {
      collector: 'otlp-grpc',
      emit: async (batch) => emit(batch),
      normalise: deps.normalise,
      elsewhere: deps.elsewhere,
      refusals: new RefusalLog('otlp-grpc', deps),
      ...{ tokens, budget, meter: deps.meter, clock: deps.clock, deadlineMs: config.deadlineMs },
      stopping: () => signal.aborted,
    }
    const atOnce = Math.max(1, Math.floor(protection.bodyBytesHeld / config.maxRequestBytes))
    const gate = new Gate(atOnce, MAX_WAITING)
    const { bodyTimeoutMs, keepAliveTimeoutMs } = protection
    const server = new Server({
      interceptors: [admission({ calls, gate, bodyTimeoutMs, signals: new Map(METHODS) })],
      'grpc.max_receive_message_length': config.maxRequestBytes,
      'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION,
      'grpc.max_connection_idle_ms': keepAliveTimeoutMs,
      'grpc.keepalive_time_ms': keepAliveTimeoutMs,
      'grpc.enable_channelz': 0,
    })
    for (const [path, of] of METHODS) this.serve(server, calls, path, of)
    return server
  }

  private serve(server: Server, calls: Calls, path: string, signal: Signal): void {
    const asIs = (bytes: Buffer): Buffer => bytes
    const coding = {
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    }
    const service: ServiceDefinition = {
      Export: { path, originalName: 'export', requestStream: false, responseStream: false, ...coding },
    }
    server.addService(service, {
      Export: (call: { metadata: Parameters<ExportCall['run']>[0]; request: Buffer }, answer: Answering): void => {
        const one = new ExportCall(calls, signal)
        this.entered(one)
        void one.run(call.metadata, call.request).then((result) => {
          this.left(one)
          if ('body' in result) answer(null, result.body)
          else answer(result.failure)
        })
      },
    })
  }

  private connected(socket: Socket, injector: ConnectionInjector): void {
    this.sockets.add(socket)
    socket.once('close', () => this.sockets.delete(socket))
    socket.on('error', () => undefined)
    // Who connects and says nothing does not keep a place.
    const said = new AbortController()
    socket.once('close', () => said.abort('over'))
    void this.deps.clock.sleep(this.protection.headersTimeoutMs, said.signal).then(() => {
      if (socket.bytesRead === 0) socket.destroy()
    })
    injector.injectConnection(socket)
  }
}

type Answering = (error: object | null, body?: Buffer) => void

function credentialsOf({ tls }: OtlpConfig): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure()
  const { cert, key } = readTls(tls)
  try {
    createSecureContext({ cert, key }) // what is wrong with them is said now, not by the first connection
    return ServerCredentials.createSsl(null, [{ cert_chain: cert, private_key: key }])
  } catch (error) {
    throw new WeirError('WEIR_CONFIG_INVALID', `collectors.otlp.tls: ${messageOf(error)}`, { cause: error })
  }
}
