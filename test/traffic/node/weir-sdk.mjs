import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai'
import OpenAI from 'openai'
import { MODEL, openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

const { start, watchCall } = await import(process.env.WEIR_SDK)
const instrumentation = new OpenAIInstrumentation()
instrumentation.manuallyInstrument(OpenAI)
const sdk = start({ instrumentations: [instrumentation] })

const client = new OpenAI(openaiOptions)
const watched = Object.fromEntries(
  Object.entries({ ...openaiWork(client), ...responsesWork(client) }).map(([name, work]) =>
    name === 'tool' || name === 'embedding'
      ? [name, work]
      : [name, (scenario) => watchCall({ provider: 'openai', model: MODEL }, () => work(scenario))],
  ),
)
await runAll(watched, () => sdk.stop())
