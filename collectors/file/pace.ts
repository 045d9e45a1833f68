import type { Clock } from '../../core/seam.ts'

/** Waits until `count` more may go. */
export type Pace = (count: number, signal: AbortSignal) => Promise<void>

/** At most so many a second, evenly: time that was not used is not made up for. */
export function createPace(perSecond: number | undefined, clock: Clock): Pace {
  if (perSecond === undefined) return async () => {}
  let next = clock.now()
  return async (count, signal) => {
    const now = clock.now()
    const wait = next - now
    next = Math.max(next, now) + (count / perSecond) * 1000
    if (wait > 0) await clock.sleep(wait, signal)
  }
}
