import { WeirError } from '../../../errors.ts'
import type { Topic } from '../../../seam.ts'
import type { KafkaClient } from '../connection/client.ts'
import { readMark } from '../records/mark.ts'
import { groupIdOf, readOffsets, type PartitionOffsets } from './offsets.ts'

export interface Reader {
  readonly topic: Topic
  readonly group: string
}

/** How far a group is behind in one partition. */
export interface Lag extends Reader {
  readonly partition: number
  /** Undefined when the group has never committed. */
  readonly committed: number | undefined
  readonly end: number
  readonly lag: number
  /** Undefined when the mark is not one that this version knows. */
  readonly epoch: number | undefined
  /** A range that was being handed over when it was last heard of. */
  readonly pending?: { first: number; last: number }
}

export async function readLag(client: KafkaClient, readers: readonly Reader[]): Promise<Lag[]> {
  const lags: Lag[] = []
  for (const { topic, group } of readers) {
    const offsets = await readOffsets(client, topic, groupIdOf(topic, group))
    lags.push(...offsets.map((one) => lagOf({ topic, group }, one)))
  }
  return lags
}

function lagOf(reader: Reader, { partition, committed, metadata, low, high }: PartitionOffsets): Lag {
  const mark = knownMark(metadata)
  const { pending } = mark ?? {}
  return {
    ...reader,
    partition,
    committed,
    end: high,
    lag: high - readUpTo(committed, low, high),
    epoch: mark?.epoch,
    ...(pending && { pending: { first: pending.first, last: pending.last } }),
  }
}

/** What was committed beyond the end was committed of another log: of this one nothing has been read. */
function readUpTo(committed: number | undefined, low: number, high: number): number {
  return committed === undefined || committed < low || committed > high ? low : committed
}

function knownMark(metadata: string | null): ReturnType<typeof readMark> {
  try {
    return readMark(metadata)
  } catch (error) {
    if (error instanceof WeirError) return undefined
    throw error
  }
}

/** Whether every group has handled all that stands in its topic. */
export const isDrained = (lags: readonly Lag[]): boolean => lags.every(({ lag, pending }) => lag === 0 && !pending)
