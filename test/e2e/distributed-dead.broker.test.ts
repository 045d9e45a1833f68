import { readFile, writeFile } from 'node:fs/promises'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKafka, type OpenKafka } from '../../cli/running/streams/kafka.ts'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { loadConfig } from '../../core/config/index.ts'
import type { LedgerReport } from '../../core/ledger.ts'
import { silentLogger } from '../../core/log.ts'
import { loadMasterKeys } from '../../core/sealing/index.ts'
import { TOPICS } from '../../core/seam.ts'
import { createTelemetry } from '../../core/telemetry/index.ts'
import { rowsOf } from '../../sinks/clickhouse/client.ts'
import type { DeadLetterRow } from '../../sinks/clickhouse/dead-letters.ts'
import { checkLedger, checkRows } from '../faults/checks.ts'
import { Load } from '../faults/senders.ts'
import { deliveriesOf, type Request } from '../faults/workload.ts'
import { Distributed, MASTER_KEY, type Copy } from '../support/distributed.ts'
import { kafkaAvailable, type DumpedRecord } from '../support/kafka/index.ts'
import { until } from '../support/until.ts'

/* What a stream could not read: seen, accounted for from the first moment, and put back once the cause is gone. */

const INTERACTIONS = 200

describe.skipIf(!kafkaAvailable().ok)('dead letters of the stream, on Kafka', () => {
  let all: Distributed
  let config: string
  let collect: Copy

  beforeAll(async () => {
    all = await Distributed.open({ partitions: 2 })
    config = await all.configure('operator')
    collect = await all.run('collect')
  }, 200_000)
  afterAll(() => all?.close(), 60_000)

  const startMs = systemClock.now()
  const load = (seed: string): Load => {
    const deliveries: Request[] = deliveriesOf({ seed, interactions: INTERACTIONS, startMs })
    return new Load({ port: Number(new URL(collect.otlp).port), deliveries, senders: 4, timeoutMs: 20_000, seed })
  }
  const weir = (...args: string[]): Promise<{ code: number | null; log: string }> =>
    all.command([...args, '--config', config])
  const ledger = async (): Promise<LedgerReport> =>
    (JSON.parse((await weir('status', '--json')).log) as { ledger: LedgerReport }).ledger
  const letters = async (): Promise<DeadLetterRow[]> =>
    (await weir('dead', 'list', '--json')).log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as DeadLetterRow)
  const count = async (sql: string): Promise<number> => (await rowsOf<{ n: number }>(all.client, sql))[0]!.n
  const stored = (): Promise<number> => count('SELECT toFloat64(count()) AS n FROM weir.interactions')

  const soon = (what: string, holds: () => Promise<boolean>, copy: Copy): Promise<void> =>
    until(what, holds, 60_000, () => copy.log().slice(-3_000))

  /** As an operator who restores one from a backup would. */
  async function writeKey(key: Buffer, value: Buffer): Promise<void> {
    const producer = new kafkajs.Kafka({ brokers: all.kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING }).producer()
    await producer.connect()
    await producer.send({ topic: TOPICS.keys, messages: [{ key, value }] })
    await producer.disconnect()
  }

  it('put back once their key is there again: stored once, and the ledger balances all the time', async () => {
    const before = load('before')
    const first = await all.run('detect')
    await before.run(AbortSignal.timeout(60_000))
    await soon('all is stored', async () => (await stored()) === INTERACTIONS, first)
    await first.end('SIGTERM')
    const spoilt = load('spoilt')
    await spoilt.run(AbortSignal.timeout(60_000))
    const used = (await all.kafka.dump(TOPICS.interactions)).at(-1)!
    const id = Buffer.from(used.headers.find(([name]) => name === 'weir-key')![1]!).toString()
    const kept = (await all.kafka.dump(TOPICS.keys)).findLast(({ key }) => key?.toString() === `key/${id}`)!
    await writeKey(
      kept.key!,
      Buffer.from(JSON.stringify({ ...entryOf(kept), wrapped: Buffer.alloc(61).toString('base64') })),
    )

    const copy = await all.run('detect')
    const seen: boolean[] = []
    await soon(
      'all are dead letters',
      async () => {
        seen.push((await ledger()).balanced)
        return (await letters()).length === INTERACTIONS
      },
      copy,
    )
    expect(seen).not.toContain(false)
    expect(copy.log()).toContain('records could not be read and wait as dead letters: see weir dead list')
    const [letter] = await letters()
    expect(letter).toMatchObject({ reason: 'broken_seal', state: 'kept', topic: TOPICS.interactions })
    const early = await weir('dead', 'replay', letter!.id)
    expect(early).toMatchObject({ code: 70, log: expect.stringContaining('would die again (broken_seal)') as string })
    expect((await letters()).every(({ state }) => state === 'kept')).toBe(true)

    await writeKey(kept.key!, kept.value!)
    expect(await weir('dead', 'replay', letter!.id)).toMatchObject({ code: 0, log: 'Sent again: 1 of 1.\n' })
    await soon('one is stored', async () => (await stored()) === INTERACTIONS + 1, copy)
    const rest = await weir('dead', 'replay', '--reason', 'broken_seal')
    expect(rest).toMatchObject({ code: 0, log: `Sent again: ${INTERACTIONS - 1} of ${INTERACTIONS - 1}.\n` })
    await soon('all are stored', async () => (await stored()) === 2 * INTERACTIONS, copy)

    expect(await weir('dead', 'replay', letter!.id)).toMatchObject({ code: 0 }) // who does not know whether it was sent
    const retry = load('spoilt')
    await retry.run(AbortSignal.timeout(60_000))
    const duplicates = (): Promise<number> => count('SELECT toFloat64(sum(length(duplicates))) AS n FROM weir.ledger')
    await soon('what came again is known', async () => (await duplicates()) >= INTERACTIONS + 1, copy)
    expect(await stored()).toBe(2 * INTERACTIONS)
    for (const [span, expected] of before.sent) spoilt.sent.set(span, expected)
    // Of what detectors find beyond what was planted other tests speak; that dead letters are there is the point of this one.
    const beside = /sealed originals|are dead letters/
    const problems = await checkRows(all.client, spoilt)
    expect(problems.filter(({ kind, text }) => kind !== 'wrong' && !beside.test(text))).toEqual([])
    expect(await checkLedger(all.client, spoilt)).toEqual([])
    expect(await ledger()).toMatchObject({ balanced: true, totals: { stored: 2 * INTERACTIONS, dead: INTERACTIONS } })
    await copy.end('SIGTERM')
  }, 200_000)

  it('are waiting while nobody drains them, and missing when they are nowhere', async () => {
    const origin = { topic: TOPICS.interactions, epoch: 77, partition: 0, offset: 0 }
    await all.client.command(
      `INSERT INTO weir.ledger (topic, epoch, partition, first, last, day, written_at, dead)
       VALUES ('${origin.topic}', 77, 0, 0, 0, today(), now(), 1)`,
    )
    const lost = await weir('status')
    expect(lost.code).toBe(1)
    expect(lost.log).toContain('epoch 77 partition 0 offsets 0 to 0: dead_letters: the batch says 1, 0 are there')

    const open = await openAs(config)
    const about = { version: 1, id: 'ab'.repeat(16), reason: 'not_ours', origin, batch: 0, diedAt: systemClock.now() }
    const letter = { ...about, key: null, value: null, headers: {} }
    const record = { id: 'cd'.repeat(16), tenant: 'default', key: 'default', value: letter, bytes: 100 }
    expect(await open.stream.publish(TOPICS.dead, [record])).toEqual([])
    await open.close()
    const waiting = await weir('status')
    expect(waiting.code).toBe(0)
    expect(waiting.log).toContain('1 dead letter waits in weir.dead')
    expect(waiting.log).toContain('ledger balanced')

    const copy = await all.run('detect')
    await soon('it is drained', async () => (await letters()).some(({ id }) => id === about.id), copy)
    const report = await ledger()
    expect(report.balanced).toBe(true)
    expect(report.partitions.find(({ epoch }) => epoch === 77)).toMatchObject({ dead: 1, waiting: 0 })

    const shown = async (): Promise<string> => (await fetch(`${copy.telemetry}/metrics`)).text()
    await soon('the ledger is computed', async () => (await shown()).includes('weir_ledger_problems'), copy)
    const text = await shown()
    expect(text).toContain('weir_ledger_problems{topic="weir.interactions"} 0')
    expect(text).toMatch(/^weir_ledger_computed_timestamp_seconds \d{10}/m)
    expect(text).toMatch(/^weir_ready 1$/m)
    await copy.end('SIGTERM')
  }, 150_000)

  it('a process with another master key under the same id does not start', async () => {
    const wrong = await all.configure('wrong')
    await writeFile(wrong, (await readFile(wrong, 'utf8')).replace(MASTER_KEY, 'cd'.repeat(32)))
    const { code, log } = await all.command(['run', '--stage', 'detect', '--config', wrong])
    expect(code).toBe(78)
    expect(log).toMatch(/sealing\.masterKeys\.m .*WEIR_MASTER_KEY/s)
  }, 60_000)
})

const entryOf = ({ value }: DumpedRecord): object => JSON.parse(value!.toString()) as object

async function openAs(file: string): Promise<OpenKafka> {
  const { config } = await loadConfig({ path: file, env: {} })
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger: silentLogger })
  const tools = { logger: silentLogger, clock: systemClock, version: 'test' }
  const telemetry = createTelemetry({ ...config.telemetry, enabled: false }, tools)
  return openKafka(config, { masterKeys, telemetry, logger: silentLogger, client: undefined })
}
