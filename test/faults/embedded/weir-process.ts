import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { runnable } from '../../../core/runnable.ts'
import { systemClock } from '../../../core/clock.ts'
import type { Settings } from '../hooks.ts'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

const READY_MS = 120_000
const STOP_MS = 40_000

/** Every process of a round, so that none is left when the suite ends in any way. */
const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** One life of Weir under test. */
export class WeirProcess {
  readonly exited: Promise<Exit>
  readonly ready: Promise<void>
  telemetry = ''
  readonly #child: ChildProcess

  constructor(directory: string, life: number, settings: Settings) {
    const settingsFile = join(directory, `settings-${life}.json`)
    writeFileSync(settingsFile, JSON.stringify(settings))
    const entry = runnable('./weir-under-test.ts', import.meta.url)
    this.#child = spawn(process.execPath, [entry, settingsFile], { stdio: ['ignore', 'pipe', 'pipe'] })
    alive.add(this.#child)
    const log = createWriteStream(join(directory, 'logs', `weir-${life}.log`))
    this.#child.stderr!.pipe(log)
    this.exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        alive.delete(this.#child)
        resolve({ code, signal })
      })
    })
    this.ready = this.#untilReady()
    this.ready.catch(() => {})
  }

  get pid(): number {
    return this.#child.pid!
  }
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async #untilReady(): Promise<void> {
    const late = new AbortController()
    const lines = createInterface({ input: this.#child.stdout! })
    const said = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        if (!line.startsWith('{"ready"')) return
        this.telemetry = (JSON.parse(line) as { telemetry: string }).telemetry
        resolve()
      })
    })
    const gone = this.exited.then(({ code, signal }) => {
      throw new Error(`Weir ended before it was ready (${signal ?? code})`)
    })
    const timeout = systemClock.sleep(READY_MS, late.signal).then(() => {
      throw new Error(`Weir was not ready within ${READY_MS} ms`)
    })
    timeout.catch(() => {})
    await Promise.race([said, gone, timeout]).finally(() => late.abort())
  }

  kill(signal: NodeJS.Signals): void {
    if (this.running) this.#child.kill(signal)
  }

  /** Ends it as an operator would; false when it did not end by itself in time. */
  async stop(): Promise<Exit & { inTime: boolean }> {
    this.kill('SIGTERM')
    const over = new AbortController()
    const late = systemClock.sleep(STOP_MS, over.signal).then(() => undefined)
    const exit = await Promise.race([this.exited, late])
    over.abort()
    if (exit !== undefined) return { ...exit, inTime: true }
    this.kill('SIGKILL')
    return { ...(await this.exited), inTime: false }
  }
}

/** The embedded store's child, as its pid file in the data directory names it. */
export function storeChildOf(dataDirectory: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(join(dataDirectory, 'store', 'child.json'), 'utf8')) as { pid: number }
    return pid
  } catch {
    return undefined
  }
}
