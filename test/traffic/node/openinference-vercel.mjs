import { createOpenAI } from '@ai-sdk/openai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { OpenInferenceBatchSpanProcessor } from '@arizeai/openinference-vercel'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { registerTelemetry } from 'ai'
import { aiSdkWork } from './ai-sdk-work.mjs'
import { PROVIDER_URL, runAll } from './scenarios.mjs'

const exporter = new OTLPTraceExporter()
const sdk = new NodeSDK({ spanProcessors: [new OpenInferenceBatchSpanProcessor({ exporter })] })
sdk.start()
registerTelemetry(
  new OpenTelemetry({
    ...{ usage: true, providerMetadata: true, embedding: true, reranking: true },
    ...{ runtimeContext: true, headers: true, toolChoice: true, schema: true },
  }),
)

await runAll(aiSdkWork(createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'unused' })), () => sdk.shutdown())
