/** What a partition that is ours waits for; `start`: where to begin is not known yet. */
export type WaitsFor = 'start' | 'commit' | 'handler' | 'retry' | 'pause' | 'fetch'

/** A partition that was assigned and not begun, or whose batch was begun and not ended. */
export interface Held {
  readonly partition: number
  readonly since: number
  readonly waitsFor: WaitsFor
}

export interface LongHeld extends Held {
  readonly ms: number
}

const AGAIN_MS = 60_000

/** Those to tell of now, so that whoever sees a lag can see what it waits for: each once it is long, then every minute. */
export class HeldTeller {
  readonly #longMs: number
  readonly #toldAt = new Map<number, number>()

  constructor(longMs: number) {
    this.#longMs = longMs
  }

  due(held: readonly Held[], now: number): LongHeld[] {
    const long = held.flatMap((one) => (now - one.since >= this.#longMs ? [{ ...one, ms: now - one.since }] : []))
    const there = new Set(long.map(({ partition }) => partition))
    for (const partition of this.#toldAt.keys()) if (!there.has(partition)) this.#toldAt.delete(partition)
    const due = long.filter(({ partition }) => now - (this.#toldAt.get(partition) ?? -Infinity) >= AGAIN_MS)
    for (const { partition } of due) this.#toldAt.set(partition, now)
    return due
  }
}
