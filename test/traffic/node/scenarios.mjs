/*
 * Runs the scenarios that a package can do, one after the other, and says on standard output when each began and ended. What
 * goes wrong in a scenario is meant to: the provider refuses, stays silent or is left in the middle of a stream.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

export const scenarios = JSON.parse(readFileSync(new URL('../scenarios.json', import.meta.url), 'utf8'))

export const MODEL = 'gpt-4o-mini'
export const EMBEDDING_MODEL = 'text-embedding-3-small'
export const ANTHROPIC_MODEL = 'claude-sonnet-4-5'
/** Longer than a first call takes on a busy machine: only a silent provider may meet it. */
export const TIMEOUT_MS = 2_000
/** Where the fake provider is. */
export const { PROVIDER_URL, PROVIDER_ORIGIN } = process.env

/** Between scenarios, so that a span's start says which one it belongs to. */
const GAP_MS = 150
/** As long as a slow stream: some go on reading what the application has left. */
const BROKEN_MS = 2_000

const now = () => new Date().getTime()

export async function runAll(work, finish) {
  for (const [name, run] of Object.entries(work)) {
    await pause(GAP_MS)
    const from = now()
    let outcome = 'answered'
    try {
      await run(scenarios[name])
    } catch (error) {
      outcome = `${error?.constructor?.name}: ${error?.message}`.slice(0, 200)
    }
    await pause(name === 'broken' ? BROKEN_MS : GAP_MS)
    process.stdout.write(`${JSON.stringify({ scenario: name, from, to: now(), outcome })}\n`)
  }
  await finish()
  process.stdout.write('{"finished":true}\n')
  process.exit(0)
}

/** The messages of a scenario, as OpenAI's chat completions take them. */
export const messagesOf = ({ system, prompt }) => [
  ...(system === undefined ? [] : [{ role: 'system', content: system }]),
  { role: 'user', content: prompt },
]

export const schemaOf = ({ arguments: given }) => ({
  type: 'object',
  properties: Object.fromEntries(Object.keys(given).map((key) => [key, { type: 'string' }])),
  required: Object.keys(given),
})

/** What an application does with the client of OpenAI. */
export function openaiWork(client) {
  const chat = (scenario, more = {}) =>
    client.chat.completions.create({ model: MODEL, messages: messagesOf(scenario), ...more })
  const stream = (scenario) => chat(scenario, { stream: true, stream_options: { include_usage: true } })
  return {
    chat: (scenario) => chat(scenario),
    stream: async (scenario) => {
      for await (const _chunk of await stream(scenario));
    },
    tool: async (scenario) => {
      const { name, description, result } = scenario.tool
      const tools = [{ type: 'function', function: { name, description, parameters: schemaOf(scenario.tool) } }]
      const first = await chat(scenario, { tools })
      const { message } = first.choices[0]
      const told = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: result }
      await chat(scenario, { tools, messages: [...messagesOf(scenario), message, told] })
    },
    embedding: ({ prompt }) => client.embeddings.create({ model: EMBEDDING_MODEL, input: prompt }),
    'status 429': (scenario) => chat(scenario),
    'status 500': (scenario) => chat(scenario),
    timeout: (scenario) => chat(scenario),
    broken: async (scenario) => {
      let chunks = 0
      for await (const _chunk of await stream(scenario)) if (++chunks === 6) break
    },
  }
}

export const responsesWork = (client) => ({
  responses: ({ system, prompt }) => client.responses.create({ model: MODEL, instructions: system, input: prompt }),
  'responses stream': async ({ prompt }) => {
    for await (const _event of await client.responses.create({ model: MODEL, input: prompt, stream: true }));
  },
})

/** What an application does with the client of Anthropic. */
export function anthropicWork(client) {
  const ask = ({ system, prompt }, more = {}) =>
    client.messages.create({
      ...{ model: ANTHROPIC_MODEL, max_tokens: 100, messages: [{ role: 'user', content: prompt }] },
      ...(system !== undefined && { system }),
      ...more,
    })
  return {
    anthropic: (scenario) => ask(scenario),
    'anthropic stream': async (scenario) => {
      for await (const _event of await ask(scenario, { stream: true }));
    },
    'anthropic 429': (scenario) => ask(scenario),
  }
}

/** Never asks twice: the provider's count is compared. */
export const openaiOptions = { apiKey: 'unused', baseURL: PROVIDER_URL, maxRetries: 0, timeout: TIMEOUT_MS }
export const anthropicOptions = { apiKey: 'unused', baseURL: PROVIDER_ORIGIN, maxRetries: 0, timeout: TIMEOUT_MS }
