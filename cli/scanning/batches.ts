import type { Readable } from 'node:stream'
import { FileText } from './file-text.ts'
import { linesOf } from './lines.ts'

/** Lines of one file, one after another. */
export interface Batch {
  readonly file: string
  /** The number of the first, from 1. */
  readonly first: number
  readonly lines: readonly string[]
  /** Of all lines together. */
  readonly characters: number
  /** U+FFFD may stand for bytes of the file that are no text. */
  readonly damaged: boolean
}

const BATCH_CHARACTERS = 1 << 16
/** Of empty lines, too, there are only so many. */
const BATCH_LINES = 10_000

/** The files' lines in their order, until `signal` aborts. What was read before a file that cannot be read comes too. */
export async function* batchesOf(files: readonly string[], stdin: Readable, signal: AbortSignal): AsyncIterable<Batch> {
  for (const file of files) {
    let lines: string[] = []
    let characters = 0
    let first = 1
    const text = new FileText(file, stdin)
    const batch = (): Batch => ({ file, first, lines, characters, damaged: text.damaged })
    try {
      for await (const line of linesOf(file, text.pieces())) {
        if (signal.aborted) break
        lines.push(line)
        characters += line.length
        if (characters < BATCH_CHARACTERS && lines.length < BATCH_LINES) continue
        yield batch()
        first += lines.length
        lines = []
        characters = 0
      }
    } catch (error) {
      if (lines.length > 0) yield batch()
      throw error
    }
    if (lines.length > 0) yield batch()
    if (signal.aborted) return
  }
}
