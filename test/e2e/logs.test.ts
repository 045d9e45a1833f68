import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { ROOT_CONTEXT, SpanKind, trace, type Context, type Span } from '@opentelemetry/api'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../cli/session/read.ts'
import { WeirHome } from '../support/weir.ts'

/*
 * `weir up` as people run it, and an application that sends its prompts and answers as log records, as instrumentations of
 * OpenTelemetry 1.28 to 1.36 do: each message in a request of its own, by real exporters.
 */

let home: WeirHome

beforeAll(async () => {
  // the same port after a restart, so that the application goes on
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  home = await WeirHome.make({ collectors: { otlp: { listen: `127.0.0.1:${port}` } } })
  await home.up()
})

afterAll(async () => {
  await home.down()
  await home.remove()
})

const EMAIL = 'jane.doe@example.com'

/** An application that starts a call now, and ends and describes it when asked. */
class App {
  readonly #tracing: BasicTracerProvider
  readonly #logging: LoggerProvider
  readonly #conversation: string

  private constructor(otlp: string, conversation: string) {
    const resource = resourceFromAttributes({ 'service.name': 'shop' })
    this.#conversation = conversation
    const spans = new SimpleSpanProcessor(new OTLPTraceExporter({ url: `${otlp}/v1/traces` }))
    this.#tracing = new BasicTracerProvider({ resource, spanProcessors: [spans] })
    // one request for each record
    const exporter = new OTLPLogExporter({ url: `${otlp}/v1/logs` })
    this.#logging = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] })
  }

  static async of(conversation: string): Promise<App> {
    return new App((await home.runFile())!.otlp, conversation)
  }

  call(): { span: Span; context: Context } {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.conversation.id': this.#conversation,
      'gen_ai.usage.input_tokens': 12,
    }
    const span = this.#tracing.getTracer('shop').startSpan('chat gpt-4o', { kind: SpanKind.CLIENT, attributes })
    return { span, context: trace.setSpan(ROOT_CONTEXT, span) }
  }

  async ends(span: Span): Promise<void> {
    span.end()
    await this.#tracing.forceFlush()
  }

  async says(context: Context, eventName: string, content: string): Promise<void> {
    const body = eventName === 'gen_ai.choice' ? { index: 0, message: { content } } : { content }
    const attributes = { 'gen_ai.system': 'openai' }
    this.#logging.getLogger('shop').emit({ eventName, body, attributes, context, timestamp: Date.now() + this.#said++ })
    await this.#logging.forceFlush()
  }
  #said = 0

  async end(): Promise<void> {
    await this.#tracing.shutdown()
    await this.#logging.shutdown()
  }
}

interface Call {
  joined: string
  halves: string[]
  system: string
  input: string
  output: string
  capture_reason: string
}

const callsOf = (traceId: string): Promise<Call[]> =>
  home.query(
    `SELECT joined, halves, system, input, output, capture_reason FROM calls WHERE tenant = 'default' AND trace_id = '${traceId}'`,
  )

const traceOf = (span: Span): string => span.spanContext().traceId

async function session(id: string): Promise<Session> {
  const { stdout, stderr, code } = await home.run(['session', id, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Session
}

const USER = 'gen_ai.user.message'
const CHOICE = 'gen_ai.choice'

describe('an application whose prompts and answers are log records', () => {
  test('is seen whole, whichever comes first and whatever is restarted in between', async () => {
    const talks = { 'span first': 0, 'log first': 1, 'restart between': 2 }
    for (const [talk, how] of Object.entries(talks)) {
      const app = await App.of(talk)
      const { span, context } = app.call()
      if (how === 0) await app.ends(span)
      await app.says(context, 'gen_ai.system.message', 'be brief')
      await app.says(context, USER, `write to ${EMAIL}`)
      if (how === 2) {
        await home.down('SIGKILL')
        await home.up()
      }
      await app.says(context, CHOICE, `sent to ${EMAIL}, and to john@example.com`)
      if (how > 0) await app.ends(span)
      await app.end()
      const [call, ...others] = await callsOf(traceOf(span))
      expect([talk, call!.joined, call!.halves.length, others]).toEqual([talk, 'joined', 3, []])
      expect(call!.system).toContain('be brief')
      expect(call!.input).toMatch(/write to \[EMAIL_ADDRESS:\w+\]/)
      expect(call!.output).toMatch(/sent to \[EMAIL_ADDRESS:\w+\], and to \[EMAIL_ADDRESS:\w+\]/)
      const billed = `SELECT length(views) AS n FROM billable_calls WHERE trace_id = '${traceOf(span)}'`
      expect(await home.query(billed)).toEqual([{ n: 4 }])
    }
  }, 120_000)

  test('one turn of a session, with findings at their messages, resolved over the records of the call', async () => {
    const { turns } = await session('span first')
    expect(turns).toHaveLength(1)
    const [turn] = turns
    expect(turn!.messages.map(({ role, direction }) => `${direction} ${role}`)).toEqual([
      'system system',
      'input user',
      'output assistant',
    ])
    expect(turn).toMatchObject({ joined: 'joined', noText: '', findings: [], tokens: { input: 12 } })
    const [, asked, answered] = turn!.messages.map(({ findings }) => findings.map((one) => one.provenance))
    expect([asked, answered]).toEqual([['none'], ['echoed', 'introduced']])
    const stored = await home.query("SELECT DISTINCT provenance FROM findings WHERE direction = 'output'")
    expect(stored).toEqual([{ provenance: 'unknown' }])
    const { stdout } = await home.run(['session', 'span first'])
    expect(stdout).toMatch(/!!! |!! {2}/)
    expect(stdout).toContain('seen 4 times')
    expect(await home.query('SELECT count() > 0 AS any FROM leaks')).toEqual([{ any: 1 }])
  })

  test('what never finds its partner is stored as what it is, and says so', async () => {
    const app = await App.of('alone')
    const [lost, silent] = [app.call(), app.call()]
    await app.says(lost.context, USER, 'anybody there?')
    await app.ends(silent.span)
    await app.says(ROOT_CONTEXT, USER, 'no span at all')
    await app.end()
    expect(await callsOf(traceOf(lost.span))).toMatchObject([
      { joined: 'log_alone', capture_reason: 'no span of this call has come' },
    ])
    expect(await callsOf(traceOf(silent.span))).toMatchObject([{ joined: 'span_alone', halves: [] }])
    expect(await callsOf('')).toMatchObject([{ joined: 'log_alone' }])
    const { stdout } = await home.run(['session', traceOf(lost.span)])
    expect(stdout).toContain('its span has not come')
  })

  test('a call whose text is in log records has text', async () => {
    const { stdout } = await home.run(['services', '--json'])
    const { services } = JSON.parse(stdout) as { services: { model_calls: number; with_text: number }[] }
    // three joined, one lost, one silent, one nameless
    expect(services.map(({ model_calls: calls, with_text: texts }) => [calls, texts])).toEqual([[6, 5]])
  })
})
