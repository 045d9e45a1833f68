import type { Verdict } from './broken.ts'
import type { Problem, ProblemKind } from './checks.ts'
import type { RoundResult } from './round.ts'

/** What the command prints, as JSON, when all is done. */
export interface Totals {
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
  /** Rounds and broken builds whose servers cannot be started here. */
  skipped: number
  longestLagMs: number
}

const COUNTED_AS = {
  lost: 'lost',
  doubled: 'doubled',
  wrong: 'wrong',
  unbalanced: 'unbalanced',
  rollup: 'rollupMismatches',
  plaintext: 'plaintextHits',
  not_handed: 'notHanded',
  failed: 'failed',
} as const satisfies Record<ProblemKind, keyof Totals>

const SHOWN_PROBLEMS = 12

/** Counts, and says on the way what happened. */
export class Report {
  readonly totals: Totals = {
    ...{ rounds: 0, acknowledged: 0, lost: 0, doubled: 0, wrong: 0, unbalanced: 0, rollupMismatches: 0 },
    ...{ plaintextHits: 0, notHanded: 0, failed: 0, brokenBuilds: 0, brokenBuildsCaught: 0 },
    ...{ skipped: 0, longestLagMs: 0 },
  }
  readonly say: (text: string) => void
  readonly #all: boolean

  constructor(say: (text: string) => void, all: boolean) {
    this.say = say
    this.#all = all
  }

  problems(problems: readonly Problem[]): void {
    for (const { kind } of problems) this.totals[COUNTED_AS[kind]]++
    this.#tell(problems)
  }

  /** One try of a round; true: nobody need try it again. */
  round(mode: string, result: RoundResult): boolean {
    this.say(`  ${mode} ${line(result)}`)
    this.problems(result.problems)
    this.totals.longestLagMs = Math.max(this.totals.longestLagMs, result.lagMs)
    if (result.counts) {
      this.totals.rounds++
      this.totals.acknowledged += result.acknowledged
    } else if (result.problems.length === 0)
      this.say('    this does not count: too little was in flight or acknowledged')
    return result.counts || result.problems.length > 0
  }

  brokenBuild(mode: string, name: string, { caught, by, problems, tries }: Verdict): void {
    this.totals.brokenBuilds++
    if (caught) this.totals.brokenBuildsCaught++
    this.say(`  ${mode} broken: ${name.padEnd(36)} ${caught ? `caught: ${by}` : 'NOT CAUGHT'}`)
    // What kept a try from its point is told, also when the next one came there.
    if (!caught || tries > 1) this.#tell(problems)
  }

  #tell(problems: readonly Problem[]): void {
    const shown = this.#all ? problems : problems.slice(0, SHOWN_PROBLEMS)
    for (const { kind, text } of shown) this.say(`    ${kind}: ${text}`)
    if (shown.length < problems.length) this.say(`    and ${problems.length - shown.length} more (--verbose shows all)`)
  }

  get clean(): boolean {
    const breaches = Object.values(COUNTED_AS).reduce((sum, name) => sum + this.totals[name], 0)
    return breaches === 0 && this.totals.brokenBuilds === this.totals.brokenBuildsCaught
  }
}

function line(result: RoundResult): string {
  const { name, acknowledged, faults, inFlight, retries, lives, lagMs, ms, problems } = result
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} PROBLEMS`
  return (
    `${name.padEnd(44)} ${String(acknowledged).padStart(5)} acknowledged, ${faults} faults, ${inFlight} in flight, ` +
    `${retries} sent again, ${lives} lives, no lag after ${(lagMs / 1000).toFixed(1)} s, ${(ms / 1000).toFixed(1)} s: ${verdict}`
  )
}
