import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { createExaminer } from '../../core/examine/index.ts'
import { fullInteraction } from '../../core/mask/full.fixture.ts'
import { walkTexts } from '../../core/mask/walk.ts'
import { tokenRanges } from '../../core/tokens/index.ts'
import { detector, scan } from './pii.fixture.ts'

/* The detector in its place: scanned, masked, examined again. */

const hash = Object.assign(
  (tenant: string, type: string, normal: string) =>
    createHmac('sha256', tenant).update(`${type} ${normal}`).digest('hex'),
  { keyId: 'k1' },
)
const examine = createExaminer({ detectors: [detector], scan, hash, identity: 'keyEmail', tokenRanges })
const ORIGIN = { topic: 'weir.interactions', epoch: 1, partition: 0, offset: 0 }

const everywhere = (text: (field: string, original: string) => string): Interaction =>
  walkTexts(fullInteraction(), (original, _direction, _message, _part, field) => text(field, original))
const stored = (value: unknown): string => JSON.stringify(value)

describe('a card and an address in every field', () => {
  const seeded = everywhere((_, original) => `${original}: 4111 1111 1111 1111, Ann@Example.com`)
  const result = examine(seeded, ORIGIN)
  it('are in nothing that is stored', () => {
    expect(stored(result)).not.toMatch(/4111|ann@|example\.com/i)
    expect(result.unscanned).toEqual([])
  })
  it('are one hash and one token each', () => {
    expect(new Set(result.findings.map(({ type, valueHash }) => type + valueHash)).size).toBe(2)
    expect(new Set(stored(result.interaction).match(/\[[A-Z_]+:[0-9a-f]{8}\]/g)).size).toBe(2)
  })
  it('are not found again', () => expect(examine(result.interaction, ORIGIN).findings).toEqual([]))
})

describe('numbers', () => {
  it('in attributes are found, and those that are no cards stay numbers', () => {
    const attributes = { card: 4111111111111111, micros: 1_700_000_000_000_000, count: 7 }
    const { interaction } = examine(fullInteraction({ attributes }), ORIGIN)
    expect(interaction.attributes).toEqual({
      card: expect.stringMatching(/^\[CREDIT_CARD:[0-9a-f]{8}\]$/) as string,
      micros: 1_700_000_000_000_000,
      count: 7,
    })
  })
})

describe('scores', () => {
  it('that are cards are found and taken away', () => {
    const score = 4111111111111111
    const { interaction, findings } = examine(
      fullInteraction({
        evaluations: [
          { name: 'e', score },
          { name: 'f', score: 7e12 },
        ],
        sources: [{ id: 's', score }],
      }),
      ORIGIN,
    )
    expect(interaction.evaluations).toEqual([{ name: 'e' }, { name: 'f', score: 7e12 }])
    expect(interaction.sources).toEqual([{ id: 's' }])
    expect(findings.map(({ place }) => place.field)).toEqual(['sources.score', 'evaluations.score'])
  })
})

describe('a text of nothing but values', () => {
  let hashes = 0
  const counted = Object.assign((...value: [string, string, string]) => (hashes++, hash(...value)), { keyId: 'k1' })
  const bounded = createExaminer({
    detectors: [detector],
    scan,
    hash: counted,
    identity: 'plain',
    tokenRanges,
  })
  const said = (content: string): Interaction['input'] => [{ role: 'user', parts: [{ type: 'text', content }] }]
  const SIZE = 8 * 1024 * 1024
  let number = 0
  const distinct = Array.from({ length: SIZE / 16 }, () => `v${String(number++).padStart(7, '0')}@x.org `).join('')

  it.each([
    ['one address', 'v@x.org '.repeat(SIZE / 8)],
    ['addresses', distinct],
    ['cards', '4111111111111111 '.repeat(SIZE / 17)],
    ['widely spaced cards', '4111.1111.1111.1111 '.repeat(SIZE / 20)],
  ])(
    'of 8 MB, %s, is withheld at a bounded cost, and the answer is still looked at',
    (_, text) => {
      hashes = 0
      const before = process.cpuUsage()
      const { interaction, unscanned, findings, signal } = bounded(
        fullInteraction({ input: said(text), output: said('write to leak@y.org'), attributes: {} }),
        ORIGIN,
      )
      const { user, system } = process.cpuUsage(before)
      expect(hashes).toBeLessThanOrEqual(20_001)
      expect(interaction.input[0]!.parts[0]!.content).toBe('[withheld: too many hits]')
      expect(interaction.capture).toMatchObject({ input: 'withheld' })
      // The role stands behind the text, and `user` is a word that detectors listen for.
      expect(unscanned).toEqual(
        ['content', 'message.role'].map((field) => ({
          place: expect.objectContaining({ direction: 'input', field }) as unknown,
          reason: 'too many hits',
        })),
      )
      expect(findings).toHaveLength(1000)
      expect(findings[0]).toMatchObject({ provenance: 'introduced' })
      expect(signal.values).toMatchObject({ leak: true, unscanned: 2, findings: 20_000 })
      // A generous bound: what it guards against is a minute.
      expect((user + system) / 1e6).toBeLessThan(15)
    },
    60_000,
  )
})

describe('arguments', () => {
  const value = fc.constantFrom(
    'ann@x.org',
    '4111111111111111',
    '5555 5555 5555 4444',
    'jürgen@bücher.de',
    'ann＠x.org',
  )
  const words = fc.array(fc.oneof(value, fc.string(), fc.constantFrom('\n', '"', '\\', '👋')), { maxLength: 5 })
  const leaf = fc.oneof(
    words.map((list) => list.join(' ')),
    words.map((list) => list.join('\n')),
    fc.constantFrom(4111111111111111, 4242424242424242, -4111111111111111, 12),
  )
  it('that are JSON stay JSON and hold no value any more, also as JSON inside JSON', () => {
    const json = fc.dictionary(fc.oneof(value, fc.string()), fc.oneof(leaf, fc.array(leaf)))
    fc.assert(
      fc.property(json, fc.boolean(), (content, nested) => {
        const source = nested ? JSON.stringify({ inner: JSON.stringify(content) }) : JSON.stringify(content)
        const { interaction } = examine(fullInteraction({ toolCalls: [{ name: 'pay', arguments: source }] }), ORIGIN)
        const masked = interaction.toolCalls[0]!.arguments!
        const parsed: unknown = JSON.parse(masked)
        expect(stored(parsed)).not.toMatch(/ann[@＠]x\.org|jürgen@|4111111111111111|4242424242424242|5555 5555/)
      }),
      { numRuns: 500 },
    )
  })
})
