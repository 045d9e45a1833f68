import { describe, expect, test } from 'vitest'
import { casesOf, TEMPLATES } from './cases.ts'
import { disguisedCases } from './evasion.ts'
import { fill } from './fill.ts'
import { createRng } from './rng.ts'
import { scoreSecrets, secretCases } from './secrets.ts'
import { scoreSoft, SOFT, softCases } from './soft.ts'
import { ELSEWHERE_FOR } from './templates/elsewhere.ts'
import { OWN_ONLY, type Half } from './templates/templates.ts'
import { KINDS } from './values/index.ts'
import { MAIN_LANGS, type Lang } from './values/kind.ts'

const HALVES: readonly Half[] = ['development', 'blind']
const sentencesOf = (half: Half): string[] => {
  const { labelled, machine, families, bare, elsewhere, noHint } = TEMPLATES[half]
  const ofFamilies = Object.values(families).flatMap((byLang) => Object.values(byLang).flat())
  return [
    ...Object.values(labelled).flat(),
    ...machine,
    ...ofFamilies,
    ...bare,
    ...Object.values(elsewhere).flat(),
    ...noHint,
  ]
}

describe('templates', () => {
  test('no sentence with words of its own stands in both halves', () => {
    const worded = (half: Half): Set<string> =>
      new Set(
        [...sentencesOf(half), ...Object.values(ELSEWHERE_FOR[half]).flat()].filter(
          (sentence) => sentence.replace(/\{\w+\}/g, '').length > 4,
        ),
      )
    const blind = worded('blind')
    expect([...worded('development')].filter((sentence) => blind.has(sentence))).toEqual([])
  })
  test.each(HALVES)('%s: every sentence has one place for the value', (half) => {
    for (const sentence of sentencesOf(half)) expect(sentence.split('{v}').length, sentence).toBe(2)
  })
  test.each(HALVES)('%s: eight and more in the ten languages, and in each family', (half) => {
    const { labelled, families, machine } = TEMPLATES[half]
    for (const lang of MAIN_LANGS) expect(labelled[lang]!.length, lang).toBeGreaterThanOrEqual(8)
    expect(machine.length).toBeGreaterThanOrEqual(8)
    for (const family of OWN_ONLY)
      expect(Object.values(families[family]!).flat().length, family).toBeGreaterThanOrEqual(8)
  })
  test.each(HALVES)('%s: every language that names a type has sentences', (half) => {
    const spoken = new Set(KINDS.flatMap(({ labels }) => Object.keys(labels) as Lang[]))
    for (const lang of spoken) expect(TEMPLATES[half].labelled[lang]?.length ?? 0, lang).toBeGreaterThanOrEqual(3)
  })
})

describe('filling', () => {
  test('says where the value stands, and keeps braces that are no places', () => {
    const { text, start, end } = fill(createRng('x'), 'const { {c} } = "{v}" // {l}', {
      v: '42',
      l: 'the answer',
      k: 'my_key',
    })
    expect(text).toBe('const { myKey } = "42" // the answer')
    expect(text.slice(start, end)).toBe('42')
  })
  test('a value that looks like a place is left alone', () => {
    expect(fill(createRng('x'), 'a {v} b', { v: '{v}{l}', l: 'no' }).text).toBe('a {v}{l} b')
  })
})

describe('cases', () => {
  test.each(KINDS.map((kind) => [kind.type, kind] as const))(
    '%s: as many negatives as positives, the value where it is said to be',
    (_, kind) => {
      const cases = casesOf(kind, 'development', 25)
      const positives = cases.filter(({ gold }) => gold !== undefined)
      expect(positives).toHaveLength(25)
      expect(cases).toHaveLength(50)
      for (const { text, gold } of positives) expect(text.slice(gold!.start, gold!.end).trim()).not.toBe('')
      expect(new Set(cases.map(({ text }) => text)).size).toBe(50)
    },
  )
  test('the same on every run, and another in the other half', () => {
    const kind = KINDS[0]!
    expect(casesOf(kind, 'blind', 20)).toEqual(casesOf(kind, 'blind', 20))
    const blind = new Set(casesOf(kind, 'blind', 100).map(({ text }) => text))
    expect(casesOf(kind, 'development', 100).filter(({ text }) => blind.has(text))).toEqual([])
  })
})

test('every disguise hides the value it says it hides, in many types', () => {
  const cases = disguisedCases('development', 1)
  const byDisguise = new Map<string, number>()
  for (const { disguise, text, start, end, inside } of cases) {
    byDisguise.set(disguise, (byDisguise.get(disguise) ?? 0) + 1)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(end).toBeLessThanOrEqual(text.length)
    expect(end - start).toBeGreaterThan(inside === true ? 15 : 2)
  }
  expect(byDisguise.size).toBeGreaterThanOrEqual(15)
  expect(byDisguise.get('full width')).toBe(KINDS.length)
  expect(byDisguise.get('base64')).toBe(KINDS.length)
  const entities = cases.find(({ disguise, type }) => disguise === 'HTML entities' && type === 'UK_NHS')!
  expect(entities.text.slice(entities.start, entities.end)).toMatch(/^(&#x?[0-9a-f]+;)+$/)
  const escaped = cases.find(({ disguise, type }) => disguise === 'JSON escapes' && type === 'IBAN_CODE')!
  expect(JSON.parse(escaped.text)).toHaveProperty('note')
  const nested = cases.find(({ disguise, type }) => disguise === 'tool arguments' && type === 'MRZ')!
  expect(JSON.parse((JSON.parse(nested.text) as { arguments: string }).arguments)).toHaveProperty('input.text')
})

describe('secrets and soft types', () => {
  const cases = secretCases('development', 2)
  const exact = (text: string) => {
    const one = cases.find((other) => other.text === text)!
    return one.gold === undefined ? [] : [{ type: 'SECRET', confidence: 1, ...one.gold }]
  }
  test('a perfect finder is perfect, one that finds nothing is not', () => {
    expect(scoreSecrets(cases, exact).figures).toEqual({ precision: 1, recall: 1, f2: 1 })
    expect(scoreSecrets(cases, () => []).figures.recall).toBe(0)
  })
  test('decoys are alarms', () => {
    const all = (text: string) => [{ type: 'SECRET', confidence: 1, start: 0, end: text.length }]
    expect(scoreSecrets(cases, all).figures.precision).toBeLessThan(0.9)
  })
  test('the password of a connection string is enough', () => {
    const one = cases.find(({ made }) => made === 'postgres url')!
    const start = one.text.indexOf(':', one.gold!.start + 11) + 1
    const found = [{ type: 'PASSWORD', confidence: 1, start, end: one.text.indexOf('@', start) }]
    expect(scoreSecrets([one], () => found).figures.recall).toBe(1)
  })
  test.each(SOFT.map((soft) => [soft.type, soft] as const))('%s is found by what touches it', (_, soft) => {
    const own = softCases(soft, 'blind', 10)
    const touch = (text: string) => {
      const { gold } = own.find((one) => one.text === text)!
      return gold === undefined ? [] : [{ type: soft.type, confidence: 1, start: gold.start, end: gold.start + 1 }]
    }
    expect(scoreSoft(own, touch).figures).toEqual({ precision: 1, recall: 1, f2: 1 })
  })
})
