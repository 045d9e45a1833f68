import { describe, expect, test } from 'vitest'
import { checkListen, isLoopback, parseListen } from './listen.ts'

describe('addresses', () => {
  test.each([
    ['127.0.0.1:4318', '127.0.0.1', 4318],
    ['localhost:0', 'localhost', 0],
    ['[::1]:4318', '::1', 4318],
    ['[::]:65535', '::', 65_535],
    [':4318', '::', 4318],
  ])('%s', (listen, host, port) => {
    expect(parseListen(listen)).toEqual({ host, port })
  })

  test.each(['', '4318', '127.0.0.1', '127.0.0.1:', 'host:65536', '::1:4318', 'host:http', 'http://host:4318'])(
    'not %s',
    (listen) => {
      expect(() => parseListen(listen)).toThrow(/is not host:port, e\.g\. 127\.0\.0\.1:4318/)
    },
  )

  test.each(['127.0.0.1', '127.255.0.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
    '%s is loopback',
    (host) => {
      expect(isLoopback(host)).toBe(true)
    },
  )

  test.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '128.0.0.1',
    'example.org',
    'localhost.example.org',
    '2130706433',
  ])('%s is not loopback', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('an address that other machines reach', () => {
  const tls = { certificate: 'c', key: 'k' }
  const check = (more: object, tokens: boolean): unknown =>
    checkListen({ listen: '0.0.0.0:4318', behindProxy: false, ...more }, tokens)

  test.each([
    ['nothing', {}, false, /tokens\.file.*; and .*tls\.certificate and \.key, or collectors\.otlp\.behindProxy: true/],
    ['tokens only', {}, true, /Set collectors\.otlp\.tls\.certificate and \.key, or/],
    ['TLS only', { tls }, false, /Set collectors\.otlp\.tokens\.file \([^;]*; or listen on/],
    ['a proxy only', { behindProxy: true }, false, /Set collectors\.otlp\.tokens\.file/],
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
