import { randomFillSync } from 'node:crypto'
import protobuf from 'protobufjs'
import { OTLP_PROTO } from '../../collectors/dialects/wire/otlp.fixture.ts'
import { createProse, type Prose } from '../support/prose.ts'
import { seeded } from '../support/random.ts'

/*
 * Requests as an app's exporter would send them, made before any clock starts. What must differ from one sending to the
 * next are the ids of the spans: they are written over in place.
 */

export interface Traffic {
  /** Bytes of text of one interaction: an eighth system prompt, five eighths question, a quarter answer. */
  bytes: number
  requests: number
  spansPerRequest: number
  seed: number
}

/** One ExportTraceServiceRequest and where its spans' ids stand. */
export interface Request {
  body: Buffer
  spans: number
  /** Offsets of the trace ids (16 bytes) and span ids (8 bytes). */
  traceIds: number[]
  spanIds: number[]
}

/** One interaction in twenty holds a card number or an e-mail address. */
export const FINDING_EVERY = 20
/** One interaction in ten has characters outside ASCII in its texts. */
const FOREIGN_EVERY = 10

const letters = (random: () => number, length: number): string =>
  Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')

function cardNumber(random: () => number): string {
  const digits = [4, ...Array.from({ length: 14 }, () => Math.floor(random() * 10))]
  const sum = digits.reduce((total, digit, index) => {
    const weighed = index % 2 === 0 ? digit * 2 : digit
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  const all = [...digits, (10 - (sum % 10)) % 10].join('')
  return all.replace(/(\d{4})(?=\d)/g, '$1 ')
}

const emailAddress = (random: () => number): string => `${letters(random, 6)}.${letters(random, 8)}@example.org`

/** The value in the middle of the text, in the place of as many characters. */
function plant(text: string, value: string): string {
  const at = Math.max(0, (text.length >> 1) - value.length)
  return `${text.slice(0, at)} ${value} ${text.slice(at + value.length + 2)}`
}

interface Texts {
  system: string
  input: string
  output: string
}

function textsOf(n: number, bytes: number, prose: Prose, random: () => number): Texts {
  const foreign = n % FOREIGN_EVERY === 3
  const system = prose.text(bytes / 8, foreign)
  let input = prose.text((bytes * 5) / 8, foreign)
  let output = prose.text(bytes / 4, foreign)
  if (n % FINDING_EVERY === 0) {
    const kind = (n / FINDING_EVERY) % 4
    const value = kind % 2 === 0 ? cardNumber(random) : emailAddress(random)
    if (kind < 2) input = plant(input, value)
    else output = plant(output, value)
  }
  return { system, input, output }
}

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
const int = (key: string, intValue: number): object => ({ key, value: { intValue } })

function attributesOf(n: number, { system, input, output }: Texts, random: () => number): object[] {
  const part = (content: string): object => ({ type: 'text', content })
  return [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', 'openai'),
    text('gen_ai.request.model', 'gpt-4o'),
    text('gen_ai.response.model', n % 3 === 0 ? 'gpt-4o-mini-2024-07-18' : 'gpt-4o-2024-08-06'),
    text('gen_ai.response.id', `chatcmpl-${letters(random, 24)}`),
    text('gen_ai.conversation.id', `conversation-${letters(random, 8)}`),
    text('user.id', `user-${n % 997}`),
    text('server.address', 'api.openai.com'),
    int('server.port', 443),
    { key: 'gen_ai.request.temperature', value: { doubleValue: 0.7 } },
    int('gen_ai.request.max_tokens', 1024),
    int('gen_ai.usage.input_tokens', 100 + (n % 900)),
    int('gen_ai.usage.output_tokens', 30 + (n % 300)),
    { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: 'stop' }] } } },
    text('gen_ai.system_instructions', JSON.stringify([part(system)])),
    text('gen_ai.input.messages', JSON.stringify([{ role: 'user', parts: [part(input)] }])),
    text(
      'gen_ai.output.messages',
      JSON.stringify([{ role: 'assistant', parts: [part(output)], finish_reason: 'stop' }]),
    ),
  ]
}

const RESOURCE = {
  attributes: [
    text('service.name', 'shop'),
    text('service.version', '4.2.0'),
    text('service.instance.id', 'shop-7d9f-x2x'),
    text('deployment.environment.name', 'production'),
    text('telemetry.sdk.name', 'opentelemetry'),
    text('telemetry.sdk.language', 'nodejs'),
    text('telemetry.sdk.version', '2.0.0'),
  ],
}
const SCOPE = { name: '@opentelemetry/instrumentation-openai', version: '0.7.0' }
/** Within what Weir takes for plausible, whenever this is run. */
const STARTED_MS = Date.UTC(2026, 0, 1)

/** All requests of some traffic; the same traffic gives the same bytes, but for the ids. */
export function makeRequests({ bytes, requests, spansPerRequest, seed }: Traffic): Request[] {
  const random = seeded(seed)
  const prose = createProse(random)
  const type = protobuf.parse(OTLP_PROTO).root.lookupType('otlp.ExportTraceServiceRequest')
  const nanos = (n: number, ms: number): string => `${STARTED_MS + n * 37 + ms}000000`
  let n = 0
  return Array.from({ length: requests }, () => {
    const ids: Buffer[] = []
    const spans = Array.from({ length: spansPerRequest }, () => {
      const traceId = randomFillSync(Buffer.alloc(16))
      const spanId = randomFillSync(Buffer.alloc(8))
      ids.push(traceId, spanId)
      const attributes = attributesOf(n, textsOf(n, bytes, prose, random), random)
      const [startTimeUnixNano, endTimeUnixNano] = [nanos(n, 0), nanos(n, 400 + (n % 3_000))]
      n++
      return { traceId, spanId, name: 'chat gpt-4o', kind: 3, startTimeUnixNano, endTimeUnixNano, attributes }
    })
    const scopeSpans = [{ scope: SCOPE, spans }]
    const message = type.fromObject({ resourceSpans: [{ resource: RESOURCE, scopeSpans }] })
    const body = Buffer.from(type.encode(message).finish())
    let at = 0
    const places = ids.map((id) => (at = body.indexOf(id, at)))
    return {
      body,
      spans: spansPerRequest,
      traceIds: places.filter((_, index) => index % 2 === 0),
      spanIds: places.filter((_, index) => index % 2 === 1),
    }
  })
}
