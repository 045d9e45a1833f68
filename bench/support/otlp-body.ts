import protobuf from 'protobufjs'
import { OTLP_PROTO } from '../../collectors/dialects/wire/otlp.fixture.ts'
import { seeded } from './random.ts'

/** The request that is decoded: 500 spans with 16 attributes, 4 KB of prompt and 0.6 KB of answer. */
export interface Variant {
  name: 'ascii' | 'utf8'
  /** Share of words outside ASCII. */
  foreign: number
}
export const VARIANTS: readonly Variant[] = [
  { name: 'ascii', foreign: 0 },
  { name: 'utf8', foreign: 0.1 },
]

const SPANS = 500
const PROMPT = 4096
const ANSWER = 600
const WORDS = [
  'the',
  'customer',
  'asks',
  'about',
  'her',
  'invoice',
  'of',
  'last',
  'month',
  'and',
  'whether',
  'it',
  'was',
  'paid',
]
const FOREIGN = ['Überweisung', 'naïve', 'Größe', '支払い', 'счёт', 'façade']

function words(bytes: number, foreign: number, random: () => number): string {
  let text = ''
  while (text.length < bytes) {
    const from = random() < foreign ? FOREIGN : WORDS
    text += `${from[Math.floor(random() * from.length)]} `
  }
  return text.slice(0, bytes)
}

const message = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }])

function attributes(n: number, variant: Variant, random: () => number): object[] {
  const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
  const int = (key: string, intValue: number): object => ({ key, value: { intValue } })
  const double = (key: string, doubleValue: number): object => ({ key, value: { doubleValue } })
  return [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', 'openai'),
    text('gen_ai.request.model', 'gpt-4o'),
    text('gen_ai.response.model', 'gpt-4o-2024-08-06'),
    text('gen_ai.response.id', `chatcmpl-${Math.floor(random() * 1e15).toString(36)}${n}`),
    text('gen_ai.conversation.id', `conversation-${n % 50}`),
    text('user.id', `user-${n % 200}`),
    text('server.address', 'api.openai.com'),
    int('server.port', 443),
    double('gen_ai.request.temperature', 0.7),
    int('gen_ai.request.max_tokens', 1024),
    int('gen_ai.usage.input_tokens', 900 + (n % 100)),
    int('gen_ai.usage.output_tokens', 130 + (n % 40)),
    {
      key: 'gen_ai.response.finish_reasons',
      value: { arrayValue: { values: [{ stringValue: 'stop' }] } },
    },
    text('gen_ai.input.messages', message('user', words(PROMPT, variant.foreign, random))),
    text('gen_ai.output.messages', message('assistant', words(ANSWER, variant.foreign, random))),
  ]
}

/** The request as an exporter would send it. */
export function makeBody(variant: Variant): Buffer {
  const random = seeded(7)
  const id = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => 1 + Math.floor(random() * 255)))
  const spans = Array.from({ length: SPANS }, (_, n) => ({
    traceId: id(16),
    spanId: id(8),
    parentSpanId: id(8),
    name: 'chat gpt-4o',
    kind: 3,
    startTimeUnixNano: `1763700000${String(n).padStart(3, '0')}000000`,
    endTimeUnixNano: `1763700001${String(n).padStart(3, '0')}000000`,
    attributes: attributes(n, variant, random),
    status: { code: 1 },
    flags: 257,
  }))
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }
  const scopeSpans = [{ scope: { name: 'shop-llm', version: '1.0.0' }, spans }]
  const type = protobuf.parse(OTLP_PROTO).root.lookupType('otlp.ExportTraceServiceRequest')
  return Buffer.from(type.encode(type.fromObject({ resourceSpans: [{ resource, scopeSpans }] })).finish())
}
