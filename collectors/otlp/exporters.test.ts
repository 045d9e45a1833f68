import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { ExportResultCode, type ExportResult } from '@opentelemetry/core'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, test } from 'vitest'
import { WeirError } from '../../core/errors.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { createNormaliser } from '../dialects/index.ts'
import type { SpanRecord } from '../dialects/record.ts'
import { start, stopAll, type Options } from './client.fixture.ts'
import { createOtlpCollector } from './index.ts'
import { systemClock } from '../../core/clock.ts'

/* The exporters that applications really use, against the real receiver. */

afterEach(stopAll)

function exporters(port: number): [name: string, exporter: SpanExporter][] {
  const url = `http://127.0.0.1:${port}/v1/traces`
  const gzip = CompressionAlgorithm.GZIP
  return [
    ['JSON', new JsonExporter({ url })],
    ['JSON, gzip', new JsonExporter({ url, compression: gzip })],
    ['protobuf', new ProtobufExporter({ url })],
    ['protobuf, gzip', new ProtobufExporter({ url, compression: gzip })],
  ]
}

/** One finished span, made once and given to every exporter. */
function finishedSpans(): ReturnType<InMemorySpanExporter['getFinishedSpans']> {
  const memory = new InMemorySpanExporter()
  const resource = resourceFromAttributes({ 'service.name': 'shop' })
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(memory)] })
  const span = provider
    .getTracer('shop-llm', '1.2.3')
    .startSpan('chat gpt-4o', { kind: SpanKind.CLIENT, startTime: [1_763_700_000, 123_456_789] })
  span.setAttributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Grüße, 世界 🌍' }] }]),
    'gen_ai.response.finish_reasons': ['stop', 'length'],
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.request.temperature': 0.5,
    stream: true,
  })
  span.addEvent('first chunk', { n: 1 }, [1_763_700_000, 500_000_000])
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'cut off' })
  span.end([1_763_700_001, 0])
  return memory.getFinishedSpans()
}

const exported = (exporter: SpanExporter): Promise<ExportResult> =>
  new Promise((resolve) => exporter.export(finishedSpans(), resolve))

describe('traces', () => {
  test('every exporter delivers the same record', async () => {
    const records: SpanRecord[] = []
    const config = {
      grpc: { enabled: false },
      enabled: true,
      listen: '127.0.0.1:0',
      behindProxy: false,
      maxRequestBytes: 1e6,
      maxConnections: 9,
      deadlineMs: 5_000,
      tokens: {},
    }
    const collector = createOtlpCollector(config, {
      normalise: (record) => {
        records.push(record as SpanRecord)
        return { id: '1' } as Interaction
      },
      meter: { add: () => undefined },
      clock: systemClock,
      logger: { warn: () => undefined },
    })
    void collector.run(async () => [], new AbortController().signal)
    await collector.ready
    for (const [, exporter] of exporters(collector.address().port)) {
      expect(await exported(exporter)).toEqual({ code: ExportResultCode.SUCCESS })
      await exporter.shutdown()
    }
    await collector.close()
    expect(records.length).toBe(4)
    const ids = { traceId: expect.stringMatching(/^[0-9a-f]{32}$/), spanId: expect.stringMatching(/^[0-9a-f]{16}$/) }
    for (const { raw: _, ...record } of records) {
      expect(record).toEqual({
        kind: 'span',
        context: expect.objectContaining({
          scopeName: 'shop-llm',
          scopeVersion: '1.2.3',
          resource: { 'service.name': 'shop' },
        }),
        ...ids,
        parentSpanId: '',
        name: 'chat gpt-4o',
        spanKind: 3,
        startUs: 1_763_700_000_123_456,
        endUs: 1_763_700_001_000_000,
        statusCode: 2,
        statusMessage: 'cut off',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.input.messages': expect.stringContaining('Grüße, 世界 🌍'),
          'gen_ai.response.finish_reasons': ['stop', 'length'],
          'gen_ai.usage.input_tokens': 12,
          'gen_ai.request.temperature': 0.5,
          stream: true,
        },
        events: [{ name: 'first chunk', timeUs: 1_763_700_000_500_000, attributes: { n: 1 } }],
      })
    }
  })

  test('a receiver that is full for a moment loses nothing: the exporters come back by themselves', async () => {
    let refused = 0
    const taken: Interaction[] = []
    const emit: Options['emit'] = async (batch) => {
      if (++refused % 2 === 1) throw new WeirError('WEIR_QUEUE_FULL', 'full')
      taken.push(...batch)
      return []
    }
    const { port } = await start({ emit })
    const all = exporters(port)
    const results = await Promise.all(all.map(([, exporter]) => exported(exporter)))
    expect(results.map((result) => result.code)).toEqual(all.map(() => ExportResultCode.SUCCESS))
    expect(taken.length).toBe(4)
    await Promise.all(all.map(([, exporter]) => exporter.shutdown()))
  })
})

test('logs: what an application sends as log records is taken, each with an id of its own', async () => {
  const running = await start({ normalise: createNormaliser() })
  const exporter = new OTLPLogExporter({ url: `http://127.0.0.1:${running.port}/v1/logs` })
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] })
  const logger = provider.getLogger('openai')
  logger.emit({ eventName: 'gen_ai.user.message', body: { content: 'hello' } })
  logger.emit({ eventName: 'gen_ai.choice', body: { index: 0, message: { content: 'hi' } } })
  logger.emit({ eventName: 'app.started', body: 'up' })
  await provider.forceFlush()
  await provider.shutdown()
  expect(running.taken.map(({ kind, name }) => [kind, name])).toEqual([
    ['log', 'gen_ai.user.message'],
    ['log', 'gen_ai.choice'],
  ])
  expect(new Set(running.taken.map(({ id }) => id)).size).toBe(2)
  expect(running.counts.get('otlp.records logs ignored not_genai')).toBe(1)
})
