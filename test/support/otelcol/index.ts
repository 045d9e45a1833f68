import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../../core/clock.ts'
import { messageOf } from '../../../core/errors.ts'
import { freePorts } from '../kafka/nodes.ts'
import { collectorBinary, ROOT } from './build.ts'
import { bytesUnreadAt } from './unanswered.ts'

export { collectorAvailable } from './build.ts'
export { makeSpansTopic, unread } from './topic.ts'

export interface CollectorOptions {
  /** The committed configuration of deploy/otelcol. */
  config: 'kafka.yaml' | 'weir.yaml'
  /** The variables that the configuration names, but for OTELCOL_QUEUE_DIR. */
  env: Readonly<Record<string, string>>
  /** Where the queue lies; it stays there when the Collector ends. */
  directory: string
  /** What differs from the committed configuration: YAML that is laid over it. */
  over?: readonly string[]
}

const START_MS = 60_000
const STOP_MS = 30_000
const POLL_MS = 50
const ASK_MS = 2_000
const LOG_MOST = 64 * 1024
const SENT_MS = 20_000
const VALIDATE_MS = 30_000

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

interface Ports {
  http: number
  grpc: number
  health: number
  metrics: number
}

/** A stock OpenTelemetry Collector, which may be ended and started again over the same ports and queue. */
export class Collector {
  /** Where apps send to: `POST /v1/traces`. */
  readonly port: number
  readonly #options: CollectorOptions
  readonly #binary: string
  readonly #ports: Ports
  #child: ChildProcess | undefined
  #log = ''

  private constructor(options: CollectorOptions, binary: string, ports: Ports) {
    this.#options = options
    this.#binary = binary
    this.#ports = ports
    this.port = ports.http
  }

  /** Resolves when it takes requests. The first start on a machine takes longer: it builds the program. */
  static async start(options: CollectorOptions): Promise<Collector> {
    const binary = await collectorBinary()
    const [http = 0, grpc = 0, health = 0, metrics = 0] = await freePorts(4)
    const collector = new Collector(options, binary, { http, grpc, health, metrics })
    await mkdir(options.directory, { recursive: true })
    await collector.start()
    return collector
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }
  get log(): string {
    return this.#log
  }

  async start(): Promise<void> {
    if (this.#child) throw new Error('the Collector runs already')
    const child = this.#spawn()
    for (let waited = 0; waited < START_MS; waited += POLL_MS) {
      if (this.#child !== child) throw new Error(`the Collector ended at its start:\n${this.#log.slice(-3_000)}`)
      if (await this.#isReady()) return
      await systemClock.sleep(POLL_MS)
    }
    await this.kill()
    throw new Error(`the Collector did not start in ${START_MS} ms:\n${this.#log.slice(-3_000)}`)
  }

  #spawn(): ChildProcess {
    const { config, env, directory, over = [] } = this.#options
    const files = [`file:${configFile(config)}`, ...[...this.#places(), ...over].map((yaml) => `yaml:${yaml}`)]
    const child = spawn(
      this.#binary,
      files.flatMap((file) => ['--config', file]),
      { env: { ...env, OTELCOL_QUEUE_DIR: directory }, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    this.#child = child
    alive.add(child)
    child.stderr.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-LOG_MOST)))
    const ended = (): void => {
      alive.delete(child)
      if (this.#child === child) this.#child = undefined
    }
    child.on('exit', ended)
    child.on('error', ended)
    return child
  }

  /** The committed configuration listens on the usual ports of every address. */
  #places(): string[] {
    const { http, grpc, health, metrics } = this.#ports
    const prometheus = JSON.stringify({ host: '127.0.0.1', port: metrics })
    return [
      `receivers::otlp::protocols::http::endpoint: 127.0.0.1:${http}`,
      `receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:${grpc}`,
      `extensions::health_check::endpoint: 127.0.0.1:${health}`,
      `service::telemetry::metrics::readers: [{pull: {exporter: {prometheus: ${prometheus}}}}]`,
    ]
  }

  async #isReady(): Promise<boolean> {
    const answer = await ask(`http://127.0.0.1:${this.#ports.health}/`).catch(() => undefined)
    return answer?.ok ?? false
  }

  /** How much waits in the queue on disk, as the Collector counts it; what is under way counts as waiting. */
  async queued(): Promise<number> {
    const size = await this.#metric('otelcol_exporter_queue_size')
    if (size === undefined) throw new Error('the Collector does not say how long its queue is')
    return size
  }

  /** Spans that were confirmed to it, since it was started last. */
  async confirmed(): Promise<number> {
    return (await this.#metric('otelcol_exporter_sent_spans(?:__spans_)?(?:_total)?')) ?? 0
  }

  /** The sum over all series; undefined where it has none. */
  async #metric(name: string): Promise<number | undefined> {
    const answer = await ask(`http://127.0.0.1:${this.#ports.metrics}/metrics`)
    const values = [...(await answer.text()).matchAll(new RegExp(`^${name}\\{.*\\} (\\S+)$`, 'gm'))]
    return values.length === 0 ? undefined : values.reduce((sum, [, value]) => sum + Number(value), 0)
  }

  /** Resolves when this much of what it sent lies unread at the frozen one who listens on this port. */
  async sentUnread(port: number, bytes: number): Promise<void> {
    for (let waited = 0; waited < SENT_MS; waited += POLL_MS) {
      if (this.#child?.pid !== undefined && bytesUnreadAt(port, this.#child.pid) >= bytes) return
      await systemClock.sleep(POLL_MS)
    }
    throw new Error(`the Collector did not send ${bytes} bytes to port ${port} in ${SENT_MS} ms`)
  }

  /** SIGKILL; resolves when the process is gone. Nothing happens where none runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** An orderly end; a Collector that does not come to one is killed. The queue stays. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS)
    await this.#end('SIGTERM')
    clearTimeout(timer)
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

const ask = (url: string): Promise<Response> => fetch(url, { signal: AbortSignal.timeout(ASK_MS) })

const configFile = (name: string): string => join(ROOT, 'deploy', 'otelcol', name)

/** What the Collector itself says of a committed configuration; nothing where it is right. */
export async function complaintsOf(
  config: CollectorOptions['config'],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(await collectorBinary(), ['validate', '--config', `file:${configFile(config)}`], {
    env: { ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: VALIDATE_MS,
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    return code === 0 ? '' : `ended with ${signal ?? code}: ${said}`
  } catch (error) {
    return messageOf(error)
  }
}
