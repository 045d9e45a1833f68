import { systemClock } from '../../../core/clock.ts'
import { messageOf } from '../../../core/errors.ts'
import { rowsOf } from '../../../sinks/clickhouse/client.ts'
import { checkHanded, checkLedger, checkRollups, checkRows, type Problem } from '../checks.ts'
import { hitsIn, searchMetrics, searchTables } from '../plaintext.ts'
import type { RoundResult } from '../round.ts'
import { Load } from '../senders.ts'
import { deliveriesOf, type Plan } from '../workload.ts'
import { failed } from '../world.ts'
import { DistributedWorld, type DistributedOptions } from './world.ts'

export interface DistributedScenario extends DistributedOptions {
  name: string
  plan?: Partial<Plan>
  /** A sender hears nothing for so long and sends again. */
  senderTimeoutMs?: number
  /** Faults made from outside, while the senders send. */
  during?: (world: DistributedWorld) => Promise<void>
  /** Once all is read: what is done then, before as much is sent again. */
  between?: (world: DistributedWorld) => Promise<void>
  /** Nothing goes wrong in this one. */
  quiet?: boolean
}

export interface DistributedResult extends RoundResult {
  /** From the last acknowledgement until every group had read everything. */
  lagMs: number
}

const SENDERS = 8
const INTERACTIONS = 2_100
const LEAST_ACKNOWLEDGED = 2_000
const SENDER_TIMEOUT_MS = 6_000
const LOAD_MS = 180_000
/** The stated time in which lag is back at zero. */
const LAG_MS = 60_000
const STRIKE_MS = 15_000
const STARTED_MS = systemClock.now()

/** One round: senders, faults, and then everything that must hold. Never rejects. */
export async function runDistributedRound(scenario: DistributedScenario, seed: string): Promise<DistributedResult> {
  const begun = systemClock.now()
  const result: DistributedResult = {
    ...{ name: scenario.name, counts: false, acknowledged: 0, inFlight: 0, faults: 0 },
    ...{ retries: 0, lives: 0, ms: 0, lagMs: 0, problems: [] },
  }
  let world: DistributedWorld | undefined
  try {
    world = await DistributedWorld.open(scenario)
    await underLoad(world, scenario, seed)
    await allStruck(world, scenario)
    result.counts = countsFor(world, scenario, result)
    result.lagMs = await noLag(world)
    if (scenario.between) {
      await scenario.between(world)
      await sentAgain(world, scenario, `${seed} again`)
      result.lagMs = Math.max(result.lagMs, await noLag(world))
    }
    await look(world, result.problems)
    await world.terminate()
    for (const log of world.logs) result.problems.push(...hitsIn('a log', Buffer.from(log())))
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

function loadFor(world: DistributedWorld, scenario: DistributedScenario, seed: string): Load {
  const deliveries = deliveriesOf({ seed, interactions: INTERACTIONS, startMs: STARTED_MS, ...scenario.plan })
  const { senderTimeoutMs: timeoutMs = SENDER_TIMEOUT_MS } = scenario
  return new Load({ port: world.front.port, deliveries, senders: SENDERS, timeoutMs, seed })
}

async function underLoad(world: DistributedWorld, scenario: DistributedScenario, seed: string): Promise<void> {
  world.load = loadFor(world, scenario, seed)
  const striking = scenario.during?.(world) ?? Promise.resolve()
  striking.catch(() => {}) // awaited below
  if (await allSent(world, world.load)) await striking
}

async function allSent(world: DistributedWorld, load: Load): Promise<boolean> {
  const { inTime, wrong } = await load.runWithin(LOAD_MS)
  world.problems.push(...wrong.map(failed))
  return inTime
}

/** What was sent before counts as sent by this load too: the store holds both. */
async function sentAgain(world: DistributedWorld, scenario: DistributedScenario, seed: string): Promise<void> {
  const first = world.load
  world.load = loadFor(world, scenario, seed)
  await allSent(world, world.load)
  for (const [span, sent] of first.sent) world.load.sent.set(span, sent)
}

async function allStruck(world: DistributedWorld, { strikes = [] }: DistributedScenario): Promise<void> {
  const done = (): boolean => world.moments().length >= strikes.length
  for (let waited = 0; !done() && waited < STRIKE_MS; waited += 50) await systemClock.sleep(50)
  await world.settled()
}

function countsFor(world: DistributedWorld, scenario: DistributedScenario, result: DistributedResult): boolean {
  const inFlight = world.moments().map((moment) => world.load.inFlightAt(moment))
  result.acknowledged = world.load.acknowledged
  result.retries = world.load.retries
  result.faults = inFlight.length
  result.inFlight = inFlight.length > 0 ? Math.min(...inFlight) : 0
  const least = Math.min(LEAST_ACKNOWLEDGED, scenario.plan?.interactions ?? LEAST_ACKNOWLEDGED)
  const struck = result.faults >= (scenario.strikes?.length ?? 0)
  return result.acknowledged >= least && struck && (scenario.quiet === true || result.inFlight > 0)
}

async function noLag(world: DistributedWorld): Promise<number> {
  const { ms, drained, lags } = await world.drained(LAG_MS)
  const behind = lags.filter(({ lag, pending }) => lag > 0 || pending)
  if (!drained) world.problems.push(failed(`lag is not back at zero after ${ms} ms: ${JSON.stringify(behind)}`))
  return ms
}

async function look(world: DistributedWorld, problems: Problem[]): Promise<void> {
  const { client } = world.all
  problems.push(...(await checkRows(client, world.load)))
  problems.push(...(await checkKeys(world)))
  problems.push(...(await checkRollups(client)))
  problems.push(...(await checkLedger(client, world.load)))
  problems.push(...(await checkHanded(client, world.handedFile)))
  problems.push(...(await searchTables(client)).problems)
  problems.push(...(await searchTopics(world)))
  await world.settled()
  for (const name of world.names()) problems.push(...(await searchMetrics(world.copy(name).telemetry)))
}

/** Sealed rows whose data key does not stand in `weir.keys` can never be opened again. */
async function checkKeys(world: DistributedWorld): Promise<Problem[]> {
  const { client, kafka } = world.all
  const records = await kafka.dump('weir.keys')
  const names = new Set(records.filter(({ value }) => value !== null).map(({ key }) => key?.toString()))
  const rows = await rowsOf<{ key: string; rows: number }>(
    client,
    `SELECT key_id AS key, toFloat64(count()) AS rows
     FROM (SELECT key_id FROM ${client.database}.originals UNION ALL SELECT key_id FROM ${client.database}.dead_letters)
     GROUP BY key_id`,
  )
  return rows
    .filter(({ key }) => !names.has(`key/${key}`))
    .map(({ key, rows: count }) => ({
      kind: 'lost',
      text: `${count} sealed rows need the data key ${key}, which is not in weir.keys`,
    }))
}

/** Every record of every topic, decompressed, as it lies on the brokers' disks. */
async function searchTopics(world: DistributedWorld): Promise<Problem[]> {
  const { kafka } = world.all
  const problems: Problem[] = []
  const counts = new Map<string, number>()
  for (const topic of await kafka.topics()) {
    const records = await kafka.dump(topic)
    counts.set(topic, records.length)
    for (const { key, value, headers } of records)
      for (const part of [key, value, ...headers.flat()])
        if (part !== null) problems.push(...hitsIn(`topic ${topic}`, Buffer.from(part)))
  }
  if ((counts.get('weir.interactions') ?? 0) === 0)
    problems.push(failed('no record of weir.interactions was looked at'))
  return problems
}
