import { describe, expect, test } from 'vitest'
import * as documents from './documents.ts'
import * as imports from './imports.ts'
import * as layout from './layout.ts'
import { lockProblems, type Lock } from './lock.ts'
import { packageProblems, schemaProblems } from './package.ts'
import { isTest, linesOf, treeOf } from './tree.ts'
import { bannedProblems } from './words.ts'

/* Each check is shown a fault it must find, beside something right that it must leave alone. */

const empty = (lines: number): string => 'x\n'.repeat(lines)

describe('reading imports', () => {
  const found = (text: string): string[] =>
    imports
      .references(treeOf({ 'core/a.ts': text, 'core/b.ts': '', 'schemas/c.ts': '' }))
      .map(({ to, typeOnly }) => `${typeOnly ? 'type ' : ''}${to}`)

  test.each([
    ["import { b } from './b.ts'", ['core/b.ts']],
    ["import b, { c } from '../schemas/c.ts'", ['schemas/c.ts']],
    ["import * as b from './b.ts'", ['core/b.ts']],
    ["import './b.ts'", ['core/b.ts']],
    ["import {\n  one,\n  two,\n} from './b.ts'", ['core/b.ts']],
    ["import type { b } from './b.ts'", ['type core/b.ts']],
    ["export { b } from './b.ts'", ['core/b.ts']],
    ["export type { b } from './b.ts'", ['type core/b.ts']],
    ["export * as b from './b.ts'", ['core/b.ts']],
    ["export * from './b.ts'", ['core/b.ts']],
    ["const b = await import('./b.ts')", ['core/b.ts']],
    ["spawn(new URL('./b.ts', import.meta.url))", ['core/b.ts']],
    ["runnable('./b.js', import.meta.url)", ['core/b.ts']],
    ["import type { b } from './b.ts'\nimport { c } from './b.ts'", ['core/b.ts']],
    ["export type X = 1\nimport { b } from './b.ts'", ['core/b.ts']],
    ["import { readFile } from 'node:fs'", ['node:fs']],
    ["const engine = createRequire(import.meta.url).resolve('chdb')", ['chdb']],
    ['const table = load(`gpt-tokenizer/bpeRanks/${name}`)', ['gpt-tokenizer/bpeRanks/']],
    ["const port = load('settings')", []],
    ["import pkg from 'pkg'", ['pkg']],
    ["export const from = 'somewhere'", []],
    ["const text = `see './nothing.ts'`", []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))
})

describe('import directions', () => {
  const problems = (files: Record<string, string>): string[] =>
    imports.directionProblems(imports.references(treeOf(files)))
  test.each([
    ['schemas/a.ts', 'core/b.ts'],
    ['core/a.ts', 'sinks/x/b.ts'],
    ['core/a.ts', 'cli/b.ts'],
    ['collectors/x/a.ts', 'sinks/y/b.ts'],
    ['collectors/x/a.ts', 'collectors/y/b.ts'],
    ['processors/x/deep/a.ts', 'processors/y/b.ts'],
    ['sinks/x/a.ts', 'control/y/b.ts'],
    ['control/x/a.ts', 'control/y/b.ts'],
    ['control/x/a.ts', 'processors/y/b.ts'],
    ['console/a.ts', 'core/b.ts'],
    ['cli/a.ts', 'test/support/b.ts'],
    ['cli/a.ts', 'bench/b.ts'],
    ['core/a.ts', 'core/b.test.ts'],
    ['core/a.ts', 'core/b.fixture.ts'],
  ])('%s must not import %s', (from, to) => {
    const up = '../'.repeat(from.split('/').length - 1)
    expect(problems({ [from]: `import { b } from '${up}${to}'`, [to]: '' })).toHaveLength(1)
  })
  test.each([
    ['core/a/x.ts', 'core/b/y.ts'],
    ['core/a.ts', 'schemas/b.ts'],
    ['collectors/x/a.ts', 'collectors/dialects/b.ts'],
    ['processors/x/a.ts', 'processors/scan/b.ts'],
    ['sinks/x/deep/a.ts', 'sinks/x/b.ts'],
    ['cli/a.ts', 'sinks/x/b.ts'],
    ['test/a.ts', 'cli/b.ts'],
    ['core/a.test.ts', 'test/support/b.ts'],
  ])('%s may import %s', (from, to) => {
    const up = '../'.repeat(from.split('/').length - 1)
    expect(problems({ [from]: `import { b } from '${up}${to}'`, [to]: '' })).toEqual([])
  })
  test('the console may import types', () => {
    expect(problems({ 'console/a.ts': "import type { b } from '../schemas/b.ts'", 'schemas/b.ts': '' })).toEqual([])
  })
})

describe('circles', () => {
  const problems = (files: Record<string, string>): string[] => imports.cycleProblems(imports.references(treeOf(files)))
  test('between files', () => {
    const files = { 'core/a.ts': "import './b.ts'", 'core/b.ts': "import './c.ts'", 'core/c.ts': "import './a.ts'" }
    expect(problems(files).join()).toContain('core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts')
  })
  test('between folders, also by types alone', () => {
    const files = {
      'core/a/x.ts': "import type { y } from '../b/y.ts'",
      'core/b/y.ts': '',
      'core/b/z.ts': "import type { w } from '../a/w.ts'",
      'core/a/w.ts': '',
    }
    expect(problems(files)).toEqual(['a circle of imports: core/a -> core/b -> core/a'])
  })
  test('types alone make no circle of files', () => {
    expect(
      problems({ 'core/a/x.ts': "import type { y } from './y.ts'", 'core/a/y.ts': "import { x } from './x.ts'" }),
    ).toEqual([])
  })
})

describe('packages', () => {
  const manifest = { dependencies: { chdb: '1', yaml: '1' }, devDependencies: { vitest: '1' } }
  const problems = (files: Record<string, string>): string[] =>
    imports.packageProblems(imports.references(treeOf(files)), manifest)
  const right = { 'sinks/clickhouse/embedded/a.ts': "require.resolve('chdb')", 'core/b.ts': "import y from 'yaml'" }

  test('in their place', () => expect(problems(right)).toEqual([]))
  test.each([
    [
      'a heavy one elsewhere',
      { 'sinks/clickhouse/x.ts': "import c from 'chdb'" },
      'lives in sinks/clickhouse/embedded/ only',
    ],
    ['by require', { 'core/x.ts': "createRequire(url).resolve('chdb')" }, 'lives in sinks/clickhouse/embedded/ only'],
    [
      'a development one in what ships',
      { 'core/x.ts': "import { x } from 'vitest'" },
      'ships and imports the development',
    ],
    ['an unknown one', { 'core/x.test.ts': "import l from 'lodash/get'" }, 'which package.json does not name'],
  ])('%s', (_, files, message) => {
    expect(problems({ ...right, ...files }).join()).toContain(message)
  })
  test('one that nobody imports', () => {
    expect(problems({ 'core/b.ts': "import y from 'yaml'" })).toEqual(['nothing imports the dependency chdb'])
  })
  test.each([
    'node:fs',
    'node:fs/promises',
    'node:timers/promises',
    'node:process',
    'node:worker_threads',
    'fs',
    'node:https',
  ])('a processor that imports %s', (name) => {
    const tree = treeOf({
      'processors/x/a.ts': `import { x } from '${name}'`,
      'processors/x/a.test.ts': `import { x } from '${name}'`,
    })
    expect(imports.purityProblems(imports.references(tree))).toHaveLength(1)
  })
  test('a processor may import node:crypto', () => {
    expect(
      imports.purityProblems(imports.references(treeOf({ 'processors/x/a.ts': "import { x } from 'node:crypto'" }))),
    ).toEqual([])
  })
})

describe('layout', () => {
  test('an unlisted name at the top', () => {
    expect(layout.topLevelProblems(treeOf({ 'utils/a.ts': '', 'core/a.ts': '' }))).toHaveLength(1)
  })
  test('a component without its parts', () => {
    const problems = layout.componentProblems(
      treeOf({ 'sinks/x/write.ts': '', 'sinks/y/index.ts': '', 'sinks/y/README.md': '', 'sinks/y/y.test.ts': '' }),
    )
    expect(problems).toEqual(['sinks/x has no index.ts', 'sinks/x has no README.md', 'sinks/x has no test'])
  })
  test('files too long, each by its own measure', () => {
    const tree = treeOf({
      'core/long.ts': empty(401),
      'core/right.ts': empty(400),
      'core/long.test.ts': empty(801),
      'sinks/x/README.md': empty(61),
      'README.md': empty(251),
      'docs/long.md': empty(900),
    })
    expect(layout.sizeProblems(tree, {})).toHaveLength(4)
  })
  test('exceptions: allowed by name, refused when stale or gone', () => {
    const tree = treeOf({ 'core/long.ts': empty(401), 'core/short.ts': empty(3) })
    expect(layout.sizeProblems(tree, { 'core/long.ts': 'a table' })).toEqual([])
    expect(layout.sizeProblems(tree, { 'core/long.ts': 'a', 'core/short.ts': 'b', 'core/gone.ts': 'c' })).toHaveLength(
      2,
    )
  })
  test.each([
    ['// oxlint-disable-next-line no-console', 1],
    ['// oxlint-disable no-console -- because', 1],
    ['/* eslint-disable */', 1],
    ['// @ts-ignore', 1],
    ['// @ts-expect-error', 1],
    ['// @ts-expect-error -- the type is wrong on purpose', 0],
    ['// oxlint-disable-next-line no-console, typescript/no-explicit-any -- the reason', 0],
  ])('exception %s', (line, count) => {
    expect(layout.exceptionProblems(treeOf({ 'core/a.ts': line }))).toHaveLength(count)
  })
  test('a file under deploy that no test loads', () => {
    const tree = treeOf({ 'deploy/a.yaml': '', 'deploy/b.yaml': '', 'test/deploy.test.ts': "read('deploy/a.yaml')" })
    expect(layout.deployProblems(tree)).toEqual(['deploy/b.yaml is loaded by no test'])
  })
})

describe('words', () => {
  test.each([
    ['core/a.ts', '// TODO later', 1],
    ['core/a.ts', '// TODO(ana): later', 0],
    ['docs/a.md', 'FIXME', 1],
    ['core/a.ts', "console.log('x')", 1],
    ['cli/a.ts', "console.log('x')", 0],
    ['core/a.test.ts', "test.only('x', () => {})", 1],
    ['core/a.test.ts', "describe.skip('x', () => {})", 1],
    ['core/a.test.ts', "test.skipIf(missing)('x', () => {})", 0],
    ['core/a.ts', '  debugger', 1],
    ['core/a.ts', "const home = '/home/ana/weir'", 1],
    ['README.md', 'cd /root/weir', 1],
    ['core/a.ts', "path.join(base, 'home/ana')", 0],
    ['core/a.ts', "'https://example.test/home/items'", 0],
    ['.npmrc', 'https://registry.npmjs.org', 1],
  ])('%s: %s', (path, text, count) => expect(bannedProblems(treeOf({ [path]: text }))).toHaveLength(count))
})

describe('the lock file', () => {
  const manifest = { dependencies: { a: '1.0.0' }, devDependencies: {}, allowScripts: { a: false } }
  const right: Lock = {
    packages: {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': {
        version: '1.0.0',
        optionalDependencies: { 'a-linux': '1', 'a-mac': '1' },
        hasInstallScript: true,
      },
      'node_modules/a-linux': { version: '1' },
      'node_modules/a/node_modules/a-mac': { version: '1' },
    },
  }
  const changed = (path: string, entry: Lock['packages'][string] | undefined): Lock => {
    const packages = Object.entries({ ...right.packages, [path]: entry }).filter(([, value]) => value !== undefined)
    return { packages: Object.fromEntries(packages) as Lock['packages'] }
  }
  test('complete', () => expect(lockProblems(right, manifest)).toEqual([]))
  test.each([
    ['an optional package without entry', changed('node_modules/a-linux', undefined), 'needs a-linux'],
    [
      'where it came from',
      changed('node_modules/a-linux', { version: '1', resolved: 'https://x.test/a.tgz' }),
      'resolved',
    ],
    ['no version', changed('node_modules/a-linux', {}), 'has no version'],
    [
      'an install script nobody decided on',
      changed('node_modules/a-linux', { version: '1', hasInstallScript: true }),
      'install script',
    ],
    ['another root', changed('', { dependencies: { a: '2.0.0' } }), 'not those of package.json'],
  ])('%s', (_, lock, message) => expect(lockProblems(lock, manifest).join()).toContain(message))
})

describe('documents', () => {
  const fenced = (language: string, text: string): documents.Fence[] =>
    documents.fencesOf('a.md', `# A\n\n\`\`\`${language}\n${text}\n\`\`\`\n`)

  test('fences are found with their line', () => {
    expect(fenced('sh', 'a\nb')).toEqual([{ path: 'a.md', line: 3, language: 'sh', text: 'a\nb' }])
  })
  test.each([
    ['a: [1', 'is not YAML'],
    ['store:\n  retentonDays: 3', 'did you mean "retentionDays"'],
    ['store:\n  retentionDays: soon', 'must be a whole number'],
  ])('yaml %j', async (text, message) => {
    expect((await documents.yamlProblems(fenced('yaml', text))).join()).toContain(message)
  })
  test.each([
    'store:\n  retentionDays: ${DAYS:-3}',
    'sealing:\n  masterKeys:\n    a: ${file:/run/key}',
    'services:\n  weir: {}',
  ])('yaml %j is right', async (text) => expect(await documents.yamlProblems(fenced('yaml', text))).toEqual([]))
  test.each([
    ['if then', 'is not shell'],
    ['weir frobnicate', 'no command weir frobnicate'],
    ['weir check --frob', 'unknown option --frob'],
    ['npm install && npm run frob', 'no script frob'],
    ['npm publish', 'not what a newcomer runs'],
  ])('sh %j', async (text, message) => {
    expect((await documents.shellProblems(fenced('sh', text), ['demo'])).join()).toContain(message)
  })
  test.each([
    'weir check --config weir.yaml # why',
    'cat x | weir decode - --json',
    'npm install && npm run demo',
    'A=1 npx weir check',
  ])('sh %j is right', async (text) => expect(await documents.shellProblems(fenced('sh', text), ['demo'])).toEqual([]))
  test('commands in running text', async () => {
    const tree = treeOf({ 'a.md': 'Run `weir frob`, `weir check` or `npm run demo`.\n```text\n`weir shown`\n```\n' })
    expect(await documents.inlineProblems(tree, ['demo'])).toEqual(['a.md: there is no command weir frob'])
  })
  test('links', () => {
    const tree = treeOf({
      'docs/a.md': '[b](b.md) [c](../core/) [d](https://x.test) [e](gone.md#x)',
      'docs/b.md': '',
      'core/x.ts': '',
    })
    expect(documents.linkProblems(tree)).toEqual(['docs/a.md links to gone.md, which is not there'])
  })
  test('variables', () => {
    const tree = treeOf({ 'a.md': 'WEIR_FOO, WEIR_BAR, WEIR_USAGE, `${WEIR_TOKENS}`', 'core/a.ts': "env['WEIR_FOO']" })
    expect(documents.variableProblems(tree)).toEqual(['a.md names WEIR_BAR, which no code knows'])
  })
  const record = (number: string): string =>
    `# ${number} Title\n\nAccepted.\n\n**Why.** A\n\n**So.** B\n\n**Cost.** C\n`
  test('decisions', () => {
    const right = { 'docs/decisions/001-one.md': record('001'), 'docs/decisions/002-two.md': record('002') }
    expect(documents.decisionProblems(treeOf(right))).toEqual([])
    expect(documents.decisionProblems(treeOf({}))).toHaveLength(1)
    expect(
      documents.decisionProblems(treeOf({ ...right, 'docs/decisions/004-four.md': record('004') })).join(),
    ).toContain('should be number 003')
    expect(documents.decisionProblems(treeOf({ ...right, 'docs/decisions/003-x.md': '# 003 X\n' }))).toHaveLength(3)
    expect(documents.decisionProblems(treeOf({ ...right, 'docs/decisions/note.md': record('003') })).join()).toContain(
      'not named',
    )
  })
  test('changelog', () => {
    expect(documents.changelogProblems('# Changelog\n\n## [Unreleased]\n')).toEqual([])
    expect(documents.changelogProblems('# Changelog\n')).toHaveLength(1)
    expect(documents.changelogProblems(undefined)).toHaveLength(1)
  })
})

describe('the package', () => {
  const tree = treeOf({ 'cli/main.ts': '', 'schemas/json/a.json': '{}', LICENSE: '' })
  test('what it names is there', () => {
    const manifest = {
      files: ['dist', '!dist/test', 'schemas/json', 'LICENSE'],
      bin: { weir: 'dist/cli/main.js' },
      scripts: { start: 'node dist/cli/main.js up' },
    }
    expect(packageProblems(tree, manifest)).toEqual([])
  })
  test('what it names is not there', () => {
    const manifest = {
      files: ['NOTICE'],
      bin: { weir: 'dist/cli/gone.js' },
      scripts: { bench: 'node dist/bench/gone.js', unit: 'vitest run test/gone.test.ts' },
    }
    expect(packageProblems(tree, manifest)).toHaveLength(4)
  })
  test('schema files', () => {
    expect(schemaProblems(tree, new Map([['a.json', '{}']]))).toEqual([])
    expect(schemaProblems(tree, new Map([['b.json', '{}']]))).toHaveLength(2)
  })
})

test('what counts as a test', () => {
  expect(
    ['core/a.test.ts', 'collectors/x/otlp.fixture.ts', 'bench/a.ts', 'test/a.ts', 'core/a.ts'].map(isTest),
  ).toEqual([true, true, true, true, false])
  expect(linesOf('a\nb\n')).toEqual(['a', 'b'])
})
