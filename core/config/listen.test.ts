import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkListen, isLoopback, parseListen, readListen } from './listen.ts'

describe('host:port', () => {
  test.each([
    ['127.0.0.1:4318', '127.0.0.1', 4318],
    ['localhost:0', 'localhost', 0],
    ['[::1]:65535', '::1', 65_535],
    ['[::]:1', '::', 1],
    ['my-host.example:80', 'my-host.example', 80],
  ])('%s', (listen, host, port) => expect(parseListen(listen)).toEqual({ host, port }))

  test.each(
    [
      '',
      ':4318',
      '4318',
      'localhost',
      '127.0.0.1:',
      '127.0.0.1:65536',
      '127.0.0.1:-1',
      '127.0.0.1:4x',
      '::1:4318',
    ].concat([
      '[::1]',
      '[127.0.0.1]:1',
      '[x]:1',
      '256.0.0.1:1',
      '127.1:1',
      '1:2',
      'a b:1',
      'http://a:1',
      '*:1',
      '-a:1',
      'a..b:1',
    ]),
  )('%j is refused', (listen) => {
    expect(readListen(listen)).toBeUndefined()
    expect(() => parseListen(listen)).toThrow(expect.objectContaining({ code: 'WEIR_CONFIG_INVALID' }) as Error)
  })
})

describe('loopback', () => {
  test.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
    '%s is',
    (host) => expect(isLoopback(host)).toBe(true),
  )
  test.each([
    '0.0.0.0',
    '::',
    '128.0.0.1',
    '10.0.0.1',
    '::2',
    '::1%lo',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '',
  ])('%j is not', (host) => expect(isLoopback(host)).toBe(false))
  test('no address outside 127/8 is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (host) => {
        expect(isLoopback(host)).toBe(host.startsWith('127.'))
      }),
    )
  })
})

describe('what other machines can reach', () => {
  const open = { listen: '0.0.0.0:4318', behindProxy: false }
  const tls = { certificate: 'a', key: 'b' }
  test.each([
    [{ listen: '127.0.0.1:4318', behindProxy: false }, false, 0],
    [open, false, 2],
    [open, true, 1],
    [{ ...open, behindProxy: true }, false, 1],
    [{ ...open, tls }, false, 1],
    [{ ...open, tls }, true, 0],
    [{ ...open, behindProxy: true }, true, 0],
  ])('%j authenticated %s', (config, authenticated, wrong) => {
    expect(checkListen(config, authenticated)).toHaveLength(wrong)
  })
})
