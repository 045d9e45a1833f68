import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { inflated, isGzip } from '../../collectors/file/gzip.ts'
import { WeirError } from '../../core/errors.ts'
import { usage } from '../terminal/command.ts'
import { visible } from '../terminal/output.ts'

const PIECE_BYTES = 1 << 20

/** A file's text, or that of standard input for `-`: UTF-8, UTF-16 with its mark, or one of them in gzip. */
export class FileText {
  /** Bytes were met that are none of the encoding's: in the text they are U+FFFD. */
  damaged = false
  private readonly name: string
  private readonly stdin: Readable

  constructor(name: string, stdin: Readable) {
    this.name = name
    this.stdin = stdin
  }

  async *pieces(): AsyncIterable<string> {
    const input = this.name === '-' ? this.stdin : createReadStream(this.name, { highWaterMark: PIECE_BYTES })
    try {
      yield* this.decoded(await unpacked(bytesOf(input)))
    } catch (error) {
      throw unreadable(this.name, error)
    }
  }

  private async *decoded(pieces: AsyncIterable<Buffer>): AsyncIterable<string> {
    let decode: ((piece?: Buffer) => string) | undefined
    for await (const piece of pieces) {
      decode ??= this.decoder(encodingOf(piece))
      yield decode(piece)
    }
    if (decode !== undefined) yield decode()
  }

  private decoder(encoding: string): (piece?: Buffer) => string {
    const lenient = new TextDecoder(encoding)
    const strict = new TextDecoder(encoding, { fatal: true })
    return (piece) => {
      const more = { stream: piece !== undefined }
      try {
        if (!this.damaged) strict.decode(piece, more)
      } catch {
        this.damaged = true
      }
      return lenient.decode(piece, more)
    }
  }
}

async function* bytesOf(input: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of input as AsyncIterable<Buffer | string>) yield Buffer.from(chunk as Buffer)
}

async function unpacked(bytes: AsyncGenerator<Buffer>): Promise<AsyncIterable<Buffer>> {
  const head = await headOf(bytes)
  const all = continued(head, bytes)
  if (!isGzip(head)) return all
  const inside = inflated(all)
  return continued(await headOf(inside), inside)
}

/** At least the two bytes by which what follows is known, unless there are fewer. */
async function headOf(bytes: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  for (let next; head.length < 2 && !(next = await bytes.next()).done;) head = Buffer.concat([head, next.value])
  return head
}

async function* continued(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  yield* rest
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}

function unreadable(name: string, error: unknown): unknown {
  const { code, name: kind } = error as NodeJS.ErrnoException
  if (error instanceof WeirError || code === undefined || kind === 'AbortError') return error
  return usage(
    `${visible(name)} ${code === 'EISDIR' ? 'is a directory; name the files in it' : `cannot be read (${code})`}.`,
  )
}
