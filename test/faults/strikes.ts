import { spawn } from 'node:child_process'
import { openSync, writeSync } from 'node:fs'
import type { WirePoint } from './distributed/wire.ts'
import type { Point } from './hooks.ts'

/** Something that happens at a point between receipt and commit. */
export interface Strike {
  point: Point | WirePoint
  /** The how-manieth time the point is reached. */
  nth: number
  /** Who is killed: the process that is there itself, or what it needs. */
  target: 'self' | 'store' | 'broker'
  /** For `during`: how long the insert has been under way. */
  afterMs?: number
  /** Not killed, but stopped for so long, and then let go on. */
  freezeMs?: number
}

/** A strike in one life, from 0, of a process. */
export interface PlannedStrike extends Strike {
  life: number
}

export type Reach = (point: Strike['point']) => void

/** Counts how often points are reached, and strikes; `victim` knows who is struck, by its process id of now. */
export function createReach(
  strikes: readonly Strike[],
  faultsFile: string,
  victim: (target: Strike['target']) => number | undefined,
): Reach {
  const file = openSync(faultsFile, 'a')
  const reached = new Map<string, number>()
  const strike = ({ point, target, freezeMs }: Strike): void => {
    const pid = victim(target)
    writeSync(file, `${process.hrtime.bigint()} ${point} ${target}\n`)
    if (pid === undefined) return
    if (freezeMs !== undefined) thawLater(pid, freezeMs)
    end(pid, freezeMs === undefined ? 'SIGKILL' : 'SIGSTOP')
  }
  return (point) => {
    const count = (reached.get(point) ?? 0) + 1
    reached.set(point, count)
    for (const one of strikes) {
      if (one.point !== point || one.nth !== count) continue
      if (one.afterMs === undefined) strike(one)
      else setTimeout(() => strike(one), one.afterMs)
    }
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it is gone already
  }
}

/** A process that is stopped cannot let itself go on. */
function thawLater(pid: number, ms: number): void {
  spawn('sh', ['-c', `sleep ${ms / 1000}; kill -CONT ${pid}`], { stdio: 'ignore', detached: true }).unref()
}
