import { systemClock } from '../../core/clock.ts'
import { cpuSeconds, processTree } from '../support/processes.ts'
import { ofWeir, ROLES, type CpuByRole, type Stages } from '../support/stages.ts'
import type { Worker } from '../support/worker.ts'
import { quiet } from './cost.ts'

/** Processor time that some interactions took. */
export interface Spent {
  interactions: number
  /** By the clock on the wall. */
  seconds: number
  /** Of the processes that are compared: Weir's own, or the bare loop without its store. */
  weir: number
  byRole: CpuByRole
}

const noTime = (): CpuByRole => ({ collect: 0, detect: 0, watch: 0, store: 0, broker: 0 })
export const nothing = (): Spent => ({ interactions: 0, seconds: 0, weir: 0, byRole: noTime() })

export function add(sum: Spent, { interactions, seconds, weir, byRole }: Spent): void {
  sum.interactions += interactions
  sum.seconds += seconds
  sum.weir += weir
  for (const role of ROLES) sum.byRole[role] += byRole[role]
}

/**
 * Weir's own processes have done their part when the last stage has handled the last record; the store merges what it was
 * given for a while longer.
 */
export async function stagesCost(stages: Stages, work: () => Promise<number>): Promise<Spent> {
  const before = stages.cpu()
  const startedAt = systemClock.now()
  const interactions = await work()
  const seconds = (systemClock.now() - startedAt) / 1000
  const after = stages.cpu()
  await quiet(stages.pids().store[0]!)
  after.store = stages.cpu().store
  const byRole = noTime()
  for (const role of ROLES) byRole[role] = after[role] - before[role]
  return { interactions, seconds, weir: ofWeir(byRole), byRole }
}

export async function bareCost(bare: Worker, interactions: number): Promise<Spent> {
  const [own, ...children] = processTree(bare.pid)
  const cpu = () => ({ own: cpuSeconds(own!), store: children.reduce((sum, pid) => sum + cpuSeconds(pid), 0) })
  const startedAt = systemClock.now()
  const before = cpu()
  const result = await bare.call<{ interactions: number }>('run', { interactions })
  const after = cpu()
  const seconds = (systemClock.now() - startedAt) / 1000
  await quiet(bare.pid)
  const byRole = { ...noTime(), store: cpu().store - before.store }
  return { interactions: result.interactions, seconds, weir: after.own - before.own, byRole }
}
