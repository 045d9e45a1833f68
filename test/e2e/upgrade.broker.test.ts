import { rmSync } from 'node:fs'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StageName } from '../../cli/running/pipeline.ts'
import { lagOfAll } from '../../cli/running/streams/kafka.ts'
import { systemClock } from '../../core/clock.ts'
import { loadConfig } from '../../core/config/index.ts'
import { computeLedger } from '../../core/ledger.ts'
import { silentLogger } from '../../core/log.ts'
import { runnable } from '../../core/runnable.ts'
import { TOPICS } from '../../core/seam.ts'
import { isDrained } from '../../core/streams/kafka/index.ts'
import { createStoreClient, rowsOf, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { readMigrations } from '../../sinks/clickhouse/migrate.ts'
import { checkRollups, checkRows } from '../faults/checks.ts'
import { Load } from '../faults/senders.ts'
import { deliveriesOf } from '../faults/workload.ts'
import { Distributed, type Copy } from '../support/distributed.ts'
import { kafkaAvailable } from '../support/kafka/index.ts'
import { until } from '../support/until.ts'
import { earlierVersion, withMigrationsUpTo } from './upgrade/earlier.ts'
import { readGolden, TABLES, type Golden, type GoldenRecord } from './upgrade/golden.ts'

/*
 * From the version before to this one: a store made with all but the newest migration holds what that version stored, its
 * topics hold what waits, senders send all the time, and copies are replaced one after the other, readers before writers.
 */

const DATABASE = 'upgraded'
const MAIN = runnable('../../cli/main.ts', import.meta.url)
const WAVE = 50
const PAUSE_MS = 300
const WAIT_MS = 90_000
/** The golden rows are of the day on which they were written, and must not be taken by a TTL. */
const YEARS_IN_DAYS = 36_500
const LEDGER_DAYS = 3_650

const goldens = readGolden()
const migrations = await readMigrations()
const newest = migrations.at(-1)!.number
/** The last one written before the newest migration; where that is not yet written, the newest there is. */
const golden = goldens.findLast(({ migration }) => migration < newest) ?? goldens.at(-1)!
const base = Math.min(golden.migration, newest - 1)

it('no committed migration has changed, and of the one before the newest there is what was written', () => {
  const hashes = migrations.map(({ hash }) => hash)
  for (const { migration, hashes: then } of goldens)
    expect([migration, hashes.slice(0, then.length)]).toEqual([migration, then])
  expect(golden.migration, 'run test/e2e/upgrade/write-golden.ts of the version before').toBeGreaterThanOrEqual(
    newest - 1,
  )
})

describe.skipIf(!kafkaAvailable().ok)(`an upgrade from migration ${base} to ${newest}`, () => {
  const copies = new Map<string, Copy>()
  const sending = new AbortController()
  let all: Distributed
  let client: StoreClient
  let config: string
  /** The main file of the version before, where its history is here; else only the store and the records are of it. */
  let earlier: string | undefined
  let folder: string
  let loads: Promise<Load[][]>

  beforeAll(async () => {
    all = await Distributed.open({ partitions: 2 })
    folder = join(all.folder, 'before')
    const { url, writer } = all.store
    client = createStoreClient({ ...{ url, database: DATABASE, requestTimeoutMs: 30_000 }, ...writer })
    config = await configure('operator')
    earlier = earlierVersion(base)
    if (earlier === undefined)
      process.stderr.write('\nno history here: the upgrade is tried without copies of before\n\n')
    const made = await run(withMigrationsUpTo(base, folder), 'migrate')
    if (!made.log.includes(`${base} migrations applied`)) throw new Error(`no store of before: ${made.log}`)
    await putBack(golden)
  }, 300_000)
  afterAll(async () => {
    sending.abort()
    await loads
    await client?.close()
    await all?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
  }, 90_000)

  const configure = (name: string, listen = '127.0.0.1:0'): Promise<string> =>
    all.configure(name, { store: { database: DATABASE, retentionDays: YEARS_IN_DAYS }, otlp: { listen } })
  const run = (main: string, ...args: string[]): Promise<{ code: number | null; log: string }> =>
    all.command([...args, '--config', config], main)

  async function putBack({ rows, records }: Golden): Promise<void> {
    for (const { table, row } of rows) {
      const columns = Object.keys(row)
      const line = Buffer.from(JSON.stringify(columns.map((column) => row[column])))
      await client.insert(table, columns, line)
    }
    const producer = new kafkajs.Kafka({ brokers: all.kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING }).producer()
    await producer.connect()
    for (const { topic, key, value, headers } of records)
      await producer.send({
        topic,
        acks: -1,
        messages: [{ key: bytes(key), value: bytes(value), headers: mapped(headers) }],
      })
    await producer.disconnect()
  }

  /** One copy in the place of another of the same name; resolves when it is ready. */
  async function replace(name: string, stages: readonly StageName[], main: string): Promise<Copy> {
    const before = copies.get(name)
    if (before) {
      await before.end('SIGTERM')
      expect([name, await before.exited]).toMatchObject([name, { code: 0 }])
    }
    const file = await configure(name, before?.otlp ? new URL(before.otlp).host : undefined)
    const copy = await all.start([main, 'run', '--stage', stages.join(','), '--config', file])
    copies.set(name, copy)
    await soon(`${name} is ready`, async () => (await fetch(`${copy.telemetry}/readyz`)).ok)
    return copy
  }

  const logs = (): string => [...copies].map(([name, { log }]) => `${name}: ${log().slice(-1_500)}`).join('\n')
  const soon = (what: string, holds: () => Promise<boolean>): Promise<void> => until(what, holds, WAIT_MS, logs)

  const count = async (what = 'count()'): Promise<number> =>
    (await rowsOf<{ n: number }>(client, `SELECT toFloat64(${what}) AS n FROM ${DATABASE}.interactions`))[0]!.n
  async function moreIsStored(): Promise<void> {
    const before = await count()
    await soon('more is stored', async () => (await count()) > before)
  }

  /** Waves of interactions to one collector until it is enough; every one of them acknowledged. */
  async function sendTo(name: string): Promise<Load[]> {
    const waves: Load[] = []
    const { port } = new URL(copies.get(name)!.otlp)
    while (!sending.signal.aborted) {
      const seed = `${name} ${waves.length}`
      const deliveries = deliveriesOf({ seed, interactions: WAVE, startMs: systemClock.now() })
      const wave = new Load({ port: Number(port), deliveries, senders: 2, timeoutMs: 20_000, seed })
      const { wrong } = await wave.runWithin(WAIT_MS)
      expect(wrong).toEqual([])
      waves.push(wave)
      await systemClock.sleep(PAUSE_MS, sending.signal)
    }
    return waves
  }

  it('goes on under load, copy by copy', async () => {
    const before = earlier ?? MAIN
    await replace('collect-1', ['collect'], before)
    await replace('collect-2', ['collect'], before)
    loads = Promise.all(['collect-1', 'collect-2'].map(sendTo))
    loads.catch(() => {})
    if (earlier !== undefined) {
      await replace('rest', ['watch', 'respond'], before)
      await replace('detect-1', ['detect'], before)
      await replace('detect-2', ['detect'], before)
      await moreIsStored()
    }

    const refused = await run(MAIN, 'run', '--stage', 'detect')
    expect([refused.code, refused.log]).toEqual([
      78,
      expect.stringMatching(/lacks migration \d+_\w+: run weir migrate/),
    ])
    const migrated = await run(MAIN, 'migrate')
    expect([migrated.code, migrated.log]).toEqual([0, expect.stringContaining(`${newest - base} migrations applied`)])
    if (earlier !== undefined) await moreIsStored()

    await replace('rest', ['watch', 'respond'], MAIN)
    await replace('detect-1', ['detect'], MAIN)
    await moreIsStored()
    await replace('detect-2', ['detect'], MAIN)
    await moreIsStored()
    await replace('collect-1', ['collect'], MAIN)
    await replace('collect-2', ['collect'], MAIN)
    await moreIsStored()
    sending.abort()
    expect((await loads).every((waves) => waves.length > 1)).toBe(true)
    await soon('all is read', async () =>
      isDrained(await lagOfAll((await loadConfig({ path: config, env: {} })).config, silentLogger)),
    )
  }, 280_000)

  it('and lost and doubled nothing of what was sent meanwhile', async () => {
    const sent = (await loads).flat()
    const [all] = sent
    for (const wave of sent) for (const [span, entry] of wave.sent) all!.sent.set(span, entry)
    const ours = new Set(idsOf(golden))
    const problems = await checkRows(client, all!)
    // What detectors find may change with a version, and with it what is kept sealed; what was sent and planted may not.
    const asBefore = problems.filter(({ kind, text }) => kind !== 'wrong' && !text.includes('sealed originals'))
    expect(asBefore).toEqual([])
    expect(await checkRollups(client)).toEqual([])
    expect(await count()).toBe(all!.sent.size + ours.size)
    expect(await count('uniqExact(id)')).toBe(all!.sent.size + ours.size)
    const report = await computeLedger(client, { database: DATABASE, days: LEDGER_DAYS, originalsDays: 1 })
    expect(report.partitions.flatMap(({ problems: found }) => found)).toEqual([])
    expect(report.totals.stored).toBe(all!.sent.size + ours.size)
    expect(report.totals.dead).toBe(0)
  })

  it('nor of what the version before had stored, row by row, or had left waiting', async () => {
    for (const table of TABLES) {
      const rows = golden.rows.filter((one) => one.table === table).map(({ row }) => row)
      if (table === 'originals' || rows.length === 0) continue // originals are kept for a few days only
      const columns = Object.keys(rows[0]!).map((column) => `\`${column}\``)
      const all = await rowsOf<object>(client, `SELECT ${columns.join(', ')} FROM ${DATABASE}.${table}`)
      const there = all.map((row) => JSON.stringify(row))
      for (const row of rows) expect(there.filter((text) => text === JSON.stringify(row))).toHaveLength(1)
    }
    const ids = (await rowsOf<{ id: string }>(client, `SELECT id FROM ${DATABASE}.interactions`)).map(({ id }) => id)
    for (const id of idsOf(golden)) expect([id, ids.filter((one) => one === id).length]).toEqual([id, 1])
  }, 60_000)
})

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')
const mapped = (headers: GoldenRecord['headers']): Record<string, Buffer> =>
  Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, bytes(header)]))

/** Of all interactions that the version before stored, or left in its topic. */
function idsOf({ rows, records }: Golden): string[] {
  const stored = rows.filter(({ table }) => table === 'interactions').map(({ row }) => String(row['id']))
  const waiting = records.filter(({ topic }) => topic === TOPICS.interactions)
  return [...stored, ...waiting.map(({ headers }) => bytes(headers['weir-id'] ?? '').toString())]
}
