import { describe, expect, it } from 'vitest'
import { evaluateNames, type SetScore } from '../../test/golden/names/evaluate.ts'
import { generatedSets } from '../../test/golden/names/generated.ts'
import { readMeasured, readSource } from '../../test/golden/names/sets.ts'
import { ALARMED, CLEAN } from './clean.fixture.ts'
import { namesIn } from './index.ts'

/* Floors a little below what was measured: what falls below them has become worse. */
type Kind = 'PERSON' | 'LOCATION' | 'ORGANIZATION' | 'ANY'
type Floors = Partial<Record<Kind, readonly [recall: number, precision: number]>>

function reaches(score: SetScore, floors: Floors): void {
  for (const [kind, [recall, precision]] of Object.entries(floors)) {
    expect(score[kind as Kind].recall, `${kind} recall`).toBeGreaterThanOrEqual(recall)
    expect(score[kind as Kind].precision, `${kind} precision`).toBeGreaterThanOrEqual(precision)
  }
}

describe('quality', () => {
  it('web texts', () => {
    const score = evaluateNames(readMeasured('universal-web-en-dev'))
    reaches(score, { PERSON: [0.88, 0.78], LOCATION: [0.75, 0.83], ORGANIZATION: [0.55, 0.57], ANY: [0.86, 0.865] })
    expect(score.personsTouched).toBeGreaterThanOrEqual(0.92)
    expect(score.cleanNamed).toBeLessThanOrEqual(0.05)
  })
  it('Portuguese news', () => {
    reaches(evaluateNames(readMeasured('universal-pt-dev')), { PERSON: [0.78, 0.8] })
  })
  it('social posts, held back', () => {
    reaches(evaluateNames(readSource('broad-twitter').held), { PERSON: [0.85, 0.87], ANY: [0.75, 0.9] })
  })
  it('generated sentences', () => {
    const sets = generatedSets()
    reaches(evaluateNames(sets['generated-listed'] ?? []), { PERSON: [0.97, 0.98] })
    reaches(evaluateNames(sets['generated-listed-lower'] ?? []), { PERSON: [0.88, 0.97] })
    reaches(evaluateNames(sets['generated-unlisted'] ?? []), { PERSON: [0.78, 0.98] })
    reaches(evaluateNames(sets['generated-unlisted-lower'] ?? []), { PERSON: [0.6, 0.95] })
  })
  it.each(CLEAN.map((text) => [text]))('nobody is named in %j', (text) => {
    expect(namesIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)).toEqual([])
  })
  it('known misses are still missed, or belong among the clean texts', () => {
    expect(ALARMED.filter((text) => namesIn(text).length === 0)).toEqual([])
  })
})
