import type { StageName } from '../../../cli/pipeline.ts'
import type { Point, Settings } from '../hooks.ts'
import type { WirePoint } from './wire.ts'

/** Something that happens at a point in one life of one process. */
export interface Strike {
  point: Point | WirePoint
  /** The how-manieth time the point is reached. */
  nth: number
  /** Who is killed. */
  target: 'self' | 'store' | 'broker'
  afterMs?: number
  /** Not killed, but stopped for so long, and then let go on. */
  freezeMs?: number
}

/** Ways to build the distributed Weir wrongly, beside those of one process. */
export type DistributedBreak = 'commit_before_insert' | 'token_left_out' | 'several_partitions_per_send'

export interface StageSettings extends Settings {
  stages: StageName[]
  strikes: Strike[]
  broken: readonly DistributedBreak[]
  /** Process ids by name, as they are now. */
  victimsFile: string
  brokerPorts: number[]
}
