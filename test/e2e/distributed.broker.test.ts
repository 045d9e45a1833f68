import { hash } from 'node:crypto'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKafka } from '../../cli/running/streams/kafka.ts'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { loadConfig } from '../../core/config/index.ts'
import { silentLogger } from '../../core/log.ts'
import { dayOf, loadMasterKeys, seal } from '../../core/sealing/index.ts'
import { createTelemetry } from '../../core/telemetry/index.ts'
import { createDeadSink } from '../../sinks/clickhouse/dead-sink.ts'
import { interaction } from '../support/interactions.ts'
import { TOPICS } from '../../core/seam.ts'
import type { Lag } from '../../core/streams/kafka/index.ts'
import { createStoreClient, rowsOf, type StoreClient } from '../../sinks/clickhouse/client.ts'
import type { DeadLetterRow } from '../../sinks/clickhouse/dead-letters.ts'
import { checkLedger, checkRollups, checkRows } from '../faults/checks.ts'
import { hitsIn, searchTables } from '../faults/plaintext.ts'
import { Load } from '../faults/senders.ts'
import { deliveriesOf, type Request } from '../faults/workload.ts'
import { Distributed, MASTER_KEY, type Copy } from '../support/distributed.ts'
import { kafkaAvailable } from '../support/kafka/index.ts'
import { WeirHome } from '../support/weir.ts'
import { until } from '../support/until.ts'

const TOOLS = { logger: silentLogger, clock: systemClock }
const INTERACTIONS = 1_200
const SEED = 'distributed'

/** What differs by the way a row came: where from, when, and by which batch. */
const OF_THE_WAY = 'origin_topic, origin_epoch, origin_partition, origin_offset, origin_batch, received_at, day'

describe.skipIf(!kafkaAvailable().ok)('weir run: the stages as processes, on Kafka', () => {
  let all: Distributed
  let collect: Copy
  let deliveries: Request[]

  beforeAll(async () => {
    deliveries = deliveriesOf({ seed: SEED, interactions: INTERACTIONS, startMs: systemClock.now(), tokenised: true })
    all = await Distributed.open()
    collect = await all.run('collect')
  }, 200_000)
  afterAll(() => all?.close(), 60_000)

  const load = (): Load =>
    new Load({ port: Number(new URL(collect.otlp).port), deliveries, senders: 8, timeoutMs: 20_000, seed: SEED })

  const stored = async (): Promise<number> =>
    (
      await rowsOf<{ rows: number }>(
        all.client,
        `SELECT toFloat64(count()) AS rows FROM ${all.client.database}.interactions`,
      )
    )[0]!.rows

  const soon = (what: string, holds: () => Promise<boolean>, copies: readonly Copy[]): Promise<void> =>
    until(what, holds, 60_000, () => copies.map(({ log }) => log().slice(-2_000)).join('\n'))

  it('stores everything once, with copies of detect killed and partitions moving meanwhile', async () => {
    const sending = load()
    const [first, second, others] = await Promise.all([
      all.run('detect'),
      all.run('detect'),
      all.run('watch', 'respond'),
    ])
    const done = sending.run(AbortSignal.timeout(60_000))
    await sending.reached(INTERACTIONS / 3)
    await first.end('SIGKILL')
    const third = await all.run('detect')
    await done
    expect(sending.refused).toEqual([])
    expect(sending.acknowledged).toBe(INTERACTIONS)
    await soon('everything is stored', async () => (await stored()) >= INTERACTIONS, [second, third, others])
    await Promise.all([second, third].map((copy) => copy.end('SIGTERM')))
    expect(await checkRows(all.client, sending)).toEqual([])
    expect(await checkRollups(all.client)).toEqual([])
    expect(await checkLedger(all.client, sending)).toEqual([])
  }, 150_000)

  it('knows a retry of what another copy stored', async () => {
    const copy = await all.run('detect')
    const again = load()
    await again.run(AbortSignal.timeout(60_000))
    const { database } = all.client
    const duplicates = async (): Promise<number> =>
      (
        await rowsOf<{ n: number }>(
          all.client,
          `SELECT toFloat64(sum(length(duplicates))) AS n FROM ${database}.ledger`,
        )
      )[0]!.n
    await soon('every retry is a duplicate', async () => (await duplicates()) >= INTERACTIONS, [copy])
    expect(await stored()).toBe(INTERACTIONS)
    expect(await checkLedger(all.client, again)).toEqual([])
  }, 150_000)

  it('says how far every group is, and what is wrong with topics', async () => {
    const config = await all.configure('operator')
    const status = await all.command(['status', '--json', '--config', config])
    expect(status.code).toBe(0)
    const { streams, ledger } = JSON.parse(status.log) as { streams: Lag[]; ledger: { balanced: boolean } }
    expect(ledger.balanced).toBe(true)
    const read = streams.filter(({ topic }) => topic === TOPICS.interactions)
    expect(read).toHaveLength(4)
    expect(read.every(({ lag, pending }) => lag === 0 && !pending)).toBe(true)
    expect((await all.command(['check', '--topics', '--config', config])).code).toBe(0)
    expect((await all.command(['query', 'SELECT count() FROM interactions', '--config', config])).log).toContain('1200')
  })

  it('keeps what is not ours as a dead letter, to be looked at and dropped', async () => {
    const config = await all.configure('operator')
    const copy = await all.run('detect')
    const producer = new kafkajs.Kafka({ brokers: all.kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING }).producer()
    await producer.connect()
    const messages = Array.from({ length: 20 }, (_, n) => ({ key: String(n), value: `nothing of ours ${n}` }))
    await producer.send({ topic: TOPICS.interactions, messages })
    await producer.disconnect()
    const again = load()
    await again.run(AbortSignal.timeout(60_000))
    const listed = async (): Promise<DeadLetterRow[]> =>
      (await all.command(['dead', 'list', '--json', '--config', config])).log
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as DeadLetterRow)
    await soon('all foreign records are dead letters', async () => (await listed()).length === 20, [copy])
    const [letter] = await listed()
    expect(letter).toMatchObject({ topic: 'weir.interactions', reason: 'not_ours', state: 'kept' })
    const refused = await all.command(['dead', 'replay', letter!.id, '--config', config])
    expect(refused).toMatchObject({ code: 2, log: expect.stringContaining('would die again (not_ours)') as string })
    expect((await all.command(['dead', 'drop', letter!.id, '--config', config])).code).toBe(0)
    expect((await listed()).filter(({ state }) => state === 'dropped')).toHaveLength(1)
    await copy.end('SIGTERM')
    expect(await checkLedger(all.client, again)).toEqual([])
  }, 150_000)

  it('sends a dead letter again, and detect takes it as new', async () => {
    const file = await all.configure('operator')
    const { config } = await loadConfig({ path: file, env: {} })
    const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger: silentLogger })
    const telemetry = createTelemetry({ ...config.telemetry, enabled: false }, { ...TOOLS, version: 'test' })
    const open = await openKafka(config, { masterKeys, telemetry, logger: silentLogger, client: undefined })
    const one = interaction('came to life again')
    const key = await open.keys.forDay(one.tenant, dayOf(systemClock.now()))
    const sealed = seal(key, one.id, 'dead', Buffer.from(JSON.stringify(one)), systemRandom)
    await open.close()
    const origin = { topic: 'weir.elsewhere', epoch: 1, partition: 0, offset: 0 }
    const { id, tenant } = one
    const letter = {
      ...({ kind: 'dead', id, tenant, origin, sealed } as const),
      batch: 0,
      receivedAt: one.arrival.receivedAt,
    }
    await createDeadSink(all.client).write([{ ...letter, reason: 'examine_failed' }], 'by hand')

    const copy = await all.run('detect')
    const replayed = await all.command(['dead', 'replay', id, '--config', file])
    expect(replayed).toMatchObject({ code: 0 })
    await soon('it is stored', async () => (await stored()) === INTERACTIONS + 1, [copy])
    await copy.end('SIGTERM')
    const shown = await all.command(['dead', 'show', id, '--json', '--config', file])
    expect(shown.log).toContain('"state":"replayed"')
    await all.client.command(`DELETE FROM ${all.client.database}.interactions WHERE id = {id:String}`, { id })
  }, 100_000)

  it('leaves no plaintext in any topic or table', async () => {
    const topics = await all.kafka.topics()
    expect(topics).toContain('weir.interactions')
    let records = 0
    for (const topic of topics)
      for (const { key, value, headers } of await all.kafka.dump(topic)) {
        records++
        const bytes = [key, value, ...Object.values(headers)].flat().filter((part) => part !== null)
        for (const part of bytes) expect(hitsIn(topic, Buffer.from(part))).toEqual([])
      }
    expect(records).toBeGreaterThan(INTERACTIONS)
    expect((await searchTables(all.client)).problems).toEqual([])
  })

  it('gives the same rows as one process does', async () => {
    const home = await WeirHome.make({ sealing: { masterKeys: { m: MASTER_KEY } } })
    try {
      const run = await home.up()
      const embedded = createStoreClient({
        ...{ url: run.store.url, database: run.store.database, requestTimeoutMs: 30_000 },
        ...run.store.writer,
      })
      const port = Number(new URL(run.otlp).port)
      const sending = new Load({ port, deliveries, senders: 8, timeoutMs: 20_000, seed: SEED })
      await sending.run(AbortSignal.timeout(60_000))
      for (const table of ['interactions', 'findings']) {
        const [there, here] = [await rowsById(all.client, table), await rowsById(embedded, table)]
        expect(there.size).toBeGreaterThan(0)
        expect(there).toEqual(here)
      }
      await embedded.close()
    } finally {
      await home.remove()
    }
  }, 150_000)
})

async function rowsById(client: StoreClient, table: string): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string }>(
    client,
    `SELECT * EXCEPT (${OF_THE_WAY}) FROM ${client.database}.${table} ORDER BY id`,
  )
  return new Map(rows.map((row) => [row.id, hash('sha256', JSON.stringify(row), 'hex')]))
}
