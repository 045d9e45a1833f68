import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProvider, type Provider } from '../../cli/demo/provider.ts'
import type { AppReport } from '../../cli/demo/report.ts'
import { runApp } from '../../cli/demo/run-app.ts'
import type { RunFile } from '../../cli/running/run-file.ts'
import { otlpRequest, sendOtlp } from '../support/otlp-json.ts'
import { WeirHome } from '../support/weir.ts'

const CARD = '4111 1111 1111 1111'
const span = (n: number) => ({ traceId: n.toString(16).padStart(32, 'a'), spanId: n.toString(16).padStart(16, 'b') })

describe('weir up, as a user runs it', () => {
  let home: WeirHome
  let run: RunFile
  let provider: Provider
  let report: AppReport

  beforeAll(async () => {
    home = await WeirHome.make()
    run = await home.up()
    provider = await startProvider()
    report = await runApp({ otlpEndpoint: run.otlp, providerUrl: provider.url, serviceName: 'shop', calls: 16 })
  })
  afterAll(async () => {
    await provider?.close()
    await home?.remove()
  })

  it('stores every call that the provider really saw, with its text and its outcome', async () => {
    expect(report.exportErrors).toEqual([])
    const rows = await home.query<{ operation: string; model: string; failed: boolean; output: string }>(
      'SELECT operation, requested_model AS model, signal_error AS failed, output FROM interactions',
    )
    const calls = rows.filter(({ operation }) => operation !== 'execute_tool')
    expect(calls.length).toBe(provider.count)
    expect(rows.length).toBe(report.spans.filter(({ operation }) => operation !== '').length)
    const byModel = (models: string[]): string[] => models.sort()
    expect(byModel(calls.map(({ model }) => model))).toEqual(byModel(provider.seen.map(({ model }) => model)))
    expect(calls.filter(({ failed }) => failed).length).toBe(provider.seen.filter(({ status }) => status >= 400).length)
    const harmless = provider.seen.filter(({ answer }) => answer !== '' && !/[@\d]{4}|@/.test(answer))
    for (const { answer } of harmless)
      expect(calls.some(({ output }) => output.includes(JSON.stringify(answer).slice(1, -1)))).toBe(true)
  })

  it('finds and masks the leaks, and says where they stand', async () => {
    const leaks = await home.query<{ type: string; token_start: number | null; snippet: string }>('SELECT * FROM leaks')
    expect(new Set(leaks.map(({ type }) => type))).toEqual(new Set(['CREDIT_CARD', 'EMAIL_ADDRESS']))
    expect(leaks.every(({ token_start }) => token_start !== null)).toBe(true)
    const everything = await home.query<object>('SELECT * FROM interactions')
    expect(JSON.stringify([leaks, everything])).not.toContain('4111')
  })

  it('serves every view', async () => {
    for (const view of ['leaks', 'release_health', 'drift_timeline', 'source_use', 'conversation'])
      expect((await home.run(['query', `SELECT * FROM ${view} LIMIT 3`])).code, view).toBe(0)
  })

  it('shows a balanced ledger in status', async () => {
    const { code, stdout } = await home.run(['status'])
    expect(code).toBe(0)
    expect(stdout).toContain('ledger balanced')
    const status = JSON.parse((await home.run(['status', '--json'])).stdout) as {
      ledger: { balanced: boolean }
      weir: { ready: boolean }
    }
    expect(status).toMatchObject({ ledger: { balanced: true }, weir: { ready: true } })
  })

  it('ends status with code 1 while Weir is not ready, though the ledger balances', async () => {
    const file = join(home.folder, '.weir', 'run.json')
    await writeFile(file, JSON.stringify({ ...run, telemetry: 'http://127.0.0.1:1' }))
    const { code, stdout } = await home.run(['status'])
    await writeFile(file, JSON.stringify(run))
    expect(code).toBe(1)
    expect(stdout).toContain('up, not ready: the health listener does not answer')
    expect(stdout).toContain('ledger balanced')
  })

  it('finds where a value occurred, by any of its spellings, and never prints it', async () => {
    const found = await home.run(['find', '--json'], '4111-1111-1111-1111\n')
    expect(found.code).toBe(0)
    expect(found.stdout.split('\n').filter(Boolean).length).toBeGreaterThan(0)
    expect(found.stdout + found.stderr).not.toContain('1111')
    expect((await home.run(['find'], 'nobody@example.net\n')).stderr).toContain('0 findings')
    expect((await home.run(['find'], 'no such form\n')).stderr).toContain('No detector knows')
  })

  it('prints rows as table, JSON and CSV, and a refusal in the store’s words', async () => {
    expect((await home.run(['query', 'SELECT 1 AS one'])).stdout).toContain('one')
    expect((await home.run(['query', 'SELECT 1 AS one', '--json'])).stdout).toBe('{"one":1}\n')
    expect((await home.run(['query', '-', '--csv'], 'SELECT 1 AS one;\n')).stdout).toBe('"one"\n1\n')
    const refused = await home.run(['query', 'DROP TABLE interactions'])
    expect(refused.code).toBe(1)
    expect(refused.stdout).toBe('')
    expect((await home.run(['query', 'SELECT nonsense FROM interactions'])).stderr).toContain('nonsense')
  })

  it('lets only its owner read the key and the run file', async () => {
    for (const file of ['master.key', 'run.json'])
      expect((await stat(join(home.folder, '.weir', file))).mode & 0o077).toBe(0)
  })

  it('recognises a retry, also after a restart', async () => {
    const body = otlpRequest([{ ...span(1), input: `my card is ${CARD}`, output: 'noted' }])
    expect((await sendOtlp(run.otlp, body)).status).toBe(200)
    expect((await sendOtlp(run.otlp, body)).status).toBe(200)
    expect(await home.down()).toBe(0)
    run = await home.up()
    expect((await sendOtlp(run.otlp, body)).status).toBe(200)
    const rows = await home.query<{ n: string; f: string }>(
      `SELECT count() AS n, (SELECT count() FROM findings WHERE trace_id = '${span(1).traceId}') AS f FROM interactions WHERE trace_id = '${span(1).traceId}'`,
    )
    expect(rows.map(({ n, f }) => [Number(n), Number(f)])).toEqual([[1, 1]])
    expect((await home.run(['status'])).code).toBe(0)
  })

  it('tells a second process whose the directory is', async () => {
    const second = await home.run(['up'])
    expect(second.code).toBe(69)
    expect(second.stderr).toContain('WEIR_STORE_BUSY')
    expect(second.stderr).toContain(String(home.pid))
    expect((await home.run(['status'])).code).toBe(0)
  })

  it('stops cleanly and leaves no process and no run file', async () => {
    expect(await home.down()).toBe(0)
    expect(await home.runFile()).toBeUndefined()
    const status = await home.run(['status'])
    expect(status.code).toBe(69)
    expect(status.stderr).toContain('weir up')
  })
})

describe('tenants', () => {
  it('come from ingest tokens, which may be revoked while it runs', async () => {
    const home = await WeirHome.make({ collectors: { otlp: { tokens: { file: 'tokens' } } } })
    try {
      const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
      const file = join(home.folder, 'tokens')
      await writeFile(file, `acme ${hashOf('token-a')}\nzeta ${hashOf('token-z')}\n`)
      const { otlp } = await home.up()
      const send = async (n: number, token?: string): Promise<number> =>
        (
          await sendOtlp(
            otlp,
            otlpRequest([{ ...span(n), output: 'hi' }]),
            token ? { authorization: `Bearer ${token}` } : {},
          )
        ).status
      expect(await send(1, 'token-a')).toBe(200)
      expect(await send(2, 'token-z')).toBe(200)
      expect(await send(3, 'wrong')).toBe(401)
      expect(await send(4)).toBe(401)
      const tenants = await home.query<{ tenant: string }>('SELECT tenant FROM interactions ORDER BY tenant')
      expect(tenants.map(({ tenant }) => tenant)).toEqual(['acme', 'zeta'])
      await writeFile(file, (await readFile(file, 'utf8')).replace(/^zeta.*\n/m, ''))
      const end = Date.now() + 10_000
      while ((await send(5, 'token-z')) !== 401) if (Date.now() > end) throw new Error('the revoked token still works')
      expect(await send(6, 'token-a')).toBe(200)
    } finally {
      await home.remove()
    }
  })
})
