import { expect, test } from 'vitest'
import { createPricer, createPricing } from './prices.ts'
import { interaction } from '../test/support/interactions.ts'
import type { Release, Usage } from '../schemas/interaction.ts'

const table = {
  version: '2026-01',
  models: {
    'openai/gpt-x': { input: 2, output: 10, cachedInput: 1, cacheWrite: 4 },
    'gpt-x': { input: 3, output: 3 },
    'gpt-x-*': { input: 5, output: 5 },
    'gpt-x-small*': { input: 1, output: 1 },
    'embed-*': { input: 1, output: 0 },
  },
}

const costOf = createPricing(table)
const cost = (release: Release, usage: Usage, operation = 'chat'): number | undefined =>
  costOf({ operation, release, usage })
const MILLION = { input: 1_000_000, output: 1_000_000 }

test.each([
  ['a model of a provider before the model of any', { provider: 'openai', model: 'gpt-x' }, MILLION, 12],
  ['a model of any provider', { provider: 'proxy', model: 'gpt-x' }, MILLION, 6],
  ['the longest start that fits', { model: 'gpt-x-small-2026' }, MILLION, 2],
  ['a shorter start', { model: 'gpt-x-2026-01-01' }, MILLION, 10],
  [
    'cached and cache-write tokens at their price, within the total',
    { provider: 'openai', model: 'gpt-x' },
    { input: 1_000_000, output: 0, cachedInput: 400_000, cacheWrite: 100_000 },
    1.8,
  ],
  [
    'at the price of input where none of their own is given',
    { model: 'gpt-x' },
    { input: 1_000_000, output: 0, cachedInput: 500_000 },
    3,
  ],
  ['the model asked for, where the one that served is not told', { requestedModel: 'gpt-x' }, MILLION, 6],
  ['unknown when another model served', { requestedModel: 'gpt-x', model: 'other' }, MILLION, undefined],
  ['unknown without a model', {}, MILLION, undefined],
  ['unknown without tokens', { model: 'gpt-x' }, { input: 5 }, undefined],
])('%s', (_, release, usage, expected) => {
  const got = cost(release, usage)
  if (expected === undefined) expect(got).toBeUndefined()
  else expect(got).toBeCloseTo(expected, 9)
})

test('an embedding answers with no tokens', () => {
  expect(cost({ model: 'embed-3' }, { input: 1_000_000 }, 'embeddings')).toBe(1)
})

test('names the table that was used, and nothing where nothing is known', () => {
  const price = createPricer(table)
  const priced = interaction('a', { release: { model: 'gpt-x' }, usage: { input: 10, output: 0 } })
  const unknown = interaction('b', { release: { model: 'other' } })
  price(priced)
  price(unknown)
  expect(priced).toMatchObject({ cost: 0.00003, priceVersion: '2026-01' })
  expect(Object.keys(unknown)).not.toContain('cost')
  expect(Object.keys(unknown)).not.toContain('priceVersion')
})
