import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { javaCommand } from './java.ts'

const POLL_MS = 50
const START_MS = 90_000
const STOP_MS = 30_000
/** A broker says this once it takes requests and the controller counts it as alive. */
const STARTED = 'Kafka Server started'

/**
 * Becomes the broker; beside it stays a shell that reads from the parent. Told that the broker has ended it goes; when
 * the parent is gone without a word, also by SIGKILL, it ends the broker and removes what was temporary.
 */
const GUARD = `
  { read -r _ <&3 || { kill -9 $$; sleep 1; [ -z "$WEIR_KAFKA_REMOVE" ] || rm -rf -- "$WEIR_KAFKA_REMOVE"; }; } &
  exec "$@" 3<&-
`

/** One broker's process, which may be ended and started again over the same ports and data. */
export class Broker {
  readonly folder: string
  readonly #jvm: readonly string[]
  readonly #remove: string
  #child: ChildProcess | undefined
  #logStart = 0

  /** The folder holds server.properties; `remove` is the temporary folder to remove if the parent dies. */
  constructor(folder: string, jvm: readonly string[], remove: string | undefined) {
    this.folder = folder
    this.#jvm = jvm
    this.#remove = remove ?? ''
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }
  get logFile(): string {
    return join(this.folder, 'broker.log')
  }

  /** Resolves when the broker serves. */
  async start(): Promise<void> {
    if (this.#child) throw new Error(`the broker of ${this.folder} runs already`)
    this.#logStart = (await stat(this.logFile).catch(() => undefined))?.size ?? 0
    const child = this.#spawn()
    for (let waited = 0; waited < START_MS; waited += POLL_MS) {
      const log = await this.#newLog()
      if (log.includes(STARTED)) return
      if (this.#child !== child)
        throw new Error(`the broker of ${this.folder} ended at its start:\n${log.slice(-3000)}`)
      await pause(POLL_MS)
    }
    const log = await this.#newLog()
    await this.kill()
    throw new Error(`the broker of ${this.folder} did not start in ${START_MS} ms:\n${log.slice(-3000)}`)
  }

  #spawn(): ChildProcess {
    const log = openSync(this.logFile, 'a')
    const java = [...javaCommand('kafka.Kafka', this.#jvm), join(this.folder, 'server.properties')]
    const child = spawn('sh', ['-c', GUARD, 'guard', ...java], {
      stdio: ['ignore', log, log, 'pipe'],
      env: { ...process.env, WEIR_KAFKA_REMOVE: this.#remove },
      // A group of its own: Ctrl-C in a terminal reaches the parent only, which then ends the brokers in order.
      detached: true,
    })
    closeSync(log)
    this.#child = child
    const guard = child.stdio[3] as Writable
    guard.on('error', () => {})
    const ended = (): void => {
      if (this.#child === child) this.#child = undefined
      guard.end('ended\n')
    }
    child.on('exit', ended)
    child.on('error', ended)
    return child
  }

  /** SIGKILL; resolves when the process is gone. Nothing happens where none runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** An orderly end; a broker that does not come to one is killed. */
  async stop(): Promise<void> {
    this.thaw()
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS)
    await this.#end('SIGTERM')
    clearTimeout(timer)
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }
  thaw(): void {
    this.#child?.kill('SIGCONT')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  async #newLog(): Promise<string> {
    const file = await open(this.logFile)
    try {
      const { size } = await file.stat()
      const buffer = Buffer.alloc(Math.max(0, size - this.#logStart))
      await file.read(buffer, 0, buffer.length, this.#logStart)
      return buffer.toString()
    } finally {
      await file.close()
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
