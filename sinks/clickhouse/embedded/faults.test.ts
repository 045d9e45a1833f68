import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runnable } from '../../../core/runnable.ts'
import { isRunning, markOf } from './process/processes.ts'
import { startEmbeddedStore } from './process/supervisor.ts'
import type { StoreExit } from './process/supervisor.ts'
import { ask, residentMegabytes, run, startTestStore, tempDirectory, until } from './testkit.fixture.ts'
import type { Reply, TestStore } from './testkit.fixture.ts'

/** What the store promises when processes die, freeze, come twice or run out of room. */

// Other work may share the machine's two cores.
vi.setConfig({ testTimeout: 120_000 })

const exits: StoreExit[] = []
let kit: TestStore

beforeAll(async () => {
  process.env.OTEL_SERVICE_NAME = 'somebody-else'
  process.env.NODE_OPTIONS = '--no-warnings'
  kit = await startTestStore({ onExit: (exit) => exits.push(exit) })
  await run(
    kit.store,
    `CREATE TABLE batches (batch UInt32, row UInt32, text String) ENGINE = MergeTree ORDER BY (batch, row)
     SETTINGS non_replicated_deduplication_window = 10000`,
  )
})

afterAll(async () => {
  delete process.env.OTEL_SERVICE_NAME
  delete process.env.NODE_OPTIONS
  await kit?.close()
})

const bodyOf = (batch: number, rows = 100): string =>
  Array.from({ length: rows }, (_, row) =>
    JSON.stringify({ batch, row, text: `text ${batch} ${row} `.repeat(20) }),
  ).join('\n')

const insert = (batch: number, signal?: AbortSignal): Promise<Reply> =>
  ask(kit.store, {
    as: 'writer',
    query: 'INSERT INTO batches FORMAT JSONEachRow',
    url: { insert_deduplication_token: `batch-${batch}` },
    body: bodyOf(batch),
    ...(signal ? { signal } : {}),
  })

/** As the sink does: again under the same token until the store says yes. */
async function insertUntilStored(batch: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const reply = await insert(batch).catch(() => undefined)
    if (reply?.status === 200) return
    await pause(25)
  }
  throw new Error(`batch ${batch} was never stored`)
}

const counts = (from: number, to: number): Promise<string> =>
  run(kit.store, `SELECT count(), uniqExact(batch, row) FROM batches WHERE batch BETWEEN ${from} AND ${to}`)

test('the child is lean, private, and knows nothing of the application', () => {
  const pid = kit.store.pid as number
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
  expect(environment).not.toMatch(/OTEL_|NODE_OPTIONS/)
  expect(environment + readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(kit.store.writer.password)
  expect(residentMegabytes(pid)).toBeLessThan(330)
  expect(statSync(kit.directory).mode & 0o777).toBe(0o700)
  expect(kit.store.writer.password.length).toBeGreaterThan(20)
})

test('kill -9 amid batches, all of them sent again: each row once', async () => {
  const { port } = kit.store
  let killed = 0
  const rounds = 4
  const killer = async (): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      await until('a child serves', () => kit.store.pid !== undefined && kit.store.restarts === killed)
      await pause(60 + round * 45)
      process.kill(kit.store.pid as number, 'SIGKILL')
      killed++
    }
  }
  const lane = async (l: number): Promise<void> => {
    for (let i = 0; i < 20 || kit.store.restarts < rounds; i++) await insertUntilStored(l * 100 + (i % 20))
  }
  await Promise.all([killer(), ...Array.from({ length: 4 }, (_, l) => lane(l))])
  // What was acknowledged is sent again after it all, too.
  await Promise.all(Array.from({ length: 80 }, (_, i) => insertUntilStored(Math.floor(i / 20) * 100 + (i % 20))))
  expect(await counts(0, 399)).toBe('8000\t8000')
  expect(await run(kit.store, 'CHECK TABLE batches')).toContain('1')
  expect([kit.store.restarts, kit.store.port]).toEqual([rounds, port])
  expect(exits.filter((exit) => exit.signal === 'SIGKILL')).toHaveLength(rounds)
})

test('a frozen child that thaws after the sender gave up and came again: once', async () => {
  const pid = kit.store.pid as number
  process.kill(pid, 'SIGSTOP')
  const tries: Promise<unknown>[] = []
  for (let i = 0; i < 4; i++) tries.push(insert(1_000, AbortSignal.timeout(150)).catch(() => {}))
  await Promise.all(tries)
  const late = insertUntilStored(1_000)
  await pause(100)
  process.kill(pid, 'SIGCONT')
  await late
  await until('all is in', async () => (await counts(1_000, 1_000)) === '100\t100')
  await pause(200)
  expect(await counts(1_000, 1_000)).toBe('100\t100')
  expect(kit.store.pid).toBe(pid)
})

test('one token from many connections at once: once', async () => {
  await Promise.all(Array.from({ length: 16 }, () => insertUntilStored(2_000)))
  expect(await counts(2_000, 2_000)).toBe('100\t100')
})

test('Ctrl-C does not reach the child; SIGTERM lets what runs come to its end, and it comes back', async () => {
  const pid = kit.store.pid as number
  process.kill(pid, 'SIGINT')
  await pause(100)
  expect(kit.store.pid).toBe(pid)
  const before = kit.store.restarts
  const sent = Array.from({ length: 8 }, (_, i) => insert(3_000 + i).catch(() => undefined))
  await pause(20)
  process.kill(pid, 'SIGTERM')
  const stored = (await Promise.all(sent)).filter((reply) => reply?.status === 200).length
  await until('it is back', () => kit.store.restarts > before)
  const [rows, unique] = (await counts(3_000, 3_007)).split('\t').map(Number)
  expect(rows).toBe(unique)
  expect(rows).toBeGreaterThanOrEqual(stored * 100)
  expect(exits.at(-1)).toMatchObject({ pid, code: 0, restartInMs: expect.any(Number) })
})

describe('one directory', () => {
  test('a second store in the same process, and a second process', async () => {
    const second = startEmbeddedStore({ directory: kit.directory })
    await expect(second).rejects.toMatchObject({ code: 'WEIR_STORE_BUSY' })
    await expect(second).rejects.toThrow(`process ${process.pid}`)
    expect(await run(kit.store, 'SELECT 1')).toBe('1')
  })

  test('a directory whose engine somebody else holds', async () => {
    const directory = tempDirectory()
    mkdirSync(join(directory, 'engine'), { recursive: true })
    const holder = parent(`
      const { loadEngine } = await import(${url('./engine/engine.ts')})
      loadEngine(process.platform, process.arch).CreateConnection(${JSON.stringify(join(directory, 'engine'))}, [])
      console.log(JSON.stringify({ pid: process.pid }))
      setInterval(() => {}, 1000)`)
    await said(holder)
    await expect(startEmbeddedStore({ directory })).rejects.toMatchObject({ code: 'WEIR_STORE_BUSY' })
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const after = await startEmbeddedStore({ directory })
    await after.close()
    rmSync(directory, { recursive: true })
  })

  test('a file that names a process which is somebody else by now', async () => {
    const directory = tempDirectory()
    const stranger = spawn('sleep', ['60'])
    const mark = { ...markOf(stranger.pid as number), started: 'long ago' }
    for (const file of ['owner.json', 'child.json']) writeFileSync(join(directory, file), JSON.stringify(mark))
    const store = await startEmbeddedStore({ directory })
    expect(stranger.exitCode).toBeNull()
    await store.close()
    expect(stranger.exitCode).toBeNull()
    stranger.kill()
    rmSync(directory, { recursive: true })
  })

  test.each([['nonsense'], ['{"pid":1,"started":"x"}']])('a file that holds %j', async (text) => {
    const directory = tempDirectory()
    for (const file of ['owner.json', 'child.json']) writeFileSync(join(directory, file), text)
    const store = await startEmbeddedStore({ directory })
    await store.close()
    rmSync(directory, { recursive: true })
  })
})

const url = (file: string): string => JSON.stringify(pathToFileURL(runnable(file, import.meta.url)).href)

/** A process that keeps a store, as `weir up` does. */
function parent(code: string): ChildProcess {
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return process_
}

const keeper = (directory: string): ChildProcess =>
  parent(`
    const { startEmbeddedStore } = await import(${url('./index.ts')})
    const store = await startEmbeddedStore({ directory: ${JSON.stringify(directory)}, writer: { password: 'known' } })
    console.log(JSON.stringify({ pid: store.pid, url: store.url }))`)

async function said(from: ChildProcess): Promise<{ pid: number; url: string }> {
  const [line] = (await once(from.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer]
  return JSON.parse(line.toString())
}

describe('the parent goes', () => {
  test('kill -9: the child goes with it, and the rows stay', async () => {
    const directory = tempDirectory()
    const process_ = keeper(directory)
    const { pid, url: address } = await said(process_)
    const mark = markOf(pid)
    const write = (sql: string): Promise<Response> =>
      fetch(`${address}/?user=writer&password=known`, { method: 'POST', body: sql })
    await write('CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a')
    expect((await write('INSERT INTO t VALUES (1)')).status).toBe(200)
    process_.kill('SIGKILL')
    await until('the child is gone', () => !mark || !isRunning(mark))
    const next = await startEmbeddedStore({ directory })
    expect(await run(next, 'SELECT a FROM t')).toBe('1')
    await next.close()
    rmSync(directory, { recursive: true })
  })

  test('kill -9 while the child is frozen: the next start ends it', async () => {
    const directory = tempDirectory()
    const process_ = keeper(directory)
    const { pid } = await said(process_)
    const mark = markOf(pid)
    process.kill(pid, 'SIGSTOP')
    process_.kill('SIGKILL')
    await once(process_, 'exit')
    expect(mark && isRunning(mark)).toBe(true)
    const next = await startEmbeddedStore({ directory })
    expect(mark && isRunning(mark)).toBe(false)
    await next.close()
    rmSync(directory, { recursive: true })
  })
})

describe('start and stop', () => {
  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const directory = tempDirectory()
    const failed = startEmbeddedStore({ directory, port })
    await expect(failed).rejects.toMatchObject({ code: 'WEIR_LISTEN_FAILED' })
    await expect(failed).rejects.toThrow(`127.0.0.1:${port}`)
    taken.close()
    // A failed start leaves nothing behind that would stop the next.
    const store = await startEmbeddedStore({ directory, port })
    expect(store.port).toBe(port)
    await Promise.all([store.close(), store.close()])
    await store.close()
    rmSync(directory, { recursive: true })
  })

  test('a deadline that is too short, and a directory that is none', async () => {
    const directory = tempDirectory()
    await expect(startEmbeddedStore({ directory, startMs: 1 })).rejects.toThrow('not ready within 1 ms')
    writeFileSync(join(directory, 'file'), '')
    await expect(startEmbeddedStore({ directory: join(directory, 'file') })).rejects.toThrow()
    rmSync(directory, { recursive: true })
  })

  test('close while the child is frozen, and while it is being restarted', async () => {
    const frozen = await startTestStore({ drainMs: 200 })
    const pid = frozen.store.pid as number
    const mark = markOf(pid)
    process.kill(pid, 'SIGSTOP')
    await frozen.close()
    expect(mark && isRunning(mark)).toBe(false)
    for (const wait of [0, 120]) {
      const restarting = await startTestStore()
      process.kill(restarting.store.pid as number, 'SIGKILL')
      await pause(wait)
      await restarting.close()
      expect(restarting.store.pid).toBeUndefined()
    }
  })

  test('close lets a running insert end', async () => {
    const closing = await startTestStore()
    await run(closing.store, 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a')
    const sent = ask(closing.store, {
      as: 'writer',
      body: 'INSERT INTO t SELECT number FROM numbers(2000000) WHERE NOT ignore(sleepEachRow(0.0000001))',
    })
    await pause(100)
    await Promise.all([closing.store.close(), sent.then((reply) => expect(reply.status).toBe(200))])
    const again = await startEmbeddedStore({ directory: closing.directory })
    expect(await run(again, 'SELECT count() FROM t')).toBe('2000000')
    await again.close()
    await closing.close()
  })
})

describe('no room', () => {
  const directory = tempDirectory()
  let mounted = false
  beforeAll(() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', directory], { stdio: 'pipe' })
      mounted = true
    } catch {
      console.error('SKIPPED: disk full. It needs the right to mount a tmpfs (root); nothing was shown about it here.')
    }
  })
  afterAll(() => {
    if (mounted) execFileSync('umount', ['-l', directory])
    rmSync(directory, { recursive: true, force: true })
  })

  test('a full disk is an error, not a crash, and costs nothing that was acknowledged', async ({ skip }) => {
    if (!mounted) skip('no right to mount a tmpfs')
    const store = await startEmbeddedStore({ directory })
    await run(store, 'CREATE TABLE t (a UInt32, s String CODEC(NONE)) ENGINE = MergeTree ORDER BY a')
    let stored = 0
    let failed: Reply | undefined
    for (let i = 0; i < 100 && !failed; i++) {
      const body = Array.from({ length: 500 }, () => JSON.stringify({ a: i, s: 'x'.repeat(5_000) })).join('\n')
      const reply = await ask(store, { as: 'writer', query: 'INSERT INTO t FORMAT JSONEachRow', body })
      if (reply.status === 200) stored += 500
      else failed = reply
    }
    expect(failed?.status).toBe(500)
    expect(failed?.headers['x-clickhouse-exception-code']).toBe('243')
    expect(failed?.text).toContain('MiB are free where the embedded store keeps its data')
    expect(await run(store, 'SELECT count() FROM t')).toBe(String(stored))
    writeFileSync(join(directory, 'filler'), Buffer.alloc(8 << 20))
    await expect(run(store, 'CREATE TABLE u (a UInt8) ENGINE = MergeTree ORDER BY a')).rejects.toThrow('MiB are free')
    await expect(run(store, 'ALTER TABLE t ADD COLUMN b UInt8')).rejects.toThrow('MiB are free')
    await run(store, "ALTER TABLE t DROP PARTITION ID 'no such'").catch((error: Error) => {
      expect(error.message).not.toContain('MiB are free')
    })
    expect(store.restarts).toBe(0)
    await store.close()
    const again = await startEmbeddedStore({ directory })
    expect(await run(again, 'SELECT count() FROM t')).toBe(String(stored))
    rmSync(join(directory, 'filler'))
    await run(again, 'ALTER TABLE t ADD COLUMN b UInt8')
    await again.close()
  })
})
