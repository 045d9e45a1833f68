import { describe, expect, test } from 'vitest'
import { computeLedger, type LedgerReport } from './ledger.ts'
import type { Params, Store } from './seam.ts'

interface Batch {
  first: number
  last: number
  stored: number
  dead: number
  /** Rows of dead letters that are there. */
  letters: number
  partition?: number
}

/** A store that holds these batches at the first look, and those at the second. */
function storeOf(...looks: readonly (readonly Batch[])[]): Store & { looked: number } {
  const store = {
    looked: 0,
    async *query<R>(sql: string, _params?: Params): AsyncGenerator<R> {
      if (!sql.includes('has_dead')) return
      const batches = looks[Math.min(store.looked++, looks.length - 1)]!
      for (const { first, last, stored, dead, letters, partition = 0 } of batches) {
        const none = { duplicate: 0, joined: 0, refused: 0, unanswered: 0, empty: 0, findings: 0, originals: 0 }
        const there = { has_stored: stored, has_ids: stored, has_dead: letters, has_findings: 0, has_originals: 0 }
        yield { topic: 'weir.interactions', epoch: 1, partition, first, last, stored, dead, ...none, ...there } as R
      }
    },
  }
  return store
}

const compute = (store: Store, undrained?: () => Promise<number>): Promise<LedgerReport> =>
  computeLedger(store, { database: 'weir', days: 2, originalsDays: 2 }, undrained)

const whole: Batch = { first: 0, last: 9, stored: 10, dead: 0, letters: 0 }
const missing: Batch = { first: 10, last: 19, stored: 7, dead: 3, letters: 1 }

describe('the ledger', () => {
  test('that balances is looked at once, and asks nobody', async () => {
    const store = storeOf([whole])
    const report = await compute(store, () => Promise.reject(new Error('asked')))
    expect(report).toMatchObject({ balanced: true, totals: { stored: 10 } })
    expect(store.looked).toBe(1)
  })

  test('names what is missing at both looks', async () => {
    const report = await compute(storeOf([whole, missing]))
    expect(report.balanced).toBe(false)
    expect(report.partitions[0]).toMatchObject({
      problems: [{ kind: 'dead_letters', first: 10, last: 19, expected: 3, found: 1 }],
      waiting: 0,
    })
  })

  test('takes what was written between the looks for what it is', async () => {
    const gap: Batch = { ...missing, first: 30, last: 39 }
    expect(await compute(storeOf([whole, missing], [whole, { ...missing, letters: 3 }]))).toMatchObject({
      balanced: true,
    })
    expect(await compute(storeOf([whole, missing], [whole, { ...missing, letters: 3 }, gap]))).toMatchObject({
      balanced: true,
      partitions: [{ waiting: 2 }],
    })
  })

  test('takes letters that nobody has drained yet for waiting, and says how many', async () => {
    const report = await compute(storeOf([whole, missing]), async () => 5)
    expect(report.balanced).toBe(true)
    expect(report.partitions[0]).toMatchObject({ problems: [], waiting: 2 })
  })

  test('takes no more for waiting than there are', async () => {
    const elsewhere: Batch = { ...missing, partition: 1, first: 0, last: 9 }
    const report = await compute(storeOf([whole, missing, elsewhere]), async () => 3)
    expect(report.balanced).toBe(false)
    expect(report.partitions.map(({ waiting, problems }) => [waiting, problems.length])).toEqual([
      [2, 0],
      [0, 1],
    ])
  })

  test('does not take a doubled letter for a waiting one', async () => {
    const report = await compute(storeOf([whole, { ...missing, letters: 4 }]), async () => 100)
    expect(report.partitions[0]).toMatchObject({ problems: [{ kind: 'dead_letters', expected: 3, found: 4 }] })
  })
})
