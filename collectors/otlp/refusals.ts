import type { Logger } from '../../core/log.ts'
import { Recurring } from '../../core/recurring.ts'
import type { Clock } from '../../core/seam.ts'

/** A kind of refusal that goes on is told again after this time. */
const AGAIN_MS = 10 * 60_000

/** By HTTP status or gRPC code. 503 is no mistake of the sender: what is full or away speaks for itself. */
const REASONS: Readonly<Record<number, string>> = {
  3: 'not-OTLP',
  8: 'larger-than-maxRequestBytes',
  16: 'no-valid-token',
  400: 'not-OTLP',
  401: 'no-valid-token',
  404: 'unknown-path',
  405: 'not-POST',
  411: 'no-length',
  413: 'larger-than-maxRequestBytes',
  415: 'content-type-or-encoding',
}

/**
 * Tells the operator that senders are refused, since many a sender tells nobody: each kind at once, and while it goes on
 * now and then. Says the kind alone, never what was sent.
 */
export class RefusalLog {
  private readonly logger: Pick<Logger, 'warn'>
  private readonly collector: string
  private readonly recurring: Recurring

  constructor(collector: string, { logger, clock }: { logger: Pick<Logger, 'warn'>; clock: Pick<Clock, 'now'> }) {
    this.collector = collector
    this.logger = logger
    this.recurring = new Recurring(clock, AGAIN_MS)
  }

  refused(status: number, signal: string): void {
    const reason = REASONS[status]
    if (reason === undefined) return
    const refused = this.recurring.happened(`${status} ${signal}`)
    if (refused === 0) return
    const { collector } = this
    this.logger.warn('OTLP requests are refused; senders are told why', { collector, status, signal, reason, refused })
  }

  /** A connection that nothing could be read from; `code` is the parser's. */
  notHttp(code: string): void {
    const refused = this.recurring.happened('not HTTP')
    if (refused === 0) return
    const fields = { collector: this.collector, code, refused }
    this.logger.warn('what is sent to the port of OTLP/HTTP is not HTTP/1; gRPC has another port', fields)
  }
}
