import { describe, expect, test } from 'vitest'
import { safeAddress } from './listen.ts'

describe('an address that other machines reach', () => {
  const tls = { certificate: 'c', key: 'k' }
  const check = (more: object, tokens: boolean): unknown =>
    safeAddress({ listen: '0.0.0.0:4318', behindProxy: false, ...more }, tokens)

  test.each([
    ['nothing', {}, false, /tokens.*; .*tls.*behindProxy: true/],
    ['tokens only', {}, true, /tls.*behindProxy: true/],
    ['TLS only', { tls }, false, /`tokens` must be set/],
    ['a proxy only', { behindProxy: true }, false, /`tokens` must be set/],
  ])('is refused with %s, saying what to set', (_, more, tokens, message) => {
    expect(() => check(more, tokens)).toThrow(message)
    expect(() => check(more, tokens)).toThrow(expect.objectContaining({ code: 'WEIR_LISTEN_UNSAFE' }))
  })

  test.each([
    ['tokens and TLS', { tls }],
    ['tokens and a proxy', { behindProxy: true }],
  ])('is taken with %s', (_, more) => {
    expect(check(more, true)).toEqual({ host: '0.0.0.0', port: 4318 })
  })
})
