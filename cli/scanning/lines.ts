import { WeirError } from '../../core/errors.ts'
import { visible } from '../terminal/output.ts'

/** A longer line is refused: looking for names takes 25 times its length in memory. */
const LONGEST = 64 * 1024 * 1024

/** The lines of a text without their ends (`\n` or `\r\n`). `name` is its file's. */
export async function* linesOf(name: string, pieces: AsyncIterable<string>): AsyncIterable<string> {
  let rest: string[] = []
  let held = 0
  for await (const text of pieces) {
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
    if (held > LONGEST)
      throw new WeirError('WEIR_TOO_LARGE', `${visible(name)} has a line of more than ${LONGEST} characters`)
  }
  const last = rest.join('')
  if (last !== '') yield withoutReturn(last)
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
