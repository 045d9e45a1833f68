import { createRequire } from 'node:module'
import { OpenAIInstrumentation } from '@elastic/opentelemetry-instrumentation-openai'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { openaiOptions, openaiWork, runAll } from './scenarios.mjs'

const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true })
const sdk = new NodeSDK({ instrumentations: [instrumentation] })
sdk.start()

// It knows version 4 of the client, here beside the others' under a name of its own: it is handed over, not found by name.
const openai = createRequire(import.meta.url)('openai-4')
for (const { patch } of instrumentation.getModuleDefinitions()) patch(openai)

await runAll(openaiWork(new openai.OpenAI(openaiOptions)), () => sdk.shutdown())
