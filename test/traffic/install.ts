import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Package } from './packages.ts'

export type Language = 'node' | 'python' | 'java'

/** Where the packages are, and how one is run. */
export interface Tools {
  /** The compiled tree. */
  readonly dist: string
  commandOf(one: Package): { command: string; args: string[]; folder: string }
  /** As installed, for the table. */
  versionOf(language: Language, name: string): string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/dist\/$/, '')
/** The repository's root, from the source as from the compiled tree. */
export const rootFolder: string = ROOT
const NODE = join(ROOT, 'test', 'traffic', 'node')
const PYTHON = join(ROOT, 'test', 'traffic', 'python')
/** Git-ignored, as every folder of this name. */
const MADE = '.weir'
export const VENV: string = join(PYTHON, MADE, 'venv')
/** What Python compiles goes there, not beside the source. */
export const PYCACHE: string = join(PYTHON, MADE, 'pycache')
const INSTALL_MS_MAX = 900_000

/** Which of them can be run on this machine. Python is 3.11, which the pinned versions were resolved for, or newer. */
export function languagesHere(needed: ReadonlySet<Language>): ReadonlySet<Language> {
  const python = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
  const works = (command: string, args: string[]): boolean =>
    spawnSync(command, args, { timeout: 60_000, stdio: 'ignore' }).status === 0
  const checks: Record<Language, () => boolean> = {
    node: () => true,
    python: () => works('python3', ['-c', python]),
    java: () => works('mvn', ['--version']),
  }
  return new Set([...needed].filter((language) => checks[language]()))
}

export function install(languages: ReadonlySet<Language>, say: (text: string) => void): Tools {
  if (languages.has('node'))
    once(join(NODE, 'package-lock.json'), join(NODE, 'node_modules', '.weir-stamp'), say, () =>
      run('npm', ['ci', '--loglevel=error'], NODE),
    )
  if (languages.has('python')) once(join(PYTHON, 'requirements.txt'), join(VENV, '.weir-stamp'), say, installPython)
  return { dist: join(ROOT, 'dist'), commandOf, versionOf }
}

function installPython(): void {
  rmSync(VENV, { recursive: true, force: true })
  mkdirSync(join(PYTHON, MADE), { recursive: true })
  run('python3', ['-m', 'venv', VENV], PYTHON)
  const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps', '--no-compile']
  run(join(VENV, 'bin', 'pip'), ['install', ...options, '-r', 'requirements.txt'], PYTHON)
}

/** Does the work again only when the list of packages is another one. */
function once(list: string, stamp: string, say: (text: string) => void, work: () => void): void {
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  say(`installing what ${list.slice(ROOT.length)} names`)
  work()
  writeFileSync(stamp, hash)
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: INSTALL_MS_MAX })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? ''}${stdout}${stderr}`)
}

function commandOf({ language, name }: Package): { command: string; args: string[]; folder: string } {
  if (language === 'node') return { command: process.execPath, args: [`${name}.mjs`], folder: NODE }
  return { command: join(VENV, 'bin', 'python'), args: [`${name.replaceAll('-', '_')}.py`], folder: PYTHON }
}

function versionOf(language: Language, name: string): string {
  if (language === 'python') {
    const pinned = readFileSync(join(PYTHON, 'requirements.txt'), 'utf8')
    return new RegExp(`^${name.replaceAll('.', '\\.')}==(\\S+)`, 'mi').exec(pinned)?.[1] ?? 'unknown'
  }
  const lock = JSON.parse(readFileSync(join(NODE, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>
  }
  return lock.packages[`node_modules/${name}`]?.version ?? 'unknown'
}
