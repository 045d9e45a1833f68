import { describe, expect, it } from 'vitest'
import type { Message, Part } from '../../schemas/interaction.ts'
import type { Dialect } from './dialect.ts'
import { finishReason, finishReasons } from './reading/finish.ts'
import { createNormaliser, DIALECTS, UNREAD } from './index.ts'
import { MAX_PARTS, messagesOf } from './reading/messages.ts'
import { providerName } from './reading/providers.ts'
import type { AnyValue } from './record.ts'
import { CONTEXT, eventOf, normalised, spanOf } from './span.fixture.ts'
import { MAX_ITEMS } from './reading/items.ts'

const MESSAGES = [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]
const partsOf = (message: Message | undefined): Part[] => message?.parts ?? []

describe('rules', () => {
  it('takes messages as a structure, as JSON text and as plain text', () => {
    const structured = normalised({ 'gen_ai.input.messages': MESSAGES }).input
    expect(normalised({ 'gen_ai.input.messages': JSON.stringify(MESSAGES) }).input).toEqual(structured)
    expect(normalised({ 'gen_ai.input.messages': ` ${JSON.stringify(MESSAGES)}` }).input).toEqual(structured)
    expect(normalised({ 'gen_ai.input.messages': 'Hi' }).input).toEqual(structured)
    expect(structured).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }])
  })

  it('has one word for each finish reason', () => {
    const aliases = { tool_call: ['tool_calls', 'tool-calls', 'tool_use', 'function_call'], length: ['max_tokens'] }
    for (const [word, sent] of Object.entries(aliases)) expect(sent.map(finishReason)).toEqual(sent.map(() => word))
    expect(['end_turn', 'stop_sequence', 'STOP', 'stop'].map(finishReason)).toEqual(['stop', 'stop', 'stop', 'stop'])
    expect(finishReason('Paused by host')).toBe('Paused by host')
    expect(finishReason('constructor')).toBe('constructor')
    expect(finishReasons('["a", 1]')).toBeUndefined()
  })

  it('has one name for each provider, and keeps the dots that belong to it', () => {
    const names = { 'openai.chat': 'openai', 'anthropic.messages': 'anthropic', 'aws.bedrock': 'aws.bedrock' }
    for (const [sent, name] of Object.entries(names)) expect(providerName(sent)).toBe(name)
    expect(providerName('az.ai.openai')).toBe('azure.ai.openai')
    expect(providerName('az.ai.inference')).toBe('azure.ai.inference')
    expect(providerName('vertex_ai')).toBe('gcp.vertex_ai')
    expect(providerName('gemini')).toBe('gcp.gemini')
    expect(providerName('xai')).toBe('x_ai')
    expect(providerName('google.vertex.chat')).toBe('gcp.vertex_ai')
    for (const unknown of ['acme.internal', '.', '..', 'constructor', 'Own LLM'])
      expect(providerName(unknown)).toBe(unknown)
  })

  it('reads counts that come as strings and leaves what is no count', () => {
    const { usage, attributes } = normalised({
      'gen_ai.usage.input_tokens': '120',
      'gen_ai.usage.output_tokens': '12.5',
    })
    expect(usage).toEqual({ input: 120 })
    expect(attributes).toEqual({ 'gen_ai.usage.output_tokens': '12.5' })
    for (const odd of ['', ' 1', '-1', 'NaN', '1e999', -1, 0.5, 2 ** 60, true, null, [], {}, new Uint8Array(1)]) {
      expect(normalised({ 'gen_ai.usage.input_tokens': odd }).usage).toEqual({})
    }
  })

  it('knows cache writes by both names', () => {
    expect(normalised({ 'gen_ai.usage.cache_write.input_tokens': 4 }).usage).toEqual({ cacheWrite: 4 })
    expect(normalised({ 'gen_ai.usage.cache_creation.input_tokens': 4 }).usage).toEqual({ cacheWrite: 4 })
  })

  it('keeps totals inclusive', () => {
    const cached = { 'gen_ai.usage.cache_read.input_tokens': 8, 'gen_ai.usage.cache_write.input_tokens': 4 }
    expect(normalised({ 'gen_ai.usage.input_tokens': 31, ...cached }).usage.input).toBe(31)
    expect(normalised({ 'gen_ai.usage.input_tokens': 11, ...cached }).usage.input).toBe(23)
  })

  it('takes standard attributes before older ones, and keeps the older ones', () => {
    const made = normalised({
      'gen_ai.provider.name': 'openai',
      'gen_ai.system': 'az.ai.openai',
      'user.id': 'a',
      'enduser.id': 'b',
    })
    expect(made.release.provider).toBe('openai')
    expect(made.actor.user).toBe('a')
    expect(made.attributes).toEqual({ 'gen_ai.system': 'az.ai.openai', 'enduser.id': 'b' })
  })

  it('never keeps the bytes of a picture, whichever way they come', () => {
    const bytes = Buffer.from('not to be kept')
    const base64 = bytes.toString('base64')
    const forms: AnyValue[] = [
      { type: 'blob', modality: 'image', content: base64 },
      { type: 'blob', modality: 'image', content: new Uint8Array(bytes) },
      { type: 'uri', modality: 'image', uri: `data:image/png;base64,${base64}` },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } },
      { type: 'image_url', image_url: `data:image/png;base64,${base64}` },
    ]
    for (const part of forms) {
      const made = normalised({ 'gen_ai.input.messages': [{ role: 'user', parts: [part] }] })
      expect(JSON.stringify(made)).not.toContain(base64)
      expect(partsOf(made.input[0])[0]?.content).toContain('[blob 14 bytes sha256:')
      expect(partsOf(made.input[0])).toHaveLength(1)
    }
  })

  it('decides by record, not by producer', () => {
    const normalise = createNormaliser()
    const { context } = spanOf({})
    const dialectOf = (span: ReturnType<typeof spanOf>): string => {
      const made = normalise({ ...span, context }, CONTEXT)
      return 'ignored' in made ? made.ignored : made.arrival.dialect
    }
    expect(dialectOf(spanOf({ 'gen_ai.provider.name': 'openai' }))).toBe('otel-genai-latest')
    expect(dialectOf(spanOf({}, { events: [eventOf('gen_ai.user.message', { content: 'Hi' })] }))).toBe(
      'otel-genai-1.36',
    )
    expect(dialectOf(spanOf({ 'gen_ai.system': 'openai', 'gen_ai.usage.prompt_tokens': 1 }))).toBe('otel-genai-1.27')
    expect(dialectOf(spanOf({ 'http.route': '/gen_ai' }))).toBe('not_genai')
  })

  it('names the line that brings the text, and why there is none', () => {
    expect(normalised({}).capture.reason).toContain('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=')
    const failed = normalised({ 'gen_ai.input.messages': MESSAGES, 'error.type': '429' })
    expect(failed.capture).toEqual({
      input: 'full',
      output: 'absent',
      reason: 'the call failed and no answer was sent',
    })
    const both = normalised({ 'gen_ai.input.messages': MESSAGES, 'gen_ai.output.messages': 'Hello' })
    expect(both.capture).toEqual({ input: 'full', output: 'full' })
    expect(normalised({ 'gen_ai.output.messages': [{ role: 'assistant', parts: [] }] }).capture.output).toBe('absent')
  })
})

describe('bounds', () => {
  it('keeps what is beyond the parts of one field as one part', () => {
    const many = Array.from({ length: MAX_PARTS + 5 }, (_, index) => ({
      role: 'user',
      parts: [{ type: 'text', content: `t${index}` }],
    }))
    const messages = messagesOf(many, 'user')
    expect(messages).toHaveLength(MAX_PARTS + 1)
    const last = partsOf(messages.at(-1))
    expect(last).toHaveLength(1)
    expect(last[0]).toMatchObject({ type: 'other', name: 'remainder' })
    for (let index = MAX_PARTS; index < MAX_PARTS + 5; index++) expect(last[0]?.content).toContain(`"t${index}"`)
  })

  it('the same for the parts and the tool calls of one message', () => {
    const parts = Array.from({ length: MAX_PARTS + 2 }, (_, index) => ({ type: 'text', content: `t${index}` }))
    const [one] = messagesOf([{ role: 'user', parts }], 'user')
    expect(partsOf(one)).toHaveLength(MAX_PARTS + 1)
    expect(partsOf(one).at(-1)?.content).toContain(`t${MAX_PARTS + 1}`)
    const call = { type: 'function', function: { name: 'f', arguments: '{}' } }
    const [calls] = messagesOf(
      [{ role: 'assistant', tool_calls: Array.from({ length: MAX_PARTS + 2 }, () => call) }],
      'assistant',
    )
    expect(partsOf(calls)).toHaveLength(MAX_PARTS + 1)
    expect(JSON.parse(partsOf(calls).at(-1)?.content ?? '')).toHaveLength(2)
  })

  it('the same for tools and documents', () => {
    const tools = Array.from({ length: MAX_ITEMS + 1 }, (_, index) => ({ type: 'function', name: `tool${index}` }))
    const documents = Array.from({ length: MAX_ITEMS + 1 }, (_, index) => ({ id: `doc${index}` }))
    const made = normalised({ 'gen_ai.tool.definitions': tools, 'gen_ai.retrieval.documents': documents })
    expect(made.tools).toHaveLength(MAX_ITEMS)
    expect(made.sources).toHaveLength(MAX_ITEMS)
    expect(made.attributes['gen_ai.tool.definitions.remainder']).toContain(`tool${MAX_ITEMS}`)
    expect(made.attributes['gen_ai.retrieval.documents.remainder']).toContain(`doc${MAX_ITEMS}`)
  })

  it('the same for events and resource attributes', () => {
    const events = Array.from({ length: 1_002 }, (_, index) => eventOf('note', { text: `e${index}` }))
    const resource = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`r${index}`, `v${index}`]))
    const { attributes } = normalised({}, { events, context: { ...spanOf({}).context, resource } })
    expect(attributes['event[999].text']).toBe('e999')
    expect(JSON.parse(String(attributes['event.remainder']))).toHaveLength(2)
    expect(JSON.parse(String(attributes['resource.remainder']))).toEqual({ r128: 'v128', r129: 'v129' })
  })

  it('reads structures as deep as the wire lets them be in one pass', () => {
    let deep: AnyValue = new Uint8Array([1, 2, 3])
    for (let depth = 0; depth < 32; depth++) deep = { deep }
    const made = normalised({ 'gen_ai.tool.definitions': [{ name: 'f', parameters: deep }], 'app.deep': deep })
    expect(made.tools[0]?.parameters).toContain('"AQID"')
    expect(made.attributes['app.deep']).toContain('"AQID"')
  })

  it('keeps JSON text that nests deeper than it can be written again', () => {
    const deep = `[{"role":"user","content":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`
    const made = normalised({ 'gen_ai.input.messages': deep, 'gen_ai.tool.definitions': 'kept' })
    expect(partsOf(made.input[0])[0]?.content).toBe(deep)
    const arguments_ = `[{"name":"f","parameters":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`
    const unread = normalised({ 'gen_ai.tool.definitions': arguments_, 'gen_ai.input.messages': 'Hi' })
    expect(unread.attributes).toMatchObject({ 'gen_ai.tool.definitions': arguments_, 'gen_ai.input.messages': 'Hi' })
    expect(unread.attributes[UNREAD]).toBe('RangeError')
  })
})

describe('nothing vanishes', () => {
  it('keeps text well-formed and attribute names apart', () => {
    const made = normalised(
      { 'a\ud83d': 'b\ude00', 'span.kind': 'theirs', ['__proto__']: 'x' },
      { spanKind: 3, name: 'n\ud83d', statusMessage: 'm\ud83d', statusCode: 2 },
    )
    expect(made.attributes).toEqual({ 'a�': 'b�', 'span.kind': 'theirs', '.__proto__': 'x', 'span.kind_': 'client' })
    expect(made.name).toBe('n�')
    expect(made.error).toEqual({ type: '_OTHER', message: 'm�' })
  })

  it('keeps a field of a choice that says by chance what its answer says, and tells the answer once', () => {
    const choice = { message: { content: 'yes' }, text: 'yes', finish_reason: 'stop', verdict: 'yes' }
    const made = normalised({ 'gen_ai.completion': { message: choice } })
    expect(partsOf(made.output[0])).toEqual([{ type: 'text', content: 'yes' }])
    expect(made.attributes['gen_ai.completion.message[0].verdict']).toBe('yes')
  })
  it('keeps a record that a dialect cannot read, with all it held', () => {
    const broken: Dialect = {
      name: 'broken',
      versions: 'none',
      signs: { keys: ['secret'] },
      read(span) {
        span.take('secret')
        throw new TypeError('not this way')
      },
    }
    const normalise = createNormaliser({ dialects: [broken] })
    const made = normalise(spanOf({ secret: 'kept', 'user.id': 'u' }), CONTEXT)
    expect(made).toMatchObject({
      arrival: { dialect: 'broken' },
      attributes: { secret: 'kept', 'user.id': 'u', [UNREAD]: 'TypeError' },
    })
  })

  it('a further dialect fills only what the standard left empty, and gives its name when the text was its', () => {
    const acme: Dialect = {
      name: 'acme',
      versions: '1',
      signs: { prefixes: ['acme.'] },
      fields: { model: ['acme.model'] },
      read(span, draft) {
        if (draft.output.length === 0) draft.output = messagesOf(span.take('acme.answer') ?? '', 'assistant')
      },
    }
    const normalise = createNormaliser({ dialects: [...DIALECTS, acme] })
    const made = normalise(
      spanOf({ 'gen_ai.response.model': 'm', 'acme.model': 'other', 'acme.answer': 'Hello' }),
      CONTEXT,
    )
    expect(made).toMatchObject({
      release: { model: 'm' },
      arrival: { dialect: 'acme' },
      attributes: { 'acme.model': 'other' },
    })
  })
})
