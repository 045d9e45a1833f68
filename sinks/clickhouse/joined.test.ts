import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Interaction, Message } from '../../schemas/interaction.ts'
import { rowsOf, type StoreClient } from './client.ts'
import {
  answered,
  asked,
  NOON_US,
  openPiecesStore,
  recordOf,
  said,
  spanOf,
  tenantOf,
  type PiecesStore,
} from '../../test/support/pieces.ts'

/* Spans and log records of the same calls, stored apart and joined when they are read. */

let pieces: PiecesStore
let client: StoreClient
const keep: PiecesStore['keep'] = (...given) => pieces.keep(...given)

beforeAll(async () => {
  pieces = await openPiecesStore()
  client = pieces.client
})
afterAll(() => pieces?.close())

interface Call {
  id: string
  joined: string
  halves: string[]
  input: string[]
  output: string[]
  capture_reason: string
  input_tokens: number | null
}

async function callsOf(tenant: string): Promise<Call[]> {
  const rows = await rowsOf<Omit<Call, 'input' | 'output'> & { input: string; output: string }>(
    client,
    `SELECT id, joined, halves, input, output, capture_reason, input_tokens FROM weir.calls
     WHERE tenant = {tenant:String} ORDER BY started_at, span_id, day, id`,
    { tenant },
  )
  return rows.map((row) => ({ ...row, input: contents(row.input), output: contents(row.output) }))
}

const contents = (json: string): string[] =>
  json === '' ? [] : (JSON.parse(json) as Message[]).flatMap(({ parts }) => parts.map(({ content }) => content))

async function billed(tenant: string): Promise<{ id: string; text_id: string; views: string[] }[]> {
  return rowsOf(
    client,
    'SELECT id, text_id, views FROM weir.billable_calls WHERE tenant = {tenant:String} ORDER BY id',
    {
      tenant,
    },
  )
}

describe('a call in pieces', () => {
  it('is whole whichever came first, and is one call', async () => {
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const tenant = tenantOf('order')
      const pieces = [spanOf(tenant, 's1'), asked(tenant, 's1', 'why?'), answered(tenant, 's1', 'so')]
      await keep(order.map((at) => pieces[at]!))
      const [span, ...halves] = pieces.map(({ id }) => id)
      expect(await callsOf(tenant)).toEqual([
        {
          ...{ id: span, joined: 'joined', halves, input: ['why?'], output: ['so'] },
          ...{ capture_reason: '', input_tokens: 12 },
        },
      ])
      const views = pieces.map(({ id }) => id).sort()
      expect(await billed(tenant)).toEqual([{ id: span, text_id: span, views }])
    }
  })

  it('that never becomes whole is stored as what it is, and says so', async () => {
    const tenant = tenantOf('alone')
    const silent = spanOf(tenant, 's1')
    const logs = [answered(tenant, 's2', 'so'), asked(tenant, 's2', 'why?')]
    const nameless = asked(tenant, '', 'who?', { startedAt: NOON_US + 5 })
    await keep([silent, ...logs, nameless])
    const [least] = logs.map(({ id }) => id).sort()
    expect(await callsOf(tenant)).toMatchObject([
      { id: silent.id, joined: 'span_alone', halves: [], capture_reason: 'no text was sent: line' },
      { id: least, joined: 'log_alone', halves: [logs[1]!.id, logs[0]!.id], input: ['why?'], output: ['so'] },
      { id: nameless.id, joined: 'log_alone', capture_reason: 'no span of this call has come' },
    ])
    expect(await billed(tenant)).toHaveLength(3)
  })

  it('is joined over midnight, but not over more than a day', async () => {
    const tenant = tenantOf('days')
    const logs = [-2, -1, 1, 2].map((days) => asked(tenant, 's1', `day ${days}`, { days, startedAt: NOON_US + days }))
    await keep([...logs, spanOf(tenant, 's1')])
    const calls = await callsOf(tenant)
    expect(calls.map(({ joined, input }) => [joined, input])).toEqual([
      ['log_alone', ['day -2']],
      ['joined', ['day -1', 'day 1']],
      ['log_alone', ['day 2']],
    ])
  })

  it('says what its span says itself, and what only log records say', async () => {
    const tenant = tenantOf('own')
    const judged = recordOf('log', tenant, 's1', { operation: 'evaluate', evaluations: [{ name: 'b', score: 1 }] })
    await keep([
      asked(tenant, 's1', 'repeated', { system: [said('system', 'be brief')], actor: { user: 'ann' } }),
      judged,
      spanOf(tenant, 's1', {
        ...{ input: [said('user', 'own')], capture: { input: 'masked', output: 'absent' } },
        ...{ evaluations: [{ name: 'a' }], usage: {} },
      }),
      answered(tenant, 's1', 'so', { usage: { input: 7 }, capture: { input: 'absent', output: 'withheld' } }),
    ])
    const [row] = await rowsOf<Record<string, unknown>>(
      client,
      `SELECT system, input, actor_user, evaluations, input_tokens, finish_reasons, capture_input, capture_output
       FROM weir.calls WHERE tenant = '${tenant}'`,
    )
    expect(row).toMatchObject({ actor_user: 'ann', input_tokens: 7, finish_reasons: ['stop'] })
    expect(row).toMatchObject({ capture_input: 'masked', capture_output: 'withheld' })
    expect([contents(String(row!['system'])), contents(String(row!['input']))]).toEqual([['be brief'], ['own']])
    expect(JSON.parse(String(row!['evaluations']))).toEqual([{ name: 'a' }, { name: 'b', score: 1 }])
  })

  it('of a span that is no call of a model makes none, and of two views makes one', async () => {
    const tenant = tenantOf('agent')
    await keep([
      spanOf(tenant, 'a1', { operation: 'invoke_agent', usage: {} }),
      asked(tenant, 'a1', 'why?'),
      answered(tenant, 'a1', 'so'),
    ])
    expect(await billed(tenant)).toEqual([])
    const twice = tenantOf('views')
    const views = [spanOf(twice, 's1', { usage: {} }), spanOf(twice, 's1')]
    await keep([asked(twice, 's1', 'why?'), ...views])
    expect(await billed(twice)).toMatchObject([{ id: views[1]!.id }])
  })
})

describe('of one trace, or one day', () => {
  const reads = async (where: string): Promise<{ all: number; narrowed: number }> => {
    const plan = await rowsOf<{ explain: string }>(
      client,
      `EXPLAIN indexes = 1 SELECT * FROM weir.calls WHERE ${where}`,
    )
    const lines = plan.map(({ explain }) => explain.replace(/^[^A-Za-z]+/, ''))
    const narrowed = lines.filter((line) => /^Condition: .*(cityHash64\(trace_id\)|day).* in \[/.test(line))
    return { all: lines.filter((line) => line.startsWith('ReadFromMergeTree')).length, narrowed: narrowed.length }
  }

  it('no more is read: the filter reaches the table wherever it is read', async () => {
    await keep([spanOf(tenantOf('index'), 's1')])
    const byTrace = await reads("tenant = 'a' AND trace_id IN ('b', 'c')")
    expect(byTrace.narrowed).toBe(byTrace.all)
    const byDay = await reads("day = '2026-01-02'")
    expect(byDay.narrowed).toBeGreaterThanOrEqual(byDay.all)
  })
})

interface Planned {
  span: boolean
  ownText: boolean
  times: number[]
}

const planned: fc.Arbitrary<Planned> = fc.record({
  span: fc.boolean(),
  ownText: fc.boolean(),
  times: fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 4 }),
})

function piecesOf(tenant: string, plans: readonly Planned[]): Interaction[] {
  return plans.flatMap(({ span, ownText, times }, n) => {
    const text = ownText
      ? { input: [said('user', `own ${n}`)], capture: { input: 'full', output: 'absent' } as const }
      : {}
    const at = { traceId: `trace-${n % 2}` }
    return [
      ...(span ? [spanOf(tenant, `s${n}`, { ...at, ...text })] : []),
      ...times.map((time) => asked(tenant, `s${n}`, `at ${time}`, { ...at, startedAt: NOON_US + time })),
    ]
  })
}

describe('whatever comes, in whatever order', () => {
  it('the joined calls are the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planned, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 8 }),
        async (plans, random, batchSize) => {
          const tenants = [tenantOf('any'), tenantOf('again')]
          const made = piecesOf(tenants[0]!, plans)
          const runs: unknown[] = []
          for (const tenant of tenants) {
            const shuffled = made.map((one) => ({ one: { ...one, tenant }, at: random.next().value as number }))
            shuffled.sort((a, b) => a.at - b.at)
            await keep(
              shuffled.map(({ one }) => one),
              batchSize,
            )
            runs.push({ calls: await callsOf(tenant), billed: await billed(tenant) })
          }
          expect(runs[1]).toEqual(runs[0])
          const texts = (await callsOf(tenants[0]!)).map(({ joined, input }) => `${joined} ${input.join(', ')}`)
          const expected = plans.flatMap(({ span, ownText, times }, n) => {
            if (!span && times.length === 0) return []
            const joined = span ? (times.length > 0 ? 'joined' : 'span_alone') : 'log_alone'
            const inOrder = times.toSorted((a, b) => a - b).map((time) => `at ${time}`)
            return [`${joined} ${(span && ownText ? [`own ${n}`] : inOrder).join(', ')}`]
          })
          expect(texts.sort()).toEqual(expected.sort())
        },
      ),
      { numRuns: 8, seed: 5 },
    )
  }, 120_000)
})

describe('what is counted', () => {
  it('is calls, and never log records beside their span', async () => {
    const tenant = tenantOf('counts')
    const arrival = { dialect: 'otel-genai-1.36', collector: 'otlp', receivedAt: NOON_US, scope: 'of the logger' }
    await keep([
      asked(tenant, 's1', 'why?', { arrival }),
      spanOf(tenant, 's1'),
      answered(tenant, 's1', 'so', { arrival }),
    ])
    const sum = async (sql: string): Promise<unknown> => (await rowsOf(client, `${sql} WHERE tenant = '${tenant}'`))[0]
    expect(await sum('SELECT toFloat64(sum(calls)) AS calls FROM weir.release_health')).toEqual({ calls: 1 })
    expect(await sum('SELECT toFloat64(sum(calls)) AS calls FROM weir.model_days')).toEqual({ calls: 1 })
    expect(await sum('SELECT mean_output_chars > 7 AS joined FROM weir.drift_timeline')).toEqual({ joined: 1 })
    const days =
      'SELECT toFloat64(sum(model_calls)) AS calls, toFloat64(sum(with_text)) AS texts FROM weir.service_days'
    expect(await sum(days)).toEqual({ calls: 1, texts: 1 })
  })

  it('by the minute comes from a projection', async () => {
    const plan = await rowsOf<{ explain: string }>(client, 'EXPLAIN SELECT * FROM weir.release_health')
    expect(plan.map(({ explain }) => explain).join()).toContain('by_minute_and_kind')
  })
})
