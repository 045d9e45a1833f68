import { rowsOf } from '../../../sinks/clickhouse/client.ts'
import { checkHanded, checkLedger, checkRollups, checkRows, failed, type Problem } from '../checks.ts'
import { checkJoined } from '../joined.ts'
import { hitsIn, searchMetrics, searchTables } from '../plaintext.ts'
import { sendAll, type Mode, type Round } from '../round.ts'
import { drained } from './drain.ts'
import { DistributedWorld, SPANS_TOPIC, type DistributedOptions, type DistributedStrike } from './world.ts'

export interface DistributedRound extends Round<DistributedWorld>, DistributedOptions {
  strikes?: readonly DistributedStrike[]
  /** Once all is read: what is done then, before as much is sent again. */
  between?: (world: DistributedWorld) => Promise<void>
}

/** The stated time in which lag is back at zero. */
const LAG_MS = 60_000

/** `weir run`: the stages as processes of their own, on a real Kafka. */
export const DISTRIBUTED: Mode<DistributedWorld, DistributedRound> = {
  senders: 8,
  interactions: 2_100,
  senderTimeoutMs: 6_000,
  loadMs: 180_000,
  strikeMs: 15_000,
  open: (round) => DistributedWorld.open(round),
  isBack: () => true,
  look,
  lookAfterwards: (world) => world.logs.flatMap((log) => hitsIn('a log', Buffer.from(log()))),
}

async function look(world: DistributedWorld, round: DistributedRound, seed: string): Promise<{ lagMs: number }> {
  const { client } = world.all
  const { problems } = world
  let lagMs = await noLag(world)
  if (round.between) {
    await round.between(world)
    await sendAgain(world, round, `${seed} again`)
    lagMs = Math.max(lagMs, await noLag(world))
  }
  problems.push(...(await checkRows(client, world.load)))
  problems.push(...(await checkJoined(client, world.load)))
  problems.push(...(await checkKeys(world)))
  problems.push(...(await checkRollups(client)))
  problems.push(...(await checkLedger(client, world.load)))
  problems.push(...(await checkHanded(client, world.handedFile)))
  problems.push(...(await searchTables(client)).problems)
  problems.push(...(await searchTopics(world)))
  await world.settled()
  for (const name of world.names()) problems.push(...(await searchMetrics(world.copy(name).telemetry)))
  return { lagMs }
}

/** What was sent before counts as sent by this load too: the store holds both. */
async function sendAgain(world: DistributedWorld, round: DistributedRound, seed: string): Promise<void> {
  const first = world.load
  await sendAll(DISTRIBUTED, world, round, seed)
  for (const [span, sent] of first.sent) world.load.sent.set(span, sent)
}

async function noLag(world: DistributedWorld): Promise<number> {
  const { ms, left } = await drained(world, LAG_MS)
  if (left !== undefined) world.problems.push(failed(`lag is not back at zero after ${ms} ms: ${left}`))
  return ms
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
    if (topic === SPANS_TOPIC) continue // the Collector writes it, in clear
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
