import { messageOf } from '../../core/errors.ts'
import { readOptions, USAGE, type Options } from './options.ts'
import { run, type Run } from './run.ts'

/*
 * What Weir costs beyond the least that anyone would have to do, how soon what was sent can be queried, and what memory
 * it takes. README.md says what each figure means.
 */

interface Target {
  name: keyof Run
  most: number
}
const TARGETS: readonly Target[] = [
  { name: 'ratioToBare', most: 1.5 },
  { name: 'visibleP99Ms', most: 2_000 },
  { name: 'idleRssMb', most: 500 },
  { name: 'peakRssMb', most: 1_500 },
  { name: 'readyMs', most: 3_000 },
]

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function summary(result: Run): string {
  const parts = Object.entries(result.detail).map(([name, value]) => `${name} ${value}`)
  const lines = TARGETS.map(({ name, most }) => {
    const value = result[name] as number
    return `  ${name.padEnd(14)} ${String(value).padStart(8)}   at most ${most}${value > most ? '   MISSED' : ''}`
  })
  const head = `${result.bytes} bytes of text: ${result.perCpuSecond} interactions per CPU second, visible p50 ${result.visibleP50Ms} ms`
  return ['', head, ...lines, `  (${parts.join(', ')})`].join('\n')
}

function missed(runs: readonly Run[]): string[] {
  return runs.flatMap((result) =>
    TARGETS.filter(({ name, most }) => !((result[name] as number) <= most)).map(
      ({ name, most }) => `${result.bytes} bytes: ${name} is ${result[name] as number}, at most ${most}`,
    ),
  )
}

function options(): Options | undefined {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    say(`${messageOf(error)}\n${USAGE}`)
    return undefined
  }
}

async function main(): Promise<number> {
  const asked = options()
  if (asked === undefined) return 2
  const runs: Run[] = []
  for (const bytes of asked.sizes) runs.push(await run(bytes, asked, say))
  for (const result of runs) say(summary(result))
  if (asked.json) process.stdout.write(`${JSON.stringify({ runs })}\n`)
  const misses = missed(runs)
  for (const miss of misses) say(`missed: ${miss}`)
  return asked.check && misses.length > 0 ? 1 : 0
}

// Leaves in the ordinary way, so that what was started is ended and what was written is removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exitCode = await main()
