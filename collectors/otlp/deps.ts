import type { Logger } from '../../core/log.ts'
import type { Clock } from '../../core/seam.ts'
import type { Budget } from './budget.ts'
import type { Reading } from './reading.ts'

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

export interface OtlpDeps extends Reading {
  clock: Clock
  /** For what an operator should know; never holds content. */
  logger: Pick<Logger, 'warn'>
  /** Of bytes held by all receivers together; its own where left out. */
  budget?: Budget
  /** Other limits than the default ones, for tests. */
  protection?: Partial<Protection>
}
