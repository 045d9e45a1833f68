import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { decodeRequest } from '../../collectors/dialects/wire/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { answerChat, embed, FAILING_MODELS, LEAKED_CARD, LEAKED_EMAIL, type ChatRequest } from './answers.ts'
import { chat, embeddings, ProviderError } from './client.ts'
import { startProvider, type Provider } from './provider.ts'
import { runApp } from './run-app.ts'
import { ROUND, step } from './scenario.ts'

const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content }],
  ...more,
})

describe('the provider', () => {
  let provider: Provider
  beforeAll(async () => {
    provider = await startProvider({ keep: 5 })
  })
  afterAll(() => provider.close())

  test('says the same streamed and in one go', async () => {
    const question = ask('Which card on file do you have?')
    const plain = await chat(provider.url, question, 5_000)
    const streamed = await chat(provider.url, { ...question, stream: true }, 5_000)
    expect(streamed).toEqual(plain)
    expect(plain.content).toContain(LEAKED_CARD)
    expect(plain.content).toContain(LEAKED_EMAIL)
    expect(plain.model).toBe('gpt-4o-mini-2026-01-15')
  })

  test('calls a tool, and answers with what the tool said', async () => {
    const tools = [{ type: 'function', function: { name: 'get_weather' } }] as const
    const reply = await chat(provider.url, ask('What is the weather?', { tools, stream: true }), 5_000)
    expect(reply).toMatchObject({
      finishReason: 'tool_calls',
      content: '',
      toolCalls: [{ function: { name: 'get_weather' } }],
    })
    const told = ask('', { tools, messages: [{ role: 'tool', content: 'sun' }] })
    expect((await chat(provider.url, told, 5_000)).content).toBe('The tool says: sun')
  })

  test('counts cached and reasoning tokens inside the totals', () => {
    const { usage } = answerChat(ask('x'.repeat(400), { model: 'o4-mini' }))
    expect(usage.prompt_tokens).toBe(100)
    expect(usage.prompt_tokens_details.cached_tokens).toBe(50)
    expect(usage.completion_tokens_details.reasoning_tokens).toBe(12)
    expect(usage.completion_tokens).toBeGreaterThan(12)
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens)
  })

  test('embeds the same text as the same vector', async () => {
    expect(embed('a text')).toEqual(embed('a text'))
    expect(Math.hypot(...embed('a text'))).toBeCloseTo(1)
    expect(await embeddings(provider.url, 'text-embedding-3-small', 'four', 5_000)).toMatchObject({ tokens: 1 })
  })

  test.each([
    [FAILING_MODELS.rateLimited, 429],
    [FAILING_MODELS.broken, 500],
    [FAILING_MODELS.silent, 0],
  ])('%s fails with %i', async (model, status) => {
    const failure = await chat(provider.url, ask('x', { model }), 300).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderError)
    expect((failure as ProviderError).status).toBe(status)
  })

  test('refuses what it does not know', async () => {
    const post = (path: string, body: string): Promise<Response> => fetch(provider.url + path, { method: 'POST', body })
    expect((await post('/nothing', '{}')).status).toBe(404)
    expect((await post('/chat/completions', 'no json')).status).toBe(400)
  })

  test('keeps the newest calls and counts all of them; closes twice', async () => {
    const own = await startProvider({ keep: 2 })
    for (const text of ['one', 'two', 'three']) await chat(own.url, ask(text), 5_000)
    expect(own.count).toBe(3)
    expect(own.seen.map(({ request }) => (request as ChatRequest).messages[0]?.content)).toEqual(['two', 'three'])
    await own.close()
    await own.close()
  })
})

describe('the app', () => {
  let receiver: Server
  let endpoint: string
  let provider: Provider
  let status = 200
  const bodies: Buffer[] = []

  beforeAll(async () => {
    provider = await startProvider()
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks))
        response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await provider.close()
    receiver.closeAllConnections()
    receiver.close()
  })

  const options = (): Parameters<typeof runApp>[0] => ({
    otlpEndpoint: endpoint,
    providerUrl: provider.url,
    serviceName: 'shop',
    calls: ROUND,
  })

  test('does every kind of step in a round, and the same again', () => {
    const round = Array.from({ length: ROUND }, (_, index) => step(index).kind)
    expect(new Set(round).size).toBe(ROUND)
    expect(step(ROUND).kind).toBe(round[0])
    expect(step(3)).toEqual(step(3))
  })

  test('sends one span for each call the provider saw, and Weir reads them', async () => {
    const before = provider.count
    const report = await runApp(options())
    expect(report.exportErrors).toEqual([])
    expect(report.steps).toHaveLength(ROUND)
    expect(report).toMatchObject({ calls: provider.count - before, refused: 1 })

    const normalise = createNormaliser()
    const context = { tenant: 't', collector: 'c', receivedAt: 0 }
    const records = bodies.splice(0).flatMap((body) => decodeRequest('traces', 'json', body).records)
    expect(records).toHaveLength(report.spans.length)
    const interactions = records
      .map((record) => normalise(record, context))
      .filter((one): one is Interaction => !('ignored' in one))
    const expected = report.spans.filter(({ operation }) => operation !== '')
    expect(interactions.map(({ spanId }) => spanId).toSorted()).toEqual(expected.map(({ spanId }) => spanId).toSorted())

    const leaking = interactions.find(({ output }) => JSON.stringify(output).includes(LEAKED_CARD))
    expect(leaking).toMatchObject({
      operation: 'chat',
      service: { name: 'shop' },
      release: {
        provider: 'openai',
        requestedModel: 'gpt-4o-mini',
        model: 'gpt-4o-mini-2026-01-15',
        fingerprint: 'fp_demo',
      },
      finishReasons: ['stop'],
      capture: { input: 'full', output: 'full' },
    })
    expect(leaking?.usage.cachedInput).toBeGreaterThan(0)
    expect(interactions.find(({ error }) => error !== undefined)).toMatchObject({ error: { type: '429' } })
    expect(interactions.find(({ operation }) => operation === 'execute_tool')).toMatchObject({
      toolCalls: [{ name: 'get_weather' }],
    })
  })

  test('says so when its spans are not taken', async () => {
    status = 400
    const report = await runApp(options())
    status = 200
    expect(report.exportErrors.length).toBeGreaterThan(0)
  })

  test('is ended when it takes too long, and when it is told to stop', async () => {
    const slow = { ...options(), calls: 1_000, pauseMs: 1_000 }
    await expect(runApp({ ...slow, timeoutMs: 1_000 })).rejects.toThrow('did not end in time')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 500)
    await expect(runApp({ ...slow, signal: stop.signal })).rejects.toThrow('was stopped')
  })

  test('a failure of its own is told', async () => {
    await expect(runApp({ ...options(), providerUrl: 'not a url' })).rejects.toThrow('ended with code 1')
  })
})
