import { rowsOf } from '../../../sinks/clickhouse/client.ts'
import { until } from '../../support/until.ts'
import { drainedBehindCollector } from './drain.ts'
import type { DistributedRound } from './round.ts'
import type { DistributedWorld } from './world.ts'

/*
 * An OpenTelemetry Collector takes what apps send, and Weir reads the topic that it writes. Whatever the Collector said it
 * has taken counts as acknowledged; what its queue sends a second time must not be stored a second time.
 */

/** More than the questions that a client asks a broker besides sending messages. */
const MESSAGES_BYTES = 4_000
const SOON_MS = 60_000
const LOG_CHARS = 1_500
/** For rounds whose faults last. */
const LONG_LATENCY_MS = 1_000

const brokerPort = (world: DistributedWorld): number => Number(new URL(`tcp://${world.all.kafka.bootstrap[0]}`).port)

async function killCollector(world: DistributedWorld): Promise<void> {
  world.strike()
  await world.collector.kill()
  await world.collector.start()
}

async function stored({ all: { client } }: DistributedWorld): Promise<number> {
  const sql = `SELECT toFloat64(count()) AS stored FROM ${client.database}.interactions`
  const [row] = await rowsOf<{ stored: number }>(client, sql)
  return row!.stored
}

/** The broker has messages and does not say so when the Collector dies: its queue sends them a second time. */
export const KILLED_BEFORE_KAFKA_ANSWERS: Omit<DistributedRound, 'name'> = {
  through: 'otlp_json',
  latencyMs: LONG_LATENCY_MS,
  async during(world) {
    await world.load.reached(300)
    // Who is not connected yet would only say hello to a frozen broker.
    await until('something is confirmed', async () => (await world.collector.confirmed()) > 0, SOON_MS)
    world.all.kafka.freeze()
    await world.collector.sentUnread(brokerPort(world), MESSAGES_BYTES)
    // What it took since then waits in its queue.
    await world.load.reached(900)
    const confirmed = await world.collector.confirmed()
    world.strike()
    await world.collector.kill()
    world.all.kafka.thaw()
    // The copies must not meet in one batch, where they would be recognised without any window of ids.
    await until('what the broker had is stored', async () => (await stored(world)) > confirmed, SOON_MS)
    const { left } = await drainedBehindCollector(world, SOON_MS)
    const logs = (): string => world.logs.map((log) => log().slice(-LOG_CHARS)).join('\n')
    if (left !== undefined) throw new Error(`what the broker had is not stored after ${SOON_MS} ms: ${left}\n${logs()}`)
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
