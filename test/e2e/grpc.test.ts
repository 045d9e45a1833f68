import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { SpanKind } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunFile } from '../../cli/running/run-file.ts'
import { WeirHome } from '../support/weir.ts'

/* `weir up` as people run it, and an application that sends OTLP/gRPC. */

let home: WeirHome
let port: number
let run: RunFile

beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as AddressInfo).port
  probe.close()
  await once(probe, 'close')
  home = await WeirHome.make({
    collectors: { otlp: { grpc: { listen: `127.0.0.1:${port}` } } },
    prices: { version: '2026-01', models: { 'openai/gpt-*': { input: 2, output: 10 } } },
  })
  run = await home.up()
})

afterAll(async () => {
  await home.down()
  await home.remove()
})

test('says where gRPC is taken, beside HTTP', async () => {
  expect(run.otlpGrpc).toBe(`http://127.0.0.1:${port}`)
  expect(home.log).toContain(`An exporter that speaks gRPC (much of Python): ${run.otlpGrpc}\n`)
  expect((await home.run(['status'])).stdout).toContain(`${run.otlp} and ${run.otlpGrpc} (gRPC)`)
})

test('a span sent by gRPC is stored with its price, and shown by services and session', async () => {
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}` })
  const resource = resourceFromAttributes({ 'service.name': 'shop' })
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const said = (role: string, content: string): string => JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.response.id': 'chatcmpl-1',
    'gen_ai.conversation.id': 'conv-1',
    'gen_ai.usage.input_tokens': 1_000,
    'gen_ai.usage.output_tokens': 100,
    'gen_ai.input.messages': said('user', 'where is my order?'),
    'gen_ai.output.messages': said('assistant', 'write to jane.doe@example.com'),
  }
  provider.getTracer('shop').startSpan('chat gpt-4o', { kind: SpanKind.CLIENT, attributes }).end()
  await provider.forceFlush()
  await provider.shutdown()
  const [call] = await home.query<Record<string, unknown>>('SELECT * FROM billable_calls')
  expect(call).toMatchObject({ input_tokens: 1_000, price_version: '2026-01', service: 'shop' })
  expect(call!['cost']).toBeCloseTo(0.003, 9)
  expect(await home.query('SELECT collector FROM interactions')).toEqual([{ collector: 'otlp-grpc' }])
  const session = await home.run(['session', 'conv-1'])
  expect(session.stdout).toMatch(/assistant: write to \[EMAIL_ADDRESS:\w+\]\n.*\^ EMAIL_ADDRESS/)
  const services = await home.run(['services'])
  expect(services.stdout).toContain('no actor in 1 of 1 calls')
})
