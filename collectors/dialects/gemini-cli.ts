import type { Dialect, Draft } from './dialect.ts'
import { messagesOf, placeInput } from './reading/messages.ts'
import { readInput, readOutput } from './reading/payload.ts'
import { countOf, type RecordReader } from './reading/reader.ts'
import { fieldsOf, listOf } from './reading/text.ts'
import { readToolCall } from './reading/tools.ts'

const VENDOR = 'gemini_cli.'

/** Gemini's agent for the command line: log records of its own, beside the conventions' details in newer versions. */
export const geminiCli: Dialect = {
  name: 'gemini-cli',
  versions: 'Gemini CLI 0.20, log events',
  signs: {
    events: ['user_prompt', 'api_request', 'api_response', 'api_error', 'tool_call'].map((name) => VENDOR + name),
    scopes: ['gemini-cli'],
  },
  fields: { user: ['user.email'], finishReasons: ['finish_reasons'] },
  remedy: 'set telemetry.logPrompts to true in the settings of Gemini CLI',
  read(record, draft) {
    if (record.name === DETAILS) return readDetails(record, draft)
    if (!record.name.startsWith(VENDOR)) return
    const isAnswered = record.name === 'gemini_cli.api_response'
    if (isAnswered) draft.model ??= record.text('model')
    else draft.requestedModel ??= record.text('model')
    draft.operation = operationOf(record)
    if (draft.operation === 'execute_tool') {
      readToolCall(record, { name: ['function_name'], arguments: ['function_args'] }, draft)
      if (record.peek('success') === false) draft.error ??= errorOf(record)
      return
    }
    if (record.name === 'gemini_cli.api_error') draft.error ??= errorOf(record)
    readInput(record, 'prompt', draft)
    readRequest(record, draft)
    if (isAnswered) readResponse(record, draft)
  },
}

const DETAILS = 'gen_ai.client.inference.operation.details'

/** The details of a call come twice: with what was asked, and whole. The first is not another call. */
function readDetails(record: RecordReader, draft: Draft): void {
  if (draft.output.length === 0 && draft.outputTokens === undefined && draft.error === undefined)
    draft.operation = 'step'
}

/** Versions that tell the finish reasons tell each call in the conventions' words too: that record is the call. */
function operationOf(record: RecordReader): string {
  if (record.name === 'gemini_cli.user_prompt') return 'invoke_agent'
  if (record.name === 'gemini_cli.tool_call') return 'execute_tool'
  if (record.name === 'gemini_cli.api_error') return 'chat'
  return record.name === 'gemini_cli.api_response' && !record.has('finish_reasons') ? 'chat' : 'step'
}

function errorOf(record: RecordReader): { type: string; message?: string } {
  const message = record.text('error')
  const type = record.text('error_type') ?? record.text('status_code') ?? '_OTHER'
  return message === undefined ? { type } : { type, message }
}

/** The contents of Gemini's request, without the rest of it. */
function readRequest(record: RecordReader, draft: Draft): void {
  const value = draft.input.length > 0 ? undefined : record.take('request_text')
  if (value !== undefined) placeInput(draft, messagesOf(value, 'user'))
}

/** Thoughts are counted beside the answer. The text is a list of the stream's pieces, each a whole answer. */
function readResponse(record: RecordReader, draft: Draft): void {
  const thoughts = countOf(record.peek('thoughts_token_count'))
  const answer = countOf(record.peek('output_token_count'))
  draft.inputTokens ??= countOf(record.peek('input_token_count'))
  draft.cachedInputTokens ??= countOf(record.peek('cached_content_token_count'))
  draft.reasoningTokens ??= thoughts
  if (answer !== undefined) draft.outputTokens ??= answer + (thoughts ?? 0)
  const pieces = listOf(record.peek('response_text'))
  const candidates = pieces?.flatMap((piece) => fieldsOf(piece)?.['candidates'] ?? [])
  if (candidates === undefined || candidates.length === 0) return readOutput(record, 'response_text', draft)
  record.take('response_text')
  const said = candidates.flatMap((candidate) => messagesOf(fieldsOf(candidate)?.['content'] ?? candidate, 'assistant'))
  const [first, ...others] = said
  if (first !== undefined) draft.output = [{ ...first, parts: [first, ...others].flatMap(({ parts }) => parts) }]
}
