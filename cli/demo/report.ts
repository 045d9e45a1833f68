import type { StepKind } from './scenario.ts'

/** What the demo's app did, as it knows it itself: printed as one line of JSON when it ends. */
export interface AppReport {
  /** Calls to the provider, also those it refused. */
  readonly calls: number
  readonly refused: number
  readonly spans: readonly AppSpan[]
  /** What the exporter complained about; empty when every span was delivered. */
  readonly exportErrors: readonly string[]
}

export interface AppSpan {
  readonly step: StepKind
  readonly operation: 'chat' | 'embeddings' | 'execute_tool'
  readonly traceId: string
  readonly spanId: string
}
