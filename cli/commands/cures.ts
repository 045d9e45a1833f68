/*
 * What a service may lack, and the exact line that brings it in the ecosystem that its records come from. For text the
 * collector knows the line already and it stands in the rows (`capture_reason`); for identities and models it is here.
 */

export const LACKS = ['text', 'release', 'actor'] as const
export type Lack = (typeof LACKS)[number]

/** Where records come from. */
export interface Ecosystem {
  dialect: string
  /** Name of the instrumentation. */
  scope: string
  /** What the collector said of the newest call without text. */
  noTextReason: string
}

type Language = 'js' | 'python' | 'other'

/** The line, by language where it differs. */
type Line = string | Partial<Record<Language, string>>

/** Set on the application's own span it would not reach the one that the instrumentation makes below it. */
const SET_USER: Line = {
  js: 'withActor({ user: userId }, work) of weir/sdk',
  python: "baggage.set_baggage('user.id', user_id) with BaggageSpanProcessor of opentelemetry-processor-baggage",
  other: 'set the attribute user.id on the span of the call',
}
/** What a span says of the model that answered, only its instrumentation can know. */
const UPGRADE = 'upgrade the instrumentation to one that sends the model that answered'
const SET_MODEL: Line = {
  js: UPGRADE,
  python: UPGRADE,
  other: 'set the attribute gen_ai.response.model, which the provider names in its answer, on the span of the call',
}

const TEXT_LINE =
  'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY (older instrumentations: true) in the application'

const ACTOR: Readonly<Record<string, Line>> = {
  openllmetry: {
    js: 'traceloop.withAssociationProperties({ user_id: userId }, work)',
    python: "Traceloop.set_association_properties({'user_id': user_id})",
    other: 'set the attribute traceloop.association.properties.user_id on the span of the call',
  },
  openinference: {
    js: 'context.with(setUser(context.active(), { userId }), work), from @arizeai/openinference-core',
    python: 'with using_user(user_id): ..., from openinference.instrumentation',
    other: 'set the attribute user.id on the span of the call',
  },
  'ai-sdk-6': 'experimental_telemetry: { isEnabled: true, metadata: { userId } } in the call',
  langfuse: {
    js: 'await propagateAttributes({ userId }, work), from @langfuse/tracing',
    python: 'with propagate_attributes(user_id=user_id): ..., from langfuse',
    other: 'set the attribute user.id on the span of the call',
  },
  langsmith: {
    js: 'metadata: { user_id: userId } in the options of the run',
    python: "langsmith_extra={'metadata': {'user_id': user_id}} in the call",
    other: 'set the attribute langsmith.metadata.user_id on the span of the call',
  },
  litellm: 'user=user_id in the request',
  openlit: 'user in the request',
  mlflow: "mlflow.update_current_trace(metadata={'mlflow.trace.user': user_id})",
  strands: "trace_attributes={'user.id': user_id} of the Agent",
}

const RELEASE: Readonly<Record<string, Line>> = {
  langfuse: {
    js: 'generation.update({ model: response.model })',
    python: 'generation.update(model=response.model)',
    other: 'set the attribute langfuse.observation.model.name on the span of the call',
  },
  openinference: {
    js: UPGRADE,
    python: UPGRADE,
    other: 'set the attribute llm.response.model_name on the span of the call',
  },
}

/** An older generation of a convention is cured as its newer one. */
const FAMILY: Readonly<Record<string, string>> = { 'openllmetry-old': 'openllmetry' }

export function cureOf(lack: Lack, ecosystem: Ecosystem): string {
  if (lack === 'text') return textLine(ecosystem.noTextReason)
  const [lines, fallback] = lack === 'actor' ? [ACTOR, SET_USER] : [RELEASE, SET_MODEL]
  const line = lines[FAMILY[ecosystem.dialect] ?? ecosystem.dialect] ?? fallback
  if (typeof line === 'string') return line
  return line[languageOf(ecosystem)] ?? line.other ?? ''
}

/** The reason begins with what is missing. */
function textLine(reason: string): string {
  if (reason === '') return TEXT_LINE
  return reason.replace(/^no (?:text|input|answer) was sent: /, '')
}

const JS_DIALECTS: ReadonlySet<string> = new Set(['ai-sdk-6', 'ai-sdk-7', 'genkit', 'anthropic-sdk'])
const PYTHON_DIALECTS: ReadonlySet<string> = new Set(['litellm', 'mlflow', 'pydantic-ai'])

function languageOf({ dialect, scope }: Ecosystem): Language {
  if (scope.endsWith('.python')) return 'python'
  if (scope.startsWith('@') || scope.includes('typescript') || JS_DIALECTS.has(dialect)) return 'js'
  if (/^(opentelemetry|openinference)\.(instrumentation|util)\b/.test(scope) || PYTHON_DIALECTS.has(dialect))
    return 'python'
  return 'other'
}
