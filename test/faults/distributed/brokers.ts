import { systemClock } from '../../../core/clock.ts'
import type { DistributedRound } from './round.ts'
import { leadersOfTheirOwn } from './topics.ts'
import type { DistributedWorld } from './world.ts'

/* Three brokers, each record on all of them: one may go at any time. */

const later = (ms: number): Promise<void> => systemClock.sleep(ms)
const BROKER_FREEZE_MS = 8_000
const LONG_LATENCY_MS = 1_000
const LEADER = 3
const LEADER_FREEZE_MS = 1_000
const PATIENCE_MS = 60_000

/** Two leaders have answered while the third has not; then it dies, and its partitions go to one that has answered. */
async function killLeader(world: DistributedWorld): Promise<void> {
  const { kafka } = world.all
  await world.load.reached(300)
  world.holdBroker(LEADER)
  world.strike()
  kafka.freeze(LEADER)
  await later(LEADER_FREEZE_MS)
  await kafka.kill(LEADER)
  world.releaseBroker(LEADER)
}

/** What a build that sends to several partitions at once loses by, and ours must not. */
export const LEADER_KILLED_IN_SEND: Omit<DistributedRound, 'name'> = {
  brokers: 3,
  partitions: 3,
  // Whoever sends again would have it written after all.
  senderTimeoutMs: PATIENCE_MS,
  config: { otlp: { deadlineMs: PATIENCE_MS } },
  prepare: leadersOfTheirOwn,
  during: killLeader,
}

const THREE: Pick<DistributedRound, 'brokers' | 'latencyMs'> = { brokers: 3, latencyMs: LONG_LATENCY_MS }

export const OF_THREE: readonly DistributedRound[] = [
  {
    name: 'one_of_three_brokers_killed',
    ...THREE,
    async during(world) {
      await world.load.reached(600)
      world.strike()
      await world.all.kafka.kill(2)
    },
  },
  {
    name: 'one_of_three_brokers_lost',
    ...THREE,
    async during(world) {
      await world.load.reached(600)
      world.holdBroker(1)
      world.strike()
      await world.all.kafka.kill(1)
    },
  },
  {
    name: 'one_of_three_brokers_frozen',
    ...THREE,
    async during(world) {
      await world.load.reached(600)
      world.strike()
      world.all.kafka.freeze(3)
      await later(BROKER_FREEZE_MS)
      world.all.kafka.thaw(3)
    },
  },
  {
    name: 'brokers_stopped_in_turn',
    ...THREE,
    latencyMs: 2_500,
    async during(world) {
      for (const [at, broker] of [1, 2, 3].entries()) {
        await world.load.reached(300 + at * 500)
        world.holdBroker(broker)
        world.strike()
        await world.all.kafka.stop(broker)
        await world.all.kafka.restart(broker)
        world.releaseBroker(broker)
      }
    },
  },
  {
    name: 'leader_killed_in_send',
    ...LEADER_KILLED_IN_SEND,
  },
]
