import { diag, DiagLogLevel, trace, SpanStatusCode } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { ChatReply } from './client.ts'
import { ProviderError } from './client.ts'
import { tracedChat, tracedEmbeddings, tracedTool, type Caller, type Traced } from './instrumentation.ts'
import type { AppReport, AppSpan } from './report.ts'
import { step, type Step } from './scenario.ts'

/*
 * An app as a user has it, in a process of its own: the stock OpenTelemetry SDK, told where to send by
 * OTEL_EXPORTER_OTLP_ENDPOINT and who it is by OTEL_SERVICE_NAME, calling the provider at OPENAI_BASE_URL.
 * DEMO_CALLS and DEMO_PAUSE_MS say how many calls and how far apart. It prints what it did and ends.
 */

const CALL_TIMEOUT_MS = 10_000
const USERS = ['ana', 'ben', 'carla@example.org']

async function main(env: NodeJS.ProcessEnv): Promise<AppReport> {
  const exportErrors: string[] = []
  const note = (message: string): void => void (exportErrors.length < 20 && exportErrors.push(message))
  const quiet = (): void => {}
  diag.setLogger({ error: note, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.ERROR)

  const sdk = new NodeSDK({ traceExporter: new OTLPTraceExporter() })
  sdk.start()
  const spans: AppSpan[] = []
  const counts = { calls: 0, refused: 0 }
  const pauseMs = Number(env['DEMO_PAUSE_MS'] ?? 0)
  for (let index = 0; index < Number(env['DEMO_CALLS'] ?? 8); index++) {
    await perform(step(index), callerOf(env, index), spans, counts)
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  await sdk.shutdown()
  return { ...counts, spans, exportErrors }
}

function callerOf(env: NodeJS.ProcessEnv, index: number): Caller {
  const baseUrl = env['OPENAI_BASE_URL']
  if (baseUrl === undefined) throw new Error('OPENAI_BASE_URL is not set')
  const userId = USERS[index % USERS.length] ?? ''
  return { baseUrl, timeoutMs: CALL_TIMEOUT_MS, userId, conversationId: `conversation-${Math.floor(index / 4)}` }
}

/** One step is one trace; a step with a tool is three spans of it. */
async function perform(
  todo: Step,
  caller: Caller,
  spans: AppSpan[],
  counts: { calls: number; refused: number },
): Promise<void> {
  const note = (operation: AppSpan['operation'], { traceId, spanId }: Traced<unknown>): void => {
    spans.push({ step: todo.kind, operation, traceId, spanId })
  }
  await trace.getTracer('demo-app').startActiveSpan(`POST /ask`, async (root) => {
    counts.calls += 1
    try {
      if (todo.kind === 'embeddings') return note('embeddings', await tracedEmbeddings(caller, todo.model, todo.input))
      const first = await tracedChat(caller, todo.request)
      note('chat', first)
      if (todo.kind === 'tool') {
        counts.calls += 1
        await answerWithTool(todo, caller, first, note)
      }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      counts.refused += 1
      root.setStatus({ code: SpanStatusCode.ERROR })
    } finally {
      root.end()
    }
  })
}

type Note = (operation: AppSpan['operation'], traced: Traced<unknown>) => void

async function answerWithTool(
  todo: Step & { kind: 'tool' },
  caller: Caller,
  first: Traced<ChatReply>,
  note: Note,
): Promise<void> {
  const [called] = first.result.toolCalls
  if (called === undefined) return
  const weather = await tracedTool(
    called.function.name,
    called.id,
    called.function.arguments,
    () => '19 degrees, light rain',
  )
  note('execute_tool', weather)
  const { messages } = todo.request
  const asked = { role: 'assistant', content: null, tool_calls: [called] }
  const told = { role: 'tool', tool_call_id: called.id, content: weather.result }
  note('chat', await tracedChat(caller, { ...todo.request, messages: [...messages, asked, told] }))
}

process.stdout.write(`${JSON.stringify(await main(process.env))}\n`)
