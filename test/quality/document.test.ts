import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assemble } from './detect.ts'
import { basisOf } from './document-basis.ts'
import { detectionPage } from './document-page.ts'

const page = readFileSync(join(process.cwd(), 'docs', 'detection.md'), 'utf8')
const { detectors } = await assemble()
const types = [...new Set(detectors.flatMap((detector) => detector.types.map(({ name }) => name)))]

test('docs/detection.md names every type that the detectors know, and what decides it', () => {
  expect(types.length).toBeGreaterThan(100)
  expect(types.filter((type) => !page.includes(`\`${type}\``))).toEqual([])
  expect(types.filter((type) => basisOf(type).words === '')).toEqual([])
})

test('the page is what its maker makes, but for the figures', () => {
  const rate = { precision: 1, recall: 0.5 }
  const figures = { ...rate, f2: 1 }
  const names = { ...rate, names: 12 }
  const kinds = { PERSON: names, LOCATION: names, ORGANIZATION: { ...rate, names: 0 }, ANY: names }
  const soft = ['ADDRESS', 'POSTCODE', 'AGE', 'USERNAME', 'NRP', 'HEALTH']
  const known = detectors.map(({ name, types: own }) => ({ detector: name, types: own.map((type) => type.name) }))
  const made = detectionPage(known, {
    types: { CREDIT_CARD: figures },
    soft: Object.fromEntries(soft.map((type) => [type, figures])),
    secrets: rate,
    names: { 'some-set': { ...kinds, personsTouched: 0.25 } },
    cleanAltered: 0,
    cleanNamed: 0,
    evasionFound: 1,
  })
  expect(made).toContain('| some-set | 12 | 50.0 / 100.0 | 50.0 / 100.0 | - | 50.0 / 100.0 | 25.0 |')
  expect(made).toMatch(/\| `CREDIT_CARD` \| Luhn, .* \| 100\.0 \| 50\.0 \|/)
  const form = (text: string): string[] =>
    text
      .replaceAll(/(?<!alone )\b\d+\.\d\b/g, '-')
      .split('\n')
      .filter((line) => !/\d \/ \d|^\| [a-z-]+ \|/.test(line))
  expect(form(page)).toEqual(form(made))
})
