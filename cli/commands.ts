import type { Command } from './command.ts'

export interface CommandEntry {
  readonly name: string
  readonly summary: string
  /** A command's file is loaded when it is called, so `weir --help` needs none of them. */
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'check',
    summary: 'say whether a configuration is right, without starting anything',
    load: () => import('./check.ts'),
  },
  {
    name: 'decode',
    summary: 'print what Weir makes of an OTLP request, without storing it',
    load: () => import('./decode-command.ts'),
  },
]

/** What `weir --help` starts with. */
export const FIRST_EXAMPLES: readonly string[] = [
  'weir check --print            # the configuration in force, secrets hidden',
  'weir decode request.bin       # what Weir makes of an OTLP request',
]
