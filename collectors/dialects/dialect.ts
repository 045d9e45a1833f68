import type { CallError, Evaluation, Message, SourceUse, ToolCall, ToolOffered } from '../../schemas/interaction.ts'
import type { SpanReader } from './reader.ts'

/**
 * One convention of writing a GenAI call into a span. Every dialect that matches a record reads it, in the order of the
 * list in `index.ts`, and fills only what is still empty: standard attributes win over a vendor's copies, structured forms
 * over text. Nothing is decided by SDK or service, because one process speaks several conventions at once.
 */
export interface Dialect {
  readonly name: string
  /** Cheap: it is asked for every span, also those that have nothing to do with GenAI. */
  matches(span: SpanReader): boolean
  /** Never throws for odd values: what does not fit is not taken, and is kept as an attribute. */
  read(span: SpanReader, draft: Draft): void
}

/** What dialects fill. Scalars by `draft.x ??= span.text('key')`, so that a key is taken only when it is used. */
export interface Draft {
  operation: string | undefined
  conversationId: string | undefined
  user: string | undefined
  agent: string | undefined
  route: string | undefined
  provider: string | undefined
  requestedModel: string | undefined
  model: string | undefined
  fingerprint: string | undefined
  promptName: string | undefined
  promptVersion: string | undefined
  inputTokens: number | undefined
  outputTokens: number | undefined
  cachedInputTokens: number | undefined
  cacheWriteTokens: number | undefined
  reasoningTokens: number | undefined
  system: Message[]
  input: Message[]
  output: Message[]
  tools: ToolOffered[]
  toolCalls: ToolCall[]
  sources: SourceUse[]
  finishReasons: string[]
  evaluations: Evaluation[]
  error: CallError | undefined
  /** Parts of a taken value that no field holds, kept as attributes under a key that says where they stood. */
  rest: [key: string, text: string][]
}

export function newDraft(): Draft {
  return {
    operation: undefined,
    conversationId: undefined,
    user: undefined,
    agent: undefined,
    route: undefined,
    provider: undefined,
    requestedModel: undefined,
    model: undefined,
    fingerprint: undefined,
    promptName: undefined,
    promptVersion: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    cachedInputTokens: undefined,
    cacheWriteTokens: undefined,
    reasoningTokens: undefined,
    system: [],
    input: [],
    output: [],
    tools: [],
    toolCalls: [],
    sources: [],
    finishReasons: [],
    evaluations: [],
    error: undefined,
    rest: [],
  }
}

export const hasText = (draft: Draft): boolean =>
  draft.input.length > 0 || draft.output.length > 0 || draft.system.length > 0
