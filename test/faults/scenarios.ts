import { systemClock } from '../../core/clock.ts'
import type { Fault, Point } from './hooks.ts'
import type { Wrong } from './proxy.ts'
import type { Scenario } from './round.ts'
import type { World } from './world.ts'

/* Every round of the suite. A fault strikes in the middle of the load, so requests wait on both sides of it. */

const SMALL_HAND_OVER = { stream: { maxHandedOver: 20 } }
const SLOW_RESPOND_MS = 40

/** Kills at a point inside Weir: which, the how-manieth time, and for `during` how far into the insert. */
type Kill = readonly [point: Point, nth: number, afterMs?: number]

const KILL_WEIR: readonly Kill[] = [
  ['emit:before', 30],
  ['emit:queued', 30],
  ['lookup:before', 4],
  ['lookup:after', 4],
  ['insert:data_keys:before', 1],
  ['insert:data_keys:after', 1],
  ['insert:findings:before', 4],
  ['insert:findings:during', 4, 4],
  ['insert:findings:after', 4],
  ['insert:originals:during', 4, 3],
  ['insert:originals:after', 4],
  ['insert:interactions:during', 4, 8],
  ['insert:interactions:after', 4],
  ['insert:ledger:during', 4, 2],
  ['insert:ledger:after', 4],
  ['sink:after', 4],
  ['emit:after', 30],
]

const KILL_STORE: readonly Kill[] = [
  ['emit:queued', 30],
  ['lookup:after', 4],
  ['insert:data_keys:during', 1, 1],
  ['insert:findings:during', 4, 3],
  ['insert:findings:after', 4],
  ['insert:originals:during', 4, 2],
  ['insert:interactions:before', 4],
  ['insert:interactions:during', 4, 6],
  ['insert:interactions:after', 4],
  ['insert:ledger:during', 4, 1],
  ['insert:ledger:after', 4],
  ['insert:positions:during', 1, 1],
]

/** The respond stage is on its way through what overflowed when it is killed. */
const KILL_HANDING: readonly Kill[] = [
  ['handed:before', 5],
  ['handed:after', 5],
  ['insert:positions:after', 1],
]

function killed(target: Fault['target'], [point, nth, afterMs]: Kill): Scenario {
  const fault: Fault = { point, nth, target, ...(afterMs !== undefined && { afterMs }) }
  return { name: `kill_${target}_at_${point.replaceAll(':', '_')}`, faults: [fault] }
}

const later = (ms: number): Promise<void> => systemClock.sleep(ms)

const FREEZE_MS = 3_500

async function freeze(world: World, ms: number): Promise<void> {
  const pid = world.storePid()
  world.strike()
  process.kill(pid, 'SIGSTOP')
  await later(ms)
  process.kill(pid, 'SIGCONT')
}

const frozen: readonly Scenario[] = [
  {
    name: 'store_frozen',
    config: { ...SMALL_HAND_OVER, store: { requestTimeoutMs: 1_500 }, collectors: { otlp: { deadlineMs: 2_000 } } },
    respondMs: SLOW_RESPOND_MS,
    async during(world) {
      for (const count of [400, 900, 1_400]) {
        await world.load.reached(count)
        await freeze(world, FREEZE_MS)
      }
    },
  },
  {
    name: 'store_frozen_and_weir_killed',
    config: { store: { requestTimeoutMs: 1_500 } },
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
    config: { store: { requestTimeoutMs: 1_500 } },
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

const WRONGS: readonly Wrong[] = [
  'refused',
  'refused_after_commit',
  'silent_after_commit',
  'reset_in_request',
  'reset_in_answer',
  'error_in_header',
]

const wrongAnswers: readonly Scenario[] = WRONGS.map((wrong) => ({
  name: `store_${wrong}`,
  server: true,
  config: { store: { requestTimeoutMs: 1_500 } },
  async during(world) {
    await world.load.reached(500)
    world.struckAt(await world.proxy!.spoil(wrong))
  },
}))

const DISK_MB = 120

const diskFull: readonly Scenario[] = [
  {
    name: 'disk_full',
    diskMb: DISK_MB,
    async during(world) {
      await world.load.reached(700)
      world.disk!.fill()
      await later(500)
      world.strike()
      await later(2_500)
      world.disk!.relieve()
    },
  },
  {
    name: 'disk_full_and_weir_killed',
    diskMb: DISK_MB,
    async during(world) {
      await world.load.reached(700)
      world.disk!.fill()
      await later(1_000)
      world.strike()
      await world.killAndHold()
      world.disk!.relieve()
      await world.startWeir()
    },
  },
]

async function killOften(world: World, strike: (world: World) => void): Promise<void> {
  for (const count of [300, 800, 1_300, 1_800]) {
    await world.load.reached(count)
    await world.settled()
    world.strike()
    strike(world)
    await later(50)
  }
}

const others: readonly Scenario[] = [
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
    faults: [{ point: 'insert:interactions:after', nth: 5, target: 'store' }],
  },
  {
    name: 'poison_rows',
    plan: { poisonEvery: 120 },
    faults: [{ point: 'insert:dead_letters:during', nth: 3, target: 'store' }],
  },
  {
    name: 'poison_rows_and_answer_lost',
    plan: { poisonEvery: 120 },
    faults: [{ point: 'sink:after', nth: 5, target: 'weir' }],
  },
  {
    name: 'duplicates_out_of_order',
    plan: { duplicated: true },
    faults: [{ point: 'insert:interactions:after', nth: 5, target: 'weir' }],
  },
]

export const SCENARIOS: readonly Scenario[] = [
  ...KILL_WEIR.map((kill) => killed('weir', kill)),
  ...KILL_STORE.map((kill) => killed('store', kill)),
  ...KILL_HANDING.map((kill) => ({ ...killed('weir', kill), config: SMALL_HAND_OVER, respondMs: SLOW_RESPOND_MS })),
  ...frozen,
  ...wrongAnswers,
  ...diskFull,
  ...others,
]
