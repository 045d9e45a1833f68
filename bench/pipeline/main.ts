import { asked, say } from '../support/asked.ts'
import { kafkaAvailable } from '../../test/support/kafka/index.ts'
import { runKafka, type KafkaRun } from './kafka-run.ts'
import { readOptions, USAGE, type Mode } from './options.ts'
import { run, type EmbeddedRun } from './run.ts'

/*
 * What Weir costs beyond the least that anyone would have to do, how soon what was sent can be queried, and what memory
 * it takes. README.md says what each figure means.
 */

type Run = EmbeddedRun | KafkaRun

interface Target {
  name: string
  most: number
}
const TARGETS: Readonly<Record<Mode, readonly Target[]>> = {
  embedded: [
    { name: 'ratioToBare', most: 1.5 },
    { name: 'visibleP99Ms', most: 2_000 },
    { name: 'idleRssMb', most: 500 },
    { name: 'peakRssMb', most: 1_500 },
    { name: 'readyMs', most: 3_000 },
  ],
  kafka: [
    { name: 'ratioToBare', most: 1.6 },
    { name: 'visibleP99Ms', most: 3_000 },
    { name: 'cpuGrowth', most: 1.15 },
  ],
}

interface Judged extends Target {
  value: number
  isMissed: boolean
}

function judged(result: Run): Judged[] {
  const figures: Readonly<Record<string, unknown>> = { ...result }
  return TARGETS[result.mode].map(({ name, most }) => {
    const value = Number(figures[name])
    return { name, most, value, isMissed: !(value <= most) }
  })
}

const named = (result: Run): string =>
  `${result.bytes} bytes of text, ${result.mode === 'kafka' ? `kafka, ${result.copies} of detect` : 'embedded'}`

function summary(result: Run): string {
  const parts = Object.entries(result.detail).map(([name, value]) => `${name} ${value}`)
  const lines = judged(result).map(
    ({ name, most, value, isMissed }) =>
      `  ${name.padEnd(14)} ${String(value).padStart(8)}   at most ${most}${isMissed ? '   MISSED' : ''}`,
  )
  const others = [`visible p50 ${result.visibleP50Ms} ms`]
  if (result.mode === 'kafka')
    others.push(`${result.perSecond} a second`, `the store's share of CPU ${result.storeCpuShare}`)
  const head = `${named(result)}: ${result.perCpuSecond} interactions per CPU second, ${others.join(', ')}`
  return ['', head, ...lines, `  (${parts.join(', ')})`].join('\n')
}

function missed(runs: readonly Run[]): string[] {
  return runs.flatMap((result) =>
    judged(result)
      .filter(({ isMissed }) => isMissed)
      .map(({ name, value, most }) => `${named(result)}: ${name} is ${value}, at most ${most}`),
  )
}

async function main(): Promise<number> {
  const options = asked(readOptions, USAGE)
  if (options === undefined) return 2
  const runs: Run[] = []
  for (const mode of options.modes) {
    if (mode === 'kafka' && !kafkaAvailable().ok) continue
    for (const bytes of options.sizes) {
      if (mode === 'kafka') runs.push(...(await runKafka(bytes, options, say)))
      else runs.push(await run(bytes, options, say))
    }
  }
  for (const result of runs) say(summary(result))
  if (options.json) process.stdout.write(`${JSON.stringify({ runs })}\n`)
  const misses = missed(runs)
  for (const miss of misses) say(`missed: ${miss}`)
  return options.check && misses.length > 0 ? 1 : 0
}

// Leaves in the ordinary way, so that what was started is ended and what was written is removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exitCode = await main()
