import { OpenAIAgentsInstrumentation } from '@arizeai/openinference-instrumentation-openai-agents'
import * as agents from '@openai/agents'
import { NodeSDK } from '@opentelemetry/sdk-node'
import OpenAI from 'openai'
import { MODEL, openaiOptions, runAll, schemaOf } from './scenarios.mjs'

const sdk = new NodeSDK()
sdk.start()
const instrumentation = new OpenAIAgentsInstrumentation()
instrumentation.manuallyInstrument(agents)

const openAIClient = new OpenAI(openaiOptions)
const runnerOf = (useResponses) =>
  new agents.Runner({ modelProvider: new agents.OpenAIProvider({ openAIClient, useResponses }) })
const [chats, responses] = [false, true].map(runnerOf)

const agentOf = ({ system }, tools = []) =>
  new agents.Agent({ name: 'pilot', model: MODEL, ...(system && { instructions: system }), tools })
const ask = (scenario, runner = chats, tools = []) => runner.run(agentOf(scenario, tools), scenario.prompt)

async function stream(scenario, { runner = chats, most = Number.POSITIVE_INFINITY } = {}) {
  const left = new AbortController()
  const options = { stream: true, signal: left.signal }
  const answer = await runner.run(agentOf(scenario), scenario.prompt, options)
  let pieces = 0
  for await (const _piece of answer.toTextStream())
    if (++pieces === most) {
      left.abort()
      break
    }
}

function tool(scenario, runner) {
  const { name, description, result } = scenario.tool
  const parameters = { ...schemaOf(scenario.tool), additionalProperties: false }
  return ask(scenario, runner, [agents.tool({ name, description, parameters, strict: true, execute: () => result })])
}

const work = {
  chat: (scenario) => ask(scenario),
  stream: (scenario) => stream(scenario),
  tool: (scenario) => tool(scenario, chats),
  'status 429': (scenario) => ask(scenario),
  'status 500': (scenario) => ask(scenario),
  timeout: (scenario) => ask(scenario),
  broken: (scenario) => stream(scenario, { most: 5 }),
  responses: (scenario) => ask(scenario, responses),
  'responses stream': (scenario) => stream(scenario, { runner: responses }),
}
await runAll(work, () => sdk.shutdown())
