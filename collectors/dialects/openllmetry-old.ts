import type { Dialect, Draft } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { takeIndexed } from './reading/indexed.ts'
import { messageOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { fieldsOf, listOf } from './reading/text.ts'
import { addTools } from './reading/tools.ts'

/** OpenLLMetry before it took up OpenTelemetry's messages: every piece of a message in an attribute of its own. */
export const openllmetryOld: Dialect = {
  name: 'openllmetry-old',
  versions: 'OpenLLMetry JS 0.14, Python 0.40 (Traceloop)',
  signs: {
    prefixes: ['gen_ai.prompt.#', 'gen_ai.completion.#', 'llm.prompts', 'llm.completions', 'llm.request.functions.#'],
    keys: ['llm.usage.total_tokens'],
  },
  // LiteLLM writes it too.
  hints: { keys: ['llm.request.type'] },
  fields: {
    inputTokens: ['gen_ai.usage.prompt_tokens'],
    outputTokens: ['gen_ai.usage.completion_tokens'],
    fingerprint: ['gen_ai.openai.system_fingerprint'],
    user: ['llm.user'],
  },
  remedy: 'set TRACELOOP_TRACE_CONTENT=true in the application (traceContent: true in its code)',
  read(record, draft) {
    const type = record.peek('llm.request.type')
    if (typeof type === 'string') draft.operation ??= verbIn(record.name) ?? OPERATIONS[type]
    if (draft.input.length === 0) {
      placeInput(
        draft,
        takeIndexed(record, 'gen_ai.prompt.').map((item) => messageOf(withContent(item), 'user')),
      )
    }
    if (draft.output.length === 0) {
      draft.output = takeIndexed(record, 'gen_ai.completion.').map((item) => messageOf(withContent(item), 'assistant'))
    }
    readInput(record, 'llm.prompts', draft)
    readOutput(record, 'llm.completions', draft)
    readFunctions(takeIndexed(record, 'llm.request.functions.'), draft)
  },
}

const OPERATIONS: Readonly<Record<string, string>> = {
  chat: 'chat',
  completion: 'text_completion',
  embedding: 'embeddings',
  rerank: 'rerank',
}

/** Python's instrumentations call chats `completion`, and say what they are in the span's name. */
const verbIn = (name: string): string | undefined => VERBS.find(([end]) => name.endsWith(end))?.[1]
const VERBS: readonly [end: string, operation: string][] = [
  ['.chat', 'chat'],
  ['.generate_content', 'generate_content'],
]

/** Content that has parts comes as JSON text; `null` was written where there was none. */
function withContent(item: AnyValue): AnyValue {
  const fields = fieldsOf(item)
  if (fields === undefined) return item
  const { content } = fields
  // The prompt of a text completion.
  if (typeof fields['user'] === 'string' && Object.keys(fields).length === 1) return { content: fields['user'] }
  if (content === 'null') return { ...fields, content: null }
  const list = typeof content === 'string' && content.startsWith('[') ? listOf(content) : undefined
  return list !== undefined && list.every((part) => fieldsOf(part) !== undefined) ? { ...fields, content: list } : item
}

function readFunctions(list: readonly AnyValue[], draft: Draft): void {
  if (draft.tools.length === 0) addTools(list, 'llm.request.functions', draft)
  else for (const item of list) draft.rest.push(['llm.request.functions', JSON.stringify(item)])
}
