import { Readable } from 'node:stream'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run, startTestStore, until } from './testkit.fixture.ts'
import type { TestStore } from './testkit.fixture.ts'

/** The client that Weir and everybody else uses, against the embedded store. */

// Other work may share the machine's two cores.
vi.setConfig({ testTimeout: 120_000 })

let kit: TestStore
let writer: ClickHouseClient
let reader: ClickHouseClient
const quiet = { level: ClickHouseLogLevel.OFF }

beforeAll(async () => {
  kit = await startTestStore()
  const { url, writer: credentials } = kit.store
  writer = createClient({
    url,
    username: credentials.user,
    password: credentials.password,
    database: 'weir',
    log: quiet,
  })
  reader = createClient({ url, database: 'weir', log: quiet })
  await writer.command({
    query: `CREATE TABLE pairs (id UInt64, text String) ENGINE = MergeTree ORDER BY id
            SETTINGS non_replicated_deduplication_window = 1000`,
  })
})

afterAll(async () => {
  await writer?.close()
  await reader?.close()
  await kit?.close()
})

const rowsOf = async (table: string): Promise<string> => run(kit.store, `SELECT count(), uniqExact(id) FROM ${table}`)

const makeTable = (name: string): Promise<string> =>
  run(
    kit.store,
    `CREATE TABLE ${name} (id UInt64, text String) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 1000`,
  )

test('ping, with and without a query', async () => {
  expect(await reader.ping()).toEqual({ success: true })
  expect(await reader.ping({ select: true })).toEqual({ success: true })
  expect(await writer.ping({ select: true })).toEqual({ success: true })
})

describe('insert', () => {
  test('an array of rows, and what comes back', async () => {
    const values = [
      { id: 1, text: 'tab\there, "quotes", back\\slash, \'single\', line\nbreak, \u0000 nul, ä, 漢, 😀' },
      { id: 2, text: '' },
    ]
    const result = await writer.insert({ table: 'pairs', values, format: 'JSONEachRow' })
    expect(result.summary).toMatchObject({ written_rows: '2' })
    const found = await reader.query({ query: 'SELECT id, text FROM pairs ORDER BY id', format: 'JSONEachRow' })
    expect(await found.json()).toEqual(values.map((row) => ({ ...row, id: row.id })))
  })

  test('a stream of rows, columns named', async () => {
    await makeTable('streamed')
    const values = Readable.from(Array.from({ length: 5_000 }, (_, id) => [id, `row ${id}`]))
    await writer.insert({ table: 'streamed', columns: ['id', 'text'], values, format: 'JSONCompactEachRow' })
    expect(await rowsOf('streamed')).toBe('5000\t5000')
  })

  test('gzip in both directions', async () => {
    await makeTable('zipped')
    const { url, writer: credentials } = kit.store
    const client = createClient({
      url: `${url}/weir`,
      username: credentials.user,
      password: credentials.password,
      compression: { request: true, response: true },
    })
    await client.insert({ table: 'zipped', values: [{ id: 7, text: 'x'.repeat(100_000) }], format: 'JSONEachRow' })
    const found = await client.query({ query: 'SELECT length(text) AS n FROM zipped', format: 'JSONEachRow' })
    expect(await found.json()).toEqual([{ n: 100_000 }])
    await client.close()
  })

  test('the same token one after the other, at once, and from a client that has left: stored once', async () => {
    await makeTable('tokens')
    const body = Array.from({ length: 200 }, (_, id) => ({ id, text: 'x'.repeat(200) }))
    const insert = (token: string, signal?: AbortSignal): Promise<unknown> =>
      writer.insert({
        table: 'tokens',
        values: body,
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token: token, async_insert: 0 },
        ...(signal ? { abort_signal: signal } : {}),
      })
    await insert("a'\\b")
    await insert("a'\\b")
    expect(await rowsOf('tokens')).toBe('200\t200')
    await Promise.all(Array.from({ length: 12 }, () => insert('at once')))
    expect(await rowsOf('tokens')).toBe('400\t200')
    for (let ms = 0; ms < 12; ms += 2) {
      const gone = AbortSignal.timeout(ms)
      await insert('left', gone).catch(() => {})
    }
    await insert('left')
    expect(await rowsOf('tokens')).toBe('600\t200')
  })

  test('a row that cannot be read is named, and nothing of its batch is kept', async () => {
    await makeTable('poisoned')
    const good = Array.from({ length: 30 }, (_, id) => ({ id, text: 'ok' }))
    for (const at of [0, 7, 29]) {
      const values = good.map((row, index) => (index === at ? { id: 'not a number', text: 'x' } : row))
      const failed = writer.insert({ table: 'poisoned', values, format: 'JSONEachRow' })
      await expect(failed).rejects.toThrow(`(at row ${at + 1})`)
    }
    expect(await rowsOf('poisoned')).toBe('0\t0')
  })

  test('into a table that is not there', async () => {
    const failed = writer.insert({ table: 'nowhere', values: [{ id: 1 }], format: 'JSONEachRow' })
    await expect(failed).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
  })
})

describe('query', () => {
  const awkward = 'tab\t nl\n cr\r quote\' double" back\\slash \\n {x:String} ä漢😀 --'

  test.each([
    ['in the address', false],
    ['as multipart form', true],
  ])('parameters %s', async (_, multipart) => {
    const found = await reader.query({
      query:
        'SELECT {text:String} AS text, {n:Int64} AS n, {list:Array(String)} AS list, {none:Nullable(String)} AS none, {map:Map(String, UInt8)} AS map',
      format: 'JSONEachRow',
      query_params: { text: awkward, n: -5, list: ["a'b", 'c\td'], none: null, map: { k: 1 } },
      use_multipart_params: multipart,
    })
    const [row] = (await found.json()) as Record<string, unknown>[]
    expect(row).toEqual({ text: awkward, n: -5, list: ["a'b", 'c\td'], none: null, map: { k: 1 } })
  })

  test('parameters of requests at the same time do not mix', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const found = await reader.query({
          query: 'SELECT {x:UInt32} AS x',
          format: 'JSONEachRow',
          query_params: { x: i },
        })
        return ((await found.json()) as { x: number }[])[0]?.x
      }),
    )
    expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => i))
  })

  test('a stream of many rows', async () => {
    const found = await reader.query({
      query: 'SELECT number, toString(number) AS text FROM numbers(300000)',
      format: 'JSONEachRow',
    })
    let count = 0
    for await (const rows of found.stream()) count += rows.length
    expect(count).toBe(300_000)
  })

  test('an error after the headers reaches the client', async () => {
    const found = await reader.query({
      query: "SELECT number, throwIf(number = 500000, 'late trouble') FROM numbers(1000000)",
      format: 'JSONEachRow',
      clickhouse_settings: { max_block_size: '1000' },
    })
    const consume = async (): Promise<void> => {
      for await (const rows of found.stream()) void rows.length
    }
    await expect(consume()).rejects.toThrow('late trouble')
  })

  test('an error before the headers has code and name', async () => {
    await expect(reader.query({ query: 'SELEC 1' })).rejects.toMatchObject({ code: '62' })
    await expect(reader.query({ query: 'SELECT nope FROM pairs' })).rejects.toMatchObject({
      code: '47',
      type: 'UNKNOWN_IDENTIFIER',
    })
  })

  test('abort ends the query in the engine', async () => {
    const leave = new AbortController()
    const running = reader.query({
      query: "SELECT count() FROM system.numbers WHERE number % 7 = 8 AND 'findme' = 'findme'",
      abort_signal: leave.signal,
    })
    const look = "SELECT count() FROM system.processes WHERE query LIKE '%findme%' AND query NOT LIKE '%processes%'"
    await until('it runs', async () => (await run(kit.store, look)) === '1')
    leave.abort()
    await expect(running).rejects.toThrow()
    await until('it is gone', async () => (await run(kit.store, look)) === '0')
  })

  test('exec gives the bytes as they are', async () => {
    const { stream } = await reader.exec({ query: "SELECT 1, 'x' FORMAT CSV" })
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('1,"x"\n')
  })

  test('a password that is wrong', async () => {
    const stranger = createClient({ url: kit.store.url, username: 'writer', password: 'guess', log: quiet })
    await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' })
    await stranger.close()
  })
})

test('many lanes of reads, inserts and aborts at once: nothing wrong', async () => {
  await makeTable('busy')
  const lane = async (l: number): Promise<void> => {
    for (let i = 0; i < 40; i++) {
      const id = l * 1_000 + i
      if (i % 4 === 0) await writer.insert({ table: 'busy', values: [{ id, text: 't' }], format: 'JSONEachRow' })
      if (i % 5 === 0) {
        const signal = AbortSignal.timeout(i % 3)
        await reader
          .query({ query: 'SELECT sum(number) FROM numbers(100000000)', abort_signal: signal })
          .then((set) => set.text())
          .catch(() => {})
      }
      const found = await reader.query({
        query: `SELECT ${id} AS id, {x:UInt32} AS x`,
        format: 'JSONEachRow',
        query_params: { x: id },
      })
      expect(await found.json()).toEqual([{ id, x: id }])
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, l) => lane(l)))
  expect(await rowsOf('busy')).toBe('80\t80')
  expect(kit.store.restarts).toBe(0)
})
