import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { runnable } from '../runnable.ts'
import type { Clock } from '../seam.ts'
import type { Answer } from './protocol.ts'
import type { Lost } from './thread.ts'
import type { UnrulyJob } from './unruly.fixture.ts'
import { Workers, type WorkersOptions } from './workers.ts'

const LONG_MS = 60_000
/** Passes when a test says so. */
const DEADLINE_MS = 12_345

const pools: Workers<UnrulyJob, string>[] = []
const counted: string[] = []
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
  counted.length = 0
  deadlines.length = 0
})

const deadlines: (() => void)[] = []
const clock: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) =>
    ms === DEADLINE_MS ? new Promise((resolve) => deadlines.push(resolve)) : systemClock.sleep(ms, signal),
}

function pool(over: Partial<WorkersOptions> = {}): Workers<UnrulyJob, string> {
  const made = new Workers<UnrulyJob, string>({
    entry: runnable('./unruly.fixture.ts', import.meta.url),
    settings: undefined,
    size: 1,
    maxWaiting: 10,
    idleMs: LONG_MS,
    clock,
    meter: { add: (name, _value, labels) => counted.push([name, ...Object.values(labels ?? {})].join(' ')) },
    ...over,
  })
  pools.push(made)
  return made
}

const made = (say: string): Answer<string> => ({ kind: 'made', made: say })
const first = (what: 'exit' | 'hang', times: number, say = what): UnrulyJob & { begun: SharedArrayBuffer } => {
  return { first: what, times, begun: new SharedArrayBuffer(4), say }
}
/** Lets the deadline of a job pass once it has been begun so often. */
async function expire(begun: SharedArrayBuffer, times: number): Promise<void> {
  await until(() => Atomics.load(new Int32Array(begun), 0) === times)
  deadlines.pop()!()
}
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !condition(); tries++) await systemClock.sleep(10)
  expect(condition()).toBe(true)
}
const lost = (how: Lost): string => `weir_pool_workers_lost_total ${how}`

describe('the pool of workers', () => {
  it('starts none before there is work, and no more than its size', async () => {
    const workers = pool({ size: 2 })
    expect(workers.running).toBe(0)
    const answers = ['a', 'b', 'c', 'd', 'e'].map((say) => workers.run({ say }, LONG_MS))
    expect(workers.running).toBe(2)
    expect(workers.waiting).toBe(3)
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd', 'e'].map(made))
    expect(workers.running).toBe(2)
    expect(counted).toEqual(Array.from({ length: 5 }, () => 'weir_pool_jobs_total made'))
  })

  it('gives the job of a worker that died or hung to another, once', async () => {
    const workers = pool()
    const dying = workers.run(first('exit', 1), LONG_MS)
    const next = workers.run({ say: 'next' }, LONG_MS)
    expect(await dying).toEqual(made('exit'))
    expect(await next).toEqual(made('next'))
    const hang = first('hang', 1)
    const hanging = workers.run(hang, DEADLINE_MS)
    await expire(hang.begun, 1)
    expect(await hanging).toEqual(made('hang'))
    expect(counted.filter((name) => name.includes('lost'))).toEqual([lost('died'), lost('late')])
  })

  it('says what became of a job that no worker survives, and goes on with the next', async () => {
    const workers = pool()
    const hang = first('hang', 9)
    const answers = [workers.run(first('exit', 9), LONG_MS), workers.run(hang, DEADLINE_MS)]
    const next = workers.run({ say: 'next' }, LONG_MS)
    await expire(hang.begun, 1)
    await expire(hang.begun, 2)
    expect(await Promise.all(answers)).toEqual(['died', 'late'])
    expect(await next).toEqual(made('next'))
    expect(workers.running).toBe(1)
    expect(counted.filter((name) => name.includes('lost'))).toHaveLength(4)
  })

  it('outlives a job that takes all memory', async () => {
    const workers = pool({ heapMb: 32 })
    expect(await workers.run({ fill: true }, LONG_MS)).toBe('died')
    expect(await workers.run({ say: 'next' }, LONG_MS)).toEqual(made('next'))
  })

  it('keeps a worker whose job threw, and nothing of what it said', async () => {
    const workers = pool()
    expect(await workers.run({ throw: '4111 1111 1111 1111' }, LONG_MS)).toEqual({ kind: 'threw' })
    expect(await workers.run({ say: 'next' }, LONG_MS)).toEqual(made('next'))
    expect(counted).toEqual(['weir_pool_jobs_total threw', 'weir_pool_jobs_total made'])
  })

  it('says so when its file cannot be run', async () => {
    const workers = pool({ entry: runnable('./unruly.fixture.ts', import.meta.url).replace('unruly', 'missing') })
    expect(await workers.run({ say: 'never' }, LONG_MS)).toBe('died')
  })

  it('says so when none can be started, or a job cannot be handed to one', async () => {
    expect(await pool({ entry: 'no path' }).run({ say: 'never' }, LONG_MS)).toBe('died')
    const workers = pool()
    expect(await workers.run({ say: (() => {}) as never }, LONG_MS)).toBe('died')
    expect(await workers.run({ say: 'next' }, LONG_MS)).toEqual(made('next'))
  })

  it('lets short jobs go ahead of long ones, and the two take turns', async () => {
    const workers = pool()
    const order: string[] = []
    const run = (say: string, length: 'short' | 'long'): Promise<unknown> =>
      workers.run({ say }, LONG_MS, length).then(() => order.push(say))
    await Promise.all([
      ...['first', 'long 1', 'long 2'].map((say) => run(say, 'long')),
      ...['short 1', 'short 2', 'short 3'].map((say) => run(say, 'short')),
    ])
    expect(order).toEqual(['first', 'short 1', 'long 1', 'short 2', 'long 2', 'short 3'])
  })

  it('refuses for now what is more than may wait', async () => {
    const workers = pool({ maxWaiting: 1 })
    const taken = [workers.run({ say: 'a' }, LONG_MS), workers.run({ say: 'b' }, LONG_MS)]
    await expect(workers.run({ say: 'c' }, LONG_MS)).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    expect(await Promise.all(taken)).toEqual([made('a'), made('b')])
  })

  it('ends workers that have rested long enough, and starts them again', async () => {
    const workers = pool({ idleMs: 20 })
    expect(await workers.run({ say: 'a' }, LONG_MS)).toEqual(made('a'))
    await until(() => workers.running === 0)
    expect(await workers.run({ say: 'b' }, LONG_MS)).toEqual(made('b'))
  })

  it('closes during a job, before any, and twice', async () => {
    const busy = pool()
    const hang = first('hang', 9)
    const answers = Promise.allSettled([busy.run(hang, LONG_MS), busy.run({ say: 'waits' }, LONG_MS)])
    await until(() => Atomics.load(new Int32Array(hang.begun), 0) === 1)
    await Promise.all([busy.close(), busy.close()])
    for (const answer of await answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'WEIR_STOPPING' } })
    expect(busy.running).toBe(0)
    await expect(busy.run({ say: 'late' }, LONG_MS)).rejects.toMatchObject({ code: 'WEIR_STOPPING' })
    await pool().close()
  })
})
