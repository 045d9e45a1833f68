import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../clock.ts'
import { DataKeys, type KeyStore, type WrappedKey } from '../../../sealing/index.ts'
import { TOPICS } from '../../../seam.ts'
import { MASTER, outgoing } from '../broker.fixture.ts'
import { deadLetter, rawOf, withoutBytes, type DeadLetter } from './dead.ts'
import { decodeRecord, encodeRecord, idOf, invalidity, wireBytes, wireKey, type RawRecord } from './record.ts'

const kept = new Map<string, WrappedKey>()
const store: KeyStore = { save: async (key) => void kept.set(key.keyId, key), load: async (id) => kept.get(id) }
const keys = new DataKeys({ masterKeys: MASTER, store, random: systemRandom })
const nowMs = Date.parse('2026-11-21T10:00:00Z')

async function written(id: string, value: unknown): Promise<RawRecord> {
  const key = await keys.forDay('acme', '2026-11-21')
  const plain = Buffer.from(JSON.stringify(value))
  const wire = encodeRecord(TOPICS.interactions, outgoing(id, value), plain, { key, random: systemRandom, nowMs })
  return { offset: '7', ...wire }
}
const decode = (raw: RawRecord, topic: (typeof TOPICS)[keyof typeof TOPICS] = TOPICS.interactions) =>
  decodeRecord(topic, raw, keys)

describe('a record on the wire', () => {
  test('comes back as it was', async () => {
    const value = { text: 'ü\u0000 und \ud800', deep: [1, { a: null }] }
    const raw = await written('r1', value)
    expect(await decode(raw)).toEqual({ kind: 'live', id: 'r1', tenant: 'acme', value })
    expect(idOf(raw)).toBe('r1')
  })

  test('shows nothing of its content, in value, key or headers', async () => {
    const raw = await written('r1', { text: 'Erika Mustermann'.repeat(100) })
    const all = Buffer.concat([raw.key!, raw.value!, ...Object.values(raw.headers!).map((header) => header as Buffer)])
    expect(all.includes('Erika')).toBe(false)
    expect(wireKey('acme', 'trace of Erika').toString()).toMatch(/^acme\/[0-9a-f]{32}$/)
    expect(raw.value!.length).toBeLessThan(300)
  })

  test('weighs at least what Kafka will count', async () => {
    const raw = await written('r1', { text: 'x' })
    const content = raw.key!.length + raw.value!.length
    expect(wireBytes({ ...raw, timestamp: '0' } as never)).toBeGreaterThan(content + 60)
  })

  test.each<[string, (raw: RawRecord) => RawRecord, string]>([
    ['a tombstone', (raw) => ({ ...raw, value: null }), 'not_ours'],
    ['no headers', ({ headers: _headers, ...raw }) => raw, 'not_ours'],
    ['a header twice', (raw) => ({ ...raw, headers: { ...raw.headers, 'weir-v': [Buffer.from('1')] } }), 'not_ours'],
    ['a later version', (raw) => ({ ...raw, headers: { ...raw.headers, 'weir-v': Buffer.from('2') } }), 'version'],
    [
      'another tenant',
      (raw) => ({ ...raw, headers: { ...raw.headers, 'weir-tenant': Buffer.from('x') } }),
      'broken_seal',
    ],
    ['another id', (raw) => ({ ...raw, headers: { ...raw.headers, 'weir-id': Buffer.from('x') } }), 'broken_seal'],
    ['a cut value', (raw) => ({ ...raw, value: raw.value!.subarray(1) }), 'broken_seal'],
    ['an empty value', (raw) => ({ ...raw, value: Buffer.alloc(0) }), 'broken_seal'],
    [
      'an id without end',
      (raw) => ({ ...raw, headers: { ...raw.headers, 'weir-id': Buffer.alloc(999, 'i') } }),
      'not_ours',
    ],
  ])('with %s is dead', async (_what, spoil, reason) => {
    const raw = spoil(await written('r1', { text: 'x' }))
    const decoded = await decode(raw)
    expect(decoded).toMatchObject({ kind: 'dead', reason })
    expect(idOf(raw)).toBe(decoded.id)
    expect(decoded.id.length).toBeGreaterThan(0)
  })

  test('of another topic is dead', async () => {
    expect(await decode(await written('r1', {}), TOPICS.findings)).toMatchObject({ reason: 'broken_seal' })
  })

  test('under a key that is not here is not dead', async () => {
    const raw = await written('r1', {})
    const unknown = { ...raw, headers: { ...raw.headers, 'weir-key': Buffer.from('elsewhere') } }
    await expect(decode(unknown)).rejects.toThrow(expect.objectContaining({ code: 'WEIR_KEY_UNKNOWN' }) as Error)
  })

  test('that this version does not understand is dead', async () => {
    const raw = await written('r1', { shape: 'odd' })
    const check = (_topic: unknown, value: unknown): boolean => (value as { shape: string }).shape !== 'odd'
    expect(await decodeRecord(TOPICS.interactions, raw, keys, check)).toMatchObject({ reason: 'invalid' })
  })

  test('whose value is of a later version is dead, also where the record is as we know it', async () => {
    expect(await decode(await written('r1', { version: 2, anything: [] }))).toMatchObject({ reason: 'version' })
    expect(await decode(await written('r1', { version: 1 }))).toMatchObject({ kind: 'live' })
  })

  test('must have an id and a tenant that fit', () => {
    expect(invalidity(outgoing('ok'))).toBeUndefined()
    expect(invalidity(outgoing(''))).toMatch(/id/)
    expect(invalidity(outgoing('x'.repeat(300)))).toMatch(/id/)
    expect(invalidity({ ...outgoing('ok'), tenant: 't'.repeat(300) })).toMatch(/tenant/)
  })
})

test('a dead letter gives back the record as it stood in the topic', async () => {
  const raw = await written('r1', { text: 'x' })
  const odd = { ...raw, headers: { ...raw.headers, twice: [Buffer.from('a'), Buffer.from('b')], none: [] } }
  const origin = { topic: TOPICS.interactions, epoch: 1, partition: 0, offset: Number(raw.offset) }
  const about = { id: 'r1', reason: 'version' as const, origin, batch: 7, diedAt: nowMs }
  const letter = JSON.parse(JSON.stringify((await deadLetter(odd, about, keys)).value)) as DeadLetter
  expect(rawOf(letter)).toEqual({ offset: '7', key: odd.key, value: odd.value, headers: odd.headers })
  const empty = { offset: raw.offset, key: null, value: null }
  expect(rawOf((await deadLetter(empty, about, keys)).value)).toEqual({ ...empty, headers: {} })
  expect(rawOf(withoutBytes(await deadLetter(raw, about, keys)).value)).toBeUndefined()
})

test('a dead letter belongs to the tenant whose key it names, not to the one it claims', async () => {
  const raw = await written('r1', {})
  const claims = { ...raw, headers: { ...raw.headers, 'weir-tenant': Buffer.from('victim') } }
  const origin = { topic: TOPICS.interactions, epoch: 1, partition: 0, offset: 7 }
  const about = { id: 'r1', reason: 'broken_seal' as const, origin, batch: 7, diedAt: nowMs }
  expect((await deadLetter(claims, about, keys)).tenant).toBe('acme')
  const nobodys = { ...claims, headers: { ...claims.headers, 'weir-key': Buffer.from('none') } }
  expect((await deadLetter(nobodys, about, keys)).tenant).toBe('default')
})
