import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTree } from './tidy/tree.ts'

/*
 * What a user gets: the package is made from a clean copy, installed in an empty folder, and run from there. It installs
 * the dependencies once more, so it is a suite of its own: npm run test:package.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const MINUTE = 60_000

let folder: string
let tarball: string
let packed: readonly string[] = []

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(cwd: string, command: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 5 * MINUTE })
  return { status, stdout, stderr }
}

const weir = (...args: string[]): Outcome => run(join(folder, 'user'), 'node_modules/.bin/weir', ...args)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-package-'))
  const copy = join(folder, 'copy')
  for (const [path, content] of readTree(root)) {
    mkdirSync(join(copy, dirname(path)), { recursive: true })
    writeFileSync(join(copy, path), content)
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  run(copy, 'npm', 'run', '-s', 'build')
  const { stdout, stderr } = run(copy, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)
  const [made] = JSON.parse(stdout || '[]') as { filename: string; files: { path: string }[] }[]
  if (made === undefined) throw new Error(`npm pack made nothing:\n${stderr}`)
  tarball = join(folder, made.filename)
  packed = made.files.map(({ path }) => path)

  mkdirSync(join(folder, 'user'))
  writeFileSync(join(folder, 'user', 'package.json'), '{"private":true}\n')
  const installed = run(
    join(folder, 'user'),
    'npm',
    'install',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    tarball,
  )
  if (installed.status !== 0) throw new Error(`npm install failed:\n${installed.stderr}`)
}, 6 * MINUTE)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  test('holds what runs and what explains it', () => {
    for (const path of [
      'dist/cli/main.js',
      'dist/cli/demo/app.js',
      'dist/cli/running/examine-worker.js',
      'README.md',
      'LICENSE',
      'schemas/json/config.schema.json',
    ]) {
      expect(packed).toContain(path)
    }
    expect(packed.filter((path) => path.endsWith('.sql')).length).toBeGreaterThan(0)
  })

  test('holds nothing that only we need', () => {
    expect(
      packed.filter((path) => /(^|\/)(test|bench|training)\/|\.(test|fixture)\.|tsbuildinfo|\.map$|\.ts$/.test(path)),
    ).toEqual(['dist/collectors/sdk/index.d.ts'])
  })

  test('brings no development dependency along', () => {
    const lock = readFileSync(join(folder, 'user', 'package-lock.json'), 'utf8')
    for (const name of ['vitest', 'typescript', 'oxlint', 'fast-check'])
      expect(lock).not.toContain(`node_modules/${name}"`)
  })
})

describe('weir, installed', () => {
  test('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(weir('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('checks a configuration', () => {
    expect(weir('check').status).toBe(0)
    writeFileSync(join(folder, 'user', 'bad.yaml'), 'stor: {}\n')
    expect(weir('check', '--config', 'bad.yaml')).toMatchObject({ status: 78, stdout: '' })
  })

  test('shows its demo, and leaves nothing behind', { timeout: 3 * MINUTE }, () => {
    const { status, stdout, stderr } = weir('demo')
    expect(stderr).toBe('')
    expect(stdout).toContain('ledger balanced')
    expect(stdout).toMatch(/stored is: .*\[CREDIT_CARD:/)
    expect(status).toBe(0)
  })
})
