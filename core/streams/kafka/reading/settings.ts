import type { ConsumerConfig } from 'kafkajs'
import { METADATA_MAX_AGE_MS, RETRY } from '../connection/client.ts'
import type { CutLimits } from './range.ts'

export interface ReadSettings extends CutLimits {
  /**
   * How long a fetch waits for `minFetchBytes`: what lingering is here. Where one byte is enough only idle readers wait,
   * and so does who stops or is given other partitions, until the fetch under way has ended.
   */
  readonly lingerMs: number
  readonly minFetchBytes: number
  readonly maxFetchBytes: number
  /** A batch of the log that is larger is read all the same. */
  readonly maxFetchBytesPerPartition: number
  /** Batches of different partitions that are handled at the same time. */
  readonly concurrency: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly heartbeatMs: number
  readonly stallMs: number
  /** How long a partition may wait for one thing before that is told. */
  readonly heldMs: number
  readonly inPlaceMs: number
}

export const READ_DEFAULTS: ReadSettings = {
  maxBatchRecords: 4_000,
  maxBatchBytes: 8 * 1024 * 1024,
  lingerMs: 500,
  minFetchBytes: 1,
  maxFetchBytes: 32 * 1024 * 1024,
  maxFetchBytesPerPartition: 8 * 1024 * 1024,
  concurrency: 1,
  sessionTimeoutMs: 15_000,
  rebalanceTimeoutMs: 60_000,
  heartbeatMs: 2_000,
  stallMs: 30_000,
  heldMs: 20_000,
  inPlaceMs: 10_000,
}

/** A consumer that ends instead of starting again by itself: then we hear of it, and begin with what stands committed. */
export function consumerConfig(groupId: string, settings: ReadSettings): ConsumerConfig {
  return {
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: settings.sessionTimeoutMs,
    rebalanceTimeout: settings.rebalanceTimeoutMs,
    heartbeatInterval: settings.heartbeatMs,
    maxWaitTimeInMs: settings.lingerMs,
    minBytes: settings.minFetchBytes,
    maxBytes: settings.maxFetchBytes,
    maxBytesPerPartition: settings.maxFetchBytesPerPartition,
    metadataMaxAge: METADATA_MAX_AGE_MS,
    retry: { ...RETRY, retries: CRASH_AFTER_RETRIES, restartOnFailure: async () => false },
  }
}

const CRASH_AFTER_RETRIES = 8
