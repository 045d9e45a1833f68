import type { metrics, resources } from '@opentelemetry/sdk-node'
import { WeirError } from '../errors.ts'
import { Counters, hasLabelNames, LabelSets, metricName, METRICS_MAX, type Labels } from './series.ts'
import type { PrometheusModule, Sdk } from './sdk.ts'

/** Values that wait for the SDK to be loaded. Beyond this they are refused and counted. */
const WAITING_MAX = 1000
const COLLECT_TIMEOUT_MS = 5000

const BUCKETS: readonly [suffix: string, boundaries: number[]][] = [
  ['_seconds', [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]],
  ['_bytes', [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216]],
  ['', [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]],
]

interface Gauge {
  readonly labels: Labels
  read: () => number
}
type Histogram = LabelSets<{ record(value: number): void }>
type SdkMeter = ReturnType<metrics.MeterProvider['getMeter']>

const words = (name: string): string =>
  name
    .replace(/^weir_/, '')
    .replace(/_total$/, '')
    .replaceAll('_', ' ')

/** Weir's own metrics. Everything may be called before `load`, which hands what is there to the SDK. */
export class Metrics {
  readonly counters: Counters
  readonly #gauges = new Map<string, LabelSets<Gauge>>()
  readonly #histograms = new Map<string, Histogram>()
  #waiting: [name: string, value: number, labels: Labels][] = []
  #meter: SdkMeter | undefined
  #provider: metrics.MeterProvider | undefined
  #collect: (() => Promise<string>) | undefined

  constructor() {
    this.counters = new Counters((name) => this.#showCounter(name))
  }

  gauge(given: string, read: () => number, labels: Labels = {}): void {
    const name = metricName(given, 'other')
    if (name === undefined) return this.counters.refuse('name')
    if (!hasLabelNames(labels)) return this.counters.refuse('label')
    let gauges = this.#gauges.get(name)
    if (gauges === undefined) {
      if (this.#gauges.size >= METRICS_MAX) return this.counters.refuse('metrics')
      gauges = new LabelSets<Gauge>(
        (own) => ({ labels: own, read }),
        () => this.counters.overflowed(name),
      )
      this.#gauges.set(name, gauges)
      this.#showGauge(name, gauges)
    }
    gauges.at(labels).read = read
  }

  record(given: string, value: number, labels: Labels = {}): void {
    if (!Number.isFinite(value)) return this.counters.refuse('value')
    const name = metricName(given, 'other')
    if (name === undefined) return this.counters.refuse('name')
    if (!hasLabelNames(labels)) return this.counters.refuse('label')
    if (this.#meter === undefined) {
      if (this.#waiting.length < WAITING_MAX) this.#waiting.push([name, value, labels])
      else this.counters.refuse('value')
      return
    }
    const histogram = this.#histograms.get(name) ?? this.#createHistogram(name, this.#meter)
    histogram?.at(labels).record(value)
  }

  /** Synchronous, within `withoutOtelEnvironment`. */
  load(sdk: Sdk, prometheus: PrometheusModule, resource: resources.Resource): void {
    // Its own server is never started: the listener here also answers for health.
    const reader = new prometheus.PrometheusExporter({ preventServerStart: true })
    const serializer = new prometheus.PrometheusSerializer('', false, undefined, false, true)
    this.#provider = new sdk.metrics.MeterProvider({ resource, readers: [reader] })
    this.#meter = this.#provider.getMeter('weir')
    this.#collect = async () => {
      const { resourceMetrics } = await reader.collect({ timeoutMillis: COLLECT_TIMEOUT_MS })
      return serializer.serialize(resourceMetrics)
    }
    for (const name of this.counters.names()) this.#showCounter(name)
    for (const [name, gauges] of this.#gauges) this.#showGauge(name, gauges)
    const waiting = this.#waiting
    this.#waiting = []
    for (const [name, value, labels] of waiting) this.record(name, value, labels)
  }

  /** All metrics as Prometheus text. */
  async text(): Promise<string> {
    if (this.#collect === undefined) throw new WeirError('WEIR_BUG', 'metrics were asked for before the SDK was loaded')
    return this.#collect()
  }

  async close(): Promise<void> {
    const provider = this.#provider
    this.#provider = undefined
    await provider?.shutdown({ timeoutMillis: COLLECT_TIMEOUT_MS })
  }

  #showCounter(name: string): void {
    const counter = this.#meter?.createObservableCounter(name, { description: `Since start: ${words(name)}.` })
    counter?.addCallback((result) => {
      for (const point of this.counters.points(name)) result.observe(point.value, { ...point.labels })
    })
  }

  #showGauge(name: string, gauges: LabelSets<Gauge>): void {
    const gauge = this.#meter?.createObservableGauge(name, { description: `Now: ${words(name)}.` })
    gauge?.addCallback((result) => {
      for (const one of gauges.all()) {
        const value = readSafely(one.read)
        if (value !== undefined) result.observe(value, { ...one.labels })
      }
    })
  }

  #createHistogram(name: string, meter: SdkMeter): Histogram | undefined {
    if (this.#histograms.size >= METRICS_MAX) {
      this.counters.refuse('metrics')
      return undefined
    }
    const [, boundaries = []] = BUCKETS.find(([suffix]) => name.endsWith(suffix)) ?? []
    const instrument = meter.createHistogram(name, {
      description: `How ${words(name)} is distributed.`,
      advice: { explicitBucketBoundaries: boundaries },
    })
    const histogram: Histogram = new LabelSets(
      (labels) => ({ record: (value: number) => instrument.record(value, { ...labels }) }),
      () => this.counters.overflowed(name),
    )
    this.#histograms.set(name, histogram)
    return histogram
  }
}

/** One reader that throws must not cost the others their values; a missing value says more than a wrong one. */
function readSafely(read: () => number): number | undefined {
  try {
    const value = read()
    return Number.isFinite(value) ? value : undefined
  } catch {
    return undefined
  }
}
