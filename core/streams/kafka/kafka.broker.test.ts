import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock, systemRandom } from '../../clock.ts'
import { DataKeys, type WrappedKey } from '../../sealing/index.ts'
import { TOPICS, type Topic } from '../../seam.ts'
import {
  freshTopic,
  makeTopic,
  MASTER,
  outgoing,
  read,
  removeTopic,
  until,
  type World,
  Worlds,
  type WorldOptions,
} from './broker.fixture.ts'
import type { DeadLetter } from './records/dead.ts'
import { createKafkaKeyStore, type Lag } from './index.ts'
import { groupIdOf } from './reading/offsets.ts'

const available = kafkaAvailable()

describe.skipIf(!available.ok)('the Kafka stream on a real broker', () => {
  let kafka: KafkaCluster
  let worlds: Worlds
  let world: World
  const open = (options: Partial<WorldOptions> = {}): Promise<World> => worlds.open(options)
  const lagOf = async (topic: Topic): Promise<Lag> => (await world.stream.lag([{ topic, group: 'detect' }]))[0]!
  const isRead = async (topic: Topic): Promise<boolean> => {
    const lags = await world.stream.lag([{ topic, group: 'detect' }])
    return lags.every(({ lag, pending }) => lag === 0 && !pending)
  }
  const publish = async (topic: Topic, ids: readonly string[]): Promise<void> => {
    const records = ids.map((id) => outgoing(id))
    expect(await world.stream.publish(topic, records)).toEqual([])
  }
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`)

  beforeAll(async () => {
    kafka = await startKafka()
    worlds = await Worlds.on(kafka)
    world = await open()
  }, 200_000)

  afterAll(() => worlds?.close(), 60_000)

  test('what is published is read, once and in order, and committed', async () => {
    const topic = await freshTopic(world.client)
    await publish(topic, names('r', 50))
    const reading = read(world.stream, topic)
    await until(() => isRead(topic))
    await reading.stop()
    expect(reading.ids()).toEqual(names('r', 50))
    expect(await lagOf(topic)).toMatchObject({ committed: 50, end: 50, lag: 0, epoch: 1 })

    const again = read(world.stream, topic)
    await publish(topic, ['after'])
    await until(() => isRead(topic))
    await again.stop()
    expect(again.ids()).toEqual(['after'])
    expect(world.epochs).toEqual([])
  })

  describe('a range that was in hand', () => {
    test('is given again exactly, whatever the limits are by then', async () => {
      const topic = await freshTopic(world.client)
      await publish(topic, names('r', 40))
      const seen: string[] = []
      const dying = await open({ stream: { drainMs: 100, read: { maxBatchRecords: 25 } as never } })
      const first = read(dying.stream, topic, {
        handle: async ({ token }) => {
          seen.push(token)
          throw new Error('it dies here')
        },
      })
      await until(() => seen.length > 0)
      await first.stop()
      expect(await lagOf(topic)).toMatchObject({ committed: 0, lag: 40, pending: { first: 0, last: 24 } })

      const smaller = await open({ stream: { read: { maxBatchRecords: 7 } as never } })
      const second = read(smaller.stream, topic)
      await until(() => isRead(topic))
      await second.stop()
      expect(second.batches.map(({ first: a, last: z }) => [a, z])).toEqual([
        [0, 24],
        [25, 31],
        [32, 38],
        [39, 39],
      ])
      expect(second.batches[0]!.token).toBe(seen[0])
    })

    test('is gathered from several fetches when one brings less', async () => {
      const topic = await freshTopic(world.client)
      const big = 'x'.repeat(1000)
      const random = (): string => systemRandom(20_000).toString('base64') + big
      for (let at = 0; at < 12; at++) await world.stream.publish(topic, [outgoing(`r${at}`, { text: random() })])
      let token = ''
      const dying = await open({ stream: { drainMs: 100 } })
      const first = read(dying.stream, topic, {
        handle: async (batch) => {
          token = batch.token
          throw new Error('it dies here')
        },
      })
      await until(() => token !== '')
      await first.stop()
      expect((await lagOf(topic)).pending).toEqual({ first: 0, last: 11 })

      const narrow = await open({
        stream: { read: { maxFetchBytesPerPartition: 50_000, maxFetchBytes: 50_000 } as never },
      })
      const second = read(narrow.stream, topic)
      await until(() => isRead(topic))
      await second.stop()
      expect(second.batches.map((batch) => batch.token)).toEqual([token])
    })
  })

  describe('a handler that fails', () => {
    test('is given the very same batch until it succeeds; other partitions go on', async () => {
      const topic = await freshTopic(world.client, 2)
      const failing = await open({ stream: { read: { inPlaceMs: 300 } as never } })
      await publish(topic, names('r', 30))
      const tokens: string[] = []
      const handled = new Set<number>()
      const reading = read(failing.stream, topic, {
        handle: async ({ partition, token }) => {
          if (partition === 0 && tokens.push(token) < 5) throw new Error('not now')
          handled.add(partition)
        },
      })
      await until(() => handled.has(1))
      await until(() => isRead(topic))
      await reading.stop()
      expect(tokens.length).toBeGreaterThanOrEqual(5)
      expect(new Set(tokens.slice(0, 5)).size).toBe(1)
      expect(reading.ids().toSorted()).toEqual(names('r', 30).toSorted())
      expect(failing.stream.failingMs()).toBe(0)
    })

    test('that takes longer than the session stays in the group', async () => {
      const topic = await freshTopic(world.client)
      await publish(topic, ['a'])
      let joins = 0
      const reading = read(world.stream, topic, {
        assigned: async () => void joins++,
        handle: () => systemClock.sleep(8_000),
      })
      await until(() => isRead(topic))
      await publish(topic, ['b'])
      await until(() => reading.batches.length === 2)
      await reading.stop()
      expect(joins).toBe(1)
      expect(reading.ids()).toEqual(['a', 'b'])
      expect(world.epochs).toEqual([])
    })

    test('that loses its session does not commit, and the range is given again', async () => {
      const topic = await freshTopic(world.client)
      await publish(topic, ['a', 'b'])
      const tokens: string[] = []
      const revoked: number[] = []
      const reading = read(world.stream, topic, {
        revoked: async ({ partition }) => void revoked.push(partition),
        handle: async ({ token }) => {
          // Frozen: no timer runs, nothing is sent, as when the process is stopped.
          if (tokens.push(token) === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 9_000)
        },
      })
      await until(() => isRead(topic).catch(() => false)) // what was asked meanwhile times out too
      await reading.stop()
      expect(tokens).toHaveLength(2)
      expect(tokens[1]).toBe(tokens[0])
      expect(revoked).toEqual([0, 0])
    })
  })

  test('two members share the partitions, and a third that comes and goes loses nothing', async () => {
    const topic = await freshTopic(world.client, 4)
    const other = await open()
    const readings = [read(world.stream, topic), read(other.stream, topic)]
    for (let round = 0; round < 4; round++) {
      await publish(topic, names(`round${round}-`, 25))
      const passing = read(other.stream, topic)
      await publish(topic, names(`more${round}-`, 25))
      await systemClock.sleep(300)
      await passing.stop()
      readings.push({ ...passing, stop: async () => {} })
    }
    await until(() => isRead(topic))
    for (const reading of readings) await reading.stop()
    const tokens = new Map(readings.flatMap(({ batches }) => batches).map((batch) => [batch.token, batch]))
    const ids = [...tokens.values()].flatMap(({ records }) => records.map(({ id }) => id))
    expect(ids).toHaveLength(200)
    expect(new Set(ids).size).toBe(200)
  })

  describe('a topic that was deleted and made again', () => {
    const drained = async (): Promise<Topic> => {
      const topic = await freshTopic(world.client)
      await publish(topic, names('old', 10))
      const reading = read(world.stream, topic)
      await until(() => isRead(topic))
      await reading.stop()
      return topic
    }
    const mark = { v: 1, e: 1, s: [9, 'old9'] }
    /** As a commit that was still on its way. */
    const commitLate = async (topic: Topic): Promise<void> => {
      const consumer = world.client.kafka.consumer({ groupId: groupIdOf(topic, 'detect') })
      await consumer.connect()
      await consumer.subscribe({ topic })
      const joined = new Promise<void>((resolve) =>
        consumer.on(consumer.events.GROUP_JOIN, () => {
          consumer.pause([{ topic }]) // else kafkajs looks there, finds nothing, and wipes what was committed
          resolve()
        }),
      )
      await consumer.run({ autoCommit: false, eachBatch: async () => {} })
      await joined
      await consumer.commitOffsets([{ topic, partition: 0, offset: '10', metadata: JSON.stringify(mark) }])
      await consumer.disconnect()
    }

    test.each([
      ['fewer records', 4],
      ['as many records', 10],
      ['more records', 25],
    ])('and has %s, is read from its beginning under a new epoch', async (_what, count) => {
      const topic = await drained()
      await removeTopic(world.client, topic)
      await makeTopic(world.client, topic)
      await commitLate(topic)
      expect((await lagOf(topic)).committed).toBe(10)
      await publish(topic, names('new', count))
      const reading = read(world.stream, topic)
      await until(() => reading.ids().length >= count)
      await until(() => isRead(topic))
      await reading.stop()
      expect(reading.ids()).toEqual(names('new', count))
      expect(new Set(reading.batches.map(({ epoch }) => epoch))).toEqual(new Set([2]))
      expect((await lagOf(topic)).epoch).toBe(2)
    })

    test('under a consumer that goes on, is read from its beginning too', async () => {
      const topic = await drained()
      // Kafka forgets the group's offsets with the topic, and the group may join again meanwhile: the store still knows
      const knowing = await open({ stream: { lastStored: async () => ({ epoch: 1, offset: 10, id: 'last' }) } })
      const reading = read(knowing.stream, topic)
      await publish(topic, ['last'])
      await until(() => reading.ids().length === 1)
      await removeTopic(world.client, topic)
      await makeTopic(world.client, topic)
      await publish(topic, names('new', 30))
      await until(() => reading.ids().length === 31, 60_000)
      await until(() => isRead(topic))
      await reading.stop()
      expect(reading.ids()).toEqual(['last', ...names('new', 30)])
      expect(new Set(reading.batches.slice(1).map(({ epoch }) => epoch)).has(1)).toBe(false)
    }, 90_000)

    test('while a long batch was in hand, is noticed after it', async () => {
      const topic = await drained()
      let inHand = false
      let release!: () => void
      const held = new Promise<void>((resolve) => (release = resolve))
      const reading = read(world.stream, topic, {
        handle: async ({ records }) => {
          inHand = true
          if (records[0]!.id === 'last') await held
        },
      })
      await publish(topic, ['last'])
      await until(() => inHand)
      await removeTopic(world.client, topic)
      await makeTopic(world.client, topic)
      await publish(topic, names('new', 30))
      await systemClock.sleep(1_500)
      release()
      await until(() => new Set(reading.ids()).size === 31, 60_000)
      await until(() => isRead(topic))
      await reading.stop()
      expect(reading.ids().filter((id) => id.startsWith('new'))).toEqual(names('new', 30))
    }, 90_000)
  })

  test('what a broker cannot say while it loads its groups is asked again', async () => {
    let asked = 0
    const loading = { type: 'GROUP_LOAD_IN_PROGRESS', code: 14, retriable: true, name: '', message: 'loading' }
    const answer = await world.client.ask('a group', async () => {
      if (++asked < 3) throw new kafkajs.KafkaJSProtocolError(loading)
      return 'loaded'
    })
    expect([answer, asked]).toEqual(['loaded', 3])
  })

  test('the last row stored decides when the committed offset is gone or is not ours', async () => {
    const topic = await freshTopic(world.client)
    await publish(topic, names('r', 10))
    const known = await open({ stream: { lastStored: async () => ({ epoch: 3, offset: 5, id: 'r5', last: 6 }) } })
    const reading = read(known.stream, topic)
    await until(() => isRead(topic))
    await reading.stop()
    expect(reading.ids()).toEqual(['r7', 'r8', 'r9'])
    expect(reading.batches[0]!.epoch).toBe(3)

    const other = await freshTopic(world.client)
    await publish(other, names('n', 10))
    const again = read(known.stream, other)
    await until(() => isRead(other))
    await again.stop()
    expect(again.ids()).toEqual(names('n', 10))
    expect(again.batches[0]!.epoch).toBe(4)
  })

  test('a consumer resumes after its own position', async () => {
    const topic = await freshTopic(world.client)
    await publish(topic, names('r', 10))
    const first = read(world.stream, topic)
    await until(() => isRead(topic))
    await first.stop()
    const second = read(world.stream, topic, { assigned: async () => ({ epoch: 1, offset: 3 }) })
    await until(() => second.ids().length === 6)
    await second.stop()
    expect(second.ids()).toEqual(names('r', 10).slice(4))
    expect(second.batches[0]).toMatchObject({ epoch: 1, first: 4, last: 9 })
  })

  describe('what cannot be read', () => {
    const foreign = async (topic: Topic, compression = kafkajs.CompressionTypes.None): Promise<void> => {
      const producer = world.client.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
      await producer.connect()
      const text = 'somebody else wrote this '.repeat(20)
      await producer.send({ topic, compression, messages: [{ key: 'k', value: text, headers: { h: ['a', 'b'] } }] })
      await producer.disconnect()
    }
    const letters = async (topic: Topic): Promise<DeadLetter[]> => {
      const reading = read(world.stream, TOPICS.dead, {}, `dead-${topic}`)
      await until(async () => (await world.stream.lag([{ topic: TOPICS.dead, group: `dead-${topic}` }]))[0]!.lag === 0)
      await reading.stop()
      const all = reading.batches.flatMap(({ records }) => records.map(({ value }) => value as DeadLetter))
      return all.filter((letter) => letter.origin.topic === topic)
    }

    test('goes to weir.dead with its bytes, and the ranges tile the partition', async () => {
      const topic = await freshTopic(world.client)
      await publish(topic, ['a', 'b'])
      await foreign(topic)
      await foreign(topic)
      await publish(topic, ['c'])
      const reading = read(world.stream, topic)
      await until(() => isRead(topic))
      expect(reading.ids()).toEqual(['a', 'b', 'c'])
      await foreign(topic)
      await until(async () => (await lagOf(topic)).committed === 6)
      expect(reading.ids()).toHaveLength(3)
      await publish(topic, ['d'])
      await until(() => reading.ids().length === 4)
      await reading.stop()
      let next = 0
      for (const { first, last } of reading.batches) {
        expect(first).toBe(next)
        next = last + 1
      }
      expect(next).toBe(7)
      const dead = reading.batches.flatMap(({ skipped }) => skipped ?? [])
      expect(dead.every(({ reason }) => reason === 'dead')).toBe(true)
      expect(dead.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(3)
      const found = await letters(topic)
      expect(found.map(({ origin, reason }) => [origin.offset, reason])).toEqual([
        [2, 'not_ours'],
        [3, 'not_ours'],
        [5, 'not_ours'],
      ])
      expect(Buffer.from(found[0]!.value ?? '', 'base64').toString()).toMatch(/^somebody else/)
      expect(found[0]!.headers).toEqual({ h: ['YQ==', 'Yg=='] })
      // What is dead belongs to the batch whose range takes it in, be it one that comes later.
      expect(found.map(({ batch }) => batch)).toEqual([0, 0, 5])
      expect(reading.batches.at(-1)!.first).toBe(5)
    })

    test('is read in every compression that Kafka knows', async () => {
      const topic = await freshTopic(world.client)
      const { None, GZIP, Snappy, LZ4, ZSTD } = kafkajs.CompressionTypes
      for (const compression of [None, GZIP, Snappy, LZ4, ZSTD]) await foreign(topic, compression)
      const reading = read(world.stream, topic)
      await until(() => isRead(topic))
      await reading.stop()
      const found = await letters(topic)
      expect(new Set(found.map(({ value }) => value)).size).toBe(1)
      expect(found).toHaveLength(5)
    })

    test('for want of its key is waited for', async () => {
      const topic = await freshTopic(world.client)
      const later: WrappedKey[] = []
      const store = { save: async (key: WrappedKey) => void later.push(key), load: async () => undefined }
      const ahead = await open({ stream: { keys: new DataKeys({ masterKeys: MASTER, store, random: systemRandom }) } })
      await publish(topic, ['a'])
      await ahead.stream.publish(topic, [outgoing('b')])
      await publish(topic, ['c'])
      const deadBefore = world.dead.length
      const reading = read(world.stream, topic)
      await systemClock.sleep(3_000)
      expect(reading.ids()).toEqual([])
      expect(world.errors.at(-1)).toMatchObject({ code: 'WEIR_KEY_UNKNOWN' })
      await createKafkaKeyStore(world.table).save(later[0]!)
      await until(() => isRead(topic))
      await reading.stop()
      expect(reading.ids()).toEqual(['a', 'b', 'c'])
      expect(world.dead.length).toBe(deadBefore)
    })

    test('is put back as it was, once somebody understands it', async () => {
      const topic = await freshTopic(world.client, 3)
      const older = await open({ stream: { check: (_topic, value) => !JSON.stringify(value).includes('r1') } })
      await publish(topic, names('r', 3))
      await foreign(topic)
      const reading = read(older.stream, topic)
      await until(() => isRead(topic))
      expect(reading.ids().toSorted()).toEqual(['r0', 'r2'])
      const [ours, theirs] = (await letters(topic)).toSorted((a, b) => (a.reason < b.reason ? -1 : 1))
      expect([ours!.reason, theirs!.reason]).toEqual(['invalid', 'not_ours'])
      await expect(older.stream.replay(ours!)).rejects.toThrow(/would die again \(invalid\)/)
      await expect(world.stream.replay(theirs!)).rejects.toThrow(/would die again \(not_ours\): not written by Weir/)
      await expect(world.stream.replay({ ...ours!, value: undefined as never })).rejects.toThrow(/too large to be kept/)
      await reading.stop()
      const send = await world.stream.replay(ours!)
      const before = (await world.stream.lag([{ topic, group: 'detect' }])).reduce((sum, { end }) => sum + end, 0)
      await send()
      const again = read(world.stream, topic)
      await until(() => again.ids().length === 1)
      await again.stop()
      const [record] = again.batches[0]!.records
      expect(record).toMatchObject({ id: 'r1', tenant: 'acme', value: { text: 'value of r1' } })
      expect(record!.origin.partition).toBe(ours!.origin.partition)
      const after = (await world.stream.lag([{ topic, group: 'detect' }])).reduce((sum, { end }) => sum + end, 0)
      expect(after - before).toBe(1)
    })

    test('was moved from another topic, or is from a later version', async () => {
      const topic = await freshTopic(world.client)
      const other = await freshTopic(world.client)
      await publish(other, ['moved', 'late'])
      const taken: { key: Buffer | null; value: Buffer | null; headers: object }[] = []
      const taker = world.client.kafka.consumer({ groupId: 'taker' })
      await taker.connect()
      await taker.subscribe({ topic: other, fromBeginning: true })
      await taker.run({ eachMessage: async ({ message }) => void taken.push(message as never) })
      await until(() => taken.length === 2)
      await taker.disconnect()
      const producer = world.client.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
      await producer.connect()
      const late = { ...taken[1]!, headers: { ...taken[1]!.headers, 'weir-v': '9' } }
      await producer.send({ topic, messages: [taken[0], late, { key: 'k', value: null }] as never })
      await producer.disconnect()
      const reading = read(world.stream, topic)
      await until(() => isRead(topic))
      await reading.stop()
      expect((await letters(topic)).map(({ reason }) => reason)).toEqual(['broken_seal', 'version', 'not_ours'])
      expect(reading.batches).toEqual([])
    })
  })

  test('nothing that was published stands readable on the broker’s disk', async () => {
    const topic = await freshTopic(world.client)
    const secret = 'Erika Mustermann, DE02 1203 0000 0000 2020 51'
    await world.stream.publish(topic, [outgoing('s', { text: secret }, secret)])
    await systemClock.sleep(200)
    const folder = join(kafka.logFolders[0]!, `${topic}-0`)
    const bytes = readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path))
    const all = Buffer.concat(bytes)
    expect(all.includes('acme')).toBe(true)
    for (const part of ['Erika', 'Mustermann', '1203']) expect(all.includes(part)).toBe(false)
  })
})
