import { systemClock } from '../../../core/clock.ts'
import type { DistributedRound } from './round.ts'
import type { DistributedWorld } from './world.ts'

/*
 * An OpenTelemetry Collector takes what apps send, and Weir reads the topic that it writes. Whatever the Collector said it
 * has taken counts as acknowledged; what its queue sends a second time must not be stored a second time.
 */

/** Longer than the Collector gathers a batch and its exporter lingers: what it took is on its way to the broker. */
const EXPORTED_MS = 1_500
/** For rounds whose faults last. */
const LONG_LATENCY_MS = 1_000

async function killCollector(world: DistributedWorld): Promise<void> {
  world.strike()
  await world.collector.kill()
  await world.collector.start()
}

/** The broker has the messages and does not say so when the Collector dies: its queue sends them a second time. */
export const KILLED_BEFORE_KAFKA_ANSWERS: Omit<DistributedRound, 'name'> = {
  through: 'otlp_json',
  async during(world) {
    await world.load.reached(300)
    world.all.kafka.freeze()
    await systemClock.sleep(EXPORTED_MS)
    world.strike()
    await world.collector.kill()
    world.all.kafka.thaw()
    await world.collector.start()
  },
}

export const COLLECTORS: readonly DistributedRound[] = [
  {
    name: 'collector_killed_under_load',
    through: 'otlp_proto',
    async during(world) {
      for (const count of [400, 900, 1_400]) {
        await world.load.reached(count)
        await killCollector(world)
      }
    },
  },
  {
    name: 'collector_killed_before_kafka_answers',
    ...KILLED_BEFORE_KAFKA_ANSWERS,
  },
  {
    name: 'broker_killed_behind_the_collector',
    through: 'otlp_json',
    async during(world) {
      await world.load.reached(500)
      world.holdBroker(1)
      world.strike()
      await world.all.kafka.kill()
      await world.load.reached(1_300)
      world.releaseBroker(1)
    },
  },
  {
    name: 'collector_and_broker_killed',
    through: 'otlp_proto',
    latencyMs: LONG_LATENCY_MS,
    async during(world) {
      await world.load.reached(400)
      world.holdBroker(1)
      world.strike()
      await world.all.kafka.kill()
      await world.load.reached(800)
      await killCollector(world)
      await world.load.reached(1_200)
      world.releaseBroker(1)
      await world.load.reached(1_600)
      await killCollector(world)
    },
  },
  {
    name: 'collect_killed_behind_the_collector',
    through: 'otlp_proto',
    latencyMs: LONG_LATENCY_MS,
    strikes: [
      { point: 'emit:after', nth: 3, target: 'self', in: 'collect-1', life: 0 },
      { point: 'produce:weir.interactions:sent', nth: 4, target: 'self', in: 'collect-1', life: 1 },
    ],
  },
]
