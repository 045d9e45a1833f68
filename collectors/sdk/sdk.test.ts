import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { trace, type Span } from '@opentelemetry/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { createNormaliser } from '../dialects/index.ts'
import { decodeRequest } from '../dialects/wire/index.ts'
import { release, start, watchCall, withActor, withConversation, withSources, type Sdk } from './index.ts'

/* What an application does with `weir/sdk`, and the interactions that Weir makes of it. */

const bodies: { body: Buffer; authorization: string | undefined }[] = []
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.url === '/v1/traces')
      bodies.push({ body: Buffer.concat(chunks), authorization: request.headers.authorization })
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
  })
})
let sdk: Sdk
const configured: object[] = []

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  const instrumentation = {
    ...{ instrumentationName: 'fake', instrumentationVersion: '1' },
    ...{ enable: () => {}, disable: () => {}, setTracerProvider: () => {}, setMeterProvider: () => {} },
    getConfig: () => ({ traceContent: false }),
    setConfig: (config: object) => void configured.push(config),
  }
  sdk = start({
    endpoint: `http://127.0.0.1:${port}/`,
    token: 'secret',
    service: 'shop',
    instrumentations: [instrumentation as never],
  })
})

afterAll(() => {
  receiver.close()
})

/** What an instrumentation would do. */
function chat(attributes: Record<string, string> = {}): void {
  const span = trace.getTracer('instrumentation').startSpan('chat m', {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...attributes },
  })
  span.end()
}

const begun = (model: string): Span =>
  trace.getTracer('instrumentation').startSpan(`chat ${model}`, {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model },
  })

const failing = (status: number): Promise<never> =>
  Promise.reject(Object.assign(new Error('quotes the prompt'), { name: 'RateLimitError', status }))

test('what the application knows is on the calls that it makes, and on nothing else', async () => {
  expect(start()).toBe(sdk)
  expect(configured).toEqual([{ captureMessageContent: true, traceContent: false }])
  const known = <T>(work: () => T): T =>
    withActor({ user: 'ann', agent: 'helper' }, () =>
      withConversation('conv-1', () =>
        release({ route: 'support', promptName: 'greet', promptVersion: '3' }, () =>
          withSources([{ id: 'handbook', score: 0.5 }], () => withSources([{ uri: 's3://x', contentHash: 'h' }], work)),
        ),
      ),
    )
  expect(known(() => 5)).toBe(5)
  await known(async () => {
    await Promise.resolve()
    chat()
    chat({ 'user.id': 'said by the instrumentation' })
    trace
      .getTracer('http')
      .startSpan('GET /', { attributes: { 'http.request.method': 'GET' } })
      .end()
  })
  chat()
  await expect(
    watchCall({ model: 'lost', provider: 'openai' }, () => withActor({ user: 'bob' }, () => failing(429))),
  ).rejects.toThrow('quotes')
  await expect(watchCall({ model: 'seen' }, async () => (chat(), failing(500)))).rejects.toThrow('quotes')
  const left = await watchCall({ model: 'left' }, async () => begun('left'))
  left.end()
  expect(await watchCall({ model: 'broken off', operation: 'generate_content' }, async () => 'part')).toBe('part')
  expect(() =>
    withActor({ user: 'x' }, () => {
      throw new Error('its own')
    }),
  ).toThrow('its own')
  await sdk.stop()

  expect(new Set(bodies.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret']))
  const normalise = createNormaliser()
  const context = { tenant: 'default', collector: 'otlp', receivedAt: Date.now() * 1000 }
  const made = bodies
    .flatMap(({ body }) => decodeRequest('traces', 'json', body).records)
    .map((record) => normalise(record, context))
  const interactions = made.filter((one): one is Interaction => !('ignored' in one))
  expect(made.length - interactions.length).toBe(1)
  const [first, second, outside, ...watched] = interactions
  expect(first).toMatchObject({
    ...{
      operation: 'chat',
      service: { name: 'shop' },
      actor: { user: 'ann', agent: 'helper' },
      conversationId: 'conv-1',
    },
    release: { route: 'support', promptName: 'greet', promptVersion: '3', requestedModel: 'm' },
    sources: [
      { id: 'handbook', score: 0.5 },
      { uri: 's3://x', contentHash: 'h' },
    ],
  })
  expect(second!.actor.user).toBe('said by the instrumentation')
  expect(outside!.actor).toEqual({})
  const seen = watched.map(({ operation, release: asked, error }) => [operation, asked.requestedModel, error?.type])
  expect(new Set(seen)).toEqual(
    new Set([
      ['chat', 'lost', '429'],
      ['chat', 'm', undefined],
      ['chat', 'left', undefined], // what was recorded
      ['chat', 'left', undefined], // and what ended later
      ['generate_content', 'broken off', undefined],
    ]),
  )
  expect(watched).toHaveLength(5)
  const [recorded, ended] = watched
    .filter(({ release: asked }) => asked.requestedModel === 'left')
    .toSorted((a, b) => Number(a.parentSpanId === undefined) - Number(b.parentSpanId === undefined))
  expect(recorded).toMatchObject({ parentSpanId: ended!.spanId, traceId: ended!.traceId })
  expect(JSON.stringify(watched)).not.toContain('quotes')
})

test('after the stop, and without Weir, the application goes on', async () => {
  await sdk.stop()
  chat()
  expect(await withConversation('c', async () => 1)).toBe(1)
  await expect(watchCall({ model: 'm' }, () => failing(503))).rejects.toThrow('quotes')
})
