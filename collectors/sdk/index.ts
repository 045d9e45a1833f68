import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK, tracing, type NodeSDKConfiguration } from '@opentelemetry/sdk-node'

/*
 * What an application imports (`weir/sdk`) when environment variables are not enough. Nothing here throws into the
 * application or keeps it waiting: without Weir, spans fill a bounded queue and are dropped.
 */

export interface StartOptions {
  /** Where Weir receives OTLP/HTTP. Default: OTEL_EXPORTER_OTLP_ENDPOINT, then http://127.0.0.1:4318. */
  endpoint?: string
  /** Bearer token, where Weir asks for one. */
  token?: string
  /** Default: OTEL_SERVICE_NAME. */
  service?: string
  /** Of OpenTelemetry, OpenLLMetry, OpenInference and others; they are told to send text. */
  instrumentations?: NonNullable<NodeSDKConfiguration['instrumentations']>
  /** Send prompts and answers; Weir masks them before they are stored. Default: true. */
  captureContent?: boolean
  /** Spans that wait at most; what is more is dropped. */
  maxQueueSize?: number
}

export interface Sdk {
  /** Sends what waits, for at most five seconds. */
  stop(): Promise<void>
}

/** Who a call is made for. */
export interface Actor {
  user?: string
  agent?: string
  /** Whom an agent acts for, where that is not the user. */
  onBehalfOf?: string
}

/** A document, table or index that a call uses. */
export interface Source {
  id?: string
  uri?: string
  score?: number
  contentHash?: string
}

/** What the application knows of the release that answers. */
export interface ReleaseInfo {
  route?: string
  promptName?: string
  promptVersion?: string
}

/** A call as the application knows it. */
export interface Call {
  model: string
  provider?: string
  /** Default: chat. */
  operation?: string
}

const DEFAULT_ENDPOINT = 'http://127.0.0.1:4318'
const DEFAULT_QUEUE = 2_048
const EXPORT_TIMEOUT_MS = 10_000
const STOP_MS = 5_000

let started: Sdk | undefined

/** Starts OpenTelemetry with Weir as its receiver. Call it first of all, before the client of a provider is imported. */
export function start(options: StartOptions = {}): Sdk {
  started ??= quietly(() => begin(options)) ?? { stop: async () => {} }
  return started
}

function begin(options: StartOptions): Sdk {
  const { token, service, instrumentations = [], maxQueueSize = DEFAULT_QUEUE } = options
  const endpoint = options.endpoint ?? process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? DEFAULT_ENDPOINT
  setUnset('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint)
  setUnset('OTEL_LOGS_EXPORTER', 'otlp') // some instrumentations send text as log records
  setUnset('OTEL_METRICS_EXPORTER', 'none')
  if (token !== undefined) setUnset('OTEL_EXPORTER_OTLP_HEADERS', `Authorization=Bearer ${token}`)
  if (options.captureContent !== false) captureContent(instrumentations)
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS })
  const maxExportBatchSize = Math.min(512, maxQueueSize)
  const sdk = new NodeSDK({
    ...(service !== undefined && { serviceName: service }),
    instrumentations,
    spanProcessors: [
      new ContextProcessor(),
      new tracing.BatchSpanProcessor(exporter, { maxQueueSize, maxExportBatchSize }),
    ],
  })
  sdk.start()
  let stopping: Promise<void> | undefined
  return { stop: () => (stopping ??= withinTime(sdk.shutdown())) }
}

function setUnset(name: string, value: string): void {
  process.env[name] ??= value
}

interface Configurable {
  getConfig(): object
  setConfig(config: object): void
}

/** Each family has its own word for it; one that an instrumentation does not know is without effect. */
const CAPTURE = { captureMessageContent: true, traceContent: true }

function captureContent(instrumentations: NonNullable<StartOptions['instrumentations']>): void {
  setUnset('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', 'true')
  setUnset('TRACELOOP_TRACE_CONTENT', 'true')
  for (const one of instrumentations.flat() as Partial<Configurable>[])
    quietly(() => one.setConfig?.({ ...CAPTURE, ...one.getConfig?.() }))
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_MS).unref()
  })
  await Promise.race([work.catch(() => {}), late])
  clearTimeout(timer)
}

/** What is known of the calls made in a context. */
interface Known {
  readonly actor?: Actor
  readonly conversation?: string
  readonly sources?: readonly Source[]
  readonly release?: ReleaseInfo
  readonly watched?: Watched
}

/** A call that is watched: whether its span has ended, and the first span that began in it. */
interface Watched {
  seen: boolean
  span?: tracing.Span
}

const KNOWN = createContextKey('weir.known')

const knownIn = (where: Context): Known => (where.getValue(KNOWN) as Known | undefined) ?? {}

function within<T>(more: Known, work: () => T): T {
  const active = context.active()
  return context.with(active.setValue(KNOWN, { ...knownIn(active), ...more }), work)
}

/** Calls made in `work`, however deep, are made for this actor. */
export const withActor = <T>(actor: Actor, work: () => T): T =>
  within({ actor: { ...knownIn(context.active()).actor, ...actor } }, work)

/** Calls made in `work` belong to this conversation. */
export const withConversation = <T>(id: string, work: () => T): T => within({ conversation: id }, work)

/** Calls made in `work` use these sources, and those around it. */
export const withSources = <T>(sources: readonly Source[], work: () => T): T =>
  within({ sources: [...(knownIn(context.active()).sources ?? []), ...sources] }, work)

/** Calls made in `work` are of this release. */
export const release = <T>(of: ReleaseInfo, work: () => T): T =>
  within({ release: { ...knownIn(context.active()).release, ...of } }, work)

/**
 * Records the call that `work` makes where no instrumentation did: many lose a call that fails, or a stream that is not
 * read to its end. `work` covers the whole call, the reading of its stream too.
 */
export async function watchCall<T>(call: Call, work: () => Promise<T>): Promise<T> {
  const watched: Watched = { seen: false }
  const startTime = new Date()
  try {
    const result = await within({ watched }, work)
    if (!watched.seen) quietly(() => record(call, watched, startTime))
    return result
  } catch (error) {
    if (!watched.seen) quietly(() => record(call, watched, startTime, error))
    throw error
  }
}

/**
 * A span that began and has not ended may end later, when the rest of a stream that was left is read: the record stands below
 * it, so that the two are one call to Weir, and alone if it is never sent.
 */
function record(call: Call, { span: open }: Watched, startTime: Date, ...failure: unknown[]): void {
  const { model, provider, operation = 'chat' } = call
  const around = open === undefined ? context.active() : trace.setSpan(context.active(), open)
  const attributes: Attributes = { 'gen_ai.operation.name': operation, 'gen_ai.request.model': model }
  if (provider !== undefined) attributes['gen_ai.provider.name'] = provider
  const span = trace
    .getTracer('weir/sdk')
    .startSpan(`${operation} ${model}`, { kind: SpanKind.CLIENT, startTime, attributes }, around)
  if (failure.length > 0) {
    const { name, status } = (failure[0] ?? {}) as { name?: unknown; status?: unknown }
    const type = typeof status === 'number' ? String(status) : typeof name === 'string' ? name : 'error'
    span.setAttribute('error.type', type)
    if (typeof status === 'number') span.setAttribute('http.response.status_code', status)
    // An error's message may quote the prompt: its type says enough.
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  span.end()
}

const GEN_AI = /^(gen_ai|llm|ai|openinference|traceloop|langfuse\.observation|mcp)\./

/**
 * Writes what is known of a call on its span when that ends: only then it shows whether it is about GenAI, and what the
 * instrumentation said itself, which is left as it is. Other spans stay as they are.
 */
class ContextProcessor implements tracing.SpanProcessor {
  private readonly known = new WeakMap<object, Known>()

  onStart(span: tracing.Span, parent: Context): void {
    const known = parent.getValue(KNOWN) as Known | undefined
    if (known === undefined) return
    this.known.set(span, known)
    if (known.watched) known.watched.span ??= span
  }

  onEnding(span: tracing.Span): void {
    const known = this.known.get(span)
    if (known === undefined) return
    quietly(() => {
      if (!Object.keys(span.attributes).some((key) => GEN_AI.test(key))) return
      if (known.watched) known.watched.seen = true
      for (const [key, value] of Object.entries(attributesOf(known)))
        if (value !== undefined && span.attributes[key] === undefined) span.setAttribute(key, value)
    })
  }

  onEnd(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

function attributesOf({ actor = {}, conversation, sources, release: of = {} }: Known): Attributes {
  return {
    'user.id': actor.user ?? actor.onBehalfOf,
    'gen_ai.agent.id': actor.agent,
    'weir.on_behalf_of': actor.onBehalfOf,
    'gen_ai.conversation.id': conversation,
    'weir.route': of.route,
    'gen_ai.prompt.name': of.promptName,
    'gen_ai.prompt.version': of.promptVersion,
    'gen_ai.retrieval.documents': sources && JSON.stringify(sources.map(documentOf)),
  }
}

const documentOf = ({ contentHash, ...source }: Source): object =>
  contentHash === undefined ? source : { ...source, content_hash: contentHash }

/** The application never sees our mistakes. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
