import type { Consumer as KafkaConsumer } from 'kafkajs'
import { WeirError } from '../../../errors.ts'
import type { Clock, Consumer, Topic } from '../../../seam.ts'
import type { KafkaClient } from '../connection/client.ts'
import { readMark } from '../records/mark.ts'
import { readOffsets, type PartitionOffsets } from './offsets.ts'
import { decideStart, type Start, type Stored } from './start.ts'

export type LastStored = (topic: Topic, partition: number) => Promise<Stored | undefined>

export interface AssignmentOptions {
  readonly client: KafkaClient
  readonly topic: Topic
  readonly groupId: string
  readonly consumer: Consumer
  readonly lastStored?: LastStored | undefined
  readonly clock: Clock
  readonly onError: (error: unknown) => void
  /** The partition may be read from there. */
  readonly begin: (partition: number, start: Start) => void
}

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 15_000

/**
 * Finds out where each newly assigned partition begins. Until then kafkajs must not fetch from it: at an offset that the
 * log does not have it would go to the beginning by itself, and wipe what stands beside the committed offset.
 */
export async function assign(
  partitions: readonly number[],
  current: AbortSignal,
  on: AssignmentOptions,
): Promise<void> {
  let open = [...partitions]
  for (let waitMs = FIRST_RETRY_MS; open.length > 0; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
    if (current.aborted) return
    open = await tryOnce(open, current, on)
    if (open.length > 0) await on.clock.sleep(waitMs, current)
  }
}

/** Those that must be tried again. */
async function tryOnce(partitions: readonly number[], current: AbortSignal, on: AssignmentOptions): Promise<number[]> {
  let offsets: Map<number, PartitionOffsets>
  try {
    const all = await readOffsets(on.client, on.topic, on.groupId)
    offsets = new Map(all.map((one) => [one.partition, one]))
  } catch (error) {
    on.onError(error)
    return [...partitions]
  }
  const failed: number[] = []
  for (const partition of partitions) {
    try {
      const start = await startOf(partition, offsets.get(partition), on)
      if (current.aborted) return []
      on.begin(partition, start)
    } catch (error) {
      on.onError(error)
      failed.push(partition)
    }
  }
  return failed
}

async function startOf(
  partition: number,
  offsets: PartitionOffsets | undefined,
  { topic, consumer, lastStored }: AssignmentOptions,
): Promise<Start> {
  if (!offsets) throw new WeirError('WEIR_TOPICS', `Partition ${partition} of ${topic} is not in the cluster.`)
  const { committed, low, high } = offsets
  const mark = committed === undefined ? undefined : readMark(offsets.metadata)
  const stored = await lastStored?.(topic, partition)
  const own = await consumer.assigned?.({ topic, partition })
  return decideStart({ committed, mark, stored, own, low, high })
}

/** Nothing is fetched from them until they are resumed. Must run before the event that says they are ours has ended. */
export function hold(kafka: KafkaConsumer, topic: Topic, partitions: readonly number[]): void {
  if (partitions.length > 0) kafka.pause([{ topic, partitions: [...partitions] }])
}

export function release(kafka: KafkaConsumer, topic: Topic, partition: number): void {
  kafka.resume([{ topic, partitions: [partition] }])
}
