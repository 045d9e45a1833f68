import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock, systemRandom } from '../../../../core/clock.ts'
import { messageOf, WeirError } from '../../../../core/errors.ts'
import { runnable } from '../../../../core/runnable.ts'
import type { Clock, RandomBytes } from '../../../../core/seam.ts'
import { Child } from './child-process.ts'
import { takeDirectory } from './lock.ts'
import { DEFAULT_LIMITS } from '../options.ts'
import type { ChildSettings, StoreLimits, ToParent } from '../options.ts'
import { endProcess, parseMark } from './processes.ts'

/** How the child went, and when it comes back. */
export interface StoreExit {
  pid: number
  code: number | null
  signal: NodeJS.Signals | null
  /** In words; also why a restart did not succeed. */
  reason: string
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
  /** Without a password a random one is made. */
  writer?: { user?: string; password?: string }
  startMs?: number
  /** For running work to end when the store is closed. */
  drainMs?: number
  clock?: Clock
  random?: RandomBytes
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

const START_MS = 30_000
const DRAIN_MS = 10_000
const KILL_MS = 10_000
const FIRST_BACKOFF_MS = 100
const LAST_BACKOFF_MS = 5_000
/** A child that served this long starts again at the shortest back-off. */
const STEADY_MS = 60_000

function startError(answer: ToParent & { type: 'failed' }, child: Child, settings: ChildSettings): WeirError {
  if (answer.reason === 'listen') {
    return new WeirError(
      'WEIR_LISTEN_FAILED',
      `the store cannot listen on ${settings.host}:${settings.port}: ${answer.message}. Free the port or change store.listen; port 0 takes any free one`,
    )
  }
  const said = child.stderr.trim()
  // The engine tells the reason only there.
  if (/Cannot lock file/.test(said)) {
    return new WeirError('WEIR_STORE_BUSY', `another process has ${settings.dataDirectory} open. Stop that one first`)
  }
  return new WeirError(
    'WEIR_STORE_UNREACHABLE',
    `the embedded store did not start: ${answer.message}${said === '' ? '' : `\n${said.slice(-2_000)}`}`,
  )
}

class Supervisor implements EmbeddedStore {
  readonly #settings: ChildSettings
  readonly #options: EmbeddedStoreOptions & { clock: Clock }
  readonly #entry: string = runnable('./child.ts', import.meta.url)
  readonly #pidFile: string
  readonly #giveBack: () => void
  readonly #stop = new AbortController()
  #child: Child | undefined
  #closed: Promise<void> | undefined
  #keeping: Promise<void> = Promise.resolve()
  #restarts = 0
  engineVersion = ''

  constructor(
    settings: ChildSettings,
    options: EmbeddedStoreOptions & { clock: Clock },
    pidFile: string,
    giveBack: () => void,
  ) {
    this.#settings = settings
    this.#options = options
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
    const child = new Child(this.#entry, this.#pidFile, this.#options.clock.now())
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
    const { clock, onExit, onRestart } = this.#options
    let backoff = FIRST_BACKOFF_MS
    let failure = ''
    for (;;) {
      const child = this.#child as Child
      await child.ended
      if (this.#stop.signal.aborted) return
      if (clock.now() - child.startedAt > STEADY_MS) backoff = FIRST_BACKOFF_MS
      const { pid, code, signal, stderr } = child
      onExit?.({ pid, code, signal, stderr, reason: failure || child.fate, restartInMs: backoff })
      await clock.sleep(backoff, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      backoff = Math.min(backoff * 2, LAST_BACKOFF_MS)
      failure = await this.launch().then(
        () => '',
        (error: unknown) => messageOf(error),
      )
      if (this.#stop.signal.aborted) return (this.#child as Child).end(0)
      if (failure !== '') continue
      this.#restarts++
      onRestart?.({ pid: (this.#child as Child).pid, restarts: this.#restarts })
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

function settingsOf(options: EmbeddedStoreOptions, directory: string, random: RandomBytes): ChildSettings {
  const database = options.database ?? 'weir'
  if (!/^[A-Za-z_]\w{0,63}$/.test(database)) {
    throw new WeirError('WEIR_CONFIG_INVALID', `database ${JSON.stringify(database)}: use letters, digits and _`)
  }
  return {
    dataDirectory: join(directory, 'engine'),
    runDirectory: join(directory, 'run'),
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    hostNames: options.hostNames ?? [],
    database,
    writer: {
      user: options.writer?.user ?? 'writer',
      password: options.writer?.password ?? random(24).toString('base64url'),
    },
    reader: { user: 'reader' },
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  }
}

/** Starts the engine in a process of its own and waits until it serves. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const directory = resolve(options.directory)
  const random = options.random ?? systemRandom
  const settings = settingsOf(options, directory, random)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  chmodSync(directory, 0o700)
  const giveBack = takeDirectory(directory, random(6).toString('hex'))
  const pidFile = join(directory, 'child.json')
  try {
    await endLeftover(pidFile)
    const supervisor = new Supervisor(settings, { ...options, clock: options.clock ?? systemClock }, pidFile, giveBack)
    await supervisor.launch()
    supervisor.keep()
    return supervisor
  } catch (error) {
    rmSync(pidFile, { force: true })
    giveBack()
    throw error
  }
}
