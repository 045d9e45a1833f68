import { trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { start, watchCall, withActor } from './index.ts'

test('nobody listens: the queue is bounded, nothing throws, the stop has a deadline', async () => {
  const sdk = start({ endpoint: 'http://127.0.0.1:9', maxQueueSize: 10 })
  const tracer = trace.getTracer('instrumentation')
  for (let n = 0; n < 5_000; n++)
    withActor({ user: 'u' }, () => tracer.startSpan('chat', { attributes: { 'gen_ai.operation.name': 'chat' } }).end())
  expect(await watchCall({ model: 'm' }, async () => 'answer')).toBe('answer')
  await sdk.stop()
}, 15_000)
