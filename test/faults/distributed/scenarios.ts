import { systemClock } from '../../../core/clock.ts'
import { WRONGS } from '../proxy.ts'
import { OF_THREE } from './brokers.ts'
import { COLLECTORS } from './collectors.ts'
import type { Cut } from './link.ts'
import { KILLS } from './kills.ts'
import { forge } from './poison.ts'
import type { DistributedRound } from './round.ts'
import { addPartitions, remakeTopic } from './topics.ts'
import type { DistributedStrike } from './world.ts'

/* Every round of the distributed mode. */

const later = (ms: number): Promise<void> => systemClock.sleep(ms)

/** Longer than a reader may be silent (6 s): the others take its partitions over meanwhile. */
const ZOMBIE_MS = 9_000
/** Beyond what Weir waits for its store, but not for long. */
const STORE_TIMEOUT_MS = 2_500
const FREEZE_MS = 4_000
/** Longer than a failing batch is tried on the spot. */
const LONG_FREEZE_MS = 13_000
const BROKER_FREEZE_MS = 8_000
const CUT_MS = 8_000
const SHORT_STORE = { store: { requestTimeoutMs: STORE_TIMEOUT_MS } }
/** For rounds whose faults last. */
const LONG_LATENCY_MS = 1_000

/** Lets everybody believe that this copy is dead, and then has it go on where it stood. */
const zombie = (where: string, point: DistributedStrike['point'], nth: number): DistributedRound => ({
  name: `detect_frozen_${where}`,
  strikes: [{ point, nth, target: 'self', freezeMs: ZOMBIE_MS, in: 'detect-1', life: 0 }],
})

const frozen: readonly DistributedRound[] = [
  zombie('before_interactions', 'insert:interactions:before', 2),
  zombie('after_interactions', 'insert:interactions:after', 2),
  zombie('before_the_ledger', 'insert:ledger:before', 2),
  zombie('handing_over', 'produce:weir.signals:before', 2),
  zombie('before_commit', 'commit:weir.interactions:before', 4),
  {
    name: 'broker_frozen',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      await world.load.reached(700)
      world.strike()
      world.all.kafka.freeze()
      await later(BROKER_FREEZE_MS)
      world.all.kafka.thaw()
    },
  },
  {
    // Before this copy of detect has ever written to Kafka: it connects to a broker that does not answer.
    name: 'broker_frozen_before_the_first_data_key',
    latencyMs: LONG_LATENCY_MS,
    strikes: [{ point: 'lookup:after', nth: 1, target: 'broker', freezeMs: BROKER_FREEZE_MS, in: 'detect-1', life: 0 }],
  },
  {
    name: 'store_frozen',
    config: SHORT_STORE,
    async during(world) {
      for (const count of [400, 1_200]) {
        await world.load.reached(count)
        await world.freezeStore(FREEZE_MS)
      }
    },
    latencyMs: LONG_LATENCY_MS,
  },
  {
    name: 'store_frozen_for_long',
    config: SHORT_STORE,
    async during(world) {
      await world.load.reached(600)
      await world.freezeStore(LONG_FREEZE_MS)
    },
  },
  {
    name: 'store_frozen_and_detect_killed',
    config: SHORT_STORE,
    async during(world) {
      await world.load.reached(600)
      const frozenStore = world.freezeStore(FREEZE_MS)
      await later(500)
      for (const name of ['detect-1', 'detect-2']) process.kill(world.copy(name).pid, 'SIGKILL')
      await frozenStore
    },
  },
]

const wrongAnswers: readonly DistributedRound[] = WRONGS.map((wrong) => ({
  name: `store_${wrong}`,
  spoiltStore: true,
  config: SHORT_STORE,
  async during(world) {
    await world.load.reached(500)
    world.struckAt(await world.storeProxy!.spoil(wrong))
  },
}))

const CUTS: readonly Cut[] = ['cut', 'silent']

const cutFromKafka = (name: string, how: Cut): DistributedRound => ({
  name: `${name.split('-')[0]}_and_kafka_${how}`,
  cutKafka: true,
  latencyMs: LONG_LATENCY_MS,
  async during(world) {
    await world.load.reached(600)
    world.strike()
    world.kafkaLink!.cut(how, world.copy(name).pid)
    await later(CUT_MS)
    world.kafkaLink!.mend()
  },
})

const cuts: readonly DistributedRound[] = CUTS.flatMap((how) => [
  ...['collect-1', 'detect-1', 'rest-1'].map((name) => cutFromKafka(name, how)),
  {
    name: `detect_and_store_${how}`,
    cutStore: true,
    config: SHORT_STORE,
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      await world.load.reached(600)
      world.strike()
      world.storeLink!.cut(how)
      await later(CUT_MS)
      world.storeLink!.mend()
    },
  },
])

const REBALANCE_MS = 2_000
/** For a minute. */
const REBALANCES = 30

const others: readonly DistributedRound[] = [
  {
    name: 'partitions_move_every_two_seconds',
    latencyMs: REBALANCES * 250,
    senderTimeoutMs: 60_000,
    async during(world) {
      await world.load.reached(50)
      const moves: Promise<void>[] = []
      for (let count = 0; count < REBALANCES; count++) {
        world.strike()
        if (count % 2 === 0) moves.push(world.add(`detect-${count + 3}`, ['detect']))
        else moves.push(world.remove(`detect-${count + 2}`, count % 4 === 1 ? 'SIGTERM' : 'SIGKILL'))
        await later(REBALANCE_MS)
      }
      await Promise.all(moves)
    },
  },
  {
    name: 'sigterm_to_every_process_in_turn',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      for (const [at, name] of world.names().entries()) {
        await world.load.reached(200 + at * 400)
        world.strike()
        await world.stop(name)
        await world.start(name)
      }
    },
  },
  {
    name: 'sigterm_to_the_broker',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      await world.load.reached(600)
      world.strike()
      await world.all.kafka.stop()
    },
  },
  {
    name: 'all_of_weir_killed',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      for (const count of [500, 1_200]) {
        await world.load.reached(count)
        await world.settled()
        world.strike()
        for (const name of world.names()) process.kill(world.copy(name).pid, 'SIGKILL')
      }
    },
  },
  {
    name: 'everything_killed',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      await world.load.reached(700)
      world.strike()
      for (const name of world.names()) process.kill(world.copy(name).pid, 'SIGKILL')
      process.kill(world.storePid(), 'SIGKILL')
      await world.all.kafka.kill()
    },
  },
  {
    name: 'topic_made_again_once_read',
    quiet: true,
    between: (world) => remakeTopic(world),
  },
  {
    name: 'topic_made_again_with_a_commit_in_flight',
    quiet: true,
    cutKafka: true,
    async between(world) {
      for (const name of ['detect-1', 'detect-2']) world.kafkaLink!.cut('silent', world.copy(name).pid)
      await remakeTopic(world)
      world.kafkaLink!.mend()
    },
  },
  {
    name: 'partitions_added_once_read',
    quiet: true,
    between: (world) => addPartitions(world, 7),
  },
  {
    name: 'partitions_added_under_load',
    async during(world) {
      await world.load.reached(600)
      world.strike()
      await addPartitions(world, 7)
    },
  },
  {
    name: 'poison_rows',
    plan: { poisonEvery: 120, tokenised: true },
    strikes: [{ point: 'insert:dead_letters:during', nth: 2, target: 'store', in: 'detect-1', life: 0 }],
  },
  {
    name: 'poison_rows_and_detect_killed',
    plan: { poisonEvery: 120 },
    strikes: [{ point: 'sink:after', nth: 3, target: 'self', in: 'detect-1', life: 0 }],
  },
  {
    name: 'forged_records',
    async during(world) {
      await world.load.reached(600)
      world.strike()
      await forge(world)
    },
  },
  {
    name: 'forged_records_and_detect_killed',
    strikes: [{ point: 'produce:weir.dead:sent', nth: 1, target: 'self', in: 'detect-1', life: 0 }],
    async during(world) {
      await world.load.reached(600)
      await forge(world)
    },
  },
  {
    name: 'duplicates_out_of_order',
    plan: { duplicated: true, tokenised: true },
    strikes: [{ point: 'insert:interactions:after', nth: 3, target: 'self', in: 'detect-1', life: 0 }],
  },
]

export const DISTRIBUTED_ROUNDS: readonly DistributedRound[] = [
  ...KILLS,
  ...frozen,
  ...OF_THREE,
  ...wrongAnswers,
  ...cuts,
  ...COLLECTORS,
  ...others,
]
