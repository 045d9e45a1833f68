import { systemClock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import { failed, type Problem } from './checks.ts'
import { Load } from './senders.ts'
import type { PlannedStrike } from './strikes.ts'
import { splitDeliveriesOf } from './split.ts'
import { deliveriesOf, type Plan, type Request } from './workload.ts'
import type { World } from './world.ts'

/** What goes wrong in a round, whichever mode Weir runs in. */
export interface Round<W extends World> {
  name: string
  plan?: Partial<Plan>
  /** A sender hears nothing for so long and sends again. */
  senderTimeoutMs?: number
  /** What strikes inside Weir. */
  strikes?: readonly PlannedStrike[]
  /** Faults made from outside, while the senders send. */
  during?: (world: W) => Promise<void>
  /** Nothing goes wrong in this one. */
  quiet?: boolean
}

/** How Weir runs, and what must hold then. */
export interface Mode<W extends World, R extends Round<W>> {
  readonly senders: number
  readonly interactions: number
  readonly senderTimeoutMs: number
  readonly loadMs: number
  /** How long planned faults may come after the last acknowledgement. */
  readonly strikeMs: number
  open(round: R): Promise<W>
  /** Whether whatever was struck has been started again. */
  isBack(world: W, round: R): boolean
  /** Everything that must hold once all is quiet; resolves with how long that took to come. */
  look(world: W, round: R, seed: string): Promise<{ lagMs: number }>
  /** What Weir left when it ended. */
  lookAfterwards(world: W): Problem[]
}

export interface RoundResult {
  name: string
  /** Every fault struck while requests were in flight, and enough was acknowledged. */
  counts: boolean
  acknowledged: number
  /** Least number of requests in flight at a fault. */
  inFlight: number
  faults: number
  retries: number
  lives: number
  /** From the last acknowledgement until nothing was left to read. */
  lagMs: number
  ms: number
  problems: Problem[]
}

const LEAST_ACKNOWLEDGED = 2_000

/** One round: senders, faults, and then everything that must hold. Never rejects. */
export async function runRound<W extends World, R extends Round<W>>(
  mode: Mode<W, R>,
  round: R,
  seed: string,
): Promise<RoundResult> {
  const begun = systemClock.now()
  const result: RoundResult = {
    ...{ name: round.name, counts: false, acknowledged: 0, inFlight: 0, faults: 0 },
    ...{ retries: 0, lives: 0, lagMs: 0, ms: 0, problems: [] },
  }
  let world: W | undefined
  try {
    world = await mode.open(round)
    await underLoad(mode, world, round, seed)
    await allStruck(mode, world, round)
    count(world, round, result)
    result.lagMs = (await mode.look(world, round, seed)).lagMs
    await world.terminate()
    result.problems.push(...mode.lookAfterwards(world))
  } catch (error) {
    result.problems.push(failed(messageOf(error)))
  } finally {
    if (world) {
      result.problems.push(...world.problems)
      result.lives = world.lives
      await world.close().catch((error: unknown) => result.problems.push(failed(messageOf(error))))
    }
  }
  return { ...result, ms: systemClock.now() - begun }
}

/** Rounds of one seed and plan send the same bytes, and making them costs as much as sending them. */
const made = new Map<string, Request[]>()
const MOST_MADE = 8
const STARTED_MS = systemClock.now()

function deliveriesFor(plan: Plan): Request[] {
  const key = JSON.stringify(plan)
  const deliveries = made.get(key) ?? (plan.split ? splitDeliveriesOf(plan) : deliveriesOf(plan))
  if (made.size >= MOST_MADE) made.clear()
  made.set(key, deliveries)
  return deliveries
}

/** Gives the world its load and resolves when everything is acknowledged, or too late; false: it is not. */
export async function sendAll<W extends World, R extends Round<W>>(
  mode: Mode<W, R>,
  world: W,
  round: R,
  seed: string,
): Promise<boolean> {
  const { senders, interactions } = mode
  const deliveries = deliveriesFor({ seed, interactions, startMs: STARTED_MS, ...round.plan })
  const timeoutMs = round.senderTimeoutMs ?? mode.senderTimeoutMs
  world.load = new Load({ port: world.port, deliveries, senders, timeoutMs, seed })
  const { inTime, wrong } = await world.load.runWithin(mode.loadMs)
  world.problems.push(...wrong.map(failed))
  return inTime
}

async function underLoad<W extends World, R extends Round<W>>(
  mode: Mode<W, R>,
  world: W,
  round: R,
  seed: string,
): Promise<void> {
  const sent = sendAll(mode, world, round, seed)
  const striking = round.during?.(world) ?? Promise.resolve()
  striking.catch(() => {}) // awaited below
  if (await sent) await striking
}

/** A Weir that answers too early may have its faults still before it when the senders are done. */
async function allStruck<W extends World, R extends Round<W>>(mode: Mode<W, R>, world: W, round: R): Promise<void> {
  const { strikes = [] } = round
  const done = (): boolean => world.moments().length >= strikes.length && mode.isBack(world, round)
  for (let waited = 0; !done() && waited < mode.strikeMs; waited += 50) await systemClock.sleep(50)
  await world.settled()
}

function count<W extends World>(world: W, round: Round<W>, result: RoundResult): void {
  const inFlight = world.moments().map((moment) => world.load.inFlightAt(moment))
  result.acknowledged = world.load.acknowledged
  result.retries = world.load.retries
  result.faults = inFlight.length
  result.inFlight = inFlight.length > 0 ? Math.min(...inFlight) : 0
  const least = Math.min(LEAST_ACKNOWLEDGED, round.plan?.interactions ?? LEAST_ACKNOWLEDGED)
  const struck = result.faults >= (round.strikes?.length ?? 0)
  result.counts = result.acknowledged >= least && struck && (round.quiet === true || result.inFlight > 0)
}
