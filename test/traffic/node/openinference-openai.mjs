import { NodeSDK } from '@opentelemetry/sdk-node'
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai'
import OpenAI from 'openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

const instrumentation = new OpenAIInstrumentation()
instrumentation.manuallyInstrument(OpenAI)
const sdk = new NodeSDK({ instrumentations: [instrumentation] })
sdk.start()

const client = new OpenAI(openaiOptions)
await runAll({ ...openaiWork(client), ...responsesWork(client) }, () => sdk.shutdown())
