import type { StageName } from '../../../cli/running/pipeline.ts'
import type { Settings } from '../hooks.ts'

/** Ways to build the distributed Weir wrongly, beside those of one process. */
export type DistributedBreak = 'commit_before_insert' | 'token_left_out' | 'several_partitions_per_send'

export interface StageSettings extends Settings {
  stages: StageName[]
  broken: readonly DistributedBreak[]
  /** Process ids by name, as they are now. */
  victimsFile: string
  brokerPorts: number[]
}
