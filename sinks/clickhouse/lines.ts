/** Lines, one behind the other, and where each ends. */
export interface Lines {
  bytes: Buffer
  ends: number[]
}

/** What a line is taken for before any is made: a little more than most are, so that the bytes are seldom moved. */
const FIRST_BYTES_PER_LINE = 2048
const FIRST_BYTES_MOST = 16 * 1024 * 1024
/** No character takes more bytes of UTF-8 than this for each of its UTF-16 units. */
const MOST_BYTES_PER_UNIT = 3

/**
 * Writes every line as soon as it is made: strings that die young cost the garbage collector little, and joined into one
 * string, a single character beyond Latin-1 would double the memory of all of them.
 */
export function encodeLines<T>(rows: readonly T[], lineOf: (row: T) => string): Lines {
  let bytes: Buffer = Buffer.allocUnsafe(Math.min(rows.length * FIRST_BYTES_PER_LINE, FIRST_BYTES_MOST))
  let at = 0
  const ends = rows.map((row) => {
    const line = lineOf(row)
    const most = at + line.length * MOST_BYTES_PER_UNIT + 1
    if (most > bytes.length) bytes = grown(bytes, at, most)
    at += bytes.write(line, at, 'utf8')
    bytes[at++] = NEWLINE
    return at
  })
  return { bytes, ends }
}

const NEWLINE = 0x0a

function grown(bytes: Buffer, used: number, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, needed))
  bytes.copy(larger, 0, 0, used)
  return larger
}
