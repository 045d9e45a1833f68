import { GLOBAL_OPTIONS, type Command, type OptionSpec } from './terminal/command.ts'
import { FIRST_EXAMPLES, type CommandEntry } from './commands/index.ts'

/** What each exit code means; `weir --help` prints it and a test holds the error codes to it. */
export const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'ok',
  1: 'a check ran and its answer is no',
  2: 'the command line was not understood',
  69: 'something Weir depends on could not be reached',
  70: 'a bug in Weir',
  78: 'the configuration is wrong',
  130: 'stopped by Ctrl-C before the end',
  143: 'stopped by SIGTERM before the end',
}

/** `weir --help`, from the table of commands. */
export function overview(commands: readonly CommandEntry[]): string {
  return [
    'Weir watches what generative-AI services are asked and what they answer, while it happens.',
    section('Examples', FIRST_EXAMPLES),
    section('Usage', ['weir <command> [options]', 'weir <command> --help']),
    section('Commands', columns(commands.map(({ name, summary }) => [name, summary]))),
    section('Options', columns(optionRows(GLOBAL_OPTIONS))),
    section('Exit codes', columns(Object.entries(EXIT_CODES))),
  ].join('\n\n')
}

/** `weir <command> --help`, from the command's own declaration. */
export function commandHelp(entry: CommandEntry, command: Command): string {
  const { options, positionals, examples } = command
  const words = positionals.map(({ name, required, many }) => {
    const word = required ? `<${name}>` : `[${name}]`
    return many ? `${word}...` : word
  })
  const parts = [
    `weir ${entry.name}: ${entry.summary}.`,
    section('Examples', examples),
    section('Usage', [['weir', entry.name, ...words, '[options]'].join(' ')]),
  ]
  if (positionals.length > 0) {
    parts.push(section('Arguments', columns(positionals.map(({ name, description }) => [`<${name}>`, description]))))
  }
  parts.push(section('Options', columns(optionRows({ ...options, ...GLOBAL_OPTIONS }))))
  return parts.join('\n\n')
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `${left.padEnd(width)}   ${right}`)
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): [string, string][] {
  return Object.entries(options).map(([name, { short, type, value, description }]) => {
    const flag = `--${name}${type === 'string' ? ` <${value ?? 'value'}>` : ''}`
    return [short === undefined ? `    ${flag}` : `-${short}, ${flag}`, description]
  })
}
