import { expect, test } from 'vitest'
import { parseConfig } from '../../core/config/index.ts'
import { ownTexts } from '../detectors.ts'
import type { Batch } from './batches.ts'
import { createScanner } from './scanner.ts'

const LINE = 'nothing is here but a few words, and then ann@example.com\n'.repeat(2_000)

async function* batches(count: number): AsyncGenerator<Batch> {
  for (let first = 1; first <= count; first++)
    yield { file: 'f', first, lines: [LINE], characters: LINE.length, damaged: false }
}

test('a long input is scanned by workers, a short one here', async () => {
  const texts = ownTexts(await parseConfig('{}', { directory: process.cwd(), env: {} }), 'default')
  const asked = { field: undefined, masked: true, named: false }
  const counts: Record<string, number> = {}
  const meter = {
    add: (name: string, value: number, labels: Record<string, string> = {}): void => {
      const key = `${name} ${labels['outcome']}`
      counts[key] = (counts[key] ?? 0) + value
    },
  }
  const scanner = createScanner({ asked, texts }, 2, meter)
  const outputs = new Set<string>()
  try {
    for await (const { output, found } of scanner.scan(batches(12))) {
      outputs.add(output)
      expect(found).toBe(2_000)
    }
  } finally {
    await scanner.close()
  }
  expect(counts).toEqual({ 'weir_pool_jobs_total made': 3 })
  // Equal values have equal tokens, whoever made them.
  expect(outputs.size).toBe(1)
})
