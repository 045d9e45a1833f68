import { expect, it } from 'vitest'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { decodeRequest } from '../../collectors/dialects/wire/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { interaction } from '../../test/support/interactions.ts'
import { requestOf } from './otlp.ts'

const CONTEXT = { tenant: 'default', collector: 'otlp', receivedAt: Date.now() * 1000 }

function throughOtlp(interactions: readonly Interaction[]): Interaction[] {
  const { records, refused } = decodeRequest('traces', 'json', Buffer.from(JSON.stringify(requestOf(interactions))))
  expect(refused).toEqual([])
  const normalise = createNormaliser()
  return records.map((record) => normalise(record, CONTEXT) as Interaction)
}

const call: Interaction = interaction('call', {
  ...{ parentSpanId: 'd'.repeat(16), conversationId: 'c-1', durationUs: 1_500_000 },
  service: { name: 'shop', version: '1', instance: 'i', environment: 'prod' },
  actor: { user: 'u', agent: 'a', onBehalfOf: 'b' },
  release: {
    ...{ route: 'r', provider: 'openai', requestedModel: 'm', model: 'm-1' },
    ...{ fingerprint: 'fp', promptName: 'p', promptVersion: '2' },
  },
  system: [{ role: 'system', parts: [{ type: 'text', content: 'be kind to [EMAIL_ADDRESS:7f3a9c21]' }] }],
  input: [
    { role: 'user', name: 'jo', parts: [{ type: 'text', content: '☃ "quoted"' }] },
    { role: 'tool', parts: [{ type: 'tool_response', id: 't1', content: 'found' }] },
  ],
  output: [
    {
      role: 'assistant',
      finishReason: 'tool_call',
      parts: [
        { type: 'reasoning', content: 'hm' },
        { type: 'tool_call', id: 't2', name: 'look', content: '{"q":"[withheld: too long]"}' },
      ],
    },
  ],
  tools: [{ name: 'look', type: 'function', description: 'looks', parameters: '{"type":"object"}' }],
  usage: { input: 10, output: 5, cachedInput: 4, cacheWrite: 1, reasoning: 2 },
  finishReasons: ['tool_call'],
  error: { type: 'rate_limit', message: 'too many' },
  evaluations: [{ name: 'relevance', score: 0.5, label: 'good', explanation: 'because' }],
  sources: [{ id: 'handbook', uri: 'https://example.org/h', score: 0.5, content: 'page', contentHash: 'ff' }],
  attributes: { region: 'eu', 'span.kind': 'internal' },
})

it('gives a Collector, and us, all that the conventions have a name for', () => {
  const [back] = throughOtlp([call])
  const { id: _id, arrival: _arrival, capture: _capture, ...rest } = call
  expect(back).toMatchObject(rest)
})

it('gives a tool call as one, and a span to what had no trace', () => {
  const tool = interaction('tool', {
    ...{ operation: 'execute_tool', name: 'execute_tool look', input: [], output: [], sources: [] },
    toolCalls: [{ name: 'look', id: 't', type: 'function', arguments: '{"a":1}', result: 'none' }],
  })
  const [back, bare] = throughOtlp([tool, interaction('log', { kind: 'log', traceId: '', spanId: '' })])
  expect(back).toMatchObject({ operation: 'execute_tool', toolCalls: tool.toolCalls })
  expect(bare!.traceId).toMatch(/^[0-9a-f]{32}$/)
})

it('puts what one service and scope sent together', () => {
  const other = interaction('other', { service: { name: 'other' } })
  const { resourceSpans } = requestOf([call, other, interaction('third', { service: call.service })]) as {
    resourceSpans: { scopeSpans: { spans: unknown[] }[] }[]
  }
  expect(resourceSpans.map(({ scopeSpans }) => scopeSpans[0]!.spans.length)).toEqual([2, 1])
})
