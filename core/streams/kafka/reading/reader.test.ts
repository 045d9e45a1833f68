import fc from 'fast-check'
import type { EachBatchPayload } from 'kafkajs'
import { expect, test } from 'vitest'
import { TOPICS, type Clock } from '../../../seam.ts'
import { readMark } from '../records/mark.ts'
import type { RawRange } from './range.ts'
import { PartitionReader } from './reader.ts'
import type { RawRecord } from '../records/record.ts'
import { decideStart } from './start.ts'

/* A reader against a model of one partition and of what kafkajs does with it, through every order of trouble. */

type Outcome = 'well' | 'fail' | 'crash'
type Step =
  | { do: 'append'; records: number }
  | { do: 'remake'; records: number; keepOffsets: boolean }
  | { do: 'fetch'; most: number; outcome: Outcome }
  | { do: 'crash' }

const count = fc.integer({ min: 1, max: 12 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('append' as const), records: count }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('remake' as const), records: count, keepOffsets: fc.boolean() }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('fetch' as const),
        most: count,
        outcome: fc.constantFrom<Outcome>('well', 'well', 'well', 'fail', 'crash'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  ),
  { maxLength: 60 },
)

class Model {
  log: string[] = []
  life = 0
  committed: number | undefined
  metadata: string | null = null
  fetchAt = 0
  seekTo: number | undefined
  now = 0
  crashed = false
  /** What the handler was given, and ended well. */
  readonly handed: RawRange[] = []
  next: Outcome = 'well'
  reader!: PartitionReader
  readonly clock: Clock = { now: () => (this.now += 10), sleep: async () => void (this.now += 1_000) }

  append(records: number): void {
    for (let at = 0; at < records; at++) this.log.push(`${this.life}.${this.log.length}`)
  }

  remake(records: number, keepOffsets: boolean): void {
    this.life++
    this.log = []
    this.append(records)
    if (keepOffsets) return
    this.committed = undefined
    this.metadata = null
  }

  start(): void {
    this.crashed = false
    const last = this.handed.toSorted((a, b) => a.epoch - b.epoch || a.last - b.last).at(-1)
    const start = decideStart({
      committed: this.committed,
      mark: this.committed === undefined ? undefined : readMark(this.metadata),
      stored: last && { epoch: last.epoch, offset: last.last, id: last.id },
      own: undefined,
      low: 0,
      high: this.log.length,
    })
    this.reader = new PartitionReader(start, {
      ...{ topic: TOPICS.interactions, partition: 0, clock: this.clock, heartbeatMs: 1e6, inPlaceMs: 0 },
      limits: { maxBatchRecords: 4, maxBatchBytes: 1_000 },
      drainBy: new AbortController().signal,
      isStopping: () => this.crashed,
      handOver: (range) => this.handle(range),
      seek: (offset) => (this.seekTo = offset),
      putAside: () => {},
      lowOf: async () => 0,
      ...{ onError: () => {}, onLost: () => {}, onEpoch: () => {} },
    })
    this.fetchAt = this.reader.position
    this.seekTo = undefined
  }

  async handle(range: RawRange): Promise<never> {
    const how = this.next
    this.next = 'well'
    if (how === 'fail') throw new Error('not now')
    this.handed.push(range)
    if (how === 'crash') this.crashed = true // stored, and gone before the commit
    return {} as never
  }

  /** As kafkajs's loop does it. */
  async fetch(most: number): Promise<void> {
    if (this.seekTo !== undefined) this.fetchAt = this.seekTo
    this.seekTo = undefined
    if (this.fetchAt > this.log.length) {
      this.committed = undefined
      this.metadata = null
      this.fetchAt = 0
    }
    const from = this.fetchAt
    const messages: RawRecord[] = this.log.slice(from, from + most).map((id, at) => {
      return { offset: String(from + at), key: null, value: Buffer.alloc(9), headers: { 'weir-id': Buffer.from(id) } }
    })
    if (messages.length === 0) return
    const batch = { messages, highWatermark: String(this.log.length), lastOffset: () => messages.at(-1)!.offset }
    await this.reader.take({
      batch,
      resolveOffset: (offset: string) => (this.fetchAt = Number(offset) + 1),
      heartbeat: async () => {},
      isStale: () => this.seekTo !== undefined,
      commitOffsetsIfNecessary: async ({ topics }: never) => this.commit(topics),
    } as unknown as EachBatchPayload)
    if (this.crashed) this.start()
  }

  commit(topics: { partitions: { offset: string; metadata: string }[] }[]): void {
    if (this.crashed) throw new Error('no such member')
    const [{ offset, metadata } = { offset: '0', metadata: '' }] = topics[0]!.partitions
    this.committed = Number(offset)
    this.metadata = metadata
  }
}

test('whatever happens, the log is handed over whole, and no origin stands for two records', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const model = new Model()
      model.start()
      for (const step of plan) {
        if (step.do === 'append') model.append(step.records)
        else if (step.do === 'remake') model.remake(step.records, step.keepOffsets)
        else if (step.do === 'crash') model.start()
        else {
          model.next = step.outcome
          await model.fetch(step.most).catch(() => model.start())
        }
      }
      model.next = 'well'
      for (let turn = 0; turn < 200; turn++) {
        if (turn % 50 === 49) await model.reader.lookAgain(model.log.length) // as the watchdog does after a silence
        await model.fetch(12)
      }

      const origins = new Map<string, string>()
      for (const { epoch, records } of model.handed)
        for (const { offset, headers } of records) {
          const id = String(headers!['weir-id'] as Buffer)
          expect(origins.get(`${epoch}:${offset}`) ?? id).toBe(id)
          origins.set(`${epoch}:${offset}`, id)
        }
      const ids = new Set(origins.values())
      for (const id of model.log) expect(ids).toContain(id)

      const ends = new Map<string, number>()
      for (const { epoch, first, last } of model.handed) {
        expect(ends.get(`${epoch}:${first}`) ?? last).toBe(last) // a repeat is exactly the range that it was
        ends.set(`${epoch}:${first}`, last)
      }
      for (const [place, last] of ends) {
        const epoch = Number(place.split(':')[0])
        const [next] = model.handed
          .filter((range) => range.epoch === epoch && range.first > last)
          .map(({ first }) => first)
        if (next !== undefined) expect(ends.has(`${epoch}:${last + 1}`)).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})
