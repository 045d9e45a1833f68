/**
 * The closed list of what can go wrong. A code never changes its meaning; a message says what was wrong and what to do.
 * The exit code is what `weir` ends with when the error reaches the command line (sysexits: 69 dependency, 70 bug, 78 configuration).
 */
export const ERROR_CODES = {
  WEIR_USAGE: { exit: 2, meaning: 'The command line was not understood.' },
  WEIR_CHECK_FAILED: { exit: 1, meaning: 'A check ran and its answer is no.' },
  WEIR_CONFIG_INVALID: { exit: 78, meaning: 'The configuration file is wrong.' },
  WEIR_CONFIG_UNREADABLE: { exit: 78, meaning: 'The configuration file or a file it names cannot be read.' },
  WEIR_LISTEN_UNSAFE: { exit: 78, meaning: 'A listener is open to other machines without authentication or TLS.' },
  WEIR_LISTEN_FAILED: { exit: 69, meaning: 'A port could not be opened.' },
  WEIR_MASTER_KEY: { exit: 78, meaning: 'The master key is missing, unreadable or of the wrong length.' },
  WEIR_KEY_UNKNOWN: { exit: 69, meaning: 'Sealed content names a key that is not here.' },
  WEIR_SEAL_BROKEN: { exit: 70, meaning: 'Sealed content does not open: it was changed or belongs elsewhere.' },
  WEIR_STORE_UNREACHABLE: { exit: 69, meaning: 'The store does not answer.' },
  WEIR_STORE_BUSY: { exit: 69, meaning: 'The data directory belongs to another running process.' },
  WEIR_STORE_REFUSED: { exit: 69, meaning: 'The store refused what was asked of it.' },
  WEIR_SCHEMA_VERSION: { exit: 78, meaning: 'The stored schema is older, newer or other than this version expects.' },
  WEIR_QUERY_REFUSED: { exit: 1, meaning: 'A query was refused: it would write, leave the store or exceed a limit.' },
  WEIR_QUEUE_FULL: { exit: 69, meaning: 'A bounded queue is full; try again later.' },
  WEIR_STOPPING: { exit: 69, meaning: 'Weir is stopping; try again on the next one.' },
  WEIR_DEADLINE: { exit: 69, meaning: 'Something did not finish in its time.' },
  WEIR_STREAM_UNREACHABLE: { exit: 69, meaning: 'No Kafka broker answers, or too few of them.' },
  WEIR_STREAM_REFUSED: { exit: 78, meaning: 'Kafka refused what was asked of it: credentials, rights or protocol.' },
  WEIR_TOPICS: { exit: 78, meaning: 'A topic is missing, or is not as it must be.' },
  WEIR_DECODE: { exit: 1, meaning: 'A request could not be decoded.' },
  WEIR_TOO_LARGE: { exit: 1, meaning: 'Something exceeds a stated limit.' },
  WEIR_UNAUTHENTICATED: { exit: 1, meaning: 'The request carries no valid token.' },
  WEIR_NOT_RUNNING: { exit: 69, meaning: 'No running Weir was found to ask.' },
  WEIR_BUG: { exit: 70, meaning: 'Weir is wrong, not you.' },
} as const

export type ErrorCode = keyof typeof ERROR_CODES

export class WeirError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'WeirError'
    this.code = code
  }
  get exitCode(): number {
    return ERROR_CODES[this.code].exit
  }
}

/** Refused for now: the same again may be taken later, here or elsewhere. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof WeirError && (error.code === 'WEIR_QUEUE_FULL' || error.code === 'WEIR_STOPPING')

/** A sink's write may be repeated: nothing is known to be wrong with the batch. The outcome may be unknown, so repeat under the same token. */
export class Retryable extends WeirError {}

/** A sink's write will never succeed as it is. */
export class Permanent extends WeirError {}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
