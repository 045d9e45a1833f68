import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Holding } from './budget.ts'
import { HttpFailure, SenderGone, unavailable } from './failure.ts'
import { tooLarge } from './head.ts'

/** Collects a body as far as the limit and the budget allow. What it is given up for stops it reading, not the sender. */
export function readBody(request: IncomingMessage, maxBytes: number, holding: Holding): Reading {
  const chunks: Buffer[] = []
  let size = 0
  let stop: () => void = () => undefined
  const body = new Promise<Buffer>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > maxBytes) fail(tooLarge(maxBytes))
      else if (!holding.grow(chunk.length)) fail(unavailable('too many bytes of other requests are being worked on'))
      else chunks.push(chunk)
    }
    const onEnd = (): void => {
      const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)
      stop()
      resolve(whole)
    }
    const onGone = (): void => fail(new SenderGone('the sender went away'))
    const fail = (error: Error): void => {
      stop()
      reject(error)
    }
    stop = () => {
      request.off('data', onData).off('end', onEnd).off('close', onGone)
      chunks.length = 0
    }
    request.on('data', onData).on('end', onEnd).on('close', onGone)
  })
  return { body, stop: () => stop() }
}

export interface Reading {
  body: Promise<Buffer>
  /** Reads no further; `body` then never settles. */
  stop(): void
}

/** Measured: larger pieces cost more in fresh memory than they save in calls. */
const INFLATE_CHUNK = 64 * 1024
const BUFFER_TOO_LARGE = 'ERR_BUFFER_TOO_LARGE'

/**
 * Inflates, and stops as soon as the result is too large. In this thread: decoding has to be, and one at a time means that
 * no more than one bomb is ever half inflated.
 */
export function inflate(body: Buffer, maxBytes: number, holding: Holding): Buffer {
  let inflated: Buffer
  try {
    inflated = gunzipSync(body, { maxOutputLength: maxBytes, chunkSize: INFLATE_CHUNK })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === BUFFER_TOO_LARGE) throw tooLarge(maxBytes)
    throw new HttpFailure(400, 'the body is not valid gzip')
  }
  if (!holding.grow(inflated.length)) throw unavailable('too many bytes of other requests are being worked on')
  holding.shrink(body.length)
  return inflated
}
