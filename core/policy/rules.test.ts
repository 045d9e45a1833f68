import { describe, expect, it } from 'vitest'
import type { PolicyRule } from '../../schemas/policy.ts'
import { createTreat, type HitCircumstances } from './rules.ts'

const hit = (over: Partial<HitCircumstances> = {}): HitCircumstances => ({
  type: 'EMAIL_ADDRESS',
  detector: 'pii',
  confidence: 0.9,
  direction: 'input',
  provenance: 'none',
  tenant: 'acme',
  service: 'shop',
  route: '/chat',
  release: 'gpt-4o@2024',
  key: () => 'customer.contact.mail',
  ...over,
})
const treat = (rules: PolicyRule[], over: Partial<HitCircumstances> = {}) => createTreat(rules)(hit(over))

describe('rules', () => {
  it('leave what none of them matches as it is', () => {
    expect(treat([])).toEqual({ ignore: false, mask: 'token', replacement: '', severity: undefined })
  })

  it.each<[PolicyRule['when'], boolean]>([
    [{}, true],
    [{ type: ['EMAIL_ADDRESS', 'PERSON'] }, true],
    [{ type: ['PERSON'] }, false],
    [{ type: ['EMAIL_*'] }, true],
    [{ type: ['EMAIL_ADDRESS'], direction: ['output'] }, false],
    [{ tenant: ['acme'], service: ['shop'], route: ['/c*'], release: ['*@2024'] }, true],
    [{ tenant: ['acme'], service: ['other'] }, false],
    [{ release: ['gpt*o*4'] }, true],
    [{ release: ['gpt*o*5'] }, false],
    [{ release: ['gpt-4o@2024*gpt-4o@2024'] }, false],
    [{ confidenceBelow: 0.91 }, true],
    [{ confidenceBelow: 0.9 }, false],
    [{ key: ['customer.*.mail'] }, true],
    [{ key: ['customer'] }, false],
    [{ provenance: ['introduced'] }, false],
  ])('match %j: %s', (when, matches) => expect(treat([{ when, then: { ignore: true } }]).ignore).toBe(matches))

  it('decide each thing by the first that says it', () => {
    const rules: PolicyRule[] = [
      { when: { tenant: ['acme'] }, then: { severity: 'critical' } },
      { when: {}, then: { mask: 'replace', replacement: '(mail)', severity: 'info' } },
      { when: {}, then: { mask: 'keep', ignore: false } },
    ]
    expect(treat(rules)).toEqual({ ignore: false, mask: 'replace', replacement: '(mail)', severity: 'critical' })
  })

  it('count special categories and keep them, unless told otherwise', () => {
    expect(treat([], { type: 'NRP' })).toMatchObject({ mask: 'keep', severity: 'info' })
    expect(treat([{ when: {}, then: { mask: 'token' } }], { type: 'HEALTH' })).toMatchObject({ mask: 'token' })
  })
})
