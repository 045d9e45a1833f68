import { register } from 'node:module'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)
const sdk = new NodeSDK({ instrumentations: [new OpenAIInstrumentation()] })
sdk.start()

const { default: OpenAI } = await import('openai')
const client = new OpenAI(openaiOptions)
await runAll({ ...openaiWork(client), ...responsesWork(client) }, () => sdk.shutdown())
