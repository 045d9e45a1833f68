import { createSecretKey } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { readRequest, type Request } from '../../collectors/dialects/intake.ts'
import { parseConfig } from '../../core/config/index.ts'
import { WeirError } from '../../core/errors.ts'
import { createExaminer, type Examiner } from '../../core/examine/index.ts'
import { fullInteraction } from '../../core/mask/full.fixture.ts'
import { createLongTexts, type LongTexts, type LongTextsOptions } from '../../core/pool/index.ts'
import { createValueHasher, MasterKeys } from '../../core/sealing/index.ts'
import { createTelemetry } from '../../core/telemetry/index.ts'
import { systemClock } from '../../core/clock.ts'
import type { Config } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { interaction, originAt } from '../../test/support/interactions.ts'
import { otlpRequest } from '../../test/support/otlp-json.ts'
import { callOptions, examinationConfig } from '../detectors.ts'
import { longTextsOf, openWorkers, readElsewhere, type LongWorkers } from './long-texts.ts'

/* Who examines a text changes nothing in what is found: real workers, built from a real configuration. */

const CONFIG = `
detectors:
  names: {in: everything}
  allow: [support@example.com]
  longTexts: {from: 4096, workers: 1}
  rules: [{name: tickets, type: TICKET, pattern: 'TCK-[0-9]{6}', confidence: 0.9}]
policy:
  rules: [{when: {type: [PHONE_NUMBER]}, then: {mask: redact}}, {when: {type: [IBAN_CODE], key: [iban]}, then: {severity: info}}]
sealing: {originals: findings}
`
const SEED = 'the card is 4111 1111 1111 1111, mail ann.lee@example.org now'
const MB = 1_000_000

const masterKeys = new MasterKeys(new Map([['k1', Buffer.alloc(32, 7)]]), 'k1')
let config: Config
let workers: LongWorkers
let longTexts: LongTexts
let here: Examiner

beforeAll(async () => {
  config = await parseConfig(CONFIG, { directory: process.cwd(), env: {} })
  const tools = { logger: { warn: () => {} }, clock: systemClock, version: '0' } as never
  workers = openWorkers(config, createTelemetry({ ...config.telemetry, enabled: false }, tools))
  longTexts = longTextsOf(config, masterKeys, workers)
  here = createExaminer({ ...callOptions(examinationConfig(config)), hash: createValueHasher(masterKeys) })
})
afterAll(() => workers?.close())

const saying = (content: string, over: Partial<Interaction> = {}): Interaction =>
  interaction('long', { output: [{ role: 'assistant', parts: [{ type: 'text', content }] }], ...over })

const answerOf = ({ output }: Interaction): string => output[0]!.parts[0]!.content

describe('a long text', () => {
  it('is examined by a worker exactly as it would be here', { timeout: 120_000 }, async () => {
    const sentence = fc.constantFrom(
      ...['call +49 30 901820 or 555-0123. ', 'TCK-123456 is open. ', '😀 wrote Maria Gonzalez from Lisbon. '],
      ...[
        '[EMAIL_ADDRESS:7f3a9c21] was masked. ',
        'pays DE89 3704 0044 0532 0130 00. ',
        'support@example.com answers. ',
      ],
      ...[
        'AKIAIOSFODNN7EXAMPLE is a key. ',
        'YW5uLmxlZUBleGFtcGxlLm9yZw== ',
        '{"mail": "a.b@c.org"} ',
        'ann\\u0040example.org ',
      ],
      ...['\ud800 broken. ', `${SEED}. `, 'nothing to see here at all, and so on. '],
    )
    const text = fc.array(sentence, { maxLength: 60 }).map((parts) => parts.join(''))
    const filler = 'and then some more words were said. '.repeat(130)
    await fc.assert(
      fc.asyncProperty(text, text, text, async (input, output, attribute) => {
        const long = saying(output + filler, {
          input: [{ role: 'user', parts: [{ type: 'text', content: input }] }],
          actor: { user: 'ann.lee@example.org' },
          attributes: { [attribute.slice(0, 40) || 'empty']: attribute, number: 4111111111111111 },
        })
        const { packed, ...examined } = await longTexts.examine(long, originAt(5))
        expect(examined).toEqual(here(long, originAt(5)))
        expect(packed !== undefined).toBe(examined.findings.length > 0)
      }),
      { numRuns: 60 },
    )
    const full = { ...fullInteraction(), name: SEED, sources: [{ content: 'word '.repeat(2_000) }] }
    expect(await longTexts.examine(full, originAt(6))).toMatchObject(here(full, originAt(6)))
  })

  it('of 10 MB is masked at its start, in its middle and at its very end', { timeout: 120_000 }, async () => {
    const filler = 'The committee met and agreed on most things.\n'.repeat(5 * MB).slice(0, 5 * MB)
    const text = `${SEED}. ${filler}${SEED}. ${filler}${SEED}`
    const long = saying(text, { release: { model: 'gpt-4o' } })
    await longTexts.prepare(long)
    const { interaction: masked, findings, packed, unscanned } = await longTexts.examine(long, originAt(1))
    const cards = findings.filter(({ type }) => type === 'CREDIT_CARD')
    const places = [...text.matchAll(/4111/g)].map(({ index }) => ({ start: index, end: index + 19 }))
    expect(cards.map(({ range }) => range)).toEqual(places)
    expect(findings.filter(({ type }) => type === 'EMAIL_ADDRESS')).toHaveLength(3)
    expect(cards.every(({ tokens, origin }) => tokens !== undefined && origin.offset === 1)).toBe(true)
    expect(unscanned).toEqual([])
    expect(answerOf(masked)).not.toMatch(/4111|ann\.lee/)
    expect(answerOf(masked).length).toBeGreaterThan(9.9 * MB)
    expect(JSON.parse(inflateRawSync(packed!.bytes).toString())).toEqual(long)
  })

  it('waits for the one worker with two others, and each is found what is in it', async () => {
    const texts = [1, 2, 3].map((n) => saying(`${'words and words. '.repeat(1_000 * n)}${SEED}`))
    await Promise.all(texts.map(async (text) => longTexts.prepare(text)))
    const found = await Promise.all(texts.map(async (text, n) => longTexts.examine(text, originAt(n))))
    expect(found.map(({ findings }) => findings.map(({ type }) => type))).toEqual(
      Array.from({ length: 3 }, () => ['CREDIT_CARD', 'EMAIL_ADDRESS']),
    )
    expect(workers.running).toBe(1)
  })

  it('lets short ones go ahead, and gives the rest of the process its turn between them', async () => {
    const order: string[] = []
    const long = longTexts.prepare(saying('words and more words. '.repeat(200_000)))!.then(() => order.push('long'))
    setImmediate(() => order.push('others'))
    for (let n = 0; n < 40; n++) await longTexts.examine(saying('a short text. '.repeat(20)), originAt(n))
    order.push('short')
    await long
    expect(order).toEqual(['others', 'short', 'long'])
    expect(longTexts.prepare(saying('short'))).toBeUndefined()
  })
})

describe('a long request', () => {
  const request = (body: Buffer): Request => {
    const context = { tenant: 't', collector: 'otlp', receivedAt: 5 }
    return { signal: 'traces', encoding: 'json', body, context }
  }

  it('is read by a worker exactly as it would be here', async () => {
    const spans = Array.from({ length: 50 }, (_, n) => {
      return { traceId: 'a'.repeat(32), spanId: (n + 1).toString(16).padStart(16, '0'), input: `😀 ${SEED} ${n}` }
    })
    const sent = request(Buffer.from(otlpRequest(spans).replace('"kind":3', '"kind":"odd"')))
    const read = await readElsewhere(workers, sent)
    expect(read).toEqual(readRequest(createNormaliser(), sent))
    expect([read.intake.batch.length, read.intake.refused.length]).toEqual([49, 1])
  })

  it('that is wrong is refused in the same words', async () => {
    for (const body of ['{"resourceSpans": "4111 1111 1111 1111"}', '{"resourceSpans": [', '[]']) {
      const sent = request(Buffer.from(body))
      const here = (): unknown => readRequest(createNormaliser(), sent)
      const error = await readElsewhere(workers, sent).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(WeirError)
      expect(here).toThrow(error as WeirError)
      expect((error as WeirError).message).not.toContain('4111')
    }
  })

  it('is to be sent again when no worker could read it', async () => {
    const lost = { run: async () => 'died' as const }
    await expect(readElsewhere(lost, request(Buffer.from('{}')))).rejects.toMatchObject({ code: 'WEIR_DEADLINE' })
  })
})

describe('a long text that no worker could look at', () => {
  const failing = (run: LongTextsOptions['workers']['run']): LongTexts => {
    const examiner = { ...callOptions(examinationConfig(config)), hash: createValueHasher(masterKeys) }
    return createLongTexts({ workers: { size: 1, run }, examiner, from: 4_096 })
  }
  const long = (): Interaction =>
    saying(`${SEED} `.repeat(100), { input: [{ role: 'user', parts: [{ type: 'text', content: SEED }] }] })

  it.each([
    ['died', 'worker died'],
    ['late', 'worker out of time'],
  ] as const)('is withheld when it %s, and the short ones beside it are examined', async (lost, reason) => {
    const { interaction: stored, findings, unscanned } = await failing(async () => lost).examine(long(), originAt(3))
    expect(answerOf(stored)).toBe(`[withheld: ${reason}]`)
    expect(unscanned).toEqual([{ place: { direction: 'output', message: 0, part: 0, field: 'content' }, reason }])
    expect(findings.map(({ place, type }) => [place.direction, type])).toEqual([
      ['input', 'CREDIT_CARD'],
      ['input', 'EMAIL_ADDRESS'],
    ])
    expect(stored.release.model).toBe('gpt-4o-2024-08-06')
    expect(JSON.stringify(stored)).not.toMatch(/4111|ann\.lee/)
  })

  it('fails when the work threw, and comes again when there was no room', async () => {
    await expect(failing(async () => ({ kind: 'threw' })).examine(long(), originAt(3))).rejects.toThrow('examined')
    const full = failing(() => Promise.reject(new WeirError('WEIR_QUEUE_FULL', 'full')))
    const again = long()
    await expect(full.prepare(again)).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    await expect(full.examine(again, originAt(3))).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
  })
})

it('gives a worker the key of one tenant, which no message shows', () => {
  const key = createValueHasher(masterKeys).keyOf('t')
  expect(key.equals(createSecretKey(Buffer.alloc(32, 7)))).toBe(false)
  expect(JSON.stringify({ key })).toBe('{"key":{}}')
})
