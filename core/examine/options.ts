import type { Severity } from '../../schemas/finding.ts'
import type { Circumstances, IdentityMode, Treat } from '../policy/index.ts'
import type { Detector, Scan, ScanText } from '../seam.ts'
import type { TokenRanges } from './findings.ts'
import type { Allowed } from './treat.ts'

/** Keyed hash of a value's normal form, as hex digits. */
export interface ExaminerHash {
  (tenant: string, type: string, normal: string): string
  readonly keyId: string
}

export interface ExaminerOptions {
  readonly detectors: readonly Detector[]
  readonly scan: (texts: readonly ScanText[]) => Scan
  readonly hash: ExaminerHash
  readonly identity: IdentityMode
  readonly tokenRanges: TokenRanges
  /** How bad a hit is; the default where left out. */
  readonly severity?: (circumstances: Circumstances) => Severity
  /** What is done with each hit; Weir's own rules where left out. */
  readonly treat?: Treat
  /** Values that are never found. */
  readonly allowed?: Allowed
  /** Findings recorded per interaction, 1,000 where left out. What is beyond is masked and counted all the same. */
  readonly maxFindings?: number
  /** Hits worked on per interaction, 20,000 where left out. A text with hits beyond is withheld. */
  readonly maxHits?: number
}
