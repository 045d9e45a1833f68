import { NodeSDK } from '@opentelemetry/sdk-node'
import { AnthropicInstrumentation } from '@arizeai/openinference-instrumentation-anthropic'
import Anthropic from '@anthropic-ai/sdk'
import { anthropicOptions, anthropicWork, runAll } from './scenarios.mjs'

const instrumentation = new AnthropicInstrumentation()
instrumentation.manuallyInstrument(Anthropic)
const sdk = new NodeSDK({ instrumentations: [instrumentation] })
sdk.start()

await runAll(anthropicWork(new Anthropic(anthropicOptions)), () => sdk.shutdown())
