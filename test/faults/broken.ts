import type { Problem } from './checks.ts'
import type { Scenario } from './round.ts'
import { runRound } from './round.ts'
export interface BrokenBuild extends Scenario { caughtBy(problems: readonly Problem[]): Problem | undefined }
export const BROKEN_BUILDS: readonly BrokenBuild[] = []
export async function runBrokenBuild(build: BrokenBuild, seed: string): Promise<{ caught: boolean; by: string; problems: Problem[] }> {
  const { problems } = await runRound(build, seed)
  const by = build.caughtBy(problems)
  return { caught: by !== undefined, by: by?.text ?? '', problems }
}
