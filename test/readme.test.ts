import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** What differs from run to run: keyed hashes, ids, ports and times. */
const lasting = (text: string): string =>
  text
    .replace(/:[0-9a-f]{8}\]/g, ':HASH]')
    .replace(/'[0-9a-f]{32}'/g, "'ID'")
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/after \d+\.\d s/, 'after N s')
    .trim()

it('the README shows what npm run demo prints', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const shown = /<!-- output: npm run demo -->\n\n```text\n([^]*?)\n```/.exec(readme)?.[1]
  const demo = spawnSync(process.execPath, ['dist/cli/main.js', 'demo'], { encoding: 'utf8', timeout: 120_000 })
  expect(demo.status, demo.stderr).toBe(0)
  expect(lasting(demo.stdout)).toBe(lasting(shown ?? ''))
}, 120_000)
