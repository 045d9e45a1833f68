import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain'
import * as callbacks from '@langchain/core/callbacks/manager'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { langchainWork } from './langchain-work.mjs'
import { runAll } from './scenarios.mjs'

const instrumentation = new LangChainInstrumentation()
instrumentation.manuallyInstrument(callbacks)
const sdk = new NodeSDK({ instrumentations: [instrumentation] })
sdk.start()

await runAll(langchainWork(), () => sdk.shutdown())
