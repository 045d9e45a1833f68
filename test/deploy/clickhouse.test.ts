import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answered, Asked } from './engine-user.fixture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const usersXml = readFileSync(join(root, 'deploy/clickhouse/users.xml'), 'utf8')
const configXml = readFileSync(join(root, 'deploy/clickhouse/config.xml'), 'utf8')
const program = join(root, 'dist/test/deploy/engine-user.fixture.js')

const USERS = ['weir_migrator', 'weir_writer', 'weir_reader'] as const
type User = (typeof USERS)[number]

const folder = mkdtempSync(join(tmpdir(), 'weir-deploy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Only a server knows this constraint: what Grafana sends along under readonly=1 is not tried here. */
const CHANGEABLE = /<(\w+)>\s*<changeable_in_readonly \/>[^]*?<\/\1>/g

/** The engine lets everybody in as `default`; here `default` is the user of deploy/, with its role, profile and nothing else. */
function configFor(user: User): string {
  const [, body] = new RegExp(`<${user}>([^]*?)</${user}>`).exec(usersXml) ?? []
  if (body === undefined) throw new Error(`users.xml has no ${user}`)
  const withoutPassword = body.replace(/<password_sha256_hex .*\/>/, '<password></password>')
  const users = usersXml
    .replaceAll(CHANGEABLE, '')
    .replace('<profiles>', '<profiles><default/>')
    .replace('<users>', `<quotas><default/></quotas><users><default>${withoutPassword}</default>`)
  const usersFile = join(folder, `${user}.users.xml`)
  writeFileSync(usersFile, users)
  const files = join(folder, 'no-files')
  mkdirSync(files, { recursive: true })
  const config = configXml
    .replace('<clickhouse>', `<clickhouse><users_config>${usersFile}</users_config>`)
    .replace(/<user_files_path>.*<\/user_files_path>/, `<user_files_path>${files}/</user_files_path>`)
  const file = join(folder, `${user}.config.xml`)
  writeFileSync(file, config)
  return file
}

const passwords = Object.fromEntries(
  ['MIGRATOR', 'WRITER', 'READER'].map((name) => [`WEIR_${name}_SHA256`, hash('sha256', 'secret', 'hex')]),
)

function as(
  user: User,
  work: Asked['work'],
  statements: readonly string[],
  secrets: Record<string, string> = passwords,
): Answered {
  const asked: Asked = { directory: join(folder, 'data'), configFile: configFor(user), work, statements }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    env: { ...process.env, ...secrets },
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(`${user}: ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Answered
}

const DENIED = /Not enough privileges|READONLY|SETTING_CONSTRAINT_VIOLATION/

/** What no user of Weir may do. */
const FOREIGN = [
  'SELECT name FROM system.users',
  'SELECT name FROM system.settings_profiles',
  "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
  "SELECT * FROM file('/etc/passwd', 'LineAsString')",
  "SELECT * FROM remote('127.0.0.1:1', 'system.one')",
  "SELECT * FROM s3('http://127.0.0.1:1/bucket/x', 'k', 's', 'LineAsString', 'line String')",
  "INSERT INTO FUNCTION file('x.csv', 'CSV', 'x String') SELECT 'x'",
  'CREATE USER mallory',
  'GRANT SELECT ON *.* TO default',
  'CREATE DATABASE other',
  'DROP TABLE weir.interactions',
  'TRUNCATE TABLE weir.interactions',
  'ALTER TABLE weir.interactions DELETE WHERE 1',
  'ALTER TABLE weir.ledger UPDATE stored = 0 WHERE 1',
  'DELETE FROM weir.findings WHERE 1',
  'SYSTEM SHUTDOWN',
  'SELECT wrapped FROM weir.data_keys',
]

const REFUSED: Readonly<Record<User, readonly string[]>> = {
  weir_migrator: [...FOREIGN, 'SELECT sealed FROM weir.originals', 'INSERT INTO weir.ledger (topic) VALUES (1)'],
  weir_writer: [
    ...FOREIGN,
    "ALTER TABLE weir.dead_letters UPDATE reason = '' WHERE 1",
    'ALTER TABLE weir.dead_letters DELETE WHERE 1',
    'CREATE TABLE weir.other (a Int8) ENGINE = Memory',
    "INSERT INTO weir.schema_migrations (name) VALUES ('x')",
    "INSERT INTO weir.data_keys (key_id) VALUES ('x')",
    "INSERT INTO weir.control_log (id) VALUES ('x')",
    "INSERT INTO weir.findings (id) SETTINGS async_insert = 1 VALUES ('x')",
  ],
  weir_reader: [
    ...FOREIGN,
    'SELECT sealed FROM weir.originals',
    'SELECT count() FROM weir.originals',
    'SELECT sealed FROM weir.dead_letters',
    'SELECT state FROM weir.monitor_state',
    "INSERT INTO weir.findings (id) VALUES ('x')",
    'CREATE TEMPORARY TABLE x (a Int8)',
    'SET readonly = 0',
    'SET max_memory_usage = 0',
    "SELECT 1 SETTINGS additional_table_filters = {'weir.findings': '1'}",
  ],
}

/** What the writer stored in this test, as the reader sees it. */
const READABLE: Readonly<Record<string, unknown>> = {
  'SELECT count() AS n FROM weir.interactions': 1,
  'SELECT count() AS n FROM weir.findings': 2,
  'SELECT sum(stored) + sum(dead) AS n FROM weir.ledger WHERE stored + dead = 2': 2,
  'SELECT count() AS n FROM weir.leaks': 2,
  'SELECT sum(calls) AS n FROM weir.release_health': 1,
  'SELECT sum(calls) AS n FROM weir.drift_timeline': 1,
  'SELECT sum(calls) AS n FROM weir.source_use': 1,
  'SELECT count() AS n FROM weir.conversation': 1,
  'SELECT count() AS n FROM weir.incidents': 0,
  'SELECT count() AS n FROM weir.actions': 0,
  'SELECT count() AS n FROM weir.control_log': 0,
}

function notRefused(user: User, { statements }: Answered): string[] {
  const tried = REFUSED[user].map((sql, index) => ({ sql, ...statements[index] }))
  return tried.filter(({ error = '' }) => !DENIED.test(error)).map((one) => JSON.stringify(one))
}

describe("Weir's users of a ClickHouse server", () => {
  let migrator: Answered
  let writer: Answered
  let reader: Answered
  beforeAll(() => {
    migrator = as('weir_migrator', 'migrate', REFUSED.weir_migrator)
    writer = as('weir_writer', 'write', REFUSED.weir_writer)
    reader = as('weir_reader', 'nothing', [...REFUSED.weir_reader, ...Object.keys(READABLE)])
  })

  test('the migrator brings the schema up to date', () => expect(migrator.work).toBe('done'))
  test('the writer does all that `weir run` does', () => expect(writer.work).toBe('done'))
  test('the migrator does nothing else', () => expect(notRefused('weir_migrator', migrator)).toEqual([]))
  test('the writer does nothing else', () => expect(notRefused('weir_writer', writer)).toEqual([]))
  test('the reader does nothing else', () => expect(notRefused('weir_reader', reader)).toEqual([]))

  test('the reader sees what is masked', () => {
    const seen = reader.statements.slice(REFUSED.weir_reader.length)
    const wanted = Object.values(READABLE).map((n) => ({ rows: JSON.stringify([{ n }]) }))
    expect(seen).toEqual(wanted)
  })

  test('without a password there is no server', () => {
    const { WEIR_READER_SHA256: _reader, ...others } = passwords
    expect(() => as('weir_reader', 'nothing', [], others)).toThrow(/connection/)
  })

  test('every grant is on one of our tables and views, and none of the reader is on what is sealed', () => {
    const tables = new Set(
      readdirSync(join(root, 'schemas/clickhouse')).flatMap((name) => {
        const sql = readFileSync(join(root, 'schemas/clickhouse', name), 'utf8')
        return [...sql.matchAll(/CREATE (?:TABLE|VIEW) IF NOT EXISTS \{database\}\.(\w+)/g)].map(([, table]) => table)
      }),
    )
    const grants = [...usersXml.matchAll(/<query>GRANT [A-Za-z, ()]+ ON weir\.(\S+)<\/query>/g)].map(
      ([, table]) => table,
    )
    expect(grants.filter((table) => table !== '*' && table !== 'schema_migrations' && !tables.has(table))).toEqual([])
    const [, ofReader = ''] = /<weir_reader_role>([^]*?)<\/weir_reader_role>/.exec(usersXml) ?? []
    expect(ofReader).not.toMatch(/originals|dead_letters|data_keys|monitor_state|\*/)
  })
})
