import type { Verdict } from '../broken.ts'
import type { Problem, ProblemKind } from '../checks.ts'
import { LEADER_KILLED_IN_SEND } from './brokers.ts'
import { runDistributedRound, type DistributedScenario } from './round.ts'

/* The test of the test: the distributed Weir built wrongly. Whatever is not caught here, no round would catch. */

export interface DistributedBrokenBuild extends DistributedScenario {
  /** The problem that proves it caught. */
  caughtBy(problem: Problem): boolean
}

const anyOf =
  (...kinds: ProblemKind[]): DistributedBrokenBuild['caughtBy'] =>
  ({ kind }) =>
    kinds.includes(kind)

const SMALL = { plan: { interactions: 900 } }

export const DISTRIBUTED_BROKEN_BUILDS: readonly DistributedBrokenBuild[] = [
  {
    name: 'commit_before_insert',
    ...SMALL,
    broken: ['commit_before_insert'],
    strikes: [{ point: 'insert:interactions:before', nth: 3, target: 'self', in: 'detect-1', life: 0 }],
    caughtBy: anyOf('lost'),
  },
  {
    name: 'token_left_out',
    ...SMALL,
    breaks: ['id_window_off'],
    broken: ['token_left_out'],
    strikes: [{ point: 'sink:after', nth: 3, target: 'self', in: 'detect-1', life: 0 }],
    caughtBy: anyOf('doubled'),
  },
  {
    name: 'several_partitions_per_send',
    ...SMALL,
    ...LEADER_KILLED_IN_SEND,
    broken: ['several_partitions_per_send'],
    caughtBy: anyOf('lost'),
  },
  {
    name: 'distributed_wrong_signal',
    ...SMALL,
    quiet: true,
    breaks: ['wrong_signal'],
    caughtBy: anyOf('wrong'),
  },
  {
    name: 'distributed_hand_over_dropped',
    ...SMALL,
    quiet: true,
    breaks: ['hand_over_dropped'],
    caughtBy: anyOf('not_handed'),
  },
]

export async function runDistributedBrokenBuild(build: DistributedBrokenBuild, seed: string): Promise<Verdict> {
  const { problems } = await runDistributedRound(build, seed)
  const by = problems.find((problem) => build.caughtBy(problem))
  return { caught: by !== undefined, by: by?.text ?? '', problems }
}
