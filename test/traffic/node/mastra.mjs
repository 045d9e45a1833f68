import { createOpenAI } from '@ai-sdk/openai'
import { Agent } from '@mastra/core/agent'
import { Mastra } from '@mastra/core/mastra'
import { createTool } from '@mastra/core/tools'
import { Observability } from '@mastra/observability'
import { OtelExporter } from '@mastra/otel-exporter'
import { z } from 'zod'
import { MODEL, PROVIDER_URL, runAll, TIMEOUT_MS } from './scenarios.mjs'

const endpoint = `${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`
const exporter = new OtelExporter({ provider: { custom: { endpoint, protocol: 'http/protobuf' } } })
const serviceName = process.env.OTEL_SERVICE_NAME
const observability = new Observability({ configs: { otel: { serviceName, exporters: [exporter] } } })
const openai = createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'unused' })

/** An agent of its own for each call, as the system prompt is the agent's. */
function agentOf({ system = '' }, more = {}) {
  const agent = new Agent({
    id: 'pilot',
    name: 'pilot',
    instructions: system,
    model: openai.chat(MODEL),
    maxRetries: 0,
    ...more,
  })
  return new Mastra({ agents: { pilot: agent }, observability, logger: false }).getAgent('pilot')
}

const ask = (scenario, { agent = {}, ...more } = {}) => agentOf(scenario, agent).generate(scenario.prompt, more)

async function stream(scenario, most = Number.POSITIVE_INFINITY) {
  const left = new AbortController()
  const answer = await agentOf(scenario).stream(scenario.prompt, { abortSignal: left.signal })
  let pieces = 0
  for await (const _piece of answer.textStream)
    if (++pieces === most) {
      left.abort()
      break
    }
}

function tool(scenario) {
  const { name, description, arguments: given, result } = scenario.tool
  const inputSchema = z.object(Object.fromEntries(Object.keys(given).map((key) => [key, z.string()])))
  const offered = createTool({ id: name, description, inputSchema, execute: async () => result })
  return ask(scenario, { agent: { tools: { [name]: offered } }, maxSteps: 3 })
}

const work = {
  chat: (scenario) => ask(scenario),
  stream: (scenario) => stream(scenario),
  tool,
  'status 429': (scenario) => ask(scenario),
  'status 500': (scenario) => ask(scenario),
  timeout: (scenario) => ask(scenario, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) }),
  broken: (scenario) => stream(scenario, 5),
  responses: (scenario) => ask(scenario, { agent: { model: openai.responses(MODEL) } }),
}
await runAll(work, () => observability.shutdown())
