import type { Encoding, Signal } from './decoded.ts'

const REJECTED = { traces: 'rejectedSpans', logs: 'rejectedLogRecords', metrics: 'rejectedDataPoints' } as const

/** An Export*ServiceResponse: empty when all is well, otherwise with the partial success that says what is not. */
export function exportResponse(encoding: Encoding, signal: Signal, rejected: number, message: string): Buffer {
  const full = rejected === 0 && message === ''
  if (encoding === 'json') {
    const partialSuccess = { [REJECTED[signal]]: String(rejected), errorMessage: message }
    return Buffer.from(JSON.stringify(full ? {} : { partialSuccess }))
  }
  return full ? Buffer.alloc(0) : lengthDelimited(1, Buffer.concat([number(1, rejected), text(2, message)]))
}

const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest'
export const INVALID_ARGUMENT = 3

/** A google.rpc.Status; `code` is one of gRPC's. Bad data is also described by a BadRequest, as the specification asks. */
export function rpcStatus(encoding: Encoding, code: number, message: string): Buffer {
  const bad = code === INVALID_ARGUMENT
  if (encoding === 'json') {
    const details = [{ '@type': BAD_REQUEST, fieldViolations: [{ field: 'request', description: message }] }]
    return Buffer.from(JSON.stringify(bad ? { code, message, details } : { code, message }))
  }
  const status = Buffer.concat([number(1, code), text(2, message)])
  if (!bad) return status
  const violation = lengthDelimited(1, Buffer.concat([text(1, 'request'), text(2, message)]))
  return Buffer.concat([
    status,
    lengthDelimited(3, Buffer.concat([text(1, BAD_REQUEST), lengthDelimited(2, violation)])),
  ])
}

const text = (field: number, value: string): Buffer => lengthDelimited(field, Buffer.from(value))
const number = (field: number, value: number): Buffer =>
  value === 0 ? Buffer.alloc(0) : Buffer.from([field << 3, ...varint(value)])

function lengthDelimited(field: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(value.length)]), value])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let left = value
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80)
  return [...bytes, left]
}
