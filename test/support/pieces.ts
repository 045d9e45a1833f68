import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import type { Finding } from '../../schemas/finding.ts'
import type { Interaction, Message } from '../../schemas/interaction.ts'
import { batchOf, interaction, originAt, stored } from './interactions.ts'
import { createStoreClient, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { startEmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import { migrate } from '../../sinks/clickhouse/migrate.ts'
import { createOutcomeSink } from '../../sinks/clickhouse/sink.ts'

/* A store of one test file, and spans and log records of the same calls to keep in it. */

export interface PiecesStore {
  readonly client: StoreClient
  /** Stores them in this order, so many to a batch. */
  keep(arrivals: readonly Interaction[], batchSize?: number, findings?: readonly Finding[]): Promise<void>
  close(): Promise<void>
}

export async function openPiecesStore(): Promise<PiecesStore> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-pieces-'))
  const store = await startEmbeddedStore({ directory, port: 0 })
  const client = createStoreClient({ url: store.url, ...store.writer, database: 'weir', requestTimeoutMs: 20_000 })
  await migrate(client, { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 })
  let epoch = 0
  return {
    client,
    async keep(arrivals, batchSize = 1, findings = []) {
      const sink = createOutcomeSink({ client, clock: systemClock, leftOver: new Set() })
      epoch++
      for (let at = 0; at < arrivals.length; at += batchSize) {
        const batch = arrivals.slice(at, at + batchSize).map((one, n) => {
          const origin = originAt(at + n, epoch)
          const own = findings.filter(({ interactionId }) => interactionId === one.id)
          return { ...stored(one, origin), findings: own.map((each) => ({ ...each, origin })) }
        })
        await sink.write(batchOf(batch))
      }
    },
    async close() {
      await client.close()
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

let seeds = 0
const DAY_US = 86_400_000_000
export const NOON_US: number = Math.floor(systemClock.now() / 86_400_000) * DAY_US + DAY_US / 2
export const tenantOf = (name: string): string => `${name}-${seeds++}`

export const said = (role: string, content: string): Message => ({ role, parts: [{ type: 'text', content }] })
const SILENT: Partial<Interaction> = {
  ...{ system: [], input: [], output: [], sources: [], usage: {}, finishReasons: [], actor: {} },
  capture: { input: 'absent', output: 'absent', reason: 'no text was sent: line' },
}

export interface Over extends Partial<Interaction> {
  /** Days after today on which it is received. */
  days?: number
}

export function recordOf(
  kind: 'span' | 'log',
  tenant: string,
  spanId: string,
  { days = 0, ...over }: Over,
): Interaction {
  const receivedAt = NOON_US + days * DAY_US
  return interaction(`record ${seeds++}`, {
    ...SILENT,
    ...{ kind, tenant, traceId: 'trace-1', spanId, startedAt: NOON_US, attributes: {} },
    arrival: { dialect: 'otel-genai-1.36', collector: 'otlp', receivedAt },
    ...(kind === 'log' && { durationUs: 0, release: { provider: 'openai' } }),
    ...over,
  })
}

export const spanOf = (tenant: string, spanId: string, over: Over = {}): Interaction =>
  recordOf('span', tenant, spanId, { usage: { input: 12, output: 34 }, ...over })

export const asked = (tenant: string, spanId: string, content: string, over: Over = {}): Interaction =>
  recordOf('log', tenant, spanId, {
    ...{ name: 'gen_ai.user.message', input: [said('user', content)], capture: { input: 'full', output: 'absent' } },
    ...over,
  })

export const answered = (tenant: string, spanId: string, content: string, over: Over = {}): Interaction =>
  recordOf('log', tenant, spanId, {
    ...{ name: 'gen_ai.choice', output: [said('assistant', content)], capture: { input: 'absent', output: 'full' } },
    ...{ startedAt: NOON_US + 1_000, finishReasons: ['stop'] },
    ...over,
  })
