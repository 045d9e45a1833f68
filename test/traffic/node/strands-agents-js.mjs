import { Agent, tool as toolOf } from '@strands-agents/sdk'
import { OpenAIModel } from '@strands-agents/sdk/models/openai'
import { setupTracer } from '@strands-agents/sdk/telemetry'
import { MODEL, openaiOptions, runAll, schemaOf } from './scenarios.mjs'

const provider = setupTracer({ exporters: { otlp: true } })
const { apiKey, ...clientConfig } = openaiOptions

function agentOf({ system }, { api = 'chat', tools = [] } = {}) {
  const model = new OpenAIModel({ api, modelId: MODEL, apiKey, clientConfig })
  return new Agent({ model, tools, ...(system && { systemPrompt: system }), printer: false, retryStrategy: null })
}

const ask = (scenario, more) => agentOf(scenario, more).invoke(scenario.prompt)

async function stream(scenario, { most = Number.POSITIVE_INFINITY, ...more } = {}) {
  const left = new AbortController()
  let pieces = 0
  for await (const event of agentOf(scenario, more).stream(scenario.prompt, { cancelSignal: left.signal })) {
    if (event.event?.type === 'modelContentBlockDeltaEvent') pieces++
    if (pieces === most) left.abort()
  }
}

function tool(scenario) {
  const { name, description, result } = scenario.tool
  return ask(scenario, {
    tools: [toolOf({ name, description, inputSchema: schemaOf(scenario.tool), callback: () => result })],
  })
}

const work = {
  chat: (scenario) => ask(scenario),
  stream: (scenario) => stream(scenario),
  tool,
  'status 429': (scenario) => ask(scenario),
  'status 500': (scenario) => ask(scenario),
  timeout: (scenario) => ask(scenario),
  broken: (scenario) => stream(scenario, { most: 5 }),
  responses: (scenario) => ask(scenario, { api: 'responses' }),
  'responses stream': (scenario) => stream(scenario, { api: 'responses' }),
}
await runAll(work, () => provider.forceFlush())
