import { expect, it } from 'vitest'
import { looksMarked } from './token.ts'
import { replacementFor } from './operators.ts'

const card = { type: 'CREDIT_CARD', value: '4111-1111-1111-1234', hash: () => 'abcdef0123', replacement: '(card)' }

it.each([
  ['token', '[CREDIT_CARD:abcdef01]'],
  ['redact', '[CREDIT_CARD]'],
  ['partial', '[CREDIT_CARD:****1234]'],
  ['replace', '(card)'],
  ['keep', undefined],
] as const)('%s', (operator, expected) => expect(replacementFor(operator, card)).toBe(expected))

it('a short value shows nothing of itself', () => {
  expect(replacementFor('partial', { ...card, value: '12-34-56' })).toBe('[CREDIT_CARD]')
})

it('only a token can be taken for a token', () => {
  for (const operator of ['redact', 'partial'] as const)
    expect(looksMarked(`${replacementFor(operator, card)} ....`)).toBe(false)
})
