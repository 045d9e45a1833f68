import kafkajs, { type ITopicConfig } from 'kafkajs'
import { WeirError } from '../../errors.ts'
import { TOPICS, type Clock, type Topic } from '../../seam.ts'
import type { KafkaClient } from './connection/client.ts'
import { wireLimit } from './writing/publisher.ts'

export interface TopicWishes {
  /** Partitions of `weir.interactions`, `weir.signals` and `weir.findings`. */
  readonly partitions: number
  /** How many brokers hold each record; no more than there are. */
  readonly replicationFactor: number
  readonly maxRecordBytes: number
  readonly retentionHours: number
}

export interface WantedTopic {
  readonly topic: Topic
  readonly partitions: number
  readonly replicationFactor: number
  readonly settings: Readonly<Record<string, string>>
}

export interface TopicProblem {
  readonly topic: string
  /** The setting, or `exists`, `partitions`, `replicationFactor`. */
  readonly what: string
  readonly wanted: string
  readonly found: string
  /** Weir cannot work so; otherwise it only should not. */
  readonly fatal: boolean
  readonly advice: string
}

const HOUR_MS = 3_600_000
const FOREVER = '-1'
/** Dead letters wait for a person to look at them. */
const DEAD_DAYS = 30

/** All topics as they should be. */
export function wantedTopics(wishes: TopicWishes): WantedTopic[] {
  const { partitions, replicationFactor, maxRecordBytes, retentionHours } = wishes
  const inSync = Math.max(1, replicationFactor - 1)
  const wanted = (topic: Topic, count: number, settings: Record<string, string>): WantedTopic => ({
    topic,
    partitions: count,
    replicationFactor,
    settings: {
      'cleanup.policy': 'delete',
      'min.insync.replicas': String(inSync),
      'max.message.bytes': String(wireLimit(topic, maxRecordBytes)),
      'compression.type': 'producer',
      'unclean.leader.election.enable': 'false',
      ...settings,
    },
  })
  const flowing = { 'retention.ms': String(retentionHours * HOUR_MS) }
  return [
    wanted(TOPICS.interactions, partitions, flowing),
    wanted(TOPICS.signals, partitions, flowing),
    wanted(TOPICS.findings, partitions, flowing),
    wanted(TOPICS.commands, 1, flowing),
    wanted(TOPICS.control, 1, { 'retention.ms': FOREVER, 'retention.bytes': FOREVER }),
    wanted(TOPICS.dead, 1, { 'retention.ms': String(DEAD_DAYS * 24 * HOUR_MS) }),
    wanted(TOPICS.keys, 1, { 'cleanup.policy': 'compact' }),
  ]
}

/** Makes those that are not there; leaves those that are as they are. Says which it made. */
export async function createTopics(
  client: KafkaClient,
  wanted: readonly WantedTopic[],
  clock: Clock,
): Promise<Topic[]> {
  const there = new Set(await client.ask('which topics there are', (admin) => admin.listTopics()))
  const missing = wanted.filter(({ topic }) => !there.has(topic))
  if (missing.length === 0) return []
  await makeTopics(
    client,
    missing.map(({ topic, partitions, replicationFactor, settings }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
    clock,
  )
  return missing.map(({ topic }) => topic)
}

const LEADERS_MS = 30_000
const LOOK_MS = 100

/** Resolves when every partition has a leader. kafkajs's own wait fails when a broker has not heard of the topic yet. */
export async function makeTopics(client: KafkaClient, topics: ITopicConfig[], clock: Clock): Promise<void> {
  await client.ask('to create topics', (admin) => admin.createTopics({ topics, waitForLeaders: false }))
  const names = topics.map(({ topic }) => topic)
  for (let waited = 0; ; waited += LOOK_MS) {
    try {
      const found = await client.ask('who leads the topics', (admin) => admin.fetchTopicMetadata({ topics: names }))
      const partitions = found.topics.flatMap((topic) => topic.partitions)
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return
    } catch (error) {
      if (waited >= LEADERS_MS) throw error
    }
    if (waited >= LEADERS_MS) throw new WeirError('WEIR_DEADLINE', `The new topics had no leaders in ${LEADERS_MS} ms.`)
    await clock.sleep(LOOK_MS)
  }
}

/** What of the cluster's topics is not as it should be. */
export async function compareTopics(client: KafkaClient, wanted: readonly WantedTopic[]): Promise<TopicProblem[]> {
  const names = new Set(await client.ask('which topics there are', (admin) => admin.listTopics()))
  const problems: TopicProblem[] = []
  const there: WantedTopic[] = []
  for (const one of wanted) {
    if (names.has(one.topic)) there.push(one)
    else problems.push(problem(one.topic, 'exists', 'yes', 'no', true, 'run `weir run --create-topics`'))
  }
  const found = await readTopics(
    client,
    there.map(({ topic }) => topic),
  )
  for (const one of there) problems.push(...differences(one, found.get(one.topic)!, client.brokers))
  return problems
}

/** What of topics that others write is more than Weir can read, or is not there. */
export async function compareSources(
  client: KafkaClient,
  topics: readonly string[],
  mostBytes: number,
): Promise<TopicProblem[]> {
  const names = new Set(await client.ask('which topics there are', (admin) => admin.listTopics()))
  const found = await readTopics(
    client,
    topics.filter((topic) => names.has(topic)),
  )
  return topics.flatMap((topic) => {
    const one = found.get(topic)
    if (!one) return [problem(topic, 'exists', 'yes', 'no', true, 'make it, or correct collectors.otlpKafka')]
    const limit = Number(one.settings.get('max.message.bytes') ?? 0)
    if (limit <= mostBytes) return []
    const advice =
      'a record that large would be an export request beyond collectors.otlp.maxRequestBytes: have the Collector send ' +
      `smaller ones (max_message_bytes) and ${setting(client.brokers, topic, 'max.message.bytes', String(mostBytes))}`
    return [problem(topic, 'max.message.bytes', `at most ${mostBytes}`, String(limit), true, advice)]
  })
}

interface FoundTopic {
  readonly partitions: number
  readonly replicas: number
  readonly settings: ReadonlyMap<string, string>
}

async function readTopics(client: KafkaClient, names: string[]): Promise<Map<string, FoundTopic>> {
  if (names.length === 0) return new Map()
  const { topics } = await client.ask('what the topics look like', (admin) =>
    admin.fetchTopicMetadata({ topics: names }),
  )
  const { resources } = await client.ask('how the topics are set', (admin) =>
    admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    }),
  )
  const settings = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  )
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        settings: settings.get(name) ?? new Map<string, string>(),
      },
    ]),
  )
}

const setting = (brokers: string, topic: string, name: string, value: string): string =>
  `run \`kafka-configs.sh --bootstrap-server ${brokers} --alter --topic ${topic} --add-config ${name}=${value}\``

const problem = (
  topic: string,
  what: string,
  wanted: string,
  found: string,
  fatal: boolean,
  advice: string,
): TopicProblem => ({ topic, what, wanted, found, fatal, advice })

/** Where more than wanted is as good. */
const AT_LEAST = new Set(['max.message.bytes', 'min.insync.replicas', 'retention.ms', 'retention.bytes'])
/** Where a difference loses records, or has them refused. */
const FATAL = new Set(['cleanup.policy', 'max.message.bytes', 'unclean.leader.election.enable'])

function differences(wanted: WantedTopic, found: FoundTopic, brokers: string): TopicProblem[] {
  const { topic, partitions, replicationFactor, settings } = wanted
  const problems: TopicProblem[] = []
  const alone = partitions === 1 && topic !== TOPICS.dead
  if (alone ? found.partitions !== 1 : found.partitions < partitions) {
    const advice = alone
      ? 'its order is one: delete it and create it again'
      : `run \`kafka-topics.sh --bootstrap-server ${brokers} --alter --topic ${topic} --partitions ${partitions}\`, or lower stream.partitions`
    problems.push(problem(topic, 'partitions', String(partitions), String(found.partitions), alone, advice))
  }
  if (found.replicas < replicationFactor) {
    const advice = 'add replicas with kafka-reassign-partitions'
    problems.push(problem(topic, 'replicationFactor', String(replicationFactor), String(found.replicas), false, advice))
  }
  for (const [name, value] of Object.entries(settings)) {
    const has = found.settings.get(name)
    if (has === undefined || isAsGood(name, value, has)) continue
    problems.push(problem(topic, name, value, has, FATAL.has(name), setting(brokers, topic, name, value)))
  }
  return problems
}

function isAsGood(name: string, wanted: string, found: string): boolean {
  if (wanted === found) return true
  if (!AT_LEAST.has(name)) return false
  const isUnlimited = (value: string): boolean => value === FOREVER
  return isUnlimited(found) || (!isUnlimited(wanted) && Number(found) >= Number(wanted))
}

/** Throws the first problem that Weir cannot work with. */
export function assertTopics(problems: readonly TopicProblem[]): void {
  const fatal = problems.find((one) => one.fatal)
  if (!fatal) return
  const { topic, what, wanted, found, advice } = fatal
  const wrong = what === 'exists' ? 'it is missing' : `${what} is ${found} and must be ${wanted}`
  throw new WeirError('WEIR_TOPICS', `Topic ${topic}: ${wrong}; ${advice}.`)
}
