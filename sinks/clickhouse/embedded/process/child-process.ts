import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { WeirError } from '../../../../core/errors.ts'
import type { ToChild, ToParent } from '../options.ts'
import { markOf } from './processes.ts'

const STDERR_BYTES = 8 << 10
/** Queries and what is asked about them, the writes, control, and zlib and files beside them. */
const THREADS = 24
/** After its own deadline the child has killed itself; this is for one that cannot. */
const GRACE_MS = 500

/** Only what a process needs to run. The application's OTEL_ and NODE_OPTIONS are not meant for the store. */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH']
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...Object.fromEntries(entries), TZ: 'UTC', UV_THREADPOOL_SIZE: String(THREADS) }
}

/** One child process: what it said, and how it ended. */
export class Child {
  readonly process: ChildProcess
  readonly pid: number
  readonly startedAt: number
  readonly ended: Promise<void>
  code: number | null = null
  signal: NodeJS.Signals | null = null
  stderr = ''

  constructor(entry: string, pidFile: string, startedAt: number) {
    this.startedAt = startedAt
    this.process = fork(entry, [], {
      env: childEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.process.on('error', () => {})
    if (this.process.pid === undefined) {
      throw new WeirError('WEIR_STORE_UNREACHABLE', `the store process cannot be started from ${entry}`)
    }
    this.pid = this.process.pid
    writeFileSync(pidFile, JSON.stringify(markOf(this.pid) ?? {}), { mode: 0o600 })
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_BYTES)
    })
    this.ended = new Promise((done) => {
      // Not `exit`: what it said last may still be in the pipe then.
      this.process.once('close', (code, signal) => {
        this.code = code
        this.signal = signal
        done()
      })
    })
  }

  get gone(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  get fate(): string {
    return `ended by ${this.signal ?? `exit code ${this.code}`}`
  }

  send(message: ToChild): void {
    if (this.process.connected) this.process.send(message, () => {})
  }

  /** Resolves with the child's first word: that it serves, or why not. */
  answer(deadlineMs: number): Promise<ToParent> {
    const failed = (message: string): ToParent => ({ type: 'failed', reason: 'engine', message })
    return new Promise((done) => {
      const timer = setTimeout(() => finish(failed(`it was not ready within ${deadlineMs} ms`)), deadlineMs)
      const finish = (message: ToParent): void => {
        clearTimeout(timer)
        done(message)
      }
      this.process.once('message', (message) => finish(message as ToParent))
      void this.ended.then(() => finish(failed(this.fate)))
    })
  }

  /** Asks it to go, and sees to it that it went. With 0 it is not asked. */
  async end(drainMs: number): Promise<void> {
    if (!this.gone && drainMs > 0) {
      this.send({ type: 'stop', deadlineMs: drainMs })
      const timer = new AbortController()
      const late = pause(drainMs + GRACE_MS, undefined, { signal: timer.signal }).catch(() => {})
      await Promise.race([this.ended, late])
      timer.abort()
    }
    if (!this.gone) this.process.kill('SIGKILL')
    await this.ended
  }
}
