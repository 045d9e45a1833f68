import type { Clock, Topic } from '../../../seam.ts'
import type { WireRecord } from '../records/record.ts'

/** A record on its way to its partition. */
export interface Sending {
  readonly topic: Topic
  readonly partition: number
  readonly record: WireRecord
  readonly bytes: number
  /** Its sender has been told to come again: while it has not been sent, it need not be. */
  givenUp: boolean
  done(): void
  failed(error: unknown): void
  tooLarge(): void
}

export interface LaneLimits {
  readonly maxSendBytes: number
  readonly maxSendRecords: number
  readonly lingerMs: number
}

export interface LaneOptions {
  readonly limits: LaneLimits
  readonly clock: Clock
  /** Resolves when all in-sync replicas have all of it. */
  readonly send: (batch: readonly Sending[]) => Promise<void>
  readonly isTooLarge: (error: unknown) => boolean
  /** They leave the lane: sent, failed or given up. */
  readonly left: (sendings: readonly Sending[]) => void
}

/** What waits for one partition. One send is under way at a time, and what comes meanwhile shares the next one. */
export class Lane {
  readonly #options: LaneOptions
  #queue: Sending[] = []
  #bytes = 0
  #running = false

  constructor(options: LaneOptions) {
    this.#options = options
  }

  add(sending: Sending): void {
    this.#queue.push(sending)
    this.#bytes += sending.bytes
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    const { limits, clock, left } = this.#options
    while (this.#queue.length > 0) {
      if (limits.lingerMs > 0 && this.#bytes < limits.maxSendBytes && this.#queue.length < limits.maxSendRecords) {
        await clock.sleep(limits.lingerMs)
      }
      const batch = this.#cut()
      const wanted = batch.filter((sending) => !sending.givenUp)
      if (wanted.length > 0) await this.#send(wanted)
      left(batch)
    }
    this.#running = false
  }

  #cut(): Sending[] {
    const { maxSendBytes, maxSendRecords } = this.#options.limits
    let bytes = 0
    let count = 0
    while (count < this.#queue.length && count < maxSendRecords) {
      bytes += this.#queue[count]!.bytes
      if (count > 0 && bytes > maxSendBytes) break
      count++
    }
    const batch = this.#queue.splice(0, count)
    for (const sending of batch) this.#bytes -= sending.bytes
    return batch
  }

  /** The broker's limit counts the batch, so what is too large together may fit apart. */
  async #send(batch: readonly Sending[]): Promise<void> {
    try {
      await this.#options.send(batch)
      for (const sending of batch) sending.done()
    } catch (error) {
      if (!this.#options.isTooLarge(error)) {
        for (const sending of batch) sending.failed(error)
      } else if (batch.length === 1) {
        batch[0]!.tooLarge()
      } else {
        const half = Math.ceil(batch.length / 2)
        await this.#send(batch.slice(0, half))
        await this.#send(batch.slice(half))
      }
    }
  }
}
