import type { resources, tracing } from '@opentelemetry/sdk-node'
import { WeirError } from '../errors.ts'
import type { Meter } from '../meter.ts'
import type { OtlpTraceModule, Tracing } from './sdk.ts'

/** What a span of Weir says: sizes and names, never content. Its length is the span's own. */
export interface SpanFields {
  readonly stage: string
  readonly topic?: string
  readonly count?: number
  readonly bytes?: number
}

const EXPORT_TIMEOUT_MS = 5000
const QUEUE_MAX = 2048
const BATCH_MAX = 512
const DELAY_MS = 2000
const SPAN_STATUS_ERROR = 2

type Export = tracing.SpanExporter['export']

/** Where OTLP wants traces, below the address of the whole endpoint. */
export function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint)
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`
  return url.href
}

/** Says through metrics whether traces arrive; the exporter itself keeps its failures to itself. */
function counting(exporter: tracing.SpanExporter, meter: Meter): tracing.SpanExporter {
  const counted: Export = (spans, done) => {
    exporter.export(spans, (result) => {
      meter.add('weir_telemetry_spans_total', spans.length, { result: result.code === 0 ? 'exported' : 'failed' })
      done(result)
    })
  }
  return {
    export: counted,
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  }
}

/** Weir's own traces: one span for each batch that a stage handles. */
export class Traces {
  #provider: tracing.BasicTracerProvider | undefined
  readonly #tracer: ReturnType<tracing.BasicTracerProvider['getTracer']>

  /** Synchronous, within `withoutOtelEnvironment`. */
  constructor(own: Tracing, otlp: OtlpTraceModule, resource: resources.Resource, endpoint: string, meter: Meter) {
    const exporter = new otlp.OTLPTraceExporter({
      url: tracesUrl(endpoint),
      headers: {},
      timeoutMillis: EXPORT_TIMEOUT_MS,
      concurrencyLimit: 2,
    })
    const processor = new own.BatchSpanProcessor(counting(exporter, meter), {
      maxQueueSize: QUEUE_MAX,
      maxExportBatchSize: BATCH_MAX,
      scheduledDelayMillis: DELAY_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
    })
    this.#provider = new own.BasicTracerProvider({
      resource,
      sampler: new own.AlwaysOnSampler(),
      spanProcessors: [processor],
    })
    this.#tracer = this.#provider.getTracer('weir')
  }

  async span<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T> {
    const attributes = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`weir.${key}`, value as string]),
    )
    const span = this.#tracer.startSpan(name, { root: true, attributes })
    try {
      return await work()
    } catch (error) {
      // The message of an error may quote content; its code cannot.
      const code = error instanceof WeirError ? error.code : 'foreign'
      span.setAttribute('error.type', code).setStatus({ code: SPAN_STATUS_ERROR })
      throw error
    } finally {
      span.end()
    }
  }

  async close(): Promise<void> {
    const provider = this.#provider
    this.#provider = undefined
    await provider?.shutdown()
  }
}
