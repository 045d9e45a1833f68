import { NodeSDK } from '@opentelemetry/sdk-node'
import Anthropic from '@anthropic-ai/sdk'
import { anthropicOptions, anthropicWork, runAll } from './scenarios.mjs'

const sdk = new NodeSDK()
sdk.start()

await runAll(anthropicWork(new Anthropic(anthropicOptions)), () => sdk.shutdown())
