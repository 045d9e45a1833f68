import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../core/clock.ts'
import { visibleOf } from '../support/store.ts'

const EVERY_MS = 50
const GIVE_UP_MS = 60_000

interface Awaited {
  addedAt: number
  found: (isThere: boolean) => void
}

/** Asks the store again and again, in one query for all, until what is awaited is visible. */
export class Lookout {
  readonly #reader: string
  readonly #awaited = new Map<string, Awaited>()
  readonly #done: Promise<void>
  #closing = false

  constructor(reader: string) {
    this.#reader = reader
    this.#done = this.#run()
    this.#done.catch(() => {}) // reported by close
  }

  add(traceId: string, found: (isThere: boolean) => void): void {
    this.#awaited.set(traceId, { addedAt: systemClock.now(), found })
  }

  /** Resolves when nothing is awaited any more. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#done
  }

  async #run(): Promise<void> {
    while (!this.#closing || this.#awaited.size > 0) {
      if (this.#awaited.size > 0) await this.#look()
      await sleep(EVERY_MS)
    }
  }

  async #look(): Promise<void> {
    const visible = await visibleOf(this.#reader, [...this.#awaited.keys()])
    for (const traceId of visible) this.#settle(traceId, true)
    const since = systemClock.now() - GIVE_UP_MS
    for (const [traceId, { addedAt }] of this.#awaited) if (addedAt < since) this.#settle(traceId, false)
  }

  #settle(traceId: string, isThere: boolean): void {
    this.#awaited.get(traceId)?.found(isThere)
    this.#awaited.delete(traceId)
  }
}
