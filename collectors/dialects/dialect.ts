import type { CallError, Evaluation, Message, SourceUse, ToolCall, ToolOffered } from '../../schemas/interaction.ts'
import type { RecordReader } from './reading/reader.ts'

/**
 * One convention of writing a GenAI call into a record. Every dialect whose signs a record shows reads it, in the order of
 * the list in `list-of-dialects.ts`, and fills only what is still empty: standard attributes win over a vendor's copies,
 * structured forms over text. Nothing is decided by SDK or service, because one process speaks several conventions at once.
 */
export interface Dialect {
  readonly name: string
  /** Who writes so, in the versions that were looked at. For people: the coverage table shows it. */
  readonly versions: string
  /** What only this convention has. */
  readonly signs: Signs
  /** What it shares with others: it reads such a record too, but gives its name only when nobody shows a sign. */
  readonly hints?: Signs
  /**
   * It writes text where the OpenTelemetry conventions do, with words of its own beside it. It gives its name to text that
   * one of those has read.
   */
  readonly isAccent?: true
  /** Which attributes hold which field, best first. */
  readonly fields?: FieldKeys
  /** The line that brings missing text in this ecosystem. */
  readonly remedy?: string
  /** What a table of fields cannot say. Never throws for odd values: what does not fit is not taken, and is kept. */
  read?(record: RecordReader, draft: Draft): void
}

/** How a record is recognised, in one look at its keys. */
export interface Signs {
  readonly keys?: readonly string[]
  /** A `#` at the end stands for a digit. */
  readonly prefixes?: readonly string[]
  /** Names of spans, of their events, and of log events, which some write into the record's body. */
  readonly events?: readonly string[]
  /** Starts of the scope's name. They say who wrote a record, never that it is about GenAI. */
  readonly scopes?: readonly string[]
}

export type TextField =
  | 'operation'
  | 'conversationId'
  | 'user'
  | 'agent'
  | 'onBehalfOf'
  | 'route'
  | 'requestedModel'
  | 'model'
  | 'fingerprint'
  | 'promptName'
  | 'promptVersion'
export type CountField = 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens'
export type FieldKeys = { readonly [F in TextField | CountField | 'provider' | 'finishReasons']?: readonly string[] }

/** What dialects fill. */
export interface Draft
  extends Record<TextField | 'provider', string | undefined>, Record<CountField, number | undefined> {
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
    onBehalfOf: undefined,
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
