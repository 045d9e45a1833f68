import { systemClock } from '../../../core/clock.ts'
import { silentLogger } from '../../../core/log.ts'
import { createKafkaClient, type KafkaClient } from '../../../core/streams/kafka/index.ts'

/** As the comment of deploy/otelcol/kafka.yaml wants it. */
const MOST_BYTES = 20 * 1024 * 1024
const PARTITIONS = 3

async function asking<T>(brokers: string[], work: (client: KafkaClient) => Promise<T>): Promise<T> {
  const client = createKafkaClient({ brokers, clientId: 'operator', clock: systemClock, logger: silentLogger })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

/** The topic that the Collector writes, as an operator makes it. */
export async function makeSpansTopic(brokers: string[], topic: string): Promise<void> {
  const configEntries = [{ name: 'max.message.bytes', value: String(MOST_BYTES) }]
  const topics = [{ topic, numPartitions: PARTITIONS, configEntries }]
  await asking(brokers, (client) =>
    client.ask('to make a topic', (admin) => admin.createTopics({ waitForLeaders: true, topics })),
  )
}

/** How many of the Collector's messages a group has still to read. */
export function unread(brokers: string[], topic: string, groupId: string): Promise<number> {
  return asking(brokers, (client) =>
    client.ask('how far a group is', async (admin) => {
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
      const ends = await admin.fetchTopicOffsets(topic)
      const behind = ends.map(({ partition, low, high }) => {
        const own = committed?.partitions.find((one) => one.partition === partition)
        return Number(high) - Math.max(Number(own?.offset ?? -1), Number(low))
      })
      return behind.reduce((sum, count) => sum + count, 0)
    }),
  )
}
