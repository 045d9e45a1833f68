import { SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node'
import { ProviderError, type ChatReply } from './client.ts'
import { tracedChat, tracedEmbeddings, tracedTool, type Caller } from './instrumentation.ts'
import type { AppReport, AppSpan } from './report.ts'
import { step, type ChatStep, type Step } from './scenario.ts'

/*
 * An app as a user has it, in a process of its own: the stock OpenTelemetry SDK, told where to send by
 * OTEL_EXPORTER_OTLP_ENDPOINT and who it is by OTEL_SERVICE_NAME, calling the provider at OPENAI_BASE_URL.
 * DEMO_CALLS and DEMO_PAUSE_MS say how many steps and how far apart. It prints what it did and ends.
 */

const CALL_TIMEOUT_MS = 10_000
const USERS = ['ana', 'ben', 'carla@example.org']
const ERRORS_MAX = 20

type Exporter = NonNullable<NodeSDKConfiguration['traceExporter']>

/** The stock exporter, which also notes what it was given and what became of it. */
function noting(exporter: Exporter, spans: AppSpan[], errors: string[]): Exporter {
  return {
    export(batch, done) {
      for (const span of batch) {
        const { traceId, spanId } = span.spanContext()
        const operation = String(span.attributes['gen_ai.operation.name'] ?? '')
        spans.push({ name: span.name, operation, traceId, spanId })
      }
      exporter.export(batch, (result) => {
        if (result.error && errors.length < ERRORS_MAX) errors.push(result.error.message)
        done(result)
      })
    },
    shutdown: () => exporter.shutdown(),
  }
}

async function main(env: NodeJS.ProcessEnv): Promise<AppReport> {
  const spans: AppSpan[] = []
  const exportErrors: string[] = []
  const steps: { kind: Step['kind']; traceId: string }[] = []
  const counts = { calls: 0, refused: 0 }
  const pauseMs = Number(env['DEMO_PAUSE_MS'] ?? 0)
  const sdk = new NodeSDK({ traceExporter: noting(new OTLPTraceExporter(), spans, exportErrors) })
  sdk.start()
  for (let index = 0; index < Number(env['DEMO_CALLS'] ?? 8); index++) {
    const todo = step(index)
    steps.push({ kind: todo.kind, traceId: await perform(todo, callerOf(env, index), counts) })
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  await sdk
    .shutdown()
    .catch((error: unknown) => exportErrors.push(error instanceof Error ? error.message : String(error)))
  return { ...counts, steps, spans, exportErrors }
}

function callerOf(env: NodeJS.ProcessEnv, index: number): Caller {
  const baseUrl = env['OPENAI_BASE_URL']
  if (baseUrl === undefined) throw new Error('OPENAI_BASE_URL is not set')
  const userId = USERS[index % USERS.length] ?? ''
  return { baseUrl, timeoutMs: CALL_TIMEOUT_MS, userId, conversationId: `conversation-${Math.floor(index / 4)}` }
}

interface Counts {
  calls: number
  refused: number
}

/** One step is one trace, as a request to a web app would be; resolves with its id. */
function perform(todo: Step, caller: Caller, counts: Counts): Promise<string> {
  return trace.getTracer('demo-app').startActiveSpan('POST /ask', async (root) => {
    counts.calls += 1
    try {
      if (todo.kind === 'embeddings') await tracedEmbeddings(caller, todo.model, todo.input)
      else await converse(todo, caller, counts)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      counts.refused += 1
      root.setStatus({ code: SpanStatusCode.ERROR })
    } finally {
      root.end()
    }
    return root.spanContext().traceId
  })
}

/** A model that asks for a tool gets its result and is called again. */
async function converse({ request }: ChatStep, caller: Caller, counts: Counts): Promise<ChatReply> {
  const reply = await tracedChat(caller, request)
  const [called] = reply.toolCalls
  if (called === undefined) return reply
  const { name, arguments: args } = called.function
  const result = await tracedTool(name, called.id, args, () => '19 degrees, light rain')
  const asked = { role: 'assistant', content: null, tool_calls: [called] }
  const told = { role: 'tool', tool_call_id: called.id, content: result }
  counts.calls += 1
  return tracedChat(caller, { ...request, messages: [...request.messages, asked, told] })
}

process.stdout.write(`${JSON.stringify(await main(process.env))}\n`)
