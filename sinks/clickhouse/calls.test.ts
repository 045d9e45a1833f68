import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import type { Interaction, Usage } from '../../schemas/interaction.ts'
import { batchOf, interaction, originAt, stored } from '../../test/support/interactions.ts'
import { createStoreClient, rowsOf, type StoreClient } from './client.ts'
import { startEmbeddedStore, type EmbeddedStore } from './embedded/index.ts'
import { migrate } from './migrate.ts'
import { createOutcomeSink } from './sink.ts'

let directory: string
let store: EmbeddedStore
let client: StoreClient
let epoch = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-calls-'))
  store = await startEmbeddedStore({ directory, port: 0 })
  client = createStoreClient({ url: store.url, ...store.writer, database: 'weir', requestTimeoutMs: 20_000 })
  await migrate(client, { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 })
})

afterAll(async () => {
  await client?.close()
  await store?.close()
  await rm(directory, { recursive: true, force: true })
})

interface Billed {
  call: string
  id: string
  text_id: string
  views: string[]
  input_tokens: number | null
  cost: number | null
  price_version: string
}

/** Stores them in this order, a batch each, and says what is billed. */
async function billed(arrivals: readonly Interaction[], batchSize = 1): Promise<Billed[]> {
  const sink = createOutcomeSink({ client, clock: systemClock, leftOver: new Set() })
  epoch++
  for (let at = 0; at < arrivals.length; at += batchSize) {
    const batch = arrivals.slice(at, at + batchSize).map((one, n) => stored(one, originAt(at + n, epoch)))
    await sink.write(batchOf(batch))
  }
  const tenant = arrivals[0]!.tenant
  const columns = 'call, id, text_id, views, input_tokens, cost, price_version'
  return rowsOf(client, `SELECT ${columns} FROM weir.billable_calls WHERE tenant = {tenant:String} ORDER BY id`, {
    tenant,
  })
}

let seeds = 0
const STARTED_US = Date.UTC(2026, 0, 2) * 1000

type Over = Partial<Interaction> & { responseId?: string; scope?: string }

function view(tenant: string, span: string, over: Over = {}): Interaction {
  const { responseId, scope = 'openinference', ...rest } = over
  const made = interaction(`view ${seeds++}`, {
    ...{ tenant, traceId: 'trace-1', spanId: span, startedAt: STARTED_US, durationUs: 1_000 },
    attributes: responseId === undefined ? {} : { 'gen_ai.response.id': responseId },
    ...rest,
  })
  return { ...made, arrival: { ...made.arrival, scope } }
}

const tenantOf = (name: string): string => `${name}-${seeds++}`
const NO_TEXT = { capture: { input: 'absent', output: 'absent' } } as const

describe('one call, one billable interaction', () => {
  it('views with the same response id are one call; the one that counts most bills, text decides between equals', async () => {
    const tenant = tenantOf('views')
    const native = view(tenant, 's1', { responseId: 'r1', usage: { input: 31, output: 5, cachedInput: 8 }, ...NO_TEXT })
    const withText = view(tenant, 's2', { responseId: 'r1', usage: { input: 31, output: 5 } })
    const withoutUsage = view(tenant, 's3', { responseId: 'r1', usage: {} })
    const rows = await billed([withoutUsage, withText, native])
    expect(rows).toMatchObject([{ call: 'r1', id: native.id, text_id: withText.id, input_tokens: 31 }])
    expect(rows[0]!.views).toEqual([native.id, withText.id, withoutUsage.id].sort())
    const equal = tenantOf('views')
    const blind = view(equal, 's1', { responseId: 'r1', ...NO_TEXT })
    const full = view(equal, 's2', { responseId: 'r1' })
    expect(await billed([full, blind])).toMatchObject([{ id: full.id, text_id: full.id }])
  })

  it('an id names a call within its tenant only', async () => {
    const tenant = tenantOf('scope')
    const other = tenantOf('scope')
    expect(await billed([view(tenant, 's1', { responseId: 'r1' })])).toHaveLength(1)
    expect(await billed([view(other, 's1', { responseId: 'r1', scope: 'sdk' })])).toHaveLength(1)
  })

  it('a call without an id is one with the single call directly around it, three deep', async () => {
    const tenant = tenantOf('nested')
    const outer = view(tenant, 's1')
    const middle = view(tenant, 's2', { parentSpanId: 's1' })
    const inner = view(tenant, 's3', { parentSpanId: 's2', usage: { input: 12, output: 34, reasoning: 4 } })
    expect(await billed([inner, outer, middle])).toMatchObject([{ call: 'span s3', id: inner.id }])
    const named = tenantOf('nested')
    const withId = view(named, 's1', { responseId: 'r1' })
    expect(await billed([view(named, 's2', { parentSpanId: 's1' }), withId])).toMatchObject([{ call: 'r1' }])
  })

  it('a model span around several calls is a wrapper: its sum is theirs', async () => {
    const tenant = tenantOf('wrapper')
    const wrapper = view(tenant, 's0', { responseId: 'r2', usage: { input: 24, output: 68 } })
    const steps = ['r1', 'r2'].map((id) => view(tenant, id, { parentSpanId: 's0', responseId: id }))
    const rows = await billed([wrapper, ...steps])
    expect(rows.map(({ id }) => id)).toEqual(steps.map(({ id }) => id).sort())
  })

  it('agents and workflows bill nothing of their children, a remote agent its own', async () => {
    const tenant = tenantOf('agents')
    const agent = { operation: 'invoke_agent', durationUs: 10_000 }
    const around = view(tenant, 'a1', { ...agent, usage: { input: 99 } })
    const child = view(tenant, 's1', { parentSpanId: 'a1', startedAt: STARTED_US + 10 })
    const remote = view(tenant, 'a2', { ...agent, startedAt: STARTED_US + 20_000, usage: { input: 7 } })
    const skewed = view(tenant, 'a3', { ...agent, startedAt: STARTED_US + 50_000, usage: { input: 50 } })
    const early = view(tenant, 's2', { parentSpanId: 'a3', startedAt: STARTED_US + 1 })
    const fetched = view(tenant, 'f1', { operation: 'fetch_response', responseId: 'r9' })
    const rows = await billed([around, remote, fetched, skewed, child, early])
    expect(rows.map(({ id }) => id)).toEqual([child, remote, early].map(({ id }) => id).sort())
  })

  it('a failed call counts, and what has no trace stands for itself', async () => {
    const tenant = tenantOf('alone')
    const failed = view(tenant, 's1', { usage: {}, error: { type: 'rate_limit' } })
    const noTrace = [1, 2].map(() => view(tenant, '', { traceId: '', responseId: 'r1' }))
    expect(await billed([failed, ...noTrace])).toHaveLength(3)
  })

  it('of one trace reads no more than that: the filter reaches the table wherever it is read', async () => {
    await billed([view(tenantOf('index'), 's1')])
    const sql = "SELECT * FROM weir.trace_calls WHERE tenant = 'a' AND trace_id IN ('b', 'c')"
    const plan = await rowsOf<{ explain: string }>(client, `EXPLAIN indexes = 1 ${sql}`)
    const lines = plan.map(({ explain }) => explain.replace(/^[^A-Za-z]+/, ''))
    const reads = lines.filter((line) => line === 'PrimaryKey')
    const conditions = lines.filter(
      (line) => line.startsWith('Condition: and') && line.includes('cityHash64(trace_id)'),
    )
    expect(reads.length).toBeGreaterThan(3)
    expect(conditions).toHaveLength(reads.length)
  })

  it('is one in several traces where instrumentations each began their own', async () => {
    const tenant = tenantOf('apart')
    const outer = view(tenant, 's1', { responseId: 'r1', usage: { input: 10, output: 21 } })
    const usage = { input: 10, output: 20, cachedInput: 5 }
    const own = { traceId: 'trace-2', scope: 'sdk', startedAt: STARTED_US + 100, durationUs: 800 }
    const inner = view(tenant, 's2', { responseId: 'r1', usage, ...own, ...NO_TEXT })
    // the proxy is another service, with the same instrumentation
    const proxied = { traceId: 'trace-3', service: { name: 'proxy' }, usage: { input: 10 }, ...NO_TEXT }
    const proxy = view(tenant, 's3', { responseId: 'r1', ...proxied })
    const rows = await billed([proxy, outer, inner], 3)
    expect(rows).toMatchObject([{ call: 'r1', id: inner.id, text_id: outer.id, input_tokens: 10 }])
    expect(rows[0]!.views).toEqual([outer, inner, proxy].map(({ id }) => id).sort())
  })

  it('is one with a log record of it that names no trace', async () => {
    const tenant = tenantOf('traceless')
    const span = view(tenant, 's1', { responseId: 'r1' })
    const record = { kind: 'log', traceId: '', durationUs: 0, startedAt: STARTED_US + 900 } as const
    const log = view(tenant, '', { responseId: 'r1', ...record })
    const later = view(tenant, '', { responseId: 'r1', ...record, startedAt: STARTED_US + 5_000 })
    const views = new Map((await billed([log, span, later], 3)).map((call) => [call.id, call.views]))
    const expected = new Map([
      [span.id, [log.id, span.id].sort()],
      [later.id, [later.id]],
    ])
    expect(views).toEqual(expected)
  })

  it.each<[what: string, other: Over]>([
    ['is seen by the same instrumentation: a fake repeats it', { scope: 'openinference' }],
    ['comes again later: a cache repeats it', { startedAt: STARTED_US + 1_001 }],
    ['comes with other counts of tokens', { usage: { input: 13, output: 35 } }],
    ['comes without a trace', { traceId: '' }],
  ])('an answer whose id %s is another call', async (_what, other) => {
    const tenant = tenantOf('again')
    const again = view(tenant, 's2', { responseId: 'chatcmpl-123', traceId: 'trace-2', scope: 'sdk', ...other })
    expect(await billed([view(tenant, 's1', { responseId: 'chatcmpl-123' }), again])).toHaveLength(2)
  })

  it('an id that a fake gives to every answer joins nothing, also when calls are seen twice and overlap', async () => {
    const tenant = tenantOf('fake')
    const calls = Array.from({ length: 40 }, (_, at) =>
      view(tenant, `s${at}`, {
        ...{ responseId: 'chatcmpl-123', traceId: `trace-${at}`, scope: at % 2 === 0 ? 'sdk' : 'openinference' },
        startedAt: STARTED_US + at * 100,
      }),
    )
    expect(await billed(calls, 40)).toHaveLength(40)
  })

  it('shows the cost of the view that bills, and unknown where no price was known', async () => {
    const tenant = tenantOf('cost')
    const priced = view(tenant, 's1', { responseId: 'r1', cost: 0.25, priceVersion: '2026-01' })
    const unpriced = view(tenant, 's2', { responseId: 'r2' })
    expect(new Set((await billed([priced, unpriced])).map(({ cost, price_version }) => [cost, price_version]))).toEqual(
      new Set([
        [0.25, '2026-01'],
        [null, 'unknown'],
      ]),
    )
  })
})

/** What a provider answered, and how instrumentations saw it. */
interface Call {
  input: number
  /** Apart: every instrumentation begins a trace of its own. */
  shape: 'siblings' | 'nested' | 'apart'
  views: { totals: boolean; details: number; texts: 0 | 1 | 2; named: boolean }[]
}

const call: fc.Arbitrary<Call> = fc.record({
  input: fc.integer({ min: 1, max: 1_000 }),
  shape: fc.constantFrom('siblings', 'nested', 'apart'),
  views: fc.array(
    fc.record({
      totals: fc.boolean(),
      details: fc.integer({ min: 0, max: 3 }),
      texts: fc.constantFrom(0, 1, 2),
      named: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

const trace = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
  around: fc.constantFrom('agent', 'wrapper'),
})

interface Seen {
  interactions: Interaction[]
  expected: { input: number | null; best: string; views: string[] }[]
}

function usageOf({ totals, details }: Call['views'][number], input: number): Usage {
  if (!totals) return {}
  const more = [{ cachedInput: 1 }, { cacheWrite: 0 }, { reasoning: 2 }].slice(0, details)
  return Object.assign({ input, output: 10 }, ...more) as Usage
}

/** Every call as its views, below an agent or a framework's span that repeats the sums. */
function seen(tenant: string, traceId: string, calls: readonly Call[], around: 'agent' | 'wrapper'): Seen {
  const isWrapper = around === 'wrapper' && calls.length > 1
  const parent = view(tenant, 'top', {
    ...{
      traceId,
      durationUs: 1_000_000,
      usage: { input: calls.reduce((sum, { input }) => sum + input, 0), output: 99 },
    },
    operation: isWrapper ? 'chat' : 'invoke_agent',
  })
  const expected: Seen['expected'] = []
  const interactions = [parent]
  for (const [index, { input, shape, views }] of calls.entries()) {
    // beside each other only the provider's id says that they are one; and a wrapper's calls stand directly below it
    const nested = shape === 'nested' || (isWrapper && shape !== 'apart')
    const isApart = (depth: number): boolean => shape === 'apart' && depth > 0
    const made = views.map((one, depth) =>
      view(tenant, `${index}-${depth}`, {
        traceId,
        ...(isApart(depth) && { traceId: `${traceId}-${index}-${depth}`, scope: `scope ${depth}` }),
        startedAt: STARTED_US + 1 + index,
        ...(!isApart(depth) && { parentSpanId: nested && depth > 0 ? `${index}-${depth - 1}` : 'top' }),
        usage: usageOf(one, input),
        capture: { input: one.texts > 0 ? 'masked' : 'absent', output: one.texts > 1 ? 'full' : 'absent' },
        ...((one.named || !nested) && { responseId: `resp-${index} of ${traceId}` }),
      }),
    )
    const rank = (at: number): [number, number, number] => {
      const { totals, details, texts } = views[at]!
      return [totals ? 2 : 0, totals ? details : 0, texts]
    }
    const best = made
      .map((one, at) => ({ id: one.id, rank: rank(at) }))
      .sort((a, b) => compare(b.rank, a.rank) || (a.id < b.id ? 1 : -1))[0]!
    const counted = views.some(({ totals }) => totals)
    expected.push({ input: counted ? input : null, best: best.id, views: made.map(({ id }) => id).sort() })
    interactions.push(...made)
  }
  return { interactions, expected }
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((decided, value, at) => decided || value - b[at]!, 0)

describe('whatever was seen, in whatever order', () => {
  it('n views of a call give one billable interaction, and the sum is what the provider counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(trace, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 4, max: 24 }),
        async (traces, random, batchSize) => {
          const runs: Billed[][] = []
          const tenant = tenantOf('any')
          const all = traces.map(({ calls, around }, index) => seen(tenant, `trace-${index}`, calls, around))
          const expected = all.flatMap((one) => one.expected).sort((a, b) => (a.best < b.best ? -1 : 1))
          const arrivals = all.flatMap((one) => one.interactions)
          for (const name of [tenant, tenantOf('again')]) {
            const order = arrivals.map((one) => ({ one: { ...one, tenant: name }, at: random.next().value as number }))
            order.sort((a, b) => a.at - b.at)
            runs.push(
              await billed(
                order.map(({ one }) => one),
                batchSize,
              ),
            )
          }
          expect(runs[1]).toEqual(runs[0])
          expect(runs[0]!.map(({ id, input_tokens, views }) => ({ input: input_tokens, best: id, views }))).toEqual(
            expected,
          )
        },
      ),
      { numRuns: 10, seed: 11 },
    )
  }, 120_000)
})
