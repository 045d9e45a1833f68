import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../../core/clock.ts'
import { TOPICS } from '../../../core/seam.ts'
import { rowsOf } from '../../../sinks/clickhouse/client.ts'
import { readMigrations } from '../../../sinks/clickhouse/migrate.ts'
import { Load } from '../../faults/senders.ts'
import { deliveriesOf } from '../../faults/workload.ts'
import { Distributed } from '../../support/distributed.ts'
import type { DumpedRecord } from '../../support/kafka/index.ts'
import { folderOf, TABLES, type GoldenRecord, type GoldenRow } from './golden.ts'

/*
 * Keeps what this version writes: run it once for every migration, with that migration as the newest.
 *   npm run -s build && node dist/test/e2e/upgrade/write-golden.js
 */

const STORED = 24
const WAITING = 16

const idOf = ({ headers }: DumpedRecord): string => headers.find(([name]) => name === 'weir-id')?.[1]?.toString() ?? ''

function recordOf(topic: string, { key, value, headers }: DumpedRecord): GoldenRecord {
  const base64 = (bytes: Buffer | null): string => (bytes ?? Buffer.alloc(0)).toString('base64')
  const given = Object.fromEntries(headers.map(([name, header]) => [name, base64(header)]))
  return { topic, key: base64(key), value: base64(value), headers: given }
}

async function write(all: Distributed): Promise<string> {
  const { client } = all
  const collect = await all.run('collect')
  const send = async (seed: string, interactions: number): Promise<void> => {
    const deliveries = deliveriesOf({ seed, interactions, startMs: systemClock.now() })
    const port = Number(new URL(collect.otlp).port)
    await new Load({ port, deliveries, senders: 2, timeoutMs: 20_000, seed }).run(AbortSignal.timeout(60_000))
  }
  const detect = await all.run('detect')
  await send('golden stored', STORED)
  const ids = (): Promise<{ id: string }[]> => rowsOf(client, `SELECT id FROM ${client.database}.interactions`)
  for (let tries = 0; (await ids()).length < STORED && tries < 300; tries++) await systemClock.sleep(200)
  await detect.end('SIGTERM')
  await send('golden waiting', WAITING)

  const stored = new Set((await ids()).map(({ id }) => id))
  const waiting = (await all.kafka.dump(TOPICS.interactions)).filter((record) => !stored.has(idOf(record)))
  const keys = (await all.kafka.dump(TOPICS.keys)).filter(({ key }) => key?.toString().startsWith('key/'))
  const records = [
    ...keys.map((record) => recordOf(TOPICS.keys, record)),
    ...waiting.map((record) => recordOf(TOPICS.interactions, record)),
  ]
  const rows: GoldenRow[] = []
  for (const table of TABLES)
    for (const row of await rowsOf<GoldenRow['row']>(client, `SELECT * FROM ${client.database}.${table}`))
      rows.push({ table, row })
  const migrations = await readMigrations()
  const folder = folderOf(migrations.at(-1)!.number)
  const lines = (list: readonly unknown[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join('')
  await mkdir(folder, { recursive: true })
  const hashes = migrations.map(({ hash }) => hash)
  await writeFile(join(folder, 'migrations.json'), `${JSON.stringify(hashes, undefined, 2)}\n`)
  await writeFile(join(folder, 'rows.jsonl'), lines(rows))
  await writeFile(join(folder, 'records.jsonl'), lines(records))
  return `${folder}: ${rows.length} rows, ${records.length} records\n`
}

const all = await Distributed.open({ partitions: 2 })
try {
  process.stdout.write(await write(all))
} finally {
  await all.close()
}
