import type { Clock } from '../../core/seam.ts'

export interface ManualClock extends Clock {
  /** Moves time on, waking whoever's wait ends on the way, in order, and lets what they do next run. */
  advance(ms: number): Promise<void>
  /** How many are waiting. */
  readonly sleeping: number
}

interface Sleeper {
  readonly until: number
  wake(): void
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A clock that stands still until it is told. */
export function manualClock(start: number = Date.parse('2026-11-21T12:00:00Z')): ManualClock {
  let now = start
  const sleepers = new Set<Sleeper>()

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (ms <= 0 || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper: Sleeper = { until: now + ms, wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  const advance = async (ms: number): Promise<void> => {
    const end = now + ms
    await turn()
    for (;;) {
      const [next] = [...sleepers].filter(({ until }) => until <= end).toSorted((a, b) => a.until - b.until)
      if (next === undefined) break
      now = next.until
      next.wake()
      await turn()
    }
    now = end
  }

  return {
    now: () => now,
    sleep,
    advance,
    get sleeping() {
      return sleepers.size
    },
  }
}
