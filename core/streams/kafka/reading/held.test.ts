import { describe, expect, test } from 'vitest'
import { HeldTeller, type Held } from './held.ts'

const held = (partition: number, since: number): Held => ({ partition, since, waitsFor: 'handler' })

describe('partitions that are held for long', () => {
  test('are told of once they are, and again every minute', () => {
    const teller = new HeldTeller(20_000)
    const at = (now: number): number[] =>
      teller.due([held(0, 0), held(2, 15_000)], now).map(({ partition }) => partition)
    expect([10_000, 20_000, 30_000, 40_000, 79_000, 81_000].map(at)).toEqual([[], [0], [], [2], [], [0]])
    expect(teller.due([held(2, 15_000)], 100_000)).toEqual([{ ...held(2, 15_000), ms: 85_000 }])
  })

  test('what went on meanwhile is not told of, and is told of anew when it is held again', () => {
    const teller = new HeldTeller(20_000)
    expect(teller.due([held(0, 0)], 20_000)).toHaveLength(1)
    expect(teller.due([], 25_000)).toEqual([])
    expect(teller.due([held(0, 24_000)], 30_000)).toEqual([])
    expect(teller.due([held(0, 24_000)], 44_000)).toHaveLength(1)
  })
})
