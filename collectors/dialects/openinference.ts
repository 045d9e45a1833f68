import type { Dialect, Draft } from './dialect.ts'
import { finishReason } from './reading/finish.ts'
import { takeIndexed } from './reading/indexed.ts'
import { messageOf, messagesOf, placeInput, textMessage } from './reading/messages.ts'
import { keepId, readAbout, readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import type { AnyValue } from './record.ts'
import { addDocuments, readDocumentsOutput } from './reading/sources.ts'
import { fieldsOf, fieldText, isEmpty, structureOf, textOf, type Fields } from './reading/text.ts'
import { addTools, readToolCall } from './reading/tools.ts'
import { dropVectors } from './reading/vectors.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  LLM: 'chat',
  EMBEDDING: 'embeddings',
  RETRIEVER: 'retrieval',
  RERANKER: 'rerank',
  TOOL: 'execute_tool',
  AGENT: 'invoke_agent',
  CHAIN: 'step',
  PROMPT: 'step',
  GUARDRAIL: 'guardrail',
  EVALUATOR: 'evaluate',
}

/** OpenInference (Arize): every piece of a message in an attribute of its own, beside the raw input and output. */
export const openinference: Dialect = {
  name: 'openinference',
  versions: 'OpenInference JS: openai 4.2, anthropic 0.2, langchain 4.1; Python (Arize, Phoenix)',
  signs: {
    keys: ['openinference.span.kind'],
    prefixes: ['llm.input_messages.', 'llm.output_messages.', 'llm.token_count.', 'embedding.embeddings.'],
  },
  fields: {
    provider: ['llm.provider', 'llm.system'],
    requestedModel: ['llm.request.model_name', 'reranker.model_name'],
    model: ['llm.response.model_name'],
    agent: ['agent.name'],
    promptName: ['prompt.id'],
    promptVersion: ['llm.prompt_template.version'],
    inputTokens: ['llm.token_count.prompt'],
    outputTokens: ['llm.token_count.completion'],
    cachedInputTokens: ['llm.token_count.prompt_details.cache_read', 'llm.token_count.prompt_details.cache_input'],
    cacheWriteTokens: ['llm.token_count.prompt_details.cache_write'],
    reasoningTokens: ['llm.token_count.completion_details.reasoning'],
    finishReasons: ['llm.finish_reason'],
  },
  remedy: 'unset OPENINFERENCE_HIDE_INPUTS and OPENINFERENCE_HIDE_OUTPUTS in the application',
  read(record, draft) {
    const kind = record.peek('openinference.span.kind')
    if (typeof kind === 'string') draft.operation ??= operationOf(kind, record)
    readModels(record, draft)
    readMessages(record, draft)
    readSystem(record, draft)
    readTools(record, draft)
    readSources(record, draft)
    readRaw(record, draft)
    readRawAnswer(record, draft)
  },
}

/** LlamaIndex marks the preparing of a call as a call. */
const operationOf = (kind: string, record: RecordReader): string =>
  record.name.includes('._prepare_') ? 'step' : (OPERATIONS[kind.toUpperCase()] ?? 'step')

/**
 * `llm.model_name` is what answered, when it answered; what was asked for stands among the parameters. Where both are one
 * name or only one is told, it may be what was asked: the raw answer knows.
 */
function readModels(record: RecordReader, draft: Draft): void {
  const asked = askedIn(fieldsOf(structureOf(record.peek('llm.invocation_parameters'))))
  const isAnswered = record.record.kind === 'log' || record.record.statusCode !== 2
  if (!isAnswered) draft.requestedModel ??= record.text('llm.model_name')
  else if (draft.model === undefined) {
    const named = record.text('llm.model_name')
    draft.model = asked === undefined || named === asked ? (servedIn(record) ?? named) : named
    if (asked === undefined && named !== draft.model) draft.requestedModel ??= named
  }
  draft.requestedModel ??= asked
  readEmbeddingModels(record, draft)
}

/** Some give the answer's own fields out for the parameters, and with them the model that answered. */
const askedIn = (parameters: Fields | undefined): string | undefined =>
  parameters?.['created_at'] === undefined ? fieldText(parameters?.['model'] ?? parameters?.['model_name']) : undefined

/** Whoever tells the parameters too names the model that answered; the others name the one that was asked. */
function readEmbeddingModels(record: RecordReader, draft: Draft): void {
  const parameters = fieldsOf(structureOf(record.peek('embedding.invocation_parameters')))
  if (parameters === undefined) draft.requestedModel ??= record.text('embedding.model_name')
  else {
    draft.requestedModel ??= fieldText(parameters['model'])
    draft.model ??= record.text('embedding.model_name')
  }
}

/** As the provider said it, or in the metadata of LangChain's message. */
function servedIn(record: RecordReader): string | undefined {
  const raw = record.peek('output.value')
  if (typeof raw !== 'string' || !raw.includes('"model')) return undefined
  const told = structureOf(raw)
  const answer = fieldsOf(Array.isArray(told) ? told[0] : told)
  const said = answer?.['choices'] ?? answer?.['output'] ?? answer?.['content']
  if (typeof answer?.['id'] === 'string' && Array.isArray(said)) return fieldText(answer['model'])
  const generations = answer?.['generations']
  const [first] = Array.isArray(generations) ? generations.flat() : []
  const message = fieldsOf(fieldsOf(first)?.['message'])
  const metadata = fieldsOf((fieldsOf(message?.['kwargs']) ?? message)?.['response_metadata'])
  return fieldText(metadata?.['model_name']) ?? fieldText(fieldsOf(answer?.['llm_output'])?.['model_name'])
}

function readMessages(record: RecordReader, draft: Draft): void {
  if (draft.input.length === 0) {
    const input = takeIndexed(record, 'llm.input_messages.').map((item) => messageOf(nativeMessage(item), 'user'))
    placeInput(draft, input.length > 0 ? input : takeIndexed(record, 'llm.prompts.').map(promptMessage))
  }
  if (draft.output.length === 0) {
    const output = takeIndexed(record, 'llm.output_messages.').map((item) =>
      messageOf(nativeMessage(item), 'assistant'),
    )
    draft.output = output.length > 0 ? output : takeIndexed(record, 'llm.choices.').map(completionMessage)
  }
  if (draft.input.length > 0) return
  dropVectors(record, 'embedding.embeddings.', draft)
  draft.input = takeIndexed(record, 'embedding.embeddings.').flatMap((item) => messagesOfEmbedding(item, draft))
}

/** `{message: {...}}` with everything in wrappers, as the provider's own message. */
function nativeMessage(item: AnyValue): AnyValue {
  const outer = fieldsOf(item)
  const message = fieldsOf(outer?.['message'])
  if (outer === undefined || message === undefined) return item
  const { contents, tool_calls: calls, ...others } = message
  const { message: _message, ...beside } = outer
  const native: Fields = { ...beside, ...others }
  const listed = Array.isArray(calls) ? calls.map((call) => inner(call, 'tool_call')) : []
  if (listed.length > 0) native['tool_calls'] = listed
  else if (!isEmpty(calls)) native['tool_calls'] = calls as AnyValue
  if (Array.isArray(contents)) {
    const said = isEmpty(others['content']) ? [] : [{ type: 'text', text: others['content'] as AnyValue }]
    native['content'] = [...said, ...contents.flatMap((part) => nativePart(part, listed))]
  } else if (!isEmpty(contents)) native['contents'] = contents as AnyValue
  return native
}

function nativePart(item: AnyValue, calls: readonly AnyValue[]): AnyValue[] {
  const fields = fieldsOf(item)
  const content = fieldsOf(fields?.['message_content'])
  if (fields === undefined || content === undefined) return [item]
  const { message_content: _content, tool_call: call, ...beside } = fields
  const parts: AnyValue[] = []
  const kind = MEDIA.find((name) => content['type'] === name)
  const media = kind === undefined ? undefined : fieldsOf(fieldsOf(content[kind])?.[kind])
  if (kind !== undefined && media !== undefined) {
    const { [kind]: _media, ...others } = content
    const { transcript, ...file } = media
    parts.push({ ...others, [kind]: file, ...(transcript === undefined ? {} : { transcript }) })
  } else if (call === undefined || Object.keys(content).length > 1) parts.push(content)
  // A call is told twice, here and in the list of calls.
  const isTold = call !== undefined && calls.some((told) => textOf(told) === textOf(call))
  if (call !== undefined && !isTold) parts.push(call)
  if (Object.keys(beside).length > 0) parts.push(beside)
  return parts
}

/** Wrapped twice: `image.image.url`. */
const MEDIA = ['image', 'audio']

const inner = (item: AnyValue, key: string): AnyValue => {
  const fields = fieldsOf(item)
  return fields !== undefined && Object.keys(fields).length === 1 ? (fields[key] ?? item) : item
}

/** Anthropic's system prompt is told only in the raw request, which stays as it is. */
function readSystem(record: RecordReader, draft: Draft): void {
  if (draft.system.length > 0 || draft.input.length === 0) return
  const system = fieldsOf(structureOf(record.peek('input.value')))?.['system']
  if (!isEmpty(system)) draft.system = messagesOf(system as AnyValue, 'system')
}

const promptMessage = (item: AnyValue): ReturnType<typeof messageOf> =>
  messageOf(inner(inner(item, 'prompt'), 'text'), 'user')
const completionMessage = (item: AnyValue): ReturnType<typeof messageOf> =>
  messageOf(inner(inner(item, 'completion'), 'text'), 'assistant')

function messagesOfEmbedding(item: AnyValue, draft: Draft): ReturnType<typeof messageOf>[] {
  const { text, ...others } = fieldsOf(inner(item, 'embedding')) ?? { text: item }
  if (Object.values(others).some((other) => !isEmpty(other))) draft.rest.push(['embedding.embeddings', textOf(others)])
  return isEmpty(text) ? [] : [textMessage(textOf(text as AnyValue), 'user')]
}

function readTools(record: RecordReader, draft: Draft): void {
  const offered = takeIndexed(record, 'llm.tools.').map((item) => inner(inner(item, 'tool'), 'json_schema'))
  if (draft.tools.length === 0) addTools(offered, 'llm.tools', draft)
  else for (const item of offered) draft.rest.push(['llm.tools', textOf(item)])
  if (draft.operation !== 'execute_tool') return
  const keys = { name: ['tool.name'], id: ['tool.id', 'tool_call.id'], arguments: ['input.value', 'tool.parameters'] }
  readToolCall(record, { ...keys, result: ['output.value'] }, draft)
}

function readSources(record: RecordReader, draft: Draft): void {
  for (const prefix of ['retrieval.documents.', 'reranker.output_documents.']) {
    const list = takeIndexed(record, prefix).map((item) => inner(item, 'document'))
    if (list.length === 0) continue
    if (draft.sources.length === 0) addDocuments(list, prefix.slice(0, -1), draft)
    else for (const item of list) draft.rest.push([prefix.slice(0, -1), textOf(item)])
  }
  if (draft.operation === 'retrieval' && draft.sources.length === 0) readDocumentsOutput(record, 'output.value', draft)
  if (draft.input.length > 0) return
  const query = record.text('reranker.query')
  if (query !== undefined) draft.input = [textMessage(query, 'user')]
}

/** Gateways and some frameworks tell counts, model and id only in the raw answer, which stays as it is. */
function readRawAnswer(record: RecordReader, draft: Draft): void {
  const raw = record.peek('output.value')
  if (draft.operation !== 'chat' || typeof raw !== 'string' || record.isTaken('output.value')) return
  readReasons(raw, draft)
  if (draft.outputTokens !== undefined) {
    // Of an answer that tells nothing else, the id alone is not worth reading it whole.
    const id = ANSWER_ID.exec(raw)?.[1]
    if (id !== undefined) keepId(record, id, draft)
    return
  }
  const answer = fieldsOf(structureOf(raw))
  if (answer === undefined) return
  // One name for both was the one asked for; the answer knows better.
  const named = draft.model
  if (named === draft.requestedModel) draft.model = undefined
  readAbout(record, answer, draft)
  draft.model ??= named
}

/** In a text that is quoted inside of the answer there is a backslash before the quote. */
function readReasons(raw: string, draft: Draft): void {
  if (draft.finishReasons.length > 0 || draft.output.some((message) => message.finishReason !== undefined)) return
  const told = new Set<string>()
  for (const [, reason = ''] of raw.matchAll(REASON)) told.add(finishReason(reason))
  draft.finishReasons = [...told]
}
const REASON = /"(?:finish_reason|finishReason|stop_reason)": ?"(\w{1,40})"/g

const ANSWER_ID = /^\s*\{\s*"id":\s*"((?:chatcmpl|cmpl|resp|msg)[-_][\w-]{1,128})"/

/** The whole request and answer: what there is when the messages are not told apart. */
function readRaw(record: RecordReader, draft: Draft): void {
  if (draft.operation === 'execute_tool') return
  readInput(record, 'input.value', draft)
  if (draft.operation === 'embeddings') return
  if (draft.operation !== 'retrieval' || draft.sources.length === 0) readOutput(record, 'output.value', draft)
}
