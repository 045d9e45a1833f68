import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { systemClock, systemRandom } from '../../../core/clock.ts'
import { brokersOf } from '../../../core/config/index.ts'
import { WeirError } from '../../../core/errors.ts'
import type { Logger } from '../../../core/log.ts'
import { DataKeys } from '../../../core/sealing/index.ts'
import {
  assertMasterKeys,
  assertTopics,
  compareSources,
  compareTopics,
  createKafkaClient,
  createKafkaKeyStore,
  createKafkaStream,
  createTopics,
  KeyTable,
  readForeign,
  readLag,
  READERS,
  wantedTopics,
  type KafkaClient,
  type KafkaStream,
  type Lag,
  type TopicProblem,
  type WantedTopic,
} from '../../../core/streams/kafka/index.ts'
import { TOPICS, type Topic } from '../../../core/seam.ts'
import { sourceTopics, type ReadTopics } from '../../../collectors/otlp-kafka/index.ts'
import type { Telemetry } from '../../../core/telemetry/index.ts'
import type { Config } from '../../../schemas/config.ts'
import { lastStored, type StoreClient } from '../../../sinks/clickhouse/index.ts'
import { DRAIN_MS, events, watchStream, type OpenStream, type StreamParts } from './open-stream.ts'

/* Everything that needs a Kafka client. Loaded only where there is a Kafka. */

const SEND_BYTES = 1024 * 1024
const SEND_RECORDS = 2_000
const LAG_EVERY_MS = 15_000

/** The Kafka client that the configuration describes. */
async function openKafkaClient(
  { stream }: Config,
  logger: Logger,
  brokers: string | undefined = stream.brokers,
): Promise<KafkaClient> {
  const { tls, sasl } = stream
  const pem = async (path: string | undefined): Promise<string | undefined> => path && (await readPem(path))
  const [ca, cert, key] = await Promise.all([tls.ca, tls.certificate, tls.key].map(pem))
  const { mechanism, user = '', password = '' } = sasl
  return createKafkaClient({
    brokers: brokersOf(brokers),
    clock: systemClock,
    clientId: `weir-${hostname()}-${process.pid}`,
    logger,
    ...(tls.enabled && { tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } }),
    ...(mechanism && { sasl: { mechanism, username: user, password } }),
  })
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new WeirError('WEIR_CONFIG_INVALID', `${path} cannot be read (${code})`, { cause: error })
  }
}

const topicsOf = ({ stream }: Config): WantedTopic[] =>
  wantedTopics({
    partitions: stream.partitions,
    replicationFactor: stream.replicationFactor,
    maxRecordBytes: stream.maxRecordBytes,
    retentionHours: stream.retentionHours,
  })

export interface OpenKafka extends OpenStream, Pick<KafkaStream, 'replay'> {}

/** `client` is the store's, where this process has one. */
export async function openKafka(
  config: Config,
  { masterKeys, logger, telemetry, client }: StreamParts & { client: StoreClient | undefined },
): Promise<OpenKafka> {
  const kafka = await openKafkaClient(config, logger)
  const { last, ...on } = events(logger, telemetry, systemClock)
  const table = new KeyTable({
    client: kafka,
    clock: systemClock,
    random: systemRandom,
    onError: (error) => on.onError('weir.keys', error),
  })
  const keyStore = createKafkaKeyStore(table)
  const keys = new DataKeys({ masterKeys, store: keyStore, random: systemRandom })
  try {
    assertTopics(await compareTopics(kafka, topicsOf(config)))
    await table.start()
    await assertMasterKeys(masterKeys.ids, keyStore, (keyId) => keys.byId(keyId))
  } catch (error) {
    await table.close()
    await kafka.close()
    throw error
  }
  const { maxQueuedBytes, maxQueuedRecords, maxRecordBytes, maxBatchBytes, maxBatchRecords } = config.stream
  const stream = createKafkaStream({
    client: kafka,
    table,
    keys,
    limits: {
      ...{ maxQueuedBytes, maxQueuedRecords, maxRecordBytes },
      ...{ maxSendBytes: SEND_BYTES, maxSendRecords: SEND_RECORDS, lingerMs: config.stream.lingerMs },
      deadlineMs: config.collectors.otlp.deadlineMs,
    },
    read: { maxBatchBytes, maxBatchRecords, sessionTimeoutMs: config.stream.sessionTimeoutMs },
    drainMs: DRAIN_MS,
    clock: systemClock,
    random: systemRandom,
    ...(client && { lastStored: (topic: string, partition: number) => lastStored(client, topic, partition) }),
    ...on,
  })
  watchStream(stream, last, telemetry)
  const over = new AbortController()
  void measureLag(stream, telemetry, over.signal)
  const close = async (): Promise<void> => {
    over.abort()
    await stream.close()
    await table.close()
    await kafka.close()
  }
  return {
    stream,
    keys,
    undrained: async () => behind(await stream.lag(LETTERS)),
    replay: (letter) => stream.replay(letter),
    close,
  }
}

const LETTERS = (READERS[TOPICS.dead] ?? []).map((group) => ({ topic: TOPICS.dead, group }))
const behind = (lags: readonly Lag[]): number => lags.reduce((sum, { lag }) => sum + lag, 0)

/** How far the groups that read in this process are behind, over all partitions. Never rejects. */
async function measureLag(stream: KafkaStream, telemetry: Telemetry, over: AbortSignal): Promise<void> {
  const behind = new Map<string, number>()
  while (!over.aborted) {
    const lags = await stream.lag().catch((): Lag[] => []) // brokers that do not answer are reported by who reads
    const sums = new Map<string, number>()
    for (const { topic, group, lag } of lags) {
      const key = `${topic} ${group}`
      if (!behind.has(key) && !sums.has(key))
        telemetry.gauge('weir_stream_lag_records', () => behind.get(key) ?? 0, { topic, group })
      sums.set(key, (sums.get(key) ?? 0) + lag)
    }
    for (const [key, sum] of sums) behind.set(key, sum)
    await systemClock.sleep(LAG_EVERY_MS, over)
  }
}

/** Reads topics that others write. */
export function createTopicReader(config: Config, logger: Logger, { meter }: Telemetry): ReadTopics {
  const { brokers, group } = config.collectors.otlpKafka
  return async (topics, handle, signal) => {
    const client = await openKafkaClient(config, logger, brokers)
    try {
      await readForeign(
        {
          ...{ client, topics, handle, groupId: group, clock: systemClock },
          sessionTimeoutMs: config.stream.sessionTimeoutMs,
          onError: (error) => {
            meter.add('otlp_kafka.errors', 1)
            logger.warn('topics could not be read and are tried again', { error })
          },
          onRecreated: (reason) => meter.add('otlp_kafka.recreated', 1, { reason }),
        },
        signal,
      )
    } finally {
      await client.close()
    }
  }
}

/** Asks the cluster one thing. */
async function asking<T>(
  config: Config,
  logger: Logger,
  question: (client: KafkaClient) => Promise<T>,
  brokers?: string,
): Promise<T> {
  const client = await openKafkaClient(config, logger, brokers)
  try {
    return await question(client)
  } finally {
    await client.close()
  }
}

/** Makes the topics that are missing, and says which. */
export const makeTopics = (config: Config, logger: Logger): Promise<Topic[]> =>
  asking(config, logger, (client) => createTopics(client, topicsOf(config), systemClock))

/** What of the cluster's topics is not as it should be: of Weir's own, and of those that a Collector writes. */
export async function checkTopics(config: Config, logger: Logger): Promise<TopicProblem[]> {
  const { otlp, otlpKafka } = config.collectors
  const ours =
    config.stream.kind === 'kafka'
      ? await asking(config, logger, (client) => compareTopics(client, topicsOf(config)))
      : []
  if (!otlpKafka.enabled) return ours
  const compare = (client: KafkaClient): Promise<TopicProblem[]> =>
    compareSources(client, sourceTopics(otlpKafka), otlp.maxRequestBytes)
  return [...ours, ...(await asking(config, logger, compare, otlpKafka.brokers))]
}

/** How many dead letters nobody has written down yet. */
export const undrainedLetters = (config: Config, logger: Logger): Promise<number> =>
  asking(config, logger, async (client) => behind(await readLag(client, LETTERS)))

/** How far every group is behind. */
export function lagOfAll(config: Config, logger: Logger): Promise<Lag[]> {
  const readers = (Object.entries(READERS) as [Topic, readonly string[]][]).flatMap(([topic, groups]) =>
    groups.map((group) => ({ topic, group })),
  )
  return asking(config, logger, (client) => readLag(client, readers))
}
