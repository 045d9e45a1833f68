import type { Dialect } from './dialect.ts'

/**
 * Microsoft's Semantic Kernel: OpenTelemetry's message events, for .NET as span events, for Python as log records whose body
 * is JSON text.
 */
export const semanticKernel: Dialect = {
  name: 'semantic-kernel',
  versions: 'Semantic Kernel Python 1.45, .NET 1.55',
  signs: {
    keys: ['gen_ai.response.prompt_tokens', 'gen_ai.response.completion_tokens'],
    scopes: ['Microsoft.SemanticKernel', 'semantic_kernel.'],
  },
  isAccent: true,
  fields: {
    inputTokens: ['gen_ai.response.prompt_tokens'],
    outputTokens: ['gen_ai.response.completion_tokens'],
  },
  remedy:
    'set SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE=true in the application ' +
    '(.NET: the AppContext switch Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive)',
}
