import type { Consumer as KafkaConsumer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock, systemRandom } from '../../clock.ts'
import type { WeirError } from '../../errors.ts'
import { TOPICS } from '../../seam.ts'
import { freshTopic, outgoing, read, until, Worlds } from './broker.fixture.ts'
import { KeyTable } from './index.ts'
import type { LongHeld } from './reading/held.ts'
import { RecordProducer } from './writing/producer.ts'

/* A broker that is stopped and goes on later: it takes connections meanwhile, and answers nobody. */

/** Longer than a client waits for an answer. */
const FROZEN_MS = 6_500
/** More than leaving the group may take, and less than all tries to connect. */
const STOP_MS = 20_000
const SMALL_QUEUE = { maxQueuedBytes: 1_000, maxQueuedRecords: 10, maxSendBytes: 1_000, maxSendRecords: 10 }

describe.skipIf(!kafkaAvailable().ok)('a Kafka that is frozen and thaws', () => {
  let kafka: KafkaCluster
  let worlds: Worlds

  beforeAll(async () => {
    kafka = await startKafka()
    worlds = await Worlds.on(kafka)
  }, 200_000)
  afterAll(() => worlds?.close(), 60_000)

  /** What is begun meanwhile may fail. */
  async function frozenDuring(begin: () => Promise<unknown>): Promise<void> {
    kafka.freeze()
    const begun = begin().catch(() => {})
    await systemClock.sleep(FROZEN_MS)
    kafka.thaw()
    await begun
  }

  test('who first wrote a data key meanwhile writes it once it has thawed', { timeout: 60_000 }, async () => {
    const { table } = await worlds.open()
    const put = (): Promise<void> => table.put('entry', Buffer.from('value'))
    await frozenDuring(put)
    await put()
    expect(table.get('entry')).toEqual(Buffer.from('value'))
  })

  test('who stops while it waits for the first answer stops in time', { timeout: 60_000 }, async () => {
    const world = await worlds.open()
    const topic = await freshTopic(world.client)
    kafka.freeze()
    const reading = read(world.stream, topic)
    await systemClock.sleep(500)
    const stopped = reading.stop().then(() => 'stopped')
    const outcome = await Promise.race([stopped, systemClock.sleep(STOP_MS).then(() => 'still waiting')])
    kafka.thaw()
    expect(outcome).toBe('stopped')
    await stopped
  })

  test('a reader of the keys that silently stops is made anew', { timeout: 60_000 }, async () => {
    const { client, table } = await worlds.open()
    const errors: WeirError[] = []
    const made: KafkaConsumer[] = []
    const consumer = client.kafka.consumer.bind(client.kafka)
    client.kafka.consumer = (config) => {
      made.push(consumer(config))
      return made.at(-1)!
    }
    const onError = (error: unknown): void => void errors.push(error as WeirError)
    const following = new KeyTable({ client, clock: systemClock, random: systemRandom, onError, stallMs: 1_000 })
    await table.put('first', Buffer.from('1'))
    await following.start()
    made[0]!.pause([{ topic: TOPICS.keys }]) // behind the table's back
    await table.put('second', Buffer.from('2'))
    await until(() => following.get('second') !== undefined, 45_000)
    await following.close()
    expect(errors.map(({ code }) => code)).toContain('WEIR_DEADLINE')
  })

  test('what a partition waits for is told once it has waited for long', { timeout: 60_000 }, async () => {
    const told: LongHeld[] = []
    const world = await worlds.open({
      stream: { read: { heldMs: 300, stallMs: 400 } as never, onHeld: (_topic, held) => void told.push(held) },
    })
    const topic = await freshTopic(world.client)
    await world.stream.publish(topic, [outgoing('a')])
    let end!: () => void
    const reading = read(world.stream, topic, { handle: () => new Promise<void>((resolve) => (end = resolve)) })
    await until(() => told.length > 0)
    expect(told[0]).toMatchObject({ partition: 0, waitsFor: 'handler' })
    end()
    await until(() => reading.ids().length === 1)
    await reading.stop()
  })

  test('who first sent a record meanwhile sends it once it has thawed', { timeout: 90_000 }, async () => {
    const { client } = await worlds.open()
    const topic = await freshTopic(client)
    const limits = { ...SMALL_QUEUE, lingerMs: 0, deadlineMs: 20_000 }
    const producer = new RecordProducer({ client, limits, clock: systemClock })
    const record = { key: Buffer.from('k'), value: Buffer.from('v'), headers: {}, timestamp: '0' }
    const send = (): Promise<unknown> => producer.send(topic, [{ index: 0, partition: 0, record, bytes: 1 }])
    await frozenDuring(send)
    await send()
    await producer.close(1_000)
  })
})
