import { addAbortSignal, type Readable, type Writable } from 'node:stream'
import { messageOf, WeirError } from '../core/errors.ts'
import type { Config } from '../schemas/config.ts'
import { parseArguments, stringOption, usage, type CommandContext, type OptionValues } from './terminal/command.ts'
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { commandHelp, overview } from './help.ts'
import { nearest } from '../core/config/nearest.ts'
import { printLine, wantsColor } from './terminal/output.ts'
import { version } from './running/version.ts'

/** What a run of `weir` has of the world around it. */
export interface Surroundings {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** Runs one command line; resolves with the exit code and never rejects. */
export async function weir(
  argv: readonly string[],
  around: Surroundings,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  try {
    return await dispatch(argv, around, commands)
  } catch (error) {
    if (around.signal.aborted && !(error instanceof WeirError)) return exitCodeOfStop(around.signal)
    await printLine(around.stderr, explain(error, around.env))
    return error instanceof WeirError ? error.exitCode : 70
  }
}

async function dispatch(
  argv: readonly string[],
  around: Surroundings,
  commands: readonly CommandEntry[],
): Promise<number> {
  const [first, ...rest] = argv
  if (first === undefined) return say(around.stderr, overview(commands), 2)
  if (first.startsWith('-')) {
    const { options } = parseArguments(argv, 'weir', { options: {}, positionals: [] })
    if (options['version']) return say(around.stdout, version())
    if (options['help']) return say(around.stdout, overview(commands))
    throw usage('no command was given. See `weir --help`.')
  }
  if (first === 'help') return dispatch([...rest.slice(0, 1), '--help'], around, commands)
  const entry = find(first, commands)
  const { command } = await entry.load()
  const { args, options } = parseArguments(rest, `weir ${entry.name}`, command)
  if (options['version']) return say(around.stdout, version())
  if (options['help']) return say(around.stdout, commandHelp(entry, command))
  if (around.signal.aborted) return exitCodeOfStop(around.signal)
  return command.run(contextOf(around, args, options))
}

async function say(stream: Writable, text: string, code = 0): Promise<number> {
  await printLine(stream, text)
  return code
}

function find(name: string, commands: readonly CommandEntry[]): CommandEntry {
  const entry = commands.find((candidate) => candidate.name === name)
  if (entry !== undefined) return entry
  const near = nearest(
    name,
    commands.map((candidate) => candidate.name),
  )
  throw usage(
    `unknown command ${JSON.stringify(name)}.${near === undefined ? '' : ` Did you mean ${near}?`} See \`weir --help\`.`,
  )
}

function contextOf(around: Surroundings, args: readonly string[], options: OptionValues): CommandContext {
  const when = stringOption(options, 'color')
  const color = {
    stdout: wantsColor(around.stdout, around.env, when),
    stderr: wantsColor(around.stderr, around.env, when),
  }
  around.stdin.on('error', () => {}) // who reads it is told; where nobody does, nothing is lost
  addAbortSignal(around.signal, around.stdin) // who waits for input stops waiting
  let config: Promise<Config> | undefined
  return {
    ...around,
    args,
    options,
    color,
    config: () => (config ??= readConfig(stringOption(options, 'config'), around.env)),
  }
}

async function readConfig(path: string | undefined, env: NodeJS.ProcessEnv): Promise<Config> {
  const { loadConfig } = await import('../core/config/index.ts')
  return (await loadConfig({ path, env })).config
}

/** What goes to standard error. An error that Weir did not write may quote content, so its text is shown on request only. */
function explain(error: unknown, env: NodeJS.ProcessEnv): string {
  if (error instanceof WeirError && error.code !== 'WEIR_BUG') return `weir: ${error.message} [${error.code}]`
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const where = stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
  const name = error instanceof Error ? error.name : typeof error
  const shown = env['WEIR_DEBUG'] || error instanceof WeirError
  const text = shown ? messageOf(error) : 'its text may quote content and is left out; WEIR_DEBUG=1 shows it'
  return [`weir: a bug in Weir, not in what you did. ${name}: ${text} [WEIR_BUG]`, ...where].join('\n')
}

/** 130 and 143 as shells know them; a reader that has seen enough (`weir query ... | head`) is no failure. */
function exitCodeOfStop(signal: AbortSignal): number {
  if (signal.reason === 'SIGINT') return 130
  if (signal.reason === 'SIGTERM') return 143
  return 0
}
