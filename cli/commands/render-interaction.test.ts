import { expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { renderInteraction } from './render-interaction.ts'

const INTERACTION: Interaction = {
  version: 1,
  id: '78b2a7770966294535f5962fd16b46fc',
  tenant: 'default',
  kind: 'span',
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b101',
  name: 'chat gpt-4o',
  operation: 'chat',
  startedAt: Date.UTC(2026, 8, 21) * 1000,
  durationUs: 1_250_000,
  service: { name: 'shop', environment: 'production' },
  actor: { user: 'u-1842' },
  release: { provider: 'openai', requestedModel: 'gpt-4o', model: 'gpt-4o-2024-08-06', promptName: 'refund' },
  system: [],
  input: [{ role: 'user', parts: [{ type: 'text', content: 'First line\nsecond line' }] }],
  output: [
    {
      role: 'assistant',
      finishReason: 'tool_call',
      parts: [
        { type: 'text', content: 'I look it up.' },
        { type: 'tool_call', content: '{"order":17}', id: 'c1', name: 'find_order' },
      ],
    },
  ],
  tools: [{ name: 'find_order' }],
  toolCalls: [{ name: 'find_order', arguments: '{"order":17}' }],
  sources: [{ id: 'handbook', score: 0.5 }],
  usage: { input: 120, cachedInput: 64, output: 45 },
  finishReasons: ['tool_call'],
  error: { type: 'timeout', message: 'too slow' },
  evaluations: [{ name: 'relevance', score: 0.75, label: 'good' }],
  capture: { input: 'full', output: 'full' },
  arrival: { dialect: 'otel-genai-latest', collector: 'otlp', receivedAt: 0 },
  attributes: { 'server.port': 443 },
}

it('shows what Weir made of a call', () => {
  expect(renderInteraction(INTERACTION, false).split('\n')).toEqual([
    '2026-09-21T00:00:00.000Z  chat gpt-4o  1.25 s  FAILED',
    '  id         78b2a7770966294535f5962fd16b46fc',
    '  operation  chat',
    '  release    openai gpt-4o answered by gpt-4o-2024-08-06 prompt refund',
    '  service    shop production',
    '  actor      user u-1842',
    '  trace      5b8efff798038103d269b633813fc60c span eee19b7ec3c1b101',
    '  usage      120 in (64 cached) 45 out',
    '  finish     tool_call',
    '  error      timeout: too slow',
    '  tools      find_order',
    '  evaluated  relevance 0.75 good',
    '  capture    input full, output full',
    '  dialect    otel-genai-latest',
    '  input',
    '    user: First line',
    '      second line',
    '  output',
    '    assistant [tool_call]:',
    '      I look it up.',
    '      <tool_call find_order c1> {"order":17}',
    '  tool calls',
    '    find_order',
    '      arguments: {"order":17}',
    '  sources',
    '    handbook score 0.5',
    '  attributes',
    '    server.port = 443',
  ])
})

it('lets no text steer the terminal', () => {
  const attack = '\u001b]0;title\u0007\u001b[2J\r\u009b31m\u202eevil'
  const hostile: Interaction = {
    ...INTERACTION,
    name: `chat\n${attack}`,
    input: [{ role: attack, name: attack, parts: [{ type: 'other', content: attack, name: attack }] }],
    error: { type: attack, message: attack },
    attributes: { [attack]: attack },
  }
  const shown = renderInteraction(hostile, false)
  expect(/[\p{Cc}\p{Bidi_Control}]/u.test(shown.replaceAll('\n', ''))).toBe(false)
  expect(shown).toContain('\\u001b]0;title\\u0007')
  expect(shown.split('\n')[0]).toContain('chat \\u001b')
})

it('paints only when asked', () => {
  const painted = renderInteraction(INTERACTION, true)
  const pattern = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'gu')
  expect(painted).toMatch(pattern)
  expect(painted.replaceAll(pattern, '')).toBe(renderInteraction(INTERACTION))
})
