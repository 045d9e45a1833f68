import type { StageName } from '../../../cli/running/pipeline.ts'
import type { DistributedRound } from './round.ts'
import { USUAL_PROCESSES, type DistributedStrike } from './world.ts'

/* Processes, the store and the broker killed at named points between receipt and commit. */

/** For rounds whose later faults come after what the first ones cost. */
const LONG_LATENCY_MS = 1_000

type At = readonly [point: DistributedStrike['point'], nth: number, afterMs?: number]

const strike = (target: DistributedStrike['target'], name: string, life: number, at: At): DistributedStrike => {
  const [point, nth, afterMs] = at
  return { point, nth, target, in: name, life, ...(afterMs !== undefined && { afterMs }) }
}

const named = (what: string, where: string, ...strikes: readonly DistributedStrike[]): DistributedRound => ({
  name: `${what}_killed_${where}`,
  strikes,
})

/** Each life of collect ends at the next point. */
const collectKilled = (where: string, ...points: readonly At[]): DistributedRound =>
  named('collect', where, ...points.map((at, life) => strike('self', 'collect-1', life, at)))

/** Both copies of detect end, each at one of two points; the second perhaps once it has taken over from the first. */
const detectKilled = (where: string, first: At, second: At): DistributedRound => ({
  ...named('detect', where, strike('self', 'detect-1', 0, first), strike('self', 'detect-2', 0, second)),
  latencyMs: LONG_LATENCY_MS,
})

/** Each copy of detect kills the store at one of two points. */
const storeKilled = (where: string, first: At, second: At): DistributedRound =>
  named('store', where, strike('store', 'detect-1', 0, first), strike('store', 'detect-2', 0, second))

const brokerKilled = (where: string, ...strikes: readonly [name: string, at: At][]): DistributedRound => ({
  ...named('broker', where, ...strikes.map(([name, at]) => strike('broker', name, 0, at))),
  latencyMs: LONG_LATENCY_MS,
})

const TWO_COLLECTORS = { ...USUAL_PROCESSES, 'collect-2': ['collect'] } satisfies Record<string, readonly StageName[]>
const ONE_DETECTOR = {
  'collect-1': ['collect'],
  'detect-1': ['detect'],
  'rest-1': ['watch', 'respond'],
} satisfies Record<string, readonly StageName[]>

const collect: readonly DistributedRound[] = [
  collectKilled('around_the_queue', ['emit:before', 15], ['emit:queued', 15]),
  collectKilled('at_the_data_key', ['produce:weir.keys:before', 1], ['produce:weir.keys:sent', 1]),
  collectKilled('after_the_data_key', ['produce:weir.keys:answered', 1], ['produce:weir.keys:answered', 1]),
  collectKilled('around_produce', ['produce:weir.interactions:before', 20], ['produce:weir.interactions:sent', 20]),
  collectKilled(
    'after_produce',
    ['produce:weir.interactions:answered', 20],
    ['produce:weir.interactions:answered', 35],
  ),
  collectKilled('before_the_answer', ['emit:after', 15], ['emit:after', 15]),
  {
    ...named(
      'collect',
      'one_of_two',
      strike('self', 'collect-1', 0, ['produce:weir.interactions:sent', 12]),
      strike('self', 'collect-2', 0, ['emit:after', 12]),
    ),
    processes: TWO_COLLECTORS,
  },
]

const detect: readonly DistributedRound[] = [
  detectKilled('around_the_look_up', ['lookup:before', 3], ['lookup:after', 2]),
  detectKilled('at_the_data_key', ['produce:weir.keys:sent', 1], ['produce:weir.keys:answered', 1]),
  detectKilled('before_findings', ['insert:findings:before', 3], ['insert:findings:during', 2, 4]),
  detectKilled('after_findings', ['insert:findings:after', 3], ['insert:originals:before', 2]),
  detectKilled('at_originals', ['insert:originals:during', 3, 3], ['insert:originals:after', 2]),
  detectKilled('around_interactions', ['insert:interactions:before', 3], ['insert:interactions:after', 2]),
  detectKilled('in_interactions', ['insert:interactions:during', 3, 8], ['insert:interactions:during', 2, 3]),
  detectKilled('at_the_ledger', ['insert:ledger:before', 3], ['insert:ledger:during', 2, 2]),
  detectKilled('after_the_ledger', ['insert:ledger:after', 3], ['sink:after', 2]),
  detectKilled('handing_signals_over', ['produce:weir.signals:before', 3], ['produce:weir.signals:sent', 2]),
  detectKilled('handing_findings_over', ['produce:weir.findings:sent', 3], ['produce:weir.findings:answered', 2]),
  detectKilled('before_commit', ['commit:weir.interactions:before', 4], ['commit:weir.interactions:before', 5]),
  detectKilled('in_commit', ['commit:weir.interactions:sent', 4], ['commit:weir.interactions:sent', 5]),
  detectKilled('after_commit', ['commit:weir.interactions:answered', 4], ['commit:weir.interactions:answered', 5]),
  {
    ...named(
      'detect',
      'in_replay',
      strike('self', 'detect-1', 0, ['insert:interactions:after', 2]),
      strike('self', 'detect-1', 1, ['insert:ledger:before', 1]),
      strike('self', 'detect-1', 2, ['commit:weir.interactions:sent', 2]),
    ),
    processes: ONE_DETECTOR,
    latencyMs: 3 * LONG_LATENCY_MS,
  },
]

const rest: readonly DistributedRound[] = [
  named(
    'rest',
    'handing_over',
    strike('self', 'rest-1', 0, ['handed:before', 3]),
    strike('self', 'rest-1', 1, ['handed:after', 2]),
  ),
  named(
    'rest',
    'in_commit',
    strike('self', 'rest-1', 0, ['commit:weir.findings:sent', 3]),
    strike('self', 'rest-1', 1, ['commit:weir.signals:before', 3]),
  ),
].map((scenario) => ({ ...scenario, latencyMs: LONG_LATENCY_MS }))

const store: readonly DistributedRound[] = [
  storeKilled('around_the_look_up', ['lookup:before', 2], ['lookup:after', 3]),
  storeKilled('at_findings', ['insert:findings:before', 2], ['insert:findings:during', 3, 3]),
  storeKilled('at_originals', ['insert:originals:during', 2, 2], ['insert:originals:after', 3]),
  storeKilled('before_interactions', ['insert:interactions:before', 2], ['insert:interactions:during', 3, 6]),
  storeKilled('after_interactions', ['insert:interactions:after', 2], ['insert:ledger:during', 3, 1]),
  storeKilled('after_the_ledger', ['insert:ledger:after', 2], ['sink:after', 3]),
]

const broker: readonly DistributedRound[] = [
  brokerKilled('before_produce', ['collect-1', ['produce:weir.interactions:before', 20]]),
  brokerKilled('in_produce', ['collect-1', ['produce:weir.interactions:sent', 20]]),
  brokerKilled('after_produce', ['collect-1', ['produce:weir.interactions:answered', 20]]),
  brokerKilled('handing_over', ['detect-1', ['produce:weir.signals:sent', 2]]),
  brokerKilled('in_pending_commit', ['detect-1', ['commit:weir.interactions:sent', 3]]),
  brokerKilled('after_commit', ['detect-1', ['commit:weir.interactions:answered', 4]]),
  {
    ...brokerKilled('twice', ['collect-1', ['produce:weir.interactions:sent', 15]]),
    async during(world) {
      await world.load.reached(1_200)
      world.strike()
      await world.all.kafka.kill()
    },
  },
]

/** Calls in pieces, three records each: the spans and log records of a call are in requests of their own. */
const split: readonly DistributedRound[] = [
  collectKilled('with_split_calls', ['produce:weir.interactions:sent', 15], ['emit:after', 15]),
  detectKilled('with_split_calls', ['insert:interactions:after', 2], ['insert:findings:during', 2, 4]),
  detectKilled('at_the_commit_of_split_calls', ['insert:ledger:before', 2], ['commit:weir.interactions:sent', 3]),
  storeKilled('with_split_calls', ['insert:interactions:during', 2, 6], ['insert:ledger:after', 2]),
].map((round) => ({ ...round, plan: { interactions: 800, split: true } }))

export const KILLS: readonly DistributedRound[] = [...collect, ...detect, ...rest, ...store, ...broker, ...split]
