import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../clock.ts'
import { TOPICS } from '../../../seam.ts'
import { Lane, type Sending } from './lane.ts'
import { stalledPartitions } from '../reading/watchdog.ts'

const LIMITS = { maxSendBytes: 100, maxSendRecords: 5, lingerMs: 0 }
class TooLarge extends Error {}

function rig(send: (ids: string[]) => Promise<void>, limits: Partial<typeof LIMITS> = {}) {
  const outcomes = new Map<string, string>()
  const sends: string[][] = []
  let left = 0
  const lane = new Lane({
    limits: { ...LIMITS, ...limits },
    clock: systemClock,
    isTooLarge: (error) => error instanceof TooLarge,
    left: (batch) => (left += batch.length),
    send: async (batch) => {
      const ids = batch.map(({ record }) => record.key.toString())
      sends.push(ids)
      await send(ids)
    },
  })
  const add = (id: string, bytes = 10): Sending => {
    const record = { key: Buffer.from(id), value: Buffer.alloc(0), headers: {}, timestamp: '0' }
    const settle = (how: string) => () => void outcomes.set(id, how)
    const sending: Sending = {
      ...{ topic: TOPICS.interactions, partition: 0, record, bytes, givenUp: false },
      ...{ done: settle('done'), failed: settle('failed'), tooLarge: settle('too large') },
    }
    lane.add(sending)
    return sending
  }
  const rest = async (count: number): Promise<void> => {
    for (let tries = 0; left < count && tries < 500; tries++) await systemClock.sleep(2)
    expect(left).toBe(count)
  }
  return { add, outcomes, sends, rest }
}

describe('a lane', () => {
  test('sends one batch at a time, and what came meanwhile together', async () => {
    let under = 0
    const { add, sends, rest } = rig(async () => {
      expect(++under).toBe(1)
      await systemClock.sleep(5)
      under--
    })
    for (let at = 0; at < 12; at++) add(`r${at}`)
    await rest(12)
    expect(sends.flat()).toEqual(Array.from({ length: 12 }, (_, at) => `r${at}`))
    expect(sends.every((ids) => ids.length <= 5)).toBe(true)
    expect(sends.length).toBeLessThanOrEqual(4)
  })

  test('waits a little for more', async () => {
    const { add, sends, rest } = rig(async () => {}, { lingerMs: 30 })
    add('a')
    await systemClock.sleep(5)
    add('b')
    await rest(2)
    expect(sends).toEqual([['a', 'b']])
  })

  test('halves what is too large together, and says which record is alone', async () => {
    const { add, outcomes, rest } = rig(async (ids) => {
      if (ids.length > 2 || ids.includes('big')) throw new TooLarge()
    })
    for (const id of ['a', 'b', 'big', 'c', 'd']) add(id)
    await rest(5)
    expect(Object.fromEntries(outcomes)).toEqual({ a: 'done', b: 'done', big: 'too large', c: 'done', d: 'done' })
  })

  test('fails a batch and goes on with the next; leaves out what was given up', async () => {
    const { add, outcomes, sends, rest } = rig(async (ids) => {
      if (ids.includes('a')) throw new Error('no')
    })
    add('a')
    add('b')
    add('c').givenUp = true
    await rest(3)
    expect(outcomes.get('a')).toBe('failed')
    expect(outcomes.get('b')).toBe('done')
    expect(outcomes.has('c')).toBe(false)
    expect(sends).toEqual([['a'], ['b']])
  })
})

test('a partition has stalled when it has records, and nothing is in hand anywhere', () => {
  const at = (partition: number, position: number, resting = false) => ({ partition, position, resting })
  const ends = new Map([
    [0, 10],
    [1, 10],
  ])
  expect(stalledPartitions([at(0, 10), at(1, 4)], ends)).toEqual([1])
  expect(stalledPartitions([at(0, 10, true), at(1, 4)], ends)).toEqual([])
  expect(stalledPartitions([at(0, 10), at(1, 10)], ends)).toEqual([])
  expect(stalledPartitions([at(2, 0)], ends)).toEqual([])
})
