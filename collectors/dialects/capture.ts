import type { Capture, Message } from '../../schemas/interaction.ts'
import type { Draft } from './dialect.ts'
import type { SpanReader } from './reader.ts'

const SET_SPAN_CONTENT =
  'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY (older instrumentations: true) and ' +
  'OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental in the application'

/** Instrumentations that the usual line does not help, by the start of their scope's name. */
const BY_SCOPE: readonly [scope: string, line: string][] = [
  [
    '@opentelemetry/instrumentation-openai',
    'this instrumentation sends text as log records, which Weir does not join to spans yet',
  ],
  [
    'com.anthropic.sdk.typescript',
    'this SDK never sends text; add an instrumentation that does, or send calls through the gateway',
  ],
]

/** Operations that have no text to answer with. */
const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['embeddings', 'create_agent'])

export function captureOf(span: SpanReader, draft: Draft, operation: string): Capture {
  const input =
    holdsText(draft.input) || holdsText(draft.system) || draft.toolCalls.some((call) => call.arguments !== undefined)
  const output =
    holdsText(draft.output) ||
    draft.toolCalls.some((call) => call.result !== undefined) ||
    (operation === 'retrieval' && draft.sources.some((source) => source.content !== undefined))
  const capture: Capture = { input: input ? 'full' : 'absent', output: output ? 'full' : 'absent' }
  const reason = reasonOf(span, draft, operation, input, output)
  if (reason !== undefined) capture.reason = reason
  return capture
}

function holdsText(messages: readonly Message[]): boolean {
  for (const message of messages) if (message.parts.length > 0) return true
  return false
}

function reasonOf(
  span: SpanReader,
  draft: Draft,
  operation: string,
  input: boolean,
  output: boolean,
): string | undefined {
  if (input && output) return undefined
  if (input && WITHOUT_ANSWER.has(operation)) return `the operation ${operation} answers with no text`
  if (input && draft.error !== undefined) return 'the call failed and no answer was sent'
  if (input) return `no answer was sent: ${remedy(span, operation, false)}`
  return `${output ? 'no input' : 'no text'} was sent: ${remedy(span, operation, true)}`
}

function remedy(span: SpanReader, operation: string, lacksInput: boolean): string {
  if (operation === 'embeddings') return 'the conventions have no attribute for the text that is embedded'
  if (operation === 'execute_tool') return lacks(lacksInput ? 'gen_ai.tool.call.arguments' : 'gen_ai.tool.call.result')
  if (operation === 'retrieval') return lacks(lacksInput ? 'gen_ai.retrieval.query.text' : 'text in its documents')
  if (span.has('mcp.method.name')) return `the conventions have no attribute for the text of ${operation}`
  const scope = span.record.context.scopeName
  for (const [start, line] of BY_SCOPE) if (scope.startsWith(start)) return line
  return SET_SPAN_CONTENT
}

const lacks = (what: string): string => `the span lacks ${what}`
