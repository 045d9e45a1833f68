import type { ReadRequest, Request } from '../../collectors/dialects/intake.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Job, Made } from '../../core/pool/index.ts'

/* What `long-texts.ts` gives to workers, and what `examine-worker.ts` gives back. */

/** A buffer arrives as bytes. */
export type ReadJob = { readonly kind: 'read'; readonly body: Uint8Array } & Omit<Request, 'body'>
export type LongJob = ({ readonly kind: 'examine' } & Job) | ReadJob

/** What was read, or what is wrong with the request. */
export type RequestRead = ReadRequest | { readonly code: ErrorCode; readonly message: string }
export type LongMade = Made | RequestRead
