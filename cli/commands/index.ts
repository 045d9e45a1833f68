import type { Command } from '../terminal/command.ts'

export interface CommandEntry {
  readonly name: string
  readonly summary: string
  /** A command's file is loaded when it is called, so `weir --help` needs none of them. */
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'up', summary: 'run Weir in this process, until it is told to stop', load: () => import('./up.ts') },
  {
    name: 'run',
    summary: 'run some of the stages, beside other processes on Kafka',
    load: () => import('./run.ts'),
  },
  { name: 'migrate', summary: "bring the store's schema up to date", load: () => import('./migrate.ts') },
  {
    name: 'check',
    summary: 'check a configuration without starting anything',
    load: () => import('./check.ts'),
  },
  {
    name: 'status',
    summary: 'what a running Weir has taken in, stored and refused',
    load: () => import('./status.ts'),
  },
  { name: 'query', summary: 'ask the store in SQL', load: () => import('./query.ts') },
  {
    name: 'find',
    summary: 'find where a value occurred, without it being stored',
    load: () => import('./find.ts'),
  },
  {
    name: 'services',
    summary: 'who sends, with which models, what is missing and the line that cures it',
    load: () => import('./services.ts'),
  },
  {
    name: 'session',
    summary: 'a conversation turn by turn, masked, with its findings',
    load: () => import('./session.ts'),
  },
  { name: 'scan', summary: 'find personal data in files, line by line', load: () => import('./scan.ts') },
  {
    name: 'explain',
    summary: 'what is found in a text, why, and how it is masked',
    load: () => import('./explain.ts'),
  },
  {
    name: 'import',
    summary: 'take in files: exports, and what a Collector wrote',
    load: () => import('./import.ts'),
  },
  {
    name: 'export',
    summary: 'write what is stored to a file, masked as it is',
    load: () => import('./export.ts'),
  },
  {
    name: 'dead',
    summary: 'what could not be stored: list, show, replay, drop',
    load: () => import('./dead.ts'),
  },
  {
    name: 'decode',
    summary: 'print what Weir makes of an OTLP request',
    load: () => import('./decode.ts'),
  },
  {
    name: 'demo',
    summary: 'watch a small app leak, and see it found',
    load: () => import('./demo.ts'),
  },
]

/** What `weir --help` starts with. */
export const FIRST_EXAMPLES: readonly string[] = [
  'weir demo                     # a leak found and masked, the row, the ledger; ends by itself',
  'weir up                       # receive OTLP on 127.0.0.1:4318, store it in ./.weir',
  "weir query 'SELECT * FROM leaks'",
  'weir status                   # is everything that was acknowledged stored?',
  'weir check --print            # the configuration in force, secrets hidden',
]
