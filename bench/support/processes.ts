import { readFileSync, readdirSync } from 'node:fs'

/*
 * What a process and all of its children use, from /proc: the measured process is not asked, so it cannot be wrong about
 * itself and spends nothing on being measured.
 */

/** What Linux counts processor time in. */
const TICKS_PER_SECOND = 100

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`
  const children: number[] = []
  for (const task of readdirSync(tasks)) {
    for (const child of readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ')) {
      if (child !== '') children.push(Number(child))
    }
  }
  return children
}

/** The process and everything below it, the process itself first. */
export function processTree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(processTree)]
}

/** Seconds of processor time, all threads, in user and in system mode, that the process has used so far. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in brackets, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export interface Memory {
  rssMb: number
  /** Shared pages divided among those who share them; undefined where the kernel does not tell. */
  pssMb: number | undefined
}

function kilobytes(file: string, name: string): number | undefined {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))
    return found ? Number(found[1]) : undefined
  } catch {
    return undefined
  }
}

/** Summed over the processes. */
export function memoryOf(pids: readonly number[]): Memory {
  let rss = 0
  let pss: number | undefined = 0
  for (const pid of pids) {
    rss += kilobytes(`/proc/${pid}/status`, 'VmRSS') ?? 0
    const own = kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss')
    pss = pss === undefined || own === undefined ? undefined : pss + own
  }
  return { rssMb: rss / 1024, pssMb: pss === undefined ? undefined : pss / 1024 }
}

/** Watches the memory of a tree of processes until it is stopped; says the most that it has seen. */
export function watchMemory(pid: number, everyMs: number): () => Memory {
  const most: Memory = { rssMb: 0, pssMb: undefined }
  const look = (): void => {
    const { rssMb, pssMb } = memoryOf(processTree(pid))
    most.rssMb = Math.max(most.rssMb, rssMb)
    if (pssMb !== undefined) most.pssMb = Math.max(most.pssMb ?? 0, pssMb)
  }
  look()
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    return most
  }
}
