import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedFiles, partFault } from './part-files.ts'
import { startEmbeddedStore } from '../process/supervisor.ts'
import type { EmbeddedStore, StoreExit } from '../process/supervisor.ts'
import { ask, run, startTestStore, tempDirectory, until } from '../testkit.fixture.ts'
import type { Reply } from '../testkit.fixture.ts'

const TABLE = `CREATE TABLE t (
    id UInt32, text String CODEC(NONE), kind LowCardinality(String),
    INDEX by_text text TYPE bloom_filter GRANULARITY 1,
    PROJECTION counts (SELECT kind, count() GROUP BY kind),
    PROJECTION by_kind (SELECT id, kind ORDER BY kind)
  ) ENGINE = MergeTree PARTITION BY id % 2 ORDER BY id SETTINGS non_replicated_deduplication_window = 100`

const rows = (from: number, count: number, characters: number): string =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: (from + i) * 2, text: 'x'.repeat(characters), kind: `k${i % 3}` }),
  ).join('\n')

const insert = (store: EmbeddedStore, token: string, body: string): Promise<Reply> =>
  ask(store, {
    as: 'writer',
    query: 'INSERT INTO t FORMAT JSONEachRow',
    url: { insert_deduplication_token: token },
    body,
  })

/** The client of an insert comes again until it is answered. */
async function insertAtLast(store: EmbeddedStore, token: string, body: string): Promise<void> {
  await until('the insert is answered', async () => {
    const reply = await insert(store, token, body).catch(() => undefined)
    return reply?.status === 200
  })
}

/** Folders of the table's parts. */
const partsOf = (directory: string): string[] => foldersOf(directory, (name) => /^[01]_\d+_\d+_\d+$/.test(name))

function foldersOf(directory: string, wanted: (name: string) => boolean): string[] {
  const store = join(directory, 'engine', 'store')
  return readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && wanted(entry.name) && !entry.parentPath.endsWith('detached'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

const tokenLogOf = (directory: string, number = 1): string =>
  join(foldersOf(directory, (name) => name === 'deduplication_logs')[0] as string, `deduplication_log_${number}.txt`)

const count = (store: EmbeddedStore): Promise<string> => run(store, 'SELECT count(), uniqExact(id) FROM t')

describe('the files of a part', () => {
  const directory = tempDirectory()
  let part = ''
  beforeAll(async () => {
    const store = await startEmbeddedStore({ directory })
    await run(store, TABLE)
    await insertAtLast(store, 'a', rows(0, 2_000, 100))
    await store.close()
    part = partsOf(directory)[0] as string
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  const spoilt = (file: string, spoil: (path: string) => void): string | undefined => {
    const copy = join(directory, 'copy')
    cpSync(part, copy, { recursive: true })
    spoil(join(copy, file))
    const fault = partFault(copy)
    rmSync(copy, { recursive: true })
    return fault
  }
  const files = (): string[] =>
    readdirSync(part, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(part, name)).isFile())

  test('a whole part has no fault, and neither has one that is gone', () => {
    expect(partFault(part)).toBeUndefined()
    expect(partFault(join(part, 'nothing'))).toBeUndefined()
    expect([...checkedFiles(readFileSync(join(part, 'checksums.txt'))).keys()]).toContain('counts.proj')
  })

  test('every file is missed when it is empty', () => {
    expect(files().length).toBeGreaterThan(20)
    for (const file of files())
      expect(
        spoilt(file, (path) => truncateSync(path, 0)),
        file,
      ).toBeDefined()
  })

  test('a file that is cut anywhere is found', () => {
    for (const file of files().filter((name) => !name.endsWith('codec.txt')))
      for (const share of [0.2, 0.5, 0.9]) {
        const length = Math.floor(statSync(join(part, file)).size * share)
        expect(
          spoilt(file, (path) => truncateSync(path, length)),
          `${file} at ${length}`,
        ).toBeDefined()
      }
  })

  test('a file that its checksums name and that is not there', () => {
    for (const file of checkedFiles(readFileSync(join(part, 'checksums.txt'))).keys())
      expect(
        spoilt(file, (path) => rmSync(path, { recursive: true })),
        file,
      ).toContain('missing')
  })

  test('checksums of another version, or of no sense', () => {
    const write = (text: string | Buffer): string | undefined =>
      spoilt('checksums.txt', (path) => writeFileSync(path, text))
    expect(write('checksums format version: 9\n')).toContain('version 4')
    expect(write(Buffer.concat([Buffer.from('checksums format version: 4\n'), Buffer.alloc(60, 0xff)]))).toBeDefined()
  })
})

/** Files of the process beyond so many bytes fail, in the middle of a write, and the engine does not look. */
function limitFiles(store: EmbeddedStore, bytes: number): void {
  execFileSync('prlimit', ['--pid', String(store.pid), `--fsize=${bytes}:`], { stdio: 'pipe' })
}

const canLimit = ((): boolean => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'pipe' })
    return true
  } catch {
    console.error('SKIPPED: writes that fail. It needs prlimit (util-linux); nothing was shown about them here.')
    return false
  }
})()

describe.skipIf(!canLimit)('writes that fail', () => {
  const LIMIT = 64 << 10

  test('an insert that is not whole on the disk is never answered, and its repeat is stored', async () => {
    const exits: StoreExit[] = []
    const held = await startTestStore({ onExit: (exit) => exits.push(exit) })
    const { store } = held
    await run(store, TABLE)
    await insertAtLast(store, 'before', rows(0, 10, 100))
    limitFiles(store, LIMIT)
    await expect(insert(store, 'a', rows(10, 1_000, 300))).rejects.toThrow()
    await insertAtLast(store, 'a', rows(10, 1_000, 300))
    await insertAtLast(store, 'a', rows(10, 1_000, 300))
    expect(await count(store)).toBe('1010\t1010')
    expect(exits.map(({ stderr }) => stderr).join()).toMatch(/a write failed .*data\.bin has 65536 bytes of/)
    expect(store.restarts).toBe(1)
    await held.close()
  })

  test('an insert of rows that are selected, into a table without tokens', async () => {
    const held = await startTestStore()
    const { store } = held
    await run(store, 'CREATE TABLE u (id UInt64, text String CODEC(NONE)) ENGINE = MergeTree ORDER BY id')
    const sql = "INSERT INTO u SELECT number, repeat('x', 300) FROM numbers(1000)"
    limitFiles(store, LIMIT)
    await expect(run(store, sql)).rejects.toThrow()
    await until('the store is back', () =>
      run(store, 'SELECT count() FROM u').then(
        (text) => text === '0',
        () => false,
      ),
    )
    await run(store, sql)
    expect(await run(store, 'SELECT count() FROM u')).toBe('1000')
    await held.close()
  })

  test('a merge that is not whole costs nothing: what it was made of is still there', async () => {
    const held = await startTestStore()
    const { store, directory } = held
    await run(store, TABLE)
    for (const at of [0, 1, 2]) await insertAtLast(store, `m${at}`, rows(at * 100, 100, 300))
    limitFiles(store, LIMIT)
    await expect(run(store, 'OPTIMIZE TABLE t FINAL')).rejects.toThrow()
    await until('the store is back', () =>
      count(store).then(
        (text) => text === '300\t300',
        () => false,
      ),
    )
    expect(await run(store, 'SELECT sum(length(text)) FROM t')).toBe('90000')
    for (const at of [0, 1, 2]) await insertAtLast(store, `m${at}`, rows(at * 100, 100, 300))
    await run(store, 'OPTIMIZE TABLE t FINAL')
    expect(await count(store)).toBe('300\t300')
    expect(partsOf(directory).flatMap((part) => partFault(part) ?? [])).toEqual([])
    await held.close()
  })

  test('an insert after the engine has begun another log of tokens', async () => {
    const held = await startTestStore()
    const { store, directory } = held
    await run(store, TABLE.replace('window = 100', 'window = 2'))
    for (let at = 0; at < 10; at++) await insertAtLast(store, `n${at}`, rows(at, 1, 10))
    expect(existsSync(tokenLogOf(directory, 2))).toBe(true)
    limitFiles(store, LIMIT)
    await expect(insert(store, 'a', rows(100, 1_000, 300))).rejects.toThrow()
    await insertAtLast(store, 'a', rows(100, 1_000, 300))
    expect(await count(store)).toBe('1010\t1010')
    await held.close()
  })

  test('a token that cannot be written', async () => {
    const held = await startTestStore()
    const { store, directory } = held
    await run(store, TABLE)
    await insertAtLast(store, 'a', rows(0, 1, 1))
    const { size } = statSync(tokenLogOf(directory))
    // Nothing of the next line, then some of it: the part's own files are beyond the limit as well, or not.
    for (const [token, more] of Object.entries({ b: 0, c: 30 })) {
      limitFiles(store, size + more)
      await expect(insert(store, token, rows(10, 1, 1))).rejects.toThrow()
      await until('the store is back', () =>
        count(store).then(
          (text) => text === '1\t1',
          () => false,
        ),
      )
    }
    await insertAtLast(store, 'b', rows(10, 1, 1))
    await insertAtLast(store, 'a', rows(0, 1, 1))
    expect(await count(store)).toBe('2\t2')
    await held.close()
  })
})

describe('what a process that was killed leaves', () => {
  const directories: string[] = []
  const newDirectory = (): string => {
    const directory = tempDirectory()
    directories.push(directory)
    return directory
  }
  afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })))

  /** A table with two inserts of known tokens, changed by hand before the next start. */
  async function reopened(change: (part: string, log: string) => void): Promise<EmbeddedStore> {
    const directory = newDirectory()
    const first = await startEmbeddedStore({ directory })
    await run(first, TABLE)
    for (const at of [0, 1]) await insertAtLast(first, `r${at}`, rows(at * 10, 10, 10))
    await first.close()
    change(partsOf(directory)[1] as string, tokenLogOf(directory))
    return startEmbeddedStore({ directory })
  }

  async function repeated(store: EmbeddedStore): Promise<void> {
    for (const at of [0, 1, 1, 0]) await insertAtLast(store, `r${at}`, rows(at * 10, 10, 10))
    expect(await count(store)).toBe('20\t20')
    await store.close()
  }

  test('a token whose part never got its name: the repeat is stored', async () => {
    const store = await reopened((part) => rmSync(part, { recursive: true }))
    expect(await count(store)).toBe('10\t10')
    await repeated(store)
  })

  test('a token whose part is not whole', async () => {
    const store = await reopened((part) => truncateSync(join(part, 'data.bin'), 5))
    expect(await count(store)).toBe('10\t10')
    await repeated(store)
  })

  test('a token that was cut costs no rows, and hides no other token', async () => {
    const store = await reopened((_part, log) => truncateSync(log, statSync(log).size - 7))
    expect(await count(store)).toBe('20\t20')
    for (const at of [0, 2, 2, 0]) await insertAtLast(store, `r${at}`, rows(at * 10, 10, 10))
    expect(await count(store)).toBe('30\t30')
    await store.close()
  })

  test('lines that make no sense do not hide the others', async () => {
    const store = await reopened((_part, log) => {
      writeFileSync(log, `1\t0_9_9_01\n\0\0\0\n${readFileSync(log, 'utf8')}`)
    })
    expect(await count(store)).toBe('20\t20')
    await repeated(store)
  })

  test('a merge that is not whole, and neither is its projection: the engine would take it for good', async () => {
    const directory = newDirectory()
    const first = await startEmbeddedStore({ directory })
    await run(first, TABLE)
    for (const at of [0, 1]) await insertAtLast(first, `r${at}`, rows(at * 10, 10, 10))
    await run(first, 'OPTIMIZE TABLE t FINAL')
    await first.close()
    const merged = partsOf(directory).find((part) => part.endsWith('_1')) as string
    for (const file of ['data.bin', 'by_kind.proj/data.bin']) truncateSync(join(merged, file), 20)
    await repeated(await startEmbeddedStore({ directory }))
  })

  test('a token whose part was merged is kept', async () => {
    const directory = newDirectory()
    const first = await startEmbeddedStore({ directory })
    await run(first, TABLE)
    for (const at of [0, 1]) await insertAtLast(first, `r${at}`, rows(at * 10, 10, 10))
    await run(first, 'OPTIMIZE TABLE t FINAL')
    await first.close()
    for (const part of partsOf(directory).filter((name) => name.endsWith('_0'))) rmSync(part, { recursive: true })
    expect(existsSync(partsOf(directory)[0] as string)).toBe(true)
    await repeated(await startEmbeddedStore({ directory }))
  })
})
