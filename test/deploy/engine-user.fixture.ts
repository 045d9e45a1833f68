import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { systemClock } from '../../core/clock.ts'
import { TOPICS, type Params, type ParamValue } from '../../core/seam.ts'
import { computeLedger } from '../../core/ledger.ts'
import { loadEngine } from '../../sinks/clickhouse/embedded/engine/engine.ts'
import {
  assertSchema,
  createDeadSink,
  createOutcomeSink,
  deadLetters,
  dropDead,
  lastStored,
  migrate,
  rowsOf,
  sealedDead,
  setReplayed,
  StoredIds,
  type StoreClient,
} from '../../sinks/clickhouse/index.ts'
import { batchOf, interaction, originAt, stored } from '../support/interactions.ts'

/*
 * A process of its own that holds ClickHouse's engine as one of the users of deploy/clickhouse: what Weir's code does is
 * done with that user's rights, and statements are tried one by one. What is asked comes on standard input, the answers
 * go to standard output, both as JSON.
 */

export interface Asked {
  readonly directory: string
  readonly configFile: string
  readonly work: 'migrate' | 'write' | 'nothing'
  readonly statements: readonly string[]
}

export interface Answered {
  /** What became of the work: `done`, or the error. */
  readonly work: string
  /** Of each statement its rows, or its error. */
  readonly statements: readonly { readonly rows?: string; readonly error?: string }[]
}

const DATABASE = 'weir'
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400)
const quoted = (value: string): string => `'${value.replaceAll(/[\\']/g, '\\$&')}'`
const literal = (value: ParamValue): string =>
  Array.isArray(value) ? quoted(`[${value.map((one) => quoted(String(one))).join(',')}]`) : quoted(String(value))

/** Weir's client, without HTTP between it and the engine. */
function clientOf({ directory, configFile }: Asked): StoreClient {
  const engine = loadEngine(process.platform, process.arch)
  const connection = engine.CreateConnection(directory, [`--config-file=${configFile}`])
  async function run(sql: string, params: Params, format: string): Promise<Buffer> {
    const settings = Object.entries(params).map(([name, value]) => `SET param_${name} = ${literal(value)}; `)
    const { bytes } = await engine.QueryAsyncConnection(connection, settings.join('') + sql, format)
    return Buffer.from(bytes)
  }
  return {
    database: DATABASE,
    async createDatabase(): Promise<void> {
      await run(`CREATE DATABASE IF NOT EXISTS ${DATABASE}`, {}, 'JSONEachRow')
    },
    async insert(table, columns, lines, token): Promise<void> {
      const indexes = "exclude_materialize_skip_indexes_on_insert = 'input_text,output_text'"
      const settings = `SETTINGS async_insert = 0, ${indexes}, insert_deduplication_token = ${quoted(token ?? '')}`
      const head = `INSERT INTO ${DATABASE}.${table} (${columns.join(', ')}) ${settings} FORMAT JSONCompactEachRow`
      await engine.InsertRawAsyncConnection(connection, head, lines, false)
    },
    async command(sql, params = {}): Promise<void> {
      await run(sql, params, 'JSONEachRow')
    },
    async *query<R>(sql: string, params: Params = {}): AsyncGenerator<R> {
      const answer = (await run(sql, params, 'JSONEachRow')).toString()
      for (const line of answer.split('\n')) if (line !== '') yield JSON.parse(line) as R
    },
    async stream(sql, params = {}): Promise<Readable> {
      return Readable.from([await run(sql, params, 'RowBinary')], { objectMode: false })
    },
    ping: () => Promise.resolve(true),
    close: () => Promise.resolve(engine.CloseConnection(connection)),
  }
}

/** Twice: a retention that changed is brought to what is stored already, which takes a right of its own. */
async function doMigrate(client: StoreClient): Promise<void> {
  const options = { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 }
  await migrate(client, options)
  await migrate(client, { ...options, retentionDays: 40 })
}

/** All that `weir run`, `weir status` and `weir dead` do to a server. */
async function doWrite(client: StoreClient): Promise<void> {
  await assertSchema(client)
  const known = new StoredIds({ client, clock: systemClock, windowHours: 24 })
  await known.assigned({ topic: TOPICS.interactions, partition: 0 })
  const one = interaction('one')
  const outcomes = [stored(one, originAt(0), 2), stored(interaction('two'), originAt(1)).bury('unreadable')]
  await createOutcomeSink({ client, clock: systemClock, leftOver: new Set() }).write(batchOf(outcomes))
  known.add([one.id])
  const found = await known.lookup([one.id])
  if (found.size !== 1) throw new Error('what was stored is not found')
  if ((await lastStored(client, TOPICS.interactions, 0)) === undefined) throw new Error('nothing was stored')
  const again = stored(one, originAt(0), 2)
  await createOutcomeSink({ client, clock: systemClock, leftOver: new Set() }).write(
    batchOf([{ ...again, again: true }]),
  )
  const { sealed, ...letter } = stored(interaction('three'), { ...originAt(7), topic: TOPICS.dead }).bury('poison')
  await createDeadSink(client).write([{ ...letter, sealed, batch: 7 }], 'letters')

  await computeLedger(client, { database: DATABASE, days: 2, originalsDays: 2 })
  await rowsOf(client, `SELECT max(position) FROM ${DATABASE}.positions`)
  const ids = (await deadLetters(client)).map(({ id }) => id)
  if ((await sealedDead(client, ids)).length !== 2) throw new Error('dead letters are not found')
  await setReplayed(client, ids)
  await dropDead(client, ids)
}

async function main(): Promise<void> {
  const asked = JSON.parse(await text(process.stdin)) as Asked
  const client = clientOf(asked)
  const works = { migrate: doMigrate, write: doWrite, nothing: () => Promise.resolve() }
  const work = await works[asked.work](client).then(() => 'done', reason)
  const statements: { rows?: string; error?: string }[] = []
  for (const sql of asked.statements) {
    try {
      const rows: unknown[] = []
      for await (const row of client.query(sql)) rows.push(row)
      statements.push({ rows: JSON.stringify(rows) })
    } catch (error) {
      statements.push({ error: reason(error) })
    }
  }
  await client.close()
  process.stdout.write(JSON.stringify({ work, statements } satisfies Answered))
}

await main()
