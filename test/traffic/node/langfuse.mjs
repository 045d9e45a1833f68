import { LangfuseSpanProcessor } from '@langfuse/otel'
import { observeOpenAI } from '@langfuse/openai'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { NodeSDK } from '@opentelemetry/sdk-node'
import OpenAI from 'openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

const exporter = new OTLPTraceExporter()
const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor({ exporter, shouldExportSpan: () => true })] })
sdk.start()

const client = observeOpenAI(new OpenAI(openaiOptions))
await runAll({ ...openaiWork(client), ...responsesWork(client) }, () => sdk.shutdown())
