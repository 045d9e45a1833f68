import { describe, expect, test } from 'vitest'
import { createRng } from '../rng.ts'
import { KINDS, STRUCTURED } from './index.ts'
import { layOut, type Kind } from './kind.ts'
import { vinCheck } from './things.ts'

const kindOf = (type: string): Kind => KINDS.find((kind) => kind.type === type)!

describe('every type', () => {
  test('there are more than a hundred, none twice', () => {
    expect(KINDS.length).toBeGreaterThan(100)
    expect(new Set(KINDS.map(({ type }) => type)).size).toBe(KINDS.length)
  })
  test.each(KINDS.map((kind) => [kind.type, kind] as const))(
    '%s is named, has fields and known neighbours',
    (_, kind) => {
      expect(Object.values(kind.labels).flat().length).toBeGreaterThan(0)
      expect(kind.keys.length).toBeGreaterThan(0)
      for (const key of kind.keys) expect(key).toMatch(/^[a-z]+(_[a-z0-9]+)*$/)
      for (const neighbour of kind.neighbours) expect(STRUCTURED.has(neighbour)).toBe(true)
    },
  )
  test.each(KINDS.map((kind) => [kind.type, kind] as const))('%s: the same seed makes the same values', (_, kind) => {
    const made = (): string[] => {
      const rng = createRng('same')
      return Array.from({ length: 20 }, () => `${kind.value(rng)} ${kind.broken(rng)} ${kind.bare?.(rng) ?? ''}`)
    }
    expect(made()).toEqual(made())
    expect(new Set(made()).size).toBeGreaterThan(10)
  })
})

/** Schemes whose check digit stands last: another last digit never comes out for the same number. */
test.each(['PL_PESEL', 'RO_CNP', 'TR_NATIONAL_ID', 'HR_OIB', 'BG_EGN', 'CH_AHV', 'IN_AADHAAR', 'EE_ISIKUKOOD'])(
  '%s: valid and broken values share none',
  (type) => {
    const rng = createRng(type)
    const digits = (text: string): string => text.replace(/\D/g, '')
    const valid = new Set(Array.from({ length: 3000 }, () => digits(kindOf(type).value(rng))))
    const broken = Array.from({ length: 3000 }, () => digits(kindOf(type).broken(rng)))
    expect(broken.filter((value) => valid.has(value))).toEqual([])
  },
)

/** Value by value: whatever the generator makes has the form that the scheme's document gives. */
test.each([
  ['US_SSN', /^(?!000|666|9)\d{3}[- ]?(?!00)\d{2}[- ]?(?!0000)\d{4}$/],
  [
    'US_MBI',
    /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}$/,
  ],
  ['UK_NINO', /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(\d\d ?){3}[A-D]$/],
  ['IN_PAN', /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/],
  ['IT_FISCAL_CODE', /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/],
  ['FI_PERSONAL_IDENTITY_CODE', /^\d{6}[-A]\d{3}[0-9A-FHJ-NPR-Y]$/],
  ['MX_CURP', /^[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d$/],
  ['HK_ID_CARD', /^[A-Z]{1,2}\d{6}\(?[0-9A]\)?$/],
])('%s has its form', (type, form) => {
  const rng = createRng(type)
  for (let n = 0; n < 500; n++) expect(kindOf(type).value(rng)).toMatch(form)
})

test('the VIN of the standard', () => expect('0123456789X'[vinCheck('1M8GDM9A0KP042788')]).toBe('X'))

describe('layouts', () => {
  test('put each character in its place', () => expect(layOut('078051120', '###-##-####')).toBe('078-05-1120'))
  test('keep what they have no place for', () => expect(layOut('1234', '##-#')).toBe('12-34'))
})

test('both lines of a passport are 44 wide, the three of a card 30', () => {
  const rng = createRng('mrz')
  for (let n = 0; n < 50; n++) {
    const widths = kindOf('MRZ')
      .value(rng)
      .split('\n')
      .map((line) => line.length)
    expect([
      [44, 44],
      [30, 30, 30],
    ]).toContainEqual(widths)
  }
})
