import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WeirError } from '../../core/errors.ts'
import { packageRoot } from '../../core/runnable.ts'
import { rowsOf, type StoreClient } from './client.ts'

export interface Migration {
  number: number
  name: string
  hash: string
  sql: string
}

export interface SchemaOptions {
  engine: string
  fsync: boolean
  retentionDays: number
  originalsRetentionDays: number
}

/** How many inserts back a repeated token is recognised. */
const TOKEN_WINDOW = 10_000

export async function readMigrations(): Promise<Migration[]> {
  const folder = join(packageRoot(import.meta.filename), 'schemas', 'clickhouse')
  const names = (await readdir(folder)).filter((name) => /^\d{3}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 3)), name: name.slice(4, -4), hash: hash('sha256', sql, 'hex'), sql }
    }),
  )
}

interface Applied {
  number: number
  name: string
  hash: string
}

/** Applies what is missing, in order. Every statement may be repeated, so a migration that was cut off is done again. */
export async function migrate(client: StoreClient, options: SchemaOptions): Promise<string[]> {
  const migrations = await readMigrations()
  await client.createDatabase()
  await client.command(
    `CREATE TABLE IF NOT EXISTS ${client.database}.schema_migrations
     (number UInt32, name String, hash String, applied_at DateTime64(3, 'UTC'))
     ENGINE = ${options.engine} ORDER BY number`,
  )
  const applied = await appliedMigrations(client)
  const done: string[] = []
  for (const migration of migrations) {
    const before = applied.get(migration.number)
    if (before) assertUnchanged(migration, before)
    else {
      for (const statement of statementsOf(migration.sql, client.database, options)) await client.command(statement)
      await client.command(
        `INSERT INTO ${client.database}.schema_migrations SELECT {number:UInt32}, {name:String}, {hash:String}, now64(3)`,
        { number: migration.number, name: migration.name, hash: migration.hash },
      )
      done.push(`${String(migration.number).padStart(3, '0')}_${migration.name}`)
    }
  }
  await keepFor(client, options)
  return done
}

/** Refuses a schema that is older than this version needs, or more than one version ahead of it. */
export async function assertSchema(client: StoreClient): Promise<void> {
  const migrations = await readMigrations()
  const applied = await appliedMigrations(client)
  for (const migration of migrations) {
    const before = applied.get(migration.number)
    if (!before)
      throw new WeirError(
        'WEIR_SCHEMA_VERSION',
        `The store lacks migration ${migration.number}_${migration.name}: run weir migrate.`,
      )
    assertUnchanged(migration, before)
  }
  const newest = Math.max(...applied.keys())
  const ours = migrations.at(-1)!.number
  if (newest > ours + 1)
    throw new WeirError(
      'WEIR_SCHEMA_VERSION',
      `The store is at migration ${newest}, this version knows ${ours}: use a newer Weir.`,
    )
}

async function appliedMigrations(client: StoreClient): Promise<Map<number, Applied>> {
  const sql = `SELECT number, any(name) AS name, any(hash) AS hash FROM ${client.database}.schema_migrations GROUP BY number`
  const rows = await rowsOf<Applied>(client, sql)
  return new Map(rows.map((row) => [row.number, row]))
}

function assertUnchanged(migration: Migration, before: Applied): void {
  if (before.hash === migration.hash) return
  throw new WeirError(
    'WEIR_SCHEMA_VERSION',
    `Migration ${migration.number}_${migration.name} was applied with other content: this is not the Weir that made the store.`,
  )
}

export function statementsOf(sql: string, database: string, options: SchemaOptions): string[] {
  const ttl = 'ttl_only_drop_parts = 1, materialize_ttl_recalculate_only = 1'
  // Batches of a few thousand rows stay compact parts until they are merged: wide ones cost a file per column.
  const parts = 'min_bytes_for_wide_part = 67108864'
  const settings = `non_replicated_deduplication_window = ${TOKEN_WINDOW}, ${ttl}, ${parts}`
  const synced = `${settings}, fsync_after_insert = 1, fsync_part_directory = 1`
  const values: Record<string, string> = {
    database,
    engine: options.engine,
    retention: String(options.retentionDays),
    originals_retention: String(options.originalsRetentionDays),
    settings: options.fsync ? synced : settings,
    settings_synced: synced,
  }
  return sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim().replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole))
    .filter((statement) => statement !== '')
}

/** Retention is configuration, not history: it is brought to what the file says now, for what is stored already too. */
async function keepFor(client: StoreClient, options: SchemaOptions): Promise<void> {
  const { retentionDays, originalsRetentionDays } = options
  const wanted = new Map(
    ['interactions', 'findings', 'dead_letters', 'ledger'].map((table) => [
      table,
      `day + toIntervalDay(${retentionDays})`,
    ]),
  )
  wanted.set('originals', `day + toIntervalDay(${originalsRetentionDays})`)
  for (const table of ['positions', 'monitor_state'])
    wanted.set(table, `toDate(saved_at) + toIntervalDay(${retentionDays})`)
  const tables = await rowsOf<{ name: string; engine_full: string }>(
    client,
    'SELECT name, engine_full FROM system.tables WHERE database = {database:String}',
    { database: client.database },
  )
  for (const { name, engine_full } of tables) {
    const ttl = wanted.get(name)
    if (ttl === undefined || engine_full.includes(`TTL ${ttl}`)) continue
    await client.command(`ALTER TABLE ${client.database}.${name} MODIFY TTL ${ttl}`)
  }
}
