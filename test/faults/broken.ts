import type { Problem, ProblemKind } from './checks.ts'
import { runRound, type Mode, type Round } from './round.ts'
import type { World } from './world.ts'

/* The test of the test: Weir built wrongly, or its store changed by hand. Whatever is not caught here, no round would catch. */

/** Whether a problem proves that the wrong build is caught. */
export type CaughtBy = (problem: Problem) => boolean

export type BrokenBuild<R> = R & { caughtBy: CaughtBy }

export const anyOf =
  (...kinds: ProblemKind[]): CaughtBy =>
  ({ kind }) =>
    kinds.includes(kind)

/** Enough to be caught by. */
export const SMALL = { plan: { interactions: 900 } }

export interface Verdict {
  caught: boolean
  by: string
  /** Of every try. */
  problems: readonly Problem[]
  tries: number
}

/** A round whose faults could not be brought about says nothing of the build: it is driven once more. */
const MOST_TRIES = 2

export async function runBrokenBuild<W extends World, R extends Round<W>>(
  mode: Mode<W, R>,
  build: BrokenBuild<R>,
  seed: string,
): Promise<Verdict> {
  const problems: Problem[] = []
  for (let tries = 1; ; tries++) {
    const round = await runRound(mode, build, seed)
    problems.push(...round.problems)
    const by = round.problems.find((problem) => build.caughtBy(problem))
    const isDriven = round.problems.every(({ kind }) => kind !== 'failed')
    if (by !== undefined || isDriven || tries === MOST_TRIES)
      return { caught: by !== undefined, by: by?.text ?? '', problems, tries }
  }
}
