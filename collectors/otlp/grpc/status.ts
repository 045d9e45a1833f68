import { Metadata, status, type StatusObject } from '@grpc/grpc-js'
import { rpcStatus } from '../../dialects/wire/index.ts'
import { rpcCode, type HttpFailure } from '../failure.ts'

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo'

/**
 * What gRPC says where HTTP would say `failure`: its code, and in the details when to come back. Senders repeat
 * RESOURCE_EXHAUSTED only where that is told, which for what is too large it never is.
 */
export function statusOf(failure: HttpFailure): StatusObject {
  const code = rpcCode(failure.status)
  const retryAfter = failure.headers['Retry-After']
  const described = rpcStatus('protobuf', code, failure.message)
  const metadata = new Metadata()
  const details = retryAfter === undefined ? described : Buffer.concat([described, retryInfo(Number(retryAfter))])
  metadata.set('grpc-status-details-bin', details)
  return { code, details: failure.message, metadata }
}

export const OK: number = status.OK

/** Field 3 of a google.rpc.Status: an Any that holds a RetryInfo, which holds a Duration of whole seconds below 128. */
function retryInfo(seconds: number): Buffer {
  const duration = field(1, Buffer.from([1 << 3, seconds]))
  return field(3, Buffer.concat([field(1, Buffer.from(RETRY_INFO)), field(2, duration)]))
}

/** A length-delimited field of fewer than 128 bytes. */
const field = (number: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value])
