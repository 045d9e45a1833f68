import type { Consumer as KafkaConsumer, Producer } from 'kafkajs'
import { WeirError } from '../../../errors.ts'
import { TOPICS, type Clock, type RandomBytes } from '../../../seam.ts'
import { within } from '../../deadline.ts'
import { METADATA_MAX_AGE_MS, RETRY, type KafkaClient } from '../connection/client.ts'
import { isStillLoading, kafkaError } from '../connection/failures.ts'
import { isWritten } from '../connection/written.ts'

export interface KeyTableOptions {
  readonly client: KafkaClient
  readonly clock: Clock
  readonly random: RandomBytes
  readonly onError: (error: unknown) => void
  /** How long reading the topic at start may take. */
  readonly startMs?: number
  /** How long nothing may be read of what is there before its reader is made anew. */
  readonly stallMs?: number
  readonly maxEntries?: number
  readonly topic?: string
}

const START_MS = 60_000
const MAX_ENTRIES = 1_000_000
const LOOK_MS = 20
const LINGER_MS = 500
const AGAIN_MS = 1_000
const AGAIN_MOST_MS = 30_000
const ALL_REPLICAS = -1
const ACK_TIMEOUT_MS = 4_000
const PUT_MS = 20_000
const STALL_MS = 30_000
const LEAVE_MS = 5_000

/**
 * The compacted topic `weir.keys` as a table: read whole at start, followed from then on. It holds nothing secret (data
 * keys are wrapped), so it is not sealed; it holds what must be readable before anything sealed can be.
 */
export class KeyTable {
  readonly #options: KeyTableOptions
  readonly #topic: string
  readonly #entries = new Map<string, Buffer>()
  readonly #stopping = new AbortController()
  #following: Promise<void> | undefined
  #producer: Promise<Producer> | undefined
  /** The offset after the last one read. */
  #read = 0

  constructor(options: KeyTableOptions) {
    this.#options = options
    this.#topic = options.topic ?? TOPICS.keys
  }

  get(key: string): Buffer | undefined {
    return this.#entries.get(key)
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys()
  }

  /** Resolves when all that stood in the topic has been read. */
  async start(): Promise<void> {
    const { client, clock, startMs = START_MS } = this.#options
    const [end] = await client.ask(`to read ${this.#topic}`, (admin) => admin.fetchTopicOffsets(this.#topic))
    const high = Number(end?.high ?? 0)
    const empty = Number(end?.low ?? 0) >= high
    this.#following ??= this.#follow()
    for (let waited = 0; !empty && this.#read < high; waited += LOOK_MS) {
      if (waited >= startMs || this.#stopping.signal.aborted) {
        throw new WeirError('WEIR_DEADLINE', `${this.#topic} was not read within ${startMs} ms: look at the brokers.`)
      }
      await clock.sleep(LOOK_MS, this.#stopping.signal)
    }
  }

  /** Resolves when all in-sync replicas have it; undefined removes the entry. */
  async put(key: string, value: Buffer | undefined): Promise<void> {
    const { clock } = this.#options
    try {
      if ((await within(this.#send(key, value), PUT_MS, clock)) === 'late')
        throw new WeirError('WEIR_DEADLINE', `Kafka did not confirm an entry of ${this.#topic} within ${PUT_MS} ms.`)
    } catch (error) {
      throw kafkaError(`an entry of ${this.#topic}`, error)
    }
    this.#remember(key, value)
  }

  async #send(key: string, value: Buffer | undefined): Promise<void> {
    const producer = await this.#connected()
    const answer = await producer.send({
      topic: this.#topic,
      acks: ALL_REPLICAS,
      timeout: ACK_TIMEOUT_MS,
      messages: [{ key, value: value ?? null, partition: 0, timestamp: String(this.#options.clock.now()) }],
    })
    if (!isWritten(new Set([0]), answer)) throw new WeirError('WEIR_TOPICS', `${this.#topic} has no partition.`)
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#following
    const leaving = this.#producer?.then((producer) => producer.disconnect()).catch(() => {})
    this.#producer = undefined
    if (leaving) await within(leaving, LEAVE_MS, this.#options.clock)
  }

  #remember(key: string, value: Buffer | undefined): void {
    const { maxEntries = MAX_ENTRIES, onError } = this.#options
    if (value === undefined) this.#entries.delete(key)
    else if (this.#entries.size < maxEntries || this.#entries.has(key)) this.#entries.set(key, value)
    else onError(new WeirError('WEIR_TOO_LARGE', `${this.#topic} has more than ${maxEntries} entries: erase old days.`))
  }

  #connected(): Promise<Producer> {
    this.#producer ??= (async () => {
      const producer = this.#options.client.kafka.producer({
        allowAutoTopicCreation: false,
        metadataMaxAge: METADATA_MAX_AGE_MS,
        retry: RETRY,
      })
      await producer.connect()
      return producer
    })()
    this.#producer.catch(() => (this.#producer = undefined))
    return this.#producer
  }

  /** A reader that ends is made again; reading an entry twice changes nothing. */
  async #follow(): Promise<void> {
    const { signal } = this.#stopping
    for (let waitMs = AGAIN_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, AGAIN_MOST_MS)) {
      const startedAt = this.#options.clock.now()
      try {
        await this.#readUntilEnded()
      } catch (error) {
        if (!isStillLoading(error)) this.#options.onError(kafkaError(`to follow ${this.#topic}`, error))
      }
      if (this.#options.clock.now() - startedAt > AGAIN_MOST_MS) waitMs = AGAIN_MS
      await this.#options.clock.sleep(waitMs, signal)
    }
  }

  async #readUntilEnded(): Promise<void> {
    const { client, random, clock } = this.#options
    // Every process reads all of it, so each is a group of its own, which Kafka forgets because it never commits.
    const consumer = client.kafka.consumer({
      groupId: `weir.keys-${random(8).toString('hex')}`,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: LINGER_MS,
      retry: { ...RETRY, restartOnFailure: async () => false },
    })
    const over = new AbortController()
    const ended = new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      this.#stopping.signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal })
      if (this.#stopping.signal.aborted) resolve()
      void this.#watch(over.signal).then((stalled) => stalled && reject(stalled))
    })
    ended.catch(() => {}) // when connecting fails first
    try {
      await Promise.race([ended, this.#take(consumer, over.signal).then(() => ended)])
    } finally {
      over.abort()
      await within(
        consumer.disconnect().catch(() => {}),
        LEAVE_MS,
        clock,
      )
    }
  }

  /** An error when something has been there to read for long and nothing was read: kafkajs sometimes stops without a word. */
  async #watch(over: AbortSignal): Promise<WeirError | undefined> {
    const { client, clock, stallMs = STALL_MS } = this.#options
    for (let before: number | undefined; ;) {
      await clock.sleep(stallMs, over)
      if (over.aborted) return undefined
      if (before !== undefined && before > this.#read) {
        const text = `${this.#topic} was not read for ${stallMs} ms although it has news; its reader is made anew.`
        return new WeirError('WEIR_DEADLINE', text)
      }
      const [end] = await client
        .ask(`the end of ${this.#topic}`, (admin) => admin.fetchTopicOffsets(this.#topic))
        .catch(() => [])
      before = end && Number(end.low) < Number(end.high) ? Number(end.high) : undefined
    }
  }

  async #take(consumer: KafkaConsumer, over: AbortSignal): Promise<void> {
    await consumer.connect()
    if (over.aborted) return
    await consumer.subscribe({ topics: [this.#topic], fromBeginning: true })
    // Also batches of which compaction or control records left nothing.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      this.#read = Math.max(this.#read, Number(payload.lastOffset) + 1)
    })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { key, value } of batch.messages) if (key) this.#remember(key.toString(), value ?? undefined)
      },
    })
    if (over.aborted) await consumer.disconnect() // it was told to go while it joined
  }
}
