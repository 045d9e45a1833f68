import type { TelemetryConfig } from '../../schemas/config.ts'
import { isLoopback, parseListen, type ListenAddress } from '../config/listen.ts'
import { WeirError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Meter } from '../meter.ts'
import type { Clock } from '../seam.ts'
import { Listener } from './listener.ts'
import { Metrics } from './metrics.ts'
import { Readiness, type ReadinessCheck } from './readiness.ts'
import { loadOtlpTrace, loadPrometheus, loadSdk, loadTracing, withoutOtelEnvironment } from './sdk.ts'
import type { Labels } from './series.ts'
import { Traces, type SpanFields } from './traces.ts'

/*
 * Weir's own metrics, traces and health. Made first and started early: the rooms are handed `meter` when they are created,
 * and count from then on; the SDK is loaded by `start`, and not at all when telemetry is switched off.
 */

export interface Telemetry {
  readonly meter: Meter
  /** Read when somebody collects. The same name and labels again replace the reader. */
  gauge(name: string, read: () => number, labels?: Labels): void
  /** One value of a distribution, in the base unit that the name ends in (`_seconds`, `_bytes`). */
  record(name: string, value: number, labels?: Labels): void
  /** Runs `work` as a span, where traces are sent anywhere; otherwise just runs it. */
  span<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T>
  /** Asked by /readyz. Until there is one, Weir is not ready. */
  addCheck(check: ReadinessCheck): void
  /** Loads the SDK and opens the listener. */
  start(): Promise<void>
  /** Where the listener is, once it is. */
  address(): ListenAddress | undefined
  /** Safe before start, twice, and after a failed start. */
  close(): Promise<void>
}

export interface TelemetryTools {
  readonly logger: Logger
  readonly clock: Clock
  readonly version: string
}

const CLOSE_LIMIT_MS = 3000

/** When telemetry is switched off. */
const OFF: Telemetry = {
  meter: { add: () => {} },
  gauge: () => {},
  record: () => {},
  span: (_name, _fields, work) => work(),
  addCheck: () => {},
  start: () => Promise.resolve(),
  address: () => undefined,
  close: () => Promise.resolve(),
}

class OwnTelemetry implements Telemetry {
  readonly #config: TelemetryConfig
  readonly #tools: TelemetryTools
  readonly #metrics = new Metrics()
  readonly #readiness: Readiness
  /** 1 or 0, as asked just before it is shown. */
  #ready = 0
  #traces: Traces | undefined
  #listener: Listener | undefined
  #starting: Promise<void> | undefined
  #closed = false

  constructor(config: TelemetryConfig, tools: TelemetryTools) {
    this.#config = config
    this.#tools = tools
    this.#readiness = new Readiness(tools.clock)
    this.gauge('weir_process_resident_bytes', () => process.memoryUsage.rss())
    this.gauge('weir_ready', () => this.#ready)
  }

  get meter(): Meter {
    return this.#metrics.counters
  }

  gauge(name: string, read: () => number, labels?: Labels): void {
    this.#metrics.gauge(name, read, labels)
  }

  record(name: string, value: number, labels?: Labels): void {
    this.#metrics.record(name, value, labels)
  }

  span<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T> {
    return this.#traces === undefined ? work() : this.#traces.span(name, fields, work)
  }

  addCheck(check: ReadinessCheck): void {
    this.#readiness.add(check)
  }

  start(): Promise<void> {
    if (this.#starting !== undefined || this.#closed) {
      return Promise.reject(new WeirError('WEIR_BUG', 'telemetry starts once, and not after it was closed'))
    }
    this.#starting = this.#start()
    return this.#starting
  }

  async #start(): Promise<void> {
    const { listen } = this.#config
    if (!isLoopback(parseListen(listen).host)) {
      this.#tools.logger.warn('metrics and health can be read by other machines; they carry no content', { listen })
    }
    withoutOtelEnvironment(() => this.#load())
    this.#listener = new Listener(listen, {
      metrics: () => this.#text(),
      notReady: () => this.#readiness.ask(),
    })
    await this.#listener.start()
  }

  async #text(): Promise<string> {
    this.#ready = (await this.#readiness.ask()).length === 0 ? 1 : 0
    return this.#metrics.text()
  }

  address(): ListenAddress | undefined {
    return this.#listener?.address()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#starting?.catch(() => {})
    const listener = this.#listener
    const traces = this.#traces
    this.#listener = undefined
    this.#traces = undefined
    await listener?.close()
    const limit = new AbortController()
    const exported = Promise.allSettled([traces?.close(), this.#metrics.close()])
    await Promise.race([exported, this.#tools.clock.sleep(CLOSE_LIMIT_MS, limit.signal)])
    limit.abort()
  }

  #load(): void {
    const sdk = loadSdk()
    const resource = sdk.resources.resourceFromAttributes({
      'service.name': 'weir',
      'service.version': this.#tools.version,
    })
    this.#metrics.load(sdk, loadPrometheus(), resource)
    const { otlpEndpoint } = this.#config
    if (otlpEndpoint === undefined) return
    this.#traces = new Traces(loadTracing(), loadOtlpTrace(), resource, otlpEndpoint, this.meter)
  }
}

export function createTelemetry(config: TelemetryConfig, tools: TelemetryTools): Telemetry {
  return config.enabled ? new OwnTelemetry(config, tools) : OFF
}

export type { NotReady, ReadinessCheck } from './readiness.ts'
export type { Labels } from './series.ts'
export type { SpanFields } from './traces.ts'
