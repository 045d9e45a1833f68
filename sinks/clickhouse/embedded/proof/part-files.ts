import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Whether a part is on the disk as the engine believes. The engine does not look whether its writes succeed, but it counts
 * what it meant to write: `checksums.txt` names every file with its length. A write that failed leaves a file short, also
 * when later ones succeeded, so lengths tell.
 */

const HEADER = 'checksums format version: 4\n'
const HASH_BYTES = 16
const BLOCK_HEADER_BYTES = 9
const LZ4 = 0x82

/** One LZ4 block. What is torn gives another length than promised. */
function unpackLz4(packed: Buffer, length: number): Buffer {
  const out = Buffer.alloc(length)
  let from = 0
  let to = 0
  const count = (nibble: number): number => {
    let sum = nibble
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) more = packed.readUInt8(from++)
    return sum
  }
  for (;;) {
    const token = packed.readUInt8(from++)
    const literals = count(token >> 4)
    to += packed.copy(out, to, from, from + literals)
    from += literals
    if (from >= packed.length) break
    const back = to - packed.readUInt16LE(from)
    from += 2
    const matched = count(token & 15) + 4
    if (back < 0 || to + matched > length) throw new RangeError('a copy beyond its block')
    for (let at = 0; at < matched; at++) out[to + at] = out[back + at]!
    to += matched
  }
  if (to !== length) throw new RangeError('a block of another length')
  return out
}

function unpackBlocks(packed: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < packed.length;) {
    const start = at + HASH_BYTES
    const end = start + packed.readUInt32LE(start + 1)
    if (packed.readUInt8(start) !== LZ4 || end > packed.length) throw new RangeError('no whole LZ4 block')
    const length = packed.readUInt32LE(start + 5)
    blocks.push(unpackLz4(packed.subarray(start + BLOCK_HEADER_BYTES, end), length))
    at = end
  }
  return Buffer.concat(blocks)
}

/** The files that `checksums.txt` names, with their lengths. */
export function checkedFiles(checksums: Buffer): Map<string, number> {
  if (checksums.toString('latin1', 0, HEADER.length) !== HEADER) throw new RangeError('no checksums of version 4')
  const bytes = unpackBlocks(checksums.subarray(HEADER.length))
  let at = 0
  const number = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes.readUInt8(at++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const files = new Map<string, number>()
  for (let left = number(); left > 0; left--) {
    const length = number()
    const name = bytes.toString('utf8', at, at + length)
    at += length
    files.set(name, number())
    at += HASH_BYTES
    const compressed = bytes.readUInt8(at++) === 1
    if (!compressed) continue
    number()
    at += HASH_BYTES
  }
  return files
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, value) => total + value, 0)

/** Two files are written without a checksum, but begin by saying how much follows. */
const TOLD_LENGTHS: Readonly<Record<string, (lines: readonly string[]) => boolean>> = {
  'columns.txt': (lines) => lines.length === 3 + Number.parseInt(lines[1] ?? '', 10),
  'columns_substreams.txt': (lines) => {
    const streams = lines.flatMap((line) => /^(\d+) substreams for column /.exec(line)?.[1] ?? [])
    const named = lines.filter((line) => line.startsWith('\t')).length
    return streams.length === Number.parseInt(lines[1] ?? '', 10) && sum(streams.map(Number)) === named
  },
}

function uncheckedFault(path: string, name: string): string | undefined {
  const text = readFileSync(path, 'utf8')
  const complete = TOLD_LENGTHS[name]
  if (text === '') return `${path} is empty`
  return complete && !(text.endsWith('\n') && complete(text.split('\n'))) ? `${path} is cut short` : undefined
}

function filesFault(directory: string): string | undefined {
  const sums = join(directory, 'checksums.txt')
  const due = checkedFiles(readFileSync(sums))
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    const length = due.get(name)
    due.delete(name)
    let fault: string | undefined
    if (name.endsWith('.proj')) fault = filesFault(path)
    else if (length === undefined) fault = path === sums ? undefined : uncheckedFault(path, name)
    else {
      const { size } = statSync(path)
      if (size !== length) fault = `${path} has ${size} bytes of ${length}`
    }
    if (fault !== undefined) return fault
  }
  const [missing] = due.keys()
  return missing === undefined ? undefined : `${join(directory, missing)} is missing`
}

/** What is wrong with the files of a part. A part that is gone was merged or dropped, and nothing is wrong with it. */
export function partFault(directory: string): string | undefined {
  try {
    return filesFault(directory)
  } catch (error) {
    return existsSync(directory) ? `${directory} cannot be read: ${(error as Error).message}` : undefined
  }
}
