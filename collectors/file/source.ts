import { hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { WeirError } from '../../core/errors.ts'
import { inflated, isGzip } from './gzip.ts'
import { START, type Place } from './lines.ts'
import type { SavedPlace } from './places.ts'

/** What lines are read from. */
export interface Source {
  readonly chunks: AsyncIterable<Buffer>
  /** Where the chunks begin. */
  readonly from: Place
  /** What its place is kept under; standard input has none. */
  readonly identity: string | undefined
  /** Share of the file that was read, from 0 to 1; undefined where its size is not known. */
  share(): number | undefined
  close(): Promise<void>
}

const CHUNK_BYTES = 64 * 1024

/** A file, or standard input for `-`; begins at the saved place where the file still has what was before it. */
export async function openSource(
  name: string,
  stdin: Readable,
  placeOf: (identity: string) => Promise<SavedPlace | undefined>,
): Promise<Source> {
  if (name === '-') return { ...(await ofStream(stdin)), identity: undefined, share: () => undefined }
  const file = await open(name, 'r').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(name, error)
  })
  try {
    if ((await file.stat()).isFile()) return await ofFile(name, file, placeOf)
    return { ...(await ofStream(file.createReadStream())), identity: undefined, share: () => undefined }
  } catch (error) {
    await file.close()
    throw error instanceof WeirError ? error : unreadable(name, error as NodeJS.ErrnoException)
  }
}

export const unreadable = (name: string, { code, name: kind }: NodeJS.ErrnoException): WeirError =>
  new WeirError('WEIR_USAGE', `${name} cannot be read (${code ?? kind}).`)

/** What can be read once, from its beginning. */
async function ofStream(stream: Readable): Promise<Pick<Source, 'chunks' | 'from' | 'close'>> {
  const chunks = (stream as AsyncIterable<Buffer | string>)[Symbol.asyncIterator]()
  const first = await chunks.next()
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value)
  const all = chain([head], chunks)
  return { chunks: isGzip(head) ? inflated(all) : all, from: START, close: async () => void stream.destroy() }
}

async function ofFile(
  name: string,
  file: FileHandle,
  placeOf: (identity: string) => Promise<SavedPlace | undefined>,
): Promise<Source> {
  const { dev, ino, size } = await file.stat({ bigint: true })
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(2), position: 0 })
  const gzip = isGzip(buffer.subarray(0, bytesRead))
  let read = 0
  const raw = async function* (start: number): AsyncGenerator<Buffer> {
    for (let position = start; ;) {
      const piece = Buffer.allocUnsafe(CHUNK_BYTES)
      const got = await file.read({ buffer: piece, position }).catch((error: NodeJS.ErrnoException) => {
        throw unreadable(name, error)
      })
      if (got.bytesRead === 0) return
      position += got.bytesRead
      read = position
      yield piece.subarray(0, got.bytesRead)
    }
  }
  const chunksFrom = (start: number): AsyncIterable<Buffer> => (gzip ? skipping(inflated(raw(0)), start) : raw(start))
  const identity = `${dev}:${ino}`
  const saved = await placeOf(identity)
  const found = saved && (await findAgain(chunksFrom, saved))
  return {
    ...(found ?? { chunks: chunksFrom(0), from: START }),
    identity,
    share: () => (size === 0n ? undefined : Math.min(1, read / Number(size))),
    close: () => file.close(),
  }
}

/** Undefined when the file is another one by now: cut, or written anew. */
async function findAgain(
  chunksFrom: (start: number) => AsyncIterable<Buffer>,
  { position, lines, tailBytes, tailHash }: SavedPlace,
): Promise<Pick<Source, 'chunks' | 'from'> | undefined> {
  const chunks = chunksFrom(position - tailBytes)[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  for (let next; head.length < tailBytes && !(next = await chunks.next()).done;)
    head = Buffer.concat([head, next.value])
  const tail = head.subarray(0, tailBytes)
  if (hash('sha256', tail, 'hex') !== tailHash) {
    await chunks.return?.()
    return undefined
  }
  return { chunks: chain([head.subarray(tailBytes)], chunks), from: { position, lines, tail } }
}

async function* chain(first: readonly Buffer[], rest: AsyncIterator<Buffer | string>): AsyncGenerator<Buffer> {
  yield* first
  for (let next; !(next = await rest.next()).done;) yield Buffer.from(next.value)
}

async function* skipping(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of chunks) {
    if (chunk.length > left) yield chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
