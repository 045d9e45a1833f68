import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { computeLedger } from '../../core/ledger.ts'
import { TOPICS, type Incoming } from '../../core/seam.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Finding } from '../../schemas/finding.ts'
import { batchOf, interaction, originAt, stored } from '../../test/support/interactions.ts'
import { deadLetters, dropDead, sealedDead, setReplayed } from './dead-letters.ts'
import { createDeadSink } from './dead-sink.ts'
import { createStoreClient, rowsOf, type StoreClient } from './client.ts'
import { startEmbeddedStore, type EmbeddedStore } from './embedded/index.ts'
import { openEpoch } from './epoch.ts'
import { createKeyStore } from './key-store.ts'
import { StoredIds } from './known-ids.ts'
import { assertSchema, migrate } from './migrate.ts'
import { createRecovery } from './recovery.ts'
import { createOutcomeSink } from './sink.ts'

const SCHEMA = { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 }
let directory: string
let store: EmbeddedStore
let client: StoreClient

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-sink-'))
  store = await startEmbeddedStore({ directory, port: 0 })
  client = createStoreClient({ url: store.url, ...store.writer, database: 'weir', requestTimeoutMs: 20_000 })
  await migrate(client, SCHEMA)
})

afterAll(async () => {
  await client?.close()
  await store?.close()
  await rm(directory, { recursive: true, force: true })
})

const sink = (leftOver = new Set<string>()) => createOutcomeSink({ client, clock: systemClock, leftOver })
const inPartition = (partition: number, offset: number): Origin => ({ ...originAt(offset, 6), partition })
const count = async (table: string, where: string): Promise<number> =>
  (await rowsOf<{ n: number }>(client, `SELECT toFloat64(count()) AS n FROM weir.${table} WHERE ${where}`))[0]!.n

describe('migrations', () => {
  it('are applied once and recognised', async () => {
    expect(await migrate(client, SCHEMA)).toEqual([])
    await assertSchema(client)
  })
})

describe('the outcome sink', () => {
  it('stores a batch once, however often it is written', async () => {
    const outcomes = [0, 1, 2].map((n) => stored(interaction(`once-${n}`), originAt(n, 1), n))
    const batch = batchOf(outcomes)
    await sink().write(batch)
    await sink().write(batch)
    await Promise.all([sink().write(batch), sink().write(batch)])
    for (const [table, rows] of [
      ['interactions', 3],
      ['findings', 3],
      ['originals', 2],
      ['ledger', 1],
    ] as const)
      expect(await count(table, table === 'ledger' ? 'epoch = 1' : 'origin_epoch = 1'), table).toBe(rows)
    const report = await computeLedger(client, { database: 'weir', days: 2, originalsDays: 2 })
    expect(report).toMatchObject({ balanced: true, totals: { stored: 3, findings: 3 } })
  })

  it('keeps every field as it was', async () => {
    const one = interaction('fields "quoted" \u{1F600} \u2028', {
      attributes: { 'a.b': 'x', n: 4, flag: true, ['__proto__']: 'own' },
      error: { type: 'timeout', message: 'line\nbreak' },
      usage: { input: 5_000_000_000 },
      startedAt: 10_000_000_000_000_000,
      timeImplausible: true,
    })
    await sink().write(batchOf([stored(one, originAt(0, 2))]))
    const [row] = await rowsOf<Record<string, unknown>>(
      client,
      'SELECT *, toFloat64(toUnixTimestamp64Micro(received_at)) AS received FROM weir.interactions WHERE id = {id:String}',
      { id: one.id },
    )
    expect(row).toMatchObject({
      error_message: 'line\nbreak',
      input_tokens: 4_294_967_295,
      output_tokens: null,
      time_implausible: true,
      attributes: { 'a.b': 'x', n: '4', flag: 'true' },
      source_ids: ['handbook'],
      received: one.arrival.receivedAt,
    })
    expect(JSON.parse(row!['input'] as string)).toEqual(one.input)
  })

  it('buries a row that the store will never take, and stores the ones beside it', async () => {
    const outcomes = Array.from({ length: 9 }, (_, n) => stored(interaction(`poison-${n}`), originAt(n, 3)))
    const poisoned = {
      ...outcomes[5]!,
      interaction: { ...outcomes[5]!.interaction, durationUs: 'no number' as unknown as number },
    }
    outcomes[5] = poisoned
    await sink().write(batchOf(outcomes))
    await sink().write(batchOf(outcomes))
    expect(await count('interactions', 'origin_epoch = 3')).toBe(8)
    const dead = await rowsOf<{ id: string; reason: string }>(
      client,
      'SELECT id, reason FROM weir.dead_letters WHERE origin_epoch = 3',
    )
    expect(dead).toEqual([{ id: poisoned.interaction.id, reason: 'row_refused_by_store' }])
    expect((await computeLedger(client, { database: 'weir', days: 2, originalsDays: 2 })).balanced).toBe(true)
  })

  it('does not repeat findings of a batch that was never finished', async () => {
    const one = interaction('unfinished')
    const first = stored(one, originAt(0, 4), 2)
    const halfWay = {
      ...client,
      insert: async (table: string, ...rest: [readonly string[], Buffer, string?]) => {
        if (table === 'interactions') throw new Error('killed')
        return client.insert(table, ...rest)
      },
    }
    await expect(
      createOutcomeSink({ client: halfWay, clock: systemClock, leftOver: new Set() }).write(batchOf([first])),
    ).rejects.toThrow('killed')
    const opening = await openEpoch(client, TOPICS.interactions, systemClock)
    expect(opening.epoch).toBe(5)
    await sink(opening.leftOver).write(batchOf([stored(one, originAt(0, opening.epoch), 2)]))
    expect(await count('findings', `interaction_id = '${one.id}'`)).toBe(2)
    expect(await count('originals', `interaction_id = '${one.id}'`)).toBe(1)
    expect((await computeLedger(client, { database: 'weir', days: 2, originalsDays: 2 })).balanced).toBe(true)
  })

  it('writes only the ledger when the rows of a replay are all there, and counts what was found at first', async () => {
    const outcomes = [0, 1].map((n) => stored(interaction(`replayed-${n}`), inPartition(1, n), 2))
    const batch = batchOf(outcomes)
    const noLedger = {
      ...client,
      insert: async (table: string, ...rest: [readonly string[], Buffer, string?]) => {
        if (table === 'ledger') throw new Error('killed')
        return client.insert(table, ...rest)
      },
    }
    const dying = createOutcomeSink({ client: noLedger, clock: systemClock, leftOver: new Set() })
    await expect(dying.write(batch)).rejects.toThrow('killed')
    // months later the token is forgotten, and another version of a detector finds less
    const again = outcomes.map((outcome) => ({ ...outcome, findings: outcome.findings.slice(1), again: true as const }))
    await sink().write({ ...batchOf(again), token: 'forgotten' })
    expect(await count('interactions', 'origin_epoch = 6 AND origin_partition = 1')).toBe(2)
    expect(await count('findings', 'origin_epoch = 6 AND origin_partition = 1')).toBe(4)
    expect((await computeLedger(client, { database: 'weir', days: 2, originalsDays: 2 })).balanced).toBe(true)
  })

  it('accounts for offsets that brought no record, and for letters that came by another way, once', async () => {
    const outcome = stored(interaction('beside dead ones'), inPartition(2, 3))
    const skipped = [
      { first: 0, last: 1, reason: 'dead' },
      { first: 2, last: 2, reason: 'empty' },
    ] as const
    await sink().write({ ...batchOf([outcome]), first: 0, skipped })
    const ledger = async () =>
      (await computeLedger(client, { database: 'weir', days: 2, originalsDays: 2 })).partitions.find(
        ({ epoch, partition }) => epoch === 6 && partition === 2,
      )!.problems
    expect(await ledger()).toEqual([{ kind: 'dead_letters', first: 0, last: 3, expected: 2, found: 0 }])
    const letters = [0, 1].map((n) => ({
      ...outcome.bury('unreadable'),
      origin: inPartition(2, n),
      id: `letter-${n}`,
      batch: 0,
    }))
    const dead = createDeadSink(client)
    await dead.write([letters[0]!, letters[0]!], 'one')
    await dead.write(letters, 'two')
    await dead.write(letters, 'three')
    expect(await ledger()).toEqual([])
  })

  it('is caught by the ledger when a row is gone, doubled, or a batch missing', async () => {
    const scope = { database: 'weir', days: 2, originalsDays: 2 }
    const outcomes = [0, 1].map((n) => stored(interaction(`gone-${n}`), originAt(n, 6)))
    await sink().write(batchOf(outcomes))
    await sink().write(batchOf([stored(interaction('after-gap'), originAt(5, 6))]))
    const gaps = (await computeLedger(client, scope)).partitions.find((p) => p.epoch === 6)!.problems
    expect(gaps).toEqual([{ kind: 'gap', first: 2, last: 4, expected: 3, found: 0 }])
    await sink().write(
      batchOf(
        [2, 3, 4].map((n) => ({ kind: 'duplicate', origin: originAt(n, 6), id: 'x', receivedAt: Date.now() * 1000 })),
      ),
    )
    expect((await computeLedger(client, scope)).balanced).toBe(true)
    await client.command(`DELETE FROM weir.interactions WHERE id = '${outcomes[1]!.interaction.id}'`)
    const report = await computeLedger(client, scope)
    expect(report.balanced).toBe(false)
    expect(report.partitions.find((p) => p.epoch === 6)!.problems[0]).toMatchObject({
      kind: 'interactions',
      first: 0,
      last: 1,
      expected: 2,
      found: 1,
    })
  })
})

describe('known ids', () => {
  it('says where a stored id came from, after a restart too, and nothing of others', async () => {
    const one = interaction('known')
    await sink().write(batchOf([stored(one, originAt(7, 7))]))
    const ids = new StoredIds({ client, clock: systemClock, windowHours: 24 })
    expect(await ids.lookup([one.id])).toEqual(new Map())
    expect(await ids.load()).toBeGreaterThan(0)
    const other = interaction('never stored').id
    expect(await ids.lookup([one.id, other])).toEqual(new Map([[one.id, { origin: originAt(7, 7), dead: false }]]))
  })

  it('knows dead letters too: their retry is a duplicate', async () => {
    const buried = stored(interaction('buried'), originAt(0, 10)).bury('row_refused_by_store')
    await sink().write(batchOf([buried]))
    const ids = new StoredIds({ client, clock: systemClock, windowHours: 24 })
    await ids.load()
    expect(await ids.lookup([buried.id])).toEqual(new Map([[buried.id, { origin: originAt(0, 10), dead: true }]]))

    await setReplayed(client, [buried.id])
    expect(await ids.lookup([buried.id])).toEqual(new Map())
    const [sealed] = await sealedDead(client, [buried.id])
    expect(sealed).toMatchObject({ state: 'replayed', envelope: buried.sealed.envelope })
    await dropDead(client, [buried.id])
    expect(await deadLetters(client, [buried.id])).toMatchObject([
      { id: buried.id, reason: 'row_refused_by_store', state: 'dropped', epoch: 10, offset: 0, bytes: 0 },
    ])
  })

  it('takes in what another copy stored of a partition once it is ours', async () => {
    const ids = new StoredIds({ client, clock: systemClock, windowHours: 24 })
    const [ours, theirs] = [3, 4].map((partition) => inPartition(partition, 0))
    await sink().write(batchOf([stored(interaction('ours'), ours!)]))
    await sink().write(batchOf([stored(interaction('theirs'), theirs!)]))
    await ids.assigned({ topic: TOPICS.interactions, partition: 3 })
    const found = await ids.lookup([interaction('ours').id, interaction('theirs').id])
    expect([...found.values()]).toEqual([{ origin: ours, dead: false }])
  })

  it('asks the store for everything once memory made it forget', async () => {
    const one = interaction('known')
    let dropped = 0
    const ids = new StoredIds({
      client,
      clock: systemClock,
      windowHours: 24,
      maxFilterBytes: 1,
      onFilterDropped: () => dropped++,
    })
    ids.add(Array.from({ length: 140_000 }, (_, n) => interaction(`filler-${n}`).id))
    expect(dropped).toBeGreaterThan(0)
    expect((await ids.lookup([one.id])).size).toBe(1)
  })
})

describe('recovery', () => {
  it('reads findings and signals again as they were handed over', async () => {
    const recovery = createRecovery(client, systemClock)
    const outcome = stored(interaction('recovered'), originAt(3, 8), 2)
    await sink().write(batchOf([outcome]))
    const after = { epoch: 8, offset: 2 }
    const findings = (await recovery.readAfter(TOPICS.findings, after)) as Incoming<Finding>[]
    expect(findings.map((f) => f.value).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      [...outcome.findings].sort((a, b) => (a.id < b.id ? -1 : 1)),
    )
    const [signal] = await recovery.readAfter(TOPICS.signals, after)
    expect(signal!.value).toEqual(outcome.signal)
    expect(await recovery.readAfter(TOPICS.signals, { epoch: 8, offset: 3 })).toEqual([])
  })

  it('keeps the greatest position', async () => {
    const recovery = createRecovery(client, systemClock)
    expect(await recovery.load(TOPICS.findings, 'test')).toBeUndefined()
    for (const position of [
      { epoch: 1, offset: 9 },
      { epoch: 2, offset: 0 },
      { epoch: 1, offset: 12 },
    ])
      await recovery.save(TOPICS.findings, 'test', position)
    expect(await recovery.load(TOPICS.findings, 'test')).toEqual({ epoch: 2, offset: 0 })
  })
})

describe('the key store', () => {
  it('gives back what it was given', async () => {
    const keys = createKeyStore(client, systemClock)
    const key = {
      keyId: 'k-1',
      tenant: 'default',
      day: '2026-01-02',
      masterKeyId: 'm',
      wrapped: Buffer.from([1, 2, 3]),
    }
    await keys.save(key)
    await keys.save(key)
    expect(await keys.load('k-1')).toEqual(key)
    expect(await keys.load('k-2')).toBeUndefined()
  })
})

describe('the start after a crash', () => {
  it('accounts for what a dead process stored of a batch, once, and still knows what it left', async () => {
    const scope = { database: 'weir', days: 2, originalsDays: 2 }
    const outcomes = [0, 1, 2].map((n) => stored(interaction(`tail-${n}`), originAt(n, 9), 1))
    const duplicate = { kind: 'duplicate', origin: originAt(1, 9), id: 'x', receivedAt: Date.now() * 1000 } as const
    const dying = {
      ...client,
      insert: async (table: string, ...rest: [readonly string[], Buffer, string?]) => {
        if (table === 'ledger') throw new Error('killed')
        return client.insert(table, ...rest)
      },
    }
    const batch = batchOf([outcomes[0]!, duplicate, outcomes[2]!])
    await expect(
      createOutcomeSink({ client: dying, clock: systemClock, leftOver: new Set() }).write(batch),
    ).rejects.toThrow('killed')
    for (let start = 0; start < 2; start++) {
      const { leftOver } = await openEpoch(client, TOPICS.interactions, systemClock)
      expect(leftOver).toContain(outcomes[2]!.findings[0]!.id)
      const partition = (await computeLedger(client, scope)).partitions.find((p) => p.epoch === 9)!
      expect(partition).toMatchObject({ batches: 1, stored: 2, last: 2, openRows: 0, problems: [] })
    }
    await client.command(`DELETE FROM weir.interactions WHERE id = '${outcomes[2]!.interaction.id}'`)
    const { problems } = (await computeLedger(client, scope)).partitions.find((p) => p.epoch === 9)!
    expect(problems).toMatchObject([{ kind: 'interactions', expected: 2, found: 1 }])
  })
})

describe('times', () => {
  it('stores a call whatever its sender’s clock says', async () => {
    const times = [-5, 0, 1, 99_999_999_000_000, 100_000_000_000_000, 1_700_000_000_123_456, 9_000_000_000_000_000]
    const outcomes = times.map((startedAt, n) => stored(interaction(`clock-${n}`, { startedAt }), originAt(n, 40)))
    await sink().write(batchOf(outcomes))
    const rows = await rowsOf<{ at: number }>(
      client,
      'SELECT toFloat64(toUnixTimestamp64Micro(started_at)) AS at FROM weir.interactions WHERE origin_epoch = 40 ORDER BY origin_offset',
    )
    expect(rows.map(({ at }) => at)).toEqual([0, 0, ...times.slice(2, 6), 8_000_000_000_000_000])
  })
})

describe('retention', () => {
  it('is brought to what the configuration says, also for what is stored already', async () => {
    await sink().write(batchOf([stored(interaction('kept'), originAt(0, 41))]))
    await migrate(client, { ...SCHEMA, retentionDays: 12 })
    const [table] = await rowsOf<{ engine_full: string }>(
      client,
      "SELECT engine_full FROM system.tables WHERE name = 'findings'",
    )
    expect(table!.engine_full).toContain('toIntervalDay(12)')
    const kept = async (): Promise<number> =>
      (
        await rowsOf<{ days: number }>(
          client,
          "SELECT dateDiff('day', min(min_date), max(toDate(delete_ttl_info_max))) AS days FROM system.parts WHERE table = 'interactions' AND active",
        )
      )[0]!.days
    for (let tries = 0; tries < 100 && (await kept()) !== 12; tries++) await systemClock.sleep(50)
    expect(await kept()).toBe(12)
    await migrate(client, SCHEMA)
  })
})
