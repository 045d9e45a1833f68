import { kafkaAvailable } from '../../test/support/kafka/index.ts'
import { asked, say } from '../support/asked.ts'
import { percentile, rounded } from '../support/figures.ts'
import { readOptions, USAGE, type Options } from './options.ts'
import { isAbove, slopeOf, type Point, type Slope } from './slope.ts'
import { soak, type Seen } from './soak.ts'
import { BROKER } from './subject.ts'

/* Whether Weir can be left alone: memory, lag and logs under a steady load. README.md says what each figure means. */

/** Growth that is proven, not suspected: see README.md. */
const MOST_MB_PER_HOUR = 100
/** In less time, heaps that are still finding their size would be taken for leaks. */
const JUDGED_MINUTES = 5
/** Of what is sent. */
const MOST_LAG_GROWTH = 0.01
const SHOWN_WARNINGS = 10

interface ProcessFigures {
  name: string
  startMb: number
  endMb: number
  mbPerHour: number
  standardError: number
}

const secondHalf = (points: readonly Point[]): Point[] => points.slice(points.length >> 1)
const average = (points: readonly Point[]): number =>
  points.reduce((sum, { value }) => sum + value, 0) / Math.max(1, points.length)

function processFigures(name: string, points: readonly Point[]): ProcessFigures & { slope: Slope } {
  const slope = slopeOf(secondHalf(points))
  return {
    name,
    startMb: Math.round(points[0]?.value ?? 0),
    endMb: Math.round(points.at(-1)?.value ?? 0),
    mbPerHour: rounded(slope.slope, 1),
    standardError: rounded(slope.standardError, 1),
    slope,
  }
}

function figuresOf(options: Options, seen: Seen) {
  const processes = Object.entries(seen.memory).map(([name, points]) => processFigures(name, points))
  const lag = slopeOf(secondHalf(seen.lag))
  const visible = seen.visible.map(({ value }) => value)
  const broken = processes
    .filter(({ name }) => name !== BROKER && options.minutes >= JUDGED_MINUTES)
    .filter(({ slope }) => isAbove(slope, MOST_MB_PER_HOUR))
    .map(({ name, mbPerHour, standardError }) => `${name} grows by ${mbPerHour} ± ${standardError} MB an hour`)
  if (isAbove(lag, seen.pacedPerSecond * 3600 * MOST_LAG_GROWTH))
    broken.push(`the lag grows by ${rounded(lag.slope / 3600, 1)} records a second`)
  if (seen.warnings.weir.length > 0) broken.push(`Weir logged ${seen.warnings.weir.length} warnings`)
  if (seen.missing > 0) broken.push(`${seen.missing} interactions did not become visible in time`)
  return {
    ...{ mode: options.mode, bytes: options.bytes, minutes: options.minutes },
    saturationPerSecond: Math.round(seen.saturationPerSecond),
    pacedPerSecond: Math.round(seen.pacedPerSecond),
    ...{ interactions: seen.acknowledged, retries: seen.retries },
    processes: processes.map(({ slope: _, ...figures }) => figures),
    lag: {
      mean: rounded(average(seen.lag), 1),
      meanOfSecondHalf: rounded(average(secondHalf(seen.lag)), 1),
      perSecond: rounded(lag.slope / 3600, 3),
      standardError: rounded(lag.standardError / 3600, 3),
    },
    visibleP50Ms: rounded(percentile(visible, 0.5), 1),
    visibleP99Ms: rounded(percentile(visible, 0.99), 1),
    ...{ warnings: seen.warnings.weir.length, brokerWarnings: seen.warnings.broker.length, broken },
  }
}

function summary(figures: ReturnType<typeof figuresOf>): string {
  const { processes, lag } = figures
  const rows = processes.map(
    ({ name, startMb, endMb, mbPerHour, standardError }) =>
      `  ${name.padEnd(15)} ${startMb} MB to ${endMb} MB; ${mbPerHour} ± ${standardError} MB an hour`,
  )
  return [
    '',
    `${figures.mode}, ${figures.minutes} minutes at ${figures.pacedPerSecond} of ${figures.saturationPerSecond} a second:`,
    ...rows,
    `  lag ${lag.meanOfSecondHalf} records, ${lag.perSecond} ± ${lag.standardError} a second`,
    `  visible p50 ${figures.visibleP50Ms} ms, p99 ${figures.visibleP99Ms} ms; ${figures.warnings} warnings, ${figures.brokerWarnings} of the broker`,
  ].join('\n')
}

async function main(): Promise<number> {
  const options = asked(readOptions, USAGE)
  if (options === undefined) return 2
  if (options.mode === 'kafka') {
    const available = kafkaAvailable()
    if (!available.ok) throw new Error(`no Kafka: ${available.why}`)
  }
  const seen = await soak(options, say)
  const figures = figuresOf(options, seen)
  say(summary(figures))
  const { weir, broker } = seen.warnings
  for (const line of [...weir, ...broker].slice(0, SHOWN_WARNINGS)) say(`logged: ${line}`)
  for (const one of figures.broken) say(`broken: ${one}`)
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  return figures.broken.length > 0 ? 1 : 0
}

// Leaves in the ordinary way, so that what was started is ended and what was written is removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exitCode = await main()
