import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { WeirError, type ErrorCode } from '../../core/errors.ts'
import { readRequest, type ReadRequest, type Request } from '../dialects/intake.ts'
import { attribute, normalise, protobufTraces, send, span, start, stopAll } from './client.fixture.ts'

const MIB = 1024 * 1024
const genai = attribute('gen_ai.operation.name', 'chat')
const body = (characters: number): Buffer =>
  protobufTraces([span(1, { attributes: [genai, attribute('gen_ai.input.messages', 'x'.repeat(characters))] })])

afterEach(stopAll)

describe('a long request', () => {
  it('is read elsewhere, with whose it is, and a short one here', async () => {
    const asked: Request[] = []
    const elsewhere = async (request: Request): Promise<ReadRequest> => {
      asked.push(request)
      return readRequest(normalise, { ...request, body: Buffer.from(request.body) })
    }
    const { port, taken, counts } = await start({ elsewhere })
    expect((await send(port, { body: body(4 * MIB) })).status).toBe(200)
    const gzip = { 'Content-Encoding': 'gzip' }
    expect((await send(port, { body: gzipSync(body(5 * MIB)), headers: gzip })).status).toBe(200)
    expect((await send(port, { body: body(3 * MIB) })).status).toBe(200)
    expect(taken).toHaveLength(3)
    expect(counts.get('otlp.records traces taken none')).toBe(3)
    expect(asked.map(({ signal, encoding, context }) => [signal, encoding, context.tenant, context.collector])).toEqual(
      Array.from({ length: 2 }, () => ['traces', 'protobuf', 'default', 'otlp']),
    )
  })

  it.each([
    ['WEIR_DECODE', 400, undefined],
    ['WEIR_TOO_LARGE', 413, undefined],
    ['WEIR_QUEUE_FULL', 503, '1'],
    ['WEIR_DEADLINE', 503, '1'],
    ['WEIR_STOPPING', 503, '5'],
    ['WEIR_BUG', 500, undefined],
  ] as const)('that fails there with %s is answered %i', async (code: ErrorCode, status, retryAfter) => {
    const { port, taken } = await start({ elsewhere: () => Promise.reject(new WeirError(code, 'why')) })
    const answer = await send(port, { body: body(5 * MIB) })
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter])
    expect(taken).toEqual([])
  })

  it('that takes too long is to be sent again, and counts as held until it has been read', async () => {
    const late: (() => void)[] = []
    const elsewhere = (request: Request): Promise<ReadRequest> =>
      new Promise((resolve) => late.push(() => resolve(readRequest(normalise, request))))
    const { port, taken, collector } = await start({ elsewhere, config: { deadlineMs: 100 } })
    expect((await send(port, { body: body(5 * MIB) })).status).toBe(503)
    expect(collector.heldBytes).toBeGreaterThan(5 * MIB)
    for (const read of late) read()
    await new Promise((resolve) => setImmediate(resolve))
    expect(collector.heldBytes).toBe(0)
    expect(taken).toEqual([])
  })
})
