import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

/* The program as a process: what only the outside can see. */

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'weir-main-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const weir = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } })

describe('the process', () => {
  test('ends with the code of the command', () => {
    expect(weir('--version')).toMatchObject({ status: 0, stderr: '' })
    expect(weir('nope').status).toBe(2)
    writeFileSync(join(folder, 'bad.yaml'), 'stor: {}\n')
    expect(weir('check', '-c', 'bad.yaml').status).toBe(78)
    expect(weir('status').status).toBe(69)
  })

  test('--help loads no command and nothing heavy', () => {
    const hooks = join(folder, 'hooks.mjs')
    writeFileSync(
      hooks,
      'export async function resolve(s, c, next) { const r = await next(s, c); process._rawDebug(r.url); return r }\n',
    )
    const register = join(folder, 'register.mjs')
    writeFileSync(register, `import { register } from 'node:module'\nregister('file://${hooks}')\n`)
    const { stderr, status } = spawnSync(process.execPath, ['--import', register, main, '--help'], { encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stderr).toContain('/dist/cli/weir.js')
    expect(
      stderr.split('\n').filter((url) => url.includes('node_modules') || /cli\/(up|query|demo)/.test(url)),
    ).toEqual([])
  })

  test('a reader that has seen enough is no failure', async () => {
    const child = spawn(process.execPath, [main, 'check', '--print'], { cwd: folder })
    let errors = ''
    child.stderr.on('data', (chunk) => (errors += String(chunk)))
    child.stdout.destroy()
    const [code] = (await once(child, 'close')) as [number | null]
    expect(code).toBe(0)
    expect(errors).not.toContain('EPIPE')
  })

  test.skipIf(!existsSync('/dev/full'))('a disk that is full is named, without a stack', () => {
    const full = openSync('/dev/full', 'w')
    const child = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8', stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    expect(child.stderr).toBe('weir: the output cannot be written (ENOSPC). [WEIR_USAGE]\n')
    expect(child.status).toBe(2)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('%s ends a command that waits', async (signal, expected) => {
    const child = spawn(process.execPath, [main, 'decode', '-'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    // More than a pipe holds: once it is written, the command is reading.
    await new Promise((resolve) => child.stdin.write(Buffer.alloc(1024 * 1024), resolve))
    child.kill(signal)
    const [code] = (await once(child, 'close')) as [number | null]
    clearTimeout(timer)
    expect(code).toBe(expected)
  })
})
