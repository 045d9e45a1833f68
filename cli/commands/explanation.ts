/** What a detector said, and what became of it. Offsets are code points of the text. */
export interface Explained {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly detector: string
  readonly why: string
  /** How it is masked; or why it does not count. */
  readonly outcome: string
  readonly counts: boolean
}

export interface Explanation {
  readonly findings: readonly Explained[]
  /** Readings of the text that differ from it: decoded, or unwrapped. */
  readonly readings: readonly string[]
  readonly unscanned: readonly string[]
  readonly masked: string
}
