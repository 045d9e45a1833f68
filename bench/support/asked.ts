import { messageOf } from '../../core/errors.ts'

export const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** What the command line asks for; nothing, and why on stderr, when it cannot be read. */
export function asked<O>(read: (args: readonly string[]) => O, usage: string): O | undefined {
  try {
    return read(process.argv.slice(2))
  } catch (error) {
    say(`${messageOf(error)}\n${usage}`)
    return undefined
  }
}
