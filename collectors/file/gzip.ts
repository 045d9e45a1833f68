import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { WeirError } from '../../core/errors.ts'

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b

/** What a piece inflates to is held at once: at most a thousand times as much. */
const PIECE_BYTES = 16 * 1024

/** Gives what could be inflated before it throws: of a file that was cut, all of it; of a damaged one, up to the piece that is. */
export async function* inflated(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const pieces: Buffer[] = []
  let failure: Error | undefined
  const ended = new Promise<void>((resolve) => gunzip.on('close', resolve))
  gunzip.on('data', (piece: Buffer) => pieces.push(piece)).on('error', (error) => (failure = error))
  try {
    for await (const piece of inPieces(raw)) {
      if (failure !== undefined) break
      await Promise.race([new Promise((resolve) => gunzip.write(piece, resolve)), ended])
      await setImmediate()
      yield* pieces.splice(0)
    }
    if (failure === undefined) gunzip.end()
    await ended
    yield* pieces.splice(0)
  } finally {
    gunzip.destroy()
  }
  if (failure !== undefined)
    throw new WeirError(
      'WEIR_DECODE',
      'the gzip data is damaged or ends early: what came before was read, but for the last lines before the damage',
    )
}

async function* inPieces(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of raw)
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES)
}
