/** A package whose traffic is looked at: what its documents say to install and to switch on. */
export interface Package {
  /** Also the file in node/ or python/ that uses it. */
  readonly name: string
  readonly language: 'node' | 'python'
  /** Of Python: the list of versions, `requirements-<set>.txt`, where it is not that of the others. */
  readonly set?: 'agents' | 'frameworks'
  /** The instrumentation and the client beside it, as in package.json or requirements.txt. */
  readonly packages: readonly string[]
  /** Variables that its documents name, text switched on. `PROVIDER` is the fake provider: nothing is asked outside. */
  readonly env?: Readonly<Record<string, string>>
  readonly protocol?: 'gRPC'
  /** Failures of Weir's own that stand open: told in the page, and one that does not occur any more is a failure too. */
  readonly open?: readonly string[]
  /** What a reader should know that cannot be measured. */
  readonly note?: string
}

const TEXT = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' }

export const PACKAGES: readonly Package[] = [
  {
    name: 'opentelemetry-openai',
    language: 'node',
    packages: ['@opentelemetry/instrumentation-openai', 'openai', '@opentelemetry/sdk-node'],
    env: TEXT,
    note: 'Text comes as log records.',
  },
  {
    name: 'elastic-openai',
    language: 'node',
    packages: ['@elastic/opentelemetry-instrumentation-openai', 'openai-4'],
    note: 'It knows `openai` 4 and no newer one. Text comes as log records.',
  },
  {
    name: 'traceloop',
    language: 'node',
    packages: ['@traceloop/node-server-sdk', 'openai'],
    note: 'Its half for Anthropic throws at the start on `@anthropic-ai/sdk` 1.x and is not driven.',
  },
  {
    name: 'openinference-openai',
    language: 'node',
    packages: ['@arizeai/openinference-instrumentation-openai', 'openai'],
  },
  {
    name: 'anthropic-sdk',
    language: 'node',
    packages: ['@anthropic-ai/sdk', '@opentelemetry/sdk-node'],
    note: 'What the SDK sends by itself: an application with any OpenTelemetry provider has these spans.',
  },
  {
    name: 'openinference-anthropic',
    language: 'node',
    packages: ['@arizeai/openinference-instrumentation-anthropic', '@anthropic-ai/sdk'],
    note: 'The SDK sends a span of its own beside it; the two are one billable call.',
  },
  {
    name: 'openinference-openai-agents',
    language: 'node',
    packages: ['@arizeai/openinference-instrumentation-openai-agents', '@openai/agents', 'openai'],
  },
  {
    name: 'openinference-langchain',
    language: 'node',
    packages: ['@arizeai/openinference-instrumentation-langchain', '@langchain/openai', '@langchain/core'],
  },
  { name: 'ai-sdk', language: 'node', packages: ['ai', '@ai-sdk/otel', '@ai-sdk/openai'] },
  {
    name: 'ai-sdk-legacy',
    language: 'node',
    packages: ['ai', '@ai-sdk/otel', '@ai-sdk/openai'],
    note: 'As AI SDK 6 and older write it (`LegacyOpenTelemetry`).',
  },
  {
    name: 'openinference-vercel',
    language: 'node',
    packages: ['@arizeai/openinference-vercel', 'ai', '@ai-sdk/otel', '@ai-sdk/openai'],
  },
  { name: 'langfuse', language: 'node', packages: ['@langfuse/openai', '@langfuse/otel', 'openai'] },
  { name: 'openlit', language: 'node', packages: ['openlit', 'openai'] },
  {
    name: 'langsmith',
    language: 'node',
    packages: ['langsmith', 'openai'],
    env: {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_TRACING_MODE: 'otel',
      LANGSMITH_API_KEY: 'unused',
      LANGSMITH_ENDPOINT: 'PROVIDER',
    },
  },
  {
    name: 'mastra',
    language: 'node',
    packages: ['@mastra/core', '@mastra/observability', '@mastra/otel-exporter', '@ai-sdk/openai'],
    env: { MASTRA_TELEMETRY_DISABLED: '1' },
    note: 'The span of a call tells its answer; what it was asked and which tools it called stands in the steps around it.',
  },
  { name: 'strands-agents-js', language: 'node', packages: ['@strands-agents/sdk', 'openai'] },
  {
    name: 'strands-agents-js-latest',
    language: 'node',
    packages: ['@strands-agents/sdk', 'openai'],
    env: { OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental' },
  },
  {
    name: 'weir-sdk',
    language: 'node',
    packages: ['@arizeai/openinference-instrumentation-openai', 'openai'],
    note: '`weir/sdk` of this checkout, with `watchCall` around each call but those of the tool and the embedding.',
  },
  {
    name: 'opentelemetry-openai-v2',
    language: 'python',
    packages: ['opentelemetry-instrumentation-openai-v2', 'openai', 'opentelemetry-sdk'],
    env: { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' },
    protocol: 'gRPC',
  },
  {
    name: 'opentelemetry-openai-v2-latest',
    language: 'python',
    packages: ['opentelemetry-instrumentation-openai-v2', 'openai', 'opentelemetry-sdk'],
    env: {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
      OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
    },
    protocol: 'gRPC',
  },
  {
    name: 'openllmetry-openai',
    language: 'python',
    packages: [
      'opentelemetry-instrumentation-openai',
      'opentelemetry-instrumentation-anthropic',
      'openai',
      'anthropic',
    ],
    open: ['anthropic 429: 1 calls are stored as 2'],
    note: 'The SDK of Anthropic sends a span of its own. OpenLLMetry does not put its span around it, so without a span of the application around both they are in two traces: one call by the id of the answer, which a call that failed has not.',
  },
  {
    name: 'openinference-openai-python',
    language: 'python',
    packages: ['openinference-instrumentation-openai', 'openai'],
  },
  {
    name: 'openinference-langchain-python',
    language: 'python',
    packages: ['openinference-instrumentation-langchain', 'langchain-openai', 'langchain-core'],
  },
  {
    name: 'openinference-llama-index',
    language: 'python',
    packages: ['openinference-instrumentation-llama-index', 'llama-index-llms-openai', 'llama-index-core'],
  },
  {
    name: 'litellm-otel',
    language: 'python',
    packages: ['litellm'],
    env: {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
      OTEL_EXPORTER: 'otlp_http',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    },
  },
  { name: 'pydantic-ai-otel', language: 'python', packages: ['pydantic-ai-slim', 'openai'] },
  {
    name: 'openlit-python',
    language: 'python',
    set: 'agents',
    packages: ['openlit', 'openai', 'anthropic'],
    env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
  },
  {
    name: 'strands-agents',
    language: 'python',
    set: 'agents',
    packages: ['strands-agents', 'openai'],
  },
  {
    name: 'strands-agents-latest',
    language: 'python',
    set: 'agents',
    packages: ['strands-agents', 'openai'],
    env: { OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental' },
  },
  {
    name: 'google-adk',
    language: 'python',
    set: 'agents',
    packages: ['google-adk', 'litellm'],
    note: 'For a model reached through LiteLLM it adds the reasoning tokens to an output that has them already.',
    env: {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_AND_EVENT',
      OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    },
  },
  {
    name: 'openinference-openai-agents-python',
    language: 'python',
    set: 'frameworks',
    packages: ['openinference-instrumentation-openai-agents', 'openai-agents', 'openai'],
  },
  {
    name: 'openinference-smolagents',
    language: 'python',
    set: 'frameworks',
    packages: ['openinference-instrumentation-smolagents', 'smolagents', 'openai'],
    open: ['chat', 'tool'].flatMap((scenario) => [
      `${scenario}: model answered was sent and "gpt-4o-mini" is stored`,
      `${scenario}: cached tokens was sent and is not stored`,
      `${scenario}: reasoning tokens was sent and is not stored`,
    ]),
    note: 'The model that answered and the details of its tokens stand only in the answer as Python prints it, which is kept and not read. An agent takes no answer that is not a call of a tool: the models are driven as it asks them.',
  },
  {
    name: 'openinference-agno',
    language: 'python',
    set: 'frameworks',
    packages: ['openinference-instrumentation-agno', 'agno', 'openai'],
  },
  {
    name: 'agent-framework-otel',
    language: 'python',
    set: 'frameworks',
    packages: ['agent-framework-openai', 'agent-framework-core', 'openai'],
    env: { ENABLE_SENSITIVE_DATA: 'true' },
  },
  {
    name: 'opentelemetry-google-genai',
    language: 'python',
    set: 'frameworks',
    packages: ['opentelemetry-instrumentation-google-genai', 'google-genai', 'opentelemetry-sdk'],
    env: {
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
      OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
    },
  },
  {
    name: 'openinference-google-genai',
    language: 'python',
    set: 'frameworks',
    packages: ['openinference-instrumentation-google-genai', 'google-genai'],
  },
]
