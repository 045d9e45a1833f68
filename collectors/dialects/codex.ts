import type { Dialect, Draft } from './dialect.ts'
import { readInput, readOutput } from './reading/payload.ts'
import type { RecordReader } from './reading/reader.ts'
import { readToolCall } from './reading/tools.ts'

const VENDOR = 'codex.'

/** Codex, OpenAI's agent for the command line: log records, one for each event of an answer's stream. */
export const codex: Dialect = {
  name: 'codex',
  versions: 'Codex CLI 0.120, log events and spans',
  signs: {
    prefixes: ['codex.usage.'],
    events: ['user_prompt', 'agent_response', 'sse_event', 'api_request', 'websocket_request', 'tool_result'].map(
      (name) => VENDOR + name,
    ),
  },
  fields: {
    requestedModel: ['model'],
    conversationId: ['conversation.id'],
    user: ['user.account_id', 'user.email'],
    inputTokens: ['input_token_count'],
    outputTokens: ['output_token_count'],
    cachedInputTokens: ['cached_token_count'],
    reasoningTokens: ['reasoning_token_count', 'codex.usage.reasoning_output_tokens'],
  },
  remedy: 'set log_user_prompt and log_agent_responses under [otel] in the configuration of Codex',
  read(record, draft) {
    if (record.record.kind === 'span') return
    draft.provider ??= 'openai'
    if (record.name === 'codex.tool_result') return readTool(record, draft)
    if (record.name === 'codex.user_prompt') {
      draft.operation = 'invoke_agent'
      if (record.peek('prompt') !== '[REDACTED]') readInput(record, 'prompt', draft)
    } else if (record.name === 'codex.agent_response') {
      draft.operation = 'step'
      readOutput(record, 'response', draft)
    } else readCall(record, draft)
  },
}

/**
 * A call is told by the event that completed it, which counts its tokens, or by what failed. The others, of which there are
 * many, say nothing but that time went by.
 */
function readCall(record: RecordReader, draft: Draft): void {
  const message = record.text('error.message')
  draft.operation = 'chat'
  if (message === undefined) return
  const status = record.text('http.response.status_code')
  draft.error = { type: status ?? record.text('event.kind') ?? '_OTHER', message }
}

function readTool(record: RecordReader, draft: Draft): void {
  draft.operation = 'execute_tool'
  readToolCall(record, { name: ['tool_name'], id: ['call_id'], arguments: ['arguments'], result: ['output'] }, draft)
  if (record.peek('success') === 'false') draft.error ??= { type: 'tool_error' }
}
