import { join } from 'node:path'
import { systemClock } from '../../../core/clock.ts'
import type { StoreClient } from '../../../sinks/clickhouse/client.ts'
import { checkHanded, checkKeys, checkLedger, checkRollups, checkRows, type Problem } from '../checks.ts'
import { checkJoined } from '../joined.ts'
import { searchFiles, searchMetrics, searchTables } from '../plaintext.ts'
import type { Mode, Round } from '../round.ts'
import { EmbeddedWorld, type EmbeddedOptions } from './world.ts'

export interface EmbeddedRound extends Round<EmbeddedWorld>, EmbeddedOptions {
  /** Done to the store by hand, once all is quiet and before it is looked at. */
  tamper?: (client: StoreClient) => Promise<void>
}

const HANDED_MS = 60_000

/** `weir up`: one process with its store. */
export const EMBEDDED: Mode<EmbeddedWorld, EmbeddedRound> = {
  senders: 16,
  interactions: 2_150,
  senderTimeoutMs: 1_500,
  loadMs: 240_000,
  strikeMs: 10_000,
  open: (round) => EmbeddedWorld.open(round),
  isBack: (world, { strikes = [] }) =>
    world.lives >= Math.max(1, ...strikes.filter(({ target }) => target === 'self').map(({ life }) => life + 2)),
  look,
  lookAfterwards: (world) => searchFiles(join(world.directory, 'logs')),
}

async function look(world: EmbeddedWorld, { tamper }: EmbeddedRound): Promise<{ lagMs: number }> {
  const { problems } = world
  const client = world.client()
  try {
    const { missing, lagMs } = await handedWithin(client, world.handedFile)
    problems.push(...missing)
    await tamper?.(client)
    problems.push(...(await checkRows(client, world.load)))
    problems.push(...(await checkJoined(client, world.load)))
    problems.push(...(await checkKeys(client)))
    problems.push(...(await checkRollups(client)))
    problems.push(...(await checkLedger(client, world.load)))
    problems.push(...(await searchTables(client)).problems)
    problems.push(...searchFiles(world.dataDirectory))
    problems.push(...(await searchMetrics(world.weir!.telemetry)))
    return { lagMs }
  } finally {
    await client.close()
  }
}

/** The hand-over may lag behind the acknowledgement, but not for ever. */
async function handedWithin(client: StoreClient, handedFile: string): Promise<{ missing: Problem[]; lagMs: number }> {
  const begun = systemClock.now()
  for (;;) {
    const missing = await checkHanded(client, handedFile)
    const lagMs = systemClock.now() - begun
    if (missing.length === 0 || lagMs >= HANDED_MS) return { missing, lagMs }
    await systemClock.sleep(250)
  }
}
