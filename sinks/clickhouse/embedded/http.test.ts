import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ask, residentMegabytes, run, startTestStore, until } from './testkit.fixture.ts'
import type { Ask, Reply, TestStore } from './testkit.fixture.ts'

/** The interface byte by byte, as curl and other people's libraries meet it. */

// Other work may share the machine's two cores.
vi.setConfig({ testTimeout: 120_000 })

let kit: TestStore
const MEGABYTE = 1 << 20

beforeAll(async () => {
  kit = await startTestStore({
    hostNames: ['store.example'],
    limits: {
      bodyBytes: 4 * MEGABYTE,
      heldBytes: 10 * MEGABYTE,
      readerSeconds: 2,
      readerBytes: 100_000_000,
      readerResultBytes: 8 * MEGABYTE,
      stallMs: 1_000,
    },
  })
  await run(kit.store, 'CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a')
})

afterAll(() => kit?.close())

const send = (what: Ask): Promise<Reply> => ask(kit.store, what)
const running = (mark: string): Promise<string> =>
  run(kit.store, `SELECT count() FROM system.processes WHERE query LIKE '%${mark}%' AND query NOT LIKE '%processes%'`)

describe('where the statement stands', () => {
  test.each<[string, Ask, string]>([
    ['in the address', { query: 'SELECT 1 AS x' }, '1\n'],
    ['in the body', { body: 'SELECT 2' }, '2\n'],
    ['in both', { query: 'SELECT', body: '3' }, '3\n'],
    ['with a format in it', { query: 'SELECT 4 AS x FORMAT CSVWithNames' }, '"x"\n4\n'],
    ['with a default format', { query: 'SELECT 5 AS x', url: { default_format: 'JSONCompactEachRow' } }, '[5]\n'],
    [
      'with a format in a header',
      { query: 'SELECT 5 AS x', headers: { 'X-ClickHouse-Format': 'JSONEachRow' } },
      '{"x":5}\n',
    ],
    ['with a semicolon and a comment', { query: 'SELECT 6; -- six\n' }, '6\n'],
    ['with a column called FORMAT', { query: 'SELECT 7 AS FORMAT FORMAT TSVWithNames' }, 'FORMAT\n7\n'],
    ['with a bracket around it', { query: '(SELECT 8)' }, '8\n'],
    ['with a union and settings', { query: 'SELECT 9 UNION ALL SELECT 9 FORMAT TSV' }, '9\n9\n'],
    ['as SHOW', { query: 'SHOW TABLES' }, 't\n'],
    ['as EXPLAIN', { query: 'EXPLAIN AST SELECT 1 FORMAT TSV' }, 'SelectWithUnionQuery (children'],
    ['as DESCRIBE', { query: 'DESCRIBE TABLE t FORMAT CSV' }, '"a","UInt32"'],
    ['as EXISTS', { query: 'EXISTS TABLE t' }, '1\n'],
    ['with a parameter', { query: 'SELECT {x:String}', url: { param_x: 'a\\tb' } }, 'a\\tb\n'],
    ['with a database', { query: 'SELECT currentDatabase()', url: { database: 'default' } }, 'weir\n'],
    ['without a database', { query: 'SELECT currentDatabase()' }, 'weir\n'],
  ])('%s', async (_, what, start) => {
    const reply = await send(what)
    expect(reply.text.slice(0, start.length)).toBe(start)
    expect(reply.status).toBe(200)
  })

  test('paths', async () => {
    expect(await send({ path: '/ping' })).toMatchObject({ status: 200, text: 'Ok.\n' })
    expect(await send({})).toMatchObject({ status: 200, text: 'Ok.\n' })
    expect((await send({ path: '/play' })).status).toBe(404)
    expect((await send({ method: 'PUT', query: 'SELECT 1' })).status).toBe(500)
  })
})

describe('who asks', () => {
  const { user, password } = { user: 'writer', password: () => kit.store.writer.password }
  const whoami = 'SELECT arrayStringConcat(currentRoles())'
  const basic = (text: string): Record<string, string> => ({
    Authorization: `Basic ${Buffer.from(text).toString('base64')}`,
  })

  test.each<[string, () => Ask, number, string]>([
    ['nobody', () => ({}), 200, 'weir_reader\n'],
    ['default', () => ({ headers: basic('default:') }), 200, 'weir_reader\n'],
    ['the reader', () => ({ headers: basic('reader:') }), 200, 'weir_reader\n'],
    ['the writer, basic', () => ({ headers: basic(`${user}:${password()}`) }), 200, 'weir_readerweir_writer\n'],
    [
      'the writer, headers',
      () => ({ headers: { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password() } }),
      200,
      'weir_readerweir_writer\n',
    ],
    ['the writer, address', () => ({ url: { user, password: password() } }), 200, 'weir_readerweir_writer\n'],
    ['a wrong password', () => ({ headers: basic(`${user}:x`) }), 403, 'Code: 516. '],
    ['no password', () => ({ headers: basic(user) }), 403, 'Code: 516. '],
    ['the reader with a password', () => ({ headers: basic('reader:x') }), 403, 'Code: 516. '],
    ['a stranger', () => ({ url: { user: 'root', password: '' } }), 403, 'Code: 516. '],
    ['a bearer', () => ({ headers: { Authorization: 'Bearer x' } }), 403, 'Code: 516. '],
    ['nonsense', () => ({ headers: { Authorization: 'Basic \u00ff' } }), 403, 'Code: 516. '],
    ['a page behind a foreign name', () => ({ headers: { Host: 'evil.example:1' } }), 403, 'Code: 516. '],
    ['a page behind an allowed name', () => ({ headers: { Host: 'store.example' } }), 200, 'weir_reader\n'],
    ['a container', () => ({ headers: { Host: 'host.docker.internal:8123' } }), 200, 'weir_reader\n'],
    [
      'the writer behind any name',
      () => ({ headers: { Host: 'a.b', ...basic(`${user}:${password()}`) } }),
      200,
      'weir_readerweir_writer\n',
    ],
  ])('%s', async (_, what, status, start) => {
    const reply = await send({ query: whoami, ...what() })
    expect(reply.text.slice(0, start.length)).toBe(start)
    expect(reply.status).toBe(status)
    if (status === 403) expect(reply.headers['x-clickhouse-exception-code']).toBe('516')
  })

  test('a password is never repeated', async () => {
    const reply = await send({ url: { user: 'writer', password: 'hunter22' } })
    expect(JSON.stringify([reply.text, reply.headers])).not.toContain('hunter22')
  })
})

describe('settings', () => {
  test.each<[string, Ask, number]>([
    ['reader, allowed', { url: { max_block_size: '100', output_format_json_quote_64bit_integers: '1' } }, 200],
    [
      'reader, driver noise',
      { url: { readonly: '2', send_progress_in_http_headers: '1', session_timeout: '5', quota_key: 'x' } },
      200,
    ],
    ['reader, of the writer', { url: { insert_deduplication_token: 'x' } }, 403],
    ['reader, widening', { url: { allow_introspection_functions: '1' } }, 403],
    ['reader, a file', { url: { format_schema: '/etc/passwd' } }, 403],
    ['reader, a filter', { url: { additional_table_filters: "{'t':'1'}" } }, 403],
    ['unknown', { url: { no_such_setting: '1' } }, 403],
    ['not even a name', { url: { 'x;y': '1' } }, 400],
    ['wrong value', { url: { max_execution_time: "1'" } }, 400],
    ['an argument in a value', { url: { join_use_nulls: '1 --readonly=0' } }, 400],
    ['session', { url: { session_id: 'x' } }, 400],
    ['block compression', { url: { compress: '1' } }, 400],
    ['no block compression', { url: { compress: '0' } }, 200],
    ['a parameter without a plain name', { url: { "param_x='1', readonly": '0' } }, 400],
    ['role', { url: { role: 'weir_writer' } }, 400],
    ['writer, allowed', { as: 'writer', url: { async_insert: '0', input_format_skip_unknown_fields: '1' } }, 200],
    ['writer, not durable', { as: 'writer', url: { async_insert: '1' } }, 400],
    ['writer, the log comment', { as: 'writer', url: { log_comment: 'x' } }, 403],
  ])('%s', async (_, what, status) => {
    const reply = await send({ query: 'SELECT 1', ...what })
    expect(reply.text + reply.status).toMatch(new RegExp(`${status}$`))
    if (status !== 200) expect(reply.text).toMatch(/^Code: \d+\. DB::Exception: .+\([A-Z_]+\) \(version /)
  })

  test('a reader may lower a limit, not raise it', async () => {
    const value = (name: string, asked: string): Promise<Reply> =>
      send({ query: `SELECT getSetting('${name}')`, url: { [name]: asked } })
    expect((await value('max_execution_time', '1')).text).toBe('1\n')
    expect((await value('max_execution_time', '3600')).text).toBe('2\n')
    expect((await value('max_execution_time', '0')).text).toBe('2\n')
    expect((await value('max_memory_usage', '99999999999999')).text).toBe('100000000\n')
  })
})

describe('errors', () => {
  test.each<[string, Ask, number, string]>([
    ['syntax', { query: 'SELEC 1' }, 400, '62'],
    ['empty', { body: ' ;; ' }, 400, '62'],
    ['unknown table', { query: 'SELECT * FROM nope' }, 404, '60'],
    ['unknown column', { query: 'SELECT nope FROM t' }, 404, '47'],
    ['unknown database', { query: 'SELECT 1', url: { database: 'nope' }, as: 'writer' }, 404, '81'],
    ['other database', { query: 'SELECT 1', url: { database: 'system' } }, 403, '497'],
    ['unknown format', { query: 'SELECT 1', url: { default_format: 'Nope' } }, 500, '73'],
    ['write by GET', { query: 'DROP TABLE t', as: 'writer' }, 403, '164'],
    ['missing parameter', { query: 'SELECT {x:String}' }, 400, '456'],
    ['a run-time error', { query: "SELECT throwIf(1, 'no')" }, 500, '395'],
    ['time', { query: 'SELECT count() FROM system.numbers' }, 408, '159'],
    [
      'memory',
      { query: 'SELECT count() FROM (SELECT groupArray(toString(number)) FROM numbers(100000000))' },
      500,
      '241',
    ],
    ['empty insert', { query: 'INSERT INTO t FORMAT CSV', body: '', as: 'writer' }, 500, '108'],
    [
      'input()',
      { query: "INSERT INTO t SELECT a, s FROM input('a UInt32, s String') FORMAT CSV", body: '1,a', as: 'writer' },
      500,
      '48',
    ],
    ['too long a statement', { body: `SELECT '${'x'.repeat(300_000)}'` }, 400, '62'],
  ])('%s', async (_, what, status, code) => {
    const reply = await send(what)
    expect([reply.status, reply.headers['x-clickhouse-exception-code']]).toEqual([status, code])
    expect(reply.text).toMatch(
      /^Code: \d+\. DB::Exception: (?!Code:).+\([A-Z_]+\) \(version [\d.]+ \(official build\)\)\n$/s,
    )
  })

  test('after the headers: the marked trailer', async () => {
    const query = "SELECT number, throwIf(number = 200000, 'late') FROM numbers(300000)"
    for (const gzip of [false, true]) {
      const reply = await send({
        query,
        url: { max_block_size: '1000' },
        ...(gzip ? { headers: { 'Accept-Encoding': 'gzip' } } : {}),
      })
      const text = gzip ? gunzipSync(reply.bytes).toString() : reply.text
      const tag = reply.headers['x-clickhouse-exception-tag'] as string
      const trailer = new RegExp(
        `\\r\\n__exception__\\r\\n${tag}\\r\\n(Code: 395[\\s\\S]*\\n)(\\d+) ${tag}\\r\\n__exception__\\r\\n$`,
      ).exec(text)
      expect(reply.status).toBe(200)
      expect(Number(trailer?.[2])).toBe(Buffer.byteLength(trailer?.[1] ?? ''))
    }
  })

  test('a result beyond its limit', async () => {
    const reply = await send({ query: "SELECT repeat('x', 1000) FROM numbers(20000)" })
    expect(reply.text.slice(-500)).toContain('Code: 396. DB::Exception: Limit for result exceeded')
    expect(reply.bytes.length).toBeLessThan(9 * MEGABYTE)
    await until('it is gone', async () => (await running('numbers(20000)')) === '0')
  })

  test('the failed row of an insert', async () => {
    const body = '1,"a"\n2,"b"\nx,"c"\n'
    const reply = await send({ query: 'INSERT INTO t FORMAT CSV', body, as: 'writer' })
    expect([reply.status, reply.headers['x-weir-failed-row']]).toEqual([400, '3'])
  })
})

describe('bodies', () => {
  const insert = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Reply> =>
    send({ query: 'INSERT INTO t FORMAT JSONEachRow', body, headers, as: 'writer' })

  test('gzip in and out', async () => {
    await run(kit.store, 'TRUNCATE TABLE t')
    const reply = await insert(gzipSync('{"a":1,"s":"zipped"}'), { 'Content-Encoding': 'gzip' })
    expect(reply.status).toBe(200)
    expect(JSON.parse(reply.headers['x-clickhouse-summary'] as string)).toMatchObject({ written_rows: '1' })
    const zipped = await send({ query: 'SELECT s FROM t', headers: { 'Accept-Encoding': 'br, gzip' } })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.bytes).toString()).toBe('zipped\n')
    const plain = await send({
      query: 'SELECT s FROM t',
      headers: { 'Accept-Encoding': 'gzip' },
      url: { enable_http_compression: '0' },
    })
    expect(plain.text).toBe('zipped\n')
  })

  test.each<[string, () => Promise<Reply>, number]>([
    ['not gzip at all', () => insert('{"a":1}', { 'Content-Encoding': 'gzip' }), 400],
    ['cut gzip', () => insert(gzipSync('{"a":1}').subarray(0, 20), { 'Content-Encoding': 'gzip' }), 400],
    ['an encoding nobody knows', () => insert('x', { 'Content-Encoding': 'zebra' }), 400],
    ['too large', () => insert(Buffer.alloc(5 * MEGABYTE, ' ')), 413],
    ['a bomb', () => insert(gzipSync(Buffer.alloc(300 * MEGABYTE, ' ')), { 'Content-Encoding': 'gzip' }), 413],
    ['too large for a reader', () => send({ body: Buffer.alloc(3 * MEGABYTE, ' ') }), 413],
  ])('%s', async (_, sent, status) => {
    const before = residentMegabytes(kit.store.pid as number)
    expect((await sent()).status).toBe(status)
    expect(residentMegabytes(kit.store.pid as number) - before).toBeLessThan(100)
  })

  test('more bodies at once than may be held: some are sent away, none is lost', async () => {
    await run(kit.store, 'TRUNCATE TABLE t')
    const body = `${JSON.stringify({ a: 1, s: 'x'.repeat(3 * MEGABYTE) })}\n`
    const replies = await Promise.all(Array.from({ length: 8 }, () => insert(body)))
    const stored = replies.filter((reply) => reply.status === 200).length
    for (const reply of replies) {
      if (reply.status !== 200) expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1'])
    }
    expect(stored).toBeGreaterThan(0)
    expect(await run(kit.store, 'SELECT count() FROM t')).toBe(String(stored))
  })

  test.each([
    ['VALUES in the body', { body: "INSERT INTO t VALUES (1, 'a;b'), (2, 'FORMAT CSV')" }, '2'],
    ['VALUES in the address', { query: 'INSERT INTO t VALUES', body: "(3, 'c')" }, '1'],
    ['data after a format in the body', { body: 'INSERT INTO t (s, a) FORMAT TSV\nä\t1\nb\t2\n' }, '2'],
    [
      'settings of its own',
      {
        query: "INSERT INTO t SETTINGS insert_deduplication_token = 'q' FORMAT CSV",
        body: '1,x\n',
        url: { optimize_on_insert: '0' },
      },
      '1',
    ],
    ['a select', { body: 'INSERT INTO t SELECT number, toString(number) FROM numbers(5)' }, '5'],
    ['a parameter', { body: 'INSERT INTO t SELECT {n:UInt32}, {s:String}', url: { param_n: '4', param_s: "q'" } }, '1'],
    ['a format of bytes', { query: 'INSERT INTO t FORMAT RowBinary', body: Buffer.from([1, 0, 0, 0, 2, 0, 255]) }, '1'],
    ['no format but a default', { query: 'INSERT INTO t', url: { default_format: 'CSV' }, body: '1,a\n2,b' }, '2'],
  ] satisfies [string, Ask, string][])('insert: %s', async (_, what, count) => {
    await run(kit.store, 'TRUNCATE TABLE t')
    const reply = await send({ as: 'writer', ...what })
    expect(reply.text).toBe('')
    expect(await run(kit.store, 'SELECT count() FROM t')).toBe(count)
  })
})

test('insert whose client leaves after the last byte is stored', async () => {
  await run(kit.store, 'TRUNCATE TABLE t')
  const rows = Array.from({ length: 20_000 }, (_, a) => JSON.stringify({ a, s: 'x'.repeat(100) })).join('\n')
  const key = kit.store.writer.password
  const socket = connect(kit.store.port, kit.store.host)
  socket.write(
    `POST /?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}&user=writer&password=${key} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(rows)}\r\n\r\n${rows}`,
    () => socket.resetAndDestroy(),
  )
  socket.on('error', () => {})
  await until('a half-sent or a whole insert', async () => socket.destroyed)
  await pause(100)
  // Whether the last byte arrived before the reset is the network's choice; it is all or nothing.
  await until('all or nothing', async () => ['0', '20000'].includes(await run(kit.store, 'SELECT count() FROM t')))
})

test('a result of any length passes in flat memory, also to a slow client', async () => {
  const pid = kit.store.pid as number
  const before = residentMegabytes(pid)
  let most = 0
  let bytes = 0
  const reply = await fetch(`${kit.store.url}/?user=writer&password=${kit.store.writer.password}`, {
    method: 'POST',
    body: "SELECT repeat('x', 1000) FROM numbers(300000)",
    headers: { 'Accept-Encoding': 'identity' },
  })
  for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (Math.floor(bytes / MEGABYTE) % 16 === 0) {
      await pause(1)
      most = Math.max(most, residentMegabytes(pid) - before)
    }
  }
  expect(bytes).toBe(300_000 * 1_001)
  expect(most).toBeLessThan(150)
})

test('a client that stops reading is let go', async () => {
  const socket = connect(kit.store.port, kit.store.host)
  socket.on('error', () => {})
  const sql = encodeURIComponent("SELECT repeat('stalled', 1000) FROM numbers(1000000)")
  socket.write(
    `GET /?user=writer&password=${kit.store.writer.password}&query=${sql} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  )
  socket.pause()
  await until('it runs', async () => (await running('stalled')) === '1')
  await until('it is ended', async () => (await running('stalled')) === '0')
  socket.destroy()
})

test('wait_end_of_query gives the summary, and an error its status', async () => {
  const good = await send({ query: 'SELECT number FROM numbers(100000)', url: { wait_end_of_query: '1' } })
  expect(JSON.parse(good.headers['x-clickhouse-summary'] as string)).toMatchObject({ result_rows: '100000' })
  const bad = await send({
    query: 'SELECT number, throwIf(number = 200000) FROM numbers(300000)',
    url: { wait_end_of_query: '1', max_block_size: '1000' },
  })
  expect(bad.status).toBe(500)
})

test('the first question of clickhouse-go', async () => {
  const reply = await send({
    body: 'SELECT displayName(), version(), revision(), timezone()',
    url: { default_format: 'Native', client_protocol_version: '54460' },
  })
  const bytes = reply.bytes
  let at = 0
  const text = (): string => {
    const length = bytes.readUInt8(at)
    at += 1 + length
    return bytes.toString('utf8', at - length, at)
  }
  expect([bytes.readUInt8(at++), bytes.readUInt8(at++)]).toEqual([4, 1])
  expect([text(), text(), text()]).toEqual(['displayName()', 'String', 'weir'])
  expect([text(), text(), text()]).toEqual(['version()', 'String', kit.store.engineVersion])
  expect([text(), text(), bytes.readUInt32LE(at)]).toEqual(['revision()', 'UInt32', 0])
  at += 4
  expect([text(), text(), text(), at]).toEqual(['timezone()', 'String', 'UTC', bytes.length])
})

test.each([
  ['JSON', 'application/json; charset=UTF-8'],
  ['JSONEachRow', 'application/x-ndjson; charset=UTF-8'],
  ['CSVWithNames', 'text/csv; charset=UTF-8'],
  ['TSV', 'text/tab-separated-values; charset=UTF-8'],
  ['PrettyCompact', 'text/plain; charset=UTF-8'],
  ['Native', 'application/octet-stream'],
  ['RowBinaryWithNamesAndTypes', 'application/octet-stream'],
  ['Parquet', 'application/octet-stream'],
  ['Arrow', 'application/octet-stream'],
  ['XML', 'application/xml; charset=UTF-8'],
])("format %s is the engine's own bytes", async (format, type) => {
  const reply = await send({
    query: 'SELECT number, toString(number) AS s FROM numbers(1000)',
    url: { default_format: format },
  })
  expect([reply.headers['content-type'], reply.headers['x-clickhouse-format']]).toEqual([type, format])
  if (format === 'Parquet') expect(reply.bytes.subarray(0, 4).toString()).toBe('PAR1')
  if (format === 'JSON') expect(JSON.parse(reply.text).rows).toBe(1000)
  if (format === 'JSONEachRow') expect(reply.text.trim().split('\n')).toHaveLength(1000)
})
