import type { Decoded, Encoding, Signal } from './decoded.ts'
import { readJson } from './json.ts'
import { countDataPoints } from './metrics.ts'
import { readLogs, readTraces } from './protobuf.ts'

export { exportResponse, INVALID_ARGUMENT, rpcStatus } from './answer.ts'
export type { Decoded, Encoding, RefusedRecord, Signal } from './decoded.ts'

/** Reads an Export*ServiceRequest. Throws WEIR_DECODE when it is not one, WEIR_TOO_LARGE beyond the limits. */
export function decodeRequest(signal: Signal, encoding: Encoding, body: Buffer): Decoded {
  if (encoding === 'json') return readJson(signal, body)
  if (signal === 'traces') return readTraces(body)
  if (signal === 'logs') return readLogs(body)
  return { records: [], refused: [], total: countDataPoints(body), invalidUtf8: 0 }
}
