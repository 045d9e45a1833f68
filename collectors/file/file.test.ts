import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import type { Emit } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { manualClock } from '../../test/support/clock.ts'
import { interaction } from '../../test/support/interactions.ts'
import { otlpRequest } from '../../test/support/otlp-json.ts'
import { createNormaliser } from '../dialects/index.ts'
import { createFileCollector, Places, type FileCounts, type FileOptions, type RefusedLine } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0
function file(content: string | Buffer): string {
  const path = join(folder, `file-${made++}`)
  writeFileSync(path, content)
  return path
}
const places = (): Places => new Places(join(folder, `places-${made++}`), 'default')

const line = (seed: string, over: Partial<Interaction> = {}): string => JSON.stringify(interaction(seed, over))
const spans = (...numbers: number[]): string =>
  otlpRequest(
    numbers.map((n) => ({ traceId: `${n}`.padStart(32, 'a'), spanId: `${n}`.padStart(16, 'b'), input: `${n}` })),
  )

interface Outcome {
  taken: Interaction[]
  refused: RefusedLine[]
  counts: FileCounts
}

async function take(
  path: string,
  options: Partial<FileOptions> = {},
  emit: Emit<Interaction> = async () => [],
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const taken: Interaction[] = []
  const refused: RefusedLine[] = []
  const collector = createFileCollector({
    ...{ files: [path], stdin: Readable.from([]), tenant: 'default', maxLineBytes: 100_000, clock: systemClock },
    ...{ normalise: createNormaliser(), savePlaces: true, onProgress: () => {} },
    onRefused: (one) => refused.push(one),
    ...options,
  })
  const keep: Emit<Interaction> = async (batch) => {
    const refusals = await emit(batch)
    taken.push(...batch.filter((_, index) => !refusals.some((refusal) => refusal.index === index)))
    return refusals
  }
  await collector.run(keep, signal)
  return { taken, refused, counts: collector.counts[0]! }
}

const reasons = ({ refused }: Outcome): string[] => refused.map(({ line: at, reason }) => `${at}: ${reason}`)
const ids = ({ taken }: Outcome): string[] => taken.map(({ id }) => id)
const idsOf = (...seeds: string[]): string[] => seeds.map((seed) => interaction(seed).id)

describe('lines of any kind', () => {
  it('are told apart one by one: exports, requests, findings, metrics', async () => {
    const logs = '{"resourceLogs":[]}'
    const metrics = '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{},{}]}}]}]}]}'
    const finding = '{"version":1,"id":"0","interactionId":"1","type":"EMAIL_ADDRESS"}'
    const late = `{"x":1,${spans(3).slice(1)}`
    const content = [line('a'), spans(1, 2), logs, metrics, finding, '', late, line('b')].join('\n')
    const outcome = await take(file(content))
    expect(reasons(outcome)).toEqual([])
    expect(outcome.taken.map(({ arrival }) => [arrival.collector, arrival.imported])).toEqual([
      ['otlp', true],
      ...[1, 2, 3].map(() => ['file', undefined]),
      ['otlp', true],
    ])
    expect(outcome.counts).toMatchObject({
      lines: 8,
      interactions: 5,
      ignored: { finding: 1, metrics: 2 },
      finished: true,
    })
  })

  it('are refused where --format says something else', async () => {
    const content = `${line('a')}\n${spans(1)}\n`
    expect(reasons(await take(file(content), { format: 'ndjson' }))).toEqual([
      '2: is an OTLP request, and --format says ndjson',
    ])
    const asOtlp = await take(file(content), { format: 'otlp-json' })
    expect(asOtlp.taken).toHaveLength(1)
  })

  it('keep their id, and get their tenant and time of receipt from who imports', async () => {
    const clock = manualClock()
    const { taken } = await take(file(line('a')), { clock })
    const [one] = taken
    expect(one).toEqual({
      ...interaction('a', { startedAt: one!.startedAt }),
      arrival: { dialect: 'otel-genai', collector: 'otlp', receivedAt: clock.now() * 1_000, imported: true },
    })
    const other = await take(file(line('a', { tenant: 'acme' })))
    expect(reasons(other)).toEqual(['1: belongs to another tenant than --tenant says'])
    expect((await take(file(line('a', { tenant: 'acme' })), { tenant: 'acme' })).taken).toHaveLength(1)
    expect((await take(file(spans(1)), { tenant: 'acme' })).taken[0]!.tenant).toBe('acme')
  })

  it('may be written by editors of any kind', async () => {
    const crlf = await take(file(`\uFEFF${line('a')}\r\n${spans(1)}\r\n\r\n${line('b')}`))
    expect(reasons(crlf)).toEqual([])
    expect(crlf.taken).toHaveLength(3)
    const document = await take(file(`\uFEFF${JSON.stringify(JSON.parse(spans(1, 2)), null, 2)}\r\n`))
    expect(document.taken).toHaveLength(2)
  })
})

describe('what is wrong', () => {
  const attributes = (json: string): string =>
    line('a', { attributes: {} }).replace('"attributes":{}', `"attributes":${json}`)
  const cases: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['half a line', line('x').slice(0, 40), /^is not valid JSON$/],
    ['a list', '[1]', /^is not an interaction: it must be object$/],
    ['a text', '"jane@example.org"', /^is not a JSON object$/],
    [
      'an unknown field',
      line('x').replace('{', '{"jane@example.org":1,'),
      /^is not an interaction: it must NOT have additional/,
    ],
    ['a field of another type', line('x', { name: 5 as never }), /^is not an interaction: \/name must be string$/],
    [
      'an attribute named by a value',
      attributes('{"jane@example.org":[1]}'),
      /^is not an interaction: \/attributes must/,
    ],
    [
      'an attribute named by values on several lines',
      attributes('{"a\\njane@example.org":[1]}'),
      /^is not an interaction: \/attributes must/,
    ],
    [
      'a number where a name of ours stands',
      line('x', { arrival: { ...interaction('x').arrival, dialect: 'a-4111111111111111' } }),
      /\/arrival\/dialect/,
    ],
    ['a number where a price stands', line('x', { cost: 4111111111111111 }), /\/cost is no price/],
    ['another version', line('x', { version: 2 as never }), /\/version must be equal to constant/],
    ['a number no column holds', line('x', { durationUs: 1e300 }), /beyond what can be stored exactly/],
    ['half a surrogate pair', line('x', { name: '\ud800' }), /half a surrogate pair/],
    [
      'text where a name of ours stands',
      line('x', { arrival: { ...interaction('x').arrival, dialect: 'Jane Roe' } }),
      /\/arrival\/dialect/,
    ],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(line('x').slice(0, -1)), Buffer.from([0xff, 0x7d])]),
      /^is not valid UTF-8$/,
    ],
    ['a request of another shape', '{"resourceSpans":{}}', /^JSON: resourceSpans must be/],
    ['a request that breaks off', spans(1).slice(0, 200), /^JSON: not valid JSON/],
    [
      'a span without ids',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x"}]}]}]}',
      /^record 1: the trace id is missing/,
    ],
    ['a line that is too long', `"${'x'.repeat(100_001)}"`, /^is longer than 100000 bytes/],
  ]

  it.each(cases)('%s is named without a word of it, and the rest goes on', async (_, wrong, reason) => {
    const content = Buffer.concat([Buffer.from(`${line('a')}\n`), Buffer.from(wrong), Buffer.from(`\n${line('b')}\n`)])
    const outcome = await take(file(content))
    expect(ids(outcome)).toEqual(idsOf('a', 'b'))
    expect(outcome.refused).toEqual([
      { file: expect.any(String) as string, line: 2, reason: expect.stringMatching(reason) as string },
    ])
    expect(JSON.stringify(outcome.refused)).not.toMatch(/jane|roe/i)
  })

  it('a file that is not there says so', async () => {
    await expect(take(join(folder, 'none'))).rejects.toThrow('cannot be read (ENOENT)')
    await expect(take(folder)).rejects.toThrow('cannot be read (EISDIR)')
  })

  it('a refusal of the pipeline names the line', async () => {
    const large = await take(file(`${line('a')}\n\n${line('b')}\n`), {}, async (batch) => [
      { index: batch.length - 1, reason: 'too_large', message: 'is too large' },
    ])
    expect(reasons(large)).toEqual(['3: is too large'])
    expect(ids(large)).toEqual(idsOf('a'))
  })
})

describe('gzip', () => {
  const seeds = Array.from({ length: 300 }, (_, n) => `gz-${n}`)
  const content = `${seeds.map((seed) => line(seed)).join('\n')}\n`

  it('is known by its first bytes, also of several members and from standard input', async () => {
    const members = Buffer.concat([gzipSync(content), gzipSync(`${line('last')}\n`)])
    expect(ids(await take(file(members)))).toEqual(idsOf(...seeds, 'last'))
    expect(
      ids(await take('-', { stdin: Readable.from([members.subarray(0, 1_000), members.subarray(1_000)]) })),
    ).toHaveLength(301)
  })

  it('that was cut gives what came through, says so, and goes on when it is whole', async () => {
    const whole = gzipSync(content)
    const path = file(whole.subarray(0, whole.length / 2))
    const kept = places()
    const cut = await take(path, { places: kept })
    expect(cut.refused.at(-1)).toMatchObject({ line: 0, reason: expect.stringContaining('ends early') as string })
    expect(cut.counts.finished).toBe(false)
    expect(cut.taken.length).toBeGreaterThan(50)
    writeFileSync(path, whole)
    const rest = await take(path, { places: kept })
    expect(rest.counts.resumedAfter).toBe(cut.taken.length)
    expect([...ids(cut), ...ids(rest)]).toEqual(idsOf(...seeds))
  })

  it('that is damaged ends there', async () => {
    const bytes = gzipSync(content)
    bytes.fill(0xff, bytes.length - 400, bytes.length - 100)
    expect((await take(file(bytes))).refused.at(-1)?.reason).toContain('damaged')
  })
})

describe('a place', () => {
  it('is saved when what is before it is durable, and not a lot earlier', async () => {
    const path = file(`${Array.from({ length: 2_500 }, (_, n) => line(`p-${n}`)).join('\n')}\n`)
    const kept = places()
    let lots = 0
    const failing: Emit<Interaction> = async () => {
      if (++lots === 3) throw new Error('the process is gone')
      return []
    }
    await expect(take(path, { places: kept }, failing)).rejects.toThrow('gone')
    const rest = await take(path, { places: kept })
    expect(rest.counts.resumedAfter).toBe(2_000)
    expect(rest.taken).toHaveLength(500)
    expect((await take(path, { places: kept })).counts).toMatchObject({ resumedAfter: 2_500, lines: 0, finished: true })
  })

  it('is of this file and this tenant: what grew goes on, what was written anew or cut begins again', async () => {
    const path = file(`${line('a')}\n${line('b')}\n`)
    const kept = places()
    await take(path, { places: kept })
    appendFileSync(path, `${line('c')}\n`)
    expect(ids(await take(path, { places: kept }))).toEqual(idsOf('c'))
    writeFileSync(path, `${line('d')}\n${line('e')}\n${line('f')}\n`)
    expect(ids(await take(path, { places: kept }))).toEqual(idsOf('d', 'e', 'f'))
    truncateSync(path, line('d').length + 1)
    expect(ids(await take(path, { places: kept }))).toEqual(idsOf('d'))
  })

  it.each([
    ['a document over several lines', (n: number) => `${JSON.stringify(JSON.parse(spans(n)), null, 2)}\n`],
    ['a file with an empty line at its end', (n: number) => `${spans(n)}\n\n`],
  ])('is not taken for that of another file of the same length: %s', async (_, content) => {
    const at = places()
    const path = file(content(1))
    await take(path, { places: at })
    const stamp = statSync(path).ino
    writeFileSync(path, content(2))
    expect(statSync(path)).toMatchObject({ ino: stamp, size: Buffer.byteLength(content(1)) })
    expect((await take(path, { places: at })).taken).toHaveLength(1)
  })

  it('is saved by several imports of one file at once', async () => {
    const at = join(folder, `places-${made++}`)
    const saving = [1, 2, 3].map(async (processId) => {
      const own = new Places(at, 'default', processId)
      for (let lines = 1; lines <= 100; lines++) await own.save('1:1', { position: 1, lines, tail: Buffer.from('x') })
    })
    await Promise.all(saving)
    expect(await new Places(at, 'default').load('1:1')).toMatchObject({ lines: 100 })
    expect(readdirSync(at)).toHaveLength(1)
  })

  it('that cannot be saved ends the import, and says what to do', async () => {
    const at = new Places(join(file('no folder'), 'imports'), 'default')
    await expect(take(file(line('a')), { places: at })).rejects.toMatchObject({ code: 'WEIR_CONFIG_INVALID' })
  })

  it('stays before a last line that is still being written', async () => {
    const kept = places()
    const path = file(`${line('a')}\n${line('b').slice(0, 50)}`)
    const first = await take(path, { places: kept })
    expect(reasons(first)).toEqual(['2: is not valid JSON'])
    appendFileSync(path, `${line('b').slice(50)}\n`)
    expect(ids(await take(path, { places: kept }))).toEqual(idsOf('b'))
  })

  it('that is broken means from the beginning; a dry run saves none', async () => {
    const own = join(folder, `places-${made++}`)
    const kept = new Places(own, 'default')
    const path = file(`${line('a')}\n`)
    await take(path, { places: kept, savePlaces: false })
    await take(path, { places: kept })
    const [name] = readdirSync(own)
    writeFileSync(join(own, name!), '{"position":-5')
    expect(ids(await take(path, { places: kept }))).toEqual(idsOf('a'))
  })
})

describe('places', () => {
  it('of files that were imported longest ago make way', async () => {
    const own = join(folder, `places-${made++}`)
    const kept = new Places(own, 'default')
    const tail = Buffer.from('end')
    for (let n = 0; n < 1_005; n++) await kept.save(`${n}`, { position: 3, lines: 1, tail })
    await kept.tidy()
    expect(readdirSync(own)).toHaveLength(1_000)
    expect(await kept.load('1004')).toMatchObject({ position: 3, lines: 1, tailBytes: 3 })
  })
})

describe('while it runs', () => {
  it('keeps to its rate, however fast lots are taken', async () => {
    const clock = manualClock()
    const start = clock.now()
    const at: number[] = []
    const path = file(`${Array.from({ length: 35 }, (_, n) => line(`r-${n}`)).join('\n')}\n`)
    const done = take(path, { clock, perSecond: 10 }, async (batch) => {
      at.push(...batch.map(() => clock.now() - start))
      return []
    })
    let over = false
    void done.then(() => (over = true))
    while (!over) await clock.advance(100)
    expect((await done).taken).toHaveLength(35)
    for (const [index, ms] of at.entries()) expect(ms).toBeGreaterThanOrEqual((Math.floor(index / 10) * 10_000) / 10)
    expect(at.at(-1)! - at[0]!).toBeGreaterThanOrEqual(3_000)
  })

  it('comes again when a lot is not taken, and gives up in the end', async () => {
    const clock = manualClock()
    let tries = 0
    const full: Emit<Interaction> = async () => {
      if (++tries < 4) throw new WeirError('WEIR_QUEUE_FULL', 'full')
      return []
    }
    const path = file(`${line('a')}\n`)
    const until = async <T>(work: Promise<T>): Promise<T> => {
      let over = false
      work.then(
        () => (over = true),
        () => (over = true),
      )
      while (!over) await clock.advance(500)
      return work
    }
    expect(ids(await until(take(path, { clock }, full)))).toEqual(idsOf('a'))
    const never: Emit<Interaction> = () => Promise.reject(new WeirError('WEIR_NOT_RUNNING', 'nobody is there'))
    await expect(until(take(path, { clock }, never))).rejects.toThrow('nobody is there')
  })

  it('holds two lots and no more, and stops between lots when told to', async () => {
    const stop = new AbortController()
    let underway = 0
    let most = 0
    let lots = 0
    const path = file(`${Array.from({ length: 5_000 }, (_, n) => line(`s-${n}`)).join('\n')}\n`)
    const kept = places()
    const slow: Emit<Interaction> = async () => {
      most = Math.max(most, ++underway)
      await new Promise((resolve) => setTimeout(resolve, 5))
      underway--
      if (++lots === 2) stop.abort()
      return []
    }
    const stopped = await take(path, { places: kept }, slow, stop.signal)
    expect(most).toBe(1)
    expect(stopped.counts.finished).toBe(false)
    const rest = await take(path, { places: kept })
    expect(new Set([...ids(stopped), ...ids(rest)]).size).toBe(5_000)
    expect(stopped.taken.length + rest.taken.length).toBe(5_000)
  })
})
