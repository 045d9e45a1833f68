import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from './batches.ts'
import { inOrder } from './in-order.ts'

const batchOf = (first: number, characters = 1): Batch => ({
  file: 'f',
  first,
  lines: [''],
  characters,
  damaged: false,
})

async function* read(batches: readonly Batch[], error?: Error): AsyncGenerator<Batch> {
  for (const batch of batches) yield batch
  if (error) throw error
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const result of results) seen.push(result)
  return seen
}

const ticks = async (count: number): Promise<void> => {
  for (let tick = 0; tick < count; tick++) await Promise.resolve()
}

test('results come in the order of the batches, and no more is in hand than may be', async () => {
  const limits = { atOnce: fc.integer({ min: 1, max: 5 }), characters: fc.integer({ min: 1, max: 20 }) }
  const work = fc.array(fc.record({ characters: fc.integer({ min: 0, max: 30 }), ticks: fc.nat(20) }), {
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(work, fc.record(limits), async (jobs, { atOnce, characters }) => {
      let count = 0
      let held = 0
      const results = inOrder(
        read(jobs.map((job, at) => batchOf(at, job.characters))),
        async (batch) => {
          count++
          held += batch.characters
          expect(count).toBeLessThanOrEqual(atOnce)
          if (count > 1) expect(held).toBeLessThanOrEqual(characters)
          await ticks(jobs[batch.first]!.ticks)
          count--
          held -= batch.characters
          return batch.first
        },
        { atOnce, characters },
      )
      expect(await all(results)).toEqual(jobs.map((_, at) => at))
    }),
  )
})

test('what is done is given while more is waited for', async () => {
  let more = (): void => {}
  async function* slow(): AsyncGenerator<Batch> {
    yield batchOf(1)
    await new Promise<void>((resolve) => (more = resolve))
    yield batchOf(2)
  }
  const results = inOrder(slow(), async ({ first }) => first, { atOnce: 4, characters: 100 })[Symbol.asyncIterator]()
  expect(await results.next()).toEqual({ done: false, value: 1 })
  more()
  expect(await results.next()).toEqual({ done: false, value: 2 })
})

test('after a file that cannot be read comes what was read before, then the error', async () => {
  const seen: number[] = []
  const results = inOrder(
    read([batchOf(1), batchOf(2)], new Error('unreadable')),
    async ({ first }) => {
      await ticks(50)
      return first
    },
    { atOnce: 4, characters: 100 },
  )
  await expect(
    (async () => {
      for await (const result of results) seen.push(result)
    })(),
  ).rejects.toThrow('unreadable')
  expect(seen).toEqual([1, 2])
})

test('a failure of the work is heard in its turn', async () => {
  const work = async ({ first }: Batch): Promise<number> => {
    if (first === 2) throw new Error('broken')
    await ticks(20)
    return first
  }
  for (const atOnce of [1, 2, 4]) {
    const results = inOrder(read([1, 2, 3].map((first) => batchOf(first))), work, { atOnce, characters: 100 })
    const iterator = results[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ done: false, value: 1 })
    await expect(iterator.next()).rejects.toThrow('broken')
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  }
})
