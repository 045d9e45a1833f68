import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root, from the source as from the compiled tree. */
export const rootFolder: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/dist\/$/, '')
const INSTALL_MS_MAX = 900_000

/** 3.11, which the pinned lists were resolved for, or newer, with what makes a Python of its own. */
export function hasPython(): boolean {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
  return spawnSync('python3', ['-c', check], { timeout: 60_000, stdio: 'ignore' }).status === 0
}

/** A Python of its own in a folder, with the packages that a list pins; the path of its interpreter. */
export function pythonWith(list: string, venv: string, say: (text: string) => void): string {
  once(list, join(venv, '.weir-stamp'), say, () => {
    rmSync(venv, { recursive: true, force: true })
    mkdirSync(dirname(venv), { recursive: true })
    run('python3', ['-m', 'venv', venv], dirname(venv))
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps', '--no-compile']
    run(join(venv, 'bin', 'pip'), ['install', ...options, '-r', list], dirname(venv))
  })
  return join(venv, 'bin', 'python')
}

/** Does the work again only when the list of packages is another one. */
export function once(list: string, stamp: string, say: (text: string) => void, work: () => void): void {
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  say(`installing what ${list.slice(rootFolder.length)} names`)
  work()
  writeFileSync(stamp, hash)
}

export function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: INSTALL_MS_MAX })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? ''}${stdout}${stderr}`)
}
