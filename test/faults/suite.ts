import { kafkaAvailable } from '../support/kafka/index.ts'
import { collectorAvailable } from '../support/otelcol/index.ts'
import { runBrokenBuild, type BrokenBuild } from './broken.ts'
import { DISTRIBUTED_BROKEN_BUILDS } from './distributed/broken.ts'
import { DISTRIBUTED } from './distributed/round.ts'
import { DISTRIBUTED_ROUNDS } from './distributed/scenarios.ts'
import { EMBEDDED_BROKEN_BUILDS } from './embedded/broken.ts'
import { runPlaintext } from './embedded/plaintext-round.ts'
import { EMBEDDED } from './embedded/round.ts'
import { EMBEDDED_ROUNDS } from './embedded/scenarios.ts'
import type { Report } from './result.ts'
import { runRound, type Mode, type Round } from './round.ts'
import type { World } from './world.ts'

export const MODES = ['embedded', 'distributed'] as const
export type ModeName = (typeof MODES)[number]

export interface Options {
  modes: readonly ModeName[]
  /** Only what has one of these in its name; everything where there is none. */
  only: readonly string[]
  /** How many rounds of each mode; beyond the list they begin again under another seed. */
  rounds: number | undefined
  seed: string
}

interface Named {
  readonly name: string
}

/** Something to run. */
export type Task = () => Promise<void>

const ATTEMPTS = 3

/** All that is asked for, in order. Where its servers cannot be started here, it is counted as skipped. */
export async function tasksOf(options: Options, report: Report): Promise<Task[]> {
  const wanted = ({ name }: Named): boolean =>
    options.only.length === 0 || options.only.some((part) => name.includes(part))
  const tasks: Task[] = []
  if (options.modes.includes('embedded')) {
    const builds = EMBEDDED_BROKEN_BUILDS.filter(wanted)
    tasks.push(...roundsOf('embedded', EMBEDDED, EMBEDDED_ROUNDS.filter(wanted), options, report))
    if (wanted({ name: 'plaintext' }))
      tasks.push(async () => report.problems(await runPlaintext(options.seed, report.say)))
    tasks.push(...buildsOf('embedded', EMBEDDED, builds, options, report))
  }
  if (options.modes.includes('distributed')) {
    const possible = await possibleHere(DISTRIBUTED_ROUNDS.filter(wanted), report)
    const builds = await possibleHere(DISTRIBUTED_BROKEN_BUILDS.filter(wanted), report)
    tasks.push(...roundsOf('distributed', DISTRIBUTED, possible, options, report))
    tasks.push(...buildsOf('distributed', DISTRIBUTED, builds, options, report))
  }
  return tasks
}

/** Those whose servers can be started; where they are required, one that cannot is an error. */
async function possibleHere<R extends { through?: unknown }>(rounds: readonly R[], report: Report): Promise<R[]> {
  if (rounds.length === 0) return []
  const kafka = kafkaAvailable().ok
  const collector = kafka && rounds.some(({ through }) => through) && (await collectorAvailable()).ok
  const possible = rounds.filter(({ through }) => (through ? collector : kafka))
  report.totals.skipped += rounds.length - possible.length
  return possible
}

function roundsOf<W extends World, R extends Round<W>>(
  name: ModeName,
  mode: Mode<W, R>,
  rounds: readonly R[],
  options: Options,
  report: Report,
): Task[] {
  const count = rounds.length === 0 ? 0 : (options.rounds ?? rounds.length)
  return Array.from({ length: count }, (_, number) => async () => {
    const round = rounds[number % rounds.length]!
    const seed = `${options.seed} ${Math.floor(number / rounds.length)}`
    // A round in which nothing was in flight at the fault shows nothing: it is run again with other data.
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++)
      if (report.round(name, await runRound(mode, round, `${seed} ${attempt}`))) return
    report.totals.failed++
  })
}

const buildsOf = <W extends World, R extends Round<W>>(
  name: ModeName,
  mode: Mode<W, R>,
  builds: readonly BrokenBuild<R>[],
  { seed }: Options,
  report: Report,
): Task[] =>
  builds.map((build) => async () => report.brokenBuild(name, build.name, await runBrokenBuild(mode, build, seed)))
