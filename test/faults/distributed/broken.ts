import { anyOf, SMALL, type BrokenBuild } from '../broken.ts'
import { LEADER_KILLED_IN_SEND } from './brokers.ts'
import { KILLED_BEFORE_KAFKA_ANSWERS } from './collectors.ts'
import type { DistributedRound } from './round.ts'

export const DISTRIBUTED_BROKEN_BUILDS: readonly BrokenBuild<DistributedRound>[] = [
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
    name: 'collector_repeats_and_id_window_off',
    ...SMALL,
    ...KILLED_BEFORE_KAFKA_ANSWERS,
    breaks: ['id_window_off'],
    caughtBy: anyOf('doubled'),
  },
  {
    name: 'collector_queue_in_memory',
    ...SMALL,
    ...KILLED_BEFORE_KAFKA_ANSWERS,
    collectorOver: ['exporters::kafka::sending_queue::storage: null'],
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
