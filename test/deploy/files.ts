import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { parseArguments } from '../../cli/terminal/command.ts'
import { COMMANDS } from '../../cli/commands/index.ts'
import { STAGES } from '../../cli/running/pipeline.ts'
import { parseConfig } from '../../core/config/index.ts'
import type { Config } from '../../schemas/config.ts'

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** What YAML may hold, as far as a test looks. */
export interface Node {
  readonly [key: string]: Node
}

/** Every document of a file; a mistake in it is thrown. */
export function documents<T = Node>(path: string): T[] {
  return parseAllDocuments(read(path), { merge: true }).map((document) => {
    const [error] = [...document.errors, ...document.warnings]
    if (error) throw new Error(`${path}: ${error.message}`)
    return document.toJS() as T
  })
}

/** Throws unless this is a command line that `weir` takes. */
export async function assertCommand(args: readonly string[]): Promise<void> {
  const [name = '', ...rest] = args
  const entry = COMMANDS.find((one) => one.name === name)
  if (entry === undefined) throw new Error(`there is no command weir ${name}`)
  const { options } = parseArguments(rest, `weir ${name}`, (await entry.load()).command)
  for (const stage of String(options['stage'] ?? STAGES[0]).split(','))
    if (!STAGES.some((one) => one === stage)) throw new Error(`there is no stage ${stage}`)
}

/** weir.yaml as a process reads it that has exactly this environment. */
export const configOf = (text: string, env: Readonly<Record<string, string>>): Promise<Config> =>
  parseConfig(text, { directory: '/etc/weir', env, name: 'weir.yaml' })

/** What make-env.sh prints, as a file of environment variables is read. */
export function environmentOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '')
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  )
}
