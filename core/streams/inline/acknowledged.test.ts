import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../clock.ts'
import { WeirError } from '../../errors.ts'
import { TOPICS, type Batch, type Consumer, type Incoming, type Outgoing } from '../../seam.ts'
import { AcknowledgedQueue, type AcknowledgedLimits } from './acknowledged.ts'

const LIMITS: AcknowledgedLimits = {
  maxQueuedBytes: 10_000,
  maxQueuedRecords: 100,
  maxRecordBytes: 1_000,
  maxBatchBytes: 2_000,
  maxBatchRecords: 10,
  lingerMs: 0,
}

const record = (id: string, bytes = 10): Outgoing => ({ id, tenant: 't', key: 'k', value: id, bytes })

interface Rig {
  queue: AcknowledgedQueue
  batches: Batch<Incoming>[]
  stop: AbortController
  drainBy: AbortController
  done: Promise<void>
}

function rig(
  handle: Consumer['handle'],
  limits: Partial<AcknowledgedLimits> = {},
  prepare: (value: unknown) => Promise<void> | undefined = () => undefined,
): Rig {
  const batches: Batch<Incoming>[] = []
  const queue = new AcknowledgedQueue(TOPICS.interactions, {
    epoch: 7,
    limits: { ...LIMITS, ...limits },
    clock: systemClock,
    onError: () => {},
    prepare,
  })
  const stop = new AbortController()
  const drainBy = new AbortController()
  const consumer: Consumer = {
    handle: async (batch) => {
      batches.push(batch)
      await handle(batch)
    },
  }
  return { queue, batches, stop, drainBy, done: queue.drainInto(consumer, stop.signal, drainBy.signal) }
}

function gate(): { open: () => void; passed: Promise<void> } {
  let open!: () => void
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

describe('the acknowledged queue', () => {
  it('resolves a publish only after its records were handled', async () => {
    const held = gate()
    const { queue, stop, done } = rig(() => held.passed)
    let acknowledged = false
    const published = queue.publish([record('a')]).then(() => (acknowledged = true))
    await systemClock.sleep(20)
    expect(acknowledged).toBe(false)
    held.open()
    await published
    stop.abort()
    await done
  })

  it('lets publishes that arrive during an insert share the next batch', async () => {
    const held = gate()
    const { queue, batches, stop, done } = rig(() => held.passed)
    const published = [queue.publish([record('a')])]
    await systemClock.sleep(5)
    for (const id of ['b', 'c', 'd']) published.push(queue.publish([record(id)]))
    held.open()
    await Promise.all(published)
    expect(batches.map((batch) => batch.records.map((r) => r.id))).toEqual([['a'], ['b', 'c', 'd']])
    stop.abort()
    await done
  })

  it('gives the same batch again, with the same token, until it is handled', async () => {
    let failures = 2
    const { queue, batches, stop, done } = rig(async () => {
      if (failures-- > 0) throw new Error('not now')
    })
    const published = queue.publish([record('a'), record('b')])
    await systemClock.sleep(50)
    expect(queue.failingMs).toBeGreaterThan(0)
    await published
    expect(queue.failingMs).toBe(0)
    expect(batches).toHaveLength(3)
    expect(new Set(batches.map((batch) => batch.token)).size).toBe(1)
    stop.abort()
    await done
  })

  it('refuses a record that is too large and takes the ones beside it', async () => {
    const { queue, batches, stop, done } = rig(async () => {})
    const refusals = await queue.publish([record('a'), record('big', 1_001), record('c')])
    expect(refusals).toEqual([{ index: 1, reason: 'too_large', message: expect.stringContaining('maxRecordBytes') }])
    expect(batches.flatMap((batch) => batch.records.map((r) => r.id))).toEqual(['a', 'c'])
    stop.abort()
    await done
  })

  it('refuses for now, whole, what does not fit, and never loses what it took', async () => {
    const held = gate()
    const { queue, batches, stop, done } = rig(() => held.passed, { maxQueuedRecords: 3 })
    const first = queue.publish([record('a')])
    await systemClock.sleep(5)
    const second = queue.publish([record('b'), record('c')])
    await expect(queue.publish([record('d')])).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    held.open()
    await Promise.all([first, second])
    expect(batches.flatMap((batch) => batch.records.map((r) => r.id))).toEqual(['a', 'b', 'c'])
    await queue.publish([record('e')])
    stop.abort()
    await done
  })

  it('takes a publish larger than its bound when it is empty, so that it can ever be taken', async () => {
    const { queue, stop, done } = rig(async () => {}, { maxQueuedRecords: 2 })
    await queue.publish([record('a'), record('b'), record('c')])
    stop.abort()
    await done
  })

  it('takes a record that is here already only once, and answers its copies with it', async () => {
    const held = gate()
    const { queue, batches, stop, done } = rig(() => held.passed, { maxQueuedRecords: 3 })
    const answered: string[] = []
    const publish = (name: string, ...ids: string[]): Promise<unknown> =>
      queue.publish(ids.map((id) => record(id))).then(() => answered.push(name))
    const published = [publish('first', 'a')]
    await systemClock.sleep(5)
    published.push(publish('copy in hand', 'a'), publish('copy and more', 'a', 'b', 'b'), publish('queued copy', 'b'))
    expect(queue.queuedRecords).toBe(2)
    await systemClock.sleep(5)
    expect(answered).toEqual([])
    held.open()
    await Promise.all(published)
    expect(batches.map((batch) => batch.records.map((r) => r.id))).toEqual([['a'], ['b']])
    await publish('later', 'a')
    expect(batches).toHaveLength(3)
    stop.abort()
    await done
  })

  it('lets others go ahead of what is prepared, counts it, and gives it its place when it is ready', async () => {
    const held = gate()
    const prepare = (value: unknown): Promise<void> | undefined => (value === 'long' ? held.passed : undefined)
    const { queue, batches, stop, done } = rig(async () => {}, { maxQueuedRecords: 3 }, prepare)
    const answered: string[] = []
    const publish = (...ids: string[]): Promise<unknown> =>
      queue.publish(ids.map((id) => record(id))).then(() => answered.push(ids.join(' ')))
    const published = [publish('long', 'a'), publish('long')]
    for (const id of ['b', 'c', 'd']) await publish(id)
    expect(answered).toEqual(['b', 'c', 'd'])
    expect([queue.queuedRecords, queue.queuedBytes]).toEqual([1, 10])
    await expect(publish('e', 'f', 'g')).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    stop.abort()
    held.open()
    await Promise.all(published)
    await done
    expect(batches.flatMap(({ records }) => records.map(({ id, origin }) => [id, origin.offset]))).toEqual([
      ...[
        ['a', 0],
        ['b', 1],
        ['c', 2],
        ['d', 3],
        ['long', 4],
      ],
    ])
    expect([queue.queuedRecords, queue.queuedBytes]).toEqual([0, 0])
  })

  it('answers with what preparing failed of, and takes the record when it comes again', async () => {
    let failures = 1
    const prepare = (value: unknown): Promise<void> | undefined =>
      value === 'long' && failures-- > 0 ? Promise.reject(new WeirError('WEIR_QUEUE_FULL', 'no room')) : undefined
    const { queue, batches, stop, done } = rig(async () => {}, {}, prepare)
    await expect(queue.publish([record('long'), record('a')])).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    await queue.publish([record('long')])
    stop.abort()
    await done
    expect(batches.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(['a', 'long'])
  })

  it('rejects what is still being prepared when the drain deadline passes', async () => {
    const { queue, batches, stop, drainBy, done } = rig(
      async () => {},
      {},
      () => new Promise(() => {}),
    )
    const published = queue.publish([record('long')])
    stop.abort()
    drainBy.abort()
    await expect(published).rejects.toMatchObject({ code: 'WEIR_STOPPING' })
    await done
    expect([batches.length, queue.queuedRecords, queue.queuedBytes]).toEqual([0, 0, 0])
  })

  it('bounds how many copies of a record wait', async () => {
    const held = gate()
    const { queue, stop, done } = rig(() => held.passed)
    const published = Array.from({ length: 16 }, () => queue.publish([record('a')]))
    await expect(queue.publish([record('a')])).rejects.toMatchObject({ code: 'WEIR_QUEUE_FULL' })
    held.open()
    await Promise.all(published)
    stop.abort()
    await done
  })

  it('drains what it holds when stopped, and refuses what comes later', async () => {
    const held = gate()
    const { queue, stop, done } = rig(() => held.passed)
    const published = queue.publish([record('a')])
    stop.abort()
    await expect(queue.publish([record('b')])).rejects.toMatchObject({ code: 'WEIR_STOPPING' })
    held.open()
    await published
    await done
  })

  it('rejects what is not durable when the drain deadline passes', async () => {
    const { queue, stop, drainBy, done } = rig(async () => {
      throw new Error('the store is gone')
    })
    const published = [queue.publish([record('a')]), queue.publish([record('b')])]
    stop.abort()
    drainBy.abort()
    const answers = await Promise.allSettled(published)
    expect(answers.every((a) => a.status === 'rejected' && a.reason instanceof WeirError)).toBe(true)
    await done
  })

  it('tiles offsets without gap and within its limits, whatever arrives', async () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 15 }), {
      maxLength: 20,
    })
    await fc.assert(
      fc.asyncProperty(sizes, async (publishes) => {
        const { queue, batches, stop, done } = rig(async () => {}, { maxQueuedRecords: 10_000, maxQueuedBytes: 1e9 })
        let id = 0
        await Promise.all(publishes.map((p) => queue.publish(p.map((bytes) => record(String(id++), bytes)))))
        stop.abort()
        await done
        let next = 0
        for (const batch of batches) {
          expect(batch.first).toBe(next)
          expect(batch.last - batch.first + 1).toBe(batch.records.length)
          expect(batch.records.length).toBeLessThanOrEqual(LIMITS.maxBatchRecords)
          expect(batch.epoch).toBe(7)
          next = batch.last + 1
        }
        expect(next).toBe(id)
        expect(queue.queuedBytes).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})
