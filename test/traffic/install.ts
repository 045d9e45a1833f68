import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasPython, once, pythonWith, rootFolder, run } from '../support/python.ts'
import type { Package } from './packages.ts'

export type Language = 'node' | 'python' | 'java'

/** Where the packages are, and how one is run. */
export interface Tools {
  /** The compiled tree. */
  readonly dist: string
  commandOf(one: Package): { command: string; args: string[]; folder: string }
  /** As installed, for the table. */
  versionOf(of: Pick<Package, 'language' | 'set'>, name: string): string
}

const NODE = join(rootFolder, 'test', 'traffic', 'node')
const PYTHON = join(rootFolder, 'test', 'traffic', 'python')
/** Git-ignored, as every folder of this name. */
const MADE = '.weir'
export const VENV: string = join(PYTHON, MADE, 'venv')
/** What Python compiles goes there, not beside the source. */
export const PYCACHE: string = join(PYTHON, MADE, 'pycache')

/** Which of them can be run on this machine. */
export function languagesHere(needed: ReadonlySet<Language>): ReadonlySet<Language> {
  const works = (command: string, args: string[]): boolean =>
    spawnSync(command, args, { timeout: 60_000, stdio: 'ignore' }).status === 0
  const checks: Record<Language, () => boolean> = {
    node: () => true,
    python: hasPython,
    java: () => works('mvn', ['--version']),
  }
  return new Set([...needed].filter((language) => checks[language]()))
}

/** What is asked for; Python's packages may have a list of versions and an environment of their own. */
interface Asked {
  readonly language: Language
  readonly set?: string
}

export function install(asked: readonly Asked[], say: (text: string) => void): Tools {
  if (asked.some(({ language }) => language === 'node'))
    once(join(NODE, 'package-lock.json'), join(NODE, 'node_modules', '.weir-stamp'), say, () =>
      run('npm', ['ci', '--loglevel=error'], NODE),
    )
  const sets = new Set(asked.filter(({ language }) => language === 'python').map(setOf))
  for (const set of sets) pythonWith(requirementsOf(set), VENV + set, say)
  return { dist: join(rootFolder, 'dist'), commandOf, versionOf }
}

const requirementsOf = (set: string): string => join(PYTHON, `requirements${set}.txt`)
const setOf = ({ set }: { readonly set?: string }): string => (set === undefined ? '' : `-${set}`)

function commandOf(one: Package): { command: string; args: string[]; folder: string } {
  if (one.language === 'node') return { command: process.execPath, args: [`${one.name}.mjs`], folder: NODE }
  const python = join(`${VENV}${setOf(one)}`, 'bin', 'python')
  return { command: python, args: [`${one.name.replaceAll('-', '_')}.py`], folder: PYTHON }
}

function versionOf(of: Pick<Package, 'language' | 'set'>, name: string): string {
  if (of.language === 'python') {
    const pinned = readFileSync(requirementsOf(setOf(of)), 'utf8')
    return new RegExp(`^${name.replaceAll('.', '\\.')}==(\\S+)`, 'mi').exec(pinned)?.[1] ?? 'unknown'
  }
  const lock = JSON.parse(readFileSync(join(NODE, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>
  }
  return lock.packages[`node_modules/${name}`]?.version ?? 'unknown'
}
