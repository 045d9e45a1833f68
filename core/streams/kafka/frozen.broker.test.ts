import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock } from '../../clock.ts'
import { freshTopic, outgoing, read, until, type World, Worlds } from './broker.fixture.ts'

/* A broker that is stopped and goes on later: it takes connections meanwhile, and answers nobody. */

/** Longer than a client waits for an answer. */
const FROZEN_MS = 6_500

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

  const isPublished = (world: World, ...args: Parameters<World['stream']['publish']>): Promise<boolean> =>
    world.stream.publish(...args).then(
      () => true,
      () => false,
    )

  test('who first wrote a data key meanwhile writes it once it has thawed', { timeout: 60_000 }, async () => {
    const { table } = await worlds.open()
    const put = (): Promise<void> => table.put('entry', Buffer.from('value'))
    await frozenDuring(put)
    await put()
    expect(table.get('entry')).toEqual(Buffer.from('value'))
  })

  test('who first published meanwhile is heard once it has thawed', { timeout: 60_000 }, async () => {
    const world = await worlds.open({ stream: { limits: { deadlineMs: 3_000 } as never } })
    const topic = await freshTopic(world.client)
    await world.keys.forDay('acme', new Date().toISOString().slice(0, 10))
    await world.table.put(`partitions/${topic}`, Buffer.from('1'))
    await frozenDuring(() => world.stream.publish(topic, [outgoing('a')]))
    await until(() => isPublished(world, topic, [outgoing('b')]))
    const reading = read(world.stream, topic)
    await until(() => reading.ids().includes('b'))
    await reading.stop()
  })
})
