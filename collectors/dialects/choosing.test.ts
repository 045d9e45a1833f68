import { describe, expect, it } from 'vitest'
import type { Dialect } from './dialect.ts'
import { createNormaliser } from './index.ts'
import { takeIndexed } from './reading/indexed.ts'
import { AttributeReader } from './reading/reader.ts'
import type { Attributes, LogRecord } from './record.ts'
import { CONTEXT, eventOf, normalised, spanOf } from './span.fixture.ts'

const scoped = (attributes: Attributes, scopeName: string): ReturnType<typeof spanOf> => {
  const span = spanOf(attributes)
  return { ...span, context: { ...span.context, scopeName } }
}
const logOf = (eventName: string, body: LogRecord['body'], attributes: Attributes = {}): LogRecord => {
  const { context, traceId, spanId } = spanOf({})
  return {
    kind: 'log',
    context,
    traceId,
    spanId,
    timeUs: 1,
    eventName,
    severityNumber: 9,
    body,
    attributes,
    raw: 'raw',
  }
}

describe('which dialect', () => {
  const dialectOf = (span: ReturnType<typeof spanOf>): string => {
    const made = createNormaliser()(span, CONTEXT)
    return 'ignored' in made ? made.ignored : made.arrival.dialect
  }

  it('a scope says who wrote a record, never that it is about GenAI', () => {
    expect(dialectOf(scoped({ 'db.system': 'redis' }, 'litellm'))).toBe('not_genai')
    expect(dialectOf(scoped({ 'gen_ai.provider.name': 'openai' }, 'litellm'))).toBe('litellm')
  })

  it('text names its own dialect; words of a vendor beside it do not', () => {
    const text = { 'gen_ai.input.messages': 'Hi' }
    expect(dialectOf(spanOf({ ...text, 'langfuse.trace.name': 'support' }))).toBe('otel-genai-latest')
    expect(dialectOf(spanOf({ ...text, 'traceloop.workflow.name': 'support' }))).toBe('openllmetry')
    expect(dialectOf(spanOf({ 'langfuse.trace.name': 'support', 'gen_ai.request.model': 'm' }))).toBe('langfuse')
  })

  it('an index after a prefix is a sign, a word is not', () => {
    expect(dialectOf(spanOf({ 'gen_ai.prompt.77.content': 'Hi' }))).toBe('openllmetry-old')
    expect(dialectOf(spanOf({ 'gen_ai.prompt.name': 'greeting' }))).toBe('otel-genai-latest')
  })

  it('refuses more dialects than it has bits for', () => {
    const many = Array.from({ length: 33 }, (_, index): Dialect => ({ name: `d${index}`, versions: '', signs: {} }))
    expect(() => createNormaliser({ dialects: many })).toThrow('33 dialects')
  })
})

describe('log records', () => {
  const normalise = createNormaliser()

  it('with text become interactions that name their span', () => {
    const made = normalise(logOf('gen_ai.user.message', { content: 'Hi', extra: 'kept' }, { 'user.id': 'u1' }), CONTEXT)
    expect(made).toMatchObject({
      kind: 'log',
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      name: 'gen_ai.user.message',
      actor: { user: 'u1' },
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
      attributes: { extra: 'kept' },
    })
  })

  it('may hold the text as their whole body, and fields that meet an attribute', () => {
    expect(normalise(logOf('gen_ai.user.message', 'Hi'), CONTEXT)).toMatchObject({
      input: [{ parts: [{ content: 'Hi' }] }],
    })
    const both = normalise(logOf('gen_ai.choice', { role: 'a', message: 'Hi' }, { role: 'assistant' }), CONTEXT)
    expect(both).toMatchObject({ output: [{ role: 'assistant' }], attributes: { 'body.role': 'a' } })
  })

  it('can be an evaluation or an error', () => {
    const judged = { 'gen_ai.evaluation.name': 'relevance', 'gen_ai.evaluation.score.value': 0.5 }
    expect(normalise(logOf('gen_ai.evaluation.result', null, judged), CONTEXT)).toMatchObject({
      operation: 'evaluate',
      evaluations: [{ name: 'relevance', score: 0.5 }],
    })
    const thrown = { 'exception.type': 'TimeoutError', 'exception.message': 'too late' }
    expect(normalise(logOf('gen_ai.client.operation.exception', null, thrown), CONTEXT)).toMatchObject({
      error: { type: 'TimeoutError', message: 'too late' },
    })
  })

  it('that say nothing of a call are not kept', () => {
    expect(normalise(logOf('', 'a line', { 'gen_ai.conversation.id': 'c' }), CONTEXT)).toEqual({
      ignored: 'log_without_content',
    })
    expect(normalise(logOf('', 'a line'), CONTEXT)).toEqual({ ignored: 'not_genai' })
  })
})

describe('tokens of children', () => {
  const usage = { 'gen_ai.usage.input_tokens': 62, 'gen_ai.usage.output_tokens': 24 }

  it('are kept beside an agent, not counted as its own', () => {
    const made = normalised({ 'gen_ai.operation.name': 'invoke_agent', ...usage }, { spanKind: 1 })
    expect(made.usage).toEqual({})
    expect(made.attributes).toMatchObject({ 'children.usage.input': '62', 'children.usage.output': '24' })
  })

  it('but an agent that is called elsewhere has no children here', () => {
    expect(normalised({ 'gen_ai.operation.name': 'invoke_agent', ...usage }, { spanKind: 3 }).usage).toEqual({
      input: 62,
      output: 24,
    })
  })
})

describe('indexed attributes', () => {
  it('cost what they are, however large the index', () => {
    const reader = new AttributeReader({
      'a.1000000000000.b': 'last',
      'a.3.b': 'first',
      'a.3.c.0': 'x',
      'a.3.c.9': 'y',
    })
    expect(takeIndexed(reader, 'a.')).toEqual([{ b: 'first', c: ['x', 'y'] }, { b: 'last' }])
  })

  it('beyond the bound stay attributes', () => {
    const many = Object.fromEntries(
      Array.from({ length: 10_003 }, (_, index) => [`gen_ai.prompt.${index}.content`, `t${index}`]),
    )
    const made = normalised(many)
    expect(made.input).toHaveLength(10_000)
    expect(Object.keys(made.attributes)).toHaveLength(3)
  })

  it('that contradict each other are all kept', () => {
    const made = normalised({
      'gen_ai.prompt.0': 'a',
      'gen_ai.prompt.0.content': 'b',
      'gen_ai.prompt.0.content.c': 'd',
    })
    expect(JSON.stringify(made)).toMatch(/"a".*"d"|"d".*"a"/)
    expect(JSON.stringify(made)).toContain('"b"')
  })
})

it('a choice with two accounts of itself keeps both', () => {
  const event = eventOf('gen_ai.choice', { content: 'beside', message: '{"content":"inside"}' })
  const [message] = normalised({}, { events: [event] }).output
  expect(message?.parts.map(({ content }) => content)).toEqual(['inside', '{"content":"beside"}'])
})
