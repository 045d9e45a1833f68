import { WeirError } from '../../../errors.ts'
import type { Clock, Topic } from '../../../seam.ts'
import type { KafkaClient } from '../connection/client.ts'
import { isDrained, readLag } from '../reading/lag.ts'
import type { KeyTable } from './table.ts'

export interface PartitionCountsOptions {
  readonly client: KafkaClient
  readonly table: KeyTable
  readonly clock: Clock
  /** Who reads what: a changed count is taken over once they have read everything. */
  readonly readers: Readonly<Partial<Record<Topic, readonly string[]>>>
  readonly onError: (error: unknown) => void
  readonly checkMs?: number
}

const CHECK_MS = 30_000
const PREFIX = 'partitions/'

/**
 * How many partitions a topic has, for who chooses one. The count under which the records were written stands in
 * `weir.keys`, where every process follows it, and it counts, not what the cluster says: were partitions added while
 * records wait, a sender's retry could land beside its first copy and both be stored. So added partitions stay unused
 * until a process starts when all has been read. A topic made again with fewer has nothing to protect.
 */
export class PartitionCounts {
  readonly #options: PartitionCountsOptions
  readonly #stopping = new AbortController()
  /** Topics that were compared with the cluster, by the promise to have done so. */
  readonly #settled = new Map<Topic, Promise<void>>()
  #checking: Promise<void> | undefined

  constructor(options: PartitionCountsOptions) {
    this.#options = options
  }

  async of(topic: Topic): Promise<number> {
    this.#checking ??= this.#checkAgain()
    let settled = this.#settled.get(topic)
    if (!settled) {
      settled = this.#settle(topic, true)
      this.#settled.set(topic, settled)
      settled.catch(() => this.#settled.delete(topic))
    }
    await settled
    return this.#recorded(topic) ?? 1
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#checking
  }

  #recorded(topic: Topic): number | undefined {
    const count = Number(this.#options.table.get(PREFIX + topic)?.toString())
    return Number.isSafeInteger(count) && count > 0 ? count : undefined
  }

  async #checkAgain(): Promise<void> {
    const { clock, onError, checkMs = CHECK_MS } = this.#options
    const { signal } = this.#stopping
    for (;;) {
      await clock.sleep(checkMs, signal)
      if (signal.aborted) return
      for (const topic of this.#settled.keys()) await this.#settle(topic, false).catch(onError)
    }
  }

  async #settle(topic: Topic, starting: boolean): Promise<void> {
    const actual = await partitionsIn(this.#options.client, topic)
    const recorded = this.#recorded(topic)
    if (recorded === actual) return
    const grown = recorded !== undefined && actual > recorded
    if (!grown || (starting && (await this.#drained(topic)))) {
      await this.#options.table.put(PREFIX + topic, Buffer.from(String(actual)))
      return
    }
    this.#options.onError(
      new WeirError(
        'WEIR_TOPICS',
        `Topic ${topic} has ${actual} partitions now and its records were written into ${recorded}, which Weir goes on to ` +
          'use. To use all, stop what writes to it, wait until `weir status` shows no lag, and start again.',
      ),
    )
  }

  async #drained(topic: Topic): Promise<boolean> {
    const { client, readers, onError } = this.#options
    const groups = readers[topic] ?? []
    try {
      const lags = await readLag(
        client,
        groups.map((group) => ({ topic, group })),
      )
      return groups.length > 0 && isDrained(lags)
    } catch (error) {
      onError(error) // new partitions have no leader for a moment
      return false
    }
  }
}

async function partitionsIn(client: KafkaClient, topic: Topic): Promise<number> {
  const { topics } = await client.ask(`what topic ${topic} looks like`, (admin) =>
    admin.fetchTopicMetadata({ topics: [topic] }),
  )
  const count = topics[0]?.partitions.length ?? 0
  if (count > 0) return count
  throw new WeirError('WEIR_TOPICS', `Topic ${topic} does not exist: run \`weir run --create-topics\`.`)
}
