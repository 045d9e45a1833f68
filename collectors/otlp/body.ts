import type { IncomingMessage } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { Holding } from './budget.ts'
import { HttpFailure, SenderGone, unavailable } from './failure.ts'
import { tooLarge, type Coding } from './head.ts'

/** A body as it came. */
export interface Pieces {
  chunks: Buffer[]
  size: number
}

export interface Reading {
  body: Promise<Pieces>
  /** Reads no further; `body` then never settles. */
  stop: () => void
}

/** Collects a body as far as the limit and the budget allow. */
export function readBody(request: IncomingMessage, maxBytes: number, holding: Holding): Reading {
  let chunks: Buffer[] = []
  let size = 0
  let stop: () => void = () => undefined
  const body = new Promise<Pieces>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > maxBytes) fail(tooLarge(maxBytes))
      else if (!holding.grow(chunk.length)) fail(unavailable('too many bytes of other requests are being worked on'))
      else chunks.push(chunk)
    }
    const onEnd = (): void => {
      const pieces = { chunks, size }
      stop()
      resolve(pieces)
    }
    const onGone = (): void => fail(new SenderGone('the sender went away'))
    const fail = (error: Error): void => {
      stop()
      reject(error)
    }
    stop = () => {
      request.off('data', onData).off('end', onEnd).off('close', onGone)
      chunks = []
    }
    request.on('data', onData).on('end', onEnd).on('close', onGone)
  })
  return { body, stop: () => stop() }
}

/** A larger body gets memory of its own. */
const MAX_SCRATCH = 4 * 1024 * 1024

/**
 * Puts bodies together in one piece of memory that is used again and again: fresh memory for each body costs more than
 * reading it. So a whole body is only good until the next one is asked for, and must be used up before anything is awaited.
 */
export class Assembly {
  private scratch: Buffer = Buffer.alloc(0)

  whole({ chunks, size }: Pieces): Buffer {
    if (chunks.length === 1) return chunks[0]!
    if (size > MAX_SCRATCH) return Buffer.concat(chunks, size)
    if (this.scratch.length < size) this.scratch = Buffer.allocUnsafeSlow(Math.min(MAX_SCRATCH, size * 2))
    let at = 0
    for (const chunk of chunks) {
      this.scratch.set(chunk, at)
      at += chunk.length
    }
    return this.scratch.subarray(0, size)
  }
}

/** Measured: larger pieces cost more in fresh memory than they save in calls. */
const INFLATE_CHUNK = 64 * 1024
const BUFFER_TOO_LARGE = 'ERR_BUFFER_TOO_LARGE'

/**
 * Inflates, and stops as soon as the result is too large. In this thread: decoding has to be, and one at a time means that
 * no more than one bomb is ever half inflated.
 */
export function inflate(body: Buffer, coding: Coding, maxBytes: number, holding: Holding): Buffer {
  let inflated: Buffer
  try {
    inflated = (coding === 'gzip' ? gunzipSync : inflateSync)(body, {
      maxOutputLength: maxBytes,
      chunkSize: INFLATE_CHUNK,
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === BUFFER_TOO_LARGE) throw tooLarge(maxBytes)
    throw new HttpFailure(400, `the body is not valid ${coding}`)
  }
  if (!holding.grow(inflated.length)) throw unavailable('too many bytes of other requests are being worked on')
  holding.shrink(body.length)
  return inflated
}
