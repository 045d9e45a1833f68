import { createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { Server, ServerCredentials, type ConnectionInjector, type ServiceDefinition } from '@grpc/grpc-js'
import { grpcListen, type ListenAddress } from '../../../core/config/listen.ts'
import { messageOf, WeirError } from '../../../core/errors.ts'
import type { Collector, Emit } from '../../../core/seam.ts'
import type { OtlpConfig } from '../../../schemas/config.ts'
import type { Interaction } from '../../../schemas/interaction.ts'
import type { Signal } from '../../dialects/wire/index.ts'
import { Budget } from '../budget.ts'
import { PROTECTION, type OtlpCollector } from '../index.ts'
import { readTls, safeAddress } from '../listen.ts'
import type { OtlpDeps, Protection } from '../receiver.ts'
import { Tokens } from '../tokens.ts'
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

class GrpcReceiver implements Collector, OtlpCollector {
  readonly ready: Promise<void>
  private readonly config: OtlpConfig
  private readonly deps: OtlpDeps
  private readonly protection: Protection
  private readonly where: ListenAddress
  private readonly tokens: Tokens
  private readonly budget: Budget
  private readonly credentials: ServerCredentials
  private readonly listener: Listener
  private readonly sockets = new Set<Socket>()
  private readonly inFlight = new Set<ExportCall>()
  private readonly stop = new AbortController()
  private running: Promise<void> | undefined
  private settleReady!: { resolve: () => void; reject: (error: Error) => void }
  private quiet: () => void = () => undefined

  constructor(config: OtlpConfig, deps: OtlpDeps, protection: Protection) {
    this.config = config
    this.deps = deps
    this.protection = protection
    this.tokens = new Tokens(config.tokens, deps)
    this.where = safeAddress(config, this.tokens.configured, KEY)
    this.budget = deps.budget ?? new Budget(protection.bodyBytesHeld)
    this.credentials = credentialsOf(config)
    this.listener = createServer({ keepAlive: true, keepAliveInitialDelay: protection.keepAliveTimeoutMs })
    this.listener.maxConnections = config.maxConnections
    this.listener.on('drop', () => deps.meter.add('otlp.connections_dropped', 1))
    this.ready = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject }
    })
    // Whoever runs the receiver gets the error from run(); ready may be looked at or not.
    this.ready.catch(() => undefined)
  }

  address(): ListenAddress {
    const address = this.listener.address() as AddressInfo | null
    return address === null ? this.where : { host: address.address, port: address.port }
  }

  get heldBytes(): number {
    return this.budget.bytes
  }

  run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
    if (this.running !== undefined) throw new WeirError('WEIR_BUG', 'the OTLP/gRPC receiver was started twice')
    this.running = this.live(emit, AbortSignal.any([signal, this.stop.signal]))
    return this.running
  }

  async close(): Promise<void> {
    this.stop.abort()
    if (this.running === undefined)
      this.settleReady.reject(new WeirError('WEIR_STOPPING', 'closed before it was started'))
    await this.running?.catch(() => undefined)
  }

  private async live(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
    const server = this.makeServer(emit, signal)
    const injector = server.createConnectionInjector(this.credentials)
    this.listener.on('connection', (socket) => this.connected(socket, injector))
    try {
      if (!signal.aborted) await this.listen()
    } catch (error) {
      server.forceShutdown()
      this.settleReady.reject(error as Error)
      throw error
    }
    this.settleReady.resolve()
    await aborted(signal)
    await this.drain(injector)
    server.forceShutdown()
  }

  private makeServer(emit: Emit<Interaction>, signal: AbortSignal): Server {
    const { deps, config, protection, tokens, budget } = this
    const calls: Calls = {
      collector: 'otlp-grpc',
      emit: async (batch) => emit(batch),
      normalise: deps.normalise,
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
        this.inFlight.add(one)
        void one.run(call.metadata, call.request).then((result) => {
          this.inFlight.delete(one)
          if (this.inFlight.size === 0) this.quiet()
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

  private listen(): Promise<void> {
    const { listener, where } = this
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void => {
        const text = `cannot listen on ${this.config.listen}: ${messageOf(error)}; free the port or change ${KEY}`
        reject(new WeirError('WEIR_LISTEN_FAILED', text))
      }
      listener.once('error', failed)
      listener.listen({ host: where.host, port: where.port }, () => {
        listener.off('error', failed)
        listener.on('error', (error) => this.deps.logger.warn('the OTLP/gRPC listener has trouble', { error }))
        resolve()
      })
    })
  }

  /** Takes no more, lets what is in flight finish until the deadline, and then says what it left. */
  private async drain(injector: ConnectionInjector): Promise<void> {
    const { listener, deps, protection } = this
    if (!listener.listening) return
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
    await this.untilQuiet(protection.drainMs)
    if (this.inFlight.size > 0) {
      deps.logger.warn('OTLP/gRPC requests were not finished in time; their senders were told to retry', {
        left: this.inFlight.size,
      })
      for (const call of this.inFlight) call.giveUp()
      await this.untilQuiet(FLUSH_MS)
    }
    injector.drain(FLUSH_MS)
    const over = new AbortController()
    void closed.then(() => over.abort('over'))
    await deps.clock.sleep(FLUSH_MS, over.signal)
    injector.destroy()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private async untilQuiet(ms: number): Promise<void> {
    if (this.inFlight.size === 0) return
    const over = new AbortController()
    this.quiet = () => over.abort('over')
    await this.deps.clock.sleep(ms, over.signal)
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

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
