import { spawnSync } from 'node:child_process'
import { systemClock } from '../../../core/clock.ts'
import type { Point } from '../hooks.ts'
import { WRONGS } from '../proxy.ts'
import type { PlannedStrike } from '../strikes.ts'
import type { EmbeddedRound } from './round.ts'
import type { EmbeddedWorld } from './world.ts'

/* Every round of the embedded mode. A fault strikes in the middle of the load, so requests wait on both sides of it. */

const SMALL_HAND_OVER = { stream: { maxHandedOver: 20 } }
const SLOW_RESPOND_MS = 40

/** A point inside Weir, the how-manieth time it is reached, and for `during` how far into the insert. */
type At = readonly [point: Point, nth: number, afterMs?: number]

const strikeAt = (target: PlannedStrike['target'], life: number, [point, nth, afterMs]: At): PlannedStrike => ({
  ...{ point, nth, target, life },
  ...(afterMs !== undefined && { afterMs }),
})

/** Each life of Weir kills itself at the next point. */
const weirKilled = (where: string, ...points: readonly At[]): EmbeddedRound => ({
  name: `weir_killed_${where}`,
  strikes: points.map((at, life) => strikeAt('self', life, at)),
})

/** One life of Weir, in which its store is killed at each point. */
const storeKilled = (where: string, ...points: readonly At[]): EmbeddedRound => ({
  name: `store_killed_${where}`,
  strikes: points.map((at) => strikeAt('store', 0, at)),
})

const kills: readonly EmbeddedRound[] = [
  weirKilled('before_the_queue', ['emit:before', 25], ['emit:queued', 25]),
  weirKilled('around_the_look_up', ['lookup:before', 4], ['lookup:after', 3]),
  weirKilled('around_the_data_key', ['insert:data_keys:before', 1], ['insert:data_keys:after', 1]),
  weirKilled('before_findings', ['insert:findings:before', 4], ['insert:findings:during', 3, 4]),
  weirKilled('after_findings', ['insert:findings:after', 4], ['insert:originals:during', 3, 3]),
  weirKilled('before_interactions', ['insert:originals:after', 4], ['insert:interactions:during', 3, 8]),
  weirKilled('after_interactions', ['insert:interactions:after', 4], ['insert:ledger:during', 3, 2]),
  weirKilled('after_the_ledger', ['insert:ledger:after', 4], ['sink:after', 3]),
  weirKilled('before_the_answer', ['emit:after', 20], ['emit:after', 20]),
  {
    ...weirKilled('handing_over', ['handed:before', 4], ['handed:after', 4], ['insert:positions:after', 1]),
    config: SMALL_HAND_OVER,
    respondMs: SLOW_RESPOND_MS,
  },
  storeKilled('around_the_look_up', ['emit:queued', 25], ['lookup:after', 7]),
  storeKilled('at_the_data_key', ['insert:data_keys:during', 1, 1], ['insert:findings:before', 5]),
  storeKilled('at_findings', ['insert:findings:during', 4, 3], ['insert:findings:after', 7]),
  storeKilled('at_originals', ['insert:originals:during', 4, 2], ['insert:originals:after', 7]),
  storeKilled('at_interactions', ['insert:interactions:before', 3], ['insert:interactions:during', 7, 6]),
  storeKilled('after_interactions', ['insert:interactions:after', 4], ['insert:ledger:during', 7, 1]),
  storeKilled('after_the_ledger', ['insert:ledger:after', 4], ['insert:positions:during', 2, 1]),
]

const later = (ms: number): Promise<void> => systemClock.sleep(ms)

/** Beyond what Weir waits for its store, and senders for Weir. */
const STORE_TIMEOUT_MS = 2_500
const FREEZE_MS = 4_000

const frozen: readonly EmbeddedRound[] = [
  {
    name: 'store_frozen',
    config: {
      ...SMALL_HAND_OVER,
      store: { requestTimeoutMs: STORE_TIMEOUT_MS },
      collectors: { otlp: { deadlineMs: 2_000 } },
    },
    respondMs: SLOW_RESPOND_MS,
    async during(world) {
      for (const count of [400, 900, 1_400]) {
        await world.load.reached(count)
        await world.freezeStore(FREEZE_MS)
      }
    },
  },
  {
    name: 'store_frozen_and_weir_killed',
    config: { store: { requestTimeoutMs: STORE_TIMEOUT_MS } },
    async during(world) {
      await world.load.reached(700)
      world.strike()
      process.kill(world.storePid(), 'SIGSTOP')
      await later(FREEZE_MS)
      world.strike()
      world.weir!.kill('SIGKILL')
    },
  },
  {
    name: 'server_frozen_and_weir_killed',
    server: true,
    config: { store: { requestTimeoutMs: STORE_TIMEOUT_MS } },
    async during(world) {
      await world.load.reached(700)
      const pid = world.storePid()
      world.strike()
      process.kill(pid, 'SIGSTOP')
      await later(300)
      await world.killAndHold()
      setTimeout(() => process.kill(pid, 'SIGCONT'), 1_000)
      await world.startWeir()
    },
  },
]

const wrongAnswers: readonly EmbeddedRound[] = WRONGS.map((wrong) => ({
  name: `store_${wrong}`,
  server: true,
  config: { store: { requestTimeoutMs: STORE_TIMEOUT_MS } },
  async during(world) {
    await world.load.reached(500)
    world.struckAt(await world.proxy!.spoil(wrong))
  },
}))

const DISK_MB = 120
/** Room for a few batches: what fills the rest is Weir's own writing. */
const LEFT_BYTES = 3 << 20

/** What was merged while writes failed comes to light later, and the store ends once more. */
async function healed(world: EmbeddedWorld): Promise<void> {
  await world.load.reached(2_000)
  await world.proved()
}

/** Others take the last byte in the middle of whatever is being written, and give it back after a while. */
async function takeDisk(
  world: EmbeddedWorld,
  counts: readonly number[],
  ms: number,
  meanwhile?: () => void,
): Promise<void> {
  for (const count of counts) {
    await world.load.reached(count)
    world.disk!.fill(0)
    world.strike()
    meanwhile?.()
    await later(ms)
    world.disk!.relieve()
  }
  await healed(world)
}

const diskFull: readonly EmbeddedRound[] = [
  {
    name: 'disk_full',
    diskMb: DISK_MB,
    async during(world) {
      await world.load.reached(500)
      world.disk!.fill(LEFT_BYTES)
      await world.refusing()
      world.strike()
      await later(2_000)
      world.disk!.relieve()
    },
  },
  {
    name: 'disk_full_and_weir_killed',
    diskMb: DISK_MB,
    async during(world) {
      await world.load.reached(500)
      world.disk!.fill(LEFT_BYTES)
      await world.refusing()
      world.strike()
      await world.killAndHold()
      world.disk!.relieve()
      await world.startWeir()
    },
  },
  {
    name: 'disk_taken_by_others',
    diskMb: DISK_MB,
    during: (world) => takeDisk(world, [300, 700, 1_000, 1_300], 1_500),
  },
  {
    name: 'disk_taken_and_given_back_at_once',
    diskMb: DISK_MB,
    during: (world) => takeDisk(world, [200, 400, 600, 800, 1_000, 1_200, 1_400, 1_600, 1_800], 30),
  },
  {
    name: 'disk_taken_and_store_killed',
    diskMb: DISK_MB,
    during: (world) => takeDisk(world, [300, 700, 1_100, 1_500], 200, () => process.kill(world.storePid(), 'SIGKILL')),
  },
]

async function killOften(world: EmbeddedWorld, strike: (world: EmbeddedWorld) => void): Promise<void> {
  for (const count of [300, 800, 1_300, 1_800]) {
    await world.load.reached(count)
    await world.settled()
    world.strike()
    strike(world)
    await later(50)
  }
}

/** Every file of the running store that grows beyond a length is cut there. */
function cutFiles(world: EmbeddedWorld, bytes: number | 'unlimited'): void {
  // The store may be between two lives, and then there is nothing to cut.
  const { error } = spawnSync('prlimit', ['--pid', String(world.storePid()), `--fsize=${bytes}:`])
  if (error) throw error
}

/** Within a part's small files, within the log of tokens, within the data of a batch, within a merge. */
const CUT_BYTES = [100, 2_000, 7_000, 20_000, 60_000]

const others: readonly EmbeddedRound[] = [
  {
    name: 'store_writes_fail',
    async during(world) {
      for (const [number, bytes] of CUT_BYTES.entries()) {
        await world.load.reached(250 + number * 350)
        world.strike()
        cutFiles(world, bytes)
        await later(50)
      }
      await later(500)
      cutFiles(world, 'unlimited')
      await healed(world)
    },
  },
  {
    name: 'weir_killed_four_times',
    config: SMALL_HAND_OVER,
    respondMs: SLOW_RESPOND_MS,
    during: (world) => killOften(world, ({ weir }) => weir!.kill('SIGKILL')),
  },
  {
    name: 'store_killed_four_times',
    config: SMALL_HAND_OVER,
    during: (world) => killOften(world, (there) => process.kill(there.storePid(), 'SIGKILL')),
  },
  {
    name: 'both_killed',
    during: (world) =>
      killOften(world, (there) => {
        process.kill(there.storePid(), 'SIGKILL')
        there.weir!.kill('SIGKILL')
      }),
  },
  {
    name: 'sigterm_under_load',
    config: SMALL_HAND_OVER,
    async during(world) {
      for (const count of [500, 1_200]) {
        await world.load.reached(count)
        world.strike()
        await world.terminate()
        await world.startWeir()
      }
    },
  },
  {
    name: 'hand_over_overflows',
    config: { stream: { maxHandedOver: 5 } },
    respondMs: 120,
    strikes: [strikeAt('store', 0, ['insert:interactions:after', 5])],
  },
  {
    name: 'poison_rows',
    plan: { poisonEvery: 120, tokenised: true },
    strikes: [strikeAt('store', 0, ['insert:dead_letters:during', 3])],
  },
  {
    name: 'poison_rows_and_answer_lost',
    plan: { poisonEvery: 120 },
    strikes: [strikeAt('self', 0, ['sink:after', 5])],
  },
  {
    name: 'duplicates_out_of_order',
    plan: { duplicated: true, tokenised: true },
    strikes: [strikeAt('self', 0, ['insert:interactions:after', 5])],
  },
]

/** Calls in pieces, three records each, so fewer calls make as many. */
const split: readonly EmbeddedRound[] = [
  weirKilled('with_split_calls', ['emit:before', 25], ['emit:queued', 25], ['emit:after', 20]),
  weirKilled(
    'at_inserts_of_split_calls',
    ['insert:findings:after', 4],
    ['insert:interactions:during', 3, 8],
    ['sink:after', 3],
  ),
  storeKilled('with_split_calls', ['insert:findings:during', 3, 3], ['insert:interactions:during', 6, 6]),
].map((round) => ({ ...round, plan: { interactions: 800, split: true } }))

const splitAndDuplicated: EmbeddedRound = {
  ...weirKilled('with_split_calls_duplicated', ['insert:interactions:after', 5]),
  plan: { interactions: 800, split: true, duplicated: true },
}

export const EMBEDDED_ROUNDS: readonly EmbeddedRound[] = [
  ...kills,
  ...frozen,
  ...wrongAnswers,
  ...diskFull,
  ...others,
  ...split,
  splitAndDuplicated,
]
