import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { engineError, identifier, literal } from '../engine/engine.ts'
import type { Engine } from '../engine/engine.ts'
import { admit, refusedNames, shapeOf } from '../rights/gate.ts'
import { Lane } from '../engine/lane.ts'
import { takeDirectory } from '../process/lock.ts'
import { multipartFields } from '../serving/multipart.ts'
import { DEFAULT_LIMITS } from '../options.ts'
import { drainPipe, Pipes } from '../engine/pipes.ts'
import { markOf } from '../process/processes.ts'
import { allowSettings } from '../rights/settings.ts'
import { tokens } from '../rights/sql.ts'
import { StoreEngine } from '../store.ts'
import { tempDirectory } from '../testkit.fixture.ts'

/** The parts that can be shown without an engine. */

describe('errors of the engine', () => {
  test.each([
    ['Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE)', 60, 'UNKNOWN_TABLE', 'Table x does not exist'],
    [
      'Code: 164. DB::Exception: Code: 164. DB::Exception: No. (READONLY) (version 26.7.2.1). (READONLY)',
      164,
      'READONLY',
      'No',
    ],
    [
      'Code: 27. DB::Exception: Bad (at row 3)\n: While reading. (CANNOT_PARSE) (version 1.2 (official build))',
      27,
      'CANNOT_PARSE',
      'Bad (at row 3)\n: While reading',
    ],
    ['Trouble\nCode: 76. DB::Exception: Locked. (CANNOT_OPEN_FILE)', 76, 'CANNOT_OPEN_FILE', 'Locked'],
    ['no code at all', 1002, 'UNKNOWN_EXCEPTION', 'no code at all'],
    ['Code: 1. DB::Exception: no label', 1, 'UNKNOWN_EXCEPTION', 'no label'],
  ])('%j', (text, code, label, message) => {
    expect(engineError(new Error(text))).toMatchObject({ code, label, message })
  })
})

test('a literal or an identifier never ends before its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect([...tokens(literal(text))].map((token) => token.kind)).toEqual(['string'])
      expect([...tokens(identifier(text))].map((token) => token.kind)).toEqual(['quoted'])
    }),
  )
})

test('tokens cover a text in order, whatever it is, in linear time', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: fc.constantFrom(...Array.from('ab\'"`\\/*-# \n().;\u00a0')) }),
      (text) => {
        let at = 0
        for (const token of tokens(text)) {
          expect(token.start).toBeGreaterThanOrEqual(at)
          expect(text.slice(token.start, token.end)).toBe(token.text)
          at = token.end
        }
      },
    ),
  )
  const start = performance.now()
  for (const text of ["'".repeat(200_000), '/*'.repeat(100_000), '`\\'.repeat(100_000)])
    expect([...tokens(text)].length).toBeGreaterThan(0)
  expect(performance.now() - start).toBeLessThan(5_000)
})

describe('the gate', () => {
  const refused = refusedNames(['file', 'aiEmbed', 'AIEmbed', 'air', 'concat'], ['file', 'url', 'numbers', 'tomorrow'])
  const reading = { statementCount: 1, queryClass: 0 }

  test('what it takes and what it refuses', () => {
    for (const sql of [
      'SELECT 1',
      'SELECT air, x.file FROM t',
      "SELECT 'SETTINGS file('",
      'SELECT * FROM numbers(1)',
      'SELECT url FROM t',
      'SELECT x.`system`.processes FROM x',
    ]) {
      expect(() => admit(sql, reading, refused), sql).not.toThrow()
    }
    for (const sql of [
      'SELECT file',
      'SELECT `file`',
      'SELECT aiembed()',
      'SELECT * FROM tomorrow()',
      'SELECT 1 SETTINGS a = 1',
      'SELECT 1 -- x',
      'SELECT catboostEvaluate',
      'SHOW GRANTS',
      'SYSTEM RELOAD',
      'SELECT * FROM SYSTEM.x',
    ]) {
      expect(() => admit(sql, reading, refused), sql).toThrow(/^reader: /)
    }
    expect(() => admit('SELECT 1', { statementCount: 2, queryClass: 0 }, refused)).toThrow()
    expect(() => admit('SELECT 1', { statementCount: 1, queryClass: 4 }, refused)).toThrow()
  })

  test('a statement that is not held back stops the start', async () => {
    const directory = tempDirectory()
    const yes = { bytes: Buffer.from('x\n'), elapsed: 0, rowsRead: 0, bytesRead: 0 }
    const open: Engine = {
      CreateConnection: () => ({}),
      CloseConnection: () => {},
      QueryAsyncConnection: () => Promise.resolve(yes),
      InsertRawAsyncConnection: () => Promise.reject(new Error('unused')),
      DurableClassifyAsync: () => Promise.reject(new Error('unused')),
    }
    mkdirSync(join(directory, 'run'))
    const settings = {
      dataDirectory: join(directory, 'engine'),
      runDirectory: join(directory, 'run'),
      host: '127.0.0.1',
      port: 0,
      hostNames: [],
      database: 'weir',
      writer: { user: 'writer', password: 'x' },
      reader: { user: 'reader' },
      limits: DEFAULT_LIMITS,
    }
    await expect(StoreEngine.start(open, settings, () => {})).rejects.toThrow(
      'the read-only user is not held back from',
    )
    rmSync(directory, { recursive: true })
  })
})

test.each([
  ['SELECT 1', 'SELECT 1', undefined, '', true],
  ['SELECT 1 FORMAT JSON', 'SELECT 1', 'JSON', '', true],
  ['SELECT 1 FORMAT `Null`', 'SELECT 1', 'Null', '', true],
  ['SELECT 1 FORMAT JSON SETTINGS a = 1', 'SELECT 1', 'JSON', ' SETTINGS a = 1', true],
  ['SELECT 1 AS FORMAT FORMAT CSV', 'SELECT 1 AS FORMAT', 'CSV', '', true],
  ['SELECT a FROM t ORDER BY FORMAT DESC', 'SELECT a FROM t ORDER BY FORMAT DESC', undefined, '', true],
  ["SELECT ' FORMAT CSV'", "SELECT ' FORMAT CSV'", undefined, '', true],
  ['SHOW TABLES FORMAT CSV', 'SHOW TABLES', 'CSV', '', false],
])('shape of %s', (canon, select, format, tail, streams) => {
  expect(shapeOf(canon)).toEqual({ select, format, tail, streams })
})

describe('settings', () => {
  const allow = (name: string, value: string, role: 'reader' | 'writer' = 'writer'): string | undefined =>
    allowSettings(new Map([[name, value]]), role, DEFAULT_LIMITS).get(name)

  test('names and values', () => {
    expect(allow('insert_deduplication_token', "a'; --")).toBe("a'; --")
    expect(allow('exclude_materialize_skip_indexes_on_insert', 't,u')).toBe('t,u')
    expect(allow('max_memory_usage', '0', 'reader')).toBe(String(DEFAULT_LIMITS.readerBytes))
    expect(allow('max_memory_usage', '5', 'reader')).toBe('5')
    expect(allow('max_memory_usage', '0')).toBe('0')
    for (const name of ['constructor', '__proto__', 'toString', 'config-file', 'readonly ']) {
      expect(() => allow(name, '1'), name).toThrow()
    }
  })

  test('no value can become another argument of the engine', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        try {
          expect(allow('max_threads', value)).toMatch(/^\d+$/)
        } catch (error) {
          expect(error).toMatchObject({ code: 36 })
        }
      }),
    )
  })
})

describe('multipart', () => {
  const body = (fields: [string, string][], mark = 'xx'): Buffer =>
    Buffer.from(
      `${fields.map(([name, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${mark}--\r\n`,
    )
  const type = 'multipart/form-data; boundary=xx'

  test('what goes in comes out', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\r\n--xx')),
        (value) => {
          expect(
            multipartFields(
              body([
                ['query', 'SELECT 1'],
                ['param_x', value],
              ]),
              type,
            ),
          ).toEqual(
            new Map([
              ['query', 'SELECT 1'],
              ['param_x', Buffer.from(value).toString()],
            ]),
          )
        },
      ),
    )
  })

  test.each([
    ['no boundary', body([]), 'multipart/form-data'],
    ['no end', Buffer.from('--xx\r\n'), type],
    ['another field', body([['settings', 'x']]), type],
    [
      'a file',
      Buffer.from('--xx\r\nContent-Disposition: form-data; name="param_x"; filename="y"\r\n\r\nz\r\n--xx--'),
      type,
    ],
    ['no header', Buffer.from('--xx\r\nhello\r\n--xx--'), type],
    ['too many', body(Array.from({ length: 1_100 }, (_, i) => [`param_${i}`, ''])), type],
  ])('%s', (_, bytes, contentType) => {
    expect(() => multipartFields(bytes, contentType)).toThrow('multipart/form-data: ')
  })
})

describe('turns', () => {
  test('never more than its width, in order, bounded in number and time', async () => {
    const lane = new Lane('things', 2, 3, 40)
    let running = 0
    let most = 0
    const order: number[] = []
    const ends: (() => void)[] = []
    const work = (n: number): Promise<number> =>
      lane.run(async () => {
        order.push(n)
        most = Math.max(most, ++running)
        await new Promise<void>((resolve) => ends.push(resolve))
        running--
        return n
      })
    const all = [0, 1, 2, 3, 4].map(work)
    await expect(work(5)).rejects.toMatchObject({ code: 202 })
    for (let i = 0; i < 4; i++) {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    ends.shift()?.()
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4])
    expect([most, ...order]).toEqual([2, 0, 1, 2, 3, 4])
    await lane.idle()

    const first = work(6)
    const second = work(7)
    await expect(work(8)).rejects.toMatchObject({ code: 202 })
    const gone = new AbortController()
    const left = lane.run(() => Promise.resolve(1), gone.signal)
    gone.abort()
    await expect(left).rejects.toMatchObject({ code: 394 })
    expect(lane.busy).toBe(2)
    for (const end of ends.splice(0)) end()
    await Promise.all([first, second])
    expect(lane.busy).toBe(0)
  })
})

describe('pipes', () => {
  test('an end without a byte, a reader that gives up, and again', async () => {
    const directory = tempDirectory()
    const pipes = new Pipes(directory, 1)
    await pipes.use(async (path) => {
      const seen: string[] = []
      const take = (chunk: Buffer): Promise<void> => Promise.resolve(void seen.push(chunk.toString()))
      expect(await drainPipe(path, () => Promise.resolve(1), take)).toBe(1)
      await drainPipe(path, () => Promise.resolve(writeFileSync(path, 'hello', { flag: 'a' })), take)
      const failing = drainPipe(path, () => Promise.reject(new Error('engine')), take)
      await expect(failing).rejects.toThrow('engine')
      const stopped = drainPipe(
        path,
        () => Promise.resolve(writeFileSync(path, 'x', { flag: 'a' })),
        () => Promise.reject(new Error('stop')),
      )
      await stopped
      await drainPipe(path, () => Promise.resolve(writeFileSync(path, 'clean', { flag: 'a' })), take)
      expect(seen).toEqual(['hello', 'clean'])
    })
    rmSync(directory, { recursive: true })
  })
})

describe('the lock', () => {
  test('taken once, given back, taken over from the dead', () => {
    const directory = tempDirectory()
    const lock = join(directory, 'owner.json')
    const giveBack = takeDirectory(directory, 'a')
    expect(() => takeDirectory(directory, 'b')).toThrow(`process ${process.pid}`)
    giveBack()
    expect(existsSync(lock)).toBe(false)
    writeFileSync(lock, JSON.stringify({ ...markOf(process.pid), started: 'before' }))
    const again = takeDirectory(directory, 'c')
    giveBack()
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid, nonce: 'c' })
    again()
    expect(readdirSync(directory)).toEqual([])
    rmSync(directory, { recursive: true })
  })
})
