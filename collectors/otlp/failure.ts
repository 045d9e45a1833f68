import { WeirError, type ErrorCode } from '../../core/errors.ts'
import { INVALID_ARGUMENT } from '../dialects/wire/index.ts'

/** An answer other than 200. */
export class HttpFailure extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

/** The sender went away: there is nobody to answer. */
export class SenderGone extends Error {}

const RETRY_SOON = '1'
/** Long enough for a restart, or for a load balancer to notice. */
const RETRY_ELSEWHERE = '5'

/**
 * Everything temporary is 503 with Retry-After, a full queue too: 429 would blame the one sender for the state of the
 * whole, and 503 lets a load balancer try another copy. OTLP senders repeat both alike.
 */
const STATUS: Partial<Record<ErrorCode, { status: number; retryAfter?: string }>> = {
  WEIR_DECODE: { status: 400 },
  WEIR_TOO_LARGE: { status: 413 },
  WEIR_STOPPING: { status: 503, retryAfter: RETRY_ELSEWHERE },
}

export const unavailable = (message: string, retryAfter: string = RETRY_SOON): HttpFailure =>
  new HttpFailure(503, message, { 'Retry-After': retryAfter })

/** The answer to a request that failed before its records were handed on: an error that we do not know is ours. */
export function failureOf(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error
  const known = error instanceof WeirError ? STATUS[error.code] : undefined
  if (known === undefined) return new HttpFailure(500, 'an error inside Weir')
  const headers: Record<string, string> = known.retryAfter === undefined ? {} : { 'Retry-After': known.retryAfter }
  return new HttpFailure(known.status, (error as Error).message, headers)
}

/** The answer when a batch was not taken: whatever the reason, the seam says that it is temporary. */
export function emitFailure(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error
  if (error instanceof WeirError && error.code === 'WEIR_STOPPING') return failureOf(error)
  return unavailable(error instanceof WeirError ? error.message : 'the records could not be stored now')
}

const FAILED_PRECONDITION = 9
const RPC_CODES: Record<number, number> = { 400: INVALID_ARGUMENT, 401: 16, 404: 5, 405: 12, 413: 8, 500: 13, 503: 14 }

/** gRPC's code for an HTTP status, as google.rpc.Status wants one. */
export const rpcCode = (status: number): number => RPC_CODES[status] ?? FAILED_PRECONDITION
