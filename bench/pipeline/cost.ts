import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds, processTree } from '../support/processes.ts'

/** Processor time of a process and of its children, apart. */
export interface Cpu {
  own: number
  children: number
}

function cpuOf(tree: readonly number[]): Cpu {
  const [own = 0, ...children] = tree.map(cpuSeconds)
  return { own, children: children.reduce((sum, seconds) => sum + seconds, 0) }
}

const QUIET_WINDOW_MS = 500
/** Of a window: what an idle Weir uses anyway, and a little more. */
const QUIET_SECONDS = 0.02
const QUIET_DEADLINE_MS = 15_000

/** Waits until the processes have nothing left to do: the store merges what was inserted after it has answered. */
export async function quiet(pid: number): Promise<void> {
  let before = total(cpuOf(processTree(pid)))
  for (let waited = 0; waited < QUIET_DEADLINE_MS; waited += QUIET_WINDOW_MS) {
    await sleep(QUIET_WINDOW_MS)
    const now = total(cpuOf(processTree(pid)))
    if (now - before <= QUIET_SECONDS) return
    before = now
  }
}

export const total = ({ own, children }: Cpu): number => own + children

/** What some work cost these processes, with what they still do after it because of it. */
export async function costOf<R>(pid: number, work: () => Promise<R>): Promise<{ result: R; cpu: Cpu }> {
  const tree = processTree(pid)
  const before = cpuOf(tree)
  const result = await work()
  await quiet(pid)
  if (processTree(pid).join() !== tree.join()) throw new Error('a process of Weir ended under load')
  const after = cpuOf(tree)
  return { result, cpu: { own: after.own - before.own, children: after.children - before.children } }
}
