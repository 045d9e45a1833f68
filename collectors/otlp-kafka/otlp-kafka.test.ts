import { describe, expect, test } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import type { Emit, Refusal } from '../../core/seam.ts'
import type { ForeignRecord } from '../../core/streams/kafka/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import {
  jsonLogs,
  jsonRequest,
  protobufLogs,
  protobufRequest,
  type TraceRequest,
} from '../../test/support/otlp-encode.ts'
import { createNormaliser } from '../dialects/index.ts'
import { createOtlpKafkaCollector } from './index.ts'

const CONFIG = {
  enabled: true,
  tracesTopic: 'otlp_spans',
  logsTopic: 'otlp_logs',
  encoding: 'protobuf' as 'protobuf' | 'json',
  group: 'weir',
  tenant: 'acme',
}

const spans = (count: number, name = 'chat gpt-4o'): TraceRequest => ({
  resource: { 'service.name': 'shop' },
  scope: { name: 'test', version: '1', attributes: {} },
  schemaUrl: '',
  spans: Array.from({ length: count }, (_, n) => ({
    traceId: n.toString(16).padStart(32, 'a'),
    spanId: n.toString(16).padStart(16, 'b'),
    name,
    kind: 3,
    startMs: 1_767_225_600_000,
    durationUs: 1_000,
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o' },
  })),
})

const record = (value: Buffer, offset = 0, topic = 'otlp_spans'): ForeignRecord => ({
  topic,
  partition: 0,
  offset,
  value,
})

interface Rig {
  batches: (readonly Interaction[])[]
  counted: [string, number, unknown][]
  logged: unknown[]
  take: (records: readonly ForeignRecord[]) => Promise<void>
}

function rig(
  config: Partial<typeof CONFIG> = {},
  refuse: (batch: readonly Interaction[]) => Refusal[] = () => [],
): Rig {
  const made: Rig = { batches: [], counted: [], logged: [], take: async () => {} }
  const emit: Emit<Interaction> = async (batch) => {
    made.batches.push(batch)
    return refuse(batch)
  }
  made.take = async (records) => {
    const collector = createOtlpKafkaCollector(
      { ...CONFIG, ...config },
      {
        read: (_topics, handle) => handle(records),
        normalise: createNormaliser(),
        meter: { add: (name, value, labels) => made.counted.push([name, value, labels]) },
        clock: systemClock,
        logger: { warn: (...line: unknown[]) => made.logged.push(line) },
      },
    )
    await collector.run(emit, new AbortController().signal)
  }
  return made
}

describe('topics of a Collector', () => {
  test.each([
    ['protobuf', protobufRequest],
    ['json', jsonRequest],
  ] as const)('a record in %s is an export request, of the tenant that the topic has', async (encoding, encode) => {
    const { take, batches } = rig({ encoding })
    await take([record(encode(spans(3))), record(encode(spans(2)), 1)])
    expect(batches.map((batch) => batch.length)).toEqual([5])
    expect(batches[0]![0]).toMatchObject({
      tenant: 'acme',
      service: { name: 'shop' },
      arrival: { collector: 'otlp-kafka' },
    })
  })

  test.each([
    ['protobuf', protobufLogs],
    ['json', jsonLogs],
  ] as const)('log records with what was said, in %s, are of the span that they name', async (encoding, encode) => {
    const { take, batches, counted } = rig({ encoding })
    const { resource, scope, schemaUrl } = spans(0)
    const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), timeMs: 1_767_225_600_000 }
    const logs = ['gen_ai.user.message', 'app.log'].map((eventName) => {
      return { ...ids, eventName, body: { content: 'hello' }, attributes: {} }
    })
    await take([record(encode({ resource, scope, schemaUrl, logs }), 0, 'otlp_logs')])
    expect(batches).toMatchObject([[{ kind: 'log', tenant: 'acme', traceId: ids.traceId, spanId: ids.spanId }]])
    expect(counted).toContainEqual(['otlp.records', 1, { signal: 'logs', outcome: 'ignored', reason: 'not_genai' }])
  })

  test('the same record read again gives the same ids', async () => {
    const bytes = protobufRequest(spans(3))
    const { take, batches } = rig()
    await take([record(bytes)])
    await take([record(bytes, 7)])
    const ids = batches.map((batch) => batch.map(({ id }) => id))
    expect(ids[0]).toEqual(ids[1])
    expect(new Set(ids[0]).size).toBe(3)
  })

  test('many records are emitted in lots', async () => {
    const { take, batches } = rig()
    await take(Array.from({ length: 30 }, (_, n) => record(protobufRequest(spans(100, `chat ${n}`)), n)))
    expect(batches.map((batch) => batch.length)).toEqual([1000, 1000, 1000])
  })

  test('what is no export request is counted, named by its place, and costs nothing else', async () => {
    const { take, batches, counted, logged } = rig()
    await take([record(Buffer.from('not protobuf at all')), record(protobufRequest(spans(1)), 1)])
    expect(batches.map((batch) => batch.length)).toEqual([1])
    expect(counted).toContainEqual(['otlp_kafka.undecodable', 1, { signal: 'traces' }])
    expect(JSON.stringify(logged)).toContain('"offset":0')
    expect(JSON.stringify(logged)).not.toContain('not protobuf')
  })

  test('what the stream refuses for good is counted for the record that it came in', async () => {
    const { take, counted, logged } = rig({}, (batch) => [
      { index: batch.length - 1, reason: 'too_large', message: 'The record is too large.' },
    ])
    await take([record(protobufRequest(spans(2))), record(protobufRequest(spans(3)), 1)])
    const refused = counted.filter(([, , labels]) => (labels as { outcome?: string }).outcome === 'refused')
    expect(refused).toEqual([['otlp.records', 1, { signal: 'traces', outcome: 'refused', reason: 'too_large' }]])
    expect(logged).toEqual([['spans of a topic were refused', { refused: 1 }]])
  })

  test('a failure for now reaches the reader, who gives the same records again', async () => {
    const { take } = rig({}, () => {
      throw new Error('the queue is full')
    })
    await expect(take([record(protobufRequest(spans(1)))])).rejects.toThrow('the queue is full')
  })
})
