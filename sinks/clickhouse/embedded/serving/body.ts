import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { messageOf } from '../../../../core/errors.ts'
import { EngineError } from '../engine/engine.ts'

/** The client left before its request was complete: nothing was done and there is nobody to tell. */
export class ClientGone extends Error {}

/** Bytes of all request bodies in memory. A request that does not fit is sent away to come again. */
export class Budget {
  readonly #most: number
  #held = 0
  constructor(most: number) {
    this.#most = most
  }
  get held(): number {
    return this.#held
  }
  take(bytes: number): void {
    if (this.#held + bytes > this.#most) {
      throw new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many request bodies are waiting. Try again')
    }
    this.#held += bytes
  }
  give(bytes: number): void {
    this.#held -= bytes
  }
}

export interface HeldBody {
  bytes: Buffer
  /** Must be called when the bytes are no longer used. */
  release(): void
}

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
}

function decoded(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return request
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (!decoder) {
    const known = Object.keys(DECODERS).join(', ')
    throw new EngineError(
      89,
      'UNKNOWN_COMPRESSION_METHOD',
      `Content-Encoding '${encoding}' is not served; use ${known} or none`,
    )
  }
  const stream = decoder()
  request.on('error', (error) => (stream as unknown as Readable).destroy(error))
  return request.pipe(stream) as unknown as Readable
}

/**
 * Before an answer that needs no more of the body: reads on for a moment, because a sender whose connection is closed while
 * it sends does not get to see the answer.
 */
export function discardRest(request: IncomingMessage, mostBytes: number, mostMs: number): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let seen = 0
    const stop = setTimeout(resolve, mostMs)
    const done = (): void => {
      clearTimeout(stop)
      resolve()
    }
    request.on('data', (chunk: Buffer) => {
      seen += chunk.length
      if (seen > mostBytes) done()
    })
    for (const event of ['end', 'close', 'error']) request.on(event, done)
    request.unpipe()
    request.resume()
  })
}

/** Reads a whole body, decompressed, within both bounds. */
export async function readBody(request: IncomingMessage, most: number, budget: Budget): Promise<HeldBody> {
  const tooLarge = (): EngineError =>
    new EngineError(
      307,
      'TOO_MANY_BYTES',
      `The request body exceeds ${most} bytes after decompression. Send it in parts`,
    )
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > most) throw tooLarge()
  const stream = decoded(request)
  // With a known length the bytes go where they shall stay; a large body is then in memory once, not twice.
  const whole = stream === request && declared > 0 ? Buffer.allocUnsafeSlow(declared) : undefined
  const chunks: Buffer[] = []
  let size = 0
  const take = (chunk: Buffer): void => {
    if (size + chunk.length > most) throw tooLarge()
    budget.take(chunk.length)
    if (whole) chunk.copy(whole, size)
    else chunks.push(chunk)
    size += chunk.length
  }
  const release = (): void => {
    budget.give(size)
    size = 0
  }
  try {
    await consume(request, stream, take)
  } catch (error) {
    stream.removeAllListeners('data')
    release()
    throw error
  }
  return { bytes: whole ?? (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)), release }
}

/** A `for await` would destroy the request when it is left early, and the answer with it. */
function consume(request: IncomingMessage, stream: Readable, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      try {
        take(chunk)
      } catch (error) {
        reject(error as Error)
      }
    })
    stream.on('end', resolve)
    stream.on('error', (error) => {
      if (stream === request) return reject(new ClientGone())
      return reject(new EngineError(354, 'ZLIB_INFLATE_FAILED', `The body does not decompress: ${messageOf(error)}`))
    })
    request.on('aborted', () => reject(new ClientGone()))
  })
}
