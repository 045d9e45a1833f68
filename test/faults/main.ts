import { parseArgs } from 'node:util'
import { BROKEN_BUILDS, runBrokenBuild, type BrokenBuild } from './broken.ts'
import { runPlaintext } from './plaintext-round.ts'
import type { Problem, ProblemKind } from './checks.ts'
import { runRound, type RoundResult, type Scenario } from './round.ts'
import { SCENARIOS } from './scenarios.ts'

/* `npm run test:faults -- --json`. What is told goes to standard error; the last line of standard output is the result. */

const ATTEMPTS = 3
const SHOWN_PROBLEMS = 12

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** How many rounds; beyond the list they begin again under another seed. */
    rounds: { type: 'string', default: String(SCENARIOS.length) },
    /** Only what has this in its name. */
    only: { type: 'string' },
    seed: { type: 'string', default: 'weir' },
    /** How many rounds run at the same time. */
    jobs: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
})

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const wanted = ({ name }: { name: string }): boolean => options.only === undefined || name.includes(options.only)

interface Totals {
  rounds: number
  acknowledged: number
  lost: number
  doubled: number
  wrong: number
  unbalanced: number
  rollupMismatches: number
  plaintextHits: number
  notHanded: number
  failed: number
  brokenBuilds: number
  brokenBuildsCaught: number
}

const totals: Totals = {
  ...{ rounds: 0, acknowledged: 0, lost: 0, doubled: 0, wrong: 0, unbalanced: 0, rollupMismatches: 0 },
  ...{ plaintextHits: 0, notHanded: 0, failed: 0, brokenBuilds: 0, brokenBuildsCaught: 0 },
}

const COUNTED_AS: Readonly<Record<ProblemKind, keyof Totals>> = {
  lost: 'lost',
  doubled: 'doubled',
  wrong: 'wrong',
  unbalanced: 'unbalanced',
  rollup: 'rollupMismatches',
  plaintext: 'plaintextHits',
  not_handed: 'notHanded',
  failed: 'failed',
}

function tally(problems: readonly Problem[]): void {
  for (const { kind } of problems) totals[COUNTED_AS[kind]]++
}

function tell(problems: readonly Problem[]): void {
  const shown = options.verbose ? problems : problems.slice(0, SHOWN_PROBLEMS)
  for (const { kind, text } of shown) say(`    ${kind}: ${text}`)
  if (shown.length < problems.length) say(`    and ${problems.length - shown.length} more (--verbose shows all)`)
}

function line(result: RoundResult): string {
  const { name, acknowledged, faults, inFlight, retries, lives, ms, problems } = result
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} PROBLEMS`
  return (
    `${name.padEnd(44)} ${String(acknowledged).padStart(5)} acknowledged, ${faults} faults, ` +
    `${inFlight} in flight, ${retries} sent again, ${lives} lives, ${(ms / 1000).toFixed(1)} s: ${verdict}`
  )
}

/** A round in which nothing was in flight at the fault shows nothing: it is run again with other data. */
async function countedRound(scenario: Scenario, seed: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const result = await runRound(scenario, `${seed} ${attempt}`)
    say(`  ${line(result)}`)
    tell(result.problems)
    tally(result.problems)
    if (result.counts) {
      totals.rounds++
      totals.acknowledged += result.acknowledged
      return
    }
    if (result.problems.length > 0) return
    say('    this round does not count: too little was in flight or acknowledged')
  }
  totals.failed++
}

/** Runs the work in order, a few at a time. */
async function pooled(work: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...work]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next()
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(options.jobs)) }, worker))
}

async function plaintext(): Promise<void> {
  const problems = await runPlaintext(options.seed, say)
  tell(problems)
  tally(problems)
}

async function brokenBuild(build: BrokenBuild): Promise<void> {
  const { caught, by, problems } = await runBrokenBuild(build, options.seed)
  totals.brokenBuilds++
  if (caught) totals.brokenBuildsCaught++
  say(`  broken: ${build.name.padEnd(36)} ${caught ? `caught: ${by}` : 'NOT CAUGHT'}`)
  if (!caught) tell(problems)
}

async function suite(): Promise<void> {
  const scenarios = SCENARIOS.filter(wanted)
  const builds = BROKEN_BUILDS.filter(wanted)
  const count = scenarios.length === 0 ? 0 : options.only === undefined ? Number(options.rounds) : scenarios.length
  say(
    `${count} rounds of faults, ${builds.length} broken builds, and the search for plaintext; ${options.jobs} at a time`,
  )
  const rounds = Array.from({ length: count }, (_, number) => {
    const pass = Math.floor(number / scenarios.length)
    return () => countedRound(scenarios[number % scenarios.length]!, `${options.seed} ${pass}`)
  })
  const search = wanted({ name: 'plaintext' }) ? [plaintext] : []
  await pooled([...rounds, ...search, ...builds.map((build) => () => brokenBuild(build))])
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

let crashed = false
try {
  await suite()
} catch (error) {
  crashed = true
  say(`the suite broke off: ${error instanceof Error ? error.stack : String(error)}`)
}
const { rounds, acknowledged, brokenBuilds, brokenBuildsCaught, ...bad } = totals
const clean = Object.values(bad).every((number) => number === 0) && brokenBuilds === brokenBuildsCaught
const result = { rounds, acknowledged, ...bad, brokenBuilds, brokenBuildsCaught }
if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
else say(JSON.stringify(result, null, 2))
process.exit(clean && !crashed ? 0 : 1)
