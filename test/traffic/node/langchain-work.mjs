import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { EMBEDDING_MODEL, MODEL, PROVIDER_URL, schemaOf, TIMEOUT_MS } from './scenarios.mjs'

const common = { apiKey: 'unused', maxRetries: 0, timeout: TIMEOUT_MS, configuration: { baseURL: PROVIDER_URL } }

/** What an application does with LangChain. */
export function langchainWork() {
  const model = new ChatOpenAI({ model: MODEL, ...common })
  const messagesOf = ({ system, prompt }) => [...(system ? [new SystemMessage(system)] : []), new HumanMessage(prompt)]
  const ask = (scenario) => model.invoke(messagesOf(scenario))
  return {
    chat: ask,
    stream: async (scenario) => {
      for await (const _chunk of await model.stream(messagesOf(scenario)));
    },
    tool: async (scenario) => {
      const { name, description, result } = scenario.tool
      const parameters = schemaOf(scenario.tool)
      const bound = model.bindTools([{ type: 'function', function: { name, description, parameters } }])
      const first = await bound.invoke(messagesOf(scenario))
      const told = new ToolMessage({ tool_call_id: first.tool_calls[0].id, content: result })
      await bound.invoke([...messagesOf(scenario), first, told])
    },
    embedding: ({ prompt }) => new OpenAIEmbeddings({ model: EMBEDDING_MODEL, ...common }).embedQuery(prompt),
    'status 429': ask,
    'status 500': ask,
    timeout: ask,
    broken: async (scenario) => {
      let chunks = 0
      for await (const _chunk of await model.stream(messagesOf(scenario))) if (++chunks === 6) break
    },
  }
}
