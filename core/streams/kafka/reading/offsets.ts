import type { Topic } from '../../../seam.ts'
import type { KafkaClient } from '../connection/client.ts'

/** What a group has committed of one partition, and what the log holds of it. */
export interface PartitionOffsets {
  readonly partition: number
  /** Undefined when nothing is committed. */
  readonly committed: number | undefined
  readonly metadata: string | null
  /** The first offset of the log, and the one after its last. */
  readonly low: number
  readonly high: number
}

/** One group of Kafka's per reader and topic: readers of two topics must not rebalance each other. */
export const groupIdOf = (topic: Topic, group: string): string => `weir.${group}.${topic.replace(/^weir\./, '')}`

export async function readOffsets(client: KafkaClient, topic: Topic, groupId: string): Promise<PartitionOffsets[]> {
  return client.ask(`the offsets of ${topic}`, async (admin) => {
    // In this order: what is committed after the ends were read could lie beyond them, as if the log had been cut.
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    const byPartition = new Map(committed?.partitions.map((one) => [one.partition, one]))
    return ends.map(({ partition, low, high }) => {
      const own = byPartition.get(partition)
      const offset = Number(own?.offset ?? -1)
      return {
        partition,
        committed: offset >= 0 ? offset : undefined,
        metadata: own?.metadata ?? null,
        low: Number(low),
        high: Number(high),
      }
    })
  })
}
