import type { Clock } from './seam.ts'

interface Told {
  atMs: number
  times: number
}

/** For what goes on and on: each kind is to be told at once, and again after a while. Kinds must be a closed set. */
export class Recurring {
  private readonly clock: Pick<Clock, 'now'>
  private readonly againMs: number
  private readonly told = new Map<string, Told>()

  constructor(clock: Pick<Clock, 'now'>, againMs: number) {
    this.clock = clock
    this.againMs = againMs
  }

  /** How often it happened since it was told last, this time included; 0 when it is too early to tell it. */
  happened(kind: string): number {
    const nowMs = this.clock.now()
    const told = this.told.get(kind) ?? { atMs: -Infinity, times: 0 }
    this.told.set(kind, told)
    told.times++
    if (Math.abs(nowMs - told.atMs) < this.againMs) return 0 // either way: clocks are set back, too
    const { times } = told
    told.atMs = nowMs
    told.times = 0
    return times
  }
}
