import { embed, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { EMBEDDING_MODEL, MODEL, schemaOf, TIMEOUT_MS } from './scenarios.mjs'

/** What an application does with the AI SDK. */
export function aiSdkWork(openai) {
  const common = { maxRetries: 0 }
  const ask = ({ system, prompt }, more = {}) =>
    generateText({ model: openai.chat(MODEL), ...(system && { instructions: system }), prompt, ...common, ...more })
  const stream = ({ prompt }, more = {}) =>
    streamText({ model: openai.chat(MODEL), prompt, ...common, onError: () => {}, ...more })
  return {
    chat: (scenario) => ask(scenario),
    stream: async (scenario) => {
      for await (const _piece of stream(scenario).textStream);
    },
    tool: async (scenario) => {
      const { name, description, result } = scenario.tool
      const execute = async () => result
      const offered = tool({ description, inputSchema: jsonSchema(schemaOf(scenario.tool)), execute })
      await ask(scenario, { tools: { [name]: offered }, stopWhen: stepCountIs(3) })
    },
    embedding: ({ prompt }) => embed({ model: openai.embedding(EMBEDDING_MODEL), value: prompt, ...common }),
    'status 429': (scenario) => ask(scenario),
    'status 500': (scenario) => ask(scenario),
    timeout: (scenario) => ask(scenario, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) }),
    broken: async (scenario) => {
      const left = new AbortController()
      let pieces = 0
      for await (const _piece of stream(scenario, { abortSignal: left.signal }).textStream)
        if (++pieces === 5) {
          left.abort()
          break
        }
    },
    responses: (scenario) => ask(scenario, { model: openai.responses(MODEL) }),
    'responses stream': async (scenario) => {
      for await (const _piece of stream(scenario, { model: openai.responses(MODEL) }).textStream);
    },
  }
}
