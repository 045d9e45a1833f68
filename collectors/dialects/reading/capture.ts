import type { Capture, Message } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import type { RecordReader } from './reader.ts'

const SET_SPAN_CONTENT =
  'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY (older instrumentations: true) and ' +
  'OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental in the application'

/** Instrumentations that the usual line does not help, by the start of their scope's name. */
const BY_SCOPE: readonly [scope: string, line: string][] = [
  [
    '@opentelemetry/instrumentation-openai',
    'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true and let it send log records (OTEL_LOGS_EXPORTER=otlp)',
  ],
]

/** Operations that have no text to answer with. */
const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['embeddings', 'create_agent', 'transcribe', 'speak'])

/** `dialectRemedy` is the line that brings text in the ecosystem the record comes from. */
export function captureOf(record: RecordReader, draft: Draft, operation: string, dialectRemedy?: string): Capture {
  const input =
    holdsText(draft.input) || holdsText(draft.system) || draft.toolCalls.some((call) => call.arguments !== undefined)
  const output =
    holdsText(draft.output) ||
    draft.toolCalls.some((call) => call.result !== undefined) ||
    ((operation === 'retrieval' || operation === 'rerank') &&
      draft.sources.some((source) => source.content !== undefined))
  const capture: Capture = { input: input ? 'full' : 'absent', output: output ? 'full' : 'absent' }
  const reason = reasonOf(draft, operation, input, output, () =>
    remedy(record, operation, !input, dialectRemedy ?? SET_SPAN_CONTENT),
  )
  if (reason !== undefined) capture.reason = reason
  return capture
}

function holdsText(messages: readonly Message[]): boolean {
  for (const message of messages) if (message.parts.length > 0) return true
  return false
}

function reasonOf(
  draft: Draft,
  operation: string,
  input: boolean,
  output: boolean,
  cure: () => string,
): string | undefined {
  if (input && output) return undefined
  if (input && WITHOUT_ANSWER.has(operation)) return `the operation ${operation} answers with no text`
  if (input && draft.error !== undefined) return 'the call failed and no answer was sent'
  if (input) return `no answer was sent: ${cure()}`
  return `${output ? 'no input' : 'no text'} was sent: ${cure()}`
}

function remedy(record: RecordReader, operation: string, lacksInput: boolean, line: string): string {
  if (record.record.kind === 'log') return 'the rest of the call is in other records of its span'
  if (operation === 'embeddings') return 'the conventions have no attribute for the text that is embedded'
  if (operation === 'execute_tool') return lacks(lacksInput ? 'gen_ai.tool.call.arguments' : 'gen_ai.tool.call.result')
  if (operation === 'retrieval') return lacks(lacksInput ? 'gen_ai.retrieval.query.text' : 'text in its documents')
  if (record.has('mcp.method.name')) return `the conventions have no attribute for the text of ${operation}`
  const { scopeName } = record.record.context
  return BY_SCOPE.find(([start]) => scopeName.startsWith(start))?.[1] ?? line
}

const lacks = (what: string): string => `the span lacks ${what}`
