import { createOpenAI } from '@ai-sdk/openai'
import { LegacyOpenTelemetry } from '@ai-sdk/otel'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { registerTelemetry } from 'ai'
import { aiSdkWork } from './ai-sdk-work.mjs'
import { PROVIDER_URL, runAll } from './scenarios.mjs'

const sdk = new NodeSDK()
sdk.start()
registerTelemetry(new LegacyOpenTelemetry())

await runAll(aiSdkWork(createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'unused' })), () => sdk.shutdown())
