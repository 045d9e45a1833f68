import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { otlpRequest, sendOtlp } from '../../test/support/otlp-json.ts'
import { WeirHome } from '../../test/support/weir.ts'
import type { RunFile } from '../running/run-file.ts'
import { weir } from '../weir.ts'

/* Import and export as a user runs them: real processes, killed where it hurts most. */

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const homes: WeirHome[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const home of homes.splice(0)) await home.remove()
})

async function home(config: Record<string, unknown> = {}): Promise<WeirHome> {
  const made = await WeirHome.make(config)
  homes.push(made)
  return made
}

/** Quicker than a process, where nothing is to be killed. */
async function inThisProcess(at: WeirHome, argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) streams[name].on('data', (chunk) => (said[name] += String(chunk)))
  const around = { ...streams, stdin: Readable.from([]), env: {}, signal: new AbortController().signal }
  const code = await weir([...argv, '--config', join(at.folder, 'weir.yaml')], around)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...said }
}

function start(at: WeirHome, args: string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: at.folder, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stderr!.resume()
  children.push(child)
  return child
}

const CALLS_A_LINE = 4
const span = (n: number) => ({
  ...{ traceId: n.toString(16).padStart(32, 'a'), spanId: n.toString(16).padStart(16, 'b') },
  ...{
    input: `Order ${n} of jane.roe@example.org`,
    output: `Charged to 4111 1111 1111 1111, [EMAIL_ADDRESS:7f3a9c21]`,
  },
  attributes: { 'user.id': 'jane.roe@example.org', 'gen_ai.usage.input_tokens': 12, 'app.step': n },
})
const requests = (lines: number): string =>
  Array.from({ length: lines }, (_, line) => {
    const calls = Array.from({ length: CALLS_A_LINE }, (__, call) => span(line * CALLS_A_LINE + call + 1))
    return `${otlpRequest(calls)}\n`
  }).join('')

/** Empty while there is none. */
async function placeOf(at: WeirHome): Promise<string> {
  const folder = join(at.folder, '.weir', 'imports')
  const name = (await readdir(folder).catch(() => [])).find((one) => one.endsWith('.json'))
  return name === undefined ? '' : readFile(join(folder, name), 'utf8')
}

/** A place is saved when a lot is durable. */
const placeSaved = (at: WeirHome): Promise<void> =>
  expect.poll(() => placeOf(at), { timeout: 25_000, interval: 20 }).not.toBe('')

async function placeMoved(at: WeirHome): Promise<void> {
  const before = await placeOf(at)
  await expect.poll(() => placeOf(at), { timeout: 25_000, interval: 20 }).not.toBe(before)
}

interface Stored {
  rows: number
  ids: number
}

const stored = async (at: WeirHome): Promise<Stored> => {
  const [row] = await at.query<Stored>(
    'SELECT toFloat64(count()) AS rows, toFloat64(uniqExact(id)) AS ids FROM interactions',
  )
  return row!
}
const balanced = async (at: WeirHome): Promise<string> => (await at.run(['status'])).stdout

describe('an import that is killed', () => {
  const LINES = 400
  const ALL = LINES * CALLS_A_LINE

  it('goes on where it stopped beside a running Weir, which may be killed too: each call is stored once', async () => {
    const at = await home()
    await at.up()
    await writeFile(join(at.folder, 'calls.json'), requests(LINES))
    const killed = start(at, ['import', 'calls.json', '--rate', '400/s'])
    await placeSaved(at)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    const going = start(at, ['import', 'calls.json', '--rate', '400/s', '--json'])
    let summary = ''
    going.stdout!.on('data', (chunk: Buffer) => (summary += chunk.toString()))
    await placeMoved(at)
    await at.down('SIGKILL')
    await at.up()
    const [code] = (await once(going, 'exit')) as [number]
    expect(code).toBe(0)
    const { files } = JSON.parse(summary) as { files: { resumedAfter: number; finished: boolean }[] }
    expect(files[0]).toMatchObject({ finished: true })
    expect(files[0]!.resumedAfter).toBeGreaterThan(0)
    expect(await stored(at)).toEqual({ rows: ALL, ids: ALL })
    expect(await balanced(at)).toContain('ledger balanced')
    expect((await at.run(['import', 'calls.json'])).stderr).toContain(`nothing new after line ${LINES}`)
  }, 90_000)

  it('goes on where it stopped without any other Weir, and leaves nothing running', async () => {
    const at = await home()
    await writeFile(join(at.folder, 'calls.json.gz'), gzipSync(requests(LINES)))
    const killed = start(at, ['import', 'calls.json.gz', '--rate', '400/s'])
    await placeSaved(at)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    const rest = await at.run(['import', 'calls.json.gz', '--json'])
    expect(rest.code).toBe(0)
    expect(JSON.parse(rest.stdout)).toMatchObject({ refused: 0, files: [{ finished: true }] })
    await at.up()
    expect(await stored(at)).toEqual({ rows: ALL, ids: ALL })
    expect(await balanced(at)).toContain('ledger balanced')
  }, 90_000)
})

describe('beside a running Weir', () => {
  let at: WeirHome
  let run: RunFile
  beforeAll(async () => {
    at = await WeirHome.make()
    run = await at.up()
  })
  afterAll(() => at?.remove())

  const linesOf = (text: string): Interaction[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Interaction)
      .toSorted((a, b) => a.id.localeCompare(b.id))
  const timeless = (all: readonly Interaction[]): Interaction[] =>
    all.map((one) => ({ ...one, arrival: { ...one.arrival, receivedAt: 0 } }))

  it('an export gives what is asked for, and writes over nothing', async () => {
    await sendOtlp(run.otlp, otlpRequest([span(1), span(2)], 'shop'))
    await sendOtlp(run.otlp, otlpRequest([span(3)], 'other'))
    const count = async (...args: string[]): Promise<number> =>
      linesOf((await inThisProcess(at, ['export', ...args])).stdout).length
    expect(await count()).toBe(3)
    expect(await count('--service', 'other')).toBe(1)
    expect(await count('--trace', span(2).traceId.toUpperCase())).toBe(1)
    expect(await count('--tenant', 'nobody')).toBe(0)
    expect(await count('--since', '1h')).toBe(3)
    expect(await count('--until', '1h')).toBe(0)
    expect(await count('--since', '2020-01-01', '--until', '2020-01-02T12:00')).toBe(0)
    const file = join(at.folder, 'x.json')
    const exported = await inThisProcess(at, ['export', file, '--format', 'otlp-json'])
    expect(exported).toMatchObject({ code: 0, stdout: '', stderr: '3 interactions\n' })
    const twice = await inThisProcess(at, ['export', file])
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('there already') as string })
    const again = await inThisProcess(at, ['import', file, '--dry-run'])
    expect(again.stderr).toContain('3 interactions would be imported')
    for (const wrong of [
      ['--since', 'yesterday'],
      ['--since', '2026-02-30'],
      ['--since', '1h', '--until', '2h'],
      ['--format', 'csv'],
      ['--format', 'otlp-json', '--findings'],
    ])
      expect((await inThisProcess(at, ['export', ...wrong])).code).toBe(2)
  }, 60_000)

  it('Ctrl-C ends an import at once; what it left comes by standard input, and ids tell what was there', async () => {
    const content = requests(150)
    await writeFile(join(at.folder, 'calls.json'), content)
    const slow = start(at, ['import', 'calls.json', '--rate', '50/s'])
    await placeSaved(at)
    slow.kill('SIGINT')
    expect(await once(slow, 'exit')).toEqual([130, null])
    expect((await stored(at)).rows).toBeLessThan(603)
    const whole = await at.run(['import', '-'], `${content}{"broken\n`)
    expect(whole.code).toBe(1)
    expect(whole.stderr).toContain('-:151: is not valid JSON\n-: 600 interactions imported of 151 lines, 1 refused')
    expect(await stored(at)).toEqual({ rows: 603, ids: 603 })
  }, 60_000)

  it('an export ends quietly when its reader has seen enough', async () => {
    const exporting = start(at, ['export'])
    await once(exporting.stdout!, 'data')
    exporting.stdout!.destroy()
    expect(await once(exporting, 'exit')).toEqual([0, null])
  }, 60_000)

  it('an export that is imported elsewhere and exported again is the same, with the same ids and masks', async () => {
    const there = await home({ identity: { user: 'keyAll' } })
    const first = await inThisProcess(at, ['export'])
    const withFindings = await inThisProcess(at, ['export', '--findings'])
    expect(withFindings.stderr).toMatch(/^603 interactions, \d{4} findings\n$/)
    await there.up()
    const imported = await there.run(['import', '-', '--json'], withFindings.stdout)
    expect(JSON.parse(imported.stdout)).toMatchObject({ interactions: 603, refused: 0 })
    const second = await inThisProcess(there, ['export'])
    expect(linesOf(second.stdout)).toHaveLength(603)
    expect(timeless(linesOf(second.stdout))).toEqual(timeless(linesOf(first.stdout)))
    expect(/jane|4111 1111/.test(second.stdout)).toBe(false)
    expect(linesOf(second.stdout)[0]!.actor.user).toMatch(/^\[EMAIL_ADDRESS:/)
    expect(await balanced(there)).toContain('ledger balanced')
  }, 60_000)
})

describe('what cannot be asked for', () => {
  it('is said before anything is read', async () => {
    const at = await home({
      store: { kind: 'server', url: 'http://127.0.0.1:9' },
      sealing: { masterKeys: { k1: Buffer.alloc(32, 7).toString('base64') }, activeKey: 'k1' },
    })
    const run = async (...args: string[]): Promise<[number | null, string]> => {
      const { code, stderr } = await inThisProcess(at, ['import', ...args])
      return [code, stderr]
    }
    expect(await run('-')).toEqual([69, expect.stringContaining('start it with `weir up`')])
    expect(await run('none.json')).toEqual([2, expect.stringContaining('none.json cannot be read (ENOENT)')])
    expect(await run(at.folder)).toEqual([2, expect.stringContaining('is a directory')])
    for (const wrong of [
      ['x', '--rate', '0'],
      ['x', '--rate', 'fast'],
      ['x', '--format', 'csv'],
      ['x', '--tenant', 'a b'],
      ['-', '-'],
    ])
      expect((await run(...wrong))[0], wrong.join(' ')).toBe(2)
  })
})
