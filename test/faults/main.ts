import { parseArgs } from 'node:util'
import { Report } from './result.ts'
import { MODES, tasksOf, type ModeName, type Task } from './suite.ts'

/* `npm run test:faults -- --json`. What is told goes to standard error; the last line of standard output is the result. */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** `embedded` or `distributed`; both where it is left out. */
    mode: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    seed: { type: 'string', default: 'weir' },
    /** How many rounds run at the same time. */
    jobs: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
})

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const report = new Report(say, values.verbose)

function modesOf(asked: string | undefined): readonly ModeName[] {
  const modes = MODES.filter((name) => asked === undefined || name === asked)
  if (modes.length === 0) throw new Error(`--mode is ${MODES.join(' or ')}, not ${asked}`)
  return modes
}

/** Runs the tasks in order, a few at a time. */
async function pooled(tasks: readonly Task[]): Promise<void> {
  const left = [...tasks]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next()
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, worker))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

let whole = false
try {
  const { only, seed } = values
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  const tasks = await tasksOf({ modes: modesOf(values.mode), only, rounds, seed }, report)
  say(`${tasks.length} rounds of faults and broken builds, ${values.jobs} at a time`)
  await pooled(tasks)
  whole = tasks.length > 0 || report.totals.skipped > 0
  if (!whole) say('nothing has such a name')
} catch (error) {
  say(`the suite broke off: ${error instanceof Error ? error.stack : String(error)}`)
}
if (report.totals.skipped > 0) say(`${report.totals.skipped} SKIPPED: their servers cannot be started here`)
if (values.json) process.stdout.write(`${JSON.stringify(report.totals)}\n`)
else say(JSON.stringify(report.totals, null, 2))
process.exit(whole && report.clean ? 0 : 1)
