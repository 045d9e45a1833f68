import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assemble } from './detect.ts'
import { detectionPage, type Examined } from './document-page.ts'

/* Examines the detectors on the blind half and writes docs/detection.md. */

function examine(): Examined {
  const main = fileURLToPath(new URL('main.js', import.meta.url))
  const output = execFileSync(process.execPath, [main, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(String(output).trimEnd().split('\n').at(-1)!) as Examined
}

const { detectors } = await assemble()
const known = detectors.map(({ name, types }) => ({ detector: name, types: types.map((type) => type.name) }))
writeFileSync(join(process.cwd(), 'docs', 'detection.md'), detectionPage(known, examine()))
