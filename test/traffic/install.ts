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
  versionOf(language: Language, name: string): string
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

export function install(languages: ReadonlySet<Language>, say: (text: string) => void): Tools {
  if (languages.has('node'))
    once(join(NODE, 'package-lock.json'), join(NODE, 'node_modules', '.weir-stamp'), say, () =>
      run('npm', ['ci', '--loglevel=error'], NODE),
    )
  if (languages.has('python')) pythonWith(join(PYTHON, 'requirements.txt'), VENV, say)
  return { dist: join(rootFolder, 'dist'), commandOf, versionOf }
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
