import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { interaction } from '../../test/support/interactions.ts'
import { tokensOf, withoutTokens } from './imported.ts'
import { createExaminer } from './index.ts'
import type { Detector, Hit } from '../seam.ts'

/* A detector that takes every run of digits or letters a to f for a value: it would find something in every token. */

const greedy: Detector = {
  name: 'greedy',
  version: '1',
  types: [{ name: 'NUMBER', normal: (value) => value }],
  inspect(_interaction, { texts }) {
    const hits: Hit[] = []
    texts.forEach(({ text }, index) => {
      for (const { 0: normal, index: start } of text.matchAll(/[0-9a-f]{8,}/g))
        hits.push({ type: 'NUMBER', text: index, start, end: start + normal.length, confidence: 0.9, normal })
    })
    return { hits, unscanned: [] }
  },
}

const examine = (identity: 'keyEmail' | 'keyAll' | 'plain' = 'keyEmail') =>
  createExaminer({
    detectors: [greedy],
    scan: (texts) => ({ texts, views: [] }),
    hash: Object.assign(() => 'abcdef0123456789', { keyId: 'k' }) as never,
    identity,
    tokenRanges: () => [] as never,
  })

const ORIGIN = { topic: 'weir.interactions', epoch: 1, partition: 0, offset: 0 }

function said(content: string, imported: boolean, user = 'u-1'): Interaction {
  const plain = interaction('x', { traceId: '', spanId: '', attributes: {}, sources: [], actor: { user } })
  return {
    ...plain,
    input: [{ role: 'user', parts: [{ type: 'text', content }] }],
    output: [],
    arrival: { ...plain.arrival, ...(imported && { imported: true as const }) },
  }
}
const textOf = ({ input }: Interaction): string => input[0]!.parts[0]!.content

describe('an imported interaction', () => {
  const MARKED =
    'mail [EMAIL_ADDRESS:12345678], [~EMAIL_ADDRESS:12345678] [withheld: too deep] password=[NUMBER:deadbeef]'

  it('keeps the tokens that a Weir wrote, and nothing is found in them', () => {
    const { interaction: stored, findings } = examine()(said(MARKED, true), ORIGIN)
    expect(textOf(stored)).toBe(MARKED)
    expect(findings).toEqual([])
  })

  it('that came otherwise keeps none: what looks like one is somebody’s text', () => {
    const { interaction: stored, findings } = examine()(said(MARKED, false), ORIGIN)
    expect(textOf(stored)).not.toContain('[EMAIL_ADDRESS:12345678]')
    expect(findings.length).toBeGreaterThan(0)
  })

  it.each([
    ['beside a token', 'card 123456789 [EMAIL_ADDRESS:12345678]', '123456789'],
    ['in brackets of a type nobody knows', '[C4111111111111111:12345678]', '12345678'],
    ['in what was withheld', '[withheld: 123456789]', '123456789'],
  ])('is examined like any other: %s', (_, content, value) => {
    const { interaction: stored, findings } = examine()(said(content, true), ORIGIN)
    expect(findings.length).toBeGreaterThan(0)
    expect(textOf(stored)).not.toContain(value)
  })

  it.each(['keyEmail', 'keyAll', 'plain'] as const)('keeps an identity that is keyed, under %s', (mode) => {
    const user = '[USER_ID:12345678]'
    expect(examine(mode)(said('x', true, user), ORIGIN).interaction.actor.user).toBe(user)
    expect(examine(mode)(said('x', false, user), ORIGIN).interaction.actor.user).not.toBe(user)
  })
})

it('of very many tokens and very many hits takes no longer than the two together', () => {
  const token = '[NUMBER:deadbeef] '
  const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
  const texts = [{ place, text: token.repeat(400_000) }]
  const types = new Set(['NUMBER'])
  const list = counted(tokensOf(texts, types).get(0)!)
  const hit = (at: number) => ({ text: 0, start: at, end: at + 8 }) as never
  const hits = Array.from({ length: 20_000 }, (_, n) => hit((399_999 - n) * token.length + 8))
  expect(withoutTokens({ hits, unscanned: [] }, new Map([[0, list.tokens]])).hits).toEqual([])
  expect(list.read()).toBeLessThan(20_000 * 25)
})

/** A list that counts how often one of its items is read. */
function counted<T>(list: readonly T[]): { tokens: readonly T[]; read: () => number } {
  let read = 0
  const get = (target: readonly T[], name: string | symbol): unknown => {
    if (typeof name === 'string' && /^\d+$/.test(name)) read++
    return Reflect.get(target, name)
  }
  return { tokens: new Proxy(list, { get }), read: () => read }
}
