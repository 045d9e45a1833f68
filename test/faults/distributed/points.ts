import { spawn } from 'node:child_process'
import { openSync, readFileSync, writeSync } from 'node:fs'
import type { Parts } from '../../../cli/pipeline.ts'
import type { StageSettings, Strike } from './settings.ts'

/* Strikes that hooks.ts does not know: at points of the wire, at brokers, and those after which the process goes on. */

export const isOurs = ({ point, target, freezeMs }: Strike): boolean =>
  freezeMs !== undefined || target === 'broker' || /^(produce|commit):/.test(point)

/** Who is struck, by its id of now; nothing where it is away just then. */
export function victimOf({ victimsFile }: StageSettings, target: Strike['target']): number | undefined {
  if (target === 'self') return process.pid
  return (JSON.parse(readFileSync(victimsFile, 'utf8')) as Record<string, number | undefined>)[target]
}

export function createPoints(settings: StageSettings): (point: Strike['point']) => void {
  const file = openSync(settings.faultsFile, 'a')
  const reached = new Map<string, number>()
  const strikes = settings.strikes.filter(isOurs)
  const strike = ({ point, target, freezeMs }: Strike): void => {
    const pid = victimOf(settings, target)
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

/** The inserts, for strikes after which the process goes on. */
export function watchInserts(parts: Parts, reach: (point: Strike['point']) => void): Parts {
  return {
    ...parts,
    client: (ours) => {
      const hooked = parts.client?.(ours) ?? ours
      return {
        ...hooked,
        async insert(table, columns, lines, token): Promise<void> {
          reach(`insert:${table}:before`)
          await hooked.insert(table, columns, lines, token)
          reach(`insert:${table}:after`)
        },
      }
    },
  }
}
