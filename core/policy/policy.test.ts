import { describe, expect, it } from 'vitest'
import { defaultSeverity, isLeak, keyedIdentity, monitorKey, PROVEN, releaseKey } from './index.ts'

describe('releaseKey', () => {
  it.each([
    [{}, 'unknown'],
    [{ provider: 'openai', model: 'gpt-4o-2024-08-06' }, 'openai/gpt-4o-2024-08-06'],
    [{ provider: 'openai', requestedModel: 'gpt-4o' }, 'openai/gpt-4o'],
    [{ provider: 'openai', requestedModel: 'gpt-4o', model: 'gpt-4o-2024-08-06' }, 'openai/gpt-4o-2024-08-06'],
    [{ model: 'llama3' }, 'unknown/llama3'],
    [{ provider: 'openai' }, 'openai/unknown'],
    [{ provider: 'openai', model: 'm', fingerprint: 'fp_1' }, 'openai/m@fp_1'],
    [{ provider: 'openai', model: 'm', promptName: 'support', promptVersion: '3' }, 'openai/m#support:3'],
    [{ provider: 'openai', model: 'm', promptName: 'support' }, 'openai/m#support'],
    [{ promptName: 'support' }, 'unknown#support'],
    [{ provider: '', model: '' }, 'unknown'],
  ])('of %j is %s', (release, key) => expect(releaseKey(release)).toBe(key))

  it('stands behind the route in the monitor key', () => {
    expect(monitorKey({ route: '/chat', provider: 'openai', model: 'm' })).toBe('/chat openai/m')
    expect(monitorKey({})).toBe('unknown unknown')
  })
})

describe('defaultSeverity', () => {
  it.each([
    ['output', 'introduced', PROVEN, 'serious'],
    ['output', 'introduced', 0.5, 'warning'],
    ['output', 'unknown', PROVEN, 'warning'],
    ['output', 'retrieved', 0.99, 'warning'],
    ['output', 'echoed', 0.99, 'info'],
    ['input', 'none', 0.99, 'info'],
    ['meta', 'none', 0.99, 'info'],
  ] as const)('%s, %s, %d: %s', (direction, provenance, confidence, severity) => {
    expect(defaultSeverity({ direction, provenance, confidence })).toBe(severity)
    expect(isLeak(provenance, severity)).toBe(severity === 'serious')
  })
})

describe('keyedIdentity', () => {
  const normal = (value: string): string | undefined => (value.endsWith('@x.org') ? `n:${value}` : undefined)
  it.each([
    ['ann@x.org', 'keyEmail', { type: 'EMAIL_ADDRESS', normal: 'n:ann@x.org' }],
    ['Ann@Corp', 'keyEmail', { type: 'EMAIL_ADDRESS', normal: 'ann@corp' }],
    ['u-17', 'keyEmail', undefined],
    ['ann at home @ x', 'keyEmail', undefined],
    ['ann@x.org', 'keyAll', { type: 'EMAIL_ADDRESS', normal: 'n:ann@x.org' }],
    [' u-17 ', 'keyAll', { type: 'USER_ID', normal: 'u-17' }],
    ['ann@x.org', 'plain', undefined],
  ] as const)('%s under %s', (value, mode, expected) => expect(keyedIdentity(value, mode, normal)).toEqual(expected))
})
