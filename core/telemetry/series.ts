import type { Meter } from '../meter.ts'

/*
 * Counters, kept here and read by the SDK when somebody collects: counting works before the SDK is loaded, costs a map
 * look-up, and is bounded. Nothing on this path throws: a badly named metric must not stop a batch, so it is refused and
 * counted, and tests look at that count.
 *
 * Grammar: `weir_<what>_<unit>`, lower case; a counter ends in `_total`; units are base units (`_seconds`, `_bytes`). Rooms
 * may say it in words with dots: `otlp.received_bytes` is counted as `weir_otlp_received_bytes_total`.
 */

export type Labels = Readonly<Record<string, string>>

export interface Point {
  readonly labels: Labels
  value: number
}

const WORDS = /^[a-z][a-z0-9]*(?:[_.][a-z0-9]+)*$/
const NAME_LENGTH_MAX = 64
const LABEL_NAME = /^[a-z][a-z0-9_]{0,31}$/
const LABEL_VALUE = /^[A-Za-z0-9_.:/+-]{1,64}$/

export const METRICS_MAX = 500
export const POINTS_PER_METRIC_MAX = 100
/** What a label says when its own value is not of a closed set. */
export const OVERFLOW = 'other'
export const OVERFLOW_METRIC = 'weir_telemetry_label_overflow_total'
export const REFUSED_METRIC = 'weir_telemetry_refused_total'
const NO_LABELS: Labels = {}

type Refusal = 'name' | 'value' | 'label' | 'metrics'

/** The name as it is exposed; undefined when it is none, or is a counter's where something else is meant. */
export function metricName(given: string, kind: 'counter' | 'other'): string | undefined {
  if (given.length > NAME_LENGTH_MAX || !WORDS.test(given)) return undefined
  const plain = given.replaceAll('.', '_')
  const name = plain.startsWith('weir_') ? plain : `weir_${plain}`
  const isCounter = name.endsWith('_total')
  if (kind === 'counter') return isCounter ? name : `${name}_total`
  return isCounter ? undefined : name
}

/** One metric's points by their labels. */
export class LabelSets<T> {
  readonly #points = new Map<string, T>()
  readonly #make: (labels: Labels) => T
  readonly #overflowed: () => void

  constructor(make: (labels: Labels) => T, overflowed: () => void) {
    this.#make = make
    this.#overflowed = overflowed
  }

  /** The point of these labels. Beyond the bound all go to one point whose labels say `other`. */
  at(given: Labels): T {
    const labels = this.#bounded(given)
    const key = keyOf(labels)
    const known = this.#points.get(key)
    if (known !== undefined) return known
    const isOverflow = Object.values(labels).every((value) => value === OVERFLOW)
    if (this.#points.size >= POINTS_PER_METRIC_MAX && !isOverflow) {
      this.#overflowed()
      return this.at(Object.fromEntries(Object.keys(labels).map((name) => [name, OVERFLOW])))
    }
    const point = this.#make(labels)
    this.#points.set(key, point)
    return point
  }

  all(): IterableIterator<T> {
    return this.#points.values()
  }

  /** A value that does not look like one of a closed set may be content. */
  #bounded(labels: Labels): Labels {
    let isFine = true
    for (const name in labels) isFine &&= isLabelValue(labels[name])
    if (isFine) return labels
    this.#overflowed()
    const entries = Object.entries(labels)
    return Object.fromEntries(entries.map(([name, value]) => [name, isLabelValue(value) ? value : OVERFLOW]))
  }
}

const isLabelValue = (value: unknown): boolean => typeof value === 'string' && LABEL_VALUE.test(value)

/** The same labels in another order are the same point. */
function keyOf(labels: Labels): string {
  const names = Object.keys(labels)
  if (names.length > 1) names.sort()
  return names.map((name) => `${name}=${labels[name]}`).join(',')
}

export class Counters implements Meter {
  readonly #metrics = new Map<string, LabelSets<Point>>()
  /** The same by the names that callers use, so that a name is checked once. */
  readonly #spellings = new Map<string, LabelSets<Point>>()
  readonly #created: (name: string) => void

  /** `created` is told of each new metric once. */
  constructor(created: (name: string) => void) {
    this.#created = created
  }

  add(given: string, value: number, labels: Labels = NO_LABELS): void {
    if (!(value >= 0) || value === Infinity) return this.refuse('value')
    if (!hasLabelNames(labels)) return this.refuse('label')
    const metric = this.#spellings.get(given) ?? this.#find(given)
    if (metric !== undefined) metric.at(labels).value += value
  }

  refuse(reason: Refusal): void {
    this.add(REFUSED_METRIC, 1, { reason })
  }

  overflowed(metric: string): void {
    // The overflow of this very metric would count itself for ever.
    if (metric !== OVERFLOW_METRIC) this.add(OVERFLOW_METRIC, 1, { metric })
  }

  points(name: string): Iterable<Point> {
    return this.#metrics.get(name)?.all() ?? []
  }

  names(): Iterable<string> {
    return this.#metrics.keys()
  }

  #find(given: string): LabelSets<Point> | undefined {
    const name = metricName(given, 'counter')
    if (name === undefined) {
      this.refuse('name')
      return undefined
    }
    const metric = this.#metrics.get(name) ?? this.#create(name)
    if (metric !== undefined && this.#spellings.size < 2 * METRICS_MAX) this.#spellings.set(given, metric)
    return metric
  }

  #create(name: string): LabelSets<Point> | undefined {
    // Room is left for the metrics that tell of refusals.
    if (this.#metrics.size >= METRICS_MAX && name !== REFUSED_METRIC && name !== OVERFLOW_METRIC) {
      this.refuse('metrics')
      return undefined
    }
    const metric = new LabelSets<Point>(
      (labels) => ({ labels, value: 0 }),
      () => this.overflowed(name),
    )
    this.#metrics.set(name, metric)
    this.#created(name)
    return metric
  }
}

export function hasLabelNames(labels: Labels): boolean {
  for (const name in labels) if (!LABEL_NAME.test(name)) return false
  return true
}
