import { describe, expect, test } from 'vitest'
import { manualClock } from '../test/support/clock.ts'
import { systemClock, systemRandom } from './clock.ts'

describe('the real clock', () => {
  test('a wait lasts, and ends early and without error when its signal aborts', async () => {
    const before = systemClock.now()
    await systemClock.sleep(30)
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(28)

    const stop = new AbortController()
    const waiting = systemClock.sleep(2 ** 40, stop.signal)
    stop.abort()
    expect(await waiting).toBeUndefined()
    expect(await systemClock.sleep(2 ** 40, stop.signal)).toBeUndefined()
  })

  test('a wait longer than a timer can be does not end at once', async () => {
    const stop = new AbortController()
    const first = await Promise.race([
      systemClock.sleep(2 ** 31, stop.signal).then(() => 'long'),
      systemClock.sleep(50),
    ])
    stop.abort()
    expect(first).toBeUndefined()
  })

  test('a wait leaves nothing behind on its signal', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...given: Parameters<typeof add>) => ((listeners += 1), add(...given))
    signal.removeEventListener = (...given: Parameters<typeof remove>) => ((listeners -= 1), remove(...given))
    await systemClock.sleep(1, signal)
    expect(listeners).toBe(0)
  })
})

test('randomness has the size asked for and is never the same', () => {
  expect(systemRandom(32)).toHaveLength(32)
  expect(systemRandom(32)).not.toEqual(systemRandom(32))
})

test('the manual clock wakes sleepers in order, also those who begin on the way', async () => {
  const clock = manualClock(0)
  const woken: string[] = []
  const stop = new AbortController()
  void clock.sleep(20).then(() => woken.push(`b at ${clock.now()}`))
  void clock.sleep(10).then(async () => {
    woken.push(`a at ${clock.now()}`)
    await clock.sleep(5)
    woken.push(`c at ${clock.now()}`)
  })
  void clock.sleep(100, stop.signal).then(() => woken.push('stopped'))
  await clock.advance(30)
  expect(woken).toEqual(['a at 10', 'c at 15', 'b at 20'])
  expect([clock.now(), clock.sleeping]).toEqual([30, 1])
  stop.abort()
  await clock.advance(0)
  expect(woken.at(-1)).toBe('stopped')
})

describe('the randomness of the system', () => {
  test('gives as many bytes as asked, and never the same ones twice', () => {
    const drawn = Array.from({ length: 2_000 }, () => systemRandom(12))
    expect(drawn.every((bytes) => bytes.length === 12)).toBe(true)
    expect(new Set(drawn.map((bytes) => bytes.toString('hex'))).size).toBe(drawn.length)
    expect(systemRandom(33)).toHaveLength(33)
    expect(systemRandom(5_000)).toHaveLength(5_000)
  })

  test('keeps nothing of what it gave out', () => {
    const first = systemRandom(32)
    const copy = Buffer.from(first)
    first.fill(0)
    expect(systemRandom(32).equals(copy)).toBe(false)
  })
})
