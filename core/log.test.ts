import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../test/support/clock.ts'
import { Retryable, WeirError } from './errors.ts'
import { createLogger, messageIsSafe, NOT_LOGGED, silentLogger, type LogFields, type Logger } from './log.ts'
import { LOG_FIELDS } from './logfields.ts'
import { runnable } from './runnable.ts'

const SEED = 'Jane Roe, jane@example.org'

interface Capture {
  readonly logger: Logger
  readonly lines: string[]
  readonly last: () => Record<string, unknown>
}

function capture(human = false, level: 'debug' | 'info' = 'debug'): Capture {
  const lines: string[] = []
  const logger = createLogger({
    level,
    clock: manualClock(),
    human,
    destination: { write: (line) => lines.push(line) },
  })
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> }
}

/** What no caller may type, but may happen. */
const wild = (fields: Record<string, unknown>): LogFields => fields

describe('what is printed', () => {
  test('known fields of the right shape, as JSON lines', () => {
    const { logger, lines, last } = capture()
    logger.child({ stage: 'detect' }).info('batch handled', {
      ...{ topic: 'weir.interactions', token: 'weir.interactions:1:0:5-9:abc', count: 5, ms: 1.5, ok: true },
      ...{ tenant: undefined, file: '/var/lib/my data/x.key', url: 'https://user:pw@host:8443/a?token=t#f' },
    })
    expect(last()).toEqual({
      ...{ level: 'info', time: '2026-11-21T12:00:00.000Z', msg: 'batch handled', stage: 'detect' },
      ...{ topic: 'weir.interactions', token: 'weir.interactions:1:0:5-9:abc', count: 5, ms: 1.5, ok: true },
      ...{ file: '/var/lib/my data/x.key', url: 'https://host:8443/a' },
    })
    expect(lines[0]?.endsWith('\n')).toBe(true)
  })

  test('one short line for a person', () => {
    const { logger, lines } = capture(true)
    logger.warn('batch refused', {
      reason: 'too_large',
      file: 'a b',
      error: new WeirError('WEIR_TOO_LARGE', 'too big'),
    })
    expect(lines).toEqual([
      '12:00:00 warn  batch refused  reason=too_large file="a b" error.name=WeirError error.code=WEIR_TOO_LARGE error.message="too big"\n',
    ])
  })

  test('levels', () => {
    const { logger, lines } = capture(false, 'info')
    logger.debug('no')
    logger.info('yes')
    logger.error('yes')
    expect(lines).toHaveLength(2)
    silentLogger.child({}).error('nowhere')
  })
})

describe('what is never printed', () => {
  const circular: Record<string, unknown> = { SEED }
  circular['self'] = circular
  const values: [string, unknown][] = [
    ['text', SEED],
    ['long text', 'x'.repeat(10_000) + SEED],
    ['object', { deep: { deeper: SEED } }],
    ['array', [SEED]],
    ['error', new Error(SEED)],
    ['buffer', Buffer.from(SEED)],
    ['map', new Map([[SEED, SEED]])],
    ['circular', circular],
    ['toJSON', { toJSON: () => SEED }],
    ['toString', { toString: () => SEED }],
    ['symbol', Symbol(SEED)],
    ['function', () => SEED],
    ['bigint', 4111111111111111n],
    ['boxed', new String(SEED)],
    [
      'throws',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error(SEED)
          },
          ownKeys: () => {
            throw new Error(SEED)
          },
        },
      ),
    ],
  ]
  const isClean = (line: string): boolean => !/Jane|example\.org|4111111111111111|74,97,110|4a616e65|SmFuZ/i.test(line)

  test.each(values)('%s, under any name, in both forms', (_kind, value) => {
    for (const human of [false, true]) {
      const { logger, lines } = capture(human)
      for (const name of [
        ...Object.keys(LOG_FIELDS),
        'error',
        'unknown',
        'msg',
        'level',
        'time',
        '__proto__',
        'toJSON',
      ]) {
        const own = Object.defineProperty({}, name, { value, enumerable: true }) as LogFields
        if (LOG_FIELDS[name as 'file'] === 'file' && typeof value === 'string' && value.length < 100) continue
        logger.info('message', own)
        logger.child(own).info('message')
        logger.info('message', wild({ count: value }))
      }
      expect(lines.length).toBeGreaterThan(100)
      expect(lines.filter((line) => !isClean(line))).toEqual([])
    }
  })

  test('names of unknown fields, long messages, messages that are no text', () => {
    const { logger, lines, last } = capture()
    logger.info('message', wild({ [SEED]: 1 }))
    expect(last()['unknownFields']).toBe(NOT_LOGGED)
    logger.info(`${SEED}${'x'.repeat(300)}`)
    logger.info({ SEED } as unknown as string)
    logger.info(new Error(SEED) as unknown as string)
    expect(lines.filter((line) => !isClean(line))).toEqual([])
    expect(last()['msg']).toBe(NOT_LOGGED)
  })

  test('a number under a name for words, a card number as text under a name for numbers', () => {
    const { logger, last } = capture()
    logger.info('message', wild({ tenant: 4111111111111111, count: '4111111111111111', ok: 'yes' }))
    expect(last()).toMatchObject({ tenant: NOT_LOGGED, count: NOT_LOGGED, ok: NOT_LOGGED })
  })

  test('terminal escapes and line ends do not reach a terminal', () => {
    const { logger, lines } = capture(true)
    logger.info('a\nb\u001b[2Jc', { error: new WeirError('WEIR_BUG', 'x\r\n\u001b]0;y\u0007\u009bz') })
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(lines[0]?.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })

  test('whatever is logged: one line, and it never throws', () => {
    const { logger, lines } = capture()
    const names = fc.oneof(fc.constantFrom(...Object.keys(LOG_FIELDS), 'error'), fc.string())
    fc.assert(
      fc.property(fc.dictionary(names, fc.anything({ withBigInt: true, withMap: true })), (fields) => {
        lines.length = 0
        logger.info('message', fields as LogFields)
        expect(lines).toHaveLength(1)
        expect(JSON.parse(lines[0] ?? '')).toBeTypeOf('object')
        expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1)
      }),
    )
  })
})

describe('errors', () => {
  const shown = (error: unknown): Record<string, unknown> => {
    const { logger, last } = capture()
    logger.error('failed', { error })
    return last()['error'] as Record<string, unknown>
  }

  test('ours show code and message, and the cause without its message', () => {
    const cause = Object.assign(new TypeError(SEED), { code: 'ECONNRESET' })
    const error = shown(new Retryable('WEIR_STORE_UNREACHABLE', 'the store does not answer', { cause }))
    expect(error).toMatchObject({
      ...{ name: 'WeirError', code: 'WEIR_STORE_UNREACHABLE', message: 'the store does not answer' },
      cause: { name: 'TypeError', code: 'ECONNRESET' },
    })
    expect(JSON.stringify(error)).not.toContain('Jane')
  })

  test('foreign ones show name, code and place, never their message', () => {
    const error = shown(new RangeError(SEED))
    expect(error).toEqual({ name: 'RangeError', at: expect.stringMatching(/log\.test\.ts:\d+:\d+/) })
  })

  test('a message that looks like a stack does not become a place', () => {
    const forged = new Error('x')
    forged.message = 'y'
    forged.stack = `Error: x\n    at Jane (file:///Jane:1:1)`
    expect(JSON.stringify(shown(forged))).not.toContain('Jane')
    const lying = new Error(`x\n    at Jane (file:///Jane:1:1)`)
    expect(JSON.stringify(shown(lying))).not.toContain('Jane')
    const named = new Error('x')
    named.name = SEED
    expect(JSON.stringify(shown(named))).not.toContain('Jane')
    expect(shown(Object.assign(new Error('x'), { code: SEED, name: 'A' }))).not.toHaveProperty('code')
  })

  test('a foreign message marked as safe is shown; an endless chain of causes ends', () => {
    expect(shown(messageIsSafe(new Error('EACCES: open'))).message).toBe('EACCES: open')
    const loop = new Error('x')
    loop.cause = loop
    expect(JSON.stringify(shown(loop)).length).toBeLessThan(2000)
    expect(shown('Jane')).toBe(NOT_LOGGED)
  })
})

describe('in a real process', () => {
  const run = (body: string): { stdout: string; stderr: string; status: number | null } => {
    const directory = mkdtempSync(join(tmpdir(), 'weir-log-'))
    const file = join(directory, 'main.mjs')
    const module = (path: string): string => JSON.stringify(`file://${runnable(path, import.meta.url)}`)
    writeFileSync(
      file,
      `import { createLogger } from ${module('./log.js')}
       import { systemClock } from ${module('./clock.js')}
       const logger = createLogger({ level: 'info', clock: systemClock })
       ${body}`,
    )
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 20_000 })
    rmSync(directory, { recursive: true })
    return { stdout, stderr, status }
  }

  test('writes JSON to standard error only, also the last lines before process.exit', () => {
    const { stdout, stderr, status } = run(`for (let count = 0; count < 500; count++) logger.info('line', { count })
      process.exit(3)`)
    expect([stdout, status]).toEqual(['', 3])
    const lines = stderr.trim().split('\n')
    expect(lines).toHaveLength(500)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'info', msg: 'line', count: 499 })
  })

  test('a flood is bounded, not kept', () => {
    const { stderr, status } = run(`const before = process.memoryUsage.rss()
      for (let count = 0; count < 300000; count++) logger.info('line of a flood', { count })
      process.exitCode = process.memoryUsage.rss() - before > 300e6 ? 1 : 0`)
    expect(status).toBe(0)
    expect(stderr.length).toBeGreaterThan(1000)
  })
})

test('every message in the source is a literal: nothing can be built into it', () => {
  const root = join(import.meta.dirname, '..')
  const rooms = ['core', 'collectors', 'processors', 'sinks', 'control', 'cli']
  const built: string[] = []
  for (const room of rooms.filter((name) => existsSync(join(root, name)))) {
    const folder = join(root, room)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8')
      for (const match of text.matchAll(/\b(?:logger|log)\.(?:debug|info|warn|error)\(\s*(?!['"][^'"]*['"]\s*[,)])/g)) {
        const line = text.slice(0, match.index).split('\n').length
        built.push(`${relative(root, join(folder, file))}:${line}`)
      }
    }
  }
  expect(built).toEqual([])
})
