import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../clock.ts'
import type { ErrorCode } from '../errors.ts'
import type { RandomBytes } from '../seam.ts'
import {
  createValueHasher,
  DataKeys,
  dayOf,
  MasterKeys,
  masterKeysOf,
  open,
  seal,
  type KeyStore,
  type Sealed,
  type WrappedKey,
} from './index.ts'

const DAY = '2026-11-21'
const KEY_A = Buffer.alloc(32, 0xa1)
const KEY_B = Buffer.alloc(32, 0xb2)
/** Few characters, so that parts of names move over easily; half a surrogate pair, which UTF-8 cannot tell from another. */
const nasty = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\u0000', '\ud800', '\udc00', 'é'), maxLength: 4 })
const place = { tenant: 'default', recordId: 'record-1', field: 'original' }

/** The same bytes on every run: block n is SHA-256 of n. */
function countingRandom(): RandomBytes {
  let count = 0
  return (size) => createHash('sha256').update(String(count++)).digest().subarray(0, size)
}

class MemoryKeyStore implements KeyStore {
  readonly kept = new Map<string, WrappedKey>()
  saves = 0
  failing = false
  save(key: WrappedKey): Promise<void> {
    this.saves += 1
    if (this.failing) return Promise.reject(new Error('the store does not answer'))
    this.kept.set(key.keyId, key)
    return Promise.resolve()
  }
  load(keyId: string): Promise<WrappedKey | undefined> {
    return Promise.resolve(this.kept.get(keyId))
  }
}

const masters = (active: string, keys: Record<string, Buffer> = { a: KEY_A }): MasterKeys =>
  new MasterKeys(new Map(Object.entries(keys)), active)

function world(masterKeys = masters('a'), store = new MemoryKeyStore(), random: RandomBytes = systemRandom) {
  return { store, keys: new DataKeys({ masterKeys, store, random }) }
}

const failsWith = (code: ErrorCode) => expect.objectContaining({ name: 'WeirError', code }) as Error

describe('golden: what an earlier version sealed still opens', () => {
  // The wrapped key, the plain envelope and the hash were also computed by an independent implementation.
  const golden: WrappedKey = {
    keyId: '5feceb66ffc86f38d952786c6d696c79',
    tenant: 'default',
    day: DAY,
    masterKeyId: 'a',
    wrapped: Buffer.from(
      '01d4735e3a265e16eee03f597128c86865e23494002719cbf83f458e0ff7f1435976ad9ab9d05c5ad5c15f4884bc690fb6a438305b0f7d7e16e9836f24',
      'hex',
    ),
  }
  const plain = '01004e07408562bedb8b60ce05c11111acf7fa7200285c4451045bdcbfa9391d9e7b8776'
  const deflated = '01014e07408562bedb8b60ce05c15145fbb1cb36b1992dc256f231179fda49164508e944b7fdfc673e234343177d7570'

  test('writing: key and content', async () => {
    const random = countingRandom()
    const { store, keys } = world(masters('a'), new MemoryKeyStore(), random)
    const key = await keys.forDay('default', DAY)
    expect(store.kept.get(key.keyId)).toEqual(golden)
    expect(seal(key, 'record-1', 'original', Buffer.from('secret'), random).envelope.toString('hex')).toBe(plain)
  })

  test.each([
    [plain, 'secret'],
    [deflated, '4111 1111 1111 1111, '.repeat(5)],
  ])('reading: %s', async (hex, text) => {
    const { store, keys } = world()
    store.kept.set(golden.keyId, golden)
    const sealed = { keyId: golden.keyId, envelope: Buffer.from(hex, 'hex') }
    expect(String(await open(keys, sealed, place))).toBe(text)
  })

  test('value hash', () => {
    expect(createValueHasher(masters('a'))('default', 'card', '4111111111111111')).toBe(
      '21a47b5149270d26fd042a9522b67af952c4c1da7657984a891210ae66a1b7b6',
    )
  })
})

describe('sealing', () => {
  test('opens to exactly what was sealed, in another process too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.string(), fc.string(), async (bytes, recordId, field) => {
        const { store, keys } = world()
        const sealed = seal(await keys.forDay('t', DAY), recordId, field, bytes, systemRandom)
        const elsewhere = world(masters('a'), store).keys
        expect(await open(elsewhere, sealed, { tenant: 't', recordId, field })).toEqual(Buffer.from(bytes))
      }),
    )
  })

  test('compresses what can be', async () => {
    const { keys } = world()
    const key = await keys.forDay('t', DAY)
    expect(seal(key, 'r', 'f', Buffer.alloc(100_000, 'a'), systemRandom).envelope.length).toBeLessThan(1000)
    expect(seal(key, 'r', 'f', systemRandom(1000), systemRandom).envelope.length).toBe(1000 + 30)
    expect(seal(key, 'r', 'f', Buffer.alloc(0), systemRandom).envelope.length).toBe(30)
  })

  test('equal content looks different each time', async () => {
    const { keys } = world()
    const key = await keys.forDay('t', DAY)
    const sealed = Array.from({ length: 100 }, () => seal(key, 'r', 'f', Buffer.from('same'), systemRandom))
    expect(new Set(sealed.map(({ envelope }) => envelope.toString('hex'))).size).toBe(100)
  })

  test('a change of any bit, and any cut, is seen', async () => {
    const { keys } = world()
    const sealed = seal(await keys.forDay('default', DAY), 'record-1', 'original', Buffer.from('secret'), systemRandom)
    const { envelope } = sealed
    for (let at = 0; at < envelope.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(envelope)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        await expect(open(keys, { ...sealed, envelope: changed }, place)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
      }
      const cut = { ...sealed, envelope: envelope.subarray(0, at) }
      await expect(open(keys, cut, place)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
    }
    const longer = { ...sealed, envelope: Buffer.concat([envelope, Buffer.of(0)]) }
    await expect(open(keys, longer, place)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
    expect(String(await open(keys, sealed, place))).toBe('secret')
  })

  test('opens at its own place only, whatever the names are', async () => {
    const places = fc.record({ tenant: nasty, recordId: nasty, field: nasty })
    const { keys } = world()
    await fc.assert(
      fc.asyncProperty(places, places, async (own, other) => {
        fc.pre(own.tenant !== other.tenant || own.recordId !== other.recordId || own.field !== other.field)
        const key = await keys.forDay(own.tenant, DAY)
        const sealed = seal(key, own.recordId, own.field, Buffer.from('x'), systemRandom)
        await expect(open(keys, sealed, other)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
      }),
    )
    const shifted = seal(await keys.forDay('t', DAY), 'ab', 'c', Buffer.from('x'), systemRandom)
    await expect(open(keys, shifted, { tenant: 't', recordId: 'a', field: 'bc' })).rejects.toThrow(
      failsWith('WEIR_SEAL_BROKEN'),
    )
  })

  test('under the id of another key it is broken, under an unknown id the key is missing', async () => {
    const { keys } = world()
    const sealed = seal(await keys.forDay('default', DAY), 'record-1', 'original', Buffer.from('x'), systemRandom)
    const other = await keys.forDay('default', '2026-11-22')
    await expect(open(keys, { ...sealed, keyId: other.keyId }, place)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
    await expect(open(keys, { ...sealed, keyId: 'gone' }, place)).rejects.toThrow(failsWith('WEIR_KEY_UNKNOWN'))
  })

  test('what is too large to be opened again is not sealed', async () => {
    const { keys } = world()
    const key = await keys.forDay('default', DAY)
    expect(() => seal(key, 'record-1', 'original', Buffer.alloc(256 * 1024 * 1024 + 1), systemRandom)).toThrow(
      failsWith('WEIR_TOO_LARGE'),
    )
  })
})

describe('data keys', () => {
  test('are durable before they are given out, and all who ask at once share one', async () => {
    const { store, keys } = world()
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const save = store.save.bind(store)
    store.save = async (key) => {
      await held
      await save(key)
    }
    let given = 0
    const asking = Array.from({ length: 20 }, async () => {
      const key = await keys.forDay('t', DAY)
      given += 1
      expect(store.kept.has(key.keyId)).toBe(true)
      return key.keyId
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(given).toBe(0)
    release()
    expect(new Set(await Promise.all(asking)).size).toBe(1)
    expect(store.saves).toBe(1)
  })

  test('a failed save is not remembered', async () => {
    const { store, keys } = world()
    store.failing = true
    await expect(keys.forDay('t', DAY)).rejects.toThrow('does not answer')
    store.failing = false
    const key = await keys.forDay('t', DAY)
    expect(store.kept.has(key.keyId)).toBe(true)
  })

  test('are another for each tenant, day and process', async () => {
    const store = new MemoryKeyStore()
    const first = world(masters('a'), store).keys
    const second = world(masters('a'), store).keys
    const ids = await Promise.all([
      ...[first.forDay('t', DAY), first.forDay('u', DAY), first.forDay('t', '2026-11-22'), second.forDay('t', DAY)],
      first.forDay('t 2026', DAY),
    ])
    expect(new Set(ids.map(({ keyId }) => keyId)).size).toBe(5)
    expect((await first.forDay('t', DAY)).keyId).toBe(ids[0]?.keyId)
    await expect(first.forDay('t', '21.11.2026')).rejects.toThrow(failsWith('WEIR_BUG'))
  })

  test('are renewed before the nonces of one could meet', async () => {
    const { keys } = world()
    const key = await keys.forDay('t', DAY)
    key.uses = 2 ** 30
    const next = await Promise.all([keys.forDay('t', DAY), keys.forDay('t', DAY)])
    expect(next[0].keyId).not.toBe(key.keyId)
    expect(next[1].keyId).toBe(next[0].keyId)
  })

  test('memory is bounded; a forgotten key is loaded again', async () => {
    const store = new MemoryKeyStore()
    let evicted = 0
    const tools = { masterKeys: masters('a'), store, random: systemRandom }
    const keys = new DataKeys({ ...tools, keysInMemory: 2, evicted: () => (evicted += 1) })
    const sealed: Sealed[] = []
    for (const tenant of ['t0', 't1', 't2', 't3', 't0']) {
      sealed.push(seal(await keys.forDay(tenant, DAY), 'r', 'f', Buffer.from(tenant), systemRandom))
    }
    expect(evicted).toBe(3)
    expect(store.saves).toBe(5)
    for (const [index, one] of sealed.entries()) {
      const tenant = `t${index % 4}`
      expect(String(await open(keys, one, { tenant, recordId: 'r', field: 'f' }))).toBe(tenant)
    }
  })

  test('a stored key that was changed, or moved to another tenant, day or id, is broken', async () => {
    const { store, keys } = world()
    const { keyId } = await keys.forDay('t', DAY)
    const whole = store.kept.get(keyId)
    if (whole === undefined) throw new Error('not stored')
    const changed: WrappedKey[] = [
      { ...whole, tenant: 'u' },
      { ...whole, day: '2026-11-22' },
      ...Array.from(whole.wrapped.keys(), (at) => {
        const wrapped = Buffer.from(whole.wrapped)
        wrapped[at] = (wrapped[at] ?? 0) ^ 1
        return { ...whole, wrapped }
      }),
      { ...whole, wrapped: whole.wrapped.subarray(1) },
      { ...whole, wrapped: Buffer.alloc(0) },
    ]
    for (const one of changed) {
      store.kept.set(keyId, one)
      await expect(keys.byId(keyId)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
    }
    store.kept.set('other', whole)
    await expect(keys.byId('other')).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
    store.kept.set(keyId, whole)
    expect((await keys.byId(keyId)).tenant).toBe('t')
  })

  test('never stand in clear: not in what is stored, nor in what is printed', async () => {
    const random = countingRandom()
    const { store, keys } = world(masters('a'), new MemoryKeyStore(), random)
    const key = await keys.forDay('t', DAY)
    const secret = key.secret.export()
    expect(store.kept.get(key.keyId)?.wrapped.includes(secret)).toBe(false)
    const printed = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), inspect(keys, { depth: 9 })]
    printed.push(inspect(masters('a'), { depth: 9, showHidden: true }), JSON.stringify(masters('a')))
    for (const text of printed) {
      for (const bytes of [secret, KEY_A]) {
        for (const form of [bytes.toString('hex'), bytes.toString('base64'), [...bytes].slice(0, 4).join(',')]) {
          expect(text).not.toContain(form)
        }
      }
    }
  })
})

describe('rotation', () => {
  test('old content opens while its master key is there; new keys are wrapped by the active one', async () => {
    const store = new MemoryKeyStore()
    const before = world(masters('a'), store).keys
    const old = seal(await before.forDay('default', DAY), 'record-1', 'original', Buffer.from('old'), systemRandom)

    const both = world(masters('b', { a: KEY_A, b: KEY_B }), store).keys
    expect(String(await open(both, old, place))).toBe('old')
    const key = await both.forDay('default', DAY)
    expect(store.kept.get(key.keyId)?.masterKeyId).toBe('b')

    const after = world(masters('b', { b: KEY_B }), store).keys
    await expect(open(after, old, place)).rejects.toThrow(failsWith('WEIR_KEY_UNKNOWN'))
    await expect(open(after, old, place)).rejects.toThrow('add it to sealing.masterKeys')

    const wrong = world(masters('a', { a: KEY_B }), store).keys
    await expect(open(wrong, old, place)).rejects.toThrow(failsWith('WEIR_SEAL_BROKEN'))
  })

  test('an unknown key may come later', async () => {
    const { store, keys } = world()
    const sealed = seal(await keys.forDay('default', DAY), 'record-1', 'original', Buffer.from('x'), systemRandom)
    const late = new MemoryKeyStore()
    const reader = world(masters('a'), late).keys
    await expect(open(reader, sealed, place)).rejects.toThrow(failsWith('WEIR_KEY_UNKNOWN'))
    for (const [id, key] of store.kept) late.kept.set(id, key)
    expect(String(await open(reader, sealed, place))).toBe('x')
  })
})

describe('value hashes', () => {
  test('are equal for equal values of one tenant and type, and only then', () => {
    const hash = createValueHasher(masters('a'))
    const parts = fc.tuple(nasty, nasty, nasty)
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(hash(...one)).toMatch(/^[0-9a-f]{64}$/)
        expect(hash(...one) === hash(...other)).toBe(one.every((part, index) => part === other[index]))
        expect(createValueHasher(masters('a'))(...one)).toBe(hash(...one))
      }),
    )
    expect(hash('t', 'ab', 'c')).not.toBe(hash('t', 'a', 'bc'))
  })

  test('depend on the master key; an old value is looked for under every one', () => {
    const old = createValueHasher(masters('a'))
    const hash = createValueHasher(masters('b', { a: KEY_A, b: KEY_B }))
    expect(hash.keyId).toBe('b')
    expect(hash.hashesFor('t', 'email', 'x@y.z')).toEqual([
      { keyId: 'b', hash: hash('t', 'email', 'x@y.z') },
      { keyId: 'a', hash: old('t', 'email', 'x@y.z') },
    ])
    expect(hash('t', 'email', 'x@y.z')).not.toBe(old('t', 'email', 'x@y.z'))
  })

  test('no derived key is another, nor the master key', () => {
    const keys = masters('a')
    const derived = [
      keys.derive('a', 'wrap data keys'),
      keys.derive('a', 'hash values', 't'),
      keys.derive('a', 'hash values', 'u'),
      keys.derive('a', 'hash values'),
    ].map((key) => key?.export().toString('hex'))
    expect(new Set([...derived, KEY_A.toString('hex')]).size).toBe(5)
    expect(keys.derive('gone', 'wrap data keys')).toBeUndefined()
  })
})

describe('master keys of the configuration', () => {
  const hex = KEY_A.toString('hex')
  test.each([hex, hex.toUpperCase(), ` ${hex}\n`, KEY_A.toString('base64'), KEY_A.toString('base64url')])(
    'reads %j',
    (text) => {
      const keys = masterKeysOf({ masterKeys: { k: text } })
      expect(keys?.activeId).toBe('k')
      expect(createValueHasher(keys ?? masters('a'))('t', 'x', 'y')).toBe(
        createValueHasher(masters('a'))('t', 'x', 'y'),
      )
    },
  )
  test.each([
    '',
    'short',
    hex.slice(2),
    `${hex}00`,
    'g'.repeat(64),
    KEY_A.subarray(1).toString('base64'),
    'é'.repeat(43),
  ])('refuses %j without quoting it', (text) => {
    const reading = (): unknown => masterKeysOf({ masterKeys: { k: text } })
    expect(reading).toThrow(failsWith('WEIR_MASTER_KEY'))
    if (text !== '') expect(reading).not.toThrow(text)
  })
  test('needs to know which of several is active', () => {
    expect(() => masterKeysOf({ masterKeys: { a: hex, b: hex } })).toThrow(failsWith('WEIR_MASTER_KEY'))
    expect(() => masterKeysOf({ masterKeys: { a: hex }, activeKey: 'b' })).toThrow(failsWith('WEIR_MASTER_KEY'))
    expect(masterKeysOf({ masterKeys: { a: hex, b: hex }, activeKey: 'b' })?.ids).toEqual(['b', 'a'])
    expect(masterKeysOf({ masterKeys: {} })).toBeUndefined()
  })
})

test('the day of a time is in UTC', () => {
  expect(dayOf(Date.parse('2026-11-21T23:59:59.999Z'))).toBe('2026-11-21')
  expect(dayOf(Date.parse('2026-11-22T00:00:00+01:00'))).toBe('2026-11-21')
})
