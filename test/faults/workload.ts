import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { jsonRequest, protobufRequest, type Sent, type SpanToSend } from '../support/otlp-encode.ts'

/*
 * What the senders send, and what must be stored of it. The expectation follows from how each text was built, never from
 * Weir's own code: that is what makes it worth comparing with.
 */

/** Every planted value holds one of these, so that one search finds any of them wherever it should not be. */
export const MARKS = { email: '@leakseed.example.com', card: '4012887700' } as const

/** A span whose name holds this gets a row that the store refuses (see `hooks.ts`). */
export const POISON = 'poisonous'

export interface ExpectedFinding {
  type: string
  direction: string
  message: number
  part: number
  field: string
  start: number
  end: number
  provenance: string
  severity: string
}

export interface ExpectedSignal {
  inputChars: number
  outputChars: number
  error: boolean
  leak: boolean
  findings: number
  toolCalls: number
  unscanned: number
  finishReason: string
  key: string
  durationUs: number
  inputTokens: number | null
  outputTokens: number | null
}

/** A call as it must be once its pieces are joined. */
export interface ExpectedCall {
  halves: number
  inputChars: number
  outputChars: number
  /** What was said, where nothing in it is masked. */
  texts: { input: string; output: string } | undefined
  /** Type, provenance and severity of what its answer holds, as the whole call shows them. */
  found: readonly string[]
}

export interface Expected {
  traceId: string
  spanId: string
  /** The name of the event, where it is a log record and not the span. */
  event?: string
  /** Of a span that is sent in pieces. */
  call?: ExpectedCall
  name: string
  poison: boolean
  signal: ExpectedSignal
  findings: readonly ExpectedFinding[]
}

export interface Request {
  /** Traces where left out. */
  path?: '/v1/logs'
  contentType: string
  gzip: boolean
  body: Buffer
  holds: readonly Expected[]
}

export interface Plan {
  seed: string
  interactions: number
  startMs: number
  /** The models are known ones, so findings get token ranges. */
  tokenised?: boolean
  /** One in so many spans is refused by the store. */
  poisonEvery?: number
  /** Every request is delivered a second time, in another order, some of its spans regrouped. */
  duplicated?: boolean
  /** What was asked and answered is sent as log records, apart from the spans (`split.ts`). */
  split?: boolean
}

/** Small, fast and the same everywhere: every choice of a round follows from its seed. */
export function randomOf(seed: string): () => number {
  let state = parseInt(hash('sha256', seed, 'hex').slice(0, 8), 16)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function cardOf(serial: number): string {
  const digits = `${MARKS.card}${String(serial % 100_000).padStart(5, '0')}`
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const doubled = Number(digits[at]) * (at % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits + String((10 - (sum % 10)) % 10)
}

export const emailOf = (serial: number): string => `person.${serial}${MARKS.email}`

const WORDS = 'the river level rises after rain and falls when gates open so please tell me what to expect today'.split(
  ' ',
)

/** A text with a value in the middle, and where the value stands, in code points. */
interface Holding {
  text: string
  start: number
  end: number
}

function around(value: string, random: () => number): Holding {
  const wave = random() < 0.3 ? '🌊🌊 ' : '' // two UTF-16 units each: ranges must not count those
  const before = `${wave}${prose(random, 4, 12)} `
  const start = Array.from(before).length
  return { text: `${before}${value} ${prose(random, 2, 8)}`, start, end: start + Array.from(value).length }
}

function prose(random: () => number, least: number, most: number): string {
  const count = least + Math.floor(random() * (most - least + 1))
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')
}

const parts = (role: string, content: string): string => JSON.stringify([{ role, parts: [{ type: 'text', content }] }])

/** A span in the making: attributes as sent, and what they mean. */
interface Draft {
  attributes: Record<string, Sent>
  input: string
  output: string
  findings: ExpectedFinding[]
  leak: boolean
  error?: string
  toolCalls: number
}

type Maker = (serial: number, random: () => number) => Partial<Draft>

const found = (
  type: string,
  direction: string,
  field: string,
  { start, end }: Holding,
  provenance = 'none',
  severity = 'info',
): ExpectedFinding => ({ type, direction, message: 0, part: 0, field, start, end, provenance, severity })

const clean: Maker = (serial, random) => ({
  input: `Question ${serial}: ${prose(random, 5, 30)}`,
  output: `Answer ${serial}: ${prose(random, 5, 60)}`,
})

const emailLeak: Maker = (serial, random) => {
  const answer = around(emailOf(serial), random)
  return {
    input: prose(random, 5, 20),
    output: answer.text,
    findings: [found('EMAIL_ADDRESS', 'output', 'content', answer, 'introduced', 'serious')],
    leak: true,
  }
}

const cardEchoed: Maker = (serial, random) => {
  const asked = around(cardOf(serial), random)
  const answer = around(cardOf(serial), random)
  return {
    input: asked.text,
    output: answer.text,
    findings: [
      found('CREDIT_CARD', 'input', 'content', asked),
      found('CREDIT_CARD', 'output', 'content', answer, 'echoed'),
    ],
  }
}

const failedCall: Maker = (serial, random) => {
  const message = around(emailOf(serial), random)
  return {
    input: prose(random, 5, 20),
    output: '',
    error: message.text,
    findings: [found('EMAIL_ADDRESS', 'meta', 'error.message', message)],
  }
}

const toolRun: Maker = (serial, random) => {
  const given = around(cardOf(serial), random)
  const result = around(emailOf(serial), random)
  return {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'lookup',
      'gen_ai.tool.call.arguments': given.text,
      'gen_ai.tool.call.result': result.text,
    },
    input: '',
    output: '',
    toolCalls: 1,
    findings: [
      found('CREDIT_CARD', 'tool', 'toolCalls.arguments', given),
      found('EMAIL_ADDRESS', 'tool', 'toolCalls.result', result),
    ],
  }
}

const fromSource: Maker = (serial, random) => {
  const document = around(emailOf(serial), random)
  const answer = around(emailOf(serial), random)
  return {
    attributes: { 'gen_ai.retrieval.documents': JSON.stringify([{ id: 'handbook', content: document.text }]) },
    input: prose(random, 5, 20),
    output: answer.text,
    findings: [
      found('EMAIL_ADDRESS', 'source', 'sources.content', document),
      found('EMAIL_ADDRESS', 'output', 'content', answer, 'retrieved', 'warning'),
    ],
  }
}

/** Most calls are clean, but far more than in life hold something: findings are what can be lost on the way. */
const MAKERS: readonly Maker[] = [
  ...Array.from({ length: 10 }, () => clean),
  ...[emailLeak, emailLeak, cardEchoed, failedCall, toolRun, fromSource],
]

const ROUTES = ['support', 'search', '']
/** Loading a tokenizer takes longer than a small round, so most rounds speak of models that have none. */
const MODELS = ['acme-large-3', 'acme-small-3', 'acme-reasoner-1']
const TOKENISED_MODELS = ['gpt-4o-2024-08-06', 'gpt-4.1-2025-04-14', 'acme-large-3']
const FINISH = [
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_call'],
] as const

export const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!

export function makeSpan(plan: Plan, serial: number, random: () => number): { span: SpanToSend; expected: Expected } {
  const digest = hash('sha256', `${plan.seed} ${serial}`, 'hex')
  const made = pick(MAKERS, random)(serial, random)
  const draft: Draft = { attributes: {}, input: '', output: '', findings: [], leak: false, toolCalls: 0, ...made }
  const poison = plan.poisonEvery !== undefined && serial % plan.poisonEvery === plan.poisonEvery - 1
  const [route, model, [sent, finishReason]] = [
    pick(ROUTES, random),
    pick(plan.tokenised ? TOKENISED_MODELS : MODELS, random),
    pick(FINISH, random),
  ]
  const durationUs = 1_000 + Math.floor(random() * 900_000)
  const [inputTokens, outputTokens] = [draft.input.length >> 2, draft.output.length >> 2]
  const span: SpanToSend = {
    traceId: digest.slice(0, 32),
    spanId: digest.slice(32, 48),
    name: poison ? `chat ${POISON}` : 'chat',
    kind: 3,
    startMs: plan.startMs + serial,
    durationUs,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': model,
      'gen_ai.response.model': model,
      'gen_ai.response.finish_reasons': [sent],
      'gen_ai.usage.input_tokens': inputTokens,
      'gen_ai.usage.output_tokens': outputTokens,
      'test.serial': serial,
      ...(route !== '' && { 'weir.route': route }),
      ...(draft.input !== '' && { 'gen_ai.input.messages': parts('user', draft.input) }),
      ...(draft.output !== '' && { 'gen_ai.output.messages': parts('assistant', draft.output) }),
      ...draft.attributes,
    },
    ...(draft.error !== undefined && { status: { code: 2, message: draft.error } }),
  }
  const signal: ExpectedSignal = {
    inputChars: draft.input.length,
    outputChars: draft.output.length,
    error: draft.error !== undefined,
    leak: draft.leak,
    findings: draft.findings.length,
    toolCalls: draft.toolCalls,
    unscanned: 0,
    finishReason,
    key: `${route || 'unknown'} openai/${model}`,
    durationUs,
    inputTokens,
    outputTokens,
  }
  const { traceId, spanId, name } = span
  return { span, expected: { traceId, spanId, name, poison, signal, findings: draft.findings } }
}

export type Made = ReturnType<typeof makeSpan>

/** Who sends. */
export const SENDER = {
  resource: { 'service.name': 'shop', 'service.version': '7' },
  scope: { name: 'test.senders', version: '1', attributes: {} },
  schemaUrl: '',
}

export const bodyOf = (spans: readonly SpanToSend[], json: boolean): Buffer =>
  (json ? jsonRequest : protobufRequest)({ ...SENDER, spans })

function requestOf(made: readonly Made[], json: boolean, gzip: boolean): Request {
  const plain = bodyOf(
    made.map(({ span }) => span),
    json,
  )
  return {
    contentType: json ? 'application/json' : 'application/x-protobuf',
    gzip,
    body: gzip ? gzipSync(plain, { level: 1 }) : plain,
    holds: made.map(({ expected }) => expected),
  }
}

export const SIZES: readonly number[] = [1, 1, 4, 8, 20, 50, 50]

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[copy[at], copy[other]] = [copy[other]!, copy[at]!]
  }
  return copy
}

/** The deliveries of a round, in sending order. Spans of one encoding keep it when they are delivered again. */
export function deliveriesOf(plan: Plan): Request[] {
  const random = randomOf(plan.seed)
  const groups: { made: Made[]; json: boolean }[] = []
  for (let serial = 0; serial < plan.interactions;) {
    const size = Math.min(pick(SIZES, random), plan.interactions - serial)
    groups.push({
      made: Array.from({ length: size }, () => makeSpan(plan, serial++, random)),
      json: random() < 0.25,
    })
  }
  const once = groups.map(({ made, json }) => requestOf(made, json, random() < 0.3))
  if (!plan.duplicated) return once
  const again = (['json', 'protobuf'] as const).flatMap((encoding) => {
    const json = encoding === 'json'
    const spans = shuffled(
      groups.filter((group) => group.json === json).flatMap(({ made }) => made),
      random,
    )
    const regrouped: Request[] = []
    while (spans.length > 0) regrouped.push(requestOf(spans.splice(0, pick(SIZES, random)), json, random() < 0.3))
    return regrouped
  })
  return shuffled([...once, ...once, ...again], random)
}
