import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunFile } from '../../cli/running/run-file.ts'
import { otlpRequest, sendOtlp } from '../support/otlp-json.ts'
import { WeirHome } from '../support/weir.ts'

/* A text of 10 MB neither holds up the others nor escapes. */

const MB = 1_000_000
const SEED = 'the card is 4111 1111 1111 1111 now'
const FILLER = 'The committee met again and agreed on most of what was said before.\n'.repeat(5 * MB).slice(0, 5 * MB)
const LONG = `${SEED}. ${FILLER}${SEED}. ${FILLER}${SEED}`

const span = (n: number) => ({ traceId: n.toString(16).padStart(32, 'a'), spanId: n.toString(16).padStart(16, 'b') })

let home: WeirHome
let run: RunFile

beforeAll(async () => {
  home = await WeirHome.make({
    collectors: { otlp: { deadlineMs: 60_000 } },
    detectors: { names: { in: 'everything' }, longTexts: { workers: 1 } },
  })
  run = await home.up()
})
afterAll(() => home?.remove())

describe('weir up, while it examines a text of 10 MB', { timeout: 120_000 }, () => {
  it('answers others and the health check before it', async () => {
    const order: string[] = []
    const long = sendOtlp(run.otlp, otlpRequest([{ ...span(1), input: 'write a report', output: LONG }])).then(
      async (response) => {
        order.push('long')
        return { status: response.status, body: await response.text() }
      },
    )
    for (let n = 2; !order.includes('long') && n < 500; n++) {
      const small = await sendOtlp(run.otlp, otlpRequest([{ ...span(n), input: 'hi', output: `answer ${n}` }]))
      const health = await fetch(`${run.telemetry}/healthz`)
      order.push(small.status === 200 && health.status === 200 ? 'small' : `${small.status} ${health.status}`)
    }
    expect(await long).toEqual({ status: 200, body: '{}' })
    expect(order.slice(0, 3)).toEqual(['small', 'small', 'small'])
    expect(new Set(order)).toEqual(new Set(['small', 'long']))
  })

  it('finds the seed at its start, in its middle and at its very end, and stores none of it', async () => {
    const found = await home.query<{ at: string; type: string }>(
      `SELECT toString(range_start) AS at, type FROM findings WHERE trace_id = '${span(1).traceId}' AND type = 'CREDIT_CARD' ORDER BY range_start`,
    )
    const places = [...LONG.matchAll(/4111/g)].map(({ index }) => String(index))
    expect(found).toEqual(places.map((at) => ({ at, type: 'CREDIT_CARD' })))
    const [row] = await home.query<{ whole: number; masked: string; clear: string; unscanned: string[] }>(
      `SELECT length(output) > ${9.9 * MB} AS whole, toString(countSubstrings(output, '[CREDIT_CARD:')) AS masked,
         toString(countSubstrings(output, '4111')) AS clear, unscanned FROM interactions WHERE trace_id = '${span(1).traceId}'`,
    )
    expect(row).toEqual({ whole: 1, masked: '3', clear: '0', unscanned: [] })
    const { stdout } = await home.run(['status'])
    expect(stdout).toContain('ledger balanced')
  })

  it('shows the worker that did it, and stops while one has work', async () => {
    const metrics = await (await fetch(`${run.telemetry}/metrics`)).text()
    expect(metrics).toMatch(/^weir_pool_workers 1$/m)
    expect(metrics).toMatch(/^weir_pool_jobs_total\{outcome="made"\} 2$/m)
    const late = sendOtlp(run.otlp, otlpRequest([{ ...span(9_999), output: LONG }])).then(({ status }) => status)
    await sendOtlp(run.otlp, otlpRequest([{ ...span(10_000), output: 'small' }]))
    expect(await home.down()).toBe(0)
    expect([200, 503]).toContain(await late)
  })
})

describe('weir scan, given a line of 10 MB', { timeout: 120_000 }, () => {
  it('finds the seed wherever it stands', async () => {
    const line = LONG.replaceAll('\n', ' ')
    const { code, stdout } = await home.run(['scan', '-'], `short\n${line}\n`)
    expect(code).toBe(1)
    const [first, second] = stdout
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row) as Scanned)
    expect(first).toEqual({ line: 1, findings: [], unscanned: [] })
    const cards = second!.findings.filter(({ type }) => type === 'CREDIT_CARD').map(({ start }) => start)
    expect(cards).toEqual([...line.matchAll(/4111/g)].map(({ index }) => index))
    expect(second!.unscanned).toEqual([])
  })
})

interface Scanned {
  readonly line: number
  readonly findings: readonly { readonly type: string; readonly start: number }[]
  readonly unscanned: readonly unknown[]
}
