import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { interaction, originAt, signal, finding } from '../../test/support/interactions.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import { WeirError } from '../errors.ts'
import type { Examined } from '../examine/index.ts'
import type { Examination } from '../pool/index.ts'
import { DataKeys, MasterKeys, open, pack, type WrappedKey } from '../sealing/index.ts'
import { TOPICS, type Batch, type Incoming, type Outgoing, type Topic } from '../seam.ts'
import { cutBatch } from '../streams/token.ts'
import { createDetectStage } from './detect.ts'
import type { DeadOutcome, Outcome, StoredOutcome } from './outcome.ts'

/** Examined elsewhere: the rig says when. */
const LONG = 'long'
const LEAKING = 'leaking'
const BROKEN = 'broken'
const REFUSED = 'refused'

/** Finds one thing in interactions named LEAKING, and fails on those named BROKEN; the store refuses REFUSED. */
function examine(of: Interaction, origin: Origin): Examined {
  if (of.name === BROKEN) throw new Error('quotes 4111 1111 1111 1111')
  const findings = of.name === LEAKING ? [finding(of, origin)] : []
  const masked = findings.length > 0 ? { ...of, output: [] } : of
  return {
    interaction: masked,
    findings,
    signal: signal(of, origin, findings.length),
    unscanned: [],
    changed: findings.length > 0,
    unrecorded: 0,
  }
}

interface Long {
  readonly done: () => void
  readonly fail: (error: Error) => void
}
const PACKED = pack(Buffer.from('packed elsewhere'))
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function rig(originals: 'findings' | 'all' | 'none' = 'findings', atOnce = 1) {
  const written: Batch<Outcome>[] = []
  const published: { topic: Topic; records: readonly Outgoing[] }[] = []
  const stored = new Map<string, Origin>()
  const counted: unknown[][] = []
  const wrapped = new Map<string, WrappedKey>()
  const rigged = { failures: 0, examined: 0, lookups: 0, assigned: [] as number[], long: [] as Long[] }
  const keys = new DataKeys({
    masterKeys: new MasterKeys(new Map([['m', randomBytes(32)]]), 'm'),
    store: { save: async (key) => void wrapped.set(key.keyId, key), load: async (id) => wrapped.get(id) },
    random: randomBytes,
  })
  const stage = createDetectStage({
    examine: (of, origin) => {
      rigged.examined++
      if (of.name !== LONG) return examine(of, origin)
      const made = (): Examination => ({ ...examine({ ...of, name: LEAKING }, origin), packed: PACKED })
      return new Promise((resolve, reject) => rigged.long.push({ done: () => resolve(made()), fail: reject }))
    },
    atOnce,
    known: {
      lookup: async (ids) => {
        rigged.lookups++
        return new Map(
          ids.flatMap((id) => (stored.has(id) ? [[id, { origin: stored.get(id)!, dead: false }] as const] : [])),
        )
      },
      add: () => {},
      assigned: async ({ partition }) => void rigged.assigned.push(partition),
    },
    sink: {
      write: async (batch) => {
        written.push(batch)
        if (rigged.failures-- > 0) throw new Error('unknown outcome')
        for (const outcome of batch.records)
          if (outcome.kind === 'stored') stored.set(outcome.interaction.id, outcome.origin)
        return batch.records
          .filter((outcome) => outcome.kind === 'stored')
          .filter(({ interaction: { name } }) => name === REFUSED)
      },
    },
    stream: {
      publish: async (topic, records) => {
        published.push({ topic, records })
        return []
      },
      subscribe: async () => {},
    },
    keys,
    originals,
    random: randomBytes,
    meter: { add: (name, value, labels) => counted.push([name, value, labels?.['outcome']]) },
    logger: { warn: () => {} },
  })
  return { stage, written, published, counted, keys, rigged }
}

function incoming(of: Interaction, offset: number, epoch = 1): Incoming<Interaction> {
  return { id: of.id, tenant: of.tenant, value: of, origin: originAt(offset, epoch) }
}

const batch = (records: Incoming<Interaction>[]): Batch<Incoming> => cutBatch(TOPICS.interactions, records)
const kinds = (of: Batch<Outcome>): string[] => of.records.map((outcome) => outcome.kind)

describe('the detect stage', () => {
  it('gives every record of the batch exactly one outcome, in order', async () => {
    const { stage, written } = rig()
    const records = [
      interaction('a'),
      interaction('b', { name: LEAKING }),
      interaction('a'),
      interaction('c', { name: BROKEN }),
    ]
    await stage.handle(batch(records.map((record, offset) => incoming(record, offset))))
    expect(kinds(written[0]!)).toEqual(['stored', 'stored', 'duplicate', 'dead'])
    expect(written[0]!.records.map((outcome) => outcome.origin.offset)).toEqual([0, 1, 2, 3])
  })

  it('knows a sender’s retry by its id, and its own replay by its origin', async () => {
    const { stage, written } = rig()
    const one = interaction('again')
    await stage.handle(batch([incoming(one, 0)]))
    await stage.handle(batch([incoming(one, 1)]))
    await stage.handle(batch([incoming(one, 0)]))
    expect(written.map(kinds)).toEqual([['stored'], ['duplicate'], ['stored']])
    expect(written.map(({ records }) => records.map((outcome) => 'again' in outcome))).toEqual([
      [false],
      [false],
      [true],
    ])
  })

  it('takes in what others stored of a partition before it reads on', async () => {
    const { stage, rigged } = rig()
    expect(await stage.assigned!({ topic: TOPICS.interactions, partition: 3 })).toBeUndefined()
    expect(rigged.assigned).toEqual([3])
  })

  it('stores on a repeat exactly what it made the first time', async () => {
    const { stage, written, rigged } = rig()
    rigged.failures = 2
    const again = batch([incoming(interaction('x', { name: LEAKING }), 0)])
    await expect(stage.handle(again)).rejects.toThrow('unknown outcome')
    await expect(stage.handle(again)).rejects.toThrow('unknown outcome')
    await stage.handle(again)
    expect(rigged).toMatchObject({ examined: 1, lookups: 1 })
    expect(new Set(written.map((w) => w.records)).size).toBe(1)
  })

  it('hands over nothing before the batch is stored, and everything after', async () => {
    const { stage, published, rigged } = rig()
    rigged.failures = 1
    const leaking = interaction('y', { name: LEAKING })
    const one = batch([incoming(leaking, 0), incoming(interaction('z'), 1)])
    await expect(stage.handle(one)).rejects.toThrow()
    expect(published).toEqual([])
    await stage.handle(one)
    expect(published.map(({ topic, records }) => [topic, records.length])).toEqual([
      [TOPICS.signals, 2],
      [TOPICS.findings, 1],
    ])
    expect(published[1]!.records[0]!.cause).toEqual(originAt(0))
  })

  it('keeps the sealed original of what has findings, as it arrived, and no other', async () => {
    const { stage, written, keys } = rig()
    const leaking = interaction('secret', { name: LEAKING })
    await stage.handle(batch([incoming(leaking, 0), incoming(interaction('plain'), 1)]))
    const [kept, plain] = written[0]!.records as StoredOutcome[]
    expect(plain!.original).toBeUndefined()
    const opened = await open(keys, kept!.original!, { tenant: 'default', recordId: leaking.id, field: 'original' })
    expect(JSON.parse(opened.toString())).toEqual(leaking)
  })

  it.each([
    ['all', 2],
    ['none', 0],
  ] as const)('keeps originals as configured: %s', async (mode, count) => {
    const { stage, written } = rig(mode)
    await stage.handle(batch([incoming(interaction('p', { name: LEAKING }), 0), incoming(interaction('q'), 1)]))
    expect((written[0]!.records as StoredOutcome[]).filter((outcome) => outcome.original).length).toBe(count)
  })

  it('buries what cannot be examined, sealed, and says nothing of its content', async () => {
    const { stage, written, keys } = rig()
    const broken = interaction('odd', { name: BROKEN })
    await stage.handle(batch([incoming(broken, 0)]))
    const [dead] = written[0]!.records as DeadOutcome[]
    expect(dead).toMatchObject({ kind: 'dead', reason: 'examine_failed', id: broken.id })
    expect(dead!.sealed.envelope.toString('latin1')).not.toContain('question odd')
    const opened = await open(keys, dead!.sealed, { tenant: 'default', recordId: broken.id, field: 'dead' })
    expect(JSON.parse(opened.toString())).toEqual(broken)
  })

  it('counts what the store refuses as dead, and hands on no signal of it', async () => {
    const { stage, published, counted } = rig()
    await stage.handle(batch([incoming(interaction('r', { name: REFUSED }), 0), incoming(interaction('s'), 1)]))
    expect(counted).toContainEqual(['weir_detect_records_total', 1, 'stored'])
    expect(counted).toContainEqual(['weir_detect_records_total', 1, 'dead'])
    expect(published[0]!.records).toHaveLength(1)
  })

  it('waits for what is examined elsewhere, so many at once, and keeps the order', async () => {
    const { stage, written, keys, rigged } = rig('findings', 2)
    const names = ['', LONG, '', LONG, LONG, '']
    const records = names.map((name, n) => incoming(interaction(`n${n}`, { name }), n))
    const handled = stage.handle(batch([...records, incoming(records[1]!.value, 6)]))
    for (let turns = 0; turns < 5; turns++) await turn()
    expect([rigged.long.length, rigged.examined, written.length]).toEqual([2, 4, 0])
    rigged.long[1]!.done()
    for (let turns = 0; turns < 5; turns++) await turn()
    expect(rigged.long.length).toBe(3)
    for (const { done } of rigged.long) done()
    await handled
    expect(written[0]!.records.map(({ origin }) => origin.offset)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(kinds(written[0]!)).toEqual([...Array.from({ length: 6 }, () => 'stored'), 'duplicate'])
    const long = written[0]!.records[3] as StoredOutcome
    const place = { tenant: 'default', recordId: records[3]!.id, field: 'original' }
    expect((await open(keys, long.original!, place)).toString()).toBe('packed elsewhere')
  })

  it.each(['WEIR_QUEUE_FULL', 'WEIR_STOPPING'] as const)(
    'buries nothing that may be examined later: %s',
    async (code) => {
      const { stage, written, rigged } = rig()
      const records = [incoming(interaction('l', { name: LONG }), 0), incoming(interaction('m'), 1)]
      const handled = stage.handle(batch(records))
      while (rigged.long.length === 0) await turn()
      rigged.long[0]!.fail(new WeirError(code, 'not now'))
      await expect(handled).rejects.toMatchObject({ code })
      expect([written.length, rigged.examined]).toEqual([0, 1])
      const again = stage.handle(batch(records))
      while (rigged.long.length === 1) await turn()
      rigged.long[1]!.done()
      await again
      expect(kinds(written[0]!)).toEqual(['stored', 'stored'])
    },
  )

  it('seals each tenant under a key of its own', async () => {
    const { stage, written } = rig('all')
    const records = ['a', 'b', 'a'].map((tenant, n) => incoming({ ...interaction(`t${n}`), tenant }, n))
    await stage.handle(batch(records))
    const ids = (written[0]!.records as StoredOutcome[]).map((outcome) => outcome.original!.keyId)
    expect(ids[0]).toBe(ids[2])
    expect(ids[0]).not.toBe(ids[1])
  })
})
