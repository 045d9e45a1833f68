import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { fullInteraction } from '../../core/mask/full.fixture.ts'
import { findingSchema, type Finding } from '../../schemas/finding.ts'
import { interactionSchema, type Interaction } from '../../schemas/interaction.ts'
import { createOutcomeSink, createStoreClient, migrate, type StoreClient } from '../../sinks/clickhouse/index.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import { batchOf, interaction, originAt, stored } from '../../test/support/interactions.ts'
import { pagesOf, type Page, type Selection } from './pages.ts'

const SCHEMA = { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 }
let directory: string
let store: EmbeddedStore
let client: StoreClient
let reader: StoreClient

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-pages-'))
  store = await startEmbeddedStore({ directory, port: 0 })
  const shared = { url: store.url, database: 'weir', requestTimeoutMs: 20_000 }
  client = createStoreClient({ ...shared, ...store.writer })
  reader = createStoreClient({ ...shared, user: store.reader.user, password: '' })
  await migrate(client, SCHEMA)
})
afterAll(async () => {
  await client?.close()
  await reader?.close()
  await store?.close()
  await rm(directory, { recursive: true, force: true })
})

let epoch = 0
async function write(interactions: readonly Interaction[], findings = 0): Promise<void> {
  epoch++
  const outcomes = interactions.map((one, offset) => stored(one, originAt(offset, epoch), findings))
  await createOutcomeSink({ client, clock: systemClock, leftOver: new Set() }).write(batchOf(outcomes))
}

async function pages(
  over: Partial<Selection>,
  withFindings = false,
  signal = new AbortController().signal,
): Promise<Page[]> {
  const all: Page[] = []
  for await (const page of pagesOf(reader, { sinceUs: 0, untilUs: 4e15, ...over }, withFindings, signal)) all.push(page)
  return all
}
const ids = (all: readonly Page[]): string[] => all.flatMap(({ interactions }) => interactions.map(({ id }) => id))

it('brings back every field as it was, by the contracts', async () => {
  const { arrival, ...full } = fullInteraction({ tenant: 'full', timeImplausible: true })
  const usage = { input: 9, output: 8, cachedInput: 7, cacheWrite: 1, reasoning: 2 }
  const one: Interaction = { ...full, usage, arrival: { ...arrival, receivedAt: Date.now() * 1000 + 123 } }
  const bare = interaction('bare "quoted" \u{1F600} \u2028', {
    ...{ tenant: 'full', traceId: '', spanId: '', actor: {}, release: {}, sources: [], usage: {}, attributes: {} },
    ...{ cost: 0, finishReasons: [], input: [], output: [], name: '' },
  })
  await write([one, bare], 2)
  const [page, ...others] = await pages({ tenant: 'full' }, true)
  expect(others).toEqual([])
  const back = page!.interactions.toSorted((a) => (a.id === one.id ? -1 : 1))
  expect(back[0]).toEqual({ ...one, attributes: { ...one.attributes, count: '3', flag: 'true' } })
  expect(back[1]).toEqual(bare)
  expect(page!.findings).toHaveLength(4)
  const valid = (schema: object, value: unknown): boolean => new Ajv({ strict: false }).validate(schema, value)
  expect(back.map((each) => valid(interactionSchema, each))).toEqual([true, true])
  expect(page!.findings.every((each: Finding) => valid(findingSchema, each))).toBe(true)
})

it('gives each once, however many there are of a trace, and however large', async () => {
  const many = Array.from({ length: 1_203 }, (_, n) => interaction(`many-${n}`, { tenant: 'many' }))
  const oneTrace = many.map((one, n) => (n < 700 ? { ...one, traceId: '', spanId: '' } : one))
  await write(oneTrace)
  const all = await pages({ tenant: 'many' })
  expect(all.map(({ interactions }) => interactions.length)).toEqual([500, 500, 203])
  expect(all.every(({ total }) => total === 1_203)).toBe(true)
  expect(ids(all).toSorted()).toEqual(many.map(({ id }) => id).toSorted())
  const content = 'x'.repeat(1_500_000)
  const large = Array.from({ length: 8 }, (_, n) =>
    interaction(`large-${n}`, { tenant: 'large', input: [{ role: 'user', parts: [{ type: 'text', content }] }] }),
  )
  await write(large)
  const few = await pages({ tenant: 'large' })
  expect(few.length).toBeGreaterThan(2)
  expect(ids(few).toSorted()).toEqual(large.map(({ id }) => id).toSorted())
})

it('goes over hours, days and tenants, within the times that are asked for', async () => {
  const hour = 3_600_000_000
  const start = Math.floor(Date.now() / 3_600_000) * hour - 30 * hour
  const arrival = interaction('x').arrival
  const at = (n: number, us: number): Interaction =>
    interaction(`time-${n}`, {
      service: { name: 'timed' },
      tenant: `t-${n % 2}`,
      arrival: { ...arrival, receivedAt: us },
    })
  const spread = Array.from({ length: 30 }, (_, n) => at(n, start + n * hour))
  const dayOf = (one: Interaction): number => Math.floor(one.arrival.receivedAt / (24 * hour))
  for (const day of new Set(spread.map(dayOf))) await write(spread.filter((one) => dayOf(one) === day))
  const idsOf = (from: number, to: number): string[] =>
    spread
      .slice(from, to)
      .map(({ id }) => id)
      .toSorted()
  const timed = { service: 'timed' }
  expect(ids(await pages(timed)).toSorted()).toEqual(idsOf(0, 30))
  const within = { ...timed, sinceUs: start + 3 * hour, untilUs: start + 27 * hour }
  expect(ids(await pages(within)).toSorted()).toEqual(idsOf(3, 27))
  expect(await pages({ ...timed, tenant: 'many' })).toEqual([])
})

it('ends between pages when it is told to', async () => {
  const stop = new AbortController()
  let seen = 0
  const all = { sinceUs: 0, untilUs: 4e15, tenant: 'many' }
  for await (const page of pagesOf(reader, all, false, stop.signal)) {
    seen += page.interactions.length
    stop.abort()
  }
  expect(seen).toBe(500)
})
