import type { StepKind } from './scenario.ts'

/** What the demo's app did, as it knows it itself: printed as one line of JSON when it ends. */
export interface AppReport {
  /** Calls to the provider, also those it refused. */
  readonly calls: number
  readonly refused: number
  /** In order; each is a trace of its own. */
  readonly steps: readonly { readonly kind: StepKind; readonly traceId: string }[]
  /** Every span that was handed to the exporter. */
  readonly spans: readonly AppSpan[]
  /** Why spans were not delivered; empty when all of them were. */
  readonly exportErrors: readonly string[]
}

export interface AppSpan {
  readonly name: string
  /** `gen_ai.operation.name`, or empty for a span that is no GenAI call. */
  readonly operation: string
  readonly traceId: string
  readonly spanId: string
}
