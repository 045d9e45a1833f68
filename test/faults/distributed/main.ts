import { parseArgs } from 'node:util'
import { DISTRIBUTED_BROKEN_BUILDS, runDistributedBrokenBuild, type DistributedBrokenBuild } from './broken.ts'
import { runDistributedRound, type DistributedResult, type DistributedScenario } from './round.ts'
import { DISTRIBUTED_SCENARIOS } from './scenarios.ts'

/* The rounds of the distributed mode by themselves. What is told goes to standard error; the result to standard output. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Only what has one of these in its name. */
    only: { type: 'string', multiple: true },
    seed: { type: 'string', default: 'weir' },
    verbose: { type: 'boolean', default: false },
    /** How many rounds run at the same time. */
    jobs: { type: 'string', default: '1' },
  },
})

const ATTEMPTS = 3
const SHOWN_PROBLEMS = 12

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const wanted = ({ name }: { name: string }): boolean => options.only?.some((part) => name.includes(part)) ?? true

function line(result: DistributedResult): string {
  const { name, acknowledged, faults, inFlight, retries, lives, ms, lagMs, problems } = result
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} PROBLEMS`
  return (
    `${name.padEnd(44)} ${String(acknowledged).padStart(5)} acknowledged, ${faults} faults, ${inFlight} in flight, ` +
    `${retries} sent again, ${lives} lives, no lag after ${(lagMs / 1000).toFixed(1)} s, ${(ms / 1000).toFixed(1)} s: ${verdict}`
  )
}

const totals = { rounds: 0, acknowledged: 0, problems: 0, uncounted: 0, longestLagMs: 0, caught: 0, notCaught: 0 }

async function countedRound(scenario: DistributedScenario): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const result = await runDistributedRound(scenario, `${options.seed} ${attempt}`)
    say(`  ${line(result)}`)
    const shown = options.verbose ? result.problems : result.problems.slice(0, SHOWN_PROBLEMS)
    for (const { kind, text } of shown) say(`    ${kind}: ${text}`)
    totals.problems += result.problems.length
    totals.longestLagMs = Math.max(totals.longestLagMs, result.lagMs)
    if (result.counts) {
      totals.rounds++
      totals.acknowledged += result.acknowledged
      return
    }
    if (result.problems.length > 0) return
    say('    this round does not count: too little was in flight or acknowledged')
  }
  totals.uncounted++
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

async function brokenBuild(build: DistributedBrokenBuild): Promise<void> {
  const { caught, by, problems } = await runDistributedBrokenBuild(build, options.seed)
  say(`  broken: ${build.name.padEnd(36)} ${caught ? `caught: ${by}` : 'NOT CAUGHT'}`)
  if (caught) return void totals.caught++
  for (const { kind, text } of problems.slice(0, SHOWN_PROBLEMS)) say(`    ${kind}: ${text}`)
  totals.notCaught++
}

const left = [
  ...DISTRIBUTED_SCENARIOS.filter(wanted).map((scenario) => () => countedRound(scenario)),
  ...DISTRIBUTED_BROKEN_BUILDS.filter(wanted).map((build) => () => brokenBuild(build)),
]
const worker = async (): Promise<void> => {
  for (let next = left.shift(); next !== undefined; next = left.shift()) await next()
}
await Promise.all(Array.from({ length: Math.max(1, Number(options.jobs)) }, worker))
if (options.json) process.stdout.write(`${JSON.stringify(totals)}\n`)
else say(JSON.stringify(totals))
process.exit(totals.problems + totals.uncounted + totals.notCaught === 0 ? 0 : 1)
