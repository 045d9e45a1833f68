/** One line of a file, or one document that stands on several. */
export interface Line {
  /** Of its first line, from 1. */
  readonly number: number
  /** Without its end; undefined when it is longer than allowed. */
  readonly bytes: Buffer | undefined
  readonly after: Place
  /** Whether its end is there: the last line of a file that is being written has none. */
  readonly ended: boolean
}

/** A place between two lines. */
export interface Place {
  /** In bytes; of what is inflated, where the file is gzip. */
  readonly position: number
  /** How many lines ended before it. */
  readonly lines: number
  /** The last bytes before it, as many as are at hand: by them it is found again. */
  readonly tail: Buffer
}

export const START: Place = { position: 0, lines: 0, tail: Buffer.alloc(0) }

const NEWLINE = 0x0a
const TAIL_BYTES = 4_096

/** What of the current line has come so far. */
class Held {
  bytes = 0
  private pieces: Buffer[] = []
  private readonly longest: number
  /** The last bytes before it. */
  private tail: Buffer

  constructor(longest: number, tail: Buffer) {
    this.longest = longest
    this.tail = tail
  }

  /** Of a line that is too long only its end is kept. */
  add(piece: Buffer): void {
    this.bytes += piece.length
    this.pieces.push(piece)
    if (this.bytes > this.longest) this.pieces = [Buffer.from(this.all().subarray(-TAIL_BYTES))]
  }

  line(number: number, start: number, ended: boolean): Line {
    const all = this.all()
    // A short line alone is found again in many a file: `}` ends every document.
    this.tail = (all.length < TAIL_BYTES ? Buffer.concat([this.tail, all]) : all).subarray(-TAIL_BYTES)
    const after = { position: start + this.bytes, lines: ended ? number : number - 1, tail: this.tail }
    const bytes = this.bytes > this.longest ? undefined : ended ? all.subarray(0, -1) : all
    this.bytes = 0
    this.pieces = []
    return { number, bytes, after, ended }
  }

  private all(): Buffer {
    return this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces)
  }
}

/** The lines after a place. Never holds more than one, and of one that is longer than `longest` only its end. */
export async function* readLines(chunks: AsyncIterable<Buffer>, from: Place, longest: number): AsyncGenerator<Line> {
  const held = new Held(longest, from.tail)
  let number = from.lines + 1
  let start = from.position
  for await (const chunk of chunks) {
    let at = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, at)) {
      held.add(chunk.subarray(at, end + 1))
      const line = held.line(number++, start, true)
      yield line
      start = line.after.position
      at = end + 1
    }
    if (at < chunk.length) held.add(chunk.subarray(at))
  }
  if (held.bytes > 0) yield held.line(number, start, false)
}

const OPENING = /[{[]\s*$/

/**
 * A file that holds one JSON document over several lines gives it as one. It is known by its first line, which no JSON
 * could end as.
 */
export async function* withDocuments(lines: AsyncIterable<Line>, longest: number): AsyncGenerator<Line> {
  let document: { first: number; pieces: Buffer[]; bytes: number } | undefined
  let last: Line | undefined
  let looked = false
  for await (const line of lines) {
    last = line
    if (!looked && !isBlank(line)) {
      looked = true
      if (opens(line)) document = { first: line.number, pieces: [], bytes: 0 }
    }
    if (document === undefined) {
      yield line
      continue
    }
    document.bytes += (line.bytes?.length ?? longest) + 1
    if (document.bytes > longest) document.pieces = []
    else document.pieces.push(line.bytes!, Buffer.from('\n'))
  }
  if (document === undefined || last === undefined) return
  const bytes = document.bytes > longest ? undefined : Buffer.concat(document.pieces)
  yield { number: document.first, bytes, after: last.after, ended: last.ended }
}

const opens = ({ bytes }: Line): boolean => bytes !== undefined && OPENING.test(bytes.subarray(-64).toString('latin1'))

const isBlank = ({ bytes }: Line): boolean => bytes !== undefined && withoutMark(bytes).toString('latin1').trim() === ''

/** Editors put a byte order mark before a text. */
export const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
