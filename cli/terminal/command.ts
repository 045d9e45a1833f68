import type { Readable, Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { WeirError } from '../../core/errors.ts'
import type { Config } from '../../schemas/config.ts'
import { nearest } from '../../core/config/nearest.ts'

/** What a command's file exports as `command`. Its name and summary stand in the table of commands.ts. */
export interface Command {
  /** Whole command lines, the most useful first; `  # why` may follow. */
  readonly examples: readonly string[]
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly positionals: readonly Positional[]
  /** Resolves with the exit code. Throws WeirError for what the caller can do something about. */
  run(context: CommandContext): Promise<number>
}

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** How the value is called in the help, e.g. `file`. */
  readonly value?: string
  readonly description: string
}

export interface Positional {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** The last one may be given several times. */
  readonly many?: boolean
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

export interface CommandContext {
  /** Positional arguments. */
  readonly args: readonly string[]
  /** By long name; `help`, `version` and `color` are already dealt with. */
  readonly options: OptionValues
  readonly stdin: Readable
  /** Data only. */
  readonly stdout: Writable
  /** Everything else. */
  readonly stderr: Writable
  readonly env: NodeJS.ProcessEnv
  /** Aborts on SIGINT and SIGTERM, and when the reader of stdout has gone. */
  readonly signal: AbortSignal
  /** Whether to write colour to stdout and stderr. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean }
  /** The configuration that `--config` names, or ./weir.yaml where it exists, or the defaults. Read at the first call. */
  config(): Promise<Config>
}

/** Options that mean the same in every command that takes them. */
export const CONFIG_OPTION: OptionSpec = {
  type: 'string',
  short: 'c',
  value: 'file',
  description: 'configuration file (default: ./weir.yaml when it exists)',
}
export const JSON_OPTION: OptionSpec = { type: 'boolean', description: 'print JSON' }

/** Taken by every command and by `weir` itself. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  color: { type: 'string', value: 'when', description: 'auto, always or never (also: NO_COLOR)' },
  help: { type: 'boolean', short: 'h', description: 'show this help' },
  version: { type: 'boolean', description: 'print the version' },
}

export interface ParsedArguments {
  readonly args: readonly string[]
  readonly options: OptionValues
}

/** Strict: an option that the command does not know is refused with the nearest one it does. */
export function parseArguments(
  argv: readonly string[],
  name: string,
  command: Pick<Command, 'options' | 'positionals'>,
): ParsedArguments {
  const specs = { ...GLOBAL_OPTIONS, ...command.options }
  const help = ` See \`${name} --help\`.`
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const options: Record<string, string | boolean> = {}
  const args: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind === 'option') options[token.name] = optionValue(token, specs, help)
  }
  if (!options['help'] && !options['version']) checkPositionals(args, command.positionals, help)
  return { args, options }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function optionValue(token: OptionToken, specs: Readonly<Record<string, OptionSpec>>, help: string): string | boolean {
  const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined
  if (spec === undefined) {
    const near = nearest(token.name, Object.keys(specs))
    throw usage(`unknown option ${token.rawName}.${near === undefined ? '' : ` Did you mean --${near}?`}${help}`)
  }
  if (spec.type === 'boolean') {
    if (token.inlineValue) throw usage(`${token.rawName} takes no value.${help}`)
    return true
  }
  const { value } = token
  const missing = !value || (!token.inlineValue && value.length > 1 && value.startsWith('-'))
  if (missing) throw usage(`${token.rawName} needs a value: ${token.rawName} <${spec.value ?? 'value'}>.${help}`)
  return value
}

function checkPositionals(args: readonly string[], positionals: readonly Positional[], help: string): void {
  const missing = positionals.find(({ required }, index) => required && args[index] === undefined)
  if (missing) throw usage(`<${missing.name}> is missing: ${missing.description}.${help}`)
  if (positionals.at(-1)?.many) return
  const extra = args[positionals.length]
  if (extra !== undefined) throw usage(`one argument too many: ${extra}.${help}`)
}

export const usage = (message: string): WeirError => new WeirError('WEIR_USAGE', message)

/** A string option, or undefined when it was not given. */
export function stringOption(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
