import { execFileSync } from 'node:child_process'

/** Tests that start real processes run the compiled tree; this keeps it equal to the source. */
export default function setup(): void {
  execFileSync('npx', ['--no-install', 'tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}
