import { systemClock } from '../../../core/clock.ts'
import { messageOf } from '../../../core/errors.ts'
import { isDrained } from '../../../core/streams/kafka/index.ts'
import { unread } from '../../support/otelcol/index.ts'
import { SPANS_GROUP, SPANS_TOPIC, type DistributedWorld } from './world.ts'

/** How long it took until nothing was left, or what was left when the time was over. */
export interface Drained {
  ms: number
  left: string | undefined
}

/** Resolves when everything has been read and nothing is pending, or too late. */
export const drained = (world: DistributedWorld, withinMs: number): Promise<Drained> =>
  drainedWhen(async () => (await leftInCollector(world)) ?? (await leftBehindCollector(world)), withinMs)

/** The same without what waits in the queue of the Collector. */
export const drainedBehindCollector = (world: DistributedWorld, withinMs: number): Promise<Drained> =>
  drainedWhen(() => leftBehindCollector(world), withinMs)

async function drainedWhen(left: () => Promise<string | undefined>, withinMs: number): Promise<Drained> {
  const begun = systemClock.now()
  for (;;) {
    const still = await left().catch(messageOf)
    const ms = systemClock.now() - begun
    if (still === undefined || ms >= withinMs) return { ms, left: still }
    await systemClock.sleep(200)
  }
}

/** In the order in which records flow: what has left one place is not overlooked in the next. */
async function leftInCollector(world: DistributedWorld): Promise<string | undefined> {
  if (!world.hasCollector) return undefined
  const queued = await world.collector.queued()
  return queued > 0 ? `${queued} bytes in the queue of the Collector` : undefined
}

async function leftBehindCollector(world: DistributedWorld): Promise<string | undefined> {
  if (world.hasCollector) {
    const messages = await unread(world.all.kafka.bootstrap, SPANS_TOPIC, SPANS_GROUP)
    if (messages > 0) return `${messages} messages of the Collector`
  }
  const lags = await world.lags()
  if (lags.length > 0 && isDrained(lags)) return undefined
  return JSON.stringify(lags.filter(({ lag, pending }) => lag > 0 || pending))
}
