import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbeddedStore, type EmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import type { RunFile } from '../running/run-file.ts'
import { weir } from '../weir.ts'

/* Commands that ask a running Weir. Here it is a run file with this process's id, and a store or what stands in for one. */

const folder = mkdtempSync(join(tmpdir(), 'weir-asking-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const config = join(folder, 'weir.yaml')
writeFileSync(config, 'dataDirectory: .\nstore:\n  requestTimeoutMs: 3000\n')

function pretendToRun(url: string, telemetry = ''): void {
  const reader = { user: 'reader', password: '' }
  const store = { url, database: 'default', writer: reader, reader }
  const run: RunFile = {
    pid: process.pid,
    startedAt: '2026-01-01T00:00:00.000Z',
    version: '1.2.3',
    otlp: 'http://127.0.0.1:4318',
    telemetry,
    store,
  }
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function ask(argv: string[], stdin: Readable = Readable.from([])): Promise<Outcome> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const texts = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => (texts.stdout += String(chunk)))
  stderr.on('data', (chunk) => (texts.stderr += String(chunk)))
  const around = { stdin, stdout, stderr, env: {}, signal: new AbortController().signal }
  const code = await weir([...argv, '--config', config], around)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...texts }
}

describe('weir query', () => {
  let store: EmbeddedStore
  beforeAll(async () => {
    store = await startEmbeddedStore({ directory: join(folder, 'store'), port: 0 })
    pretendToRun(store.url)
  })
  afterAll(() => store?.close())

  const BROKEN = 'SELECT throwIf(number = 900000) AS x, number FROM numbers(1000000)'

  test.each([['--json'], ['--csv'], ['--color=never']])(
    'a result that breaks off is a failure with %s, and its reason is no data',
    async (form) => {
      const { code, stdout, stderr } = await ask(['query', BROKEN, form])
      expect(code).toBe(1)
      expect(stderr).toMatch(/^weir: Code: 395\. DB::Exception: [\s\S]*\[WEIR_QUERY_REFUSED\]\n$/)
      expect(stderr + stdout).not.toContain('__exception__')
      expect(stdout).not.toContain('DB::')
    },
  )

  test('a whole result, and one that is refused at once', async () => {
    expect(await ask(['query', 'SELECT 1 AS n', '--json'])).toEqual({ code: 0, stdout: '{"n":1}\n', stderr: '' })
    expect((await ask(['query', 'SELECT 1 AS n'])).stdout).toBe('n\n-\n1\n')
    const refused = await ask(['query', 'SELEC 1'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Syntax error') as string })
    expect(refused.stderr).toMatch(/failed at position 1, at: SELEC 1 /)
    expect(await ask(['query', ' ; '])).toMatchObject({ code: 2, stderr: expect.stringContaining('no SQL') as string })
  })

  test('a column’s name does not steer the terminal', async () => {
    const { stdout } = await ask(['query', 'SELECT 1 AS `a\u001b[31mb`'])
    expect(stdout).toBe('a\\x1b[31mb\n----------\n         1\n')
  })
})

describe('a store that hangs', () => {
  let store: Server
  let telemetry: Server
  beforeAll(async () => {
    store = createServer(() => {})
    telemetry = createServer((_, response) =>
      response.writeHead(503).end('{"ready":false,"notReady":[{"name":"store","reason":"no answer within 2000 ms"}]}'),
    )
    const urls = [store, telemetry].map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    pretendToRun(...((await Promise.all(urls)) as [string, string]))
  })
  afterAll(() => {
    for (const server of [store, telemetry]) {
      server?.closeAllConnections()
      server?.close()
    }
  })

  test('weir status says that Weir is up, and what is not ready', async () => {
    const { code, stdout, stderr } = await ask(['status'])
    expect(code).toBe(69)
    expect(stdout).toContain(`up, not ready: store: no answer within 2000 ms, pid ${process.pid}`)
    expect(stderr).toMatch(/does not answer \(waited up to 3 s\).*WEIR_STORE_UNREACHABLE/)
    const json = await ask(['status', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      weir: { ready: false, notReady: ['store: no answer within 2000 ms'] },
      problem: { code: 'WEIR_STORE_UNREACHABLE' },
    })
  })

  test('weir query and weir find say so too', async () => {
    expect((await ask(['query', 'SELECT 1'])).stderr).toContain('does not answer')
    expect((await ask(['find'], Readable.from(['4111 1111 1111 1111']))).stderr).toContain('does not answer')
  })
})

describe('the prompt of weir find', () => {
  const at = (keys: string): Promise<Outcome> => {
    pretendToRun('http://127.0.0.1:1')
    const terminal = Object.assign(new PassThrough(), { isTTY: true })
    setTimeout(() => terminal.write(keys), 200)
    return ask(['find'], terminal)
  }

  test('Ctrl-C stops the command', async () => {
    expect(await at('\u0003')).toMatchObject({ code: 130, stderr: 'Value to look for (not shown):\n' })
  })

  test('Ctrl-D gives no value', async () => {
    const { code, stderr } = await at('\u0004')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('no value was given') as string })
  })

  test('a value is taken', async () => {
    expect((await at('4111 1111 1111 1111\r')).stderr).toContain('WEIR_STORE_UNREACHABLE')
  })
})

test('weir demo ends on Ctrl-C, promptly and as stopped', async () => {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  // A group of its own, to which the signal goes as a terminal sends it.
  const demo = spawn(process.execPath, [main, 'demo'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const timer = setTimeout(() => process.kill(-demo.pid!, 'SIGKILL'), 90_000)
  let errors = ''
  demo.stderr.on('data', (chunk) => (errors += String(chunk)))
  await once(demo.stdout, 'data')
  demo.stdout.resume()
  const stopped = Date.now()
  process.kill(-demo.pid!, 'SIGINT')
  const [code] = (await once(demo, 'close')) as [number | null]
  clearTimeout(timer)
  expect({ code, errors }).toEqual({ code: 130, errors: '' })
  expect(Date.now() - stopped).toBeLessThan(15_000)
}, 100_000)
