import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './golden.ts'

const CACHE = join(ROOT, 'node_modules', '.cache')
const BUILD_MS = 180_000
const COMMITS_TRIED = 5

const git = (args: readonly string[], options: object = {}): Buffer =>
  execFileSync('git', args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 256 * 1024 * 1024,
    ...options,
  })

/**
 * The last commit that runs and whose newest migration is this one, built; undefined where the history is not here, as in a
 * shallow clone or a package. It runs with the modules that are installed now. Gives its compiled main file.
 */
export function earlierVersion(migration: number): string | undefined {
  for (const commit of commitsWith(migration)) {
    const folder = join(CACHE, `weir-${commit.slice(0, 12)}`)
    if (!existsSync(folder)) build(commit, folder)
    const main = join(folder, 'dist', 'cli', 'main.js')
    if (runs(main)) return main
  }
  return undefined
}

/** The newest first. */
function commitsWith(migration: number): string[] {
  try {
    const next = `schemas/clickhouse/${String(migration + 1).padStart(3, '0')}_*.sql`
    const adding = git(['log', '--diff-filter=A', '--format=%H', '--', next]).toString().trim().split('\n').at(-1)
    const before = git(['log', '--first-parent', '--format=%H', `-${COMMITS_TRIED}`, adding ? `${adding}^` : 'HEAD'])
    return before.toString().trim().split('\n')
  } catch {
    return []
  }
}

/** Loads every part of the stages. */
const runs = (main: string): boolean => spawnSync(process.execPath, [main, 'run', '--help']).status === 0

function build(commit: string, folder: string): void {
  mkdirSync(CACHE, { recursive: true })
  const aside = mkdtempSync(join(CACHE, 'build-'))
  try {
    execFileSync('tar', ['-x', '-C', aside], { input: git(['archive', commit]) })
    symlinkSync(join(ROOT, 'node_modules'), join(aside, 'node_modules'))
    // Type errors do not stop the compiler from emitting: whether it runs is seen by running it.
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc')
    spawnSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: aside, timeout: BUILD_MS })
    renameSync(aside, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** This version as if the migrations after this one had not been written yet; good for `weir migrate` only. */
export function withMigrationsUpTo(migration: number, folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const name of ['dist', 'schemas', 'package.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const files = join(folder, 'schemas', 'clickhouse')
  for (const name of readdirSync(files)) if (Number(name.slice(0, 3)) > migration) rmSync(join(files, name))
  return join(folder, 'dist', 'cli', 'main.js')
}
