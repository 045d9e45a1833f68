import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import {
  createOutcomeSink,
  createStoreClient,
  migrate,
  rowsOf,
  type StoreClient,
} from '../../sinks/clickhouse/index.ts'
import { dashboard, PANELS, TENANTS_SQL } from '../../deploy/grafana/generate.ts'
import { batchOf, interaction, originAt, stored } from '../support/interactions.ts'
import { read } from './files.ts'

const HOUR = 3600
const now = Math.floor(Date.now() / 1000)
const written = interaction('one')

/** What the data source does to a query before it sends it, with every tenant and one conversation chosen. */
function substituted(sql: string): string {
  const [from, to] = [`toDateTime(${now - HOUR})`, `toDateTime(${now + HOUR})`]
  const text = sql
    .replaceAll(/\$__timeFilter\((\w+)\)/g, `$1 >= ${from} AND $1 <= ${to}`)
    .replaceAll(/\$__timeInterval\((\w+)\)/g, 'toStartOfInterval(toDateTime($1), INTERVAL 60 second)')
    .replaceAll('$__fromTime', from)
    .replaceAll('$__toTime', to)
    .replaceAll('${tenant:sqlstring}', "'default','other'")
    .replaceAll('${conversation:sqlstring}', `'${written.traceId}'`)
  if (text.includes('$')) throw new Error(`left over: ${text}`)
  return text
}

let directory: string
let store: EmbeddedStore
let reader: StoreClient
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-grafana-'))
  store = await startEmbeddedStore({ directory })
  const shared = { url: store.url, database: 'weir', requestTimeoutMs: 30_000 }
  const writer = createStoreClient({ ...shared, ...store.writer })
  await migrate(writer, { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 })
  const outcomes = [stored(written, originAt(0), 2), stored(interaction('two'), originAt(1))]
  await createOutcomeSink({ client: writer, clock: systemClock, leftOver: new Set() }).write(batchOf(outcomes))
  await writer.close()
  reader = createStoreClient({ ...shared, user: store.reader.user, password: '' })
})
afterAll(async () => {
  await reader?.close()
  await store?.close()
  await rm(directory, { recursive: true, force: true })
})

type Row = Readonly<Record<string, unknown>>

describe('the dashboard', () => {
  test('is the one that generate.ts makes', () => {
    expect(JSON.parse(read('deploy/grafana/dashboard.json'))).toEqual(JSON.parse(dashboard()))
    expect(read('deploy/grafana/generate.ts')).not.toMatch(/\bweir\.\w+\b/)
  })

  test.each(PANELS.map((panel) => [panel.title, panel] as const))('%s: its query answers', async (_, panel) => {
    const rows = await rowsOf<Row>(reader, substituted(panel.sql))
    expect(rows.length).toBeGreaterThan(0)
    const columns = Object.keys(rows[0]!)
    if (panel.kind === 'stat') expect(columns).toEqual(['value'])
    if (panel.kind === 'timeseries') expect(columns).toEqual(['time', 'release', 'value'])
    if (panel.kind === 'table') expect(columns.length).toBeGreaterThan(5)
  })

  test('shows what was stored', async () => {
    const one = async (title: string): Promise<Row[]> =>
      rowsOf<Row>(reader, substituted(PANELS.find((panel) => panel.title === title)!.sql))
    expect(Number((await one('Calls'))[0]?.['value'])).toBe(2)
    expect(Number((await one('Leaks'))[0]?.['value'])).toBe(1)
    expect(await one('Latest leaks')).toHaveLength(2)
    expect(await one('Use of sources')).toMatchObject([{ source_id: 'handbook' }])
    expect(await one('Conversation')).toHaveLength(1)
    expect(await rowsOf<Row>(reader, TENANTS_SQL)).toEqual([{ tenant: 'default' }])
  })

  test('asks every view, and has its panels beside each other', () => {
    const asked = new Set(PANELS.map(({ sql }) => /FROM (\w+)/.exec(sql)?.[1]))
    const views = [...read('schemas/clickhouse/002_views.sql').matchAll(/\{database\}\.(\w+) AS/g)]
    expect(asked).toEqual(new Set(views.map(([, view]) => view)))
    const { panels } = JSON.parse(dashboard()) as { panels: { gridPos: Record<'x' | 'y' | 'w' | 'h', number> }[] }
    const taken = new Set<string>()
    for (const { gridPos } of panels)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(x).toBeLessThan(24)
          expect(taken.has(`${x},${y}`)).toBe(false)
          taken.add(`${x},${y}`)
        }
  })
})
