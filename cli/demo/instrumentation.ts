import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api'
import type { ChatMessage, ChatRequest } from './answers.ts'
import { chat, embeddings, ProviderError, type ChatReply } from './client.ts'

/*
 * What a user writes around a client that has no instrumentation of its own: a span per call, with the attributes of
 * OpenTelemetry's GenAI conventions. Nothing in here knows Weir.
 */

const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.41.0'
const tracer = trace.getTracerProvider().getTracer('demo-app', '1.0.0', { schemaUrl: SCHEMA_URL })

export interface Caller {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly userId: string
  readonly conversationId: string
}

export function tracedChat(caller: Caller, request: ChatRequest): Promise<ChatReply> {
  const attributes = {
    ...common(caller, 'chat', request.model),
    ...(request.stream && { 'gen_ai.request.stream': true }),
    ...(request.tools && { 'gen_ai.tool.definitions': JSON.stringify(toolDefinitions(request)) }),
    ...inputAttributes(request.messages),
  }
  return inSpan(`chat ${request.model}`, SpanKind.CLIENT, attributes, async (span) => {
    const reply = await chat(caller.baseUrl, request, caller.timeoutMs)
    span.setAttributes(replyAttributes(reply))
    return reply
  })
}

export function tracedEmbeddings(caller: Caller, model: string, input: string): Promise<{ tokens: number }> {
  return inSpan(`embeddings ${model}`, SpanKind.CLIENT, common(caller, 'embeddings', model), async (span) => {
    const reply = await embeddings(caller.baseUrl, model, input, caller.timeoutMs)
    span.setAttributes({ 'gen_ai.response.model': reply.model, 'gen_ai.usage.input_tokens': reply.tokens })
    return reply
  })
}

export function tracedTool(name: string, callId: string, args: string, run: (args: string) => string): Promise<string> {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': callId,
    'gen_ai.tool.call.arguments': args,
  }
  return inSpan(`execute_tool ${name}`, SpanKind.INTERNAL, attributes, (span) => {
    const result = run(args)
    span.setAttribute('gen_ai.tool.call.result', result)
    return Promise.resolve(result)
  })
}

async function inSpan<T>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await run(span)
    } catch (error) {
      const type = error instanceof ProviderError && error.status > 0 ? String(error.status) : 'timeout'
      span.setAttribute('error.type', type)
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) })
      throw error
    } finally {
      span.end()
    }
  })
}

function common({ baseUrl, userId, conversationId }: Caller, operation: string, model: string): Attributes {
  const { hostname, port } = new URL(baseUrl)
  return {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'gen_ai.conversation.id': conversationId,
    'user.id': userId,
    'server.address': hostname,
    'server.port': Number(port),
  }
}

function inputAttributes(messages: readonly ChatMessage[]): Attributes {
  const system = messages.filter(({ role }) => role === 'system')
  const rest = messages.filter(({ role }) => role !== 'system')
  const instructions = system.map(({ content }) => ({ type: 'text', content: content ?? '' }))
  return {
    ...(system.length > 0 && { 'gen_ai.system_instructions': JSON.stringify(instructions) }),
    'gen_ai.input.messages': JSON.stringify(rest.map(inputMessage)),
  }
}

function inputMessage({ role, content, tool_calls: toolCalls, tool_call_id: toolCallId }: ChatMessage): unknown {
  if (role === 'tool') return { role, parts: [{ type: 'tool_call_response', id: toolCallId, response: content ?? '' }] }
  return { role, parts: [...textPart(content), ...(toolCalls ?? []).map(toolCallPart)] }
}

const textPart = (content: string | null | undefined): unknown[] => (content ? [{ type: 'text', content }] : [])

function toolCallPart({ id, function: called }: ChatReply['toolCalls'][number]): unknown {
  return { type: 'tool_call', id, name: called.name, arguments: JSON.parse(called.arguments) as unknown }
}

function toolDefinitions({ tools = [] }: ChatRequest): unknown[] {
  return tools.map(({ type, function: { name } }) => ({ type, name }))
}

function replyAttributes(reply: ChatReply): Attributes {
  const { usage, finishReason } = reply
  const finish = finishReason === 'tool_calls' ? 'tool_call' : finishReason
  const parts = [...textPart(reply.content), ...reply.toolCalls.map(toolCallPart)]
  return {
    'gen_ai.response.id': reply.id,
    'gen_ai.response.model': reply.model,
    'gen_ai.response.finish_reasons': [finish],
    'openai.response.system_fingerprint': reply.fingerprint,
    'gen_ai.usage.input_tokens': usage.prompt_tokens,
    'gen_ai.usage.output_tokens': usage.completion_tokens,
    'gen_ai.usage.cache_read.input_tokens': usage.prompt_tokens_details.cached_tokens,
    'gen_ai.usage.reasoning.output_tokens': usage.completion_tokens_details.reasoning_tokens,
    'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts, finish_reason: finish }]),
  }
}
