import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { interactionSchema } from '../../schemas/interaction.ts'
import { createNormaliser, DIALECTS, UNREAD } from './index.ts'
import type { AnyValue, Attributes, SpanEvent } from './record.ts'
import { CONTEXT, eventOf, spanOf } from './span.fixture.ts'
import { wellFormed } from './reading/text.ts'

/*
 * Arbitrary attribute bags, half of them under keys that a dialect reads: never a throw, always an interaction of the
 * schema that survives JSON, or an ignore; and every seed planted in a string comes out again somewhere.
 */
const OTHER_KEYS = [
  'gen_ai.tool.definitions',
  'gen_ai.tool.name',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query.text',
  'gen_ai.data_source.id',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.cache_write.input_tokens',
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.event.content',
  'gen_ai.evaluation.name',
  'gen_ai.evaluation.score.value',
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
  'gen_ai.prompt.0.content',
  'gen_ai.prompt.1000000000.tool_calls.0.arguments',
  'gen_ai.prompt.0',
  'gen_ai.completion.0.content',
  'gen_ai.completion.0.function_call.arguments',
  'llm.prompts',
  'llm.request.functions.0.parameters',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'traceloop.span.kind',
  'ai.prompt.messages',
  'ai.prompt',
  'ai.prompt.tools',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.response.reasoning',
  'ai.values',
  'ai.toolCall.args',
  'ai.embedding',
  'llm.input_messages.0.message.role',
  'llm.input_messages.0.message.content',
  'llm.input_messages.0.message.contents.0.message_content.text',
  'llm.output_messages.3.message.tool_calls.0.tool_call.function.arguments',
  'llm.tools.0.tool.json_schema',
  'retrieval.documents.0.document.content',
  'retrieval.documents.0.document.metadata',
  'reranker.output_documents.0.document.content',
  'embedding.embeddings.0.embedding.text',
  'input.value',
  'output.value',
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.usage_details',
  'langfuse.observation.level',
  'langsmith.span.kind',
  'events',
  'final_result',
  'tool_response',
  'gcp.vertex.agent.llm_request',
  'gcp.vertex.agent.llm_response',
  'mlflow.spanInputs',
  'mlflow.spanOutputs',
  'mlflow.chat.tokenUsage',
  'genkit:input',
  'genkit:output',
  'lk.pii.chat_ctx',
  'lk.response.text',
  'lk.response.function_calls',
  'gen_ai.request.messages',
  'gen_ai.response.text',
  'gen_ai.response.tool_calls',
  'gen_ai.prompt_json',
  'gen_ai.completion_json',
  'gen_ai.input.messages.0.content',
  'gen_ai.usage.total_tokens',
  'messages',
  'mcp.request.argument',
  'mcp.request.argument.city',
  'mcp.response.value',
  'db.query.result.metadata',
  'db.query.result.0.document',
  'db.system',
  'haystack.component.input',
  'haystack.component.output',
  'spring.ai.tool.call.arguments',
  'spring.ai.chat.client.user.text',
  'db.vector.query.response.documents',
]
/** Every key that a dialect names, and those it only asks for while reading. */
const KEYS = [
  ...new Set([
    ...DIALECTS.flatMap(({ signs, fields = {} }) => [...(signs.keys ?? []), ...Object.values(fields).flat()]),
    ...OTHER_KEYS,
  ]),
]
/** What decides how a dialect reads the rest. */
const KINDS: Attributes[] = [
  {},
  ...['chat', 'execute_tool', 'retrieval', 'embeddings', 'invoke_agent'].map((operation) => ({
    'gen_ai.operation.name': operation,
  })),
  ...['LLM', 'TOOL', 'RETRIEVER', 'EMBEDDING', 'RERANKER'].map((kind) => ({ 'openinference.span.kind': kind })),
  ...['generation', 'tool', 'retriever', 'embedding'].map((type) => ({ 'langfuse.observation.type': type })),
  ...['llm', 'tool', 'retriever', 'chain'].map((kind) => ({ 'langsmith.span.kind': kind })),
  ...['CHAT_MODEL', 'TOOL', 'RETRIEVER', 'EMBEDDING'].map((type) => ({ 'mlflow.spanType': `"${type}"` })),
  ...['model', 'tool', 'retriever', 'flow'].map((kind) => ({ 'genkit:metadata:subtype': kind })),
  { 'ai.operationId': 'ai.toolCall' },
  { 'ai.operationId': 'ai.generateText.doGenerate' },
  { 'lk.function_tool.name': 'f' },
  { 'traceloop.span.kind': 'tool' },
  { 'haystack.component.type': 'OpenAIChatGenerator' },
  { 'haystack.component.type': 'InMemoryBM25Retriever' },
  { 'spring.ai.kind': 'vector_store' },
  { 'spring.ai.kind': 'tool_call' },
  { 'mcp.method.name': 'tools/call' },
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
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'db.query.result',
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
  'messages',
  'system',
  'config',
  'tools',
  'model',
  'choices',
  'message',
  'output',
  'kwargs',
  'metadata',
  'finish_reason',
  'functionCall',
  'toolResult',
  'input',
  'data',
  'usage',
  'reasoning',
  'response_metadata',
  'generation_info',
  'value',
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
  'tool-call',
  'tool-result',
  'human',
  'image',
  'document',
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
    kind: fc.constantFrom(...KINDS),
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
      const { kind, ...others } = fields
      const record = spanOf(
        { ...kind, ...others.attributes },
        { ...others, attributes: { ...kind, ...others.attributes } },
      )
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
      const { usage } = result
      const details = (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0)
      expect(usage.input ?? details).toBeGreaterThanOrEqual(Math.min(details, Number.MAX_SAFE_INTEGER))
      expect(usage.output ?? usage.reasoning ?? 0).toBeGreaterThanOrEqual(usage.reasoning ?? 0)
      expect(JSON.stringify(createNormaliser()(record, CONTEXT))).toBe(written)
    }),
    { numRuns: 2_000 },
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
  // Each is another text: what says the same twice may be kept once.
  const numbered = (text: string): string => {
    let number = 0
    return text.replaceAll(SEED, () => `${SEED}-${number++}-`)
  }
  const seedsIn = (text: string): string[] => [...text.matchAll(/seed4711\d-\d+-/g)].map(([seed]) => seed)
  const attribute = fc.tuple(fc.constantFrom(...KEYS.filter((key) => key !== '__proto__')), seeded, fc.boolean())
  const several = fc.uniqueArray(attribute, { minLength: 1, maxLength: 3, selector: ([key]) => key })
  fc.assert(
    fc.property(several, fc.option(fc.constantFrom(...EVENTS)), fc.constantFrom(...KINDS), (planted, event, kind) => {
      const record = spanOf({ 'gen_ai.request.model': 'm', ...kind }, { statusCode: 2 })
      const texts = planted.map(([, value], index) =>
        numbered(JSON.stringify(value)).replaceAll(SEED, `${SEED}${index}`),
      )
      const sent = planted.map(([key, , json], index): [string, AnyValue] => {
        const value = JSON.parse(texts[index] ?? '') as AnyValue
        return [key, json && typeof value === 'object' ? JSON.stringify(value) : value]
      })
      if (event === null) Object.assign(record.attributes, Object.fromEntries(sent))
      else record.events.push(eventOf(event, Object.fromEntries(sent)))
      const result = JSON.stringify(normalise(record, CONTEXT))
      for (const seed of texts.flatMap(seedsIn)) expect(result).toContain(seed)
    }),
    { numRuns: 6_000 },
  )
})
