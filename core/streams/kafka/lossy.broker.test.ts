import { connect } from 'node:net'
import type { ISocketFactory } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock } from '../../clock.ts'
import type { Topic } from '../../seam.ts'
import { freshTopic, outgoing, read, until, type World, Worlds, type WorldOptions } from './broker.fixture.ts'
import { makeTopics } from './topics.ts'

/*
 * The three ways in which kafkajs says "written" of records that were not, each forced twice: against a producer as its
 * documentation recommends it, which loses them, and against ours.
 */

const available = kafkaAvailable()

/** Produce requests of Kafka have API key 0; their answers are found by the correlation id. */
interface Swallowing {
  factory: ISocketFactory
  /** From now on, the answers to produce requests do not arrive. */
  swallow: boolean
  swallowed: number
}

function swallowing(): Swallowing {
  const state: Swallowing = {
    swallow: false,
    swallowed: 0,
    factory: ({ host, port, onConnect }) => {
      const socket = connect({ host, port }, onConnect)
      const waiting = new Set<number>()
      const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
      socket.write = ((data: Buffer, ...rest: unknown[]) => {
        if (state.swallow && data.readInt16BE(4) === 0) waiting.add(data.readInt32BE(8))
        return write(data, ...rest)
      }) as typeof socket.write
      const emit = socket.emit.bind(socket) as (...args: unknown[]) => boolean
      socket.emit = ((event: string, ...args: unknown[]) => {
        const data = args[0]
        if (event === 'data' && Buffer.isBuffer(data) && data.length >= 8 && waiting.delete(data.readInt32BE(4))) {
          state.swallowed++
          return true
        }
        return emit(event, ...args)
      }) as typeof socket.emit
      return socket
    },
  }
  return state
}

describe.skipIf(!available.ok)('records that kafkajs would lose', () => {
  let kafka: KafkaCluster
  let worlds: Worlds
  let made = 0
  const open = (options: Partial<WorldOptions> = {}): Promise<World> => worlds.open(options)

  beforeAll(async () => {
    kafka = await startKafka({ brokers: 3 })
    worlds = await Worlds.on(kafka)
  }, 200_000)

  afterAll(() => worlds?.close(), 60_000)

  /** Ids of what stands in the topic. */
  async function stored(world: World, topic: Topic, group: string): Promise<Set<string>> {
    const reading = read(world.stream, topic, {}, group)
    await until(async () => {
      const lags = await world.stream.lag([{ topic, group }])
      return lags.every(({ lag, committed, end }) => lag === 0 && (committed !== undefined || end === 0))
    }, 60_000)
    await reading.stop()
    return new Set(reading.ids())
  }

  describe('B: after a send that failed here and arrived there', () => {
    const lostBy = async (idempotent: boolean): Promise<number> => {
      const sockets = swallowing()
      const world = await open({
        socketFactory: sockets.factory,
        requestTimeoutMs: 1_500,
        producerSettings: { idempotent, retry: { retries: 1, initialRetryTime: 50, maxRetryTime: 100 } },
        stream: { limits: { deadlineMs: 15_000, lingerMs: 0 } as never },
      })
      const topic = await freshTopic(world.client)
      await world.stream.publish(topic, [outgoing('first')])
      sockets.swallow = true
      await expect(world.stream.publish(topic, [outgoing('unanswered')])).rejects.toThrow()
      sockets.swallow = false
      expect(sockets.swallowed).toBeGreaterThan(0)
      const acknowledged = ['first']
      for (const id of ['next', 'after']) {
        await world.stream.publish(topic, [outgoing(id)]).then(
          () => acknowledged.push(id),
          () => {},
        )
      }
      const there = await stored(world, topic, 'detect')
      return acknowledged.filter((id) => !there.has(id)).length
    }

    test('an idempotent producer acknowledges what it drops', { timeout: 90_000 }, async () => {
      expect(await lostBy(true)).toBeGreaterThan(0)
    })
    test('ours does not', { timeout: 90_000 }, async () => {
      expect(await lostBy(false)).toBe(0)
    })
  })

  describe('C: into a partition that was added just now', () => {
    const lostBy = async (believing: boolean): Promise<number> => {
      const world = await open({ stream: { ...(believing && { isWritten: () => true }) } })
      const topic = await freshTopic(world.client, 1)
      await world.stream.publish(topic, [outgoing('before')])
      await world.client.ask('more partitions', (admin) =>
        admin.createPartitions({ topicPartitions: [{ topic, count: 6 }] }),
      )
      await world.table.put(`partitions/${topic}`, Buffer.from('6')) // as another process may find it first
      const ids = Array.from({ length: 60 }, (_, at) => `r${at}`)
      await world.stream.publish(
        topic,
        ids.map((id) => outgoing(id)),
      )
      const fresh = await open()
      const there = await stored(fresh, topic, 'detect')
      return ids.filter((id) => !there.has(id)).length
    }

    test('a producer that is believed loses what it never sent', { timeout: 90_000 }, async () => {
      expect(await lostBy(true)).toBeGreaterThan(0)
    })
    test('ours looks at the answer', { timeout: 90_000 }, async () => {
      expect(await lostBy(false)).toBe(0)
    })
  })

  describe('A: when a leader dies under a send', () => {
    const lostBy = async (laneOf?: (topic: Topic, partition: number) => string): Promise<number> => {
      const world = await open({
        stream: {
          limits: { deadlineMs: 60_000, lingerMs: 30 } as never,
          ...(laneOf && { laneOf, isWritten: () => true }),
        },
      })
      const topic = `weir.leaders-${++made}` as Topic
      // Brokers 1 and 2 answer for their partitions while 3 does not, and 1 takes over from it.
      const replicaAssignment = [
        [1, 2],
        [2, 1],
        [3, 1],
      ].map((replicas, partition) => ({ partition, replicas }))
      const configEntries = [{ name: 'min.insync.replicas', value: '1' }]
      await makeTopics(world.client, [{ topic, replicaAssignment, configEntries }], systemClock)
      const acknowledged: string[] = []
      const send = async (round: string): Promise<void> => {
        const ids = Array.from({ length: 30 }, (_, at) => `${round}-${at}`)
        await world.stream.publish(
          topic,
          ids.map((id) => outgoing(id)),
        )
        acknowledged.push(...ids)
      }
      await send('before')
      kafka.freeze(3)
      const sending = send('while')
      await systemClock.sleep(1_000)
      await kafka.kill(3)
      await sending
      await kafka.restart(3)
      expect(acknowledged).toHaveLength(60)
      const there = await stored(world, topic, 'detect')
      return acknowledged.filter((id) => !there.has(id)).length
    }

    test('a send to several partitions says more than it wrote', { timeout: 240_000 }, async () => {
      expect(await lostBy((topic) => topic)).toBeGreaterThan(0)
    })
    test('one partition per send does not', { timeout: 240_000 }, async () => {
      expect(await lostBy()).toBe(0)
    })
  })
})
