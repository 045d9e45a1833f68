import type { Consumer as KafkaConsumer, EachBatchPayload, KafkaMessage } from 'kafkajs'
import type { Clock } from '../../../seam.ts'
import { within } from '../../deadline.ts'
import { METADATA_MAX_AGE_MS, RETRY, type KafkaClient } from '../connection/client.ts'
import { kafkaError } from '../connection/failures.ts'
import { Membership } from './membership.ts'

/*
 * Topics that others write: read at least once, in no form that we know of. An offset is committed when what stood before
 * it was handled; what is handled twice is recognised by who handles it.
 */

export interface ForeignRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly value: Buffer
}

export interface ForeignOptions {
  readonly client: KafkaClient
  readonly topics: readonly string[]
  readonly groupId: string
  /** Tried again, with the same records, until it resolves. */
  readonly handle: (records: readonly ForeignRecord[]) => Promise<void>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
  readonly onRecreated?: (reason: 'crashed' | 'stalled') => void
  readonly sessionTimeoutMs?: number
  readonly stallMs?: number
  readonly maxBytes?: number
}

const SESSION_MS = 15_000
const STALL_MS = 60_000
const FETCH_BYTES = 24 * 1024 * 1024
const LINGER_MS = 500
const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 5_000
const LEAVE_MS = 8_000
const CRASH_AFTER_RETRIES = 8

/** Reads until the signal aborts; then what is in hand may end. */
export async function readForeign(options: ForeignOptions, stop: AbortSignal): Promise<void> {
  for (let waitMs = FIRST_RETRY_MS; !stop.aborted; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
    const ended = await new ForeignReader(options, stop).run()
    if (ended === 'stopped') return
    options.onRecreated?.(ended)
    await options.clock.sleep(waitMs, stop)
  }
}

class ForeignReader {
  readonly #options: ForeignOptions
  readonly #stop: AbortSignal
  readonly #kafka: KafkaConsumer
  readonly #over = new AbortController()
  #progressAt: number
  #busy = false

  constructor(options: ForeignOptions, stop: AbortSignal) {
    const { client, groupId, clock, sessionTimeoutMs = SESSION_MS, maxBytes = FETCH_BYTES } = options
    this.#options = options
    this.#stop = stop
    this.#progressAt = clock.now()
    this.#kafka = client.kafka.consumer({
      groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 6,
      maxWaitTimeInMs: LINGER_MS,
      maxBytes,
      maxBytesPerPartition: maxBytes,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      retry: { ...RETRY, retries: CRASH_AFTER_RETRIES, restartOnFailure: async () => false },
    })
  }

  async run(): Promise<'stopped' | 'crashed' | 'stalled'> {
    const { onError, topics, clock } = this.#options
    const ended = new Promise<'stopped' | 'crashed' | 'stalled'>((resolve) => {
      if (this.#stop.aborted) resolve('stopped')
      this.#stop.addEventListener('abort', () => resolve('stopped'), { once: true, signal: this.#over.signal })
      this.#kafka.on(this.#kafka.events.CRASH, ({ payload }) => {
        onError(kafkaError(`reading ${topics.join(', ')}`, payload.error))
        resolve('crashed')
      })
      void this.#watch().then((stalled) => stalled && resolve('stalled'))
    })
    try {
      return await Promise.race([ended, this.#start().then(() => ended)])
    } catch (error) {
      onError(kafkaError(`to read ${topics.join(', ')}`, error))
      return 'crashed'
    } finally {
      this.#over.abort()
      await within(
        this.#kafka.disconnect().catch(() => {}),
        LEAVE_MS,
        clock,
      )
    }
  }

  async #start(): Promise<void> {
    const { signal } = this.#over
    await this.#kafka.connect()
    if (signal.aborted) return
    await this.#kafka.subscribe({ topics: [...this.#options.topics], fromBeginning: true })
    await this.#kafka.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#take(payload),
    })
    if (signal.aborted) await this.#kafka.disconnect() // it was told to go while it joined
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch
    const last = messages.at(-1)
    this.#progressAt = this.#options.clock.now()
    if (this.#over.signal.aborted || last === undefined) return
    const records = messages.flatMap((message) => recordOf(topic, partition, message))
    const membership = new Membership(payload, this.#options.clock, (this.#options.sessionTimeoutMs ?? SESSION_MS) / 6)
    this.#busy = true
    try {
      await membership.during(this.#handle(records, () => membership.lost !== undefined))
      if (membership.lost) throw membership.lost
      const next = { topic, partition, offset: Number(last.offset) + 1, metadata: '' }
      await membership.commit(next, this.#options.onError)
      payload.resolveOffset(last.offset)
    } finally {
      this.#busy = false
      this.#progressAt = this.#options.clock.now()
    }
  }

  async #handle(records: readonly ForeignRecord[], isLost: () => boolean): Promise<void> {
    const { handle, clock, onError } = this.#options
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        return await handle(records)
      } catch (error) {
        if (this.#over.signal.aborted || this.#stop.aborted || isLost()) throw error
        onError(error)
      }
      await clock.sleep(waitMs, this.#stop)
    }
  }

  /** True when there is something to read and nothing is read: kafkajs sometimes stops without a word. */
  async #watch(): Promise<boolean> {
    const { clock, client, topics, groupId, stallMs = STALL_MS } = this.#options
    for (;;) {
      await clock.sleep(stallMs / 4, this.#over.signal)
      if (this.#over.signal.aborted) return false
      if (this.#busy || clock.now() - this.#progressAt < stallMs) continue
      const behind = await client
        .ask('how far reading is behind', async (admin) => {
          const committed = await admin.fetchOffsets({ groupId, topics: [...topics] })
          for (const { topic, partitions } of committed)
            for (const end of await admin.fetchTopicOffsets(topic)) {
              const own = partitions.find(({ partition }) => partition === end.partition)
              if (Number(end.high) > Math.max(Number(own?.offset ?? -1), Number(end.low))) return true
            }
          return false
        })
        .catch(() => false)
      if (behind) return true
      this.#progressAt = clock.now()
    }
  }
}

/** A record without a value says nothing. */
function recordOf(topic: string, partition: number, { offset, value }: KafkaMessage): ForeignRecord[] {
  return value === null ? [] : [{ topic, partition, offset: Number(offset), value }]
}
