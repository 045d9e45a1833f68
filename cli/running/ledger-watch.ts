import { computeLedger, type Undrained } from '../../core/ledger.ts'
import type { Logger } from '../../core/log.ts'
import { TOPICS, type Clock, type Consumer, type Store } from '../../core/seam.ts'
import type { Telemetry } from '../../core/telemetry/index.ts'

export interface LedgerWatchOptions {
  store: Store
  database: string
  /** Days to look at. */
  days: number
  originalsDays: number
  undrained?: Undrained
  telemetry: Pick<Telemetry, 'gauge' | 'meter'>
  clock: Clock
  logger: Pick<Logger, 'error' | 'warn'>
}

const FIRST_MS = 10_000
const EVERY_MS = 5 * 60_000
/** A ledger of many rows is computed less often: one part in so many of the time goes into it, but every hour it is. */
const SHARE = 50
const EVERY_MOST_MS = 60 * 60_000

/** Computes the ledger again and again while it is this process's turn, and shows what it found. */
export class LedgerWatch {
  readonly #options: LedgerWatchOptions
  readonly #problems = new Map<string, number>([[TOPICS.interactions, 0]])
  readonly #shown = new Set<string>()
  /** Milliseconds; NaN where this process has not computed it, and shows nothing. */
  #computedAt = Number.NaN
  #turn: AbortController | undefined

  constructor(options: LedgerWatchOptions) {
    this.#options = options
    options.telemetry.gauge('weir_ledger_computed_timestamp_seconds', () => this.#computedAt / 1000)
    this.#show()
  }

  begin(): void {
    if (this.#turn) return
    const turn = (this.#turn = new AbortController())
    void this.#run(turn.signal)
  }

  end(): void {
    this.#turn?.abort()
    this.#turn = undefined
    this.#computedAt = Number.NaN
  }

  /** Ends with the consumer's hold on the first partition: of all copies, one computes the ledger. */
  withTurnOf(consumer: Consumer): Consumer {
    return {
      handle: (batch) => consumer.handle(batch),
      assigned: async (of) => {
        if (of.partition === 0) this.begin()
        return consumer.assigned?.(of)
      },
      revoked: async (of) => {
        if (of.partition === 0) this.end()
        await consumer.revoked?.(of)
      },
    }
  }

  async #run(over: AbortSignal): Promise<void> {
    const { clock, logger, telemetry } = this.#options
    await clock.sleep(FIRST_MS, over)
    while (!over.aborted) {
      const startedAt = clock.now()
      try {
        await this.#compute(over)
      } catch (error) {
        telemetry.meter.add('weir_ledger_errors_total', 1)
        logger.warn('the ledger could not be computed and is tried again', { error })
      }
      const restMs = SHARE * (clock.now() - startedAt)
      await clock.sleep(Math.min(Math.max(EVERY_MS, restMs), EVERY_MOST_MS), over)
    }
  }

  async #compute(over: AbortSignal): Promise<void> {
    const { store, database, days, originalsDays, undrained, clock, logger } = this.#options
    const { partitions } = await computeLedger(store, { database, days, originalsDays }, undrained)
    if (over.aborted) return
    for (const topic of this.#problems.keys()) this.#problems.set(topic, 0)
    for (const { topic, problems } of partitions)
      this.#problems.set(topic, (this.#problems.get(topic) ?? 0) + problems.length)
    this.#show()
    this.#computedAt = clock.now()
    for (const [topic, count] of this.#problems)
      if (count > 0) logger.error('the ledger does not balance: `weir status` says where', { topic, count })
  }

  #show(): void {
    for (const topic of this.#problems.keys()) {
      if (this.#shown.has(topic)) continue
      this.#shown.add(topic)
      const read = (): number => (Number.isNaN(this.#computedAt) ? Number.NaN : (this.#problems.get(topic) ?? 0))
      this.#options.telemetry.gauge('weir_ledger_problems', read, { topic })
    }
  }
}
