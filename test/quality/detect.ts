import { createDetection, type Detection as Assembled } from '../../cli/detectors.ts'
import { parseConfig } from '../../core/config/index.ts'
import { createTextExaminer } from '../../core/examine/index.ts'

/*
 * The only place of the examination that touches a detector: a text in, what is found out. The detectors are those of the
 * default configuration, put together as `weir up` does it, and a text goes the pipeline's way: scan, inspect, policy,
 * overlaps resolved as for masking.
 */

export interface Detection {
  readonly type: string
  /** UTF-16 offsets in the text. */
  readonly start: number
  readonly end: number
  readonly confidence: number
}

export type Detect = (text: string) => readonly Detection[]

/** The scan and every detector that is on when nothing is configured. */
export async function assemble(): Promise<Assembled> {
  return createDetection(await parseConfig('{}', { directory: process.cwd(), env: {} }), 'files')
}

export async function createDetect(): Promise<Detect> {
  const examine = createTextExaminer({ ...(await assemble()), hash: () => '0'.repeat(32) })
  return (text) => examine(text).hits
}
