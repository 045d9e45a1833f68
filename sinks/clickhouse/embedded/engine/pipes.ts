import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'

/**
 * Named pipes, one per query that may run at once. The engine writes a result into one as into a file, off the main thread
 * and no faster than the client reads; its own streaming interface gives each block as a whole document.
 */
export class Pipes {
  readonly #free: string[]

  constructor(directory: string, count: number) {
    this.#free = Array.from({ length: count }, (_, i) => join(directory, `result-${i}`))
    execFileSync('mkfifo', ['-m', '600', ...this.#free])
  }

  /** Gives a pipe to one query at a time. There is always one: as many queries run at once as there are pipes. */
  async use<T>(work: (path: string) => Promise<T>): Promise<T> {
    const path = this.#free.pop()
    if (path === undefined) throw new Error('more queries than pipes')
    try {
      return await work(path)
    } finally {
      this.#free.push(path)
    }
  }
}

/**
 * Runs `produce`, which writes into the pipe at `path`, and hands what comes out to `take`. The writing end kept here lets
 * the engine open the pipe at any time, and its close marks the end also when the engine never opened it.
 */
export async function drainPipe<T>(
  path: string,
  produce: () => Promise<T>,
  take: (chunk: Buffer) => Promise<void>,
): Promise<T> {
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writing = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  const socket = new Socket({ fd: reading, readable: true, writable: false })
  const produced = produce().finally(() => closeSync(writing))
  produced.catch(() => {})
  try {
    for await (const chunk of socket) await take(chunk as Buffer)
  } catch {
    // Only the reading end can fail here, when `take` gave up; the engine then fails to write, and says so below.
    socket.destroy()
  }
  return produced
}
