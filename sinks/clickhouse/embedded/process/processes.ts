import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** A process that can be told from another that later got the same number. */
export interface ProcessMark {
  pid: number
  /** When it started, as the system states it; a new start after a reboot never has the same. */
  started: string
}

function linuxStart(pid: number, isGone: (state: string) => boolean): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the state and field 22 come after the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (isGone(fields[0]!)) return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}:${fields[19]}`
  } catch {
    return undefined
  }
}

/** It runs no more: its parent has not asked how it ended, or some of its threads are still to end. */
const hasEnded = (state: string): boolean => state === 'Z' || state === 'X'

function otherStart(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

const startOf = (pid: number): string | undefined =>
  process.platform === 'linux' ? linuxStart(pid, hasEnded) : otherStart(pid)

export function markOf(pid: number): ProcessMark | undefined {
  const started = startOf(pid)
  return started === undefined ? undefined : { pid, started }
}

export const isRunning = (mark: ProcessMark): boolean => startOf(mark.pid) === mark.started

/** A killed process holds its files, and their locks, until the last of its threads has ended: not only the first. */
function holdsFiles(mark: ProcessMark): boolean {
  if (process.platform !== 'linux') return isRunning(mark)
  const hasNoThreads = (state: string): boolean => hasEnded(state) && readdirSync(`/proc/${mark.pid}/task`).length === 1
  return linuxStart(mark.pid, hasNoThreads) === mark.started
}

export function parseMark(text: string): ProcessMark | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<ProcessMark>
    return Number.isSafeInteger(pid) && (pid ?? 0) > 1 && typeof started === 'string'
      ? { pid: pid as number, started }
      : undefined
  } catch {
    return undefined
  }
}

const LOOK_EVERY_MS = 20

/** Kills a process, also a stopped one, and waits until it holds nothing. False when it still does at the deadline. */
export async function endProcess(mark: ProcessMark, deadlineMs: number): Promise<boolean> {
  for (let waited = 0; holdsFiles(mark); waited += LOOK_EVERY_MS) {
    if (waited > deadlineMs) return false
    try {
      process.kill(mark.pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return false
    }
    await setTimeout(LOOK_EVERY_MS)
  }
  return true
}
