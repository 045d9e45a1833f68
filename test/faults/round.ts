import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { StoreClient } from '../../sinks/clickhouse/client.ts'
import { checkHanded, checkKeys, checkLedger, checkRollups, checkRows, type Problem } from './checks.ts'
import { searchFiles, searchMetrics, searchTables } from './plaintext.ts'
import { Load } from './senders.ts'
import { deliveriesOf, type Plan, type Request } from './workload.ts'
import { failed, World, type WorldOptions } from './world.ts'

export interface Scenario extends WorldOptions {
  name: string
  plan?: Partial<Plan>
  /** Faults made from outside, while the senders send. */
  during?: (world: World) => Promise<void>
  /** Done to the store by hand, once all is quiet and before it is looked at. */
  tamper?: (client: StoreClient) => Promise<void>
  /** Nothing goes wrong in this one. */
  quiet?: boolean
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
  ms: number
  problems: Problem[]
}

const SENDERS = 16
const INTERACTIONS = 2_150
const LEAST_ACKNOWLEDGED = 2_000
const SENDER_TIMEOUT_MS = 1_500
const LOAD_MS = 240_000
const HANDED_MS = 60_000
const STRIKE_MS = 10_000

/** One round: senders, faults, and then everything that must hold. Never rejects. */
export async function runRound(scenario: Scenario, seed: string): Promise<RoundResult> {
  const begun = systemClock.now()
  const result: RoundResult = {
    ...{ name: scenario.name, counts: false, acknowledged: 0, inFlight: 0, faults: 0 },
    ...{ retries: 0, lives: 0, ms: 0, problems: [] },
  }
  let world: World | undefined
  try {
    world = await World.open(scenario)
    await underLoad(world, scenario, seed)
    await allStruck(world, scenario)
    result.counts = countsFor(world, scenario, result)
    result.problems.push(...(await look(world, scenario)))
    await world.terminate()
    result.problems.push(...searchFiles(join(world.directory, 'logs')))
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

function countsFor(world: World, scenario: Scenario, result: RoundResult): boolean {
  const inFlight = world.moments().map((moment) => world.load.inFlightAt(moment))
  result.acknowledged = world.load.acknowledged
  result.retries = world.load.retries
  result.faults = inFlight.length
  result.inFlight = inFlight.length > 0 ? Math.min(...inFlight) : 0
  const least = Math.min(LEAST_ACKNOWLEDGED, scenario.plan?.interactions ?? LEAST_ACKNOWLEDGED)
  const struck = result.faults >= (scenario.faults?.length ?? 0)
  return result.acknowledged >= least && struck && (scenario.quiet === true || result.inFlight > 0)
}

/** Rounds of one seed and plan send the same bytes, and making them costs as much as sending them. */
const made = new Map<string, Request[]>()
const MOST_MADE = 8
const STARTED_MS = systemClock.now()

function deliveriesFor(plan: Plan): Request[] {
  const key = JSON.stringify(plan)
  const deliveries = made.get(key) ?? deliveriesOf(plan)
  if (made.size >= MOST_MADE) made.clear()
  made.set(key, deliveries)
  return deliveries
}

async function underLoad(world: World, scenario: Scenario, seed: string): Promise<void> {
  const deliveries = deliveriesFor({ seed, interactions: INTERACTIONS, startMs: STARTED_MS, ...scenario.plan })
  world.load = new Load({ port: world.port, deliveries, senders: SENDERS, timeoutMs: SENDER_TIMEOUT_MS, seed })
  const striking = scenario.during?.(world) ?? Promise.resolve()
  striking.catch(() => {}) // awaited below
  const { inTime, wrong } = await world.load.runWithin(LOAD_MS)
  world.problems.push(...wrong.map(failed))
  if (inTime) await striking
}

/** A Weir that answers too early may have its faults still before it when the senders are done. */
async function allStruck(world: World, { faults = [] }: Scenario): Promise<void> {
  const lives = Math.max(1, ...faults.filter(({ target }) => target === 'weir').map(({ life }) => life + 2))
  const done = (): boolean => world.moments().length >= faults.length && world.lives >= lives
  for (let waited = 0; !done() && waited < STRIKE_MS; waited += 50) await systemClock.sleep(50)
}

async function look(world: World, scenario: Scenario): Promise<Problem[]> {
  await world.settled()
  const client = world.client()
  try {
    const problems = await handedWithin(client, world.handedFile)
    await scenario.tamper?.(client)
    problems.push(...(await checkRows(client, world.load)))
    problems.push(...(await checkKeys(client)))
    problems.push(...(await checkRollups(client)))
    problems.push(...(await checkLedger(client, world.load)))
    problems.push(...(await searchTables(client)).problems)
    problems.push(...searchFiles(world.dataDirectory))
    problems.push(...(await searchMetrics(world.weir!.telemetry)))
    return problems
  } finally {
    await client.close()
  }
}

/** The hand-over may lag behind the acknowledgement, but not for ever. */
async function handedWithin(client: StoreClient, handedFile: string): Promise<Problem[]> {
  for (let waited = 0; ; waited += 250) {
    const missing = await checkHanded(client, handedFile)
    if (missing.length === 0 || waited >= HANDED_MS) return missing
    await systemClock.sleep(250)
  }
}
