import type { EachBatchPayload, OffsetsByTopicPartition } from 'kafkajs'
import type { Clock } from '../../../seam.ts'
import { coordinatorGone, isLostGroup, isUnreachable, kafkaError } from '../connection/failures.ts'

const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 2_000
const COMMIT_TRIES = 8
/** kafkajs looks for a group's new coordinator only when it joins again, so with a dead one that is what must happen. */
const COORDINATOR_TRIES = 3

export interface Place {
  readonly topic: string
  readonly partition: number
  /** The next to read. */
  readonly offset: number
  readonly metadata: string
}

/**
 * Our place in the group while one batch of kafkajs's is in hand. The group hears from us in time however long the
 * handling takes; when it has gone on without us, that is remembered, and what is in hand may still end.
 */
export class Membership {
  readonly #payload: EachBatchPayload
  readonly #clock: Clock
  readonly #heartbeatMs: number
  #lost: Error | undefined

  constructor(payload: EachBatchPayload, clock: Clock, heartbeatMs: number) {
    this.#payload = payload
    this.#clock = clock
    this.#heartbeatMs = heartbeatMs
  }

  /** kafkajs's own error: when eachBatch rejects with it, the group is joined again. */
  get lost(): Error | undefined {
    return this.#lost
  }

  async during<T>(work: Promise<T>): Promise<T> {
    const over = new AbortController()
    const beats = this.#beatUntil(over.signal)
    try {
      return await work
    } finally {
      over.abort()
      await beats
    }
  }

  /** At most as often as the group wants it. */
  async beat(): Promise<void> {
    try {
      await this.#payload.heartbeat()
    } catch (error) {
      if (error instanceof Error && isLostGroup(error)) this.#lost = error
    }
  }

  /** Rejects with kafkajs's own error when the offset is not ours to commit any more, or cannot be for long. */
  async commit({ topic, partition, offset, metadata }: Place, onError: (error: unknown) => void): Promise<void> {
    // The type leaves out the metadata; the code passes it on.
    const offsets = { topics: [{ topic, partitions: [{ partition, offset: String(offset), metadata }] }] }
    for (let tries = 1, waitMs = FIRST_RETRY_MS; ; tries++, waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        return await this.#payload.commitOffsetsIfNecessary(offsets as OffsetsByTopicPartition)
      } catch (error) {
        if (isLostGroup(error) || tries >= COMMIT_TRIES) throw error
        if (tries >= COORDINATOR_TRIES && isUnreachable(error)) throw coordinatorGone()
        onError(kafkaError(`an offset of ${topic}`, error))
      }
      await this.during(this.#clock.sleep(waitMs))
      if (this.#lost) throw this.#lost
    }
  }

  async #beatUntil(over: AbortSignal): Promise<void> {
    for (;;) {
      await this.#clock.sleep(this.#heartbeatMs, over)
      if (over.aborted) return
      await this.beat()
    }
  }
}
