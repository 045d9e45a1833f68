import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { WeirError } from '../../core/errors.ts'
import { usage } from './command.ts'

/** A longer line is refused: looking for names takes 25 times its length in memory. */
const LONGEST = 64 * 1024 * 1024

/** The lines of a file, or of standard input for `-`, without their ends (`\n` or `\r\n`). */
export async function* linesOf(name: string, stdin: Readable): AsyncIterable<string> {
  const input = name === '-' ? stdin : createReadStream(name, { highWaterMark: 1 << 20 })
  const decoder = new TextDecoder()
  let rest: string[] = []
  let held = 0
  try {
    for await (const chunk of input as AsyncIterable<Buffer | string>) {
      const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
      let from = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        yield withoutReturn(rest.join('') + text.slice(from, end))
        rest = []
        held = 0
        from = end + 1
      }
      if (from === text.length) continue
      rest.push(text.slice(from))
      held += text.length - from
      if (held > LONGEST) throw new WeirError('WEIR_TOO_LARGE', `${name} has a line of more than ${LONGEST} characters`)
    }
  } catch (error) {
    const { code, name: kind } = error as NodeJS.ErrnoException
    if (error instanceof WeirError || code === undefined || kind === 'AbortError') throw error
    throw usage(`${name} cannot be read (${code}).`)
  }
  const last = rest.join('') + decoder.decode()
  if (last !== '') yield withoutReturn(last)
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
