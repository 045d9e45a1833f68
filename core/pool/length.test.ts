import fc from 'fast-check'
import { expect, it } from 'vitest'
import { interaction } from '../../test/support/interactions.ts'
import { fullInteraction } from '../mask/full.fixture.ts'
import { textsOf } from '../mask/index.ts'
import { charactersIn } from './length.ts'

it('is never less than there is to look at', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 50 })
  fc.assert(
    fc.property(text, text, fc.dictionary(text, text), (content, name, attributes) => {
      const parts = [{ type: 'text' as const, content }]
      const one = interaction('a', { output: [{ role: 'user', parts }], service: { name }, attributes })
      const texts = textsOf(one).reduce((sum, { text: { length } }) => sum + length, 0)
      expect(charactersIn(one)).toBeGreaterThanOrEqual(texts)
    }),
  )
})

it('counts every field, wherever the text stands', () => {
  const full = fullInteraction()
  const texts = textsOf(full).reduce((sum, { text: { length } }) => sum + length, 0)
  expect(charactersIn(full)).toBeGreaterThanOrEqual(texts)
  expect(charactersIn({ ...full, service: { name: 'x'.repeat(1e6) } })).toBeGreaterThan(1e6)
})
