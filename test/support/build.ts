import { spawnSync } from 'node:child_process'

/**
 * Tests that start real processes run the compiled tree; this keeps it equal to the source. Type errors do not stop the
 * compiler from emitting and are `npm run check`'s to report.
 */
export default function setup(): void {
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { encoding: 'utf8' })
  if (status !== 0) process.stderr.write('The source has type errors: run npm run check.\n')
}
