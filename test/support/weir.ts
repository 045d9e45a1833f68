import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { RunFile } from '../../cli/running/run-file.ts'

const MAIN = join(fileURLToPath(new URL('../..', import.meta.url)).replace(/dist\/$/, ''), 'dist', 'cli', 'main.js')
const START_MS = 30_000
const STOP_MS = 30_000

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** A folder with a weir.yaml of its own, and `weir` commands run in it as a user runs them. */
export class WeirHome {
  readonly folder: string
  readonly #env: NodeJS.ProcessEnv
  #up: ChildProcess | undefined
  #log = ''

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder
    this.#env = env
  }

  static async make(config: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}): Promise<WeirHome> {
    const folder = await mkdtemp(join(tmpdir(), 'weir-home-'))
    const home = new WeirHome(folder, env)
    await home.configure(config)
    return home
  }

  /** Free ports unless the configuration says otherwise. */
  async configure(config: Record<string, unknown>): Promise<void> {
    const free = { listen: '127.0.0.1:0' }
    const asked = config['collectors'] as { otlp?: object } | undefined
    const collectors = { ...asked, otlp: { ...free, ...asked?.otlp } }
    const store = { ...free, ...(config['store'] as object) }
    const telemetry = { ...free, ...(config['telemetry'] as object) }
    await mkdir(this.folder, { recursive: true })
    await writeFile(join(this.folder, 'weir.yaml'), stringify({ ...config, collectors, store, telemetry }))
  }

  get log(): string {
    return this.#log
  }
  get pid(): number {
    return this.#up!.pid!
  }

  /** Starts `weir up`; resolves when it has announced itself. */
  async up(): Promise<RunFile> {
    const child = spawn(process.execPath, [MAIN, 'up'], { cwd: this.folder, env: { ...process.env, ...this.#env } })
    this.#up = child
    const note = (chunk: Buffer): void => void (this.#log += chunk.toString())
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    for (const end = Date.now() + START_MS; Date.now() < end; await pause(50)) {
      if (child.exitCode !== null) throw new Error(`weir up ended with ${child.exitCode}:\n${this.#log}`)
      const run = await this.runFile()
      if (run && run.pid === child.pid) return run
    }
    throw new Error(`weir up did not start:\n${this.#log}`)
  }

  async runFile(): Promise<RunFile | undefined> {
    const text = await readFile(join(this.folder, '.weir', 'run.json'), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : (JSON.parse(text) as RunFile)
  }

  /** Ends `weir up` and resolves with its exit code. */
  async down(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#up
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    const [code] = (await ended) as [number | null]
    clearTimeout(timer)
    return code
  }

  async run(args: string[], stdin = ''): Promise<CommandResult> {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: this.folder, env: { ...process.env, ...this.#env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdin.on('error', () => {}) // a command that needs no input may be gone already
    child.stdin.end(stdin)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, stdout, stderr }
  }

  async query<R>(sql: string): Promise<R[]> {
    const { code, stdout, stderr } = await this.run(['query', sql, '--json'])
    if (code !== 0) throw new Error(stderr)
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as R)
  }

  async remove(): Promise<void> {
    await this.down('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
