/*
 * The house as a table: which room may import which, where each heavy dependency lives, what stands at the top. The same
 * rules stand in .oxlintrc.json for the editor; there they go by the text of an import, here by the file it leads to.
 */

/** Room to the rooms it may import, itself included. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  schemas: ['schemas'],
  core: ['core', 'schemas'],
  collectors: ['collectors', 'core', 'schemas'],
  processors: ['processors', 'core', 'schemas'],
  sinks: ['sinks', 'core', 'schemas'],
  control: ['control', 'core', 'schemas'],
  console: ['console'],
  cli: ['cli', 'console', 'control', 'sinks', 'processors', 'collectors', 'core', 'schemas'],
}

/** Rooms of components. A component imports no sibling, only the rooms that siblings share. */
export const COMPONENT_ROOMS: readonly string[] = ['collectors', 'processors', 'sinks', 'control']
export const SHARED_FOLDERS: readonly string[] = ['collectors/dialects', 'processors/scan']

/** How the package is named in an import, and the only folders that may name it. */
export const HEAVY: readonly { readonly name: RegExp; readonly folders: readonly string[] }[] = [
  { name: /^kafkajs$/, folders: ['core/streams/kafka/'] },
  { name: /^@clickhouse\//, folders: ['sinks/clickhouse/'] },
  { name: /^@?chdb(\/|$)/, folders: ['sinks/clickhouse/embedded/'] },
  { name: /^@opentelemetry\//, folders: ['core/telemetry/', 'collectors/sdk/', 'cli/demo/'] },
  { name: /^@grpc\//, folders: ['collectors/otlp/grpc/'] },
  { name: /^gpt-tokenizer(\/|$)/, folders: ['core/tokens/'] },
  { name: /^libphonenumber-js(\/|$)/, folders: ['processors/pii/contact/'] },
  { name: /^re2js$/, folders: ['processors/custom/'] },
]

/** Node's modules that reach a network, a file, a clock or a process: closed to detectors. */
export const IMPURE: RegExp =
  /^(node:)?(fs|net|https?|http2|dgram|dns|tls|child_process|cluster|process|worker_threads|timers|perf_hooks|os|inspector|v8|vm|module)(\/|$)/

export const TOP_LEVEL: ReadonlySet<string> = new Set([
  ...Object.keys(MAY_IMPORT),
  ...['deploy', 'test', 'bench', 'docs', '.ci'],
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vitest.config.ts'],
  ...['.gitignore', '.npmrc', '.oxlintrc.json', '.oxfmtrc.json'],
])

export const LINES_MAX: Readonly<Record<'source' | 'test' | 'readme' | 'contributing' | 'frontPage', number>> = {
  source: 400,
  test: 800,
  readme: 60,
  contributing: 80,
  frontPage: 250,
}

/** Files that may be longer, each with its reason. One that is not longer any more does not belong here. */
export const LONG_FILES: Readonly<Record<string, string>> = {}

/** Made by a tool and committed: not ours to format, and measured by nobody. Each with what makes it. */
export const GENERATED: Readonly<Record<string, string>> = {
  'bench/decode/static/': 'protobufjs 7, for the benchmark to be compared with',
  'processors/names/lists.generated.ts': 'test/golden/names/lists.ts',
  'processors/names/weights.generated.ts': 'npm run train:names',
}

export const isGenerated = (path: string): boolean => Object.keys(GENERATED).some((folder) => path.startsWith(folder))
