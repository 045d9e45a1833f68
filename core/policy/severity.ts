import type { Direction, Provenance, Severity } from '../../schemas/finding.ts'

/** From here on a hit counts as proven: a checksum, a structure and the context agree. */
export const PROVEN = 0.8

/** What the default severity of a hit is decided from. */
export interface Circumstances {
  readonly direction: Direction
  readonly provenance: Provenance
  readonly confidence: number
}

/**
 * How bad a hit is when no rule says otherwise. An answer that brings in a proven value from nowhere is a leak; one from a
 * declared source, or of which nothing is known, may be meant, so a person should look; an echo repeats what the caller said. Everything outside an
 * answer is information: people write their own data into prompts all day, it is masked before it is stored, and an
 * alarm about each would hide the leaks.
 */
export function defaultSeverity({ direction, provenance, confidence }: Circumstances): Severity {
  if (direction !== 'output' || provenance === 'echoed') return 'info'
  return provenance === 'introduced' && confidence >= PROVEN ? 'serious' : 'warning'
}

/** The value of a serious finding that stood, for all that is known, neither in the call's input nor in a source. */
export const isLeak = (provenance: Provenance, severity: Severity): boolean =>
  (provenance === 'introduced' || provenance === 'unknown') && (severity === 'serious' || severity === 'critical')
