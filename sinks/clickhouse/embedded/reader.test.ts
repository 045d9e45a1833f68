import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ask, run, startTestStore, until } from './testkit.fixture.ts'
import type { Ask, Reply, TestStore } from './testkit.fixture.ts'

/**
 * The reader against files, the network and its own limits. The evidence is not the error but the world: a file with a
 * canary in it whose content must never come back, a listener that must never be called, folders in which nothing may
 * appear, a table that must not change.
 */

const CANARY = 'kanarienvogel73'
// Other work may share the machine's two cores.
vi.setConfig({ testTimeout: 120_000 })

let kit: TestStore
let listener: Server
let calls = 0
let place = ''
let fill: (text: string) => string

beforeAll(async () => {
  kit = await startTestStore({ limits: { readerSeconds: 3, readerBytes: 300_000_000 } })
  place = join(kit.directory, 'outside')
  mkdirSync(place)
  // The same name in the engine's own folders, where a relative path would lead.
  for (const folder of [place, join(kit.directory, 'run', 'nothing'), join(kit.directory, 'engine')]) {
    for (const ending of ['csv', 'txt', 'json', 'proto', 'capnp', 'xml', 'sqlite', 'bin']) {
      writeFileSync(join(folder, `canary.${ending}`), `${CANARY}\n`)
    }
  }
  listener = createServer((socket) => {
    calls++
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"hit"\n`)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const { port } = listener.address() as AddressInfo
  fill = (text) =>
    text.replaceAll('{F}', join(place, 'canary.csv')).replaceAll('{D}', place).replaceAll('{P}', String(port))
  await run(kit.store, 'CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a')
  await run(kit.store, "INSERT INTO t VALUES (1, 'one')")
  await run(kit.store, 'CREATE DATABASE other')
  await run(kit.store, 'CREATE TABLE other.secret (s String) ENGINE = MergeTree ORDER BY s')
  await run(kit.store, `INSERT INTO other.secret VALUES ('${CANARY}')`)
  await run(
    kit.store,
    "CREATE DICTIONARY other.d (a UInt64, s String) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE 't' DB 'weir')) LIFETIME(0) LAYOUT(FLAT())",
  )
})

afterAll(async () => {
  listener?.close()
  await kit?.close()
})

const files = (): string[] =>
  ['outside', 'run', 'run/nothing', 'engine'].flatMap((folder) =>
    readdirSync(join(kit.directory, folder)).map((name) => `${folder}/${name}`),
  )

const send = (what: string | Ask): Promise<Reply> => {
  const full: Ask = typeof what === 'string' ? { body: what } : what
  return ask(kit.store, {
    ...full,
    ...(full.body === undefined ? {} : { body: fill(String(full.body)) }),
    ...(full.query === undefined ? {} : { query: fill(full.query) }),
    ...(full.url ? { url: Object.fromEntries(Object.entries(full.url).map(([k, v]) => [k, fill(v)])) } : {}),
  })
}

/** Nothing went out, nothing was left behind. */
function unharmed(before: string[]): void {
  expect(calls).toBe(0)
  expect(files()).toEqual(before)
}

test('the evidence is evidence: with the right to do it, each of them shows', async () => {
  expect(await run(kit.store, fill("SELECT file('{F}')"))).toContain(CANARY)
  expect(await run(kit.store, fill("SELECT * FROM file('{F}', 'CSV', 'a String')"))).toContain(CANARY)
  expect(await run(kit.store, "SELECT arrayMap(file, ['/etc/hostname'])")).toContain('[')
  const called = calls
  await run(kit.store, fill("SELECT * FROM url('http://127.0.0.1:{P}/', 'CSV', 'a String')")).catch(() => {})
  expect(calls).toBeGreaterThan(called)
  calls = 0
})

const ATTACKS: (string | Ask)[] = [
  // files, as tables
  "SELECT * FROM file('{F}')",
  "SELECT * FROM file('{F}', 'CSV', 'a String')",
  "SELECT * FROM file('canary.csv', 'CSV', 'a String')",
  "SELECT * FROM file('../engine/canary.csv', 'CSV', 'a String')",
  "SELECT * FROM `file`('{F}', 'LineAsString')",
  "SELECT * FROM \"file\"('{F}', 'LineAsString')",
  "SELECT * FROM fi\\x6ce('{F}')",
  "SELECT * FROM /* file */ file /**/ ('{F}')",
  "SELECT * FROM FILE('{F}', 'CSV', 'a String')",
  'SELECT * FROM `{F}`',
  "SELECT * FROM '{F}'",
  "SELECT * FROM fileCluster('default', '{F}', 'CSV', 'a String')",
  "SELECT * FROM sqlite('{D}/canary.sqlite', 't')",
  "SELECT * FROM filesystem('{D}')",
  "SELECT * FROM icebergLocal('{D}')",
  "SELECT * FROM deltaLakeLocal('{D}')",
  "SELECT * FROM (SELECT * FROM file('{F}', 'LineAsString'))",
  "WITH x AS (SELECT * FROM file('{F}', 'LineAsString')) SELECT * FROM x",
  "SELECT 1 WHERE 1 IN (SELECT line FROM file('{F}', 'LineAsString'))",
  "SELECT * FROM t JOIN file('{F}', 'LineAsString') AS f ON 1 = 1",
  "SELECT 1 UNION ALL SELECT line FROM file('{F}', 'LineAsString')",
  "SELECT * FROM view(SELECT * FROM file('{F}', 'LineAsString'))",
  "SELECT * FROM viewIfPermitted(SELECT line FROM file('{F}', 'LineAsString') ELSE null('line String'))",
  "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT file('{F}')))",
  "SELECT * FROM eval('SELECT file(''{F}'')')",
  "SELECT * FROM loop(file('{F}', 'LineAsString'))",
  "DESCRIBE TABLE file('{F}')",
  "DESC (SELECT * FROM file('{F}'))",
  "EXPLAIN SELECT * FROM file('{F}')",
  "EXPLAIN PIPELINE SELECT * FROM file('{F}', 'LineAsString')",
  "EXPLAIN ESTIMATE SELECT * FROM file('{F}', 'LineAsString')",
  "EXPLAIN QUERY TREE SELECT file('{F}')",
  "EXISTS TABLE file('{F}')",
  // files, as values
  "SELECT file('{F}')",
  "SELECT file('{F}', 'fallback')",
  "SELECT `file`('{F}')",
  'SELECT "file"(\'{F}\')',
  "SELECT f\\x69le('{F}')",
  "SELECT file /* x */ ( '{F}' )",
  "SELECT file\u00a0('{F}')",
  "SELECT arrayMap(x -> file(x), ['{F}'])",
  "SELECT arrayMap(file, ['{F}'])",
  "SELECT * APPLY file FROM (SELECT '{F}')",
  "SELECT * APPLY(file) FROM (SELECT '{F}')",
  "SELECT * APPLY(x -> file(x)) FROM (SELECT '{F}')",
  "SELECT COLUMNS('.*') APPLY(`file`) FROM (SELECT '{F}')",
  "WITH (x -> file(x)) AS f SELECT f('{F}')",
  "SELECT a FROM t ORDER BY file('{F}')",
  "SELECT a FROM t GROUP BY a HAVING file('{F}') != ''",
  "SELECT throwIf(1, file('{F}'))",
  "SELECT toUInt8(file('{F}'))",
  "SELECT CAST(file('{F}') AS UInt64)",
  "SELECT * FROM format(CSV, 'a UInt64', file('{F}'))",
  "SELECT JSONExtractKeys(file('{F}'))",
  "EXPLAIN SELECT file('{F}')",
  "EXPLAIN SYNTAX oneline = 0, run_query_tree_passes = 1 SELECT file('{F}')",
  { query: "SELECT {f:Identifier}('{F}')", url: { param_f: 'file' } },
  { query: 'SELECT file({p:String})', url: { param_p: '{F}' } },
  "SELECT catboostEvaluate('{F}', 1)",
  'SELECT showCertificate()',
  'SELECT filesystemAvailable()',
  // out into files
  "SELECT 1 INTO OUTFILE '{D}/out.csv'",
  "SELECT 1 INTO OUTFILE '{D}/out.csv' TRUNCATE FORMAT CSV",
  "SELECT 1 INTO OUTFILE '{D}/out.csv' AND STDOUT",
  "(SELECT 1) INTO OUTFILE '{D}/out.gz' COMPRESSION 'gzip'",
  "SELECT 1 AS \"x' INTO OUTFILE '{D}/out.csv\" INTO OUTFILE '{D}/out.csv'",
  "EXPLAIN SELECT 1 INTO OUTFILE '{D}/out.csv'",
  "SHOW TABLES INTO OUTFILE '{D}/out.csv'",
  "DESCRIBE TABLE t INTO OUTFILE '{D}/out.csv'",
  "INSERT INTO FUNCTION file('{D}/out.csv', 'CSV', 'a UInt8') VALUES (1)",
  'SELECT 1 FORMAT Protobuf',
  'SELECT 1 FORMAT CapnProto',
  "SELECT 1 FORMAT Template SETTINGS format_template_row = '{F}'",
  { query: 'SELECT 1', url: { default_format: 'Protobuf' } },
  { query: 'SELECT 1', url: { format_schema: '{F}:x', default_format: 'Protobuf' } },
  { query: 'SELECT 1', url: { output_format_schema: '{D}/schema.proto' } },
  // the network
  "SELECT * FROM url('http://127.0.0.1:{P}/', 'CSV', 'a String')",
  "SELECT * FROM url('http://127.0.0.1:{P}/')",
  "DESCRIBE TABLE url('http://127.0.0.1:{P}/')",
  "EXPLAIN SELECT * FROM url('http://127.0.0.1:{P}/')",
  "SELECT * FROM url('file://{F}', 'LineAsString')",
  "SELECT * FROM s3('http://127.0.0.1:{P}/b/k', 'CSV', 'a String')",
  "SELECT * FROM s3Cluster('default', 'http://127.0.0.1:{P}/b/k')",
  "SELECT * FROM gcs('http://127.0.0.1:{P}/b/k')",
  "SELECT * FROM hdfs('hdfs://127.0.0.1:{P}/x', 'CSV', 'a String')",
  "SELECT * FROM azureBlobStorage('http://127.0.0.1:{P}/', 'c', 'b', 'n', 'a2V5')",
  "SELECT * FROM remote('127.0.0.1:{P}', 'system.one')",
  "SELECT * FROM remote('127.0.0.1:{P}', view(SELECT 1))",
  "SELECT * FROM remoteSecure('127.0.0.1:{P}', system, one)",
  "SELECT * FROM cluster('default', other.secret)",
  "SELECT * FROM mysql('127.0.0.1:{P}', 'd', 't', 'u', 'p')",
  "SELECT * FROM postgresql('127.0.0.1:{P}', 'd', 't', 'u', 'p')",
  "SELECT * FROM mongodb('127.0.0.1:{P}', 'd', 't', 'u', 'p', 'a String')",
  "SELECT * FROM redis('127.0.0.1:{P}', 'k', 'k String, v String')",
  "SELECT * FROM jdbc('jdbc:mysql://127.0.0.1:{P}', 't')",
  "SELECT * FROM odbc('DSN=x', 't')",
  "SELECT * FROM executable('id', 'CSV', 'a String')",
  "SELECT hasColumnInTable('127.0.0.1:{P}', 'system', 'one', 'dummy')",
  "SELECT aiGenerate('say hello')",
  // other people's data and the engine's insides
  'SELECT * FROM other.secret',
  'SELECT * FROM `other`.`secret`',
  'SELECT (SELECT s FROM other.secret)',
  { query: 'SELECT * FROM {t:Identifier}.{u:Identifier}', url: { param_t: 'other', param_u: 'secret' } },
  { query: 'SELECT * FROM {t:Identifier}.{u:Identifier}', url: { param_t: 'system', param_u: 'processes' } },
  { query: 'SELECT * FROM {t:Identifier}', url: { param_t: 'system.processes' } },
  { query: 'SELECT * FROM processes', url: { database: 'system' } },
  { query: 'SELECT * FROM secret', url: { database: 'other' } },
  "SELECT * FROM merge('other', '.*')",
  "SELECT * FROM merge('system', 'processes')",
  "SELECT dictGet('other.d', 's', 1)",
  'SELECT * FROM dictionary(other.d)',
  'SHOW CREATE TABLE other.secret',
  'SELECT * FROM system.processes',
  'SELECT * FROM `system`.`processes`',
  'SELECT * FROM "system" . "processes"',
  'SELECT query FROM system.`proc\\x65sses`',
  'WITH p AS (SELECT * FROM system.processes) SELECT * FROM p',
  'SELECT * FROM system.users',
  'SELECT * FROM system.settings',
  'SELECT * FROM system.server_settings',
  'SELECT * FROM system.disks',
  'SELECT * FROM system.parts',
  'SELECT * FROM system.named_collections',
  'SELECT * FROM system.zookeeper',
  'SELECT * FROM information_schema.tables',
  'SELECT * FROM INFORMATION_SCHEMA.TABLES',
  'SHOW PROCESSLIST',
  'SHOW SETTINGS',
  'SHOW GRANTS',
  'SHOW USERS',
  'SHOW CREATE USER default',
  'SHOW CLUSTERS',
  'SELECT * FROM mergeTreeIndex(other, secret)',
  "SELECT * FROM mergeTreeProjection('other', 'secret', 'p')",
  "SELECT logTrace(file('{F}'))",
  'SELECT addressToLine(1)',
  'SELECT demangle(addressToSymbol(1))',
  // rights and settings
  'SET readonly = 0',
  'SET max_memory_usage = 0',
  'SET ROLE weir_writer',
  'SET ROLE ALL',
  'SET DEFAULT ROLE ALL TO default',
  'GRANT ALL ON *.* TO default',
  'REVOKE weir_reader FROM default',
  "CREATE USER x IDENTIFIED BY 'y'",
  'ALTER USER default IDENTIFIED WITH no_password',
  'SELECT 1 SETTINGS readonly = 0',
  'SELECT 1 SETTINGS max_execution_time = 0',
  "SELECT a FROM t SETTINGS additional_table_filters = {'t': 'a = 2'}",
  'SELECT * FROM (SELECT 1 SETTINGS allow_introspection_functions = 1)',
  "SELECT * FROM (SELECT getSetting('readonly') SETTINGS readonly = 0)",
  'WITH x AS (SELECT 1 SETTINGS max_threads = 1000) SELECT * FROM x',
  'SELECT 1 IN (SELECT 1 sEtTiNgS/**/max_execution_time = 0)',
  'SELECT * FROM (SELECT a FROM t SETTINGS enable_parallel_replicas = 1)',
  'EXPLAIN SELECT 1 SETTINGS max_threads = 1',
  { query: 'SELECT 1', url: { readonly: '0', allow_ddl: '1' } },
  { query: 'SELECT 1', url: { role: 'weir_writer' } },
  { query: 'SELECT 1', url: { 'param_x = 1, readonly': '0' } },
  { query: 'SELECT 1', url: { max_threads: '1 --readonly=0' } },
  { query: 'SELECT 1', url: { 'config-file': '{F}' } },
  // writing
  "INSERT INTO t VALUES (2, 'two')",
  "INSERT INTO t SELECT 2, 'two'",
  { query: 'INSERT INTO t FORMAT CSV', body: '2,two' },
  'CREATE TABLE u (a UInt8) ENGINE = Memory',
  "CREATE TABLE u ENGINE = Memory AS SELECT file('{F}')",
  "CREATE TABLE u (a String) ENGINE = File(CSV, '{F}')",
  "CREATE TABLE u (a String) ENGINE = URL('http://127.0.0.1:{P}/', CSV)",
  'CREATE TEMPORARY TABLE u (a UInt8)',
  'CREATE VIEW v AS SELECT 1',
  'CREATE DATABASE u',
  'CREATE FUNCTION f AS (x) -> file(x)',
  "CREATE DICTIONARY u (a UInt64) PRIMARY KEY a SOURCE(FILE(path '{F}' format 'CSV')) LIFETIME(0) LAYOUT(FLAT())",
  'CREATE TABLE u (a UInt8) ENGINE = Memory PARALLEL WITH CREATE TABLE v (a UInt8) ENGINE = Memory',
  'DROP TABLE t',
  'TRUNCATE TABLE t',
  'DELETE FROM t WHERE 1',
  "ALTER TABLE t UPDATE s = 'x' WHERE 1",
  'RENAME TABLE t TO u',
  'DETACH TABLE t',
  "ATTACH TABLE u FROM '{D}' (a UInt8) ENGINE = Memory",
  "BACKUP TABLE t TO File('{D}/backup')",
  "RESTORE TABLE t FROM File('{D}/backup')",
  'OPTIMIZE TABLE t FINAL',
  'SYSTEM SHUTDOWN',
  'SYSTEM DROP MARK CACHE',
  'SYSTEM RELOAD CONFIG',
  'KILL QUERY WHERE 1',
  'USE system',
  'EXPLAIN SELECT 1; DROP TABLE t',
  'SELECT 1; DROP TABLE t',
  'SELECT 1;; DROP TABLE t',
  'SELECT 1; -- x\nDROP TABLE t',
  'SELECT 1 PARALLEL WITH DROP TABLE t',
  'BEGIN TRANSACTION',
  'EXECUTE AS default SELECT 1',
  'MOVE USER default TO disk',
  'CHECK GRANT ALL ON *.*',
  'CHECK TABLE t',
  '--x\u2028DROP TABLE t',
  "SELECT '\\' INTO OUTFILE \\'{D}/out.csv' FROM t; DROP TABLE t",
]

test('the list is long and varied', () => {
  const texts = ATTACKS.map((attack) => JSON.stringify(attack))
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.length).toBeGreaterThan(150)
})

describe('attacks', () => {
  test.each(ATTACKS.map((attack) => [typeof attack === 'string' ? attack : JSON.stringify(attack), attack] as const))(
    '%s',
    async (_, attack) => {
      const before = files()
      const reply = await send(attack)
      expect(reply.text).not.toContain(CANARY)
      expect(reply.status, reply.text.slice(0, 300)).toBeGreaterThanOrEqual(400)
      expect(reply.text).toMatch(/^Code: \d+\. DB::Exception: /)
      unharmed(before)
    },
  )
})

test('nothing has changed', async () => {
  expect(await run(kit.store, 'SELECT count(), any(s) FROM t')).toBe('1\tone')
  expect(await run(kit.store, "SELECT arraySort(groupArray(name)) FROM system.tables WHERE database = 'weir'")).toBe(
    "['t']",
  )
  expect(await run(kit.store, 'SELECT currentUser(), arraySort(currentRoles())')).toBe(
    "default\t['weir_reader','weir_writer']",
  )
  expect(kit.store.restarts).toBe(0)
})

/** Runs many statements a few at a time and gives the ones whose answer holds what it must not. */
async function leaking(statements: Iterable<string>, codes = new Map<string, string>()): Promise<string[]> {
  const found: string[] = []
  const rest = statements[Symbol.iterator]()
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) {
      const reply = await send(next.value)
      codes.set(next.value, String(reply.headers['x-clickhouse-exception-code'] ?? 0))
      if (reply.text.includes(CANARY) || reply.text.includes('"hit"')) found.push(next.value)
    }
  }
  await Promise.all(Array.from({ length: 6 }, lane))
  return found
}

const namesOf = async (sql: string): Promise<string[]> => (await run(kit.store, sql)).split('\n')

test('every table function that this engine has', async () => {
  const before = files()
  const harmless = new Set([
    'numbers',
    'numbers_mt',
    'zeros',
    'zeros_mt',
    'generate_series',
    'generateSeries',
    'values',
    'null',
    'view',
    'format',
    'primes',
  ])
  const functions = (await namesOf('SELECT name FROM system.table_functions')).filter((name) => !harmless.has(name))
  expect(functions.length).toBeGreaterThan(70)
  const calls = [
    "'{F}'",
    "'{F}', 'CSV', 'a String'",
    "'http://127.0.0.1:{P}/', 'CSV', 'a String'",
    "'127.0.0.1:{P}', 'd', 't', 'u', 'p'",
    "'default', other.secret",
    'other.secret',
  ]
  const statements = functions.flatMap((name) => [
    ...calls.map((args) => `SELECT * FROM ${name}(${args})`),
    `DESCRIBE TABLE \`${name}\`('http://127.0.0.1:{P}/')`,
  ])
  const codes = new Map<string, string>()
  expect(await leaking(statements, codes)).toEqual([])
  expect([...codes].filter(([, code]) => code === '0')).toEqual([])
  unharmed(before)
})

test('every scalar function that this engine has', async () => {
  const before = files()
  // Those of these kinds only compute; a kind that is not named here is tried.
  const computing = `'Type Conversion', 'Dates and Times', 'Arrays', 'Geo', 'Geo Polygon', 'Hash', 'JSON', 'Mathematical', 'Arithmetic',
    'Map', 'IP Address', 'Comparison', 'Tuple', 'Distance', 'Random Number', 'Bitmap', 'Time Series', 'NumericIndexedVector', 'Bit',
    'UUID', 'Rounding', 'Null', 'Logical', 'Conditional', 'Financial', 'QBit', 'Time Window', 'String Search', 'String Splitting'`
  const functions = await namesOf(
    `SELECT name FROM system.functions WHERE NOT is_aggregate AND alias_to = '' AND categories NOT IN (${computing})`,
  )
  expect(functions.length).toBeGreaterThan(300)
  expect(functions).toEqual(
    expect.arrayContaining(['file', 'catboostEvaluate', 'aiEmbed', 'dictGet', 'hasColumnInTable']),
  )
  const one = (name: string): string => `SELECT \`${name}\`('{F}')`
  const codes = new Map<string, string>()
  expect(await leaking(functions.map(one), codes)).toEqual([])
  // Those that took a path, were refused, or sound like it, once more in other ways.
  const telling =
    /file|path|url|http|remote|host|dict|model|cert|eval|exec|zoo|s3|^ai|table|read|load|schema|format|disk/i
  const more = functions
    .filter((name) => ['0', '497'].includes(codes.get(one(name)) ?? '') || telling.test(name))
    .flatMap((name) => [`SELECT arrayMap(\`${name}\`, ['{F}'])`, `SELECT \`${name}\`('http://127.0.0.1:{P}/', '{F}')`])
  expect(await leaking(more)).toEqual([])
  unharmed(before)
})

describe('what a reader may do', () => {
  test.each<[string, string]>([
    ['SELECT s FROM t', 'one'],
    ["SELECT count() FROM weir.t AS x WHERE x.s = 'file('", '0'],
    ["SELECT 'SELECT * FROM file(''x'') INTO OUTFILE ''y'''", "SELECT * FROM file(\\'x\\') INTO OUTFILE \\'y\\'"],
    ['SELECT sum(number) FROM numbers(10)', '45'],
    ['SELECT name FROM system.tables WHERE database = currentDatabase()', 't'],
    ["SELECT name FROM system.columns WHERE database = 'weir' AND table = 't' ORDER BY name", 'a\ns'],
    ['SELECT count() > 0 FROM system.functions', '1'],
    ["SELECT name FROM system.databases WHERE name = 'weir'", 'weir'],
    ['SHOW CREATE TABLE t FORMAT TSVRaw', 'CREATE TABLE'],
    ['WITH x AS (SELECT a FROM t) SELECT a FROM x', '1'],
    ['EXPLAIN SELECT a FROM t', ''],
    ['SELECT t.a AS system FROM t', '1'],
    ['SELECT x.file FROM (SELECT 1 AS y, tuple(2) AS x) AS z', ''],
  ])('%s', async (sql, start) => {
    const reply = await send(sql)
    if (start !== '') expect(reply.text.startsWith(start), reply.text.slice(0, 300)).toBe(true)
  })

  test('only tables of its own are listed', async () => {
    expect(await run(kit.store, "SELECT count() FROM system.tables WHERE database = 'other'", 'reader')).toBe('0')
  })

  test.each<[string, string]>([
    ['SELECT count() FROM system.numbers', '159'],
    ['SELECT sleepEachRow(1) FROM numbers(100)', '160'],
    ['SELECT length(groupArray(repeat(toString(number), 100))) FROM numbers(20000000)', '159 241'],
    ['SELECT count() FROM numbers(1000000000) AS a CROSS JOIN numbers(1000000000) AS b', '159 241'],
    ["SELECT repeat('x', 1000000000)", '241'],
    [`SELECT ${'('.repeat(3_000)}1${')'.repeat(3_000)}`, '306'],
    [`SELECT ${Array.from({ length: 60_000 }, () => '1').join('+')}`, '167'],
  ])('bombs are stopped: %.60s', async (sql, code) => {
    const reply = await send(sql)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(code.split(' '), reply.text.slice(0, 200)).toContain(reply.headers['x-clickhouse-exception-code'])
    await until('the store answers', async () => (await run(kit.store, 'SELECT 1')) === '1')
  })
})
