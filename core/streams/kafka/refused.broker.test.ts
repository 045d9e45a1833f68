import kafkajs, { type Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaAvailable, startKafka, type KafkaCluster } from '../../../test/support/kafka/index.ts'
import { systemClock } from '../../clock.ts'
import type { WeirError } from '../../errors.ts'
import { silentLogger } from '../../log.ts'
import { TOPICS, type Topic } from '../../seam.ts'
import { makeTopic, openWorld, outgoing, read, until, type World } from './broker.fixture.ts'
import { readForeign } from './reading/foreign.ts'
import { compareTopics, createKafkaClient, createTopics, wantedTopics, type KafkaClient } from './index.ts'

/* A cluster that forbids things: what is said, and that all goes on when it allows them. */

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs
type Kind = 'TOPIC' | 'GROUP'
type Right = 'READ' | 'WRITE' | 'CREATE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS'

const available = kafkaAvailable()
const failure = (code: string): Error => expect.objectContaining({ code }) as Error
const login = (user: string) => ({ mechanism: 'scram-sha-512', username: user, password: `${user}-secret` }) as const
const WISHES = { partitions: 1, replicationFactor: 1, maxRecordBytes: 1024 * 1024, retentionHours: 24 }

describe.skipIf(!available.ok)('a Kafka that forbids', () => {
  let kafka: KafkaCluster
  let operator: KafkaClient
  let world: World
  let topics = 0

  const clientOf = (user: string): KafkaClient =>
    createKafkaClient({
      ...{ brokers: kafka.bootstrap, clientId: user, sasl: login(user), clock: systemClock, logger: silentLogger },
    })

  const rules = (kind: Kind, name: string, rights: readonly Right[], pattern: 'LITERAL' | 'PREFIXED') =>
    rights.map((right) => ({
      resourceType: AclResourceTypes[kind],
      resourceName: name,
      resourcePatternType: ResourcePatternTypes[pattern],
      principal: 'User:weir',
      host: '*',
      operation: AclOperationTypes[right],
      permissionType: AclPermissionTypes.ALLOW,
    }))

  const asOperator = <T>(what: (admin: Admin) => Promise<T>): Promise<T> => operator.ask('to change rights', what)

  const grant = async (
    kind: Kind,
    name: string,
    rights: readonly Right[],
    pattern: 'LITERAL' | 'PREFIXED' = 'LITERAL',
  ): Promise<void> => void (await asOperator((admin) => admin.createAcls({ acl: rules(kind, name, rights, pattern) })))

  const revoke = async (kind: Kind, name: string, rights: readonly Right[]): Promise<void> =>
    void (await asOperator((admin) => admin.deleteAcls({ filters: rules(kind, name, rights, 'LITERAL') })))

  /** A topic that only the operator may touch. */
  const closedTopic = async (): Promise<Topic> => {
    const topic = `weir.closed-${++topics}` as Topic
    await makeTopic(operator, topic)
    return topic
  }
  const said = (from: number, text: RegExp): boolean =>
    world.errors.slice(from).some((error) => text.test((error as WeirError).message))

  beforeAll(async () => {
    const users = { operator: 'operator-secret', weir: 'weir-secret' }
    kafka = await startKafka({ users, superUsers: ['operator'] })
    operator = clientOf('operator')
    await makeTopic(operator, TOPICS.keys, 1, { 'cleanup.policy': 'compact' })
    await makeTopic(operator, TOPICS.dead)
    await grant('TOPIC', TOPICS.keys, ['READ', 'WRITE', 'DESCRIBE'])
    await grant('GROUP', 'weir.keys-', ['READ'], 'PREFIXED')
    world = await openWorld({ brokers: kafka.bootstrap, sasl: login('weir') })
  }, 200_000)
  afterAll(async () => {
    await world?.close()
    await operator?.close()
    await kafka?.close()
  }, 60_000)

  test('a password that is wrong is said to be, at once', async () => {
    const wrong = createKafkaClient({
      ...{ brokers: kafka.bootstrap, clientId: 'wrong', clock: systemClock, logger: silentLogger },
      sasl: { ...login('weir'), password: 'guessed' },
    })
    const asking = wrong.ask('which topics there are', (admin) => admin.listTopics())
    await expect(asking).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await expect(asking).rejects.toThrow(/check stream\.sasl/)
    await expect(asking).rejects.not.toThrow(/guessed/)
    await wrong.close()
  })

  test('topics that may not be made, or not be looked at, are named with the right that is missing', async () => {
    const weir = clientOf('weir')
    const making = createTopics(weir, wantedTopics(WISHES), systemClock)
    await expect(making).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await expect(making).rejects.toThrow(/CREATE/)
    const comparing = compareTopics(
      weir,
      wantedTopics(WISHES).filter(({ topic }) => topic === TOPICS.keys),
    )
    await expect(comparing).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await expect(comparing).rejects.toThrow(/DESCRIBE_CONFIGS/)
    await weir.close()
  })

  test('writing without the right is refused, and goes on once it is granted', { timeout: 60_000 }, async () => {
    const topic = await closedTopic()
    const publishing = world.stream.publish(topic, [outgoing('early')])
    await expect(publishing).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await expect(publishing).rejects.toThrow(/grant this user READ, WRITE, DESCRIBE/)
    await grant('TOPIC', topic, ['DESCRIBE'])
    await expect(world.stream.publish(topic, [outgoing('half')])).rejects.toThrow(failure('WEIR_STREAM_REFUSED'))
    await grant('TOPIC', topic, ['WRITE'])
    await until(() =>
      world.stream.publish(topic, [outgoing('a')]).then(
        () => true,
        () => false,
      ),
    )
  })

  test('reading without the rights says so, and goes on once they are granted', { timeout: 120_000 }, async () => {
    const topic = await closedTopic()
    const writer = await openWorld({ brokers: kafka.bootstrap, sasl: login('operator') })
    await writer.stream.publish(topic, [outgoing('a'), outgoing('b')])
    await writer.close()
    const group = `weir.detect.${topic.slice(5)}`
    const before = world.errors.length
    const reading = read(world.stream, topic)
    await until(() => said(before, /grant this user READ/))
    await grant('TOPIC', topic, ['READ', 'DESCRIBE'])
    await until(() => said(before, /grant READ and DESCRIBE on the group/), 60_000)
    await grant('GROUP', group, ['READ', 'DESCRIBE'])
    await until(() => reading.ids().length === 2, 60_000)
    await reading.stop()
    expect(reading.ids().toSorted()).toEqual(['a', 'b'])
  })

  test('a right that is taken away while records flow loses none of them', { timeout: 120_000 }, async () => {
    const topic = await closedTopic()
    await grant('TOPIC', topic, ['READ', 'WRITE', 'DESCRIBE'])
    await grant('GROUP', `weir.detect.${topic.slice(5)}`, ['READ', 'DESCRIBE'])
    const reading = read(world.stream, topic)
    await until(() =>
      world.stream.publish(topic, [outgoing('first')]).then(
        () => true,
        () => false,
      ),
    )
    await until(() => reading.ids().includes('first'), 60_000)
    await revoke('TOPIC', topic, ['READ'])
    const before = world.errors.length
    const acknowledged: string[] = ['first']
    for (let at = 0; at < 20; at++) {
      await world.stream.publish(topic, [outgoing(`r${at}`)])
      acknowledged.push(`r${at}`)
    }
    await until(() => said(before, /TOPIC_AUTHORIZATION_FAILED/), 60_000)
    await grant('TOPIC', topic, ['READ'])
    await until(() => new Set(reading.ids()).size === acknowledged.length, 60_000)
    await reading.stop()
    const once = new Map(reading.batches.map((batch) => [batch.token, batch]))
    const ids = [...once.values()].flatMap(({ records }) => records.map(({ id }) => id))
    expect(ids.toSorted()).toEqual(acknowledged.toSorted())
  })

  test('a topic of others says what is wrong with it until it can be read', { timeout: 120_000 }, async () => {
    const topic = 'spans-of-others'
    const weir = clientOf('weir')
    const errors: string[] = []
    const values: string[] = []
    const stop = new AbortController()
    const reading = readForeign(
      {
        ...{ client: weir, topics: [topic], groupId: 'others', clock: systemClock, sessionTimeoutMs: 6_000 },
        handle: async (records) => void values.push(...records.map(({ value }) => value.toString())),
        onError: (error) => void errors.push((error as WeirError).message),
      },
      stop.signal,
    )
    await until(() => errors.some((text) => /grant this user READ/.test(text)))
    await grant('TOPIC', topic, ['READ', 'DESCRIBE'])
    await until(() => errors.some((text) => /the topic does not exist/.test(text)), 60_000)
    await makeTopic(operator, topic as Topic)
    await until(() => errors.some((text) => /grant READ and DESCRIBE on the group/.test(text)), 60_000)
    await grant('GROUP', 'others', ['READ', 'DESCRIBE'])
    const producer = operator.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }, { value: 'two' }] })
    await producer.disconnect()
    await until(() => values.length >= 2, 60_000)
    stop.abort()
    await reading
    await weir.close()
    expect(new Set(values)).toEqual(new Set(['one', 'two']))
  })

  test('the rights that the documentation names are enough', { timeout: 60_000 }, async () => {
    await grant('TOPIC', 'weir.', ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS'], 'PREFIXED')
    await grant('GROUP', 'weir.', ['READ', 'DESCRIBE'], 'PREFIXED')
    const weir = clientOf('weir')
    await until(() =>
      createTopics(weir, wantedTopics(WISHES), systemClock).then(
        () => true,
        () => false,
      ),
    )
    const missing = await compareTopics(weir, wantedTopics(WISHES))
    expect(missing.filter(({ what }) => what === 'exists')).toEqual([])
    await weir.close()
    await world.stream.publish(TOPICS.findings, [outgoing('a')])
    const reading = read(world.stream, TOPICS.findings)
    await until(() => reading.ids().length === 1)
    expect(await world.stream.lag()).toMatchObject([{ topic: TOPICS.findings, end: 1 }])
    await reading.stop()
  })
})
