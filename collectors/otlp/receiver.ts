import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Logger } from '../../core/log.ts'
import type { Meter } from '../../core/meter.ts'
import type { Clock, Emit } from '../../core/seam.ts'
import type { OtlpConfig } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { Assembly } from './body.ts'
import { Budget } from './budget.ts'
import { Exchange, type Exchanges } from './exchange.ts'
import type { Normalise } from '../dialects/intake.ts'
import type { ListenAddress } from '../../core/config/listen.ts'
import { readTls, safeAddress } from './listen.ts'
import { Tokens } from './tokens.ts'

/** What protects the receiver from its senders. */
export interface Protection {
  /** For the request line and headers, and for a connection to say anything at all. */
  headersTimeoutMs: number
  bodyTimeoutMs: number
  tlsHandshakeTimeoutMs: number
  /** Longer than the interval at which exporters send, so that they do not reuse a connection just being closed. */
  keepAliveTimeoutMs: number
  /** How long the rest of a refused request is read and thrown away. */
  lingerMs: number
  /** How long requests in flight may take when stopping. */
  drainMs: number
  bodyBytesHeld: number
}

export interface OtlpDeps {
  normalise: Normalise
  meter: Meter
  clock: Clock
  /** For what an operator should know; never holds content. */
  logger: Pick<Logger, 'warn'>
  /** Of bytes held by all receivers together; its own where left out. */
  budget?: Budget
  /** Other limits than the default ones, for tests. */
  protection?: Partial<Protection>
}

/** How often Node looks for connections that are too slow. */
const CHECK_INTERVAL_MS = 1_000
/** After the drain's deadline: for the answers to leave. */
const FLUSH_MS = 500

/** The HTTP server and what is in flight on it. */
export class Receiver {
  readonly ready: Promise<void>
  private readonly config: OtlpConfig
  private readonly deps: OtlpDeps
  private readonly protection: Protection
  private readonly where: ListenAddress
  private readonly tokens: Tokens
  private readonly server: Server
  private readonly budget: Budget
  private readonly inFlight = new Set<Exchange>()
  private exchanges: Exchanges | undefined
  private readonly stop = new AbortController()
  private running: Promise<void> | undefined
  private settleReady!: { resolve: () => void; reject: (error: Error) => void }
  private quiet: () => void = () => undefined

  constructor(config: OtlpConfig, deps: OtlpDeps, protection: Protection) {
    this.config = config
    this.deps = deps
    this.protection = protection
    this.tokens = new Tokens(config.tokens, deps)
    this.where = safeAddress(config, this.tokens.configured)
    this.budget = deps.budget ?? new Budget(protection.bodyBytesHeld)
    this.server = makeServer(config, protection)
    this.server.maxConnections = config.maxConnections
    this.server.on('request', (request, response) => this.serve(request, response, false))
    this.server.on('checkContinue', (request, response) => this.serve(request, response, true))
    this.server.on('drop', () => deps.meter.add('otlp.connections_dropped', 1))
    this.ready = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject }
    })
    // Whoever runs the receiver gets the error from run(); ready may be looked at or not.
    this.ready.catch(() => undefined)
  }

  address(): ListenAddress {
    const address = this.server.address() as AddressInfo | null
    return address === null ? this.where : { host: address.address, port: address.port }
  }

  /** Bytes of bodies held now. */
  get heldBytes(): number {
    return this.budget.bytes
  }

  run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
    if (this.running !== undefined) throw new WeirError('WEIR_BUG', 'the OTLP receiver was started twice')
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
    this.exchanges = this.shared(emit, signal)
    try {
      if (!signal.aborted) await this.listen()
    } catch (error) {
      this.settleReady.reject(error as Error)
      throw error
    }
    this.settleReady.resolve()
    await aborted(signal)
    await this.drain()
  }

  private shared(emit: Emit<Interaction>, signal: AbortSignal): Exchanges {
    const { deps, config, protection } = this
    return {
      collector: 'otlp',
      emit: async (batch) => emit(batch),
      normalise: deps.normalise,
      tokens: this.tokens,
      budget: this.budget,
      assembly: new Assembly(),
      meter: deps.meter,
      clock: deps.clock,
      maxRequestBytes: config.maxRequestBytes,
      deadlineMs: config.deadlineMs,
      bodyTimeoutMs: protection.bodyTimeoutMs,
      lingerMs: protection.lingerMs,
      stopping: () => signal.aborted,
    }
  }

  private listen(): Promise<void> {
    const { server, where } = this
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void => {
        const how = 'free the port or change collectors.otlp.listen'
        reject(
          new WeirError('WEIR_LISTEN_FAILED', `cannot listen on ${this.config.listen}: ${messageOf(error)}; ${how}`),
        )
      }
      server.once('error', failed)
      server.listen({ host: where.host, port: where.port }, () => {
        server.off('error', failed)
        server.on('error', (error) => this.deps.logger.warn('the OTLP listener has trouble', { error }))
        resolve()
      })
    })
  }

  private serve(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const exchange = new Exchange(this.exchanges!, request, response)
    this.inFlight.add(exchange)
    void this.finish(exchange, expectsContinue, response)
  }

  private async finish(exchange: Exchange, expectsContinue: boolean, response: ServerResponse): Promise<void> {
    try {
      await exchange.run(expectsContinue)
    } catch (error) {
      this.deps.logger.warn('an OTLP request could not be answered', { error })
      response.destroy()
    }
    this.inFlight.delete(exchange)
    if (this.inFlight.size === 0) this.quiet()
  }

  /** Takes no more, lets what is in flight finish until the deadline, and then says what it left. */
  private async drain(): Promise<void> {
    const { server, deps } = this
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    await this.untilQuiet(deps.clock, this.protection.drainMs)
    if (this.inFlight.size > 0) {
      deps.logger.warn('OTLP requests were not finished in time; their senders were told to retry', {
        left: this.inFlight.size,
      })
      for (const exchange of this.inFlight) exchange.giveUp()
      await this.untilQuiet(deps.clock, FLUSH_MS)
    }
    server.closeIdleConnections()
    await this.untilFlushed(closed)
  }

  private async untilQuiet(clock: Clock, ms: number): Promise<void> {
    if (this.inFlight.size === 0) return
    const over = new AbortController()
    this.quiet = () => over.abort()
    await clock.sleep(ms, over.signal)
  }

  /** Connections end by themselves once their last answer has left; those that do not are closed. */
  private async untilFlushed(closed: Promise<void>): Promise<void> {
    const over = new AbortController()
    void closed.then(() => over.abort())
    await this.deps.clock.sleep(FLUSH_MS, over.signal)
    this.server.closeAllConnections()
    await closed
  }
}

function makeServer(config: OtlpConfig, protection: Protection): Server {
  const options = {
    headersTimeout: protection.headersTimeoutMs,
    // Our own limit comes first and is answered; this one is for what never became a request of ours.
    requestTimeout: protection.headersTimeoutMs + protection.bodyTimeoutMs + 2 * CHECK_INTERVAL_MS,
    keepAliveTimeout: protection.keepAliveTimeoutMs,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
    // A sender whose machine vanished is noticed.
    keepAlive: true,
    keepAliveInitialDelay: protection.keepAliveTimeoutMs,
  }
  if (config.tls === undefined) return createServer(options)
  try {
    const tls = readTls(config.tls)
    return createTlsServer({
      ...options,
      ...tls,
      handshakeTimeout: protection.tlsHandshakeTimeoutMs,
      minVersion: 'TLSv1.2',
    })
  } catch (error) {
    if (error instanceof WeirError) throw error
    throw new WeirError('WEIR_CONFIG_INVALID', `collectors.otlp.tls: ${messageOf(error)}`, { cause: error })
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
