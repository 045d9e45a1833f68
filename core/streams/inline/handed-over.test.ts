import { describe, expect, it } from 'vitest'
import { systemClock } from '../../clock.ts'
import { TOPICS, type Incoming, type Outgoing, type Position } from '../../seam.ts'
import { HandedOverQueue, type Recovery } from './handed-over.ts'

/** Rows that a writing stage made durable, and the positions saved: what a store would hold. */
class Rows implements Recovery {
  rows: Incoming[] = []
  saved: Position | undefined
  failReads = 0
  reads = 0
  load = async (): Promise<Position | undefined> => this.saved
  save = async (_topic: string, _group: string, position: Position): Promise<void> => {
    this.saved = position
  }
  readAfter = async (_topic: string, position: Position | undefined): Promise<Incoming[]> => {
    this.reads++
    if (this.failReads-- > 0) throw new Error('the store is away')
    const after = this.rows.filter((row) => !position || compare(row.origin, position) > 0)
    const end = after[9] // a page of ten, and all of the tenth's position
    return end ? after.filter((row) => compare(row.origin, end.origin) <= 0) : after
  }
}

const compare = (a: Position, b: Position): number => a.epoch - b.epoch || a.offset - b.offset

function stored(id: string, offset: number, epoch = 1): Incoming {
  return { id, tenant: 't', value: id, origin: { topic: TOPICS.interactions, epoch, partition: 0, offset } }
}

const outgoing = (row: Incoming): Outgoing => ({
  id: row.id,
  tenant: 't',
  key: 't',
  value: row.value,
  bytes: 0,
  cause: row.origin,
})

function start(rows: Rows, maxRecords = 100, handle: (ids: string[]) => Promise<void> = async () => {}) {
  const overflows: string[] = []
  const queue = new HandedOverQueue(TOPICS.findings, {
    maxRecords,
    recovery: rows,
    clock: { now: () => Date.now(), sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal) },
    onOverflow: (topic) => overflows.push(topic),
    onError: () => {},
  })
  const handled: string[] = []
  const stop = new AbortController()
  const consumer = {
    handle: async (batch: { records: readonly Incoming[] }): Promise<void> => {
      const ids = batch.records.map((record) => record.id)
      await handle(ids)
      handled.push(...ids)
    },
  }
  const done = queue.drainInto('respond', consumer, stop.signal, new AbortController().signal)
  const finish = async (): Promise<string[]> => {
    stop.abort()
    await done
    return handled
  }
  return { queue, handled, overflows, finish }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !condition(); i++) await systemClock.sleep(5)
  expect(condition()).toBe(true)
}

describe('the handed-over queue', () => {
  it('starts with the rows after the saved position', async () => {
    const rows = new Rows()
    rows.rows = [stored('a', 0), stored('b', 3), stored('c', 3), stored('d', 9)]
    rows.saved = { epoch: 1, offset: 0 }
    const { handled, finish } = start(rows)
    await until(() => handled.length === 3)
    expect(await finish()).toEqual(['b', 'c', 'd'])
    expect(rows.saved).toEqual({ epoch: 1, offset: 9 })
  })

  it('hands over live records in order without reading rows', async () => {
    const rows = new Rows()
    const { queue, handled, finish } = start(rows)
    await until(() => rows.reads > 0)
    await systemClock.sleep(10)
    const reads = rows.reads
    for (let offset = 0; offset < 5; offset++) {
      const row = stored(`r${offset}`, offset)
      rows.rows.push(row)
      queue.publish([outgoing(row)])
    }
    await until(() => handled.length === 5)
    expect(rows.reads).toBe(reads)
    expect(await finish()).toEqual(['r0', 'r1', 'r2', 'r3', 'r4'])
  })

  it('never delays its publisher, and reads again what did not fit', async () => {
    const rows = new Rows()
    let release!: () => void
    const held = new Promise<void>((resolve) => (release = resolve))
    const { queue, handled, overflows, finish } = start(rows, 5, () => held)
    await until(() => rows.reads > 0)
    await systemClock.sleep(10)
    for (let offset = 0; offset < 200; offset++) {
      const row = stored(`r${offset}`, offset)
      rows.rows.push(row)
      queue.publish([outgoing(row)]) // returns at once: the handler has not moved
    }
    expect(queue.waiting).toBeLessThanOrEqual(5)
    release()
    await until(() => handled.length >= 200)
    expect(await finish()).toEqual(Array.from({ length: 200 }, (_, i) => `r${i}`))
    expect(overflows.length).toBeGreaterThan(0)
  })

  it('keeps all records of one position together across pages', async () => {
    const rows = new Rows()
    rows.rows = Array.from({ length: 40 }, (_, i) => stored(`r${i}`, Math.floor(i / 13)))
    const { handled, finish } = start(rows)
    await until(() => handled.length === 40)
    expect(new Set(await finish()).size).toBe(40)
  })

  it('goes on after a failing handler and a failing store, losing and reordering nothing', async () => {
    const rows = new Rows()
    rows.failReads = 2
    let failures = 3
    const { queue, handled, finish } = start(rows, 100, async () => {
      if (failures-- > 0) throw new Error('not now')
    })
    for (let offset = 0; offset < 30; offset++) {
      const row = stored(`r${offset}`, offset)
      rows.rows.push(row)
      queue.publish([outgoing(row)])
      await systemClock.sleep(1)
    }
    await until(() => handled.length >= 30)
    expect(await finish()).toEqual(Array.from({ length: 30 }, (_, i) => `r${i}`))
  })

  it('follows positions into the next epoch', async () => {
    const rows = new Rows()
    rows.rows = [stored('a', 5, 1), stored('b', 0, 2), stored('c', 1, 2)]
    rows.saved = { epoch: 1, offset: 4 }
    const { handled, finish } = start(rows)
    await until(() => handled.length === 3)
    expect(await finish()).toEqual(['a', 'b', 'c'])
    expect(rows.saved).toEqual({ epoch: 2, offset: 1 })
  })
})
