import { gzipSync } from 'node:zlib'
import { jsonLogs, protobufLogs, type LogToSend, type SpanToSend } from '../support/otlp-encode.ts'
import {
  bodyOf,
  makeSpan,
  pick,
  randomOf,
  SENDER,
  shuffled,
  SIZES,
  type Expected,
  type ExpectedFinding,
  type ExpectedSignal,
  type Made,
  type Plan,
  type Request,
} from './workload.ts'

/*
 * The calls of `workload.ts` as instrumentations of OpenTelemetry 1.28 to 1.36 send them: a span without text, a log record of
 * what was asked and one of what was answered, each in a request of its own, in any order.
 */

const ASKED = 'gen_ai.user.message'
const ANSWERED = 'gen_ai.choice'

interface MadeLog {
  log: LogToSend
  expected: Expected
}

interface Pieces {
  span: Made
  asked: MadeLog[]
  answered: MadeLog[]
}

/** What a log record says of itself: no model, no duration, no tokens. */
const SILENT: ExpectedSignal = {
  ...{ inputChars: 0, outputChars: 0, error: false, leak: false, findings: 0, toolCalls: 0, unscanned: 0 },
  ...{ finishReason: '', key: 'unknown openai/unknown', durationUs: 0, inputTokens: null, outputTokens: null },
}

function contentOf(messages: unknown): string {
  const list = messages === undefined ? [] : (JSON.parse(messages as string) as { parts: { content: string }[] }[])
  return list[0]?.parts[0]?.content ?? ''
}

function halfOf(
  { traceId, spanId }: SpanToSend,
  [event, timeMs, body]: [event: string, timeMs: number, body: LogToSend['body']],
  signal: Partial<ExpectedSignal>,
  findings: readonly ExpectedFinding[],
): MadeLog {
  return {
    log: { traceId, spanId, timeMs, eventName: event, body, attributes: { 'gen_ai.system': 'openai' } },
    expected: {
      ...{ traceId, spanId, event, name: event, poison: false, findings },
      signal: { ...SILENT, ...signal, findings: findings.length },
    },
  }
}

function piecesOf({ span, expected }: Made): Pieces {
  const { 'gen_ai.input.messages': asked, 'gen_ai.output.messages': answered, ...attributes } = span.attributes
  const [input, output] = [contentOf(asked), contentOf(answered)]
  const of = (direction: string): ExpectedFinding[] => expected.findings.filter((one) => one.direction === direction)
  const others = expected.findings.filter(({ direction }) => direction !== 'input' && direction !== 'output')
  // A record of an answer alone does not show who brought a value.
  const alone = of('output').map((one) => ({ ...one, provenance: 'unknown', severity: 'warning' }))
  const endMs = span.startMs + Math.ceil(span.durationUs / 1_000)
  const choice = { index: 0, finish_reason: 'stop', message: { content: output } }
  const halves = Number(input !== '') + Number(output !== '')
  const call = {
    ...{ halves, inputChars: input.length, outputChars: output.length },
    texts: expected.findings.length === 0 ? { input, output } : undefined,
    found: of('output').map(({ type, provenance, severity }) => `${type} ${provenance} ${severity}`),
  }
  const signal = { ...expected.signal, inputChars: 0, outputChars: 0, leak: false, findings: others.length }
  return {
    span: { span: { ...span, attributes }, expected: { ...expected, signal, findings: others, call } },
    asked:
      input === ''
        ? []
        : [halfOf(span, [ASKED, span.startMs, { content: input }], { inputChars: input.length }, of('input'))],
    answered:
      output === ''
        ? []
        : [halfOf(span, [ANSWERED, endMs, choice], { outputChars: output.length, finishReason: 'stop' }, alone)],
  }
}

function requestOf(plain: Buffer, json: boolean, gzip: boolean, expected: readonly Expected[]): Request {
  return {
    contentType: json ? 'application/json' : 'application/x-protobuf',
    gzip,
    body: gzip ? gzipSync(plain, { level: 1 }) : plain,
    holds: expected,
  }
}

/** The deliveries of a round, in sending order: spans and log records of the same calls, each request of one kind. */
export function splitDeliveriesOf(plan: Plan): Request[] {
  const random = randomOf(plan.seed)
  const requests: Request[] = []
  for (let serial = 0; serial < plan.interactions;) {
    const size = Math.min(pick(SIZES, random), plan.interactions - serial)
    const pieces = Array.from({ length: size }, () => piecesOf(makeSpan(plan, serial++, random)))
    const json = random() < 0.25
    const gzip = random() < 0.3
    const spans = pieces.map(({ span }) => span)
    const body = bodyOf(
      spans.map(({ span }) => span),
      json,
    )
    requests.push(
      requestOf(
        body,
        json,
        gzip,
        spans.map(({ expected }) => expected),
      ),
    )
    for (const half of ['asked', 'answered'] as const) {
      const made = pieces.flatMap((one) => one[half])
      if (made.length === 0) continue
      const logs = (json ? jsonLogs : protobufLogs)({ ...SENDER, logs: made.map(({ log }) => log) })
      requests.push({
        ...requestOf(
          logs,
          json,
          gzip,
          made.map(({ expected }) => expected),
        ),
        path: '/v1/logs',
      })
    }
  }
  return shuffled(plan.duplicated ? [...requests, ...requests] : requests, random)
}
