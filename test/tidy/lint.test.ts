import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/* Every rule the linter is trusted with is shown a fault, in a tree of its own with the project's configuration. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const IMPORTS = 'eslint(no-restricted-imports)'

/** File, its text, and the rule that must be named for it; `undefined` = nothing. */
const FAULTS: readonly (readonly [path: string, text: string, rule: string | undefined])[] = [
  ['schemas/up.ts', "export { clock } from '../core/clock.ts'", IMPORTS],
  ['schemas/package.ts', "export { Ajv } from 'ajv'", IMPORTS],
  ['schemas/right.ts', "export { readFile } from 'node:fs'", undefined],
  ['core/sink.ts', "export { x } from '../sinks/one/right.ts'", IMPORTS],
  ['core/type.ts', "import type { X } from '../sinks/one/right.ts'\nexport type Y = X", IMPORTS],
  ['core/lazy.ts', "export const x = (): Promise<unknown> => import('../sinks/one/right.ts')", IMPORTS],
  ['core/cli.ts', "export { x } from '../cli/right.ts'", IMPORTS],
  ['core/deep/er/test.ts', "export { x } from '../../../test/support.ts'", IMPORTS],
  ['core/otel.ts', "export { NodeSDK } from '@opentelemetry/sdk-node'", IMPORTS],
  ['core/tokens/right.ts', "export { encode } from 'gpt-tokenizer'", undefined],
  ['core/tokens/otel.ts', "export { trace } from '@opentelemetry/api'", IMPORTS],
  ['core/telemetry/right.ts', "export { NodeSDK } from '@opentelemetry/sdk-node'", undefined],
  ['core/telemetry/cli.ts', "export { x } from '../../cli/right.ts'", IMPORTS],
  ['collectors/one/sink.ts', "export { x } from '../../sinks/one/right.ts'", IMPORTS],
  ['collectors/one/chdb.ts', "export { x } from 'chdb'", IMPORTS],
  ['collectors/one/right.ts', "export { clock } from '../../core/clock.ts'", undefined],
  ['processors/one/control.ts', "export { x } from '../../control/one/right.ts'", IMPORTS],
  ['processors/one/fs.ts', "export { readFileSync } from 'node:fs'", IMPORTS],
  ['processors/one/http.ts', "export { request } from 'node:http'", IMPORTS],
  ['processors/one/timers.ts', "export { setTimeout } from 'node:timers/promises'", IMPORTS],
  ['processors/one/child.ts', "export { spawn } from 'node:child_process'", IMPORTS],
  ['processors/pii/worker.ts', "export { Worker } from 'node:worker_threads'", IMPORTS],
  ['processors/one/env.ts', "export const x: string | undefined = process.env['X']", 'eslint(no-restricted-globals)'],
  [
    'processors/one/fetch.ts',
    "export const x = (): Promise<Response> => fetch('http://x.test')",
    'eslint(no-restricted-globals)',
  ],
  ['processors/one/right.ts', "export { createHmac } from 'node:crypto'", undefined],
  ['sinks/one/client.ts', "export { createClient } from '@clickhouse/client'", IMPORTS],
  ['sinks/one/right.ts', 'export const x = 1\nexport type X = number', undefined],
  ['sinks/clickhouse/right.ts', "export { createClient } from '@clickhouse/client'", undefined],
  ['sinks/clickhouse/chdb.ts', "export { x } from 'chdb'", IMPORTS],
  ['sinks/clickhouse/embedded/right.ts', "export { x } from 'chdb'", undefined],
  ['sinks/clickhouse/embedded/collector.ts', "export { x } from '../../../collectors/one/right.ts'", IMPORTS],
  ['control/one/sink.ts', "export { x } from '../../sinks/one/right.ts'", IMPORTS],
  ['control/one/right.ts', 'export const x = 1', undefined],
  ['console/value.ts', "export { clock } from '../core/clock.ts'", IMPORTS],
  ['console/right.ts', "import type { Clock } from '../core/clock.ts'\nexport type C = Clock", undefined],
  ['cli/otel.ts', "export { NodeSDK } from '@opentelemetry/sdk-node'", IMPORTS],
  ['cli/demo/right.ts', "export { NodeSDK } from '@opentelemetry/sdk-node'", undefined],
  ['cli/demo/bench.ts', "export { x } from '../../bench/right.ts'", IMPORTS],
  ['cli/right.ts', "export { x } from '../sinks/one/right.ts'\nconsole.log(Date.now())", undefined],
  [
    'core/clock.ts',
    'export interface Clock {\n  now(): number\n}\nexport const clock: Clock = { now: () => Date.now() }',
    undefined,
  ],
  ['core/now.ts', 'export const x = (): number => Date.now()', 'eslint(no-restricted-properties)'],
  ['core/random.ts', 'export const x = (): number => Math.random()', 'eslint(no-restricted-properties)'],
  ['core/console.ts', "console.log('x')", 'eslint(no-console)'],
  [
    'core/floating.ts',
    'const f = async (): Promise<void> => {}\nexport const g = (): void => {\n  f()\n}',
    'typescript(no-floating-promises)',
  ],
  [
    'core/misused.ts',
    "const f = async (): Promise<boolean> => true\nexport const g = (): string => (f() ? 'a' : 'b')",
    'typescript(no-misused-promises)',
  ],
  ['core/await.ts', 'export const f = async (x: number): Promise<number> => await x', 'typescript(await-thenable)'],
  ['core/throw.ts', "export const f = (): never => {\n  throw 'text'\n}", 'typescript(only-throw-error)'],
  ['core/any.ts', 'export const f = (x: any): unknown => x', 'typescript(no-explicit-any)'],
  [
    'core/switch.ts',
    "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n  }\n}",
    'typescript(switch-exhaustiveness-check)',
  ],
  ['core/equal.ts', 'export const f = (x: unknown): boolean => x == 1', 'eslint(eqeqeq)'],
  [
    'core/cause.ts',
    "export function f(g: () => void): void {\n  try {\n    g()\n  } catch (error) {\n    throw new Error('x')\n  }\n}",
    'eslint(preserve-caught-error)',
  ],
  ['core/circle.ts', "export { b } from './square.ts'\nexport const a = 1", 'import(no-cycle)'],
  ['core/square.ts', "export { a } from './circle.ts'\nexport const b = 1", 'import(no-cycle)'],
  ['core/default.ts', 'const x = 1\nexport default x', 'import(no-default-export)'],
  ['core/bare.ts', "export { readFile } from 'fs'", 'unicorn(prefer-node-protocol)'],
  ['core/long.ts', `export const x = 1\n${'// more\n'.repeat(400)}`, 'eslint(max-lines)'],
  [
    'core/function.ts',
    `export function f(): number {\n${'  g()\n'.repeat(70)}  return 1\n}\nfunction g(): void {}`,
    'eslint(max-lines-per-function)',
  ],
  [
    'core/only.test.ts',
    "import { test, expect } from 'vitest'\ntest.only('x', () => expect(1).toBe(1))",
    'vitest(no-focused-tests)',
  ],
  [
    'core/skip.test.ts',
    "import { test, expect } from 'vitest'\ntest.skip('x', () => expect(1).toBe(1))",
    'vitest(no-disabled-tests)',
  ],
  [
    'core/right.test.ts',
    "import { test, expect } from 'vitest'\nimport { x } from '../cli/right.ts'\ntest('x', () => expect(x).toBe(1))",
    undefined,
  ],
  ['bench/right.ts', 'export const x: number = Date.now()\nconsole.log(x)', undefined],
]

interface Diagnostic {
  readonly filename: string
  readonly code: string
}

let folder: string
let diagnostics: readonly Diagnostic[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-lint-'))
  for (const [path, text] of FAULTS) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), `${text}\n`)
  }
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(folder, name))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  diagnostics = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rulesFor = (path: string): string[] =>
  diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)

describe('the linter finds', () => {
  test.each(FAULTS.filter(([, , rule]) => rule !== undefined))('%s', (path, _text, rule) => {
    expect(rulesFor(path)).toContain(rule)
  })
})

describe('the linter leaves alone', () => {
  test.each(FAULTS.filter(([, , rule]) => rule === undefined))('%s', (path) => expect(rulesFor(path)).toEqual([]))
})
