import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Emit } from '../../core/seam.ts'
import type { OtlpConfig } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { Assembly } from './body.ts'
import type { OtlpDeps, Protection } from './deps.ts'
import { Exchange, type Exchanges } from './exchange.ts'
import { Life } from './life.ts'
import { readTls } from './listen.ts'
import { RefusalLog } from './refusals.ts'

/** How often Node looks for connections that are too slow. */
const CHECK_INTERVAL_MS = 1_000

/** What Node's parser says of gRPC, of TLS and of noise; a sender that leaves in the middle is none of these. */
const NOT_HTTP: ReadonlySet<string> = new Set(['HPE_PAUSED_H2_UPGRADE', 'HPE_INVALID_METHOD', 'HPE_INVALID_VERSION'])

/** The HTTP server and what is in flight on it. */
export class Receiver extends Life {
  protected readonly listener: Server
  private readonly refusals: RefusalLog
  private exchanges: Exchanges | undefined

  constructor(config: OtlpConfig, deps: OtlpDeps, protection: Protection) {
    super(config, deps, protection, { name: 'OTLP', key: 'collectors.otlp.listen' })
    this.refusals = new RefusalLog('otlp', deps)
    this.listener = makeServer(config, protection)
    this.listener.maxConnections = config.maxConnections
    this.listener.on('request', (request, response) => this.serve(request, response, false))
    this.listener.on('checkContinue', (request, response) => this.serve(request, response, true))
    this.listener.on(config.tls === undefined ? 'connection' : 'secureConnection', (socket) => this.connected(socket))
    this.listener.on('drop', () => deps.meter.add('otlp.connections_dropped', 1))
  }

  protected begin(emit: Emit<Interaction>, signal: AbortSignal): void {
    const { deps, config, protection } = this
    this.exchanges = {
      collector: 'otlp',
      emit: async (batch) => emit(batch),
      normalise: deps.normalise,
      elsewhere: deps.elsewhere,
      tokens: this.tokens,
      budget: this.budget,
      assembly: new Assembly(),
      refusals: this.refusals,
      meter: deps.meter,
      clock: deps.clock,
      maxRequestBytes: config.maxRequestBytes,
      deadlineMs: config.deadlineMs,
      bodyTimeoutMs: protection.bodyTimeoutMs,
      lingerMs: protection.lingerMs,
      stopping: () => signal.aborted,
    }
  }

  protected letGo(): void {
    this.listener.closeIdleConnections()
  }

  protected cut(): void {
    this.listener.closeAllConnections()
  }

  /** Node answers 400 to what its parser cannot read, and tells nobody but the socket. */
  private connected(socket: Socket): void {
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (!NOT_HTTP.has(code)) return
      this.deps.meter.add('otlp.requests', 1, { signal: 'none', status: 'not_http' })
      this.refusals.notHttp(code)
    })
  }

  private serve(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const exchange = new Exchange(this.exchanges!, request, response)
    this.entered(exchange)
    void this.finish(exchange, expectsContinue, response)
  }

  private async finish(exchange: Exchange, expectsContinue: boolean, response: ServerResponse): Promise<void> {
    try {
      await exchange.run(expectsContinue)
    } catch (error) {
      this.deps.logger.warn('an OTLP request could not be answered', { error })
      response.destroy()
    }
    this.left(exchange)
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
