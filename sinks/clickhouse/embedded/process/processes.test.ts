import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { hasPython } from '../../../../test/support/python.ts'
import { pause } from '../../../../test/support/weir.ts'
import { endProcess, isRunning, markOf, parseMark, type ProcessMark } from './processes.ts'

/** Its first thread ends and another goes on, as in a process of many threads on its way out. */
const WITHOUT_FIRST_THREAD = `
import ctypes, threading, time
threading.Thread(target=lambda: time.sleep(60)).start()
print("started", flush=True)
input()
ctypes.CDLL(None).pthread_exit(None)`

const isLinux = process.platform === 'linux'

function threadsOf({ pid }: ProcessMark): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length
  } catch {
    return 0
  }
}

describe('a process', () => {
  let child: ReturnType<typeof spawn> | undefined
  afterEach(() => child?.kill('SIGKILL'))

  async function started(command: string, args: readonly string[]): Promise<ProcessMark> {
    child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    await once(child.stdout!, 'data')
    return markOf(child.pid!)!
  }

  it('is told from another of the same number, and is ended even when stopped', async () => {
    const mark = await started(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'])
    expect(isRunning(mark)).toBe(true)
    expect(isRunning({ ...mark, started: 'long ago' })).toBe(false)
    expect(parseMark(JSON.stringify(mark))).toEqual(mark)
    process.kill(mark.pid, 'SIGSTOP')
    expect(await endProcess(mark, 10_000)).toBe(true)
    expect(isRunning(mark)).toBe(false)
  })

  it.skipIf(!isLinux || !hasPython())('is waited for until its last thread is gone', async () => {
    const mark = await started('python3', ['-c', WITHOUT_FIRST_THREAD])
    child!.stdin!.write('\n')
    while (isRunning(mark)) await pause(20)
    expect(threadsOf(mark)).toBe(2)
    expect(await endProcess(mark, 10_000)).toBe(true)
    // What is left of it goes when its parent is told.
    expect(threadsOf(mark)).toBeLessThan(2)
  })
})
