import { describe, expect, test } from 'vitest'
import type { Store } from '../../core/seam.ts'
import { manualClock } from '../../test/support/clock.ts'
import { LedgerWatch } from './ledger-watch.ts'

interface World {
  clock: ReturnType<typeof manualClock>
  watch: LedgerWatch
  /** By name and topic; what is not printed is not there. */
  printed: () => Record<string, number>
  said: string[]
  /** What the ledger holds. */
  rows: object[]
  fail: (error: Error | undefined) => void
}

const gap = (topic: string): object[] => [
  { ...batch(topic), first: 0, last: 0 },
  { ...batch(topic), first: 5, last: 5 },
]
const batch = (topic: string): object => ({
  ...{
    topic,
    epoch: 1,
    partition: 0,
    stored: 1,
    dead: 0,
    duplicate: 0,
    joined: 0,
    refused: 0,
    unanswered: 0,
    empty: 0,
  },
  ...{ findings: 0, originals: 0, has_stored: 1, has_ids: 1, has_dead: 0, has_findings: 0, has_originals: 0 },
})

function open(): World {
  const clock = manualClock()
  const gauges = new Map<string, () => number>()
  const world = { rows: [] as object[], said: [] as string[], failing: undefined as Error | undefined }
  const store: Store = {
    async *query<R>(sql: string): AsyncGenerator<R> {
      if (world.failing) throw world.failing
      if (sql.includes('has_dead')) yield* world.rows as R[]
    },
  }
  const watch = new LedgerWatch({
    ...{ store, database: 'weir', days: 2, originalsDays: 2, clock },
    telemetry: {
      gauge: (name, read, labels) => void gauges.set([name, labels?.['topic']].filter(Boolean).join(' '), read),
      meter: { add: (name) => void world.said.push(name) },
    },
    logger: { error: (text) => void world.said.push(text), warn: (text) => void world.said.push(text) },
  })
  return {
    ...{ clock, watch, said: world.said, rows: world.rows },
    printed: () =>
      Object.fromEntries([...gauges].map(([name, read]) => [name, read()]).filter(([, value]) => !Number.isNaN(value))),
    fail: (error) => void (world.failing = error),
  }
}

describe('the watch over the ledger', () => {
  test('shows nothing before its turn, and nothing after it', async () => {
    const { watch, clock, printed } = open()
    expect(printed()).toEqual({})
    watch.begin()
    watch.begin()
    await clock.advance(9_000)
    expect(printed()).toEqual({})
    await clock.advance(2_000)
    expect(printed()).toEqual({
      weir_ledger_computed_timestamp_seconds: expect.any(Number) as number,
      'weir_ledger_problems weir.interactions': 0,
    })
    watch.end()
    expect(printed()).toEqual({})
    await clock.advance(3_600_000)
    expect(printed()).toEqual({})
    expect(clock.sleeping).toBe(0)
  })

  test('counts problems by topic, says so, and notices when they are gone', async () => {
    const { watch, clock, printed, rows, said } = open()
    rows.push(...gap('weir.interactions'), ...gap('weir.other'))
    watch.begin()
    await clock.advance(11_000)
    const first = printed()
    expect(first).toMatchObject({ 'weir_ledger_problems weir.interactions': 1, 'weir_ledger_problems weir.other': 1 })
    expect(said).toHaveLength(2)
    expect(said[0]).toContain('does not balance')
    rows.length = 0
    await clock.advance(5 * 60_000)
    expect(printed()).toMatchObject({
      'weir_ledger_problems weir.interactions': 0,
      'weir_ledger_problems weir.other': 0,
    })
    const at = 'weir_ledger_computed_timestamp_seconds'
    expect(printed()[at]).toBeGreaterThan(first[at]!)
    watch.end()
  })

  test('that cannot be computed keeps the time at which it last was', async () => {
    const { watch, clock, printed, said, fail } = open()
    watch.begin()
    await clock.advance(11_000)
    const before = printed()
    fail(new Error('the store is away'))
    await clock.advance(11 * 60_000)
    expect(printed()).toEqual(before)
    expect(said.filter((what) => what === 'weir_ledger_errors_total')).toHaveLength(2)
    fail(undefined)
    await clock.advance(5 * 60_000)
    expect(printed()).not.toEqual(before)
    watch.end()
  })

  test('follows the first partition of whoever it is lent to', async () => {
    const { watch, clock, printed } = open()
    const handled: unknown[] = []
    const consumer = watch.withTurnOf({ handle: async (given) => void handled.push(given) })
    const of = (partition: number) => ({ topic: 'weir.dead', partition }) as const
    await consumer.assigned!(of(1))
    await clock.advance(20_000)
    expect(printed()).toEqual({})
    await consumer.assigned!(of(0))
    await consumer.revoked!(of(1))
    await clock.advance(20_000)
    expect(Object.keys(printed())).toHaveLength(2)
    await consumer.handle({} as never)
    expect(handled).toHaveLength(1)
    await consumer.revoked!(of(0))
    expect(printed()).toEqual({})
  })
})
