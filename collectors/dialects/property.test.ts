import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { interactionSchema } from '../../schemas/interaction.ts'
import { createNormaliser, UNREAD } from './index.ts'
import type { AnyValue, Attributes, SpanEvent } from './record.ts'
import { CONTEXT, eventOf, spanOf } from './span.fixture.ts'
import { wellFormed } from './text.ts'

/*
 * Arbitrary attribute bags, half of them under keys that a dialect reads: never a throw, always an interaction of the
 * schema that survives JSON, or an ignore; and every seed planted in a string comes out again somewhere.
 */
const KEYS = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.definitions',
  'gen_ai.tool.name',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query.text',
  'gen_ai.data_source.id',
  'gen_ai.response.finish_reasons',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.event.content',
  'gen_ai.evaluation.name',
  'gen_ai.evaluation.score.value',
  'mcp.method.name',
  'error.type',
  'exception.type',
  'content',
  'message',
  'tool_calls',
  'role',
  'id',
  'session.id',
  '__proto__',
  'constructor',
]
const EVENTS = [
  'gen_ai.user.message',
  'gen_ai.system.message',
  'gen_ai.tool.message',
  'gen_ai.choice',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
  'gen_ai.client.inference.operation.details',
  'gen_ai.evaluation.result',
  'exception',
  'other',
]
const FIELDS = [
  'role',
  'parts',
  'content',
  'type',
  'text',
  'name',
  'id',
  'arguments',
  'function',
  'tool_calls',
  'uri',
  'response',
  'score',
  '__proto__',
]
const TYPES = [
  'text',
  'reasoning',
  'tool_call',
  'tool_call_response',
  'server_tool_call',
  'file',
  'uri',
  'function',
  'x.y',
  'system',
  'tool',
]

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...TYPES))
const leaf = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.uint8Array({ maxLength: 8 }))
const { value } = fc.letrec<{ value: AnyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 5 }),
  ) as fc.Arbitrary<AnyValue>,
}))
const asJson = value.map((made) => {
  const written = JSON.stringify(made)
  return typeof written === 'string' ? written : ''
})
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: text }),
  fc.oneof(value, asJson, asJson),
  { maxKeys: 12 },
)
const events: fc.Arbitrary<SpanEvent[]> = fc.array(
  fc.record({ name: fc.constantFrom(...EVENTS), timeUs: fc.double(), attributes }),
  { maxLength: 4 },
)
const time = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 2 ** 63, -1, Number.NaN, Number.POSITIVE_INFINITY))

/** Every string and key in a value. */
function strings(held: unknown): string[] {
  if (typeof held === 'string') return [held]
  if (typeof held !== 'object' || held === null) return []
  return Object.entries(held).flatMap(([key, inner]) => [key, ...strings(inner)])
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
const validate = ajv.compile(interactionSchema)

it('makes a valid interaction of any attribute bag, or ignores it', { timeout: 120_000 }, () => {
  const normalise = createNormaliser()
  const span = fc.record({
    attributes,
    events,
    name: text,
    startUs: time,
    endUs: time,
    spanKind: fc.integer(),
    statusCode: fc.nat(3),
    statusMessage: text,
  })
  let made = 0
  fc.assert(
    fc.property(span, fc.dictionary(text, value, { maxKeys: 4 }), (fields, resource) => {
      const record = spanOf(fields.attributes, fields)
      record.context.resource = resource
      const result = normalise(record, CONTEXT)
      if ('ignored' in result) return
      made++
      validate(result)
      expect(validate.errors).toBeNull()
      expect(result.attributes).not.toHaveProperty([UNREAD])
      const written = JSON.stringify(result)
      expect(JSON.stringify(JSON.parse(written))).toBe(written)
      expect(strings(result).filter((held) => wellFormed(held) !== held)).toEqual([])
      expect(result.usage.input ?? 0).toBeGreaterThanOrEqual(
        result.usage.input === undefined ? 0 : (result.usage.cachedInput ?? 0),
      )
    }),
    { numRuns: 1_000 },
  )
  expect(made).toBeGreaterThan(250)
})

it('loses no text: a seed anywhere in a span comes out in its interaction', { timeout: 120_000 }, () => {
  const normalise = createNormaliser()
  const SEED = 'seed4711'
  const seeded = fc.letrec<{ value: AnyValue }>((tie) => ({
    value: fc.oneof(
      fc.constant(SEED),
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...FIELDS.filter((key) => key !== '__proto__' && key !== 'id' && key !== 'type')),
        tie('value'),
        { minKeys: 1, maxKeys: 4 },
      ),
      fc.record({
        role: fc.constantFrom('user', 'tool', 'system'),
        parts: fc.array(fc.record({ type: fc.constantFrom(...TYPES), content: tie('value'), extra: tie('value') }), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      fc.record({
        role: fc.constantFrom('user', 'tool', 'assistant'),
        content: tie('value'),
        tool_calls: tie('value'),
      }),
    ) as fc.Arbitrary<AnyValue>,
  })).value
  const count = (text: string): number => text.split(SEED).length - 1
  fc.assert(
    fc.property(
      fc.constantFrom(...KEYS.filter((key) => key !== '__proto__')),
      seeded,
      fc.boolean(),
      fc.option(fc.constantFrom(...EVENTS)),
      (key, planted, json, event) => {
        const sent = json && typeof planted === 'object' ? JSON.stringify(planted) : planted
        const held = { [key]: sent }
        const record = spanOf({ 'gen_ai.request.model': 'm' }, { statusCode: 2 })
        if (event === null) Object.assign(record.attributes, held)
        else record.events.push(eventOf(event, held))
        const result = normalise(record, CONTEXT)
        expect(count(JSON.stringify(result))).toBeGreaterThanOrEqual(count(JSON.stringify(planted)))
      },
    ),
    { numRuns: 3_000 },
  )
})
