import type { Dialect, Draft } from './dialect.ts'
import type { AnyValue } from './record.ts'
import { keepId, readInput, readOutput, readSystem } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { finishReasons } from './reading/finish.ts'
import { readToolCall, type ToolCallKeys } from './reading/tools.ts'

const VENDOR = 'claude_code.'

/** What each of its records is. What another record tells whole is a step, so that a call is counted once. */
const OPERATIONS: Readonly<Record<string, string>> = {
  interaction: 'invoke_agent',
  user_prompt: 'invoke_agent',
  llm_request: 'chat',
  api_request: 'chat',
  api_error: 'chat',
  assistant_response: 'step',
  api_request_body: 'step',
  api_response_body: 'step',
  tool: 'execute_tool',
  tool_result: 'execute_tool',
}

/** Claude Code: log records whose body is their event's name, and spans when tracing is on. */
export const claudeCode: Dialect = {
  name: 'claude-code',
  versions: 'Claude Code 2.1, log events and spans',
  signs: { events: Object.keys(OPERATIONS).map((name) => VENDOR + name) },
  fields: { requestedModel: ['model'] },
  remedy: 'set OTEL_LOG_USER_PROMPTS=1, OTEL_LOG_ASSISTANT_RESPONSES=1 and OTEL_LOG_TOOL_DETAILS=1 where it runs',
  read(record, draft) {
    const name = nameOf(record)
    draft.operation = OPERATIONS[name] ?? draft.operation
    if (draft.operation === 'execute_tool') return readTool(record, draft)
    if (draft.operation === 'chat') draft.provider ??= 'anthropic'
    if (name === 'api_request' || name === 'assistant_response') draft.model ??= draft.requestedModel
    readTokens(record, draft)
    readFailure(record, draft)
    for (const key of ['user_prompt', 'prompt', 'new_context']) if (isTold(record, key)) readInput(record, key, draft)
    for (const key of ['response', 'response.model_output']) if (isTold(record, key)) readOutput(record, key, draft)
    if (isTold(record, 'user_system_prompt')) readSystem(record, 'user_system_prompt', draft)
    if (name === 'api_request_body') readInput(record, 'body', draft)
    if (name === 'api_response_body') readOutput(record, 'body', draft)
    if (draft.finishReasons.length === 0) draft.finishReasons = finishReasons(record.peek('stop_reason')) ?? []
  },
}

/** The body repeats the event's name, with the vendor's before it. */
function nameOf(record: RecordReader): string {
  for (const key of ['body', 'body.body']) if (record.peek(key) === VENDOR + record.name) record.take(key)
  return record.name.startsWith(VENDOR) ? record.name.slice(VENDOR.length) : record.name
}

const isTold = (record: RecordReader, key: string): boolean => record.peek(key) !== '<REDACTED>'

/** As Anthropic counts: what was cached beside the input. */
function readTokens(record: RecordReader, draft: Draft): void {
  const input = countOf(record.peek('input_tokens'))
  draft.cachedInputTokens ??= countOf(record.peek('cache_read_tokens'))
  draft.cacheWriteTokens ??= countOf(record.peek('cache_creation_tokens'))
  draft.outputTokens ??= countOf(record.peek('output_tokens'))
  if (input !== undefined) draft.inputTokens ??= input + (draft.cachedInputTokens ?? 0) + (draft.cacheWriteTokens ?? 0)
  const id = record.peek('request_id')
  if (typeof id === 'string') keepId(record, id, draft)
}

const TOOL_CALL: ToolCallKeys = {
  name: ['tool_name'],
  id: ['tool_use_id'],
  arguments: ['tool_input', 'tool_parameters', 'full_command', 'file_path'],
}

function readTool(record: RecordReader, draft: Draft): void {
  readToolCall(record, TOOL_CALL, draft)
  for (const event of record.events) {
    if (event.name !== 'tool.output') continue
    event.used = true
    readToolCall(event, { arguments: ['input', 'bash_command'], result: ['output', 'content', 'result'] }, draft)
  }
  readFailure(record, draft)
}

/** Log records write truth as text. */
const NO: readonly AnyValue[] = [false, 'false']

function readFailure(record: RecordReader, draft: Draft): void {
  const isFailed = record.name.endsWith('api_error') || NO.includes(record.peek('success') ?? '')
  if (!isFailed || draft.error !== undefined) return
  const message = record.text('error')
  draft.error = { type: record.text('error_type') ?? record.text('status_code') ?? '_OTHER' }
  if (message !== undefined) draft.error.message = message
}
