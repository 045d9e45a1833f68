import fc from 'fast-check'
import { expect, it } from 'vitest'
import { derivedId, interactionId } from './ids.ts'

const TRACE = '5b8efff798038103d269b633813fc60c'
const SPAN = 'eee19b7ec3c1b174'

it('is the same for the same record and another for any other', () => {
  const id = interactionId('a', TRACE, SPAN, 'span', 'raw')
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(interactionId('a', TRACE, SPAN, 'span', Buffer.from('raw'))).toBe(id)
  const others = [
    interactionId('b', TRACE, SPAN, 'span', 'raw'),
    interactionId('a', SPAN, SPAN, 'span', 'raw'),
    interactionId('a', TRACE, '', 'span', 'raw'),
    interactionId('a', TRACE, SPAN, 'log', 'raw'),
    interactionId('a', TRACE, SPAN, 'span', 'raw '),
  ]
  expect(new Set([id, ...others]).size).toBe(6)
})

it('never changes: stored rows are recognised by it', () => {
  expect(interactionId('default', TRACE, SPAN, 'span', 'raw')).toBe('8b737cb68c42ee134b6312c87ab38a35')
  expect(derivedId('monitor', 'key', '7')).toBe('fa611dcb51a0a79ebdbda7cb10069e61')
})

it('frames its parts: no two lists of parts share an id', () => {
  expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'))
  expect(derivedId('a')).not.toBe(derivedId('a', ''))
  expect(derivedId('1:a')).not.toBe(derivedId('', '1:a'))
  const list = fc.array(fc.string({ unit: fc.constantFrom('a', ':', '1', '2') }), { maxLength: 4 })
  fc.assert(
    fc.property(list, list, (one, other) => {
      expect(derivedId(...one) === derivedId(...other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})
