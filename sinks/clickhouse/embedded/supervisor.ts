import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WeirError } from '../../../core/errors.ts'
import { runnable } from '../../../core/runnable.ts'
import { takeDirectory } from './lock.ts'
import { DEFAULT_LIMITS } from './options.ts'
import type { ChildSettings, StoreLimits, ToChild, ToParent } from './options.ts'
import { endProcess, markOf, parseMark } from './processes.ts'

/** How the child went, and when it comes back. */
export interface StoreExit {
  pid: number
  code: number | null
  signal: NodeJS.Signals | null
  /** The end of what it said on standard error. */
  stderr: string
  restartInMs: number
}

export interface EmbeddedStoreOptions {
  /** Everything is kept below this directory. It is made if it is missing, for this user only. */
  directory: string
  host?: string
  /** 0 takes any free port; restarts keep it. */
  port?: number
  /** The database that the reader may read, and that requests without one mean. */
  database?: string
  /** Host names, beside localhost, under which a client without a password may ask. */
  hostNames?: readonly string[]
  limits?: Partial<StoreLimits>
  writer?: { user?: string; password?: string }
  startMs?: number
  /** For running work to end when the store is closed. */
  drainMs?: number
  onExit?: (exit: StoreExit) => void
  onRestart?: (restarted: { pid: number; restarts: number }) => void
}

export interface EmbeddedStore {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly writer: { readonly user: string; readonly password: string }
  readonly reader: { readonly user: string }
  readonly engineVersion: string
  /** The child that serves now; undefined while there is none. */
  readonly pid: number | undefined
  readonly restarts: number
  close(): Promise<void>
}

const STDERR_BYTES = 8 << 10
const START_MS = 30_000
const DRAIN_MS = 10_000
const KILL_MS = 10_000
const FIRST_BACKOFF_MS = 100
const LAST_BACKOFF_MS = 5_000
/** A child that served this long starts again at the shortest back-off. */
const STEADY_MS = 60_000
/** Queries and their classifications, the writes, control, and names and zlib beside them. */
const THREADS = 24

/** Only what a process needs to run. The application's OTEL_ and NODE_OPTIONS are not meant for the store. */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH']
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...Object.fromEntries(entries), TZ: 'UTC', UV_THREADPOOL_SIZE: String(THREADS) }
}

class Child {
  readonly process: ChildProcess
  readonly pid: number
  readonly ended: Promise<void>
  readonly startedAt: number = performance.now()
  code: number | null = null
  signal: NodeJS.Signals | null = null
  stderr = ''

  constructor(entry: string, pidFile: string) {
    this.process = fork(entry, [], {
      env: childEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    })
    if (this.process.pid === undefined)
      throw new WeirError('WEIR_STORE_UNREACHABLE', `the store process cannot be started: ${entry}`)
    this.pid = this.process.pid
    writeFileSync(pidFile, JSON.stringify(markOf(this.pid) ?? {}), { mode: 0o600 })
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_BYTES)
    })
    this.process.on('error', () => {})
    this.ended = new Promise((done) => {
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

  send(message: ToChild): void {
    if (this.process.connected) this.process.send(message, () => {})
  }

  /** Resolves with the child's first word: that it serves, or why not. */
  answer(deadlineMs: number): Promise<ToParent> {
    return new Promise((done) => {
      const timer = setTimeout(
        () => finish({ type: 'failed', reason: 'engine', message: `not ready within ${deadlineMs} ms` }),
        deadlineMs,
      )
      const finish = (message: ToParent): void => {
        clearTimeout(timer)
        done(message)
      }
      this.process.once('message', (message) => finish(message as ToParent))
      void this.ended.then(() =>
        finish({ type: 'failed', reason: 'engine', message: `it ended (${this.signal ?? `code ${this.code}`})` }),
      )
    })
  }

  async end(drainMs: number): Promise<void> {
    if (!this.gone && drainMs > 0) {
      this.send({ type: 'stop', deadlineMs: drainMs })
      const timer = new AbortController()
      await Promise.race([this.ended, pause(drainMs + 500, timer.signal)])
      timer.abort()
    }
    if (!this.gone) this.process.kill('SIGKILL')
    await this.ended
  }
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true })
  })

function startError(answer: ToParent & { type: 'failed' }, child: Child, settings: ChildSettings): WeirError {
  const said = child.stderr.trim()
  const tail = said === '' ? '' : `\n${said.slice(-2_000)}`
  if (answer.reason === 'listen') {
    return new WeirError(
      'WEIR_LISTEN_FAILED',
      `the store cannot listen on ${settings.host}:${settings.port}: ${answer.message}. Choose another port, or 0 for any free one`,
    )
  }
  if (answer.reason === 'busy') {
    return new WeirError(
      'WEIR_STORE_BUSY',
      `another process has ${settings.dataDirectory} open: ${answer.message}. Stop it first`,
    )
  }
  return new WeirError('WEIR_STORE_UNREACHABLE', `the embedded store did not start: ${answer.message}${tail}`)
}

class Supervisor implements EmbeddedStore {
  readonly #settings: ChildSettings
  readonly #options: EmbeddedStoreOptions
  readonly #entry: string
  readonly #pidFile: string
  readonly #giveBack: () => void
  readonly #stop = new AbortController()
  #child: Child | undefined
  #closed: Promise<void> | undefined
  #keeping: Promise<void> = Promise.resolve()
  #restarts = 0
  engineVersion = ''

  constructor(settings: ChildSettings, options: EmbeddedStoreOptions, pidFile: string, giveBack: () => void) {
    this.#settings = settings
    this.#options = options
    this.#entry = runnable('./child.ts', import.meta.url)
    this.#pidFile = pidFile
    this.#giveBack = giveBack
  }

  get host(): string {
    return this.#settings.host
  }
  get port(): number {
    return this.#settings.port
  }
  get url(): string {
    return `http://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`
  }
  get database(): string {
    return this.#settings.database
  }
  get writer(): { user: string; password: string } {
    return this.#settings.writer
  }
  get reader(): { user: string } {
    return this.#settings.reader
  }
  get pid(): number | undefined {
    return this.#child?.gone === false ? this.#child.pid : undefined
  }
  get restarts(): number {
    return this.#restarts
  }

  /** Starts one child and waits until it serves. */
  async launch(): Promise<void> {
    const { runDirectory } = this.#settings
    rmSync(runDirectory, { recursive: true, force: true })
    mkdirSync(runDirectory, { recursive: true, mode: 0o700 })
    const child = new Child(this.#entry, this.#pidFile)
    this.#child = child
    child.send({ type: 'start', settings: this.#settings })
    const answer = await child.answer(this.#options.startMs ?? START_MS)
    if (answer.type === 'failed') {
      await child.end(0)
      throw startError(answer, child, this.#settings)
    }
    this.#settings.port = answer.port
    this.engineVersion = answer.engineVersion
  }

  /** From here on a child that goes is replaced, on the same port: whoever uses the store simply tries again. */
  keep(): void {
    this.#keeping = this.#keepServing()
  }

  async #keepServing(): Promise<void> {
    let backoff = FIRST_BACKOFF_MS
    for (;;) {
      const child = this.#child as Child
      await child.ended
      if (this.#stop.signal.aborted) return
      if (performance.now() - child.startedAt > STEADY_MS) backoff = FIRST_BACKOFF_MS
      const { pid, code, signal, stderr } = child
      this.#options.onExit?.({ pid, code, signal, stderr, restartInMs: backoff })
      await pause(backoff, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      backoff = Math.min(backoff * 2, LAST_BACKOFF_MS)
      try {
        await this.launch()
        this.#restarts++
        this.#options.onRestart?.({ pid: (this.#child as Child).pid, restarts: this.#restarts })
      } catch {
        // The failed child has ended; the loop reports it and tries again.
      }
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    this.#stop.abort()
    await this.#child?.end(this.#options.drainMs ?? DRAIN_MS)
    await this.#keeping
    // A restart may have been under way.
    await this.#child?.end(0)
    rmSync(this.#pidFile, { force: true })
    rmSync(this.#settings.runDirectory, { recursive: true, force: true })
    this.#giveBack()
  }
}

/** A child of a parent that was killed may still hold the data, stopped or not. */
async function endLeftover(pidFile: string): Promise<void> {
  let text: string
  try {
    text = readFileSync(pidFile, 'utf8')
  } catch {
    return
  }
  const mark = parseMark(text)
  if (mark && !(await endProcess(mark, KILL_MS))) {
    throw new WeirError(
      'WEIR_STORE_BUSY',
      `process ${mark.pid}, left over from an earlier run, holds the data directory and cannot be ended. End it by hand`,
    )
  }
  rmSync(pidFile, { force: true })
}

function settingsOf(options: EmbeddedStoreOptions, directory: string): ChildSettings {
  const database = options.database ?? 'weir'
  if (!/^[A-Za-z_]\w{0,63}$/.test(database))
    throw new WeirError(
      'WEIR_CONFIG_INVALID',
      `database ${JSON.stringify(database)}: use letters, digits and underscores`,
    )
  return {
    dataDirectory: join(directory, 'engine'),
    runDirectory: join(directory, 'run'),
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    hostNames: options.hostNames ?? [],
    database,
    writer: {
      user: options.writer?.user ?? 'writer',
      password: options.writer?.password ?? randomBytes(24).toString('base64url'),
    },
    reader: { user: 'reader' },
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  }
}

/** Starts the engine in a process of its own and waits until it serves. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const directory = resolve(options.directory)
  const settings = settingsOf(options, directory)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  chmodSync(directory, 0o700)
  const giveBack = takeDirectory(directory, randomBytes(6).toString('hex'))
  const pidFile = join(directory, 'child.json')
  let supervisor: Supervisor
  try {
    await endLeftover(pidFile)
    supervisor = new Supervisor(settings, options, pidFile, giveBack)
    await supervisor.launch()
  } catch (error) {
    rmSync(pidFile, { force: true })
    giveBack()
    throw error
  }
  supervisor.keep()
  return supervisor
}
